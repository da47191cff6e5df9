"""Running the rules: which of them, how much each counts, and what they found."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pitchgen.model.checks import OFF
from pitchgen.problems import PitchgenError, Problem, Severity, suggestion
from pitchgen.rules import GROUPS, RULES, Facts, Finding, Rule
from pitchgen.rules.allow import Allowances
from pitchgen.rules.rule import group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


# What is said of a document when it is made: to know it before takes as long as making everyone's.
OF_DOCUMENTS = ("pitch-length", "too-many-pages", "missing-glyph")


class UnknownRule(PitchgenError):
    """A code or a group that no rule has."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        hint = _meant(name, [*RULES, *groups()]) or f"the groups are: {', '.join(groups())}"
        super().__init__(
            f"there is no rule '{name}'; {hint}\n"
            "only rules have a page; other findings, such as not-yaml, say themselves what to do"
        )


class Contradiction(PitchgenError):
    """A rule or a group was both asked for and left out."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(f"--select and --ignore both name '{name}'; leave out one of them")


_Found = tuple[Finding, Problem]


@dataclass(frozen=True, slots=True)
class Selection:
    """The codes of the rules to run, and of those that were named: for them off does not count."""

    codes: frozenset[str]
    named: frozenset[str]


def selection(only: Iterable[str] = (), without: Iterable[str] = ()) -> Selection:
    """A selection by codes and groups, all rules unless some are asked for; a code goes before a group.

    Raises `UnknownRule` and `Contradiction`.
    """
    wanted, unwanted = set(only), set(without)
    if both := sorted(wanted & unwanted):
        raise Contradiction(both[0])
    left_out = _codes(unwanted) - wanted
    return Selection((_codes(wanted) if wanted else frozenset(RULES)) - left_out, frozenset(wanted))


def _codes(names: Iterable[str]) -> frozenset[str]:
    codes: set[str] = set()
    for name in names:
        found = {rule.code for rule in RULES.values() if name in (rule.code, rule.group)}
        if not found:
            raise UnknownRule(name)
        codes |= found
    return frozenset(codes)


def find_rule(code: str) -> Rule:
    """The rule `code`. Raises `UnknownRule`."""
    if code not in RULES:
        raise UnknownRule(code)
    return RULES[code]


def groups() -> list[str]:
    """The groups of rules, in the order of the documentation."""
    return [group_of(module.__name__) for module in GROUPS]


def _meant(name: str, known: Iterable[str]) -> str:
    """Which of the `known` names somebody may have meant who wrote a name that is no rule's."""
    of_group = [rule.code for rule in RULES.values() if rule.group == name]
    return f"it is the group of: {', '.join(of_group)}" if of_group else suggestion(name, known)


@dataclass(slots=True)
class Run:
    """What the rules found, and the errors of those that failed."""

    problems: list[Problem] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)


def run_rules(facts: Facts, chosen: Selection) -> Run:
    """Look at the workspace by every rule that is chosen and not off; one that fails stops no other."""
    run = Run(list(_unknown_severities(facts)))
    allowances = Allowances(item.source for item in facts.items)
    run.problems += allowances.problems
    looked = set()
    found: list[_Found] = []
    with closing(facts):
        for rule, severity in _active(facts, chosen):
            try:
                its = [
                    (finding, _problem(rule, severity, finding))
                    for finding in rule.look(facts)
                    if not allowances.allow(rule.code, finding.at)
                ]
            except Exception as error:
                error.add_note(f"in the rule '{rule.code}'")
                run.failures.append(error)
            else:
                looked.add(rule.code)
                brief = rule.once_a_file and rule.code not in chosen.named
                found += _first_of_files(its) if brief else its
    run.problems += _without_doubles(found)
    run.problems += allowances.unused(looked)
    return run


def found_by(facts: Facts, chosen: Selection) -> list[Problem]:
    """What the rules that are chosen find. Raises `ExceptionGroup` with those that failed."""
    run = run_rules(facts, chosen)
    if run.failures:
        raise ExceptionGroup("rules failed", run.failures)
    return run.problems


def _active(facts: Facts, chosen: Selection) -> Iterator[tuple[Rule, Severity | None]]:
    """The rules to run, each with what the company lets it count for, if it says."""
    severities = facts.workspace.company.checks.severities
    for rule in RULES.values():
        said = severities.get(rule.code)
        if rule.code not in chosen.codes:
            continue
        if said != OFF:
            yield rule, Severity(said) if said else None
        elif rule.code in chosen.named:
            # Who names a rule wants to see it, whatever is usual in this company.
            yield rule, None


def _problem(rule: Rule, severity: Severity | None, finding: Finding) -> Problem:
    problem = finding.at.warning(rule.code, finding.message, finding.hint)
    return replace(problem, severity=severity or finding.severity or rule.severity)


def _without_doubles(found: Iterable[_Found]) -> Iterator[Problem]:
    """What was found, but for what another rule says at the same place."""
    found = tuple(found)
    said = {(problem.code, problem.path, problem.line, problem.column) for _, problem in found}
    for finding, problem in found:
        if (finding.unless, problem.path, problem.line, problem.column) not in said:
            yield problem


def _first_of_files(found: Iterable[_Found]) -> Iterator[_Found]:
    """The first that was found in each file, and how much more there is, in it and in others."""
    by_file: dict[str, dict[tuple[int, int], _Found]] = {}
    for each in found:
        by_file.setdefault(each[1].path, {}).setdefault((each[1].line, each[1].column), each)
    others = len(by_file) - 1
    for (finding, first), *more in (places.values() for places in by_file.values()):
        here = f"; {len(more):,} more in this file: `--select {first.code}` shows all" if more else ""
        there = f"; some in {others:,} more file{'s' if others > 1 else ''}" if others else ""
        yield finding, replace(first, message=first.message + here + there)
        # Said once.
        others = 0


def _unknown_severities(facts: Facts) -> Iterator[Problem]:
    for code in facts.workspace.company.checks.severities:
        if code not in RULES:
            at = facts.workspace.at / "checks" / "severities" / code
            hint = _meant(code, RULES) or "docs/rules.md lists the rules"
            yield at.source.problem("unknown-rule", f"there is no rule '{code}'", at.loc, hint, at_key=True)
