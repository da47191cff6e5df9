"""The company's own word for a customer: in all that documents say themselves, and in what rules look for."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from every_document import LANGUAGES, THE_DAY, all_documents, studio_of
from rich import RICH
from texts import retold
from workspaces import (
    COMPANY,
    GERMAN_FACTS,
    REPOSITORY,
    SHIPPED,
    linked,
    pitchgen_here,
    small,
    without_warnings,
)

from pitchgen import shipped
from pitchgen.language.terms import filled, usual_terms
from pitchgen.studio.studio import Studio
from pitchgen.workspace.read import read_workspace

Capture = pytest.CaptureFixture[str]
# The examples that the languages give, which are a word in all of its forms.
PATIENT = {code: dict(usual_terms(SHIPPED.folders, code)) for code in LANGUAGES}
CUSTOMER = re.compile(r"[^\W_]*(?:customer|asiakas|asiakka|asiakku|(?<!se)kund)[^\W_]*", re.IGNORECASE)
FILES = ("words.yaml", "metrics.yaml", "pitch.md", "playbook.md", "message.md")


class Text(HTMLParser):
    """What a page says, and what it says in place of pictures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._unseen = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen = tag == "style"
        self.said += [value or "" for name, value in attrs if name in ("alt", "title", "aria-label")]

    def handle_endtag(self, tag: str) -> None:
        self._unseen = False

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.said.append(data)


def patients(language: str) -> dict[str, str]:
    """All fields, every text of which is the same but for a number, of a company that has patients."""
    numbers = iter(range(10_000))
    files = retold(RICH, lambda _place, _text: f"Xx {next(numbers)} yy.", language)
    company = json.loads(files["company.yaml"])
    company["terms"] = {"customer": PATIENT}
    return {**files, "company.yaml": json.dumps(company)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_document_speaks_of_customers_where_the_company_has_patients(
    tmp_path: Path, language: str
) -> None:
    studio, patient = studio_of(patients(language), tmp_path), re.compile(r"\w*(?:potil|patien)\w*")
    found: dict[str, list[str]] = {}
    said = ""
    for name, document in all_documents(studio, [language]).items():
        formats = [format for format in document.kind.formats if format in ("html", "md", "txt", "ics")]
        for format in formats:
            made = studio.render(document, format).content.decode()
            text = "\n".join(Text(made).said) if format == "html" else made
            if customers := CUSTOMER.findall(text):
                found[f"{name}.{format}"] = customers
            said += text.lower()
    assert found == {}
    assert len(patient.findall(said)) > 15
    assert "{" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_fixed_word_speaks_of_customers_itself(language: str) -> None:
    for name in FILES:
        text = shipped.language_file(language, name).read_text(encoding="utf-8")
        text = re.sub(
            r"\{#.*?#\}|\{\{.*?\}\}|\{[^{}%]*\}|source: customer|^ *\w+:|^#[^\n]*",
            "",
            text,
            flags=re.DOTALL | re.MULTILINE,
        )
        assert CUSTOMER.findall(text) == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_that_a_language_asks_for_is_used_and_has_an_example_that_differs(language: str) -> None:
    files = (*FILES, "lists.yaml")
    text = "".join(shipped.language_file(language, name).read_text(encoding="utf-8") for name in files)
    used = {place.lower() for place in re.findall(r"\{([^{}%#]+)\}", text)}
    used |= {place.lower() for place in re.findall(r"terms\.(\w+)", text)}
    assert PATIENT[language].keys() == PATIENT[language].keys() & used
    assert all(form != said for form, said in PATIENT[language].items())


def test_the_usual_words_are_said_without_a_word_of_the_companys_own(tmp_path: Path) -> None:
    languages = linked(small(tmp_path)).languages
    assert languages.get("sv").terms["kundernas"] == "kundernas"
    assert (
        filled("{Kunden} och {kunden} och {annat}", languages.get("sv").terms)
        == "Kunden och kunden och {annat}"
    )


def test_a_word_may_begin_a_sentence() -> None:
    assert filled("{A customer} left.", {"a customer": "a patient"}) == "A patient left."
    assert filled("{Customers} left.", {"customers": "iPatients"}) == "IPatients left."


def with_terms(folder: Path, terms: str, **changes: str) -> Path:
    company = COMPANY.replace("[fi, en, sv]", "[fi, en]") + f"    terms:\n      customer:{terms}\n"
    return small(folder, {"company.yaml": company, **changes})


def forms(language: str, but: str = "") -> str:
    lines = [f"          {form}: {said}\n" for form, said in PATIENT[language].items() if form != but]
    return f"\n        {language}:\n" + "".join(lines).rstrip("\n")


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (
            forms("fi") + forms("en", but="customers"),
            ["error[missing-form]: our word for a customer lacks these forms in 'en': customers"],
        ),
        (
            forms("fi"),
            [
                "error[missing-form]: our word for a customer lacks these forms in 'en': "
                + ", ".join(PATIENT["en"])
            ],
        ),
        (
            " patient",
            [
                "error[missing-form]: our word for a customer lacks these forms in 'fi': "
                + ", ".join(form for form in PATIENT["fi"] if form != "asiakas-"),
                "error[missing-form]: our word for a customer lacks these forms in 'en': "
                + ", ".join(PATIENT["en"]),
            ],
        ),
        (
            forms("fi") + forms("en") + "\n          custmers: clients",
            ["error[unknown-key]: 'custmers' is no form that fixed words take"],
        ),
        (
            forms("fi") + forms("en") + forms("sv"),
            ["error[invalid-value]: 'sv' is not among the workspace's languages"],
        ),
    ],
)
def test_a_word_whose_forms_are_not_right_is_told(
    tmp_path: Path, capsys: Capture, terms: str, said: list[str]
) -> None:
    done = pitchgen_here(capsys, "pitch", "aino", "-o", "-", workspace=with_terms(tmp_path, terms))
    assert (done.returncode, done.stdout) == (1, "")
    told = [line[line.index("error[") :] for line in done.stderr.splitlines() if "error[" in line]
    assert told == said
    assert not list(tmp_path.glob("out"))


def test_a_missing_form_is_told_with_an_example(tmp_path: Path) -> None:
    _, problems = read_workspace(with_terms(tmp_path, forms("fi") + forms("en", but="customers")))
    (problem,) = problems
    assert problem.hint == "write each on a line of its own below `en:`, as in `customers: patients`"


def test_a_language_of_a_country_takes_the_forms_of_the_language(tmp_path: Path) -> None:
    company = (
        COMPANY.replace("[fi, en, sv]", "[fi, en-GB]")
        + "    terms:\n      customer:"
        + forms("fi")
        + forms("en")
    )
    languages = linked(small(tmp_path, {"company.yaml": company})).languages
    assert languages.get("en-GB").terms["customers"] == "patients"


def test_a_place_for_a_form_that_there_is_not_is_told(tmp_path: Path, capsys: Capture) -> None:
    own = {"templates/languages/fi/words.yaml": 'customers: "{Asiakkat}"\n'}
    done = pitchgen_here(capsys, "check", workspace=small(tmp_path, own))
    assert "words.yaml:1:12: error[words]: '{Asiakkat}' is no form of a word" in without_warnings(
        done.stderr + done.stdout
    )
    assert "did you mean 'asiakkaat'?" in done.stderr + done.stdout


def test_a_template_of_ones_own_may_say_the_word(tmp_path: Path) -> None:
    said = "# Hei\n\nTapaat {{ terms.asiakkaita }}. {{ terms.asiakas | capfirst }}.\n"
    own = {"templates/languages/fi/pitch.md": said}
    root = with_terms(tmp_path, forms("fi") + forms("en"), **own)
    studio = Studio(linked(root), THE_DAY)
    pitch = studio.compose("pitch", studio.workspace.hires[0], "fi")
    assert "Tapaat potilaita. Potilas." in studio.render(pitch, "md").content.decode()


def test_rules_look_for_the_companys_word_and_the_usual_one(tmp_path: Path) -> None:
    patients = linked(with_terms(tmp_path / "patients", forms("fi") + forms("en"))).languages.lists
    customers = linked(small(tmp_path / "customers")).languages.lists
    text = "We put the patient first, and then the other. We put the customer first."
    assert patients.listed("observable-behavior", "en").in_(text) == [
        "put the patient first",
        "put the customer first",
    ]
    assert customers.listed("observable-behavior", "en").in_(text) == ["put the customer first"]
    assert patients.words("general-words", "en").common("patients and customers") == [
        "patients",
        "and",
        "customers",
    ]
    assert patients.listed("empty-phrase", "fi").in_("Meillä on potilaskeskeinen ote") == ["potilaskeskeinen"]


@pytest.mark.parametrize(
    ("word", "begins", "found"),
    [
        ("medlem", "medlems-", ["medlemsfokus", "kundfokus"]),
        ("besökare", "besökar-", ["besökarfokus", "kundfokus"]),
        ("gäst", None, ["gästfokus", "kundfokus"]),
    ],
)
def test_rules_look_for_compounds_as_the_companys_word_begins_them(
    tmp_path: Path, word: str, begins: str | None, found: list[str]
) -> None:
    said = {**PATIENT["sv"], "kund": word, "kund-": begins}
    lines = "".join(f"          {form}: {own}\n" for form, own in said.items() if own)
    company = COMPANY.replace("[fi, en, sv]", "[fi, sv]") + "    terms:\n      customer:" + forms("fi")
    root = small(tmp_path, {"company.yaml": f"{company}\n        sv:\n{lines}"})
    text = "Vi har medlemsfokus, besökarfokus, gästfokus, medlemfokus, medlems-fokus och kundfokus."
    assert linked(root).languages.lists.listed("empty-phrase", "sv").in_(text) == found


def test_the_starter_says_what_it_said(tmp_path: Path) -> None:
    """Its own texts hold the word, and the fixed words say it as ever."""
    words: dict[str, Any] = {code: linked(REPOSITORY).languages.get(code).terms for code in LANGUAGES}
    assert all(form.rstrip("-") == said for terms in words.values() for form, said in terms.items())


def test_a_language_without_forms_of_its_own_has_those_of_the_words_it_takes_from_english(
    tmp_path: Path,
) -> None:
    company = COMPANY.replace("[fi, en, sv]", "[fi, de]")
    root = small(tmp_path, {"company.yaml": company, **GERMAN_FACTS})
    assert linked(root).languages.get("de").terms["customers"] == "customers"
    own = company + "    terms:\n      customer:" + forms("fi") + "\n        de:\n          Kunde: Patient\n"
    _, problems = read_workspace(small(tmp_path, {"company.yaml": own}))
    assert [(each.code, each.hint) for each in problems] == [("unknown-key", "the forms are: none yet")]
