"""Check: what is wrong in a workspace, from unreadable files and weak links to a pitch that is too long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.intake.read import read_intake
from pitchgen.overrides.look import template_problems
from pitchgen.problems import Problem, by_place, errors
from pitchgen.rules import Facts
from pitchgen.rules.run import Selection, run_rules, selection
from pitchgen.workspace.lacking import language_problems
from pitchgen.workspace.read import read_workspace

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pitchgen.workspace import Workspace
    from pitchgen.workspace.roster import Roster


@dataclass(frozen=True, slots=True)
class Checked:
    """Every problem that was found, and the errors of rules that failed.

    `complete` is False when the workspace has errors that kept its rules from being looked at.
    """

    problems: tuple[Problem, ...]
    failures: tuple[Exception, ...]
    complete: bool


def check_workspace(root: Path, today: date, chosen: Selection | None = None) -> Checked:
    """Look at the workspace at `root` on the day `today`, by the rules that are chosen, else by all."""
    return check_read(*read_workspace(root), today, chosen)


def check_read(
    workspace: Workspace | None, problems: tuple[Problem, ...], today: date, chosen: Selection | None = None
) -> Checked:
    """Look at a workspace that was read, with these problems."""
    if workspace is None or errors(problems):
        return Checked(problems, (), complete=False)
    chosen = chosen or selection()
    facts = Facts(workspace, today, chosen.named)
    run = run_rules(facts, chosen)
    found = [*problems, *run.problems]
    read = (workspace.company.language, *map(workspace.language_of, workspace.hires))
    found += language_problems(workspace.languages.folders, workspace.company.languages, read)
    found += template_problems(workspace, today)
    if workspace.hires:
        found += facts.pitches.problems
    said = {_place(problem) for problem in found}
    found += [problem for problem in facts.proofs.problems if _place(problem) not in said]
    # What a language's folder lacks, a pitch in that language lacks too.
    found = sorted(dict.fromkeys(found), key=by_place)
    return Checked(tuple(found), tuple(run.failures), complete=True)


def check_list(root: Path, roster: Roster, today: date) -> Checked:
    """Look at a list as a build of the workspace at `root` does before it makes anything."""
    workspace, problems = read_intake(root, roster, today)
    return Checked(problems, (), complete=workspace is not None and not errors(problems))


def _place(problem: Problem) -> tuple[str, str, int, int]:
    return problem.code, problem.path, problem.line, problem.column
