"""Problems without what the files say, for readers who need not know: a build's log may go anywhere."""

from __future__ import annotations

from dataclasses import replace

from pitchgen.model.file_kind import HIRES, kind_of_path
from pitchgen.problems import Problem, unquoted
from pitchgen.workspace.validate import known_part


def without_content(problem: Problem) -> Problem:
    """The problem without what it quotes, unless its file is about nobody in particular.

    Templates are filled in with what is personal, and a list or a folder of hires can be anywhere.
    """
    kind = kind_of_path(problem.path)
    if kind and not kind.is_personal:
        return problem
    return replace(unquoted(problem), loc=known_part((kind or HIRES).model, problem.loc))
