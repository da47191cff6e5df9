"""Cells as SQL: how a column of texts is read as numbers, days and answers, and nothing is guessed.

DuckDB's own casts take `30/09/26` for a day of the year 30, `1_000` for a thousand and `infinity` for a day,
and see no hour in a zone: what is read here is what a person at a desk means by it, or is told as wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pitchgen.measure.kinds import Holds
from pitchgen.model.amount import FIRST_YEAR, LAST_YEAR

Mark = Literal["comma", "point"]

NUMBER = "DECIMAL(24, 6)"
GOOD_BAD = "good/bad"
# Surveys write `10 - Extremely likely`, too, and `4/5`; but `9-10` is two, and `1:30` none.
_ANSWER = "^([0-9]{1,3})([.,]0{1,2})?( ?[-:(\N{EN DASH}] ?[^-0-9 ].*| ?/ ?(5|7|10))?$"
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_SIGN = "[-+\N{MINUS SIGN}]?"
_AROUND = "(?:€|\\$|£|%|kr|eur|sek|usd|gbp|nok|dkk)?"
_AMBIGUOUS = f"{_SIGN}[1-9][0-9]{{0,2}}[.,][0-9]{{3}}"
_FAULT = "#[A-Z][A-Z0-9/_]*[!?]?"
_SIGNS = {"comma": (",", "."), "point": (".", ",")}
_TIMES = ("", " %H:%M", " %H:%M:%S", " %H.%M", " %H.%M.%S")
_DOTTED, _DAY_FIRST, _MONTH_FIRST, _ISO = "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of one file are read: by what was told of them, and the decimal mark of each column."""

    dates: str | None = None
    scale: str | None = None
    marks: tuple[tuple[str, Mark | None], ...] = ()

    def expression(self, holds: Holds, text: str, column: str) -> str:
        """The SQL of a cell as what it holds; NULL for what is none. `text` is the SQL of the cell's text."""
        match holds:
            case Holds.TEXT:
                return f"nullif(trim({text}), '')"
            case Holds.NUMBER:
                return number(text, dict(self.marks).get(column))
            case Holds.ANSWER if self.scale == GOOD_BAD:
                said = f"lower(trim({text}))"
                return f"CASE WHEN {said} LIKE 'good%' THEN 1 WHEN {said} LIKE 'bad%' THEN 0 END"
            case Holds.ANSWER:
                return f"try_cast(regexp_extract(trim({text}), '{_ANSWER}', 1) AS INTEGER)"
            case Holds.DAY:
                return self._day(text)
            case Holds.MOMENT:
                return self._moment(text)

    def _day(self, text: str) -> str:
        # What follows a day must be a time, and no other day.
        with_time = f"try_cast({text} AS TIMESTAMPTZ) IS NOT NULL"
        return _in_calendar(
            f"CASE WHEN strlen({text}) = 10 AND substr({text}, 5, 1) = '-' THEN try_cast({text} AS DATE) "
            f"WHEN substr({text}, 5, 1) <> '-' THEN {self._parsed(text)}::DATE "
            f"WHEN {with_time} THEN try_cast(substr({text}, 1, 10) AS DATE) END",
            "DATE",
        )

    def _moment(self, text: str) -> str:
        iso = f"substr({text}, 5, 1) = '-'"
        return _in_calendar(
            f"CASE WHEN {iso} THEN {_utc(f'try_cast({text} AS TIMESTAMPTZ)')} ELSE {self._parsed(text)} END",
            "TIMESTAMP",
        )

    def _parsed(self, text: str) -> str:
        """The SQL of a day, or a day and a time, that is not written as computers do."""
        slashes = {"day-first": _DAY_FIRST, "month-first": _MONTH_FIRST}.get(self.dates or "")
        days = (_DOTTED, slashes, _ISO) if slashes else (_DOTTED, _ISO)
        formats = _list(tuple(day + time for day in days for time in _TIMES))
        # `epoch` is a day to DuckDB, whatever the format. What stands twice, as `trim` would, DuckDB computes
        # first, for cells too that are not asked for it.
        is_number = f"ltrim({text}) BETWEEN '0' AND ':'"
        return f"CASE WHEN {is_number} THEN try_strptime(trim({text}), {formats}) END"


def typed(holds: Holds, value: str) -> str:
    """The SQL of a value that its file already has as a number or a day, as what it holds."""
    match holds:
        case Holds.TEXT:
            return f"nullif(trim(CAST({value} AS VARCHAR)), '')"
        case Holds.NUMBER:
            return f"try_cast({value} AS {NUMBER})"
        case Holds.ANSWER:
            return f"CASE WHEN try_cast({value} AS INTEGER) = {value} THEN try_cast({value} AS INTEGER) END"
        case Holds.DAY:
            return _in_calendar(f"try_cast({value} AS DATE)", "DATE")
        case Holds.MOMENT:
            return _in_calendar(f"try_cast({value} AS TIMESTAMP)", "TIMESTAMP")


def number(text: str, mark: Mark | None) -> str:
    """The SQL of a number: `1 234,50` or `1.234,50 €` with a comma before the decimals.

    Where nothing shows which mark that is, no number may have either.
    """
    if mark is None:
        plain = f"CASE WHEN NOT regexp_matches({text}, '[.,]') THEN try_cast({text} AS {NUMBER}) END"
        return f"coalesce({_unless_odd(plain, text)}, {_grouped(text, '', '')})"
    decimal, group = _SIGNS[mark]
    plain = f"try_cast({text} AS {NUMBER})"
    if mark == "comma":
        plain = (
            f"CASE WHEN NOT contains({text}, '.') THEN try_cast(replace({text}, ',', '.') AS {NUMBER}) END"
        )
    return f"coalesce({_unless_odd(plain, text)}, {_grouped(text, decimal, group)})"


def _unless_odd(number: str, text: str) -> str:
    """The number, but not `1_000` nor `1e3`, which a cast takes and nobody at a desk means."""
    odd = " OR ".join(f"contains({text}, '{each}')" for each in "_eE")
    return f"CASE WHEN NOT ({odd}) THEN {number} END"


def _grouped(text: str, decimal: str, group: str) -> str:
    """A number with marks between its thousands, or a currency beside it."""
    between = f"[{_SPACES}'{group}]".replace("'", "''")
    fraction = f"([{decimal}][0-9]+)?" if decimal else ""
    shape = f"(?i){_AROUND} ?{_SIGN} ?([0-9]{{1,3}}({between}[0-9]{{3}})+|[0-9]+){fraction} ?{_AROUND}"
    kept = f"regexp_replace(replace({text}, '\N{MINUS SIGN}', '-'), '[^-0-9{decimal}]', '', 'g')"
    plain = f"replace({kept}, ',', '.')" if decimal == "," else kept
    return f"CASE WHEN regexp_full_match(trim({text}), '{shape}') THEN try_cast({plain} AS {NUMBER}) END"


def proves(text: str, mark: Mark) -> str:
    """The SQL of whether a number shows that this is what stands before decimals."""
    decimal, group = _SIGNS[mark]
    one = f"{_SIGN}[0-9{_SPACES}]*[{decimal}]([0-9]{{1,2}}|[0-9]{{4,}})"
    # Three digits behind it may be thousands, but not behind these.
    three = f"{_SIGN}(0[0-9]*|[0-9]{{4,}}|[0-9]{{1,3}}([{_SPACES}][0-9]{{3}})+)[{decimal}][0-9]{{3}}"
    both = f"{_SIGN}[0-9]{{1,3}}([{group}][0-9]{{3}})+[{decimal}][0-9]+"
    twice = f"{_SIGN}[0-9]{{1,3}}([{group}][0-9]{{3}}){{2,}}"
    cell = f"regexp_replace(lower(trim({text})), '[^-0-9.,{_SPACES}]', '', 'g')"
    return f"regexp_full_match(trim({cell}), '{one}|{three}|{both}|{twice}')"


def is_ambiguous(text: str) -> str:
    """The SQL of whether a number can be read as two."""
    return f"regexp_full_match(trim({text}), '(?i){_AROUND} ?{_AMBIGUOUS} ?{_AROUND}')"


def is_fault(text: str) -> str:
    """The SQL of whether a cell holds what a spreadsheet shows for a formula that fails, as `#DIV/0!`."""
    return f"regexp_full_match(trim({text}), '{_FAULT}')"


def literal(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    """The name of a column as SQL."""
    return '"' + text.replace('"', '""') + '"'


def is_one_of(cell: str, wanted: list[str]) -> str:
    """The SQL of whether a cell says one of these, in any case; `*` at the end stands for any ending."""
    text = f"lower(trim(coalesce(CAST({cell} AS VARCHAR), '')))"
    whole = [literal(each.lower()) for each in wanted if not each.endswith("*")]
    begun = [f"starts_with({text}, {literal(each[:-1].lower())})" for each in wanted if each.endswith("*")]
    parts = ([f"{text} IN ({', '.join(whole)})"] if whole else []) + begun
    return f"({' OR '.join(parts)})"


def _in_calendar(value: str, type: str) -> str:
    first, last = f"{type} '{FIRST_YEAR}-01-01'", f"{type} '{LAST_YEAR}-12-31'"
    # DuckDB computes what stands twice only once.
    return f"CASE WHEN ({value}) BETWEEN {first} AND {last} THEN ({value}) END"


def _utc(moment: str) -> str:
    """The SQL of a moment without its zone, which is asked for its day much more quickly."""
    return f"make_timestamp(epoch_us({moment}))"


def _list(formats: tuple[str, ...]) -> str:
    return f"[{', '.join(literal(each) for each in formats)}]"
