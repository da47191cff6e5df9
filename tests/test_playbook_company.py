"""What a playbook says of the company: figures, story, values, the first days, and a riddle at the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from playbooks import playbook_of, serving, yaml
from workspaces import COMPANY, PERSONA, ROLE

from pitchgen.compose.metrics import Progress
from pitchgen.documents.playbook.compose import DeedWords, StoryWords
from pitchgen.documents.role_card.compose import BehaviorLine

NBSP = "\u00a0"

METRICS = """\
    metrics:
      - id: vasteaika
        name: Vasteaika
        kind: duration
        unit: min
        baseline: {value: 18}
        latest: {value: 20}
        target: {value: 10, by: 2027-12-31}
        source: operations
        owner: Palvelu
        cadence: joka viikko.
      - id: tyyty
        name: Tyytyväisyys
        kind: csat
        unit: "%"
        baseline: {value: 86, n: 400, as_of: 2025-12-31}
        target: {value: 88}
        how: kysymme lopuksi
        note: seuraa suuntaa
      - {id: nps, name: NPS, kind: nps, latest: {value: 44, n: 590}, target: {value: 50}}
"""
GOALS = """\
    goals:
      - {text: Suosittelevat, metric: nps, target: 48, day: 90}
      - {text: Vastaamme, metric: vasteaika, day: 30}
      - {text: Kysymme, metric: nps, target: 49}
      - {text: Jonoa ei ole, day: -5}
"""


def progress_of(root: Path, metric: str) -> Progress | None:
    line = f"metrics: [{{id: m, name: M, kind: count, {metric}}}]\n"
    (words,) = playbook_of(root, {"metrics.yaml": line}).metrics
    return words.progress


def test_the_metrics_of_ones_own_goals_come_first(tmp_path: Path) -> None:
    files = {"metrics.yaml": METRICS, "roles/asiantuntija.yaml": yaml(ROLE, GOALS)}
    playbook = playbook_of(tmp_path, files)
    assert [(each.name, each.mine) for each in playbook.metrics] == [("NPS", True), ("Vasteaika", True)]
    assert [(each.name, each.mine) for each in playbook.other_metrics] == [("Tyytyväisyys", False)]


def test_what_customers_say_concerns_everyone(tmp_path: Path) -> None:
    heard = METRICS.replace("kind: csat", "kind: csat\n        source: customer")
    assert heard != METRICS
    files = {"metrics.yaml": heard, "roles/asiantuntija.yaml": yaml(ROLE, GOALS)}
    playbook = playbook_of(tmp_path, files)
    assert [each.name for each in playbook.metrics] == ["NPS", "Vasteaika", "Tyytyväisyys"]
    assert playbook.other_metrics == ()


def test_a_figure_comes_with_its_source_and_how_sure_it_is(tmp_path: Path) -> None:
    files = {"metrics.yaml": METRICS}
    reply, satisfied, score = playbook_of(tmp_path, files).metrics
    assert (reply.target, reply.by) == (f"10{NBSP}min", "31.12.2027")
    assert (reply.source, reply.owner, reply.cadence) == ("operations", "Palvelu", "joka viikko")
    assert reply.now is not None
    assert (reply.now.text, reply.now.n, reply.now.estimate) == (f"20{NBSP}min", None, None)
    assert (satisfied.how, satisfied.note) == ("Kysymme lopuksi.", "Seuraa suuntaa.")
    assert satisfied.start == satisfied.now, "no later figure than the first"
    assert satisfied.now is not None
    assert (satisfied.now.n, satisfied.now.as_of) == ("400", "31.12.2025")
    assert satisfied.now.estimate == f"86{NBSP}±{NBSP}3,5{NBSP}%"
    assert satisfied.target_within_margin
    assert score.now is not None
    assert (score.now.text, score.now.estimate) == ("44", f"44{NBSP}±{NBSP}7,3")
    assert score.target_within_margin
    assert not reply.target_within_margin


@pytest.mark.parametrize(
    ("figures", "progress"),
    [
        ("baseline: {value: 40}, latest: {value: 45}, target: {value: 50}", Progress(0, 0.5, 1, worse=False)),
        (
            "baseline: {value: 40}, latest: {value: 38}, target: {value: 50}",
            Progress(0.167, 0, 1, worse=True),
        ),
        ("baseline: {value: 40}, latest: {value: 60}, target: {value: 50}", Progress(0, 1, 0.5, worse=False)),
        ("baseline: {value: 20}, latest: {value: 15}, target: {value: 10}", Progress(1, 0.5, 0, worse=False)),
        (
            "baseline: {value: 20}, latest: {value: 22}, target: {value: 10}",
            Progress(0.833, 1, 0, worse=True),
        ),
        ("baseline: {value: 40}, target: {value: 50}", Progress(0, 0, 1, worse=False)),
        ("baseline: {value: 50}, latest: {value: 40}, target: {value: 50}", None),
        ("latest: {value: 45}, target: {value: 50}", None),
        ("baseline: {value: 40}, latest: {value: 45}", None),
    ],
)
def test_the_way_to_a_target_is_drawn_to_scale(
    tmp_path: Path, figures: str, progress: Progress | None
) -> None:
    assert progress_of(tmp_path, figures) == progress


def test_of_each_day_steps_promises_and_goals_stand_together(tmp_path: Path) -> None:
    company = (
        COMPANY
        + """\
    commitments:
      - {text: Kone odottaa, when: day 1}
      - {text: Lounas, when: joka kuu.}
      - {text: Kukaan ei häviä}
    """
    )
    role = """\
    first_days:
      - {day: 30, text: ensimmäinen oma}
      - {day: -14, text: soitamme}
      - {day: 1, text: tapaat väen}
    commitments:
      - {text: oma tiski, when: joka aamu}
      - {text: avain, when: day -2}
    """
    files = {
        "company.yaml": company,
        "metrics.yaml": METRICS,
        "roles/asiantuntija.yaml": yaml(ROLE, role, GOALS),
    }
    playbook = playbook_of(tmp_path, files)
    assert [(day.day, day.deeds) for day in playbook.days] == [
        (-14, (DeedWords("step", "Soitamme.", None),)),
        (-5, (DeedWords("goal", "Jonoa ei ole.", None),)),
        (-2, (DeedWords("promise", "Avain.", None),)),
        (1, (DeedWords("step", "Tapaat väen.", None), DeedWords("promise", "Kone odottaa.", None))),
        (
            30,
            (
                DeedWords("step", "Ensimmäinen oma.", None),
                DeedWords("goal", "Vastaamme.", f"vasteaika: 10{NBSP}min"),
            ),
        ),
        (90, (DeedWords("goal", "Suosittelevat.", "NPS: 48"),)),
    ]
    assert [(each.rhythm, each.text) for each in playbook.rhythms] == [
        ("joka kuu", "Lounas."),
        ("joka aamu", "Oma tiski."),
    ]


def test_the_story_and_the_values_are_told_as_they_were_written(tmp_path: Path) -> None:
    company = (
        COMPANY.replace(
            "      name: Lähellä arkea\n", "      name: Lähellä arkea\n      vision: kaikki toimii\n"
        )
        + """\
    story: {summary: alku autotallissa, today: meitä on yhdeksän}
    values:
      - id: puhe
        name: Suora puhe
        behaviors:
          - {id: hinta, text: hinta ensin, instead_of: yllätys., non_negotiable: true}
          - {id: kuulo, text: kuuntelemme}
      - {id: rohkeus, name: Rohkeus, strategy_goal: paiva}
    """
    )
    company = company.replace("strategy:\n", "strategy:\n      goals: [{id: paiva, text: samana päivänä}]\n")
    playbook = playbook_of(tmp_path, {"company.yaml": company})
    assert playbook.story == StoryWords("Alku autotallissa.", None, None, "Meitä on yhdeksän.", None)
    talk, courage = playbook.values
    assert (talk.name, talk.strategy_goal) == ("Suora puhe", None)
    assert talk.behaviors == (
        BehaviorLine("Hinta ensin.", "yllätys", non_negotiable=True),
        BehaviorLine("Kuuntelemme.", None, non_negotiable=False),
    )
    assert (courage.name, courage.strategy_goal, courage.behaviors) == ("Rohkeus", "Samana päivänä.", ())
    assert (playbook.strategy, playbook.vision) == ("Lähellä arkea", "Kaikki toimii.")


def test_what_nobody_wrote_is_not_made_up(tmp_path: Path) -> None:
    playbook = playbook_of(tmp_path, {})
    assert (playbook.title, playbook.promise, playbook.proofs) == ("Palveluasiantuntija", "Et jää yksin.", ())
    assert (playbook.vision, playbook.story) == (None, None)
    for part in ("conflicts", "contrasts", "journey", "matrix", "troubles", "metrics", "values", "days"):
        assert getattr(playbook, part) == (), part
    assert (playbook.rhythms, playbook.riddles) == ((), ())


# The riddle


def quoting(**quotes: str) -> dict[str, str]:
    """Personas who say these words."""
    files = {
        f"personas/{id}.yaml": yaml(PERSONA.replace("Varmistelija", id.title()), f"their_words: [{said}]\n")
        for id, said in quotes.items()
    }
    return files | {"roles/asiantuntija.yaml": serving(", ".join(quotes))}


def test_a_riddle_asks_who_says_what_in_no_order_of_persons(tmp_path: Path) -> None:
    files = quoting(aino="milloin, missä, kuka", bo="miksi, kenelle", cia="")
    riddles = playbook_of(tmp_path, files).riddles
    assert {(each.quote, each.label, each.anchor) for each in riddles} == {
        ("Milloin.", "Aino", "persona-1"),
        ("Missä.", "Aino", "persona-1"),
        ("Miksi.", "Bo", "persona-2"),
        ("Kenelle.", "Bo", "persona-2"),
    }, "at most two of each"
    assert [each.label for each in riddles] not in (["Aino"] * 2 + ["Bo"] * 2, ["Bo"] * 2 + ["Aino"] * 2)


def test_what_two_personas_could_say_is_no_riddle(tmp_path: Path) -> None:
    files = quoting(
        aino="mitä maksaa, anteeksi että häiritsen, milloin", bo="'Mitä se maksaa, ja koska?', heti nyt"
    )
    riddles = playbook_of(tmp_path, files).riddles
    assert {(each.quote, each.label) for each in riddles} == {
        ("Anteeksi että häiritsen.", "Aino"),
        ("Milloin.", "Aino"),
        ("Mitä se maksaa, ja koska?", "Bo"),
        ("Heti nyt.", "Bo"),
    }
    assert playbook_of(tmp_path / "alike", quoting(aino="heti", bo="Heti!", cia="en minä")).riddles == ()


def test_the_most_telling_quotes_make_riddles(tmp_path: Path) -> None:
    files = quoting(aino="'missä ja koska, kuka', anteeksi, olen tässä", bo="kuka nyt ja miksi sitten")
    quotes = [each.quote for each in playbook_of(tmp_path, files).riddles if each.label == "Aino"]
    assert sorted(quotes) == ["Anteeksi.", "Olen tässä."]


def test_a_riddle_is_mixed_the_same_way_every_time(tmp_path: Path) -> None:
    there = playbook_of(tmp_path / "a", quoting(aino="milloin, missä", bo="miksi, kenelle")).riddles
    elsewhere = playbook_of(tmp_path / "b", quoting(bo="miksi, kenelle", aino="milloin, missä")).riddles
    assert [each.quote for each in there] == [each.quote for each in elsewhere]
    assert [each.quote for each in there] == ["Miksi.", "Missä.", "Kenelle.", "Milloin."]


@pytest.mark.parametrize("quotes", [{"aino": "milloin, missä"}, {"aino": "milloin, missä", "bo": ""}])
def test_with_one_to_name_there_is_no_riddle(tmp_path: Path, quotes: dict[str, str]) -> None:
    assert playbook_of(tmp_path, quoting(**quotes)).riddles == ()
