"""What a playbook says: every customer of a role as a person, in the order in which a reader needs it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from playbooks import playbook_in, playbook_of, serving, yaml
from workspaces import PERSONA, ROLE, small

from pitchgen.compose.glance import MOST_WORDS
from pitchgen.compose.matrix import MatrixCell, Named
from pitchgen.compose.moment import NeverWords
from pitchgen.compose.persona import Fact, GlanceCard, PersonaWords, PlayWords
from pitchgen.documents.playbook.compose import Playbook

NBSP = "\u00a0"
# Two phases; the first and the last touchpoint are the role's own, at the second it helps.
JOURNEY = """\
    phases:
      - {id: arki, name: Arki}
      - {id: jatko, name: Jatko}
    touchpoints:
      - {id: soitto, name: Soitto, phase: arki, place: outside, channel: puhelin., partners: [Operaattori.]}
      - {id: kaynti, name: Käynti, phase: arki, risk: Ovi on lukossa, recovery: Soita isännälle}
      - {id: lasku, name: Lasku, phase: jatko, recovery: Hyvitä heti}
      - {id: palaveri, name: Palaveri, phase: jatko}
"""
OWN = "    owns: [soitto, palaveri]\n    helps_at: [kaynti]\n"


def people(playbook: Playbook) -> dict[str, PersonaWords]:
    return {words.label: words for words in playbook.personas}


def only(playbook: Playbook) -> PersonaWords:
    (words,) = playbook.personas
    return words


def persona_with(root: Path, *more: str, files: Mapping[str, str] | None = None) -> PersonaWords:
    """The words about the one persona of a small workspace, with more lines in its file."""
    return only(playbook_of(root, {"personas/varmistelija.yaml": yaml(PERSONA, *more), **(files or {})}))


# Whom the role meets


def test_people_stand_by_priority_and_those_whom_only_colleagues_meet_are_among_them(tmp_path: Path) -> None:
    files = {
        f"personas/{id}.yaml": f"label: {id.title()}\nsummary: on {id}\npriority: {priority}\n"
        for id, priority in [("aino", 3), ("bo", 2), ("cia", 1), ("dan", 1), ("eva", 1)]
    }
    files["roles/asiantuntija.yaml"] = serving("aino, bo, cia").replace(
        "serves:", "serves:\n  roles: [myyja]"
    )
    files["roles/myyja.yaml"] = serving("dan, cia")
    playbook = playbook_of(tmp_path, files)
    assert [(words.label, words.priority, words.anchor) for words in playbook.personas] == [
        ("Cia", 1, "persona-1"),
        ("Dan", 1, "persona-2"),
        ("Bo", 2, "persona-3"),
        ("Aino", 3, "persona-4"),
    ]
    assert playbook.ways == (), "who meets customers needs no way to them"


def test_a_role_behind_others_is_led_to_the_customers(tmp_path: Path) -> None:
    behind = ROLE.replace("Palveluasiantuntija", "{fi: Varastonhoitaja, en: Storekeeper}")
    behind = behind.replace("personas: [varmistelija]", "roles: [asiantuntija]")
    root = small(tmp_path, {"roles/varasto.yaml": behind})
    playbook = playbook_in(root, "en", "varasto")
    assert playbook.ways == (("Storekeeper", "Palveluasiantuntija", "Varmistelija"),)
    assert [words.label for words in playbook.personas] == ["Varmistelija"]


def test_a_book_is_in_its_readers_language_and_else_in_the_companys(tmp_path: Path) -> None:
    persona = """\
        label: {fi: Varmistelija, sv: Dubbelkollaren}
        summary: {fi: haluaa tietää}
        evidence: {level: interviews, source: {fi: 8 haastattelua., sv: 8 samtal}, as_of: 2026-04-17}
        reviewed_on: 2026-09-05
        owner: Myynti
    """
    words = only(playbook_of(tmp_path, {"personas/varmistelija.yaml": persona}, "sv"))
    assert (words.label, words.summary) == ("Dubbelkollaren", "Haluaa tietää.")
    assert (words.evidence, words.source, words.as_of) == ("interviews", "8 samtal", f"17{NBSP}april 2026")
    assert (words.reviewed_on, words.owner) == (f"5{NBSP}september 2026", "Myynti")


# A person


def test_of_a_person_with_only_a_label_and_a_summary_nothing_else_is_said(tmp_path: Path) -> None:
    words = persona_with(tmp_path)
    said = {name: getattr(words, name) for name in PersonaWords.__slots__ if getattr(words, name)}
    assert said == {
        "anchor": "persona-1",
        "label": "Varmistelija",
        "summary": "Haluaa tietää, mitä tapahtuu.",
        "priority": 2,
    }


def test_the_card_has_as_much_as_can_be_taken_in_at_a_glance(tmp_path: Path) -> None:
    words = persona_with(
        tmp_path,
        """\
        recognize: [vihko., listat, kello, kynä]
        connect: {opening: mitä kuuluu, avoid: [a, b, c, d]}
        signature_moment: Kaikki toimi
        needs:
          - {id: a, text: ensin, plays: {say: [sano a1, sano a2]}}
          - {id: b, text: sitten}
          - {id: c, text: lopuksi, plays: {say: [sano c]}}
          - {id: d, text: vielä, plays: {say: [sano d]}}
        """,
    )
    never = NeverWords("a.", negated=False)
    assert words.glance == GlanceCard(need="Ensin.", opening="Mitä kuuluu.", pitfall=never, sign="Vihko.")
    # The pages behind the card have the rest.
    assert words.recognize == ("listat", "kello", "kynä")
    assert words.connect == ()
    assert [each.text for each in words.avoid] == ["b.", "c.", "d."]
    assert words.signature_moment == "Kaikki toimi."
    assert len(words.needs) == 4


def test_first_contact_is_that_of_the_role_or_else_that_of_anyone(tmp_path: Path) -> None:
    moments = """\
        moments:
          - {touchpoint: kaytto, do: auta}
          - {touchpoint: alku, do: tervehdi}
        """
    journey = "phases: [{id: arki, name: Arki}]\ntouchpoints:\n" + "".join(
        f"  - {{id: {id}, name: {id.title()}, phase: arki}}\n" for id in ("alku", "kaytto")
    )
    for owns, first in (("", ("Tervehdi.", "Alku")), ("owns: [kaytto]\n", ("Auta.", "Kaytto"))):
        files = {"journey.yaml": journey, "roles/asiantuntija.yaml": yaml(ROLE, owns)}
        words = persona_with(tmp_path, moments, files=files)
        assert words.glance is not None
        assert (words.glance.contact, words.glance.touchpoint) == first


def test_a_line_that_would_be_one_word_too_many_stands_on_the_pages_behind_alone(tmp_path: Path) -> None:
    long, short = " ".join(["sana"] * (MOST_WORDS - 3)), "kolme pientä sanaa"
    for opening, kept in ((short, True), (short + " liikaa", False)):
        text = f"needs: [{{id: a, text: {long}}}]\nconnect: {{opening: {opening}}}\nrecognize: [yksi]\n"
        words = persona_with(tmp_path, text)
        assert words.glance is not None
        assert bool(words.glance.opening) is kept
        # What is short enough has its place all the same.
        assert bool(words.glance.sign) is not kept
        assert words.connect == (() if kept else (f"{opening.capitalize()}.",))


def test_without_an_opening_the_card_says_what_the_needs_say(tmp_path: Path) -> None:
    words = persona_with(tmp_path, "needs: [{id: a, text: ensin, plays: {say: [sano a]}}]\n")
    assert words.glance is not None
    assert words.glance.opening == "Sano a."


def test_needs_that_cannot_be_met_together_point_at_each_other(tmp_path: Path) -> None:
    files = {
        "personas/nopea.yaml": """\
            label: Nopea
            summary: kiire
            needs:
              - {id: heti, text: heti nyt, conflicts_with: [tarkka/kaikki], response: kello, assumed: true}
        """,
        "personas/tarkka.yaml": """\
            label: Tarkka
            summary: rauhassa
            needs:
              - {id: muu, text: jotain muuta, value_to_us: palaa, plays: {know: [a], do: [b.]}}
              - {id: kaikki, text: kaikki läpi}
        """,
        "roles/asiantuntija.yaml": serving("nopea, tarkka"),
    }
    playbook = playbook_of(tmp_path, files)
    (hurry,) = people(playbook)["Nopea"].needs
    other, all_of_it = people(playbook)["Tarkka"].needs
    assert [(each.label, each.need) for each in hurry.opposites] == [("Tarkka", "Kaikki läpi.")]
    assert [(each.label, each.need) for each in all_of_it.opposites] == [("Nopea", "Heti nyt.")]
    assert (hurry.response, hurry.plays, hurry.assumed) == ("Kello.", None, True)
    assert (other.value, other.plays, other.opposites) == ("Palaa.", PlayWords(("A.",), (), (), ("B.",)), ())


def test_only_the_rings_that_somebody_has_filled_are_there(tmp_path: Path) -> None:
    rings = persona_with(
        tmp_path, "buying: {journey: [yksin], barriers: [jono, hinta], trigger: ketju}\n"
    ).rings
    assert [(ring.name, ring.texts) for ring in rings] == [
        ("trigger", ("Ketju.",)),
        ("barriers", ("Jono.", "Hinta.")),
        ("journey", ("Yksin.",)),
    ]


def test_the_person_comes_with_words_and_facts_of_their_own(tmp_path: Path) -> None:
    words = persona_with(
        tmp_path,
        """\
        as_a_person: kaksi lasta
        quote: milloin?
        their_words: [ehtiikö]
        connect: {do: [puhu lyhyesti]}
        lost_because: [aika petti]
        leaving_signs: [ei enää kysy]
        background: [{label: Matka, text: 11 km}]
        """,
    )
    assert (words.as_a_person, words.quote, words.their_words) == ("Kaksi lasta.", "Milloin?", ("Ehtiikö.",))
    assert (words.connect, words.background) == (("Puhu lyhyesti.",), (Fact("Matka", "11 km"),))
    assert (words.lost_because, words.leaving_signs) == (("Aika petti.",), ("Ei enää kysy.",))


def test_moments_follow_the_journey_and_mark_what_is_the_readers_own(tmp_path: Path) -> None:
    words = persona_with(
        tmp_path,
        """\
        moments:
          - {touchpoint: palaveri, feels: 2}
          - {touchpoint: kaynti, expects: ajallaan, do: soita, never: älä myöhästy, assumed: true}
          - {touchpoint: lasku, feels: -1, recover: hyvitä}
        skips: [soitto]
        """,
        files={"journey.yaml": JOURNEY, "roles/asiantuntija.yaml": yaml(ROLE, OWN)},
    )
    assert [(each.number, each.name, each.feels, each.mine, each.helping) for each in words.moments] == [
        (2, "Käynti", None, False, True),
        (3, "Lasku", -1, False, False),
        (4, "Palaveri", 2, True, False),
    ]
    visit = words.moments[0]
    assert (visit.expects, visit.do) == ("Ajallaan.", "Soita.")
    assert visit.never == NeverWords("Älä myöhästy.", negated=True)
    assert [each.assumed for each in words.moments] == [True, False, False]
    assert [(each.number, each.recover) for each in words.troubles] == [(3, "Hyvitä.")]
    assert words.skips == ("Soitto",)
    (curve,) = words.curves
    assert [(point.moment.number, point.feels) for point in curve.points] == [(3, -1), (4, 2)]
    assert words.lowest is not None
    assert words.highest is not None
    assert (words.lowest.name, words.highest.name) == ("Lasku", "Palaveri")


@pytest.mark.parametrize(
    ("language", "text", "said", "negated"),
    [
        ("fi", "älä aloita lisensseistä", "Älä aloita lisensseistä.", True),
        ("fi", "aloita lisensseistä", "aloita lisensseistä.", False),
        ("en", "never open with licence usage", "Never open with licence usage.", True),
        ("en", "don’t open with licence usage", "Don’t open with licence usage.", True),
        ("en", "open with licence usage", "open with licence usage.", False),
        ("en", "open with what she has not asked for", "open with what she has not asked for.", False),
        ("sv", "be honom aldrig börja om", "Be honom aldrig börja om.", True),
        ("sv", "börja med licenserna", "börja med licenserna.", False),
    ],
)
def test_what_is_never_done_is_told_by_the_text_or_by_a_word_before_it(
    tmp_path: Path, language: str, text: str, said: str, negated: bool
) -> None:
    never = f"connect: {{avoid: [ensin, {text}]}}\n"
    playbook = playbook_of(tmp_path, {"personas/varmistelija.yaml": yaml(PERSONA, never)}, language)
    (second,) = only(playbook).avoid
    assert second == NeverWords(said, negated=negated)


# Side by side


def in_conflict(*pairs: tuple[str, str]) -> dict[str, str]:
    """Personas with the needs that these pairs of `persona/need` set against each other."""
    against: dict[str, dict[str, list[str]]] = {}
    for one, other in pairs:
        for name in (one, other):
            persona, need = name.split("/")
            needs = against.setdefault(persona, {}).setdefault(need, [])
            needs += [other] if name == one else []
    line = "  - {{id: {need}, text: {persona} {need}, response: {need} hoituu, conflicts_with: [{others}]}}\n"
    return {
        f"personas/{persona}.yaml": f"label: {persona.title()}\nsummary: x\nneeds:\n"
        + "".join(
            line.format(persona=persona, need=need, others=", ".join(others))
            for need, others in needs.items()
        )
        for persona, needs in against.items()
    }


def test_conflicts_are_told_between_two_people_of_the_book(tmp_path: Path) -> None:
    # Cia is not in the book, and what Anna wants both of is no matter between people.
    files = in_conflict(("anna/a", "bo/b"), ("anna/a", "anna/c"), ("cia/a", "bo/b"), ("bo/c", "anna/a"))
    files["roles/asiantuntija.yaml"] = serving("bo, anna")
    playbook = playbook_of(tmp_path, files)
    sides = [(each.one.label, each.one.need, each.other.need) for each in playbook.conflicts]
    assert sides == [("Anna", "Anna a.", "Bo b."), ("Bo", "Bo c.", "Anna a.")]
    (first, _) = playbook.conflicts
    assert (first.one.anchor, first.one.response) == (people(playbook)["Anna"].anchor, "A hoituu.")
    opposed = {need.text: [each.need for each in need.opposites] for need in people(playbook)["Bo"].needs}
    assert opposed == {"Bo b.": ["Anna a."], "Bo c.": ["Anna a."]}


MEETING = {
    "journey.yaml": JOURNEY,
    "personas/anna.yaml": """\
        label: Anna
        summary: x
        needs: [{id: a, text: kaikki, conflicts_with: [bo/b, cia/c]}]
        moments:
          - {touchpoint: soitto, expects: kello, do: sano aika, feels: 1}
          - {touchpoint: kaynti, expects: hiljaa}
          - {touchpoint: lasku, do: lyhyesti}
          - {touchpoint: palaveri, feels: 0}
    """,
    "personas/bo.yaml": """\
        label: Bo
        summary: x
        needs: [{id: b, text: heti}]
        moments:
          - {touchpoint: palaveri, expects: luvut}
          - {touchpoint: lasku, do: eritellen, feels: -2}
          - {touchpoint: soitto, expects: nopeasti}
        skips: [kaynti]
    """,
    "personas/cia.yaml": """\
        label: Cia
        summary: x
        needs: [{id: c, text: rauhassa}]
        moments: [{touchpoint: kaynti, expects: kahvia}]
    """,
}


def test_the_readers_own_touchpoints_are_compared_where_two_people_come(tmp_path: Path) -> None:
    role = serving("anna, bo, cia", OWN)
    playbook = playbook_of(tmp_path, {**MEETING, "roles/asiantuntija.yaml": role})
    # To the meeting only Bo brings an expectation.
    there = {each.name: [cell.label for cell in each.cells] for each in playbook.contrasts}
    assert there == {"Soitto": ["Anna", "Bo"], "Käynti": ["Anna", "Cia"]}
    call, visit = playbook.contrasts
    assert (call.number, call.mine, call.helping) == (1, True, False)
    assert (visit.number, visit.mine, visit.helping) == (2, False, True)
    assert [(cell.anchor, cell.expects) for cell in call.cells] == [
        ("persona-1", "Kello."),
        ("persona-2", "Nopeasti."),
    ]


def test_without_touchpoints_of_ones_own_all_are_compared(tmp_path: Path) -> None:
    files = {**MEETING, "roles/asiantuntija.yaml": serving("anna, bo")}
    assert [each.name for each in playbook_of(tmp_path, files).contrasts] == ["Soitto", "Lasku"]


def test_the_matrix_tells_who_comes_who_does_not_and_what_nobody_knows(tmp_path: Path) -> None:
    finance = serving("cia", "owns: [soitto, lasku]\n").replace("Palveluasiantuntija", "Talous")
    files = {
        **MEETING,
        "roles/asiantuntija.yaml": serving("anna, bo, cia", OWN),
        "roles/talous.yaml": finance,
    }
    call, visit, invoice, meeting = playbook_of(tmp_path, files).matrix
    assert (call.number, call.touchpoint.name, call.place) == (1, "Soitto", "outside")
    assert (call.channel, call.partners) == ("puhelin", ("Operaattori",))
    assert [owner.name for owner in call.owners] == ["Palveluasiantuntija", "Talous"]
    assert (call.mine, call.helping) == (True, False)
    assert (visit.owners, visit.mine, visit.helping) == ((), False, True)
    assert (invoice.owners, invoice.channel, invoice.place) == ((Named("talous", "Talous"),), None, None)
    assert [(cell.state, cell.feels) for cell in call.cells] == [("met", 1), ("met", None), ("unknown", None)]
    assert [cell.state for cell in visit.cells] == ["met", "skipped", "met"]
    assert (meeting.cells[0], meeting.mine) == (MatrixCell("met", 0), True)


def test_troubles_are_those_of_touchpoints_with_a_risk_or_a_remedy(tmp_path: Path) -> None:
    files = {"journey.yaml": JOURNEY, "roles/asiantuntija.yaml": yaml(ROLE, OWN)}
    (visit,) = playbook_of(tmp_path, files).troubles
    assert (visit.number, visit.name, visit.mine, visit.helping) == (2, "Käynti", False, True)
    assert (visit.risk, visit.recovery) == ("Ovi on lukossa.", "Soita isännälle.")


def test_without_touchpoints_of_ones_own_all_troubles_are_told(tmp_path: Path) -> None:
    visit, invoice = playbook_of(tmp_path, {"journey.yaml": JOURNEY}).troubles
    assert (visit.number, visit.mine, visit.helping) == (2, False, False)
    assert (invoice.number, invoice.risk, invoice.recovery) == (3, None, "Hyvitä heti.")


def test_the_journey_is_told_phase_by_phase(tmp_path: Path) -> None:
    files = {"journey.yaml": JOURNEY, "roles/asiantuntija.yaml": yaml(ROLE, OWN)}
    told = playbook_of(tmp_path, files).journey
    stops = [stop for phase in told for stop in phase.stops]
    assert [(stop.number, stop.name, stop.mine, stop.helping) for stop in stops] == [
        (1, "Soitto", True, False),
        (2, "Käynti", False, True),
        (3, "Lasku", False, False),
        (4, "Palaveri", True, False),
    ]
    assert [phase.name for phase in told] == ["Arki", "Jatko"]
