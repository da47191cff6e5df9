"""Trends: drawn where figures lie, judged by chance; one newest figure everywhere, and few never shown."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import pairwise
from pathlib import Path
from textwrap import dedent, indent

import pytest
from every_document import LANGUAGES, THE_DAY
from web import serving
from workspaces import COMPANY, REPOSITORY, SHIPPED, linked, small, write_tree

from pitchgen.compose.metrics import MetricWords, metric_words
from pitchgen.compose.trend import EDGE, HEIGHT, WIDTH, Change, Trend
from pitchgen.compose.voice import Voice
from pitchgen.documents.pitch.compose import compose_pitch
from pitchgen.studio.studio import Studio

NBSP = "\u00a0"
MINUS = "\N{MINUS SIGN}"
HISTORY = """\
    history:
      - {value: 41, as_of: 2025-12-31, n: 600, margin: 5}
      - {value: 42, as_of: 2026-03-31, n: 600}
      - {value: 45, as_of: 2026-12-31, n: 600, margin: 5}
"""


def words_of(root: Path, metric: str, language: str = "fi") -> MetricWords:
    """The words of the one metric in a small workspace; `metric` is all but its id and name, as a block."""
    text = "metrics:\n  - id: luku\n    name: Luku\n" + indent(metric, "    ")
    (found,) = linked(small(root, {"metrics.yaml": text})).metrics
    return metric_words(found, Voice(SHIPPED.get(language), "fi"), mine=False)


def trend_of(root: Path, metric: str) -> Trend | None:
    return words_of(root, metric).trend


# Where things lie


def test_figures_lie_where_their_days_and_values_say(tmp_path: Path) -> None:
    trend = trend_of(
        tmp_path,
        """\
kind: duration
target: {value: 0}
history:
  - {value: 10, as_of: 2026-01-01}
  - {value: 5, as_of: 2026-01-02}
  - {value: 5, as_of: 2026-01-05}
""",
    )
    assert trend
    left, right, middle = EDGE, WIDTH - EDGE, HEIGHT / 2
    quarter = left + (right - left) / 4
    assert [(each.x, each.y) for each in trend.points] == [(left, EDGE), (quarter, middle), (right, middle)]
    assert trend.target == HEIGHT - EDGE
    assert trend.line == f"M{left:g} {EDGE:g}L{quarter:g} {middle:g}L{right:g} {middle:g}"
    assert trend.bands == ()
    assert (trend.first, trend.last) == ("10 (1.1.2026)", "5 (5.1.2026)")


def test_the_margins_are_a_band_where_they_are_known(tmp_path: Path) -> None:
    trend = trend_of(
        tmp_path,
        """\
kind: ces
history:
  - {value: 4, as_of: 2026-01-01, margin: 1}
  - {value: 4, as_of: 2026-01-02, margin: 2}
  - {value: 4, as_of: 2026-01-03}
  - {value: 4, as_of: 2026-01-05, margin: 2}
""",
    )
    assert trend and trend.target is None
    half, whole = HEIGHT / 2 - EDGE, HEIGHT - 2 * EDGE
    assert [each.high for each in trend.points] == [EDGE + half / 2, EDGE, None, EDGE]
    assert [each.low for each in trend.points] == [EDGE + 1.5 * half, EDGE + whole, None, EDGE + whole]
    run, alone = trend.bands
    assert run == "M4 9.5L39.5 4L39.5 26L4 20.5Z"
    assert alone == "M144 4L148 4L148 26L144 26Z"


def test_figures_that_are_all_the_same_lie_in_the_middle(tmp_path: Path) -> None:
    same = "kind: count\nhistory:\n  - {value: 3, as_of: 2026-01-01}\n  - {value: 3, as_of: 2026-02-01}\n"
    trend = trend_of(tmp_path, same)
    assert trend and {each.y for each in trend.points} == {HEIGHT / 2}


@pytest.mark.parametrize(
    "history",
    [
        "history: []\n",
        "history:\n  - {value: 41, as_of: 2026-03-31}\n",
        "history:\n  - {value: 41, as_of: 2026-03-31}\n  - {value: 42}\n",
        "history:\n  - {value: 41, as_of: 2026-03-31}\n  - {value: 42, as_of: 2026-03-31}\n",
    ],
    ids=["none", "one", "one with a day", "one day"],
)
def test_two_days_make_a_trend(tmp_path: Path, history: str) -> None:
    metric = "kind: nps\nbaseline: {value: 40, as_of: 2025-12-31}\ntarget: {value: 50}\n"
    words = words_of(tmp_path, metric + history)
    assert words.trend is None
    assert words.progress


def test_the_line_begins_with_the_baseline_and_ends_with_the_newest_figure(tmp_path: Path) -> None:
    metric = """\
kind: nps
baseline: {value: 30, as_of: 2024-12-31}
latest: {value: 47, as_of: 2027-01-31}
history:
  - {value: 45, as_of: 2026-12-31}
  - {value: 41, as_of: 2025-12-31}
"""
    words = words_of(tmp_path, metric)
    assert words.trend and words.now
    assert (words.trend.first, words.trend.last) == ("30 (31.12.2024)", "47 (31.1.2027)")
    assert all(left.x < right.x for left, right in pairwise(words.trend.points)), "oldest first"
    assert (words.now.text, words.now.as_of) == ("47", "31.1.2027")


# What may be chance


@pytest.mark.parametrize(
    ("metric", "change"),
    [
        # 3 is within the root of 4**2 + 3**2, 5; so is 5 itself, and 6 is not.
        (
            "kind: nps\nbaseline: {value: 41, margin: 4}\nlatest: {value: 44, margin: 3}\n",
            Change(None, False),
        ),
        (
            "kind: nps\nbaseline: {value: 41, margin: 4}\nlatest: {value: 46, margin: 3}\n",
            Change(None, False),
        ),
        (
            "kind: nps\nbaseline: {value: 41, margin: 4}\nlatest: {value: 47, margin: 3}\n",
            Change("+6", False),
        ),
        (
            "kind: nps\nbaseline: {value: 41, margin: 4}\nlatest: {value: 35, margin: 3}\n",
            Change(f"{MINUS}6", False),
        ),
        (
            'kind: csat\nunit: "%"\nbaseline: {value: 70, n: 900}\nlatest: {value: 80.5, n: 900}\n',
            Change("+10,5", True),
        ),
        (
            "kind: money\nunit: €\nbaseline: {value: 100, margin: 4}\nlatest: {value: 1200, margin: 4}\n",
            Change(f"+1{NBSP}100{NBSP}€", False),
        ),
        # Nothing is known of chance, or too little to call it more than that.
        ("kind: money\nbaseline: {value: 100}\nlatest: {value: 1200}\n", None),
        ("kind: ces\nbaseline: {value: 4}\nlatest: {value: 6, margin: 1}\n", None),
        ("kind: ces\nbaseline: {value: 4}\nlatest: {value: 4.5, margin: 1}\n", Change(None, False)),
        ("kind: nps\nbaseline: {value: 41, margin: 4}\nlatest: {value: 41, margin: 3}\n", None),
        ("kind: nps\nbaseline: {value: 41, margin: 4}\n", None),
    ],
)
def test_a_change_is_said_when_it_is_more_than_chance(
    tmp_path: Path, metric: str, change: Change | None
) -> None:
    assert words_of(tmp_path, metric).change == change


def test_figures_that_rest_on_few_say_so(tmp_path: Path) -> None:
    few, enough = (
        words_of(tmp_path, f"kind: ces\nlatest: {{value: 4, n: {n}, as_of: 2026-01-01}}\n").now
        for n in (29, 30)
    )
    assert few and few.few and enough and not enough.few


# In documents

LATER = "2026-11-29"
ROLE_AND_HIRE = "palveluasiantuntija", "aino-virtasalmi"


@pytest.fixture(scope="module")
def measured_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter, each metric of which has one later figure in its history: 901, 902 and so on."""
    root = tmp_path_factory.mktemp("later")
    files = {
        path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8")
        for folder in (".", "personas", "roles", "hires", "managers")
        for path in (REPOSITORY / folder).glob("*.yaml")
    }
    *parts, last = re.split(r"(?m)^    history:\n", files["metrics.yaml"])
    later = (f"      - {{value: {900 + n}, as_of: {LATER}, n: 250}}\n" for n in range(1, 99))
    files["metrics.yaml"] = "".join(f"{part}    history:\n{next(later)}" for part in parts) + last
    return write_tree(root, files)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_newest_figure_stands_in_every_document(measured_again: Path, language: str) -> None:
    studio = Studio(linked(measured_again), THE_DAY)
    workspace = studio.workspace
    role = next(each for each in workspace.roles if each.model.id == ROLE_AND_HIRE[0])
    hire = next(each for each in workspace.hires if each.model.id == ROLE_AND_HIRE[1])
    said = {
        kind: unescape(studio.render(studio.compose(kind, of, language), "html").content.decode())
        for kind, of in (("playbook", role), ("role-card", role), ("manager-sheet", hire))
    }
    newest = {metric.id: f"{900 + n}" for n, metric in enumerate(workspace.metrics, start=1)}
    own = [newest[goal.metric.id] for goal in role.goals if goal.metric]
    assert len(own) > 1
    # The letter says it where a goal has no target.
    heard = [goal.now for goal in compose_pitch(workspace, hire, language, THE_DAY).goals if goal.metric]
    assert [re.sub(r"\D", "", now or "") for now in heard] == own
    assert all(figure in said["role-card"] for figure in own)
    assert all(figure in said["playbook"] for figure in newest.values())
    assert newest["enps"] in said["manager-sheet"]
    matrix = studio.compose("matrix", workspace, language)
    assert studio.render(matrix, "html").content.count(b'<svg class="progress" viewBox="0 0 150 30"') == len(
        newest
    )
    text, data = (studio.render(matrix, format).content.decode() for format in ("txt", "json"))
    assert [str(int(each["now"]["value"])) for each in json.loads(data)["metrics"]] == [*newest.values()]
    assert all(figure in text for figure in newest.values())
    # When it was, and of how many.
    voice = Voice(SHIPPED.get(language), workspace.company.language)
    words = metric_words(workspace.metrics[0], voice, mine=False)
    assert words.now and words.now.as_of
    for kind in ("playbook", "role-card", "manager-sheet"):
        assert f"{words.now.as_of}, n{NBSP}={NBSP}250" in said[kind], kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_newest_figure_stands_on_the_page(measured_again: Path, language: str) -> None:
    with serving(measured_again) as site:
        text = site.get("/keep", **{"Accept-Language": language}).text
    figures = re.findall(r'<span class="fact">\D*(9[01][0-9])\D', text)
    assert figures == [f"{900 + n}" for n in range(1, len(figures) + 1)]
    assert len(figures) == text.count('<svg class="trend"') == len(linked(measured_again).metrics)


FEW = """\
metrics:
  - id: nps
    name: NPS
    kind: enps
    source: customer
    from: {file: data/nps.csv, least_answers: 8}
    baseline: {value: 11.5, as_of: 2025-06-30, n: 7}
    latest: {value: 77.5, as_of: 2026-09-30, n: 4}
    history:
      - {value: 31.5, as_of: 2025-09-30, n: 8}
      - {value: 22.5, as_of: 2025-12-31, n: 7}
      - {value: 32.5, as_of: 2026-03-31, n: 90}
"""


def test_what_too_few_answered_is_nowhere_shown(tmp_path: Path) -> None:
    goal = "goals:\n  - {text: Suosittelevat, metric: nps, day: 90}\n"
    files = {
        "metrics.yaml": FEW,
        "company.yaml": dedent(COMPANY)
        + "values: [{id: sana, name: Sana, behaviors: [{id: aika, text: Sanomme ajan}]}]\n",
        "roles/asiantuntija.yaml": (
            "title: Palveluasiantuntija\npurpose: Palvelen.\npart: {why: Siksi., how: Näin.}\n"
            "serves: {personas: [varmistelija]}\n" + goal
        ),
    }
    studio = Studio(linked(small(tmp_path, files)), THE_DAY)
    (role,), (hire,) = studio.workspace.roles, studio.workspace.hires[:1]
    (metric,) = studio.workspace.metrics
    words = metric_words(metric, Voice(SHIPPED.get("fi"), "fi"), mine=False)
    assert words.start is None and words.now and words.now.text == "32,5"
    assert words.trend and [words.trend.first, words.trend.last] == ["31,5 (30.9.2025)", "32,5 (31.3.2026)"]
    assert len(words.trend.points) == len(metric.history) - 1
    for kind, of in (("playbook", role), ("role-card", role), ("manager-sheet", hire), ("pitch", hire)):
        html = studio.render(studio.compose(kind, of, "fi"), "html").content.decode()
        body = re.sub(r"<[^>]*>", " ", html.partition("<body")[2])
        assert re.search(r"\b32,5\b", body), kind
        assert not re.search(r"\b(11|22|77),5\b", body), kind
    with serving(tmp_path) as site:
        page = site.get("/keep").text
    assert ">32.5" in page and ">77.5" not in page
