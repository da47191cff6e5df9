"""Metrics in words: margins of error worked by hand, and every kind explained in every language."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspaces import REPOSITORY, SHIPPED, linked, small

from pitchgen import shipped
from pitchgen.compose.margin import margin_of_error, net_score_margin, share_margin
from pitchgen.compose.metrics import MetricWords, metric_words
from pitchgen.compose.voice import Voice
from pitchgen.model.metric import Kind
from pitchgen.workspace import Workspace

NBSP = "\u00a0"
MINUS = "\N{MINUS SIGN}"
KINDS: tuple[Kind, ...] = get_args(Kind)
LANGUAGES = ("fi", "en", "sv")

answers = st.integers(min_value=1, max_value=100_000)
scores = st.floats(min_value=-1, max_value=1)
shares = st.floats(min_value=0, max_value=1)


def words_of(root: Path, metric: str, language: str = "fi") -> MetricWords:
    """The words of the one metric in a small workspace; `metric` is all but its id and name."""
    text = f"metrics: [{{id: luku, name: Luku, {metric}}}]\n"
    (found,) = linked(small(root, {"metrics.yaml": text})).metrics
    return metric_words(found, Voice(SHIPPED.get(language), "fi"), mine=False)


@pytest.fixture(scope="module")
def starter() -> Workspace:
    return linked(REPOSITORY)


def in_starter(starter: Workspace, name: str, language: str) -> MetricWords:
    found = next(metric for metric in starter.metrics if metric.id == name)
    return metric_words(found, Voice(SHIPPED.get(language), starter.company.language), mine=True)


# The margin of a net promoter score


def test_the_margin_of_41_from_212_answers_is_twelve_points() -> None:
    # n' = 215; p' + d' = 213.5 / 215 = 0.993023; p' - d' = 86.92 / 215 = 0.404279
    # variance 0.993023 - 0.163442 = 0.829581; / 215 = 0.00385852; root 0.0621170; * 1.96 = 0.121749
    assert net_score_margin(0.41, 212) == pytest.approx(0.121749, abs=1e-6)
    assert margin_of_error("nps", 41, 212, None) == pytest.approx(12.1749, abs=1e-4)
    assert margin_of_error("enps", 41, 212, None) == margin_of_error("nps", 41, 212, None)


def adjusted_wald(promoters: int, passives: int, detractors: int) -> float:
    """The margin as Rocks 2016 has it, from the counts that metrics.yaml does not hold."""
    n = promoters + passives + detractors + 3
    p, d = (promoters + 0.75) / n, (detractors + 0.75) / n
    return 1.96 * math.sqrt((p + d - (p - d) ** 2) / n)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_no_split_of_the_answers_has_a_wider_margin(promoters: int, passives: int, detractors: int) -> None:
    n = promoters + passives + detractors
    if n:
        score = (promoters - detractors) / n
        assert adjusted_wald(promoters, passives, detractors) <= net_score_margin(score, n) + 1e-12


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_margin_is_reached_when_nobody_is_passive(promoters: int, detractors: int) -> None:
    if n := promoters + detractors:
        bound = net_score_margin((promoters - detractors) / n, n)
        assert bound == pytest.approx(adjusted_wald(promoters, 0, detractors))


@given(scores, answers)
def test_a_net_score_is_as_sure_as_its_mirror_image_and_never_quite_sure(score: float, n: int) -> None:
    assert net_score_margin(score, n) == net_score_margin(-score, n)
    assert 0 < net_score_margin(score, n) <= 1


@given(scores, answers, answers)
def test_more_answers_make_a_net_score_surer(score: float, n: int, more: int) -> None:
    assert net_score_margin(score, n + more) < net_score_margin(score, n)


# The margin of a share


def test_the_margin_of_a_share_by_hand() -> None:
    # n' = 96.1584 + 3.8416 = 100, p' = 1/2: 1.96 * sqrt(0.25 / 100)
    assert share_margin(0.5, 96.1584) == pytest.approx(0.098)
    # n' = 103.8416; p' = 81.9208 / 103.8416 = 0.788902; 1.96 * sqrt(0.166536 / 103.8416)
    assert share_margin(0.8, 100) == pytest.approx(0.078492, abs=1e-5)


@given(shares, answers)
def test_a_share_is_as_sure_as_the_rest_and_never_quite_sure(share: float, n: int) -> None:
    assert share_margin(share, n) == pytest.approx(share_margin(1 - share, n))
    assert 0 < share_margin(share, n) <= 0.5


@given(shares, answers, answers)
def test_more_answers_make_a_share_surer(share: float, n: int, more: int) -> None:
    assert share_margin(share, n + more) < share_margin(share, n)


@pytest.mark.parametrize("kind", ["csat", "retention", "ratio"])
def test_a_share_in_per_cent_has_its_margin_in_per_cent(kind: Kind) -> None:
    assert margin_of_error(kind, 80, 100, "%") == pytest.approx(100 * share_margin(0.8, 100))


@pytest.mark.parametrize("kind", ["csat", "retention"])
def test_a_share_without_a_unit_lies_between_0_and_1(kind: Kind) -> None:
    assert margin_of_error(kind, 0.8, 100, None) == pytest.approx(share_margin(0.8, 100))


# Figures without a margin


@pytest.mark.parametrize(
    ("kind", "value", "n", "unit"),
    [
        ("nps", 141, 212, None),
        ("nps", 41, 0, None),
        ("enps", -101, 50, None),
        ("nps", 41, -3, None),
        ("csat", 4.3, 100, None),
        ("csat", 4.3, 100, "/ 5"),
        ("csat", 104, 100, "%"),
        ("ratio", 0.8, 100, None),
        ("ratio", -2, 100, "%"),
        ("ces", 5.5, 694, None),
        ("average_billing", 3240, 50, "€"),
        ("customer_tenure", 60, 50, "kk"),
        ("clv", 97700, 50, "€"),
        ("count", 12, 50, None),
        ("money", 12, 50, "€"),
        ("duration", 15, 50, "min"),
    ],
)
def test_what_the_data_cannot_tell_has_no_margin(
    kind: Kind, value: float, n: float, unit: str | None
) -> None:
    assert margin_of_error(kind, value, n, unit) is None


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_number_of_answers_there_is_no_margin(tmp_path: Path, kind: Kind) -> None:
    words = words_of(tmp_path, f'kind: {kind}, unit: "%", latest: {{value: 50}}, target: {{value: 50}}')
    assert words.now and words.now.estimate is None and words.now.n is None
    assert not words.target_within_margin


# A margin as printed: two digits, rounded up, so that "at most" stays true


@pytest.mark.parametrize(
    ("metric", "printed"),
    [
        ("kind: nps, latest: {value: 41, n: 212}", "13"),
        ("kind: nps, latest: {value: 44, n: 598}", "7,2"),
        ("kind: nps, latest: {value: -44, n: 598}", "7,2"),
        ('kind: csat, unit: "%", latest: {value: 88, n: 3415}', f"1,1{NBSP}%"),
        ("kind: csat, latest: {value: 0.8, n: 100}", "0,079"),
        ('kind: csat, unit: "%", latest: {value: 50, n: 999999999999}', f"0,001{NBSP}%"),
        ("kind: nps, latest: {value: 0, n: 1}", "78"),
    ],
)
def test_a_margin_is_printed_with_two_digits_in_the_unit_of_its_figure(
    tmp_path: Path, metric: str, printed: str
) -> None:
    now = words_of(tmp_path, metric).now
    assert now and now.estimate and now.estimate.partition(f"±{NBSP}")[2] == printed


@pytest.mark.parametrize(
    ("target", "within"), [("48.4", False), ("48.3", True), ("33.7", True), ("33.6", False)]
)
def test_a_target_is_within_the_margin_as_it_is_printed(tmp_path: Path, target: str, within: bool) -> None:
    # n' = 601; variance 599.5 / 601 - (245.18 / 601)**2 = 0.831078; 196 * sqrt(0.831078 / 601) = 7.289
    figures = "baseline: {value: 10, n: 9}, latest: {value: 41, n: 598}"
    words = words_of(tmp_path, f"kind: nps, {figures}, target: {{value: {target}}}")
    assert words.now and words.now.estimate == f"41{NBSP}±{NBSP}7,3"
    assert words.target_within_margin is within


# In the reader's language


def test_the_starters_nps_in_three_languages(starter: Workspace) -> None:
    fi, en, sv = (in_starter(starter, "nps", language) for language in LANGUAGES)
    assert fi.start and fi.now and en.start and en.now and sv.now
    assert (fi.start.text, fi.start.n) == ("41", "612")
    assert fi.start.as_of == "31.12.2025"
    assert [now.estimate for now in (fi.now, en.now, sv.now)] == [
        f"44{NBSP}±{NBSP}{margin}" for margin in ("5,6", "5.6", "5,6")
    ]
    assert (fi.target, fi.kind, fi.source) == ("50", "nps", "customer")
    assert en.by == f"31{NBSP}Dec{NBSP}2027"
    assert en.note and en.note.startswith("A rise of three points")
    assert en.cadence == "twice a year, in March and September"
    assert fi.mine and not fi.target_within_margin


def test_the_starters_csat_in_three_languages(starter: Workspace) -> None:
    fi, en, sv = (in_starter(starter, "csat", language) for language in LANGUAGES)
    assert fi.now and en.now and sv.now
    assert (fi.now.text, fi.now.n, fi.now.estimate) == (
        f"88{NBSP}%",
        "200",
        f"88{NBSP}±{NBSP}4,6{NBSP}%",
    )
    assert (en.now.text, en.now.n, en.now.estimate) == ("88%", "200", f"88{NBSP}±{NBSP}4.6%")
    assert (sv.now.text, sv.now.n, sv.now.estimate) == (
        f"88{NBSP}%",
        "200",
        f"88{NBSP}±{NBSP}4,6{NBSP}%",
    )
    assert not fi.target_within_margin


def test_a_score_below_zero_has_a_true_minus(tmp_path: Path) -> None:
    now = words_of(tmp_path, "kind: enps, latest: {value: -12, n: 40}", "sv").now
    assert now and now.text == f"{MINUS}12"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_of_the_starter_is_said_whole(starter: Workspace, language: str) -> None:
    assert len(starter.metrics) == 11
    for metric in starter.metrics:
        words = in_starter(starter, metric.id, language)
        assert words.start and words.now and words.target and words.by
        assert words.name and words.how and words.cadence and words.owner and words.note and words.source
        assert words.trend, metric.id
        has_margin = metric.kind not in {"average_billing", "clv", "duration"}
        assert bool(words.now.estimate) is has_margin, metric.id


def test_the_baseline_stands_for_now_until_there_is_a_later_figure(tmp_path: Path) -> None:
    words = words_of(tmp_path, "kind: nps, baseline: {value: 41, n: 212}, target: {value: 54}")
    assert words.now == words.start is not None
    assert words.target_within_margin


def test_the_least_that_is_a_metric(tmp_path: Path) -> None:
    words = words_of(tmp_path, "kind: count")
    assert words == MetricWords(
        name="Luku",
        kind="count",
        start=None,
        now=None,
        target=None,
        by=None,
        progress=None,
        trend=None,
        change=None,
        source=None,
        how=None,
        cadence=None,
        owner=None,
        note=None,
        target_within_margin=False,
        mine=False,
    )


# What each kind means


@pytest.fixture(scope="module", params=LANGUAGES)
def explained(request: pytest.FixtureRequest) -> Mapping[str, object]:
    words = shipped.language_data(request.param, "metrics.yaml")
    assert isinstance(words, Mapping)
    return words


def test_every_kind_is_explained_in_every_language(explained: Mapping[str, object]) -> None:
    assert tuple(explained) == KINDS
    for kind, words in explained.items():
        assert isinstance(words, Mapping), kind
        assert tuple(words) == ("formula", "caveat"), kind
        assert all(isinstance(text, str) and text == text.strip() != "" for text in words.values()), kind


def test_a_formula_is_a_line_and_a_caveat_one_or_two_sentences(explained: Mapping[str, object]) -> None:
    for kind, words in explained.items():
        assert isinstance(words, Mapping)
        formula, caveat = words["formula"], words["caveat"]
        assert len(re.sub("[{}]", "", formula)) <= 130 and not formula.endswith("."), kind
        assert caveat.endswith(".") and caveat.count(". ") <= 1, kind


def test_the_value_of_a_customer_is_explained_by_its_formula(explained: Mapping[str, object]) -> None:
    words = explained["clv"]
    assert isinstance(words, Mapping)
    # It begins with a word, whose first letter the page makes a capital: m must stay m.
    word, formula = str(words["formula"]).split(" = ", 1)
    assert word.isalpha()
    assert formula.startswith(f"m · r ÷ (1 + i {MINUS} r)")
