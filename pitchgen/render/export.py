"""What other programs read: CSV for a spreadsheet of the reader's country, and the matrix as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pitchgen.chain.links import LINKS
from pitchgen.compose.overview import ChainWords, MendWords, Overview, WeaknessWords
from pitchgen.language.locale import decimal_mark, share
from pitchgen.plain import printable

if TYPE_CHECKING:
    from datetime import date

    from pitchgen.compose.matrix import MatrixRow, Named
    from pitchgen.compose.metrics import MetricWords
    from pitchgen.language.facts import Language
    from pitchgen.model.metric import Figure, Metric

# Without it Excel takes UTF-8 for the office's old encoding, and ä for two signs.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# What spreadsheets take for the start of a formula, in the forms of East Asian keyboards too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Words = Mapping[str, str]


def as_csv(rows: Iterable[Sequence[str | int]], language: Language) -> str:
    """Rows of cells, of which no text is taken for a formula.

    Where a comma marks decimals, semicolons divide the cells, as spreadsheets of those countries expect.
    """
    file = io.StringIO(newline="")
    lines = csv.writer(file, delimiter=";" if decimal_mark(language) == "," else ",")
    lines.writerows([_safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return BYTE_ORDER_MARK + file.getvalue()


def matrix_csv(overview: Overview, words: Words, language: Language) -> str:
    """A line for each persona at each touchpoint and each role there, with the weakest chain of the two."""
    return as_csv([_heads(words), *_lines(overview, words, language)], language)


def _heads(words: Words) -> list[str]:
    names = ("phase", "touchpoint", "persona", "state", "feels", "assumed", "role", "part")
    ends = ("strength", "weakest_link", "to_mend", "where")
    # Some links are called as another column is.
    links = [f"{words['strength']}: {words[f'link_{name}']}" for name in LINKS]
    return [*(words[name] for name in names), *links, *(words[name] for name in ends)]


def _lines(overview: Overview, words: Words, language: Language) -> Iterator[list[str | int]]:
    for row, worst in zip(overview.rows, overview.worst, strict=True):
        for who, cell, number in zip(overview.personas, row.cells, worst, strict=True):
            assumed = words["assumed"] if cell.assumed else ""
            about = [row.phase, row.touchpoint.name, who.name, words[cell.state]]
            chain = None if number is None else overview.chains[number]
            ends = _strengths(chain, overview, words, language)
            for role, part in _parts(row, words):
                feels = "" if cell.feels is None else cell.feels
                yield [*about, feels, assumed, role, part, *ends]


def _parts(row: MatrixRow, words: Words) -> Iterator[tuple[str, str]]:
    """Who has which part at a touchpoint; one line says so where nobody is responsible."""
    if not row.owners:
        yield "", words["no_owner"]
    owner = words["owner"] if len(row.owners) < 2 else words["many_owners"]
    yield from ((role.name, owner) for role in row.owners)
    yield from ((role.name, words["helpers"]) for role in row.helpers)


def _strengths(chain: ChainWords | None, overview: Overview, words: Words, language: Language) -> list[str]:
    if chain is None:
        return [""] * (len(LINKS) + 4)
    scores = [share(score, language) for score in (*chain.links.values(), chain.score)]
    weakest = ", ".join(words[f"link_{name}"] for name in chain.weakest)
    mends = [overview.weaknesses[number].mend for number in chain.held_by]
    what = "; ".join(mend.text(words) for mend in mends)
    where = "; ".join(dict.fromkeys(f"{mend.path}:{mend.line} {mend.field}" for mend in mends))
    return [*scores, weakest, what, where]


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe makes it one of letters."""
    shown = printable(text)
    return f"'{shown}" if text.startswith(_FORMULA) else shown


def matrix_json(overview: Overview, metrics: Iterable[tuple[Metric, MetricWords]], words: Words) -> str:
    """The matrix, every chain, the weakest links and the metrics, as docs/weakest-link.md describes them."""
    data = {
        "matrix": [_row(row, overview, n) for n, row in enumerate(overview.rows)],
        "chains": [_chain(chain) for chain in overview.chains],
        "weakest": [_weakness(weakness, words) for weakness in overview.weaknesses],
        "broken": [{"link": link, "chains": held} for link, held in overview.broken],
        "metrics": [_metric(*metric, words) for metric in metrics],
    }
    return json.dumps(data, indent=2) + "\n"


def _metric(metric: Metric, said: MetricWords, words: Words) -> dict[str, Any]:
    target = metric.target
    return {
        "metric": {"id": metric.id, "name": said.name},
        "start": _figure(metric.start),
        "now": _figure(metric.now),
        "target": {"value": float(target.value), "by": _day(target.by)} if target else None,
        "judged": said.judged(words) or None,
    }


def _figure(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {
        "value": float(figure.value),
        "as_of": _day(figure.as_of),
        "n": None if figure.n is None else float(figure.n),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _row(row: MatrixRow, overview: Overview, n: int) -> dict[str, Any]:
    cells = zip(overview.personas, row.cells, overview.worst[n], strict=True)
    return {
        "touchpoint": asdict(row.touchpoint),
        "phase": row.phase,
        "owners": _named(row.owners),
        "helpers": _named(row.helpers),
        "partners": list(row.partners),
        "cells": [
            {
                "persona": asdict(who),
                "state": cell.state,
                "feels": cell.feels,
                "assumed": cell.assumed,
                "score": None if number is None else overview.chains[number].score,
                "chain": number,
            }
            for who, cell, number in cells
        ],
    }


def _named(things: Iterable[Named]) -> list[dict[str, str]]:
    return [asdict(thing) for thing in things]


def _chain(chain: ChainWords) -> dict[str, Any]:
    # Quicker than `asdict`, which copies: there may be many.
    return {name: getattr(chain, name) for name in ChainWords.__slots__}


def _weakness(weakness: WeaknessWords, words: Words) -> dict[str, Any]:
    return {
        "link": weakness.link,
        **_mend(weakness.mend, words),
        "score": weakness.score,
        "mended": weakness.mended,
        "chains": weakness.chains,
        "lifted": weakness.lifted,
        "also": [_mend(mend, words) for mend in weakness.also],
    }


def _mend(mend: MendWords, words: Words) -> dict[str, Any]:
    return {
        "mend": words[f"mend_{mend.what}"],
        "about": list(mend.about),
        "path": mend.path,
        "line": mend.line,
        "field": mend.field,
    }
