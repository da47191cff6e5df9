"""Everyone's pitch, made once for all rules that listen to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.problems import InvalidInput, Problem

if TYPE_CHECKING:
    from pitchgen.studio.document import Document
    from pitchgen.studio.studio import Studio
    from pitchgen.workspace import Hire


class Pitches:
    """The pitch of every hire that has one.

    `problems` say why the others have none, and what is weak in the prose of theirs, each once.
    """

    def __init__(self, studio: Studio) -> None:
        self.composed: list[tuple[Hire, Document]] = []
        problems: dict[Problem, None] = {}
        for hire in studio.workspace.hires:
            try:
                pitch = studio.compose("pitch", hire, studio.workspace.language_of(hire))
            except InvalidInput as error:
                problems.update(dict.fromkeys(error.problems))
            else:
                self.composed.append((hire, pitch))
                prose = pitch.content.prose
                problems.update(dict.fromkeys(prose.problems if prose else ()))
        self.problems = tuple(problems)
