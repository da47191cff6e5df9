"""What became of each document of a build, as JSON; newcomers are called by ids and rows, never by names."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pitchgen._version import __version__
from pitchgen.report.json import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pitchgen.intake.build import Outcome, Output
    from pitchgen.problems import Problem


@dataclass(slots=True)
class Record:
    """A build so far: what became of outputs, which were up to date, which are to be made; what is wrong.

    `left_over` are the files that are no documents of the intake any more; `passed_over` are the names of
    files that are out of date, in what was not asked for.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    unchanged: Sequence[Output] = ()
    stale: dict[Output, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    left_over: Sequence[Path] = ()
    passed_over: Sequence[str] = ()

    def note(self, outputs: Iterable[Output], stale: Mapping[Output, str]) -> None:
        """What is there at first: the outputs that are up to date, and those that are to be made."""
        self.unchanged = [output for output in outputs if output not in stale]
        self.stale = dict(stale)

    def add(self, outcome: Outcome) -> None:
        """What became of one that was to be made."""
        self.outcomes.append(outcome)
        self.stale.pop(outcome.output)

    @property
    def written(self) -> list[Outcome]:
        """What was made."""
        return [outcome for outcome in self.outcomes if not outcome.failed]

    @property
    def failed(self) -> list[Outcome]:
        """What could not be made."""
        return [outcome for outcome in self.outcomes if outcome.failed]


def report(record: Record) -> str:
    """How many files there are of each kind, what is wrong with the input, and a row for each file."""
    rows = [
        _row(each.output, "failed" if each.failed else "written", each.problems) for each in record.outcomes
    ]
    rows += [_row(output, "unchanged") for output in record.unchanged]
    rows += [_row(output, "stale") for output in record.stale]
    whole = {
        "pitchgen": __version__,
        "written": len(record.written),
        "unchanged": len(record.unchanged),
        "stale": len(record.stale),
        "failed": len(record.failed),
        "left_over": len(record.left_over),
        "problems": [facts(problem) for problem in record.problems],
        "documents": rows,
    }
    return json.dumps(whole, indent=2) + "\n"


def _row(output: Output, state: str, problems: Iterable[Problem] = ()) -> dict[str, object]:
    return {
        **output.made.facts,
        "format": output.format,
        "state": state,
        "problems": [facts(problem) for problem in problems],
    }
