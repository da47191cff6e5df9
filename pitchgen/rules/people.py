"""People: a newcomer is expected, by name, and what they may count on has a day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pitchgen.model.file_kind import MANAGERS
from pitchgen.model.hire import Manager
from pitchgen.rules.brand import beside_avoided
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import found_in, quoted
from pitchgen.rules.words import no_rhythm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from pitchgen.load.place import Place
    from pitchgen.model.amount import When
    from pitchgen.model.company import Commitment
    from pitchgen.workspace import Hire

_FIRST_WEEK = range(1, 8)
# What follows a comma after a name and is no first name.
_AFTER_NAMES = frozenset({"jr", "sr", "esq", "md"})


@rule("commitment-when")
def commitment_when(facts: Facts) -> Iterator[Finding]:
    """Everything a newcomer may count on has a day or a rhythm.

    "Sometime soon" is said by people who will not come, and "always" by those who were not asked yet. A
    promise with a day can be kept, and a kept promise in the first week is what a newcomer tells at home.

    Write `when: day 7`, a date, or a rhythm in words such as "every Friday". What cannot be given a day may
    be better left unsaid.

    Wrong:

        # managers/marjut.yaml
        commitments:
          - text: We talk for half an hour about your week.

    Right:

        # managers/marjut.yaml
        commitments:
          - text: We talk for half an hour about your week.
            when: every Friday
    """
    look = beside_avoided(partial(no_rhythm, facts.lists), facts)
    for whose, commitments, at, language in _all_commitments(facts):
        for n, commitment in enumerate(commitments):
            if commitment.when is None:
                yield Finding(
                    at / n / "when",
                    f"commitment {n + 1} of {whose} has no day and no rhythm",
                    "add `when`: `day 7`, a date, or words such as `every Friday`",
                )
            elif rhythm := commitment.when.rhythm:
                for place, found in found_in(look, at / n / "when", rhythm, language):
                    yield Finding(
                        place,
                        f"commitment {n + 1} of {whose} is for {quoted(found)}, which is no day and no "
                        "rhythm",
                        "write `day 7`, a date, or words such as `every Friday`",
                    )


def _all_commitments(facts: Facts) -> Iterator[tuple[str, Sequence[Commitment], Place, str]]:
    """What is promised, by whom in words, where it stands, and the language of its plain texts."""
    workspace = facts.workspace
    usual = workspace.company.language
    yield "the company", workspace.company.commitments, workspace.at / "commitments", usual
    for role in workspace.roles:
        yield f"role '{role.model.id}'", role.model.commitments, role.at / "commitments", usual
    for item in workspace.files.of(MANAGERS):
        yield f"manager '{item.model.id}'", item.model.commitments, item.at / "commitments", usual
    for hire in workspace.hires:
        if isinstance(manager := hire.model.manager, Manager):
            whose = f"the manager of hire '{hire.model.id}'"
            at = hire.at / "manager" / "commitments"
            yield whose, manager.commitments, at, workspace.language_of(hire)


@rule("hire-buddy")
def hire_buddy(facts: Facts) -> Iterator[Finding]:
    """Every newcomer has a buddy.

    There are questions one does not ask a manager: where people eat, what that word means, whether one may
    go home. With a buddy they are asked on the first day; without one they wait until the second month.

    Ask a colleague who likes company, and write their name under `buddy`.

    Wrong:

        # hires/aino.yaml
        buddy:

    Right:

        # hires/aino.yaml
        buddy: Kerttu Salo
    """
    for hire in facts.workspace.hires:
        if hire.model.buddy is None:
            hint = "ask a colleague, and write their name under `buddy`"
            yield Finding(hire.at / "buddy", f"hire '{hire.model.id}' has no buddy", hint)


@rule("hire-manager")
def hire_manager(facts: Facts) -> Iterator[Finding]:
    """Every newcomer has a manager who welcomes them.

    The pitch ends with somebody standing by the newcomer in every way. Without a name nobody says it, nobody
    signs it, and its promises are nobody's.

    Write the id of a file in managers/ under `manager`, or the manager's name right there.

    Wrong:

        # hires/aino.yaml
        manager:

    Right:

        # hires/aino.yaml
        manager:
          name: Marjut Ketola
          commitments:
            - text: We talk for half an hour about your week.
              when: every Friday
    """
    for hire in facts.workspace.hires:
        if hire.manager is None:
            hint = "write under `manager` the id of a file in managers/, or a `name`"
            yield Finding(hire.at / "manager", f"hire '{hire.model.id}' has no manager", hint)


@rule("first-week")
def first_week(facts: Facts) -> Iterator[Finding]:
    """Somebody meets every newcomer in the first week.

    Good experiences of customers begin with good experiences of the people who serve them. A newcomer who
    spends the first week alone with a laptop has learned how we treat those who depend on us.

    Add a day from 1 to 7 to `first_days` of the role, or a commitment of the company, the role or the manager
    that falls in the first week or comes round again and again.

    Wrong:

        # company.yaml
        commitments:
        # roles/adviser.yaml
        first_days:
          - day: 14
            text: You meet your team over coffee.
        # managers/marjut.yaml
        commitments:
          - text: We talk about your first month.
            when: day 30

    Right:

        # company.yaml
        commitments:
        # roles/adviser.yaml
        first_days:
          - day: 14
            text: You meet your team over coffee.
        # managers/marjut.yaml
        commitments:
          - text: I walk you round the house and introduce you.
            when: day 1
    """
    by_company = facts.workspace.company.commitments
    for hire in facts.workspace.hires:
        role, by_manager = hire.role.model, hire.manager.model.commitments if hire.manager else []
        welcomed = any(day.day in _FIRST_WEEK for day in role.first_days)
        if not welcomed and not _any_in_first_week((by_company, role.commitments, by_manager), hire):
            yield Finding(
                hire.at / "role",
                f"nobody meets hire '{hire.model.id}' in the first week",
                f"add a day from 1 to 7 to `first_days` of role '{role.id}', or a commitment of the manager",
            )


def _any_in_first_week(promises: Iterable[Sequence[Commitment]], hire: Hire) -> bool:
    starts_on = hire.model.starts_on
    return any(
        commitment.when and _is_in_first_week(commitment.when, starts_on)
        for commitments in promises
        for commitment in commitments
    )


def _is_in_first_week(when: When, starts_on: date | None) -> bool:
    if when.day is not None:
        return when.day in _FIRST_WEEK
    if when.date and starts_on:
        return (when.date - starts_on).days + 1 in _FIRST_WEEK
    # A rhythm begins at once; and while the first day is unknown, a date may be in its week.
    return True


@rule("name-order")
def name_order(facts: Facts) -> Iterator[Finding]:
    """A newcomer's name is written as it is said.

    Lists of staff put the surname first. A letter that begins "Welcome, Virtasalmi," tells its reader that a
    list was greeted and not a person, and the first words are heard the longest.

    Write the first name first and leave out the comma: `name: Aino Virtasalmi`.

    Wrong:

        # hires/aino.yaml
        name: Virtasalmi, Aino

    Right:

        # hires/aino.yaml
        name: Aino Virtasalmi
    """
    for hire in facts.workspace.hires:
        surname, comma, first = (part.strip() for part in hire.model.name.partition(","))
        if comma and surname and _is_first_name(first, shouted=surname.isupper()):
            yield Finding(
                hire.at / "name",
                f"'{hire.model.name}' has the surname first",
                f"write it as it is said: {first} {surname}",
            )


def _is_first_name(words: str, *, shouted: bool) -> bool:
    """Whether words after a comma are a first name, and no degree such as "PhD", "KTM" or "Jr."."""
    if not words or "." in words or words.casefold() in _AFTER_NAMES:
        return False
    return words.istitle() or words.islower() or (shouted and words.isupper())
