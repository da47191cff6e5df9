"""Cells as people type them: read by SQL as Python's own reading says, or refused; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from measuring import TODAY, answers, metric, table
from workspaces import linked

from pitchgen.measure import data
from pitchgen.measure.cells import GOOD_BAD, Mark, Reading, is_ambiguous, literal, number, proves
from pitchgen.measure.kinds import Holds
from pitchgen.measure.measure import measure
from pitchgen.measure.measured import Measured
from pitchgen.workspace import Workspace

ENGINE = duckdb.connect()
ENGINE.execute("SET TimeZone = 'UTC'")
PLACES = Decimal("0.000001")
MARKS = {"comma": ",", "point": "."}
# What people put between thousands, beside the other mark.
SPACES = (" ", "\u00a0", "\u202f", "'")
OTHER = {",": ".", ".": ","}


def read(sql: str, cells: Sequence[str]) -> list[object]:
    """What SQL about a `cell` makes of cells."""
    rows = ", ".join(f"({n}, {literal(cell)})" for n, cell in enumerate(cells))
    asked = f"SELECT {sql} FROM (VALUES {rows}) AS cells(n, cell) ORDER BY n"
    return [value for (value,) in ENGINE.execute(asked).fetchall()]


# Numbers


@st.composite
def amounts(draw: st.DrawFn, decimal: str) -> tuple[str, Decimal]:
    """A number as somebody types it, and what it is."""
    whole = draw(st.integers(0, 10**15))
    fraction = draw(st.sampled_from(("", "5", "50", "07", "1234", "000001")))
    group = draw(st.sampled_from(("", *SPACES, OTHER[decimal])))
    sign = draw(st.sampled_from(("", "-", "+", "\N{MINUS SIGN}")))
    before, after = draw(
        st.sampled_from((("", ""), ("€ ", ""), ("€", ""), ("", " €"), ("", "kr"), ("", " EUR")))
    )
    typed = f"{whole:,}".replace(",", group) + (f"{decimal}{fraction}" if fraction else "")
    value = Decimal(f"{whole}.{fraction or 0}")
    return f"{before}{sign}{typed}{after}", -value if sign in ("-", "\N{MINUS SIGN}") else value


@pytest.mark.parametrize("mark", ["comma", "point"])
@settings(max_examples=20)
@given(drawn=st.data())
def test_numbers_as_people_type_them_are_what_they_mean(mark: Mark, drawn: st.DataObject) -> None:
    typed = drawn.draw(st.lists(amounts(MARKS[mark]), min_size=1, max_size=20))
    assert read(number("cell", mark), [cell for cell, _ in typed]) == [value for _, value in typed]


TYPED = st.text(alphabet="0123456789.,' \u00a0-+\N{MINUS SIGN}€eE_x%k\n", max_size=12)


@pytest.mark.parametrize("mark", ["comma", "point", None])
@settings(max_examples=20)
@given(cells=st.lists(TYPED, min_size=1, max_size=40))
@example(
    cells=[
        "1_000",
        "1e3",
        "0x10",
        "inf",
        "NaN",
        "1,2,3",
        "1.2.3",
        "--1",
        "1-",
        "- 1",
        ".5",
        "5.",
        ",5",
        "1 2",
    ]
)
def test_what_is_read_as_a_number_is_one_and_no_other(mark: Mark | None, cells: list[str]) -> None:
    for cell, value in zip(cells, read(number("cell", mark), cells), strict=True):
        assert value is None or value == understood(cell, mark), cell


def understood(cell: str, mark: Mark | None) -> Decimal | None:
    """What a number says with this before its decimals, by Python; None for what is no number."""
    decimal = MARKS[mark] if mark else ""
    group = OTHER[decimal] if decimal else ""
    bare = re.sub(r"^[€%k]\s?|\s?(?:[€%]|kr)$", "", cell.strip()).replace("\N{MINUS SIGN}", "-").strip()
    grouped = rf"[0-9]{{1,3}}(?:[ \u00a0\u202f'{group}][0-9]{{3}})+"
    fraction = rf"(?:\{decimal}[0-9]*)?" if decimal else ""
    shape = rf"([-+]?) ?({grouped}{fraction}|[0-9]+{fraction}|{fraction[:-1] or 'x'})"
    if not (found := re.fullmatch(shape, bare)):
        return None
    digits = re.sub(rf"[^0-9{decimal}]", "", found[2]).replace(",", ".")
    return Decimal(f"{found[1]}{digits}").quantize(PLACES, ROUND_HALF_UP)


@settings(max_examples=20)
@given(cells=st.lists(TYPED, min_size=1, max_size=40))
def test_a_number_that_shows_its_mark_is_no_number_with_the_other(cells: list[str]) -> None:
    pairs: tuple[tuple[Mark, Mark], ...] = (("comma", "point"), ("point", "comma"))
    for mark, other in pairs:
        shown, read_so = read(proves("cell", mark), cells), read(number("cell", other), cells)
        assert [
            cell for cell, proof, value in zip(cells, shown, read_so, strict=True) if proof and value
        ] == []


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("1,5", "comma"),
        ("1234,50 €", "comma"),
        ("0,125", "comma"),
        ("1234,567", "comma"),
        ("1 234,567", "comma"),
        ("1.234,567", "comma"),
        ("1.234.567", "comma"),
        ("-0,5", "comma"),
        ("1.5", "point"),
        ("$1,234.5", "point"),
        ("0.125", "point"),
        ("1,234,567", "point"),
        ("\N{MINUS SIGN}12.34", "point"),
        ("1.234", None),
        ("12,345", None),
        ("1234", None),
        ("1 234", None),
        ("-1.234", None),
        ("999,999 €", None),
    ],
)
def test_a_number_shows_what_stands_before_decimals_or_could_be_two(cell: str, mark: str | None) -> None:
    shown = {each: read(proves("cell", each), [cell])[0] for each in ("comma", "point")}
    assert shown == {"comma": mark == "comma", "point": mark == "point"}
    assert read(is_ambiguous("cell"), [cell]) == [mark is None and bool(re.search("[.,]", cell))]
    # What could be two is none of them.
    assert mark or not re.search("[.,]", cell) or read(number("cell", None), [cell]) == [None]


# Days and times


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
FORMS = {
    None: (
        "{0:%Y-%m-%d}",
        "{0.day}.{0.month}.{0.year}",
        "{0:%d.%m.%Y}",
        " {0:%Y-%m-%d} ",
        "{0:%Y-%m-%d} 08:30",
    ),
    "day-first": ("{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "{0.day}.{0.month}.{0.year}"),
    "month-first": ("{0.month}/{0.day}/{0.year}", "{0:%m/%d/%Y}", "{0:%Y-%m-%d}"),
}


@pytest.mark.parametrize("told", [None, "day-first", "month-first"])
@settings(max_examples=20)
@given(days=st.lists(DAYS, min_size=1, max_size=10))
def test_days_as_people_type_them_are_what_they_mean(told: str | None, days: list[date]) -> None:
    for form in FORMS[told]:
        cells = [form.format(day) for day in days]
        assert read(Reading(told).expression(Holds.DAY, "cell", "invoiced"), cells) == days


TIMES = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC))


@settings(max_examples=20)
@given(moments=st.lists(TIMES.map(lambda each: each.replace(microsecond=0)), min_size=1, max_size=10))
def test_times_as_people_type_them_are_what_they_mean(moments: list[datetime]) -> None:
    zone = timezone(timedelta(hours=2))
    for form, exact in (
        ("{0:%Y-%m-%d %H:%M:%S}", True),
        ("{0:%Y-%m-%dT%H:%M:%SZ}", True),
        ("{0:%Y-%m-%d %H:%M}", False),
        ("{0.day}.{0.month}.{0.year} {0:%H:%M:%S}", True),
        ("{0.day}.{0.month}.{0.year} {0.hour}.{0:%M}", False),
    ):
        cells = [form.format(each) for each in moments]
        meant = moments if exact else [each.replace(second=0) for each in moments]
        assert moment(cells) == meant
    assert moment([each.astimezone(zone).isoformat() for each in moments]) == moments


def moment(cells: Sequence[str], told: str | None = None) -> list[object]:
    """Cells as moments, in UTC."""
    sql = Reading(told).expression(Holds.MOMENT, "cell", "answered")
    # Without the engine's own reading of a zone, for which it wants a package more.
    return [
        datetime.fromtimestamp(0, UTC) + timedelta(microseconds=value) if isinstance(value, int) else None
        for value in read(f"epoch_us({sql})", cells)
    ]


ALMOST = st.one_of(
    st.text(alphabet="0123456789./-: T", max_size=19),
    st.from_regex(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}( [0-9]{1,2}[:.][0-9]{2})?", fullmatch=True),
)


@pytest.mark.parametrize("told", [None, "day-first", "month-first"])
@pytest.mark.parametrize("holds", [Holds.DAY, Holds.MOMENT])
@settings(max_examples=20)
@given(cells=st.lists(ALMOST, min_size=1, max_size=40))
@example(
    cells=[
        "30/09/26",
        "1.9.26",
        "2026-13-01",
        "31.9.2026",
        "29.2.2025",
        "2026-09-01 - 2026-09-30",
        "infinity",
        "1.9.2026 - 30.9.2026",
        "2026-09-01 25:00",
        "2026-09",
        "20260901",
        "1.9.",
        "epoch",
        "2026-09-01 x",
    ]
)
def test_what_is_read_as_a_day_is_that_day_and_no_other(
    holds: Holds, told: str | None, cells: list[str]
) -> None:
    if holds is Holds.DAY:
        found = read(Reading(told).expression(holds, "cell", "invoiced"), cells)
    else:
        found = [value.date() if isinstance(value, datetime) else value for value in moment(cells, told)]
    for cell, value in zip(cells, found, strict=True):
        assert value is None or value == meant_day(cell, told), cell


def meant_day(cell: str, told: str | None) -> date | None:
    """The day that a cell says, by Python."""
    form = (
        r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4})"
        r"|(?P<Y>[0-9]{4})-(?P<M>[0-9]{1,2})-(?P<D>[0-9]{1,2})"
    )
    slashes = {"day-first": "|(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})/(?P<c>[0-9]{4})"}
    slashes["month-first"] = "|(?P<b>[0-9]{1,2})/(?P<a>[0-9]{1,2})/(?P<c>[0-9]{4})"
    time = r"(?:[ T]+[0-9]{1,2}[:.][0-9]{1,2}(?:[:.][0-9]{1,2}(?:\.[0-9]*)?)?)?"
    found = re.fullmatch(f"(?:{form}{slashes.get(told or '', '')}){time}", cell.strip())
    if not found:
        return None
    parts = {key: value for key, value in found.groupdict().items() if value}
    year, month, day = (next(parts[key] for key in keys if key in parts) for keys in ("yYc", "mMb", "dDa"))
    with suppress(ValueError):
        return date(int(year), int(month), int(day))
    return None


# Answers


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("9", 9),
        (" 10 ", 10),
        ("9.0", 9),
        ("10 - Extremely likely", 10),
        ("0 (never)", 0),
        ("7: ok", 7),
        ("4/5", 4),
        ("9.5", None),
        ("9,5", None),
        ("3-4", None),
        ("9 - 10", None),
        ("1:30", None),
        ("5/9/2026", None),
        ("10-12-2026", None),
        ("ten", None),
        ("-3", None),
        ("1000", None),
        ("+5", None),
        ("9 out of ten", None),
    ],
)
def test_an_answer_is_a_whole_number_and_may_say_what_it_means(cell: str, answer: int | None) -> None:
    assert read(Reading().expression(Holds.ANSWER, "cell", "answer"), [cell]) == [answer]


def test_thumbs_are_good_or_bad_in_any_letters() -> None:
    cells = ["Good", "good with comment", "BAD", "Offered", "", "5"]
    sql = Reading(scale=GOOD_BAD).expression(Holds.ANSWER, "cell", "answer")
    assert read(sql, cells) == [1, 1, 0, None, None, None]


# Large texts, which are read where they stand


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace that measures answers."""
    origin = "file: data/a.csv\nperiod: month\nleast_answers: 1\nleave_out: {Syy: testi*}"
    root = metric(tmp_path_factory.mktemp("large"), "nps", origin, {"data/a.csv": answers([9])})
    return linked(root)


CELLS = st.sampled_from(["9", "", "10", "0", " 7 ", "10 - kyllä", "yksi", "11", "#9"])
TEXTS = st.sampled_from(["", "x", "#", '"a ""b"""', '"a\nb"', '"a;b"', "testi 1", "ä€", "'", "x;y", '"'])
DATED = st.sampled_from(["1.9.2026", "2.10.2026", "", "#1.9.2026", "3/4/2026"])


@settings(max_examples=40)
@given(
    lines=st.lists(st.tuples(DATED, CELLS, TEXTS), max_size=6),
    end=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
)
@example(lines=[("1.9.2026", "9", '"a\nb"')], end="\r\n", last=True)
@example(lines=[("1.9.2026", "9", "#"), ("", "", ""), ("2.10.2026", "8", "x;y")], end="\n", last=False)
def test_a_large_text_gives_the_same_as_a_small_one(
    workspace: Workspace, lines: list[tuple[str, ...]], end: str, last: bool
) -> None:
    content = table("Vastattu;Arvosana;Syy", [";".join(line) for line in lines]).replace("\n", end)
    (workspace.root / "data/a.csv").write_bytes((content if last else content.removesuffix(end)).encode())
    assert of_size(workspace, 0) == of_size(workspace, 10**9)


def test_texts_in_cells_with_line_ends_of_any_kind_are_counted(workspace: Workspace) -> None:
    content = 'Vastattu;Arvosana;Syy\r\n1.9.2026;9;"a\r\nb"\r\n1.9.2026;9;"a\nb\rc"\r\n'
    (workspace.root / "data/a.csv").write_bytes(content.encode())
    for large in (0, 10**9):
        found = of_size(workspace, large)
        assert (found.problems, found.figures[-1].n) == ((), 2)


def of_size(workspace: Workspace, large: int) -> Measured:
    """What is measured where texts of so many bytes are large."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "LARGE", large)
        (found,) = measure(workspace, date.fromisoformat(TODAY))
    return found
