"""What a pitch says: the right things, in the agreed order, as its reader's language says them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest
from workspaces import COMPANY, HIRE, REPOSITORY, ROLE, SHIPPED, TODAY, linked, small

from pitchgen.compose.goal import day_of_work
from pitchgen.compose.voice import Voice
from pitchgen.documents.pitch.compose import Pitch, compose_pitch
from pitchgen.language.locale import amount, day_and_month, full_date
from pitchgen.language.speech import duration_of, seconds_of
from pitchgen.model.text import Text
from pitchgen.plain import one_line
from pitchgen.problems import InvalidInput
from pitchgen.render.markdown import Prose
from pitchgen.studio.document import Document
from pitchgen.studio.studio import Studio
from pitchgen.workspace import Workspace

THE_DAY = date.fromisoformat(TODAY)
NBSP = "\u00a0"

TWO_PERSONAS = {
    "roles/asiantuntija.yaml": ROLE.replace("[varmistelija]", "[varmistelija, pikajuoksija, linnanvartija]"),
    "personas/varmistelija.yaml": """\
        label: Varmistelija
        summary: Haluaa tietää, mitä tapahtuu.
        needs:
          - {id: tieto, text: Haluan tietää kaiken.}
    """,
    "personas/pikajuoksija.yaml": """\
        label: Pikajuoksija
        summary: Haluaa jatkaa heti.
        needs:
          - {id: vauhti, text: Haluan jatkaa heti, conflicts_with: [varmistelija/tieto]}
    """,
    "personas/linnanvartija.yaml": """\
        label: Linnanvartija
        summary: Haluaa pitää oven kiinni.
        needs:
          - {id: lukko, text: Haluan luvan joka ovelle.}
    """,
}


def yaml(base: str, *parts: str) -> str:
    return "".join(dedent(part) for part in (base, *parts))


def pitch_in(root: Path, language: str = "fi", today: date = THE_DAY) -> Pitch:
    workspace = linked(root)
    return compose_pitch(workspace, workspace.hires[0], language, today)


def prose_of(document: Document) -> Prose:
    assert document.content.prose
    return document.content.prose


def document_in(root: Path, language: str = "fi") -> Document:
    workspace = linked(root)
    return Studio(workspace, THE_DAY).compose("pitch", workspace.hires[0], language)


@pytest.fixture(scope="module")
def starter() -> Workspace:
    return linked(REPOSITORY)


# The starter's pitches


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
@pytest.mark.parametrize("hire", ["aino-virtasalmi", "joonas-makiranta", "priya-raman"])
def test_a_pitch_says_its_parts_in_the_agreed_order(starter: Workspace, hire: str, language: str) -> None:
    newcomer = next(h for h in starter.hires if h.model.id == hire)
    pitch = compose_pitch(starter, newcomer, language, THE_DAY)
    spoken = one_line(prose_of(Studio(starter, THE_DAY).compose("pitch", newcomer, language)).text)
    goal, step, manager, contrast = pitch.goals[0], pitch.step, pitch.manager, pitch.contrast
    assert goal.metric and goal.target and step and step.day == 1 and manager and contrast
    own_tools = {
        "fi": ("pelikirja asiakkaistamme", "kulttuuri ja arvot ovat yhteiset", "kaikin tavoin"),
        "en": ("the playbook of our customers", "we share one culture", "in every way"),
        "sv": ("spelboken om våra kunder", "företagskulturen är gemensam", "på alla sätt"),
    }
    playbook, culture, help = own_tools[language]
    parts = [
        pitch.called,
        pitch.strategy.name,
        pitch.strategy.aim,
        pitch.strategy.growth,
        pitch.promise,
        pitch.role,
        pitch.why_you,
        pitch.why,
        playbook,
        contrast.one,
        contrast.other,
        pitch.how,
        goal.text,
        goal.metric,
        goal.target,
        pitch.story,
        pitch.link_to_story,
        pitch.rewards[0],
        culture,
        help,
        pitch.buddy,
        step.text,
        manager.name,
    ]
    assert_in_order(parts, spoken)
    assert step.date and step.date not in spoken


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_every_starter_pitch_can_be_said_in_60_to_80_seconds(starter: Workspace, language: str) -> None:
    studio = Studio(starter, THE_DAY)
    documents = [studio.compose("pitch", hire, language) for hire in starter.hires]
    assert len(documents) == 3
    for document in documents:
        text = prose_of(document).text
        assert 60 <= duration_of(text, SHIPPED.get(language)).seconds <= 80
        assert 120 <= len(text.split()) <= 170
    assert [(d.path, p) for d in documents for p in d.content.problems] == []
    assert [d.content.problems for d in documents] == [(), (), ()]


def assert_in_order(parts: Iterable[str | None], text: str) -> None:
    at = 0
    for part in parts:
        assert part, parts
        found = text.find(part, at)
        assert found >= 0, f"{part!r} does not follow {text[:at]!r}"
        at = found + len(part)


# The contrasting pair


def test_the_pair_is_two_personas_whose_needs_conflict(tmp_path: Path) -> None:
    contrast = pitch_in(small(tmp_path, TWO_PERSONAS)).contrast
    assert contrast
    assert (contrast.one, contrast.other) == ("Varmistelija", "Pikajuoksija")
    assert (contrast.one_need, contrast.other_need) == ("Haluan tietää kaiken.", "Haluan jatkaa heti.")


def test_of_several_pairs_the_one_that_meets_where_the_role_answers_is_named(tmp_path: Path) -> None:
    def moments(*touchpoints: str) -> str:
        return "moments:\n" + "".join(f"  - touchpoint: {touchpoint}\n" for touchpoint in touchpoints)

    names = ("varmistelija", "pikajuoksija", "linnanvartija")
    personas = {name: dedent(TWO_PERSONAS[f"personas/{name}.yaml"]) for name in names}
    personas["linnanvartija"] = personas["linnanvartija"].replace(
        "joka ovelle.", "joka ovelle., conflicts_with: [pikajuoksija/vauhti]"
    )
    met = {"varmistelija": ("oma",), "pikajuoksija": ("oma", "muu"), "linnanvartija": ("muu",)}
    changes = {f"personas/{name}.yaml": text + moments(*met[name]) for name, text in personas.items()}
    changes["journey.yaml"] = """\
        phases: [{id: alku, name: Alku}]
        touchpoints: [{id: oma, name: Oma, phase: alku}, {id: muu, name: Muu, phase: alku}]
    """
    role = TWO_PERSONAS["roles/asiantuntija.yaml"]
    changes["roles/asiantuntija.yaml"] = yaml(role, "owns: [muu]\n")
    contrast = pitch_in(small(tmp_path, changes)).contrast
    assert contrast
    assert (contrast.one, contrast.other) == ("Pikajuoksija", "Linnanvartija")

    changes["roles/asiantuntija.yaml"] = yaml(role, "owns: [oma]\nhelps_at: [muu]\n")
    contrast = pitch_in(small(tmp_path, changes)).contrast
    assert contrast
    assert (contrast.one, contrast.other) == ("Varmistelija", "Pikajuoksija")


def test_only_personas_chosen_for_this_person_are_set_against_each_other(tmp_path: Path) -> None:
    hire = yaml(HIRE, "personas: [pikajuoksija, linnanvartija]\n")
    pitch = pitch_in(small(tmp_path, {**TWO_PERSONAS, "hires/aino.yaml": hire}))
    assert pitch.contrast is None
    assert pitch.personas == ("Pikajuoksija", "Linnanvartija")


def test_a_persona_in_two_minds_is_no_pair(tmp_path: Path) -> None:
    persona = """\
        label: Varmistelija
        summary: Haluaa tietää, mitä tapahtuu.
        needs:
          - {id: tieto, text: Haluan tietää kaiken., conflicts_with: [varmistelija/rauha]}
          - {id: rauha, text: Haluan olla rauhassa.}
    """
    assert pitch_in(small(tmp_path, {"personas/varmistelija.yaml": persona})).contrast is None


def test_the_personas_of_highest_priority_come_first(tmp_path: Path) -> None:
    central = TWO_PERSONAS["personas/linnanvartija.yaml"].replace("label:", "priority: 1\n        label:")
    pitch = pitch_in(small(tmp_path, {**TWO_PERSONAS, "personas/linnanvartija.yaml": central}))
    assert pitch.personas[0] == "Linnanvartija"


def test_who_meets_no_customer_hears_of_those_their_colleagues_meet(tmp_path: Path) -> None:
    changes = {
        "roles/laskuttaja.yaml": ROLE.replace("personas: [varmistelija]", "roles: [asiantuntija]"),
        "hires/aino.yaml": HIRE.replace("asiantuntija", "laskuttaja"),
    }
    assert pitch_in(small(tmp_path, changes)).personas == ("Varmistelija",)


# Rewards

REWARDS = """\
    rewards:
      - {id: kiitos, kind: praise, text: kiitos ääneen., suits: [Julkinen]}
      - {id: vapaa, kind: time, text: vapaapäivä, suits: [perhe, luonto]}
      - {id: raha, kind: money, text: kertapalkkio, suits: [raha]}
"""


@pytest.mark.parametrize(
    ("likes", "rewards", "suit"),
    [
        ("[raha, luonto]", ("kertapalkkio", "vapaapäivä"), True),
        ("[perhe, luonto]", ("vapaapäivä",), True),
        ("[PERHE]", ("vapaapäivä",), True),
        ("[julkinen]", ("kiitos ääneen",), True),
        ("[kalastus]", ("kiitos ääneen", "vapaapäivä"), False),
        ("[]", ("kiitos ääneen", "vapaapäivä"), False),
    ],
)
def test_rewards_follow_what_the_person_likes_else_are_examples(
    tmp_path: Path, likes: str, rewards: tuple[str, ...], suit: bool
) -> None:
    changes = {
        "company.yaml": yaml(COMPANY, REWARDS),
        "hires/aino.yaml": yaml(HIRE, f"likes: {likes}\n"),
    }
    pitch = pitch_in(small(tmp_path, changes))
    assert (pitch.rewards, pitch.rewards_suit) == (rewards, suit)


# The next step


def commitments(*pairs: tuple[str, str | None]) -> str:
    lines = ["commitments:"]
    for text, when in pairs:
        lines += [f"  - text: {text}"] + ([f"    when: {when}"] if when else [])
    return "\n".join(lines) + "\n"


def manager(*pairs: tuple[str, str | None]) -> str:
    return "manager:\n  name: Marjut Ketola\n" + "".join(
        f"  {line}\n" for line in commitments(*pairs).splitlines()
    )


def test_the_managers_own_first_step_comes_before_the_others(tmp_path: Path) -> None:
    changes = {
        "company.yaml": yaml(COMPANY, commitments(("Talo tarjoaa lounaan", "day 1"))),
        "roles/asiantuntija.yaml": yaml(ROLE, commitments(("Kollega istuu vieressä", "day 2"))),
        "hires/aino.yaml": yaml(
            HIRE, "starts_on: 2026-12-01\n", manager(("Kahvit", "day 30"), ("Kierros talossa", "day 7"))
        ),
    }
    step = pitch_in(small(tmp_path, changes)).step
    assert step
    assert (step.text, step.date, step.day) == ("Kierros talossa.", f"maanantaina 7.{NBSP}joulukuuta", 7)

    changes["hires/aino.yaml"] = yaml(HIRE, "starts_on: 2026-12-01\n", manager(("Kahvit", "day 30")))
    step = pitch_in(small(tmp_path, changes)).step
    assert step
    assert (step.text, step.date, step.day) == ("Talo tarjoaa lounaan.", f"tiistaina 1.{NBSP}joulukuuta", 1)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-11-20", "Haen sinut ovelta."),  # day 1; day -7 is no step of the first week
        ("2026-12-01", "Haen sinut ovelta."),  # a step of today is still to come
        ("2026-12-02", "Syömme lounaan."),  # 2026-12-04
        ("2026-12-05", None),  # 2026-12-08 is past the first week, and every Friday has no day
    ],
)
def test_the_first_step_lies_in_the_first_week_or_none_is_named(
    tmp_path: Path, today: str, said: str | None
) -> None:
    steps = manager(
        ("Katsomme taakse", "2026-12-08"),
        ("Syömme lounaan", "2026-12-04"),
        ("Lähetän koneen", "day -7"),
        ("Haen sinut ovelta", "day 1"),
        ("Juttelemme", "joka perjantai"),
    )
    small(tmp_path, {"hires/aino.yaml": yaml(HIRE, "starts_on: 2026-12-01\n", steps)})
    step = pitch_in(tmp_path, today=date.fromisoformat(today)).step
    assert (step.text if step else None) == said


@pytest.mark.parametrize(
    ("language", "before", "that_day"),
    [
        ("fi", "Aloitetaan ensimmäisenä päivänä. Haen", "Aloitetaan tänään. Haen"),
        ("en", "Your first day: Haen", "Today: Haen"),
        ("sv", "Första arbetsdagen: Haen", "I dag: Haen"),
    ],
)
def test_what_is_promised_for_the_first_day_is_said_without_its_date(
    tmp_path: Path, language: str, before: str, that_day: str
) -> None:
    hire = yaml(HIRE, "starts_on: 2026-12-01\n", manager(("Haen sinut ovelta", "2026-12-01")))
    workspace = linked(small(tmp_path, {"hires/aino.yaml": hire}))
    for today, said in ((date(2026, 11, 20), before), (date(2026, 12, 1), that_day)):
        spoken = prose_of(Studio(workspace, today).compose("pitch", workspace.hires[0], language)).text
        assert f"{said} sinut ovelta." in spoken


def test_without_a_first_day_a_date_is_no_step(tmp_path: Path) -> None:
    steps = manager(("Syömme lounaan", "2026-12-01"))
    assert pitch_in(small(tmp_path, {"hires/aino.yaml": yaml(HIRE, steps)})).step is None


def test_a_day_stays_a_day_of_work_while_nobody_knows_the_first_one(tmp_path: Path) -> None:
    steps = manager(("Syömme lounaan", "day 7"), ("Haen sinut ovelta", "day 1"))
    step = pitch_in(small(tmp_path, {"hires/aino.yaml": yaml(HIRE, steps)})).step
    assert step
    assert (step.text, step.date, step.day) == ("Haen sinut ovelta.", None, 1)


@pytest.mark.parametrize(
    ("day", "on"), [(1, "2026-12-01"), (30, "2026-12-30"), (-1, "2026-11-30"), (-7, "2026-11-24")]
)
def test_day_1_is_the_first_day_and_there_is_no_day_0(day: int, on: str) -> None:
    assert day_of_work(date(2026, 12, 1), day) == date.fromisoformat(on)


# Goals

METRICS = """\
    metrics:
      - id: csat
        name: Tyytyväisyys avun jälkeen
        kind: csat
        unit: "%"
        baseline: {value: 86}
        latest: {value: 88.5}
        target: {value: 93}
      - id: nps
        name: NPS
        kind: nps
        baseline: {value: 41}
"""


def goals_of(root: Path, hire: str = "", role: str = "", language: str = "fi") -> Pitch:
    changes = {
        "metrics.yaml": METRICS,
        "hires/aino.yaml": yaml(HIRE, hire),
        "roles/asiantuntija.yaml": yaml(ROLE, role),
    }
    return pitch_in(small(root, changes), language)


def test_a_goal_comes_with_its_measure_the_figure_now_and_the_figure_to_reach(tmp_path: Path) -> None:
    role = "goals: [{text: Asiakas on iloinen, metric: csat, target: 95, day: 30}]\n"
    (goal,) = goals_of(tmp_path, "starts_on: 2026-12-01\n", role).goals
    assert goal.text == "Asiakas on iloinen."
    assert goal.metric == "tyytyväisyys avun jälkeen"
    assert (goal.now, goal.target) == (f"88,5{NBSP}%", f"95{NBSP}%")
    assert goal.by == f"30.{NBSP}joulukuuta 2026"


def test_a_goal_without_a_figure_of_its_own_takes_the_metrics(tmp_path: Path) -> None:
    role = "goals: [{text: Asiakas on iloinen, metric: csat}, {text: Asiakas suosittelee, metric: nps}]\n"
    satisfied, recommends = goals_of(tmp_path, role=role, language="en").goals
    assert (satisfied.now, satisfied.target, satisfied.by) == ("88.5%", "93%", None)
    assert (recommends.metric, recommends.now, recommends.target) == ("NPS", "41", None)


def test_the_goals_agreed_with_this_person_come_before_the_roles(tmp_path: Path) -> None:
    hire = "goals: [{text: Oma tavoite, due: 2027-06-30}]\n"
    role = "goals: [{text: Roolin tavoite, day: 90}]\n"
    own, the_roles = goals_of(tmp_path, hire, role).goals
    assert (own.text, own.by) == ("Oma tavoite.", f"30.{NBSP}kesäkuuta 2027")
    assert (the_roles.text, the_roles.by, the_roles.by_day) == ("Roolin tavoite.", None, 90)


# Strategy and story


@pytest.mark.parametrize(
    ("validity", "years"),
    [
        ("", None),
        ("  valid_from: 2026-01-01\n", "2026"),
        ("  valid_from: 2026-01-01\n  valid_to: 2026-12-31\n", "2026"),
        ("  valid_from: 2026-01-01\n  valid_to: 2028-12-31\n", "2026\N{EN DASH}2028"),
    ],
)
def test_the_strategy_is_dated_by_its_years(tmp_path: Path, validity: str, years: str | None) -> None:
    company = dedent(COMPANY).replace("strategy:\n", f"strategy:\n{validity}")
    assert pitch_in(small(tmp_path, {"company.yaml": company})).strategy.years == years


def test_a_finnish_strategy_of_one_year_is_for_that_year_in_the_singular(tmp_path: Path) -> None:
    company = dedent(COMPANY).replace("strategy:\n", "strategy:\n  valid_from: 2026-01-01\n")
    prose = prose_of(document_in(small(tmp_path, {"company.yaml": company}))).text
    assert "2026" in prose
    assert "vuosille 2026 " not in prose


def test_our_story_is_told_beside_their_own_link_to_it(tmp_path: Path) -> None:
    story = "story:\n  summary: Kaikki alkoi sillasta.\n"
    invitation = f"{story}  invitation: Seuraava luku on sinun\n"
    small(tmp_path, {"company.yaml": yaml(COMPANY, story)})
    assert pitch_in(tmp_path).story == "Kaikki alkoi sillasta."
    small(tmp_path, {"company.yaml": yaml(COMPANY, invitation)})
    assert pitch_in(tmp_path).story == "Seuraava luku on sinun."
    hire = yaml(HIRE, "link_to_story: Sinäkin olet kantanut taakkoja\n")
    small(tmp_path, {"company.yaml": yaml(COMPANY, story), "hires/aino.yaml": hire})
    pitch = pitch_in(tmp_path)
    assert (pitch.story, pitch.link_to_story) == (
        "Kaikki alkoi sillasta.",
        "Sinäkin olet kantanut taakkoja.",
    )
    spoken = prose_of(document_in(tmp_path)).text
    assert "Kaikki alkoi sillasta. Sinäkin olet kantanut taakkoja. Siitä jatketaan" in spoken


# Whatever is missing, each sentence stays whole

NEUTRAL_ROLE = """\
    title: {fi: Palveluasiantuntija, en: Service specialist, sv: Servicespecialist}
    purpose: {fi: Asiakkaan työ jatkuu., en: Customers can work., sv: Kundens arbete fortsätter.}
    part:
      why: {fi: Asiakas kuulee ystävän., en: Customers hear a friend., sv: Kunden hör en vän.}
      how: {fi: Puhelu päättyy lupaukseen., en: Calls end in a promise., sv: Samtal slutar i ett löfte.}
    serves: {personas: [varmistelija]}
"""
OPTIONAL = {
    "years": ("company", "valid"),
    "growth": ("company", "growth"),
    "story": ("company", "story:\n  summary: Vi bär.\n"),
    "rewards": ("company", "rewards:\n  - {id: a, kind: time, text: vapaa, suits: [x]}\n"),
    "commitments": ("company", "commitments:\n  - text: Vi ses.\n    when: day 5\n"),
    "decides": ("role", "decides: [kaikki]\n"),
    "goal": ("role", "goals: [{text: Onni, day: 30}]\n"),
    "metric": ("role", "goals: [{text: Onni, metric: csat, target: 9, day: 30}]\n"),
    "starts_on": ("hire", "starts_on: 2026-12-01\n"),
    "likes": ("hire", "likes: [x]\n"),
    "manager": ("hire", "manager: {name: Marjut Ketola}\n"),
    "buddy": ("hire", "buddy: Kerttu Salo\n"),
    "why_you": ("hire", "why_you: Kysyit ensin.\n"),
    "link": ("hire", "link_to_story: Kannoit.\n"),
}


def with_parts(root: Path, *parts: str, tone: str = "informal") -> Path:
    files = {
        "company": dedent(COMPANY) + f"brand:\n  tone: {tone}\n",
        "role": dedent(NEUTRAL_ROLE),
        "hire": dedent(HIRE),
    }
    for part in parts:
        file, text = OPTIONAL[part]
        if text == "valid":
            files[file] = files[file].replace("strategy:\n", "strategy:\n  valid_from: 2026-01-01\n")
        elif text == "growth":
            files[file] = files[file].replace("strategy:\n", "strategy:\n  growth: Kasvamme.\n")
        else:
            files[file] += text
    changes = {
        "company.yaml": files["company"],
        "roles/asiantuntija.yaml": files["role"],
        "hires/aino.yaml": files["hire"],
        "metrics.yaml": METRICS,
    }
    return small(root, changes)


EACH_ALONE = [(part,) for part in OPTIONAL]
ALL_BUT_ONE = [
    tuple(p for p in OPTIONAL if p not in (left_out, "metric" if left_out != "metric" else "goal"))
    for left_out in OPTIONAL
]


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
@pytest.mark.parametrize("tone", ["informal", "formal"])
def test_whatever_is_missing_every_sentence_stays_whole(tmp_path: Path, language: str, tone: str) -> None:
    for n, parts in enumerate([(), *EACH_ALONE, *ALL_BUT_ONE]):
        document = document_in(with_parts(tmp_path / str(n), *parts, tone=tone), language)
        *blocks, signature = prose_of(document).blocks
        for block in blocks:
            assert re.fullmatch(r"[A-ZÅÄÖ0-9].*[.:!?]", block.text), (parts, block)
            assert not re.search(r"None|[{}*\\]|\s[.,:;!?]|[.,:;]{2}|  |\(\)|, *[.:]", block.text), (
                parts,
                block,
            )
        assert signature.text.strip(" \n").endswith("Testi Oy"), parts
        assert len({block.text for block in blocks}) == len(blocks), parts


@pytest.mark.parametrize("parts", [(), tuple(part for part in OPTIONAL if part != "goal")])
def test_a_formal_finnish_pitch_never_slips_into_sina(tmp_path: Path, parts: tuple[str, ...]) -> None:
    formal = prose_of(document_in(with_parts(tmp_path, *parts, tone="formal"))).text
    informal = prose_of(document_in(with_parts(tmp_path, *parts))).text
    slip = re.compile(r"\b(sinä|sinun|sinulle|sinut|sinua|saat|luota|päätät|hei)\b", re.IGNORECASE)
    assert slip.findall(formal) == []
    assert len(slip.findall(informal)) > 2
    assert "Aino Virtanen" in formal.splitlines()[0]


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_a_whole_sentence_stands_as_well_as_a_phrase(tmp_path: Path, language: str) -> None:
    sentences = {
        "company.yaml": dedent(COMPANY)
        + "rewards:\n  - {id: a, kind: praise, text: Hurraamme!}\n  - {id: b, kind: praise, text: Kiitos}\n",
        "roles/asiantuntija.yaml": dedent(NEUTRAL_ROLE) + "decides: ['Lähteekö kone?', Toinen]\n",
    }
    spoken = prose_of(document_in(small(tmp_path, sentences), language)).text
    assert re.search(r": Lähteekö kone\?( |$)", spoken, re.MULTILINE)
    assert re.search(r": Hurraamme!( |$)", spoken, re.MULTILINE)
    assert not re.search(r"[^:.!?] (Lähteekö|Hurraamme|Kiitos)", spoken)


# Shorter on request


def shortened(root: Path, seconds: int, language: str = "fi") -> str:
    workspace = linked(root)
    studio = Studio(workspace, THE_DAY, seconds=seconds)
    return prose_of(studio.compose("pitch", workspace.hires[0], language)).text


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_passages_are_left_out_in_the_order_of_the_template_until_it_fits(
    starter: Workspace, language: str
) -> None:
    whole = prose_of(Studio(starter, THE_DAY).compose("pitch", starter.hires[0], language))
    spoken = SHIPPED.get(language)
    longest = duration_of(whole.text, spoken).seconds
    pitch = compose_pitch(starter, starter.hires[0], language, THE_DAY)
    metric, reward = pitch.goals[0].metric, pitch.rewards[0]
    assert metric and shortened(REPOSITORY, longest, language) == whole.text
    shorter = shortened(REPOSITORY, longest - 1, language)
    assert (metric in shorter, reward in shorter) == (False, True)
    much_shorter = shortened(REPOSITORY, longest - 12, language)
    assert duration_of(much_shorter, spoken).seconds <= longest - 12
    assert (metric in much_shorter, reward in much_shorter) == (False, False)
    assert pitch.promise in much_shorter


def test_what_cannot_be_said_in_the_time_names_the_shortest_it_can_be(starter: Workspace) -> None:
    with pytest.raises(InvalidInput) as refused:
        shortened(REPOSITORY, 5)
    (problem,) = refused.value.problems
    (shortest,) = re.findall(r"it takes (\d+) s", problem.message)
    assert (problem.path, problem.severity) == ("hires/aino-virtasalmi.yaml", "error")
    assert f"--seconds {shortest}" in problem.hint
    assert shortened(REPOSITORY, int(shortest))
    with pytest.raises(InvalidInput):
        shortened(REPOSITORY, int(shortest) - 1)


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ('["promise"]', "leave_out names 'promise', which is nothing that can be left out"),
        ('"decides"', "leave_out must be a list of texts"),
        ("[1]", "leave_out must be a list of texts"),
    ],
)
def test_a_template_that_leaves_out_what_it_cannot_is_refused(
    tmp_path: Path, declared: str, said: str
) -> None:
    template = f"{{% set leave_out = {declared} %}}\n# Hei {{{{ called }}}}\n\n{{{{ promise }}}}\n"
    small(tmp_path, {"templates/languages/fi/pitch.md": template})
    with pytest.raises(InvalidInput) as refused:
        shortened(tmp_path, 1)
    (problem,) = refused.value.problems
    assert said in problem.message
    assert problem.path == "templates/languages/fi/pitch.md"


# Words in their place


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Palveluasiantuntija", "palveluasiantuntija"),
        ("Äänisuunnittelija", "äänisuunnittelija"),
        ("Service specialist", "service specialist"),
        ("Java developer", "Java developer"),
        ("French-speaking advisor", "French-speaking advisor"),
        ("Frenzied baker", "frenzied baker"),
        ("IT-tuki", "IT-tuki"),
        ("HR-asiantuntija", "HR-asiantuntija"),
        ("Excel-kouluttaja", "Excel-kouluttaja"),
        ("UX designer", "UX designer"),
        ("Key Account Manager", "Key Account Manager"),
        ("Head of Sales", "Head of Sales"),
        ("DevOps engineer", "DevOps engineer"),
        ("3D-mallintaja", "3D-mallintaja"),
        ("iOS-kehittäjä", "iOS-kehittäjä"),
        ("NPS", "NPS"),
        ("中文", "中文"),
    ],
)
def test_a_title_inside_a_sentence_keeps_the_capitals_of_names(title: str, inside: str) -> None:
    assert Voice(SHIPPED.get("en"), "en").in_sentence(title) == inside


@pytest.mark.parametrize(
    ("language", "title", "inside"),
    [
        ("fi", "Helsingin myymäläpäällikkö", "Helsingin myymäläpäällikkö"),
        ("fi", "Javakehittäjä", "Javakehittäjä"),
        ("fi", "Turvallisuuspäällikkö", "turvallisuuspäällikkö"),
        ("fi", "Suomentaja", "suomentaja"),
        ("sv", "Stockholmschef", "Stockholmschef"),
        ("sv", "Stockmästare", "stockmästare"),
    ],
)
def test_a_title_keeps_the_capital_of_the_names_that_its_language_lists(
    language: str, title: str, inside: str
) -> None:
    assert Voice(SHIPPED.get(language), language).in_sentence(title) == inside


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("iPhone on sinun", "iPhone on sinun."),
        ("www.example.com kertoo", "www.example.com kertoo."),
        ("neuvo@example.com vastaa", "neuvo@example.com vastaa."),
        ("eNPS on luku", "eNPS on luku."),
        ("asiakas tietää", "Asiakas tietää."),
        ("Asiakas tietää.", "Asiakas tietää."),
        ("Tiedätkö?", "Tiedätkö?"),
        ("Hän sanoi: ”Tule!”", "Hän sanoi: ”Tule!”"),
        ("Näin se jatkuu…", "Näin se jatkuu…"),
        ("ääni kuuluu", "Ääni kuuluu."),
        ("kaksi\n  riviä", "Kaksi riviä."),
    ],
)
def test_a_text_becomes_a_whole_sentence(typed: str, sentence: str) -> None:
    assert Voice(SHIPPED.get("fi"), "fi").sentence(Text(typed)) == sentence


def test_a_text_inside_a_sentence_brings_no_full_stop() -> None:
    assert Voice(SHIPPED.get("fi"), "fi").phrase(Text("joka perjantai.")) == "joka perjantai"
    assert Voice(SHIPPED.get("fi"), "fi").phrase(Text("joka perjantai")) == "joka perjantai"


def test_a_missing_translation_falls_back_to_the_companys_language() -> None:
    text = Text(languages={"sv": "hej", "fi": "hei"})
    assert Voice(SHIPPED.get("sv"), "fi").say(text) == "hej"
    assert Voice(SHIPPED.get("en"), "fi").say(text) == "hei"
    assert Voice(SHIPPED.get("en"), "de").say(text) == "hej"
    assert Voice(SHIPPED.get("en"), "fi").say_if(None) is None


# Dates, numbers and money


@pytest.mark.parametrize(
    ("language", "coming", "full"),
    [
        ("fi", f"tiistaina 1.{NBSP}joulukuuta", f"1.{NBSP}joulukuuta 2026"),
        ("en", f"Tuesday 1{NBSP}December", f"1{NBSP}December 2026"),
        ("sv", f"tisdagen den 1{NBSP}december", f"1{NBSP}december 2026"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, coming: str, full: str) -> None:
    assert day_and_month(date(2026, 12, 1), SHIPPED.get(language)) == coming
    assert full_date(date(2026, 12, 1), SHIPPED.get(language)) == full


@pytest.mark.parametrize(
    ("value", "unit", "fi", "en", "sv"),
    [
        ("12", "%", "12 %", "12%", "12 %"),
        ("12.5", "%", "12,5 %", "12.5%", "12,5 %"),
        ("1240", "€", "1 240 €", "€1,240", "1 240 €"),
        ("1240.5", "EUR", "1 240,50 €", "€1,240.50", "1 240,50 €"),
        ("-3", None, "\u22123", "-3", "\u22123"),
        ("38000", None, "38 000", "38,000", "38 000"),
        ("35", "min", "35 min", "35 min", "35 min"),
        ("5.5", "tuntia", "5,5 tuntia", "5.5 tuntia", "5,5 tuntia"),
        ("990", "SEK", "990 SEK", "SEK 990", "990 kr"),
        ("6.0", None, "6,0", "6.0", "6,0"),
    ],
)
def test_figures_are_written_as_the_country_writes_them(
    value: str, unit: str | None, fi: str, en: str, sv: str
) -> None:
    said = [amount(Decimal(value), unit, SHIPPED.get(language)) for language in ("fi", "en", "sv")]
    assert [re.sub("[\u00a0\u202f]", " ", text) for text in said] == [fi, en, sv]
    assert not any(" " in text for text in said), "a figure may not be parted at the end of a line"


# Speech


def test_spaces_cost_no_time_and_twice_the_text_takes_twice_as_long() -> None:
    assert seconds_of("a b\n c", SHIPPED.get("fi")) == seconds_of("abc", SHIPPED.get("fi"))
    assert seconds_of("abc" * 200, SHIPPED.get("sv")) == pytest.approx(
        2 * seconds_of("abc" * 100, SHIPPED.get("sv"))
    )


def test_finnish_takes_a_minute_for_850_characters_and_english_for_650() -> None:
    assert duration_of("x" * 850, SHIPPED.get("fi")).seconds == 60
    assert duration_of("x" * 650, SHIPPED.get("en")).seconds == 60


@pytest.mark.parametrize(
    ("language", "figures", "words"),
    [
        ("fi", "38 000 €", "kolmekymmentäkahdeksantuhatta euroa"),
        (
            "fi",
            "nyt 88 %, tavoite 93 %",
            "nyt kahdeksankymmentäkahdeksan prosenttia, tavoite yhdeksänkymmentäkolme prosenttia",
        ),
        (
            "en",
            "now 88%, target 93% by 2028",
            "now eighty-eight per cent, target ninety-three per cent by twenty twenty-eight",
        ),
        ("sv", "nu 88 %, mål 93 %", "nu åttioåtta procent, mål nittiotre procent"),
    ],
)
def test_figures_take_the_time_of_the_words_they_are_said_in(language: str, figures: str, words: str) -> None:
    spoken = SHIPPED.get(language)
    assert seconds_of(figures, spoken) == pytest.approx(seconds_of(words, spoken), rel=0.25)


@pytest.mark.parametrize(("sentences", "verdict"), [(1, "too short"), (80, "too long")])
def test_a_pitch_that_takes_too_short_or_too_long_to_say_warns(
    tmp_path: Path, sentences: int, verdict: str
) -> None:
    company = COMPANY.replace("Et jää yksin.", "Et jää yksin pimeän ruudun ääreen. " * sentences)
    document = document_in(small(tmp_path, {"company.yaml": company}))
    (problem,) = document.content.problems
    assert (problem.code, problem.severity, problem.path) == ("pitch-length", "warning", "hires/aino.yaml")
    assert f"{duration_of(prose_of(document).text, SHIPPED.get('fi')).seconds} s" in problem.message
    assert verdict in problem.message
    assert problem.hint


def test_the_spoken_text_marks_pauses_and_the_second_each_paragraph_begins_at(starter: Workspace) -> None:
    studio = Studio(starter, THE_DAY)
    document = studio.compose("pitch", starter.hires[0], "fi")
    text = studio.render(document, "txt").content.decode()
    *paragraphs, total = text.strip("\n").split("\n\n")
    assert len(paragraphs) == len(prose_of(document).blocks)
    elapsed = 0.0
    for paragraph, block in zip(paragraphs, prose_of(document).blocks, strict=True):
        mark, said = paragraph.split(maxsplit=1)
        minutes, seconds = mark.split(":")
        assert abs(int(minutes) * 60 + int(seconds) - elapsed) <= 1
        assert one_line(said) == f"{one_line(block.text)} //"
        elapsed += seconds_of(block.text, SHIPPED.get("fi"))
    duration = duration_of(prose_of(document).text, SHIPPED.get("fi"))
    assert total.split()[:2] == [str(duration.seconds), "s"]
    assert abs(duration.seconds - elapsed) <= 1
    assert max(len(line) for line in text.splitlines()) <= 80


@pytest.mark.parametrize(
    ("starts_on", "said"),
    [("2026-12-05", "maanantaina 7."), ("2026-12-06", "maanantaina 7."), ("2026-12-04", "perj")],
)
def test_a_step_that_falls_on_a_weekend_is_taken_on_monday(tmp_path: Path, starts_on: str, said: str) -> None:
    hire = yaml(HIRE, f"starts_on: {starts_on}\n", manager(("Kahvit", "päivä 1")))
    step = pitch_in(small(tmp_path, {"hires/aino.yaml": hire})).step
    assert step
    assert (step.date or "").startswith(said)


def test_the_words_name_every_fact_they_can_use() -> None:
    for language in ("fi", "en", "sv"):
        header = (
            (REPOSITORY / f"templates/languages/{language}/pitch.md")
            .read_text(encoding="utf-8")
            .partition("#}")[0]
        )
        facts = [name for name in Pitch.__slots__ if name != "language"]
        assert [name for name in facts if not re.search(rf"\b{name}\b", header)] == []
