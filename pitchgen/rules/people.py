"""People: a newcomer is expected, by name, and what they may count on has a day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pitchgen.language.garbled import HINT, is_garbled
from pitchgen.language.names import Slip
from pitchgen.model.file_kind import COMPANY, MANAGERS, ROLES
from pitchgen.model.hire import Manager
from pitchgen.problems import Quoting, Severity, quoting
from pitchgen.rules.brand import beside_avoided
from pitchgen.rules.days_off import DaysOff
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import found_in, quoted
from pitchgen.rules.words import no_rhythm
from pitchgen.workspace.known import in_any_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pitchgen.language.names import PersonName
    from pitchgen.load.place import Place
    from pitchgen.model.amount import When
    from pitchgen.model.company import Commitment
    from pitchgen.workspace import Hire

_FIRST_WEEK = range(1, 8)
# Days after the first one in which it may well be that a pitch is still to be made.
_FIRST_MONTH = 31
# Where a hire or a manager has a name alone.
_NAMES = frozenset({"name", "called", "buddy", "manager"})
# What is unusual about a name that is read by others, but greets nobody.
_UNUSUAL = frozenset({Slip.SURNAME_FIRST, Slip.CAPITALS, Slip.NO_CAPITAL})
_DOUBTFUL = _UNUSUAL | {Slip.SEEMS_SURNAME_FIRST}


@rule("commitment-when", of_newcomers=True)
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
    for item in facts.items:
        if (kind := item.source.kind) in (COMPANY, ROLES, MANAGERS):
            whose = f"{kind.noun} '{item.model.id}'" if kind.is_folder else "the company"
            yield whose, item.model.commitments, item.at / "commitments", usual
    for hire in workspace.hires:
        if isinstance(manager := hire.model.manager, Manager):
            whose = f"the manager of {hire.label}"
            at = hire.at / "manager" / "commitments"
            yield whose, manager.commitments, at, workspace.language_of(hire)


@rule("hire-buddy", of_newcomers=True)
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
            yield Finding(hire.at / "buddy", f"{hire.label} has no buddy", hint)


@rule("hire-manager", of_newcomers=True)
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
            hint = "write their name, or the id of a file in managers/, under `manager`"
            yield Finding(hire.at / "manager", f"{hire.label} has no manager", hint)


@rule("first-week", of_newcomers=True)
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
                f"nobody meets {hire.label} in the first week",
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


@rule("new-manager", of_newcomers=True)
def new_manager(facts: Facts) -> Iterator[Finding]:
    """Who signs a letter is known: a manager has a file in managers/, or is told of where they are named.

    A letter whose manager is a name alone, be it with a file or without, has no title in it, and none of the
    promises that make a first week. Usually the name was mistyped, and the letter would be signed by somebody
    who does not exist.

    Correct the name; or write managers/<id>.yaml with it, a title and what the manager promises.

    Wrong:

        # hires/aino.yaml
        manager: Kerttu Salo

    Right:

        # hires/aino.yaml
        manager: Marjut Laine
    """
    strangers: dict[str, list[Hire]] = {}
    names_alone: dict[str, list[Hire]] = {}
    for hire in facts.workspace.hires:
        if hire.manager and isinstance(hire.at.source.data.get("manager"), str):
            who = in_any_order(hire.manager.model.name)
            if hire.manager.at.source is hire.at.source:
                strangers.setdefault(who, []).append(hire)
            elif not (hire.manager.model.title or hire.manager.model.commitments):
                names_alone.setdefault(who, []).append(hire)
        elif hire.manager and isinstance(hire.model.manager, Manager):
            yield from _described_twice(facts, hire)
    for first, more in _with_others(names_alone):
        yield Finding(
            first.at / "manager",
            f"the manager of {first.label} has a file with a name, but no title and no promises{more}",
            "write `title` and `commitments` into that file",
        )
    for first, more in _with_others(strangers):
        yield Finding(
            first.at / "manager",
            f"the manager of {first.label} has no file in managers/, so no title and no promises{more}",
            "correct the name; if it is right, `pitchgen new manager` begins their file, with a title and "
            "promises",
        )


def _with_others(of_manager: Mapping[str, Sequence[Hire]]) -> Iterator[tuple[Hire, str]]:
    """The first newcomer of each manager, and how many others there are, as the end of a sentence."""
    for first, *others in of_manager.values():
        yield first, f"; so it is with {len(others):,} more" if others else ""


def _described_twice(facts: Facts, hire: Hire) -> Iterator[Finding]:
    """A manager who is described in a newcomer's file, and has nearly or wholly the name of another file."""
    assert hire.manager
    found = facts.workspace.files.known.managers.find(hire.manager.model.name)
    if found.id or found.sharing or found.hint:
        known = quoting("there is managers/{}.yaml", found.id) if found.id else found.hint
        message = f"the manager of {hire.label} is described here, and a file is called the same or nearly so"
        hint = known + "; if they are one person, write that id under `manager`"
        yield Finding(hire.at / "manager" / "name", message, hint)


@rule("first-day-past", of_newcomers=True)
def first_day_past(facts: Facts) -> Iterator[Finding]:
    """Nobody is welcomed to a first day that is long past.

    "You begin on 1 June 2025", said a year later, tells a newcomer that nobody looked. Usually the year was
    mistyped, or the list is last year's.

    Correct `starts_on`. Of somebody who has begun long ago, delete the file or the row: what is kept of
    people must be needed.

    Wrong:

        # hires/aino.yaml
        starts_on: 2025-12-01

    Right:

        # hires/aino.yaml
        starts_on: 2026-12-01
    """
    for hire in facts.workspace.hires:
        starts_on = hire.model.starts_on
        if starts_on and (past := (facts.today - starts_on).days) > _FIRST_MONTH:
            yield Finding(
                hire.at / "starts_on",
                f"the first day of {hire.label} was {past:,} days ago",
                "correct the year; or delete what is kept of somebody who began long ago",
            )


@rule("first-day-off", of_newcomers=True)
def first_day_off(facts: Facts) -> Iterator[Finding]:
    """A first day of work is a day on which somebody is there.

    A newcomer who stands before a locked door on Midsummer's Day has learned how well we plan. Usually a
    contract begins on the first of a month, and work on the day after the holiday.

    Write the day on which the newcomer is expected under `starts_on`. Public holidays are known when
    company.yaml says its `country`: FI, or DE-BY where a part of a country has its own. Where a first day
    may well be a Sunday, switch this off under `checks: severities:`.

    Wrong:

        # company.yaml
        country: FI
        # hires/aino.yaml
        starts_on: 2027-01-06

    Right:

        # company.yaml
        country: FI
        # hires/aino.yaml
        starts_on: 2027-01-07
    """
    country = facts.workspace.company.country
    calendar = DaysOff(country)
    if country and not calendar.is_known:
        hint = "write the two letters of the country alone; weekends are looked at in any case"
        yield Finding(facts.workspace.at / "country", f"no public holidays are known for {country}", hint)
    for hire in facts.workspace.hires:
        if hire.model.starts_on and (why := calendar.why_off(hire.model.starts_on)):
            yield Finding(
                hire.at / "starts_on",
                f"the first day of {hire.label} is {why}",
                "write the day on which somebody is there to meet them",
            )


@rule("name-order", of_newcomers=True)
def name_order(facts: Facts) -> Iterator[Finding]:
    """A newcomer's name is written as it is said.

    Lists of staff put the surname first, in capitals, or behind a title. A letter that begins "Welcome,
    Virtasalmi," or "Hi Dr., welcome!" tells its reader that a list was greeted and not a person, and the
    first words are heard the longest.

    Write the first name first, without a comma, with capitals where words begin: `name: Aino Virtasalmi`.
    Whose name begins with a title, an initial or a particle is greeted by what stands under `called`, and by
    the whole name without it. Without a comma, a surname in front is known by names that are usual in the
    languages of documents; of a name that only seems turned round, `called` is all that is wanted.

    Wrong:

        # hires/aino.yaml
        name: Virtasalmi, Aino

    Right:

        # hires/aino.yaml
        name: Aino Virtasalmi
    """
    names = facts.workspace.languages.names
    for hire in facts.workspace.hires:
        model = hire.model
        found = names.read(model.name)
        # Whoever says what somebody is called has settled by what they are greeted.
        if found.slip in _UNUSUAL or (found.slip and not model.called):
            yield Finding(hire.at / "name", f"the name {found.slip.value}", _as_said(found))
        others = [(hire.at / "buddy", "buddy's", model.buddy)] if model.buddy and not hire.buddy else []
        if hire.manager and hire.manager.at.source is hire.at.source:
            others.append((_name_of_manager(hire), "manager's", hire.manager.model.name))
        for at, whose, name in others:
            if (read := names.read(name)).slip in _DOUBTFUL and read.slip:
                yield Finding(at, f"the {whose} name {read.slip.value}", _as_said(read))


def _name_of_manager(hire: Hire) -> Place:
    at = hire.at / "manager"
    return at if isinstance(hire.at.source.data.get("manager"), str) else at / "name"


def _as_said(name: PersonName) -> str:
    """What to do about a name."""
    if name.said:
        shouted = any(word.isupper() and len(word) > 1 for word in name.said.split())
        capitals = ", with capitals only where its words begin" if shouted else ""
        turned = Quoting(
            f"write it as it is said: {name.said}", "write the first name first, without a comma"
        )
        surely = name.slip is not Slip.SEEMS_SURNAME_FIRST
        return turned + (capitals if surely else "; or write what they like to be called under `called`")
    if name.slip in _UNUSUAL:
        return "write it as it is said, the first name first, with capitals only where its words begin"
    return "write the first name first and in full; or write what they like to be called under `called`"


@rule("garbled-text", Severity.ERROR, of_newcomers=True)
def garbled_text(facts: Facts) -> Iterator[Finding]:
    """Every letter came through as it was written.

    "Hi PŠivi, welcome!" shows somebody how their name looks to us. A program wrote the text in one encoding,
    and another one read it in another: as a rule every ä and ö of the file is wrong, not only this one.

    Save the list as "CSV UTF-8" or as .xlsx, and copy from that. Where the text is as it should be, switch
    this off under `checks: severities:` in company.yaml.

    Wrong:

        # hires/aino.yaml
        name: PŠivi MÃ¤kinen

    Right:

        # hires/aino.yaml
        name: Päivi Mäkinen
    """
    for item, values in facts.typed:
        source = item.source
        for at, typed in values:
            if is_garbled(typed, is_name=source.kind.is_personal and at.loc[-1] in _NAMES):
                hint = (
                    HINT
                    if source.row is not None
                    else "type it anew; what it was copied from has it wrong too"
                )
                yield Finding(at, "this text was read in another encoding than it was written in", hint)
