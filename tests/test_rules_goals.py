"""Rules about goals and metrics beyond their own examples: thresholds, dates, margins worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from orderly import findings

ADVISER = "# roles/adviser.yaml\n"
HIRE = "# hires/aino.yaml\n"
METRICS = "# metrics.yaml\n"


def metric(kind: str, more: str) -> str:
    """An example whose metric `nps`, which goals refer to, is of another kind and has these keys."""
    return f"{METRICS}metrics:\n  - {{id: nps, name: Figure, kind: {kind}, {more}}}\n"


# Goals of a role and of a hire


def test_a_goal_of_a_hire_wants_a_metric_and_a_date(tmp_path: Path) -> None:
    example = HIRE + "goals: [{text: You lead a drill.}]\n"
    (without_metric,) = findings(tmp_path, "goal-metric", example)
    assert without_metric.message == "goal 1 of hire 'aino' has no metric"
    (without_day,) = findings(tmp_path, "goal-day", example)
    assert (without_day.where, without_day.path) == ("goals[0].due", "hires/aino.yaml")
    assert "`due`" in without_day.hint


ENPS = "{id: enps, name: eNPS, kind: enps, direction: up, baseline: {value: 10}, source: staff}"


@pytest.mark.parametrize(("day", "found"), [("-7", True), ("-1", True), ("1", False), ("90", False)])
def test_a_role_has_no_goal_before_day_one(tmp_path: Path, day: str, found: bool) -> None:
    example = f"{ADVISER}goals: [{{text: You answer in ten minutes., metric: nps, day: {day}}}]\n"
    assert bool(findings(tmp_path, "goal-before-start", example)) is found


@pytest.mark.parametrize(("due", "found"), [("2026-11-30", True), ("2026-12-01", False)])
def test_a_goal_may_be_due_on_the_first_day_of_work_but_not_before(
    tmp_path: Path, due: str, found: bool
) -> None:
    example = f"{HIRE}starts_on: 2026-12-01\ngoals: [{{text: You say your name., metric: nps, due: {due}}}]\n"
    assert bool(findings(tmp_path, "goal-before-start", example)) is found


def test_while_the_first_day_is_unknown_no_goal_is_before_it(tmp_path: Path) -> None:
    example = f"{HIRE}starts_on:\ngoals: [{{text: You say your name., metric: nps, due: 2020-01-01}}]\n"
    assert findings(tmp_path, "goal-before-start", example) == []


@pytest.mark.parametrize(("count", "found"), [(5, 0), (6, 1), (9, 1)])
def test_the_goals_of_one_day_are_counted_once(tmp_path: Path, count: int, found: int) -> None:
    goals = "".join(f"  - {{text: Goal {n}., metric: nps, day: 90}}\n" for n in range(count))
    later = "  - {text: Later., metric: nps, day: 91}\n  - {text: Whenever., metric: nps}\n"
    problems = findings(tmp_path, "goals-at-once", f"{ADVISER}goals:\n{goals}{later}")
    assert [problem.message for problem in problems] == [
        f"role 'adviser' has {count} goals for day 90, more than 5"
    ] * found
    assert [problem.where for problem in problems] == ["goals[5].day"] * found


def test_the_goals_of_a_hire_are_counted_by_their_date(tmp_path: Path) -> None:
    goals = "".join(f"  - {{text: Goal {n}., metric: nps, due: 2027-03-31}}\n" for n in range(6))
    (problem,) = findings(tmp_path, "goals-at-once", f"{HIRE}goals:\n{goals}")
    assert problem.message == "hire 'aino' has 6 goals for 2027-03-31, more than 5"


# The customer's voice among the goals


@pytest.mark.parametrize(
    ("kind", "more", "found"),
    [
        ("nps", "source: customer", False),
        ("nps", "direction: up", False),
        ("ces", "direction: up", False),
        ("retention", "source: customer", False),
        ("retention", "source: finance", True),
        ("count", "direction: up", True),
    ],
)
def test_a_survey_of_customers_counts_as_their_voice_unless_it_says_otherwise(
    tmp_path: Path, kind: str, more: str, found: bool
) -> None:
    problems = findings(tmp_path, "customer-metric", metric(kind, more))
    assert {problem.path for problem in problems} == (
        {"roles/adviser.yaml", "roles/planner.yaml"} if found else set()
    )


@pytest.mark.parametrize(("kind", "more"), [("csat", "source: staff"), ("enps", "direction: up")])
def test_where_the_customer_is_a_colleague_the_colleagues_answer_counts(
    tmp_path: Path, kind: str, more: str
) -> None:
    problems = findings(tmp_path, "customer-metric", metric(kind, more))
    assert [problem.path for problem in problems] == ["roles/adviser.yaml"]


def test_a_role_without_goals_or_metrics_is_not_blamed_twice(tmp_path: Path) -> None:
    assert findings(tmp_path, "customer-metric", ADVISER + "goals:\n") == []
    assert findings(tmp_path, "customer-metric", ADVISER + "goals: [{text: You ask., day: 9}]\n") == []


# Targets


@pytest.mark.parametrize(
    ("direction", "target", "found"),
    [
        ("up", "29", True),
        ("up", "30", False),
        ("up", "31", False),
        ("down", "31", True),
        ("down", "30", False),
        ("down", "29", False),
    ],
)
def test_a_target_lies_on_the_better_side_of_today(
    tmp_path: Path, direction: str, target: str, found: bool
) -> None:
    more = (
        f"direction: {direction}, baseline: {{value: 1}}, latest: {{value: 30}}, target: {{value: {target}}}"
    )
    problems = findings(tmp_path, "target-direction", metric("count", more))
    assert [problem.where for problem in problems if problem.path == "metrics.yaml"] == [
        "metrics[0].target.value"
    ] * found


def test_a_goal_that_repeats_the_metrics_own_target_is_not_found_again(tmp_path: Path) -> None:
    more = "direction: up, latest: {value: 60}, target: {value: 50}"
    (problem,) = findings(tmp_path, "target-direction", metric("count", more))
    assert problem.path == "metrics.yaml"
    assert problem.message == "metric 'nps' aims at 50, below today's 60, though more is better"


def test_a_goal_that_is_worse_than_today_is_named_as_elsewhere(tmp_path: Path) -> None:
    example = f"{HIRE}goals: [{{text: You lead a drill., metric: nps, target: 20, due: 2027-03-31}}]\n"
    (problem,) = findings(tmp_path, "target-direction", example)
    assert problem.message == (
        "goal 1 of hire 'aino' aims at 20 for metric 'nps', below today's 30, though more is better"
    )


@pytest.mark.parametrize(
    ("kind", "figures"),
    [
        ("nps", {"-101": True, "-100": False, "100": False, "100.5": True}),
        ("enps", {"-100": False, "101": True}),
        ("csat", {"-1": True, "0": False, "4.2": False, "100": False, "101": True}),
        ("retention", {"-0.1": True, "100": False, "101": True}),
        ("revenue_retention", {"-0.1": True, "119": False}),
        ("ratio", {"-1": True, "140": False}),
        ("count", {"-1": True, "1000000": False}),
        ("duration", {"-1": True, "0": False}),
        ("average_billing", {"-1": True}),
        ("customer_tenure", {"-1": True}),
        ("money", {"-1000": False}),
        ("clv", {"-1000": False}),
        ("ces", {"-100": False, "100": False}),
    ],
)
def test_a_figure_is_one_that_its_kind_can_have(tmp_path: Path, kind: str, figures: dict[str, bool]) -> None:
    for figure, found in figures.items():
        for key in ("baseline", "latest", "target"):
            problems = findings(tmp_path, "impossible-figure", metric(kind, f"{key}: {{value: {figure}}}"))
            where = [problem.where for problem in problems if problem.path == "metrics.yaml"]
            assert where == [f"metrics[0].{key}.value"] * found, figure


def test_a_goal_beyond_what_its_metric_can_be_is_named_as_elsewhere(tmp_path: Path) -> None:
    example = f"{HIRE}goals: [{{text: You lead a drill., metric: nps, target: 120, due: 2027-03-31}}]\n"
    (problem,) = findings(tmp_path, "impossible-figure", example)
    assert problem.message == (
        "goal 1 of hire 'aino' aims at 120 for metric 'nps', "
        "but a figure of the kind `nps` lies between -100 and 100"
    )


@pytest.mark.parametrize("more", ["latest: {value: 60}", "direction: up"])
def test_without_a_direction_or_a_figure_no_target_is_wrong(tmp_path: Path, more: str) -> None:
    assert findings(tmp_path, "target-direction", metric("count", f"{more}, target: {{value: 50}}")) == []


@pytest.mark.parametrize(
    ("as_of", "by", "said"),
    [
        ("2026-06-30", "2026-11-20", "has passed"),
        ("2026-06-30", "2026-11-21", ""),
        ("2027-06-30", "2027-01-31", "measured on 2027-06-30, after the day of its target"),
    ],
)
def test_a_target_is_still_to_come(tmp_path: Path, as_of: str, by: str, said: str) -> None:
    figures = f"latest: {{value: 30, as_of: {as_of}}}, target: {{value: 50, by: {by}}}"
    problems = findings(tmp_path, "target-date", metric("nps", figures))
    assert [said in problem.message for problem in problems] == ([True] if said else [])


# The margin of error


@pytest.mark.parametrize(
    ("target", "found"),
    # As in test_metrics.py: an NPS of 41 from 598 answers is good to 7.3 points.
    [("48.3", True), ("48.4", False), ("41", False)],
)
def test_a_target_is_beyond_the_margin_of_error_of_the_figure(
    tmp_path: Path, target: str, found: bool
) -> None:
    more = f"direction: up, baseline: {{value: 41, n: 598}}, target: {{value: {target}}}"
    problems = findings(tmp_path, "margin-of-error", metric("nps", more))
    assert [problem.where for problem in problems] == ["metrics[0].target.value"] * found
    assert all("(margin of error ±7.3)" in problem.message for problem in problems)


@pytest.mark.parametrize(("latest", "found"), [("51", True), ("52", False)])
def test_a_change_has_the_margins_of_both_figures(tmp_path: Path, latest: str, found: bool) -> None:
    # The margins are 7.289 at 41, 6.878 at 51 and 6.831 at 52: together sqrt(7.289**2 + 6.878**2) = 10.02,
    # printed as 11, and sqrt(7.289**2 + 6.831**2) = 9.99, printed as 10.
    more = f"direction: up, baseline: {{value: 41, n: 598}}, latest: {{value: {latest}, n: 598}}"
    problems = findings(tmp_path, "margin-of-error", metric("nps", more))
    assert [problem.where for problem in problems] == ["metrics[0].latest.value"] * found


@pytest.mark.parametrize(("latest", "found"), [("48.1", True), ("48.2", False)])
def test_a_figure_without_its_answers_counts_as_exact(tmp_path: Path, latest: str, found: bool) -> None:
    # 196 * sqrt((599.5 / 601 - (48.1 * 5.98 / 601)**2) / 601) = 7.009, printed as 7.1: just the change.
    more = f"direction: up, baseline: {{value: 41}}, latest: {{value: {latest}, n: 598}}"
    assert bool(findings(tmp_path, "margin-of-error", metric("nps", more))) is found


def test_a_change_and_a_target_of_one_metric_are_one_finding(tmp_path: Path) -> None:
    more = "unit: '%', baseline: {value: 80, n: 40}, latest: {value: 84, n: 40}, target: {value: 88}"
    (problem,) = findings(tmp_path, "margin-of-error", metric("csat", more))
    assert "the change from 80 to 84" in problem.message
    assert "the way from 84 to the target 88" in problem.message
    assert problem.hint.startswith("ask more people, or")


def test_nobody_can_be_asked_for_more_of_what_is_counted(tmp_path: Path) -> None:
    more = "unit: '%', baseline: {value: 80, n: 40}, latest: {value: 84, n: 40}"
    (problem,) = findings(tmp_path, "margin-of-error", metric("ratio", more))
    assert problem.hint.startswith("wait until there is more to count, or")


@pytest.mark.parametrize(
    "more",
    [
        "baseline: {value: 30}, latest: {value: 31}",
        "baseline: {value: 30, n: 90}, latest: {value: 30, n: 90}",
        "baseline: {value: 30, n: 90}, latest: {value: 31, n: 90}, note: A rise by chance.",
    ],
)
def test_nothing_is_said_of_chance_where_nothing_is_claimed(tmp_path: Path, more: str) -> None:
    assert findings(tmp_path, "margin-of-error", metric("nps", more)) == []


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("fi", "Kolmen pisteen nousu mahtuu vielä virhemarginaaliin."),
        ("en", "A rise of three points is still within the margin of error."),
        ("sv", "En uppgång på tre poäng ryms fortfarande inom felmarginalen."),
    ],
)
def test_a_note_may_say_it_in_each_language(tmp_path: Path, language: str, note: str) -> None:
    languages = f"# company.yaml\nlanguages: [en, {language}]\n"
    figures = "baseline: {value: 30, n: 90}, latest: {value: 33, n: 90}"
    example = languages.replace("[en, en]", "[en]") + metric("nps", figures)
    assert len(findings(tmp_path, "margin-of-error", example)) == 1
    said = f"{figures}, note: {{{language}: {note}}}"
    assert findings(tmp_path, "margin-of-error", example.replace(figures, said)) == []


# What our own people are asked


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ("", 1),
        ("  - {id: m2, name: Canteen, kind: csat, source: staff}\n", 1),
        ("  - {id: m2, name: Would come again, kind: ratio, source: staff}\n", 0),
        ("  - {id: m2, name: eNPS, kind: enps}\n", 0),
    ],
)
def test_satisfaction_alone_is_not_all_to_ask_for(tmp_path: Path, others: str, found: int) -> None:
    metrics = "  - {id: nps, name: NPS, kind: nps}\n  - {id: m1, name: Mood, kind: csat, source: staff}\n"
    assert len(findings(tmp_path, "staff-enthusiasm", f"{METRICS}metrics:\n{metrics}{others}")) == found


def test_who_asks_their_people_nothing_is_not_told_what_to_ask(tmp_path: Path) -> None:
    assert findings(tmp_path, "staff-enthusiasm", metric("csat", "source: customer")) == []


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("source: finance", []),
        ("name: Net revenue retention", []),
        ("how: This year's billing over last year's", []),
        ("source: customer", ["impossible-figure"]),
    ],
)
def test_of_the_money_that_customers_brought_more_than_all_can_be_kept(
    tmp_path: Path, more: str, found: list[str]
) -> None:
    key, value = more.split(": ", 1)
    fields = {"id": "nps", "name": "Who stayed", "kind": "retention", "direction": "up", key: value}
    text = ", ".join(f"{key}: {value!r}" for key, value in fields.items())
    metrics = f"# metrics.yaml\nmetrics:\n  - {{{text}, baseline: {{value: 119}}}}\n  - {ENPS}\n"
    assert [each.code for each in findings(tmp_path, "impossible-figure", metrics)] == found


@pytest.mark.parametrize(
    ("target", "code"), [("{value: 30, by: 2027-12-31}", "target-direction"), ("{value: 50}", "target-date")]
)
def test_a_target_aims_further_than_it_began_and_has_a_day(tmp_path: Path, target: str, code: str) -> None:
    nps = f"{{id: nps, name: NPS, kind: nps, direction: up, baseline: {{value: 30}}, target: {target}}}"
    metrics = f"# metrics.yaml\nmetrics:\n  - {nps}\n  - {ENPS}\n"
    for rule in ("target-direction", "target-date"):
        assert bool(findings(tmp_path / rule, rule, metrics)) is (rule == code)


def test_a_later_figure_says_how_many_answered_if_the_first_did(tmp_path: Path) -> None:
    nps = "{id: nps, name: NPS, kind: nps, direction: up, baseline: {value: 30, n: 900}, latest: {value: 60}}"
    (problem,) = findings(tmp_path, "margin-of-error", f"# metrics.yaml\nmetrics:\n  - {nps}\n  - {ENPS}\n")
    assert problem.where == "metrics[0].latest"
