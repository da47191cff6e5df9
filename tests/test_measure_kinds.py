"""Every kind of figure, beside an implementation that has nothing in common with pitchgen's; and three tables
as they were printed.
"""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from math import inf, isnan, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW
from workspaces import linked, small

from pitchgen.compose.margin import Z, rounded_up, share_margin
from pitchgen.measure.lifetime import lifetime
from pitchgen.measure.measure import measure
from pitchgen.measure.measured import Measured, MeasuredFigure
from pitchgen.measure.staying import DAYS, Step, areas, life_table, median_days, median_interval
from pitchgen.measure.survey import net_margin

TODAY = date(2026, 11, 21)
# The peers take a normal distribution's 97.5th percentile for what is printed as 1.96.
CLOSE = 1e-4
HERE = date.max

METRICS = """
    metrics:
      - {id: nps, name: N, kind: nps, from: {file: data/answers.csv, period: quarter}}
      - {id: enps, name: N, kind: enps, from: {file: data/answers.csv, period: month}}
      - {id: csat, name: N, kind: csat, unit: "%", from: {file: data/answers.csv, scale: 0-10, period: month}}
      - {id: ces, name: N, kind: ces, from: {file: data/answers.csv, scale: 0-10, period: quarter}}
      - {id: billing, name: N, kind: average_billing, unit: €,
         from: {file: data/invoices.csv, decimals: point, currency: EUR}}
      - {id: spread, name: N, kind: average_billing, unit: €,
         from: {file: data/covers.csv, decimals: point, currency: EUR}}
      - {id: money, name: N, kind: money, unit: €,
         from: {file: data/invoices.csv, decimals: point, currency: EUR, columns: {happened: invoiced}}}
      - {id: revenue, name: N, kind: revenue_retention, unit: "%",
         from: {file: data/invoices.csv, decimals: point, currency: EUR, period: quarter}}
      - {id: tenure, name: N, kind: customer_tenure, from: {file: data/stays.csv, unit: days, period: year}}
      - {id: mean, name: N, kind: customer_tenure,
         from: {file: data/stays.csv, unit: months, restricted_to: 12, period: year}}
      - {id: retention, name: N, kind: retention, unit: "%",
         from: {file: data/stays.csv, over: quarter, period: month}}
      - {id: count, name: N, kind: count, from: {file: data/tickets.csv, columns: {happened: started}}}
      - {id: ratio, name: N, kind: ratio, unit: "%",
         from: {file: data/tickets.csv, columns: {happened: started}, counts: {way: phone}}}
      - {id: duration, name: N, kind: duration, from: {file: data/tickets.csv, unit: minutes}}
      - {id: clv, name: N, kind: clv, unit: €,
         from: {billing: billing, retention: retention, margin: 31, interest: 10, period: month}}
"""


def table(headings: str, rows: Iterable[Sequence[object]]) -> str:
    """Rows as an export has them."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([headings.split(), *rows])
    return text.getvalue()


def day_of(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(chance.randrange((last - first).days + 1))


class Answer:
    """Somebody's answer, at a moment of its own."""

    def __init__(self, chance: random.Random, number: int) -> None:
        self.customer = f"c{chance.randrange(250)}"
        self.answer = chance.choice((0, 3, 5, 6, 7, 7, 8, 8, 9, 9, 10, 10))
        minutes = number * 701 + chance.randrange(600)
        self.at = datetime(2025, 10, 3) + timedelta(minutes=minutes)


def answers() -> list[Answer]:
    chance = random.Random(1)
    return [Answer(chance, number) for number in range(700)]


class Invoice:
    """What a customer was billed on a day, with what it covers."""

    def __init__(self, chance: random.Random) -> None:
        self.customer = f"c{chance.randrange(40)}"
        self.day = day_of(chance, date(2024, 11, 1), date(2026, 10, 31))
        self.amount = Decimal(chance.randrange(-20_000, 300_000)) / 1000
        self.vat = Decimal(chance.randrange(0, 5000)) / 100
        self.currency = chance.choice(("EUR", "EUR", "EUR", "eur", "SEK"))
        self.covers: tuple[date, date] | None = None
        if chance.random() < 0.5:
            first = day_of(chance, date(2025, 1, 1), date(2026, 3, 1))
            self.covers = first, first + timedelta(chance.randrange(500))


def invoices() -> list[Invoice]:
    chance = random.Random(2)
    return [Invoice(chance) for _ in range(1500)]


def stays() -> list[tuple[int, date, date]]:
    """Customer, start and end; some came back, and some of their times overlap."""
    chance, found = random.Random(3), []
    for customer in range(240):
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            first = day_of(chance, date(2024, 1, 1), date(2026, 9, 1))
            last = first + timedelta(chance.randrange(1, 500)) if chance.random() < 0.7 else HERE
            found.append((customer, first, last))
    for customer in range(240, 270):
        first = day_of(chance, date(2024, 1, 1), date(2026, 1, 1))
        middle = first + timedelta(chance.randrange(1, 200))
        found += [(customer, first, middle), (customer, middle, middle + timedelta(90))]
    return found


def tickets() -> list[tuple[datetime, datetime | None, str]]:
    chance, found = random.Random(4), list[tuple[datetime, datetime | None, str]]()
    for _ in range(600):
        start = datetime(2026, 7, 1) + timedelta(seconds=chance.randrange(120 * 86_400))
        end = start + timedelta(seconds=chance.randrange(90_000)) if chance.random() < 0.9 else None
        found.append((start, end, chance.choice(("phone", "chat"))))
    return found


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measured]:
    """The metrics above by their ids, measured once."""
    files = {
        "metrics.yaml": METRICS,
        "data/answers.csv": table(
            "customer answer answered", [(a.customer, a.answer, a.at) for a in answers()]
        ),
        "data/invoices.csv": table(
            "customer invoiced amount vat currency",
            [(i.customer, i.day, i.amount, i.vat, i.currency) for i in invoices()],
        ),
        "data/covers.csv": table(
            "customer invoiced amount vat currency covers_from covers_to",
            [(i.customer, i.day, i.amount, i.vat, i.currency, *(i.covers or ("", ""))) for i in invoices()],
        ),
        "data/stays.csv": table(
            "customer started ended", [(c, first, "" if last is HERE else last) for c, first, last in stays()]
        ),
        "data/tickets.csv": table("started ended way", tickets()),
    }
    root = small(tmp_path_factory.mktemp("kinds"), files)
    found = {each.metric.id: each for each in measure(linked(root), TODAY)}
    assert not [problem for each in found.values() for problem in each.problems]
    return found


def by_period(one: Measured) -> dict[str, MeasuredFigure]:
    assert one.figures
    return {figure.period.name: figure for figure in one.figures}


def quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def month(day: date) -> str:
    return f"{day:%Y-%m}"


def over(name: str) -> bool:
    """Whether a month or quarter is one that is over."""
    return name < ("2026-Q4" if "Q" in name else "2026-11")


def last_answers(period: str) -> dict[str, list[int]]:
    """The last answer of each customer in each period."""
    name = quarter if period == "quarter" else month
    last = {
        (name(each.at), each.customer): each.answer for each in sorted(answers(), key=lambda each: each.at)
    }
    found = defaultdict(list)
    for (when, _), answer in last.items():
        if over(when):
            found[when].append(answer)
    return found


def months_between(first: date, last: date) -> list[str]:
    return sorted({month(first + timedelta(n)) for n in range((last - first).days + 1)})


def margin_is(figure: MeasuredFigure, margin: float) -> bool:
    """Whether it is printed with this margin; where the two stand astride a step, either is right."""
    return figure.margin in (rounded_up(margin * (1 - CLOSE)), rounded_up(margin * (1 + CLOSE)))


def margin_of(part: int, whole: int) -> float:
    """Half of statsmodels' interval of a share, before it cuts off what is below 0 or above 1."""
    low, high = proportion_confint(part, whole, method="agresti_coull")
    middle = (part + Z**2 / 2) / (whole + Z**2)
    return float(max(high - middle, middle - low))


@pytest.mark.parametrize(("id", "period"), [("nps", "quarter"), ("enps", "month")])
def test_net_promoter_scores(measured: Mapping[str, Measured], id: str, period: str) -> None:
    figures, expected = by_period(measured[id]), last_answers(period)
    assert figures.keys() == {name for name, each in expected.items() if len(each) >= 5}
    for name, figure in figures.items():
        scores = [(each > 8) - (each < 7) for each in expected[name]]
        assert figure.exact == 100 * Fraction(sum(scores), len(scores))
        # The answers that Rocks adds, as observations with weights.
        added = DescrStatsW([*scores, 1, 0, -1], weights=[*(1 for _ in scores), 0.75, 1.5, 0.75])
        assert margin_is(figure, 100 * Z * added.std / sqrt(added.sum_weights))
    again = sum(measured[id].left_out.values())
    of_period = [quarter(a.at) if period == "quarter" else month(a.at) for a in answers()]
    assert again == sum(map(over, of_period)) - sum(map(len, expected.values()))


def test_satisfaction(measured: Mapping[str, Measured]) -> None:
    for name, figure in by_period(measured["csat"]).items():
        given_ = last_answers("month")[name]
        best = sum(each >= 9 for each in given_)
        assert figure.exact == Fraction(100 * best, len(given_))
        assert margin_is(figure, 100 * margin_of(best, len(given_)))


def test_effort(measured: Mapping[str, Measured]) -> None:
    for name, figure in by_period(measured["ces"]).items():
        sample = DescrStatsW(last_answers("quarter")[name])
        assert float(figure.exact) == pytest.approx(sample.mean, rel=1e-12)
        low, high = sample.zconfint_mean()
        assert margin_is(figure, (high - low) / 2)


def billed(*, spread: bool) -> dict[str, dict[str, Fraction]]:
    """What each customer was billed in each month, without VAT."""
    found: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for each in invoices():
        if each.currency.upper() != "EUR":
            continue
        months = months_between(*each.covers) if spread and each.covers else [month(each.day)]
        for name in months:
            found[name][each.customer] += Fraction(each.amount - each.vat) / len(months)
    return found


@pytest.mark.parametrize(("id", "spread"), [("billing", False), ("spread", True)])
def test_average_billing(measured: Mapping[str, Measured], id: str, spread: bool) -> None:
    expected = {name: each for name, each in billed(spread=spread).items() if over(name) and len(each) >= 5}
    figures = by_period(measured[id])
    first = min(month(each.day) for each in invoices())
    assert figures.keys() == {name for name in expected if name >= first}
    for name, figure in figures.items():
        customers = expected[name]
        # A month's part of a sum is whole in millionths, and the rest is in another month.
        average = sum(customers.values(), Fraction()) / len(customers)
        assert abs(figure.exact - average) <= (Fraction(1, 10**5) if spread else 0)
        assert figure.n == len(customers)


def test_money(measured: Mapping[str, Measured]) -> None:
    found = {name: figure.exact for name, figure in by_period(measured["money"]).items()}
    assert found == {name: sum(each.values()) for name, each in billed(spread=False).items() if over(name)}


def test_revenue_retention(measured: Mapping[str, Measured]) -> None:
    totals: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for name, customers in billed(spread=False).items():
        for customer, total in customers.items():
            totals[quarter(date.fromisoformat(f"{name}-01"))][customer] += total
    figures = by_period(measured["revenue"])
    assert len(figures) > 2
    for name, figure in figures.items():
        past = {c: total for c, total in totals[f"{int(name[:4]) - 1}{name[4:]}"].items() if total > 0}
        now = sum(totals[name].get(customer, 0) for customer in past)
        assert figure.exact == 100 * now / sum(past.values())
        assert figure.n == len(past)


def spells() -> list[tuple[int, date, date]]:
    """Stays of which those of one customer that touch are one, found day by day."""
    days: dict[int, set[date]] = defaultdict(set)
    end = TODAY + timedelta(1)
    here = {customer for customer, _, last in stays() if last is HERE}
    for customer, first, last in stays():
        days[customer] |= {first + timedelta(n) for n in range((min(last, end) - first).days)}
    found = []
    for customer, there in days.items():
        starts = sorted(day for day in there if day - timedelta(1) not in there)
        ends = sorted(day + timedelta(1) for day in there if day + timedelta(1) not in there)
        for first, last in zip(starts, ends, strict=True):
            found.append((customer, first, HERE if last >= end and customer in here else last))
    return found


def survival_at(day: date) -> SurvfuncRight:
    """The stays as they were known on a day."""
    known = [(first, last) for _, first, last in spells() if first <= day]
    lengths = [(min(last, day) - first).days for first, last in known]
    return SurvfuncRight(lengths, [last <= day for _, last in known])


def test_tenure(measured: Mapping[str, Measured]) -> None:
    figures = by_period(measured["tenure"])
    assert figures
    for name, figure in figures.items():
        survival = survival_at(date(int(name), 12, 31))
        assert figure.exact == survival.quantile(0.5)
        low, high = survival.quantile_ci(0.5)
        expected = None if high == inf else max(figure.exact - int(low), int(high) - figure.exact)
        assert figure.margin == (None if expected is None else rounded_up(float(expected)))
    back = Counter(customer for customer, _, _ in spells())
    assert f"{sum(number > 1 for number in back.values())} left and came back" in measured["tenure"].notes[0]


def test_tenure_within_a_time(measured: Mapping[str, Measured]) -> None:
    unit = float(DAYS["months"])
    for name, figure in by_period(measured["mean"]).items():
        survival = survival_at(date(int(name), 12, 31))
        end = 12 * unit
        times = np.array([0.0, *(t for t in survival.surv_times if t < end), end])
        heights = np.array(
            [1.0, *(s for t, s in zip(survival.surv_times, survival.surv_prob, strict=True) if t < end)]
        )
        areas = np.diff(times) * heights
        assert float(figure.exact) == pytest.approx(areas.sum() / unit, rel=1e-9)
        left = areas.sum() - np.cumsum(areas)[:-1]
        events = len(left)
        risk, gone = survival.n_risk[:events], survival.n_events[:events]
        variance = (left**2 * gone / (risk * (risk - gone))).sum()
        assert margin_is(figure, Z * sqrt(variance) / unit)


def test_retention(measured: Mapping[str, Measured]) -> None:
    def here(day: date) -> set[int]:
        return {customer for customer, first, last in stays() if first <= day < last}

    figures = by_period(measured["retention"])
    assert len(figures) > 12
    for figure in figures.values():
        day = figure.period.last
        year, months = divmod(day.year * 12 + day.month - 3, 12)
        before = date(year, months + 1, 1) - timedelta(1)
        past = here(before)
        stayed = len(past & here(day))
        assert (figure.exact, figure.n) == (Fraction(100 * stayed, len(past)), len(past))
        assert margin_is(figure, 100 * margin_of(stayed, len(past)))


def test_counts_and_shares(measured: Mapping[str, Measured]) -> None:
    counts, shares = by_period(measured["count"]), by_period(measured["ratio"])
    assert set(counts) == {"2026-07", "2026-08", "2026-09", "2026-10"}
    for name, figure in counts.items():
        rows = [way for start, _, way in tickets() if month(start) == name]
        assert figure.exact == len(rows)
        assert shares[name].exact == Fraction(100 * rows.count("phone"), len(rows))
        assert margin_is(shares[name], 100 * margin_of(rows.count("phone"), len(rows)))


def test_durations(measured: Mapping[str, Measured]) -> None:
    for name, figure in by_period(measured["duration"]).items():
        took = [
            (end - start).total_seconds() / 60 for start, end, _ in tickets() if end and month(start) == name
        ]
        median, most = np.quantile(took, [0.5, 0.9])
        assert float(figure.exact) == pytest.approx(median, rel=1e-12)
        assert float(figure.beside["90th percentile"]) == pytest.approx(most, abs=0.5)
        assert figure.n == len(took)
    assert measured["duration"].left_out == {"open": sum(end is None for _, end, _ in tickets())}


def test_lifetime_values(measured: Mapping[str, Measured]) -> None:
    billing, retention = by_period(measured["billing"]), by_period(measured["retention"])
    figures = by_period(measured["clv"])
    assert figures.keys() == billing.keys() & retention.keys()
    for name, figure in figures.items():
        margin = float(billing[name].exact) * 12 * 0.31
        kept = float(retention[name].exact) / 100
        # Each year's margin, of those who are still there, as it is worth today.
        years = sum(margin * (kept / 1.1) ** year for year in range(1, 4000))
        assert float(figure.exact) == pytest.approx(years, rel=1e-9)


shares = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(shares)
def test_the_margin_of_any_share(share: tuple[int, int]) -> None:
    assert share_margin(share[0] / share[1], share[1]) == pytest.approx(margin_of(*share), rel=CLOSE)


@given(st.integers(0, 900), st.integers(0, 900), st.integers(0, 900))
def test_the_margin_of_any_net_promoter_score(promoters: int, passives: int, detractors: int) -> None:
    counts = [promoters + 0.75, passives + 1.5, detractors + 0.75]
    added = DescrStatsW([1, 0, -1], weights=counts)
    n = promoters + passives + detractors
    assert net_margin(promoters, detractors, n) == pytest.approx(100 * Z * added.std / sqrt(n + 3), rel=1e-9)


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=2, max_size=60))
def test_the_median_of_any_stays(stays: list[tuple[int, bool]]) -> None:
    lengths = Counter(stays)
    steps = life_table(
        [
            (days, lengths[days, True], lengths[days, True] + lengths[days, False])
            for days in {days for days, _ in stays}
        ]
    )
    survival = SurvfuncRight(*map(list, zip(*stays, strict=True)))
    assert [each.days for each in steps] == [
        t for t, d in zip(survival.surv_times, survival.n_events, strict=True) if d
    ]
    # At exactly one half, statsmodels as SAS waits for the next to leave.
    assume(not any(abs(each - 0.5) < 1e-9 for each in survival.surv_prob))
    median = survival.quantile(0.5)
    assert median_days(steps) == (None if isnan(median) else median)
    with np.errstate(all="ignore"):
        low, high = survival.quantile_ci(0.5)
    assume(not isnan(low))
    found = median_interval(steps)
    assert found == (low, None if high == inf else high)


def test_half_of_those_who_came_have_left_by_the_median() -> None:
    assert median_days(life_table([(days, 1, 1) for days in (1, 2, 3, 4)])) == 2
    assert median_days(life_table([(1, 1, 1), (2, 0, 1)])) == 1
    assert median_days(life_table([(1, 1, 1), (2, 0, 2)])) is None


@given(st.decimals(0, 5000, places=2), st.integers(1, 100), st.integers(0, 100), st.integers(1, 40))
def test_the_worth_of_any_customer(billing: Decimal, margin: int, retention: int, interest: int) -> None:
    exact = lifetime(
        Fraction(billing), Fraction(margin, 100), Fraction(retention, 100), Fraction(interest, 100)
    )
    assert exact is not None
    # What is there at the start of a year is what it leaves, and what is left after it.
    yearly, kept = Fraction(billing) * 12 * margin / 100, Fraction(retention, 100 + interest)
    assert exact == kept * (yearly + exact)


# Freireich et al. 1963, Blood 21(6), 699-716: weeks in remission of 21 children each, + where it went on; the
# survival function as in Kleinbaum & Klein, "Survival Analysis", 3rd ed. 2012, chapter 2.
MERCAPTOPURINE = "6 6 6 7 10 13 16 22 23 6+ 9+ 10+ 11+ 17+ 19+ 20+ 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
PRINTED = {
    MERCAPTOPURINE: """
        6 21 3 .8571
        7 17 1 .8067
        10 15 1 .7529
        13 12 1 .6902
        16 11 1 .6275
        22 7 1 .5378
        23 6 1 .4482
    """,
    PLACEBO: """
        1 21 2 .90
        2 19 2 .81
        3 17 1 .76
        4 16 2 .67
        5 14 2 .57
        8 12 4 .38
        11 8 2 .29
        12 6 2 .19
        15 4 1 .14
        17 3 1 .10
        22 2 1 .05
        23 1 1 .00
    """,
}


@pytest.mark.parametrize(("weeks", "median"), [(MERCAPTOPURINE, 23), (PLACEBO, 8)])
def test_remissions_come_out_as_they_were_printed(tmp_path: Path, weeks: str, median: int) -> None:
    end = date(2025, 12, 31)
    rows = []
    for number, length in enumerate(weeks.split()):
        days = int(length.rstrip("+"))
        first = end - timedelta(days) if length.endswith("+") else date(2025, 3, 1)
        rows.append((number, first, "" if length.endswith("+") else first + timedelta(days)))
    metrics = """
    metrics:
      - {id: median, name: N, kind: customer_tenure, from: {file: data/stays.csv, unit: days, period: year}}
    """
    files = {"metrics.yaml": metrics, "data/stays.csv": table("customer started ended", rows)}
    (found,) = measure(linked(small(tmp_path, files)), date(2026, 1, 1))
    assert (int(found.figures[-1].exact), found.figures[-1].n) == (median, 21)
    steps = life_table_of(weeks)
    printed = [line.split() for line in PRINTED[weeks].strip().splitlines()]
    assert [(each.days, each.at_risk, each.left) for each in steps] == [
        (int(days), int(at_risk), int(left)) for days, at_risk, left, _ in printed
    ]
    for week, _, _, share in printed:
        # What a week more adds to the area is the share that is still there.
        still = areas(steps, Fraction(int(week) + 1))[0] - areas(steps, Fraction(week))[0]
        assert f"{still:.{len(share) - 1}f}".removeprefix("0") == share


def life_table_of(weeks: str) -> list[Step]:
    lengths = Counter(int(each.rstrip("+")) for each in weeks.split())
    gone = Counter(int(each) for each in weeks.split() if not each.endswith("+"))
    return life_table([(days, gone[days], n) for days, n in lengths.items()])


# Gupta & Lehmann 2003, "Customers as Assets", Journal of Interactive Marketing 17(1), 9-24: the multiple of a
# yearly margin that a customer is worth, by retention and discount rate.
MULTIPLES = """
         10   12   14   16
    60  1.20 1.15 1.11 1.07
    70  1.75 1.67 1.59 1.52
    80  2.67 2.50 2.35 2.22
    90  4.50 4.09 3.75 3.46
"""


def test_multiples_of_a_margin_come_out_as_they_were_printed() -> None:
    rates, *rows = (line.split() for line in MULTIPLES.strip().splitlines())
    for retention, *printed in rows:
        for interest, multiple in zip(rates, printed, strict=True):
            worth = lifetime(
                Fraction(1, 12), Fraction(1), Fraction(int(retention), 100), Fraction(int(interest), 100)
            )
            assert worth is not None
            assert f"{float(worth):.2f}" == multiple


def test_the_margin_of_an_nps_of_many_answers_is_the_printed_one() -> None:
    # Engelhardt 2016, "Net Promoter Score Confidence Intervals 2: Maths and Stats", CYBAEA on R: of an even
    # split, the 95 per cent interval is 320 / sqrt(n) wide. The three answers that Rocks adds do not show
    # there.
    n = 3_000_000
    assert round(2 * net_margin(n // 3, n // 3, n) * sqrt(n)) == 320
