"""A language is a folder: one that a workspace brings itself, what an incomplete one lacks, former places."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path

import norwegian
import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st
from poppler import said_by
from pypdf import PdfReader
from workspaces import (
    COMPANY,
    GERMAN_FACTS,
    HIRE,
    REPOSITORY,
    SHIPPED,
    linked,
    pitchgen,
    pitchgen_here,
    small,
    write_tree,
)

from pitchgen import shipped
from pitchgen.language import FACTS
from pitchgen.language.blanks import blank_in
from pitchgen.language.facts import Facts, Language
from pitchgen.language.folders import Folders
from pitchgen.language.locale import amount, day_and_month, full_date, short_date
from pitchgen.load.document import parse
from pitchgen.overlay import Overlay
from pitchgen.problems import Problem
from pitchgen.render.hyphens import PATTERNS
from pitchgen.render.templates import Templates
from pitchgen.workspace.lacking import language_problems
from pitchgen.workspace.languages import Languages

Capture = pytest.CaptureFixture[str]

NORWEGIAN = {**norwegian.COMPANY, **norwegian.FILES}
FIRST_DAY = date(2026, 12, 1)


def problems_of(root: Path, *declared: str) -> list[Problem]:
    """What is wrong with the folders of languages in a workspace, all whose languages are read."""
    return list(language_problems(Folders(Overlay(root)), declared, declared))


def told(problems: list[Problem]) -> list[str]:
    return [f"{each.path}:{each.line}:{each.column} {each.severity} {each.message}" for each in problems]


# A language of the workspace's own


@pytest.fixture(scope="module")
def norway(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tree(tmp_path_factory.mktemp("norway"), NORWEGIAN)


def test_a_workspace_with_a_language_of_its_own_is_in_order(norway: Path) -> None:
    done = pitchgen("check", workspace=norway)
    assert done.returncode == 0, done.stderr
    assert "templates" not in done.stderr


def test_every_document_is_in_it_as_pdf_and_html(norway: Path) -> None:
    built = pitchgen("build", "--format", "pdf,html", "-o", "out", workspace=norway)
    assert built.returncode == 0, built.stderr
    made = {Path(name).name for name in built.stdout.split()}
    of_people = {"ola-pitch", "ola-manager-sheet", "kari-team-page"}
    documents = of_people | {"radgiver-playbook", "radgiver-role-card", "dobbeltsjekker-persona-card"}
    assert made == {f"{name}-nb.{ending}" for name in documents for ending in ("pdf", "html")}
    said = {
        "ola-pitch": "Hei Ola, velkommen!",
        "ola-manager-sheet": "Lederens huskelapp",
        "radgiver-playbook": "Før et møte: ti sekunder.",
        "radgiver-role-card": "Løftet og din del i det",
        "dobbeltsjekker-persona-card": "Behovene og svarene våre",
    }
    for name, words in said.items():
        pdf = norway / f"out/{name}-nb.pdf"
        assert words in said_by("pdftotext", "-layout", pdf, "-")
        assert str(PdfReader(pdf).root_object["/Lang"]) == "nb"
        html = (norway / f"out/{name}-nb.html").read_text(encoding="utf-8")
        assert '<html lang="nb"' in html
        assert words in html


def test_the_matrix_and_the_message_are_in_it_too(norway: Path) -> None:
    page = pitchgen("matrix", "--format", "html", "-o", "-", workspace=norway)
    assert (page.returncode, page.stderr) == (0, "")
    assert "Hvem som møter hva, og hvem som har ansvaret" in page.stdout
    done = pitchgen("build", "--format", "eml", "-o", "post", workspace=norway)
    assert done.returncode == 0, done.stderr
    (draft,) = (norway / "post").glob("*.eml")
    message = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert message["Subject"].startswith("Velkommen til oss")
    attached = {part.get_filename() for part in message.iter_attachments()}
    assert attached == {"Velkomsttale.pdf", "Spillebok.pdf", "Rollekort.pdf", "Kalender.ics"}
    body = message.get_body(("plain",))
    assert body
    said = str(body.get_content()).replace("\r\n", "\n")
    assert "Du begynner " in said
    assert said.endswith("Åpne kalenderen, så har du de første dagene på mobilen.\n")


def test_its_dates_and_figures_are_written_as_in_norway(norway: Path) -> None:
    studio_says = pitchgen("pitch", "ola", "--format", "md", "-o", "-", workspace=norway).stdout
    assert "Det første steget tar vi allerede på din første dag." in studio_says
    assert "nå 62,5\u00a0%, mål 90\u00a0%" in studio_says
    language = linked(norway).languages.get("nb")
    assert day_and_month(FIRST_DAY, language) == "tirsdag 1.\u00a0desember"
    assert short_date(FIRST_DAY, language) == "tir.\u00a01.\u00a0des."
    assert full_date(FIRST_DAY, language) == "1.\u00a0desember 2026"


def test_its_words_are_looked_for_and_its_scaffolds_and_headings_used(norway: Path, capsys: Capture) -> None:
    lists = linked(norway).languages.lists
    assert lists.listed("vague-words", "nb").in_("Vi svarer så raskt som mulig.") == ["så raskt som mulig"]
    assert blank_in("Fyll inn her.", lists) == "Fyll inn her"
    made = pitchgen_here(capsys, "new", "persona", "travel", workspace=norway)
    assert made.returncode == 0, made.stderr
    text = (norway / "personas/travel.yaml").read_text(encoding="utf-8")
    (norway / "personas/travel.yaml").unlink()
    assert "\nlabel: <hva dere kaller personaen>\n" in text
    (norway / "liste.csv").write_text("Navn;Stillingstittel\nIda Berg;Kunderådgiver\n", encoding="utf-8")
    built = pitchgen("build", "--hires", "liste.csv", "--format", "md", "-o", "liste", workspace=norway)
    assert built.returncode == 0, built.stderr
    assert "ida-berg-radgiver-pitch-nb.md" in built.stdout


REQUIRED = (FACTS, "words.yaml", "metrics.yaml", "pitch.md", "message.md", "playbook.md")


@pytest.mark.parametrize("name", norwegian.FILES)
def test_each_file_taken_away_is_named_by_check(name: str, tmp_path: Path, capsys: Capture) -> None:
    root = write_tree(tmp_path, {path: text for path, text in NORWEGIAN.items() if path != name})
    done = pitchgen_here(capsys, "check", workspace=root)
    assert done.returncode == (1 if name.endswith(REQUIRED) else 0), done.stderr
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_all_that_is_missing_is_named_in_one_run(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {f"{norwegian.IN_WORKSPACE}/pitch.md": "# Hei\n"})
    (root / "templates/languages/nb/pitch.md").rename(root / "templates/languages/nb/other.md")
    assert {problem.path for problem in problems_of(root, "nb")} == set(norwegian.FILES)


DATA = [name for name in norwegian.FILES if "/new/" not in name and name.endswith(".yaml")]


@pytest.mark.parametrize("name", DATA)
def test_each_key_taken_away_is_named(name: str, tmp_path: Path) -> None:
    groups = re.split(r"(?m)^(?=[\w-]+:)", norwegian.FILES[name])
    for n, group in enumerate(groups[1:], start=1):
        text = "".join(groups[:n] + groups[n + 1 :])
        root = write_tree(tmp_path, {**norwegian.FILES, name: text})
        (problem,) = problems_of(root, "nb")
        assert problem.path == name
        assert re.search(rf"\b{re.escape(group.partition(':')[0])}\b", problem.message), problem


@pytest.mark.parametrize("name", DATA)
def test_a_misspelt_key_is_refused_with_its_place_and_what_was_meant(name: str, tmp_path: Path) -> None:
    first = re.search(r"(?m)^[\w-]+(?=:)", norwegian.FILES[name])
    assert first
    text = f"{norwegian.FILES[name]}{first[0]}x: [a]\n"
    problems = problems_of(write_tree(tmp_path, {**norwegian.FILES, name: text}), "nb")
    line = text.count("\n")
    assert [(p.path, p.line, p.column) for p in problems] == [(name, line, 1)]
    assert problems[0].hint == f"did you mean '{first[0]}'?"


def test_what_the_words_of_the_page_lack_is_named_and_what_is_wrong_refused(tmp_path: Path) -> None:
    name = f"{norwegian.IN_WORKSPACE}/page.yaml"
    text = "nav_read: Les\nnav_raed: Les\nnav_keep: [a]\nnav_chain: '{n}'\nintake_rows: '{x'\nskip: ''\n"
    problems = problems_of(write_tree(tmp_path, {**norwegian.FILES, name: text}), "nb")
    assert [each.partition(f"{name}:")[2] for each in told(problems)][:-1] == [
        "2:1 error 'nav_raed' is no word of the page",
        "3:11 error must be a text",
        "4:12 error has a place in braces that nothing fills in",
        "5:14 error has a place in braces that nothing fills in",
        "6:7 error must be a text",
    ]
    assert problems[0].hint == "did you mean 'nav_read'?"
    assert problems[3].hint == "what may be filled in here: {n}"
    assert re.fullmatch(
        rf"{name}:0:0 warning lacks the words for: language_name, nav_label, .* and \d+ more",
        told(problems)[-1],
    )


def test_a_few_words_of_the_page_in_a_shipped_language_lack_nothing(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {"templates/languages/fi/page.yaml": "nav_read: Lukeminen\n"})
    assert problems_of(root, "fi") == []


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("characters_per_minute", "fort", "must be a whole number from 1 to 5000"),
        ("characters_per_minute", "0", "must be a whole number from 1 to 5000"),
        ("characters_per_minute", "٨٠٠", "must be a whole number from 1 to 5000"),
        ("letters_per_digit", "kuusi", "must be a whole number from 1 to 30"),
        ("locale", "xx_YY", "'xx_YY' is no locale that Unicode's CLDR knows"),
        ("fallback", "norsk", "'norsk' is not the code of a language"),
        ("fallback", "zz", "there is no folder for the language 'zz'"),
        ("fallback", "nb", "falls back in a circle: nb -> nb"),
        ("dates", "\n  coming_day: HH:mm", "'HH:mm' is no pattern of a date"),
        ("capital_titles", "perhaps", "must be true or false"),
        ("day", "", "'day' is empty"),
    ],
)
def test_a_wrong_fact_is_refused_at_its_place(key: str, typed: str, said: str, tmp_path: Path) -> None:
    name = f"{norwegian.IN_WORKSPACE}/{FACTS}"
    kept = re.sub(rf"(?m)^{key}:.*\n", "", norwegian.FILES[name])
    text = f"{kept}{key}: {typed}\n"
    (problem,) = problems_of(write_tree(tmp_path, {**norwegian.FILES, name: text}), "nb")
    assert said in problem.message
    assert (problem.path, problem.line > 1, problem.column >= 1) == (name, True, True)


# Folders and fallbacks


def test_a_language_falls_back_to_the_one_it_names_for_what_it_lacks(tmp_path: Path, capsys: Capture) -> None:
    nynorsk = {
        "templates/languages/nn/language.yaml": "name: Norwegian Nynorsk\nfallback: nb\n",
        "templates/languages/nn/words.yaml": "role_card: Rollekort på nynorsk\n",
    }
    company = norwegian.COMPANY["company.yaml"].replace("[nb]", "[nb, nn]")
    root = write_tree(tmp_path, {**NORWEGIAN, **nynorsk, "company.yaml": company})
    assert problems_of(root, "nb", "nn") == []
    card = pitchgen_here(capsys, "role-card", "--language", "nn", "-o", "-", workspace=root).stdout
    assert "Rollekort på nynorsk" in card
    assert "Løftet og din del i det" in card
    language = linked(root).languages.get("nn")
    assert (language.facts.characters_per_minute, day_and_month(FIRST_DAY, language)) == (
        800,
        "tysdag 1.\u00a0desember",
    )


def test_english_of_a_country_is_english_with_its_own_dates(tmp_path: Path) -> None:
    company = COMPANY.replace("[fi, en, sv]", "[fi, en-US]")
    root = small(tmp_path, {"company.yaml": company, "hires/aino.yaml": f"{HIRE}    language: en-US\n"})
    assert problems_of(root, "fi", "en-US") == []
    done = pitchgen("pitch", "--format", "md", "-o", "-", "aino", workspace=root)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "# Hi Aino, welcome!")
    assert full_date(FIRST_DAY, SHIPPED.get("en-US")) == "December 1, 2026"
    assert full_date(FIRST_DAY, SHIPPED.get("en-GB")) == "1\u00a0December 2026"


def test_a_circle_of_fallbacks_is_named_in_each_of_its_files(tmp_path: Path) -> None:
    facts = "name: X\nday: dag\ncharacters_per_minute: 800\nfallback: %s\n"
    circle = {"nb": "nn", "nn": "da", "da": "nb"}
    files = {f"templates/languages/{one}/{FACTS}": facts % other for one, other in circle.items()}
    problems = [each for each in problems_of(write_tree(tmp_path, files), "nb") if "circle" in each.message]
    assert {(each.path, each.line, each.column) for each in problems} == {(name, 4, 11) for name in files}
    assert any("nb -> nn -> da -> nb" in each.message for each in problems)


@pytest.mark.parametrize(
    ("name", "meant"),
    [("NB", "rename it to nb"), ("en_gb", "rename it to en-GB"), ("norsk", "like fi, nb or en-GB")],
)
def test_a_folder_whose_name_is_no_language_is_named(name: str, meant: str, tmp_path: Path) -> None:
    root = write_tree(tmp_path, {f"templates/languages/{name}/words.yaml": "x: y\n"})
    (problem,) = problems_of(root, "fi")
    assert (problem.path, problem.severity) == (f"templates/languages/{name}", "error")
    assert meant in problem.hint


def test_a_companys_language_without_a_folder_is_named_before_a_document_is_made(
    tmp_path: Path, capsys: Capture
) -> None:
    root = small(tmp_path, {"company.yaml": COMPANY.replace("[fi, en, sv]", "[fi, de]")})
    done = pitchgen_here(capsys, "check", workspace=root)
    assert done.returncode == 0
    assert (
        "templates/languages/de: warning[language]: there is no folder for the language 'de'" in done.stderr
    )
    (root / "hires/aino.yaml").write_text("name: Aino\nrole: asiantuntija\nlanguage: de\n")
    done = pitchgen_here(capsys, "check", workspace=root)
    assert done.returncode == 1
    assert done.stderr.count("there is no folder for the language 'de'") == 1


def test_a_folder_of_a_country_without_that_of_its_language_lacks_its_facts(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {"templates/languages/de-AT/words.yaml": "role_card: Rollenkarte\n"})
    missing = "templates/languages/de-AT/language.yaml:0:0 error does not exist"
    assert missing in told(problems_of(root, "de-AT"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pitch.fi.md", "languages/fi/pitch.md"),
        ("playbook.sv.md", "languages/sv/playbook.md"),
        ("words.en.yaml", "languages/en/words.yaml"),
        ("metrics.de.yaml", "languages/de/metrics.yaml"),
    ],
)
def test_a_file_in_its_former_place_is_never_silently_ignored(old: str, new: str, tmp_path: Path) -> None:
    root = small(tmp_path, {f"templates/{old}": "x: y\n"})
    (problem, *_) = problems_of(root, "fi", "en", "sv")
    assert (problem.path, problem.severity) == (f"templates/{old}", "error")
    assert problem.hint == f"move it to templates/{new}"


def test_no_document_is_made_past_a_file_in_its_former_place(tmp_path: Path, capsys: Capture) -> None:
    root = small(tmp_path, {"templates/pitch.fi.md": "# Moi\n"})
    done = pitchgen_here(capsys, "pitch", "--format", "md", workspace=root)
    assert done.returncode == 1
    assert "templates/pitch.fi.md: error[moved]: is not read here any more" in done.stderr
    assert "move it to templates/languages/fi/pitch.md" in done.stderr


def test_the_word_for_a_day_is_the_folders(tmp_path: Path) -> None:
    commitments = "name: Li\ncommitments: [{text: Kaffe., when: Tag 3}]\n"
    root = small(tmp_path, {**GERMAN_FACTS, "managers/li.yaml": commitments})
    assert linked(root).managers[0].model.commitments[0].when.day == 3  # type: ignore[union-attr]
    (root / "templates/languages/de/language.yaml").unlink()
    assert linked(root).managers[0].model.commitments[0].when.day is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("label: ", "labl: "), "must have 'label' here"),
        (("$need", "$nothing"), "has a $ that stands for nothing"),
        (("# skips:\n", ""), "must have 'lost_because' here"),
    ],
)
def test_a_scaffold_of_ones_own_is_built_like_the_english(
    change: tuple[str, str], said: str, tmp_path: Path, capsys: Capture
) -> None:
    name = f"{norwegian.IN_WORKSPACE}/new/persona.yaml"
    text = norwegian.FILES[name].replace(*change)
    root = write_tree(tmp_path, {**NORWEGIAN, name: text})
    (problem,) = problems_of(root, "nb")
    assert problem.path == name
    done = pitchgen_here(capsys, "new", "persona", "ny", workspace=root)
    assert done.returncode == 1
    assert f"{name}" in done.stderr


# Any language of CLDR


def language_in(code: str) -> Language:
    """A language without patterns of its own, as a folder that tells no more than it must."""
    facts = Facts.model_validate({"name": "X", "day": "day", "characters_per_minute": "700"})
    return Language(code, facts, Locale.parse(code), SHIPPED.folders, {})


@pytest.mark.parametrize(
    ("code", "coming", "percent"),
    [
        ("nb", "tirsdag 1. desember", "12,5 %"),
        ("nn", "tysdag 1. desember", "12,5 %"),
        ("da", "tirsdag 1. december", "12,5 %"),
        ("de", "Dienstag, 1. Dezember", "12,5 %"),
        ("et", "teisipäev, 1. detsember", "12,5%"),
        ("fr", "mardi 1 décembre", "12,5 %"),
        ("es", "martes, 1 de diciembre", "12,5 %"),
        ("hi", "मंगलवार, 1 दिसंबर", "12.5%"),
        ("tr", "1 Aralık Salı", "%12,5"),
        ("ja", "12月1日(火曜日)", "12.5%"),
    ],
)
def test_a_language_that_names_no_pattern_has_those_of_cldr(code: str, coming: str, percent: str) -> None:
    language = language_in(code)
    said = (day_and_month(FIRST_DAY, language), amount(Decimal("12.5"), "%", language))
    assert tuple(re.sub("[\u00a0\u202f]", " ", each) for each in said) == (coming, percent)


CODES = sorted(name for name in locale_identifiers() if re.fullmatch("[a-z]{2,3}", name))


@given(
    st.sampled_from(CODES), st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.decimals(-999, 999, places=1)
)
def test_no_language_shows_a_pattern_for_a_figure(code: str, day: date, value: Decimal) -> None:
    language = language_in(code)
    percent = amount(value, "%", language)
    assert "#" not in percent
    assert re.sub(r"\D", "", percent).lstrip("0") == re.sub(r"\D", "", f"{value:f}").lstrip("0")
    for said in (day_and_month(day, language), short_date(day, language)):
        assert str(day.day) in said
    assert str(day.year) in short_date(day, language, year=True)


# What can reach a document


def test_a_templates_closure_is_all_that_it_takes_in(tmp_path: Path) -> None:
    root = small(
        tmp_path,
        {
            "templates/languages/fi/pitch.md": "{% include 'parts/end.md' %}\n",
            "templates/parts/end.md": "{% import 'parts/more.md' as more %}{% include 'parts/end.md' %}\n",
            "templates/loose.html": "{% include name %}",
            "templates/broken.html": "{% if %}",
        },
    )
    templates = Templates(root)
    of_pitch = frozenset({"languages/fi/pitch.md", "parts/end.md", "parts/more.md"})
    assert templates.closure(["languages/fi/pitch.md"]) == of_pitch
    of_page = frozenset({"pitch.html", "base.html", "base.css"})
    assert templates.closure(["pitch.html", "base.css"]) == of_page
    assert templates.closure(["loose.html"]) is None
    assert templates.closure(["broken.html"]) is None


def test_one_languages_files_are_none_of_anothers(tmp_path: Path) -> None:
    files = {"templates/languages/nn/language.yaml": "name: N\nfallback: nb\n", **norwegian.FILES}
    folders = Folders(Overlay(write_tree(tmp_path, files)))
    names = (FACTS, "words.yaml", "pitch.md")
    assert set(folders.files("nn", names)) == {
        f"languages/{c}/{name}" for c in ("nn", "nb") for name in names
    }
    assert set(folders.files("fi", names)) == {f"languages/fi/{name}" for name in names}


def test_what_is_shipped_lacks_nothing() -> None:
    for code in shipped.languages():
        assert files_of(code) == files_of("en")
        for name in ("words.yaml", "metrics.yaml", "lists.yaml", "columns.yaml"):
            wanted = shipped.language_data("en", name)
            found = shipped.language_data(code, name)
            # Only some languages address one person formally in words of their own.
            assert {key for key in found if not key.endswith("_formal")} == wanted.keys(), (code, name)


def files_of(code: str) -> set[Path]:
    folder = shipped.language_file(code, "")
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    # Patterns are for languages that Pyphen has none of.
    return {path for path in paths if "bare" not in path.parts and path.name != PATTERNS}


def test_no_module_names_a_language() -> None:
    codes = "|".join(shipped.languages())
    package = Path(shipped.__file__).parent
    named = [
        f"{path.relative_to(package)}: {line.strip()}"
        for path in package.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(rf"[\"']({codes})[\"']", line)
    ]
    assert named == ['shipped.py: REFERENCE = "en"']


def test_languages_are_read_when_asked_for(tmp_path: Path) -> None:
    languages = Languages(Overlay(small(tmp_path, {"templates/languages/fi/language.yaml": "day: [\n"})))
    assert languages.get("sv").code == "sv"


# The page on languages

PAGE = (REPOSITORY / "docs/languages.md").read_text(encoding="utf-8")


def test_the_page_on_languages_names_every_file_and_every_fact() -> None:
    files, facts = re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE)
    named = set(re.findall(r"`([\w./]+)`", "".join(row.split("|")[1] for row in files.splitlines())))
    assert named == {f"{path.parts[0]}/" if path.parent.parts else path.name for path in files_of("en")}
    assert re.findall(r"^\| `(\w+)`", facts, re.MULTILINE) == list(PAGE_FACTS)


PAGE_FACTS = (
    *("name", "day", "characters_per_minute", "letters_per_digit", "fallback", "locale"),
    *(
        "capital_titles",
        "refusals",
        "names",
        "titles",
        "particles",
        "first_names",
        "surnames",
        "first_week",
        "dates",
        "figures",
        "terms",
    ),
)


def test_the_pages_example_is_a_whole_language_yaml() -> None:
    assert set(PAGE_FACTS) == set(Facts.model_fields)
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    told = parse(example.encode())
    assert Facts.model_validate(told).name == "Norwegian Bokmål"
    kept = parse(norwegian.FILES[f"{norwegian.IN_WORKSPACE}/{FACTS}"].encode())
    assert told == kept
