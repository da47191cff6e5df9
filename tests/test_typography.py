"""Lines that never end between what belongs together: in pages, language by language, and nowhere else."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from browser import open_file
from every_document import make, studio_of
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext
from pypdf import PdfReader
from tags import tags_of
from tree import as_typed
from workspaces import GUARD, REPOSITORY, ROLE, SHIPPED, SMALL

from pitchgen.documents.catalogue import KINDS
from pitchgen.language.lines import NO_BREAK_SPACE, WORD_JOINER, kept_together
from pitchgen.render.fonts import embedded_css
from pitchgen.render.hyphens import divided
from pitchgen.render.press import Paper, Press
from pitchgen.render.typography import typeset

FI, SV, EN = map(SHIPPED.get, ("fi", "sv", "en"))
# A no-break space and a word joiner as they are easily read.
# How many lines a word takes in a column too narrow for its text.
JOINED = """() => {
  const column = document.createElement('p');
  column.style.cssText = 'width: 3em; font-size: 16px; overflow-wrap: normal; line-height: 1';
  column.innerHTML = 'Taas it-<span class="join"></span>taitoja';
  document.body.append(column);
  return Math.round(column.getBoundingClientRect().height / 16) === 2;
}"""
SHOWN = str.maketrans({NO_BREAK_SPACE: "_", WORD_JOINER: "|"})


SAID = "Vastaat kello 9 ja 75 % ajasta it-taitoihin."
WORDS = {**SMALL, "roles/asiantuntija.yaml": ROLE.replace("Sinä olet ensimmäinen ääni.", SAID)}


@pytest.mark.parametrize(
    ("language", "typed", "set"),
    [
        (FI, "Kello 9 tai klo 12.30, noin 5 kertaa", "Kello_9 tai klo_12.30, noin_5 kertaa"),
        (FI, "75 % ja 1 500 € ja 30 min ja 5 kg", "75_% ja 1_500_€ ja 30_min ja 5_kg"),
        (FI, "20 minuutissa, 3 vuotta, 5 %:n, 6 kpl", "20_minuutissa, 3_vuotta, 5_%:n, 6_kpl"),
        (FI, "4 tai 5 tai 6, 5,5 → 6,0, 88 ± 1,1 %", "4_tai_5_tai_6, 5,5_→_6,0, 88_±_1,1_%"),
        (FI, "1. joulukuuta 2026 300 asiakasta", "1._joulukuuta 2026 300 asiakasta"),
        (FI, "1 500 000 euroa, 12 3456 789", "1_500_000_euroa, 12 3456 789"),
        (FI, "it-taidot, IT-tuki, e-lasku, 3-vuotias", "it-|taidot, IT-|tuki, e-|lasku, 3-|vuotias"),
        (FI, "2026-12-01, 5-10, uusi-it-tuki, a@it-tuki.fi", "2026-12-01, 5-10, uusi-it-tuki, a@it-tuki.fi"),
        (FI, "kaupunki- ja maalaistalo, kellonaika 9", "kaupunki- ja maalaistalo, kellonaika 9"),
        (FI, "4 eller 5, klockan 9, tai 5, 4 tai", "4 eller 5, klockan 9, tai 5, 4 tai"),
        (SV, "Klockan 9, kl. 12, 4 eller 5 st", "Klockan_9, kl._12, 4_eller_5_st"),
        (SV, "12 500 kr, 5 minuter, 1 december, it-stöd", "12_500_kr, 5_minuter, 1_december, it-|stöd"),
        (SV, "4 tai 5, kello 9", "4 tai 5, kello 9"),
        (EN, "at 9 am, 4 or 5, 75 %, 7 May, e-mail", "at 9_am, 4_or_5, 75_%, 7_May, e-|mail"),
        (EN, "4 tai 5, 5 amber lights, about 7", "4 tai 5, 5 amber lights, about_7"),
    ],
)
def test_what_belongs_together_is_kept_by_the_language(language, typed, set) -> None:  # type: ignore[no-untyped-def]
    assert kept_together(language)(typed).translate(SHOWN) == set


@given(
    st.sampled_from([FI, SV, EN]),
    st.lists(
        st.sampled_from([*"15 -.,%€ä", "  ", "500", "tai", "kello", "kg", "it-", "\u00a0", "a", "→"])
    ).map("".join)
    | st.text(),
)
def test_nothing_but_spaces_and_hyphens_changes_and_twice_is_once(language, typed) -> None:  # type: ignore[no-untyped-def]
    keep = kept_together(language)
    done = keep(typed)
    assert keep(done) == done
    assert as_typed(done) == as_typed(typed)


def test_tags_and_what_stands_in_them_stay() -> None:
    page = '<a href="mailto:a@b.fi?subject=5 kg" title="> 5 kg">5 kg &gt; 4 it-tukea</a><br>'
    kept = '<a href="mailto:a@b.fi?subject=5 kg" title="> 5 kg">5_kg &gt; 4 it-|tukea</a><br>'
    assert typeset(page, FI, on_screen=False).translate(SHOWN) == kept


def test_a_page_is_set_and_read_and_searched_as_typed(
    tmp_path: Path, press: Press, tabs: BrowserContext
) -> None:
    studio = studio_of(WORDS, tmp_path, press)
    (letter,) = make(KINDS["pitch"], studio, "fi")
    pdf = PdfReader(BytesIO(studio.render(letter, "pdf").content))
    told = [tag.text for tag in tags_of(pdf) if tag.name == "P"]
    assert any("kello_9 ja 75_% ajasta it-taitoihin." in text.translate(SHOWN) for text in told)
    for format in ("txt", "md"):
        text = studio.render(letter, format).content.decode()
        assert SAID in re.sub("[ \n]+", " ", text)
    path = tmp_path / "letter.html"
    path.write_bytes(studio.render(letter, "html").content)
    page = open_file(tabs, path).page
    copied = page.evaluate("getSelection().selectAllChildren(document.body), getSelection().toString()")
    assert "75_% ajasta it-taitoihin." in copied.translate(SHOWN)
    # Where the word joiner is drawn, there is no line's end: the word goes on to the next line as a whole.
    assert page.evaluate(JOINED)
    page.close()


FIGURES = """<html lang=fi><style>%s p { font: 20px %s; display: table }</style>
<p style="font-variant-numeric: %s">1111<p style="font-variant-numeric: %s">0000</html>"""


@pytest.mark.parametrize("family", ["Spectral", "Fira Sans"])
def test_a_screen_has_the_figures_that_are_asked_for(
    tmp_path: Path, tabs: BrowserContext, family: str
) -> None:
    def widths(kind: str) -> list[float]:
        path = tmp_path / "figures.html"
        path.write_text(FIGURES % (embedded_css("10"), f"'{family}'", kind, kind), encoding="utf-8")
        page = open_file(tabs, path).page
        found: list[float] = page.eval_on_selector_all(
            "p", "all => all.map(p => p.getBoundingClientRect().width)"
        )
        page.close()
        return found

    one, nought = widths("tabular-nums")
    assert one == nought
    one, nought = widths("proportional-nums")
    assert one < nought


@pytest.mark.parametrize(
    ("language", "word", "parts"),
    [
        ("fi", "ensitapaaminen", "ensi-ta-paa-minen"),
        ("fi", "Linnanvartija", "Linnan-var-tija"),
        ("fi", "palveluasiantuntija", "palve-lu-asian-tun-tija"),
        ("fi", "asiakasomistaja", "asia-kas-omis-taja"),
        ("fi", "työnantajakuva", "työn-an-ta-ja-kuva"),
        ("fi", "asiakasymmärrys", "asia-kas-ym-märrys"),
        ("fi", "käyttöönottovastaava", "käyt-töön-ot-to-vas-taava"),
        ("fi", "hallintastrategia", "hallin-ta-stra-tegia"),
        ("sv", "uppföljning", "uppfölj-ning"),
        ("xx", "ensitapaaminen", "ensitapaaminen"),
    ],
)
def test_words_are_divided_at_their_seams(language: str, word: str, parts: str) -> None:
    assert "-".join(divided(word, language)) == parts


@given(st.text(), st.sampled_from(["fi", "sv", "en"]))
def test_no_letter_is_lost_where_a_word_is_divided(word: str, language: str) -> None:
    assert "".join(divided(word, language)) == word


NARROW = """<html lang="fi"><title>Sana</title><style>%s table { width: 2.6cm; table-layout: fixed }</style>
<table><tr><th>%s</th></tr></table></html>"""


def test_a_long_word_is_divided_by_a_hyphen_and_copied_without(
    tmp_path: Path, press: Press, tabs: BrowserContext
) -> None:
    base = (REPOSITORY / "templates/base.css").read_text(encoding="utf-8")
    html = NARROW % (base, "Ensitapaaminen ja palveluasiantuntija")
    pdf = press.print(Paper(html, "", tmp_path, GUARD))
    printed = PdfReader(BytesIO(pdf.content)).pages[0].extract_text().split()
    assert "".join(word.removesuffix("-") for word in printed) == "Ensitapaaminenjapalveluasiantuntija"
    seams = {"Ensitapaa", "Ensita", "Ensi", "palvelu", "asian", "asiantun", "palve", "luasian", "tun", "paa"}
    assert {word[:-1] for word in printed if word.endswith("-")} <= seams
    assert sum(word.endswith("-") for word in printed) >= 2
    path = tmp_path / "word.html"
    path.write_text(f"<meta charset=utf-8>{typeset(html, FI, on_screen=True)}", encoding="utf-8")
    page = open_file(tabs, path).page
    cell = page.locator("th")
    assert cell.inner_text() == "Ensitapaaminen ja palveluasiantuntija"
    assert page.evaluate("window.find('palveluasiantuntija')")
    # Three words, none of which is broken anywhere else, need more lines than there are words.
    assert cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth")
    page.close()
