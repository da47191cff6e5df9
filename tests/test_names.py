"""Names of people as lists have them: who is greeted by what, and texts that were decoded wrongly."""

from __future__ import annotations

import pytest
from workspaces import SHIPPED

from pitchgen.compose.greeting import greeted_as
from pitchgen.language.garbled import is_garbled
from pitchgen.language.names import PersonName, Slip
from pitchgen.model.hire import Hire

AS_SAID = {
    "Aino": "Aino",
    "Björn von Essen": "Björn",
    "Anna van der Berg": "Anna",
    "JP Virtanen": "JP",
    "Eva Berg, PhD": "Eva",
    "Eva Berg, M.Sc.": "Eva",
    "Eva Berg MBA": "Eva",
    "Martin King, Jr.": "Martin",
    "Martin King III": "Martin",
    "Virtasalmi,": "Virtasalmi",
    # Particles and titles of one language are first names of another.
    "Di Wu": "Di",
    "Al Gore": "Al",
    "Tri Nguyen": "Tri",
    # Usual first names and surnames, as they are said.
    "Aino Lehtinen": "Aino",
    "Anna-Liisa Maria Koivu": "Anna-Liisa",
    "Astrid Helena": "Astrid",
    "Zahra Hosseini": "Zahra",
    "Lehtinen Virtanen": "Lehtinen",
    "Berg Lund": "Berg",
    "Nguyen Minh": "Nguyen",
    # Not every script has capitals, or more than one letter to a name.
    "李 明": "李",
    "محمد علي": "محمد",
}
OTHERWISE = {
    "Lehtinen, Aino": ("Aino", Slip.SURNAME_FIRST, "Aino Lehtinen"),
    "NIEMINEN Kari": ("Kari", Slip.SURNAME_FIRST, "Kari NIEMINEN"),
    "VON ESSEN Björn": ("Björn", Slip.SURNAME_FIRST, "Björn VON ESSEN"),
    "O'NEILL Sean": ("Sean", Slip.SURNAME_FIRST, "Sean O'NEILL"),
    "Lee, A. B.": ("", Slip.SURNAME_FIRST, "A. B. Lee"),
    # Without a comma or capitals, by first names and surnames that are usual somewhere.
    "Lehtinen Aino": ("Aino", Slip.SEEMS_SURNAME_FIRST, "Aino Lehtinen"),
    "Kallio Pirjo": ("Pirjo", Slip.SEEMS_SURNAME_FIRST, "Pirjo Kallio"),
    "Virtanen Anna-Liisa": ("Anna-Liisa", Slip.SEEMS_SURNAME_FIRST, "Anna-Liisa Virtanen"),
    "Hosseini Anna Maria": ("Anna", Slip.SEEMS_SURNAME_FIRST, "Anna Maria Hosseini"),
    "Mäkinen Zahra": ("Zahra", Slip.SEEMS_SURNAME_FIRST, "Zahra Mäkinen"),
    "Svensson Åke": ("Åke", Slip.SEEMS_SURNAME_FIRST, "Åke Svensson"),
    "Bradley Emily": ("Emily", Slip.SEEMS_SURNAME_FIRST, "Emily Bradley"),
    "NIEMINEN ELIAS": ("", Slip.CAPITALS, ""),
    "VON ESSEN BJÖRN": ("", Slip.CAPITALS, ""),
    "PÄIVI": ("PÄIVI", Slip.CAPITALS, ""),
    "Kari NIEMINEN": ("Kari", Slip.CAPITALS, ""),
    "zahra": ("zahra", Slip.NO_CAPITAL, ""),
    "aino Virtanen": ("aino", Slip.NO_CAPITAL, ""),
    "Dr. A. Lee": ("", Slip.INITIAL, ""),
    "J.-P. Virtanen": ("", Slip.INITIAL, ""),
    "A Lee": ("", Slip.INITIAL, ""),
    "Chr. Holm": ("", Slip.INITIAL, ""),
    "Dr. Anna Lee": ("Anna", Slip.TITLE, ""),
    "Prof. Dr. Max Planck": ("Max", Slip.TITLE, ""),
    "fil. tri Aino Ek": ("Aino", Slip.TITLE, ""),
    "KTM Aino Ek": ("Aino", Slip.TITLE, ""),
    "Mrs Ek": ("", Slip.TITLE, ""),
    "Fröken Ek": ("", Slip.TITLE, ""),
    "Dr.": ("", Slip.TITLE, ""),
    "van der Berg": ("", Slip.PARTICLE, ""),
    "Van der Berg": ("", Slip.PARTICLE, ""),
    "’t Hooft": ("", Slip.PARTICLE, ""),
}


@pytest.mark.parametrize(("name", "first"), AS_SAID.items())
def test_a_name_as_it_is_said_begins_with_the_one_to_greet_by(name: str, first: str) -> None:
    assert SHIPPED.names.read(name) == PersonName(first)


@pytest.mark.parametrize(("name", "read"), OTHERWISE.items())
def test_what_a_list_puts_first_greets_nobody(name: str, read: tuple[str, Slip, str]) -> None:
    assert SHIPPED.names.read(name) == PersonName(*read)


@pytest.mark.parametrize(
    ("name", "called", "greeted"),
    [
        ("Lehtinen, Aino", None, "Aino"),
        ("Dr. A.  Lee", None, "Dr. A. Lee"),
        ("Dr. A. Lee", "Annie", "Annie"),
        ("van der Berg", None, "van der Berg"),
    ],
)
def test_whose_first_name_nobody_knows_is_greeted_by_all_of_it(
    name: str, called: str | None, greeted: str
) -> None:
    hire = Hire(id="a", name=name, called=called, role="b")
    assert greeted_as(hire, SHIPPED.names) == greeted


# What Päivi, Mäkelä, Bjørn, Åsa and others become, read as Windows-1252, Mac OS Roman, Latin-1 or DOS.
GARBLED = ["MÃ¤kelÃ¤", "BjÃ¸rn", "Ã…sa", "Ã–hman", "M√§kel√§", "M├ñkel├ñ", "M\ufffdkel\ufffd", "Å\xa0koda"]
GARBLED_NAMES = ["PŠivi", "HŠmŠlŠinen", "Bj¿rn", "P„ivi", "Bj”rn", "JosŽ", "H?m?l?inen", "¯stby"]
# Of names in Czech, Lithuanian, Hungarian, Spanish, Turkish and Vietnamese, and of punctuation.
RIGHT = ["Škoda", "JOŠKO", "RŮŽENA", "Žižka", "Kjærgård", "Íñigo", "ŽELJKO", "Nguyễn", "Ünal", "Œuvre"]
RIGHT += ["O’Neill", "Anna–Maija", "“Pete” Ek", "määrä yöhön", "SÃO", "Þór", "Zoë", "Aino (Aikku)", "Łukasz"]


@pytest.mark.parametrize("text", GARBLED)
def test_utf_8_read_as_something_else_is_seen_in_any_text(text: str) -> None:
    assert is_garbled(f"Kun {text} soittaa")
    assert is_garbled(text, is_name=True)


@pytest.mark.parametrize("name", GARBLED_NAMES)
def test_signs_inside_a_name_are_seen(name: str) -> None:
    assert is_garbled(name, is_name=True)


@pytest.mark.parametrize("name", RIGHT)
def test_names_from_everywhere_are_left_alone(name: str) -> None:
    assert not is_garbled(name, is_name=True)
