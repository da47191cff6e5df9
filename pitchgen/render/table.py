"""The matrix, its weakest links and its metrics as plain text, in blocks as wide as the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from math import ceil
from typing import TYPE_CHECKING

from pitchgen import late
from pitchgen.language.locale import share
from pitchgen.plain import display_width, printable

if TYPE_CHECKING:
    from pitchgen.compose.matrix import MatrixCell, MatrixRow, Named
    from pitchgen.compose.metrics import FigureWords, MetricWords
    from pitchgen.compose.overview import Overview, WeaknessWords
    from pitchgen.language.facts import Language

SHOWN = 10

_CELLS_SHOWN = 3
GAP = "  "
_FIRST, _WIDEST_FIRST = 24, 48
_CELL, _WIDEST_CELL = 8, 16
_HANG, _MARGIN = " " * 3, " " * 4

Words = Mapping[str, str]


def render_table(
    overview: Overview, metrics: Sequence[MetricWords], words: Words, language: Language, width: int
) -> str:
    """The matrix, what its signs mean, the weakest links and metrics, on lines of at most `width` columns.

    Only where the terminal is narrower than a touchpoint and one persona can be are they longer.
    """
    return _Table(overview, metrics, words, language, width).render()


class _Table:
    """One matrix on its way to lines."""

    def __init__(
        self, overview: Overview, metrics: Sequence[MetricWords], words: Words, language: Language, width: int
    ) -> None:
        self.overview, self.metrics, self.words, self.language = overview, metrics, words, language
        self.width = width

    def render(self) -> str:
        parts = [self.paragraph(self.words["matrix"])]
        if self.overview.rows:
            parts += self.blocks()
        parts += [self.paragraph(text) for text in self.notes()]
        if self.overview.chains:
            parts += self.weakest()
        if self.metrics:
            parts += [self.paragraph(self.words["chain_ends"]), *map(self.figures, self.metrics)]
        return "\n\n".join("\n".join(part) for part in parts) + "\n"

    def notes(self) -> Iterator[str]:
        words, overview = self.words, self.overview
        if not overview.rows:
            yield words["no_touchpoints"]
        if not overview.personas:
            yield words["no_personas"]
        if overview.rows and overview.personas:
            signs = {"×": "skipped", "?": "unknown", "*": "assumed", "–": "no_feeling"}
            yield " · ".join(f"{sign} {words[name]}" for sign, name in signs.items())
            yield words["cell_figures"]

    # The matrix

    def cell_width(self) -> int:
        parts = (part for who in self.overview.personas for part in re.split("[ -]", who.name))
        return max(_CELL, min(max(map(display_width, parts), default=0), _WIDEST_CELL))

    def blocks(self) -> Iterator[list[str]]:
        """As many personas side by side as fit, about as many in each block."""
        people = len(self.overview.personas)
        fit = max(1, (self.width - _FIRST) // (self.cell_width() + len(GAP)))
        size = ceil(people / ceil(people / fit)) if people else 1
        for first in range(0, people or 1, size):
            yield self.block(slice(first, first + size))

    def block(self, part: slice) -> list[str]:
        """A part of the personas; who answers for a touchpoint is said beside the first."""
        people = self.overview.personas[part]
        across = self.cell_width()
        left = max(_FIRST, min(_WIDEST_FIRST, self.width - len(people) * (across + len(GAP))))
        widths = [left, *[across] * len(people)]
        lines = list(beside([[], *(wrapped(who.name, across) for who in people)], widths, bottom=True))
        phase = ""
        for row, worst in zip(self.overview.rows, self.overview.worst, strict=True):
            if row.phase != phase:
                phase = row.phase
                lines += ["", printable(phase)]
            head = self.head(row, left, responsible=not part.start)
            pairs = zip(row.cells[part], worst[part], strict=True)
            lines += beside([head, *([self.cell(cell, number)] for cell, number in pairs)], widths)
        return lines

    def head(self, row: MatrixRow, width: int, *, responsible: bool) -> list[str]:
        lines = wrapped(row.touchpoint.name, width, f"{row.number:2} ")
        if responsible:
            lines += wrapped(self.owners(row), width, _HANG)
        if responsible and row.helpers:
            lines += wrapped(f"{self.words['helpers']}: {_names(row.helpers)}", width, _HANG)
        return lines

    def owners(self, row: MatrixRow) -> str:
        if not row.owners:
            return self.words["no_owner"].upper()
        if len(row.owners) > 1:
            return f"{self.words['many_owners'].upper()}: {_names(row.owners)}"
        return row.owners[0].name

    def cell(self, cell: MatrixCell, number: int | None) -> str:
        if cell.state == "skipped" or number is None:
            return "×"
        mark = "*" if cell.assumed else ""
        feels = f"{_feeling(cell.feels)}{mark}" if cell.state == "met" else "?"
        return f"{feels:3} {share(self.overview.chains[number].score, self.language)}"

    # The weakest links

    def weakest(self) -> list[list[str]]:
        words, weaknesses = self.words, self.overview.weaknesses
        parts = [self.paragraph(words["weakest"])]
        if not weaknesses:
            return [*parts, self.paragraph(words["chains_hold"])]
        parts += [self.paragraph(words["weakest_lead"])]
        if self.overview.broken:
            causes = (f"{words[f'broken_{link}']}: {held}" for link, held in self.overview.broken)
            parts += [self.paragraph(f"{words['broken']}: {' · '.join(causes)}")]
        parts += [self.weakness(number, each) for number, each in enumerate(weaknesses[:SHOWN], start=1)]
        if more := len(weaknesses) - SHOWN:
            parts += [self.paragraph(f"{words['more_fields']}: {more}")] if more > 0 else []
        return parts

    def weakness(self, number: int, weakness: WeaknessWords) -> list[str]:
        mend, words = weakness.mend, self.words
        score = share(weakness.score, self.language)
        if weakness.lifted:
            score += f" → {share(weakness.mended, self.language)}"
        lines = [
            *self.paragraph(mend.text(words), f"{number:2}. {score}  "),
            *self.paragraph(f"{mend.path}:{mend.line} {mend.field}", _MARGIN),
            *self.paragraph(f"{self.held(weakness)}: {_cells(weakness)}", _MARGIN),
        ]
        if not weakness.lifted:
            others = "; ".join(other.text(words, mend) for other in weakness.also)
            lines += self.paragraph(f"{words['not_alone']}: {others}", _MARGIN)
        return lines

    def held(self, weakness: WeaknessWords) -> str:
        held, lifted = len(weakness.chains), weakness.lifted
        said = f"{self.words['held_back']} {held}"
        return f"{said}, {self.words['lifted']} {lifted}" if 0 < lifted < held else said

    # Where the chains end

    def figures(self, metric: MetricWords) -> list[str]:
        said = [self.figure(name, getattr(metric, name)) for name in ("start", "now")]
        if metric.target:
            by = f" ({metric.by})" if metric.by else ""
            said.append(f"{self.words['target']} {metric.target}{by}")
        lines = [*self.paragraph(metric.name), *self.paragraph(" · ".join(filter(None, said)), _MARGIN)]
        return lines + (self.paragraph(judged, _MARGIN) if (judged := metric.judged(self.words)) else [])

    def figure(self, name: str, figure: FigureWords | None) -> str:
        """A figure under its name, with its day and how many it rests on."""
        if figure is None:
            return ""
        on = ", ".join(filter(None, (figure.as_of, figure.n and f"n = {figure.n}")))
        return f"{self.words[name]} {figure.estimate or figure.text}{f' ({on})' if on else ''}"

    def paragraph(self, text: str, start: str = "") -> list[str]:
        return wrapped(text, max(self.width, _FIRST), start)


def _cells(weakness: WeaknessWords) -> str:
    """The first personas and touchpoints whose chains are held back, and how many more there are."""
    shown = ", ".join(f"{persona} – {touchpoint}" for persona, touchpoint in weakness.cells[:_CELLS_SHOWN])
    more = len(weakness.cells) - _CELLS_SHOWN
    return f"{shown}, +{more}" if more > 0 else shown


def wrapped(text: str, width: int, start: str = "") -> list[str]:
    """A text in lines of `width` columns; those after the first hang under what follows `start`."""
    return late.wcwidth.wrap(
        printable(text), width, initial_indent=start, subsequent_indent=" " * display_width(start)
    )


def beside(cells: Sequence[Sequence[str]], widths: Sequence[int], *, bottom: bool = False) -> Iterator[str]:
    """Cells of several lines each, side by side; `bottom` sets them on one line below."""
    height = max(map(len, cells))
    padded = [[""] * (height - len(cell)) + list(cell) for cell in cells] if bottom else cells
    for line in zip_longest(*padded, fillvalue=""):
        yield GAP.join(
            late.wcwidth.ljust(part, width) for part, width in zip(line, widths, strict=True)
        ).rstrip()


def _names(things: Iterable[Named]) -> str:
    return ", ".join(thing.name for thing in things)


def _feeling(feels: int | None) -> str:
    if feels is None:
        return "–"
    return f"+{feels}" if feels > 0 else f"{feels}".replace("-", "\N{MINUS SIGN}")
