"""Rules about paper: pages are counted where that is worth it, and no letter is missing from any document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from workspaces import COMPANY, HIRE, PERSONA, ROLE, pitchgen_here, small, write_tree

Capture = pytest.CaptureFixture[str]

# Of the least letter, most of a page is free: so much more makes two pages of it.
LONG = "Et jää yksin pimeän ruudun ääreen. " * 60
PATIENT = "    checks:\n      limits:\n        longest_pitch: 300\n"
ALLOWED = "    # pitchgen: allow {} because she talks fast\n"
OVERLONG = {"company.yaml": COMPANY.replace("Et jää yksin.", LONG)}
TWO_PAGES = {"company.yaml": COMPANY.replace("Et jää yksin.", LONG) + PATIENT}
NOBODYS = "\U0010fffd"


def found(capsys: Capture, root: Path, *arguments: str) -> list[str]:
    """Place, severity and code of what `check` says of paper and of the length of pitches."""
    done = pitchgen_here(capsys, "check", *arguments, workspace=root)
    codes = "too-many-pages|missing-glyph|pitch-length|glance-card"
    return re.findall(rf"^(\S+: \w+\[(?:{codes})\])", done.stderr, re.MULTILINE)


# How many pages


def test_a_pitch_of_two_pages_is_found_without_being_asked_for(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, TWO_PAGES)
    done = pitchgen_here(capsys, "check", workspace=root)
    said = "hires/aino.yaml:1:7: warning[too-many-pages]: the pitch in 'fi' fills 2 pages, but should fit one"
    assert said in done.stderr


def test_words_longer_than_usual_fill_more_pages_than_letters_tell(capsys: Capture, tmp_path: Path) -> None:
    # Short of a page by its number of letters; lines that end early make two of it.
    compound = "Henkilöstöhallintojärjestelmätoimittajakokous toimitusvarmuusvaatimusmäärittelyissä. "
    company = COMPANY.replace("Et jää yksin.", "Et jää yksin.\n    story:\n      summary: " + compound * 11)
    signed = HIRE + "    manager: {name: Marjut Ketola, title: Päällikkö}\n"
    root = small(tmp_path, {"company.yaml": company + PATIENT, "hires/aino.yaml": signed})
    assert found(capsys, root) == ["hires/aino.yaml:1:7: warning[too-many-pages]"]


def test_of_one_cause_one_thing_is_said(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, OVERLONG)
    assert found(capsys, root) == ["hires/aino.yaml:1:7: warning[pitch-length]"]
    # Where that is not said, or is allowed, the pages are.
    pages = ["hires/aino.yaml:1:7: warning[too-many-pages]"]
    assert found(capsys, root, "--ignore", "pitch-length") == pages
    # Who asks for it hears of the manager's sheet too, which has the whole speech.
    assert found(capsys, root, "--select", "too-many-pages") == 2 * pages
    write_tree(root, {"hires/aino.yaml": ALLOWED.format("pitch-length") + HIRE})
    assert found(capsys, root) == [pages[0].replace(":1:7", ":2:7")]


def test_pages_obey_all_that_rules_obey(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, TWO_PAGES)
    assert found(capsys, root, "--ignore", "paper") == []
    assert found(capsys, root, "--select", "chain") == []
    write_tree(root, {"hires/aino.yaml": ALLOWED.format("too-many-pages") + HIRE})
    assert found(capsys, root) == []
    severe = TWO_PAGES["company.yaml"] + "      severities:\n        too-many-pages: error\n"
    write_tree(root, {"company.yaml": severe, "hires/aino.yaml": HIRE})
    assert found(capsys, root) == ["hires/aino.yaml:1:7: error[too-many-pages]"]


def test_who_asks_for_it_hears_of_every_document(capsys: Capture, tmp_path: Path) -> None:
    role = ROLE + "    decides:\n" + "".join(f"      - asia numero {n} ilman lupaa\n" for n in range(200))
    root = small(tmp_path, {"roles/asiantuntija.yaml": role})
    card = "roles/asiantuntija.yaml:1:8: warning[too-many-pages]"
    assert card not in found(capsys, root)
    done = pitchgen_here(capsys, "check", "--select", "paper", workspace=root)
    assert re.search(
        rf"^{re.escape(card)}: the role-card in 'fi' fills \d pages, but should fit 2", done.stderr
    )


def test_what_the_company_minds_not_is_not_said_of_its_documents_either(
    capsys: Capture, tmp_path: Path
) -> None:
    off = "      severities:\n        too-many-pages: off\n        pitch-length: off\n"
    root = small(tmp_path, {"company.yaml": OVERLONG["company.yaml"] + "    checks:\n" + off})
    assert found(capsys, root) == []
    done = pitchgen_here(capsys, "pitch", "--format", "txt", "-o", str(root / "out"), workspace=root)
    assert done.returncode == 0
    assert "too-many-pages" not in done.stderr
    assert "pitch-length" not in done.stderr


# Letters


@pytest.mark.parametrize("written", [f"Haluaa tietää {NOBODYS}.", r'"Haluaa tietää \U0010FFFD."'])
def test_a_letter_that_no_font_has_is_found_in_any_file(
    capsys: Capture, tmp_path: Path, written: str
) -> None:
    persona = PERSONA.replace("Haluaa tietää, mitä tapahtuu.", written)
    root = small(tmp_path, {"personas/varmistelija.yaml": persona})
    glyph = "personas/varmistelija.yaml:2:10: error[missing-glyph]"
    done = pitchgen_here(capsys, "check", workspace=root)
    assert done.returncode == 1
    assert f"\n{glyph}: no font on this machine can show" in f"\n{done.stderr}"
    assert "U+10FFFD" in done.stderr


def test_a_letter_that_no_document_shows_is_nobodys_matter(capsys: Capture, tmp_path: Path) -> None:
    # Nobody serves this persona, so that no playbook quotes it.
    unserved = f"{PERSONA}    quote: Kysy {NOBODYS} vielä.\n"
    root = small(tmp_path, {"personas/muu.yaml": unserved.replace("Varmistelija", "Muu")})
    assert found(capsys, root, "--select", "missing-glyph") == []


def test_letters_of_other_scripts_are_in_order(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"hires/aino.yaml": HIRE.replace("Aino Virtanen", "Олена Дзюба")})
    assert found(capsys, root, "--select", "missing-glyph") == []


# The ten-second card


def test_what_the_card_has_no_room_for_is_told_at_its_place_and_in_which_language(
    capsys: Capture, tmp_path: Path
) -> None:
    long = " ".join(["sana"] * 45)
    opening = f"    connect:\n      opening: {{fi: {long}, en: short}}\n"
    persona = f"{PERSONA}    recognize: [merkki]\n{opening}"
    root = small(tmp_path, {"personas/varmistelija.yaml": f"{persona}    needs: [{{id: n, text: Tarve.}}]\n"})
    result = pitchgen_here(capsys, "check", "--select", "glance-card", workspace=root)
    assert result.stderr.splitlines()[0] == (
        "personas/varmistelija.yaml:5:12: note[glance-card]: on the ten-second card of persona "
        "'varmistelija' there is no room for this: fi, sv"
    )
    assert result.stderr.splitlines()[-1] == "0 errors, 0 warnings, 1 note"
