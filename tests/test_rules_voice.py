"""Voice: whoever reads is spoken to, in the form that the company has chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from orderly import findings


@pytest.mark.parametrize(
    ("language", "how", "found"),
    [
        ("en", "I name a time in every answer.", True),
        ("en", "You say: “I ring you at six.”", False),
        ("en", "You name a time in every answer.", False),
        ("fi", "Kerron kellonajan joka puhelussa.", True),
        ("fi", "Kerrot kellonajan joka puhelussa.", False),
        ("fi", "Sanot: ”Soitan kuudelta.”", False),
        ("sv", "Jag säger klockslaget i varje samtal.", True),
        ("sv", "Du stannar mitt i en mening.", False),
    ],
)
def test_a_role_speaks_to_the_newcomer(tmp_path: Path, language: str, how: str, found: bool) -> None:
    company = f"# company.yaml\nlanguage: {language}\nlanguages: [{language}]\n"
    role = f"# roles/adviser.yaml\npart:\n  why: x\n  how: '{how}'\n"
    problems = findings(tmp_path, "part-voice", company + role)
    assert [problem.where for problem in problems if problem.path == "roles/adviser.yaml"] == (
        ["part.how"] if found else []
    )


@pytest.mark.parametrize(
    ("tone", "purpose", "found"),
    [
        ("formal", "Soitat asiakkaalle.", True),
        ("formal", "Soitatte asiakkaalle.", False),
        ("formal", "Sanotte: ”Soitat kuudelta.”", False),
        ("informal", "Soitat asiakkaalle.", False),
        ("formal", "Kuuntelit puhelussasi loppuun.", True),
        ("formal", "Valitsit itse.", True),
        ("formal", "Asiakas vastasi, ja kurssit ja tiimit ovat valmiit.", False),
    ],
)
def test_in_a_formal_company_nobody_is_addressed_informally(
    tmp_path: Path, tone: str, purpose: str, found: bool
) -> None:
    company = f"# company.yaml\nlanguage: fi\nlanguages: [fi]\nbrand: {{tone: {tone}}}\n"
    role = f"# roles/adviser.yaml\npurpose: '{purpose}'\n"
    assert bool(findings(tmp_path, "informal-address", company + role)) is found


@pytest.mark.parametrize(
    ("language", "tone", "purpose", "found"),
    [
        ("fi", "informal", "Soitatte asiakkaalle.", True),
        ("fi", "informal", "Asiakas kuulee Teiltä ensin.", True),
        ("fi", "informal", "Kerrot sen vastauksessanne.", True),
        ("fi", "informal", "Sanot: ”Soitatte kuudelta.”", False),
        ("fi", "informal", "Rinne, tilanne, minne ja osoite: soitat sinne.", False),
        ("fi", "formal", "Soitatte asiakkaalle.", False),
        ("sv", "informal", "Er roll är viktig.", True),
        ("sv", "informal", "Du ringer kunden, och hon ler.", False),
        ("en", "informal", "Dear Sir, you ring the customer.", True),
    ],
)
def test_in_an_informal_company_nobody_is_addressed_formally(
    tmp_path: Path, language: str, tone: str, purpose: str, found: bool
) -> None:
    company = f"# company.yaml\nlanguage: {language}\nlanguages: [{language}]\nbrand: {{tone: {tone}}}\n"
    role = f"# roles/adviser.yaml\npurpose: '{purpose}'\n"
    assert bool(findings(tmp_path, "formal-address", company + role)) is found


def test_what_customers_say_and_what_is_told_of_them_may_be_informal(tmp_path: Path) -> None:
    company = "# company.yaml\nlanguage: fi\nlanguages: [fi]\nbrand: {tone: formal}\n"
    persona = "# personas/careful.yaml\nquote: Voit soittaa minulle.\n"
    assert findings(tmp_path, "informal-address", company + persona) == []
