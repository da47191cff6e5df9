"""What each kind of metric needs of its data: which columns, read as what, and on which scale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pitchgen.model.metric import Kind


class Holds(StrEnum):
    """What the cells of a column are read as."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    ANSWER = "answer"


# What each column holds, by what it is called under `columns`.
COLUMNS: Mapping[str, Holds] = {
    "answer": Holds.ANSWER,
    "answered": Holds.MOMENT,
    "customer": Holds.TEXT,
    "id": Holds.TEXT,
    "invoiced": Holds.DAY,
    "amount": Holds.NUMBER,
    "vat": Holds.NUMBER,
    "currency": Holds.TEXT,
    "covers_from": Holds.DAY,
    "covers_to": Holds.DAY,
    "started": Holds.MOMENT,
    "ended": Holds.MOMENT,
    "happened": Holds.DAY,
    "took": Holds.NUMBER,
}

# What each column is, in words.
MEANS: Mapping[str, str] = {
    "answer": "answer",
    "answered": "time of the answer",
    "customer": "customer",
    "id": "number of the row",
    "invoiced": "day of the invoice",
    "amount": "amount",
    "vat": "VAT",
    "currency": "currency",
    "covers_from": "first day that the invoice is for",
    "covers_to": "last day that the invoice is for",
    "started": "start",
    "ended": "end",
    "happened": "day",
    "took": "length of time",
}


@dataclass(frozen=True, slots=True)
class Needs:
    """The columns that a kind needs and those it may have; `may_lack` are needed ones with empty cells.

    `day` is the column by whose day a row belongs to a period.
    """

    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    may_lack: frozenset[str] = frozenset()
    day: str = ""


_SURVEY = Needs(("answer", "answered"), ("customer", "id"), day="answered")
_STAYS = Needs(("customer", "started", "ended"), ("id",), frozenset({"ended"}))
_MONEY = ("currency", "vat", "id")

NEEDS: Mapping[Kind, Needs] = {
    "nps": _SURVEY,
    "enps": _SURVEY,
    "csat": _SURVEY,
    "ces": _SURVEY,
    "average_billing": Needs(
        ("customer", "invoiced", "amount"),
        ("covers_from", "covers_to", *_MONEY),
        frozenset({"covers_from", "covers_to"}),
        day="invoiced",
    ),
    "customer_tenure": _STAYS,
    "retention": _STAYS,
    "revenue_retention": Needs(("customer", "invoiced", "amount"), _MONEY, day="invoiced"),
    "clv": Needs(()),
    "count": Needs(("happened",), ("id",), day="happened"),
    "ratio": Needs(("happened",), ("id",), day="happened"),
    "money": Needs(("happened", "amount"), _MONEY, day="happened"),
    "duration": Needs(("started", "ended"), ("id",), frozenset({"ended"}), day="started"),
}
SCALES: Mapping[Kind, str] = {"nps": "0-10", "enps": "0-10", "csat": "1-5", "ces": "1-7"}
