"""Everyone's pitch, made once for all rules that listen to it, and for seeing whether it fits its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.problems import InvalidInput, Problem
from pitchgen.render.fonts import needs_fallback
from pitchgen.studio.document import UNFILLED, Document
from pitchgen.studio.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pitchgen.workspace import Hire, Workspace


class Pitches:
    """The pitch of every hire that has one.

    `problems` say why the others have none, and what is weak in the prose of theirs, each once.
    """

    def __init__(self, workspace: Workspace, today: date) -> None:
        self._studio = Studio(workspace, today)
        self.composed: list[tuple[Hire, Document]] = []
        problems: dict[Problem, None] = {}
        for hire in workspace.hires:
            try:
                pitch = self._studio.compose("pitch", hire, workspace.language_of(hire))
            except InvalidInput as error:
                problems.update(dict.fromkeys(error.problems))
            else:
                self.composed.append((hire, pitch))
                prose = pitch.content.prose
                problems.update(dict.fromkeys(prose.problems if prose else ()))
        self.problems = tuple(problems)

    def laid_out(self) -> Iterator[Problem]:
        """What is wrong with the pages of those pitches that may not fit or may lack letters."""
        with self._studio as studio:
            for _, pitch in self.composed:
                # Letters beyond the documents' own fonts may have no glyph on this machine: only a PDF tells.
                if not studio.surely_fits(pitch) or needs_fallback(pitch.page.title + pitch.spoken):
                    problems = studio.render(pitch, "pdf").problems[len(pitch.content.problems) :]
                    # What is still to be filled in has a rule of its own, which knows its place.
                    yield from (problem for problem in problems if problem.code != UNFILLED)
