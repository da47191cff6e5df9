"""Voice: whoever reads is spoken to, in the form that the company has chosen."""

from __future__ import annotations

import re
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from pitchgen.model.company import Company
from pitchgen.model.hire import Hire, Manager
from pitchgen.model.role import Role
from pitchgen.problems import Severity
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import Wording, found_in, owner, quoted
from pitchgen.workspace.texts import language_of, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.language.phrases import Lists
    from pitchgen.load.place import Place
    from pitchgen.model.text import Text
    from pitchgen.workspace.validate import Item

# What somebody says is in their own voice.
_SPEECH = re.compile(r"“[^”]*”|”[^”]*”|»[^«»]*[«»]|\"[^\"]*\"")
# The texts that speak to a newcomer, by the kind of file.
_SPOKEN_BY_ROLE = ("purpose", "part", "exciting", "ideal", "first_days")
_SPOKEN: dict[type, tuple[str, ...]] = {
    Company: ("commitments",),
    Role: (*_SPOKEN_BY_ROLE, "outcomes", "decides", "goals", "commitments"),
    Manager: ("commitments",),
    Hire: ("why_you", "link_to_story", "pitch", "goals"),
}


@rule("part-voice")
def part_voice(facts: Facts) -> Iterator[Finding]:
    """A role speaks to the newcomer: "you ring", not "I ring".

    The pitch is said aloud by a manager. "I name a time in every answer" is then a sentence about the
    manager, and the newcomer hears of somebody else's work on the one day on which they want to hear of
    theirs.

    Say it to them: "You name a time in every answer". What they will say to a customer may stand in quotation
    marks.

    Wrong:

        # roles/planner.yaml
        part:
          why: Without you the phone would ring in an empty room.
          how: I fill every shift two weeks before it begins.

    Right:

        # roles/planner.yaml
        part:
          why: Without you the phone would ring in an empty room.
          how: You fill every shift two weeks before it begins.
    """
    look = partial(_said, facts.lists, "first-person")
    for role in facts.workspace.roles:
        for at, text in _fields(role.model, role.at, _SPOKEN_BY_ROLE):
            for place, found in found_in(look, at, text, facts.workspace.company.language):
                yield Finding(
                    place,
                    f"role '{role.model.id}' speaks of oneself, {quoted(found)}, and not to the newcomer",
                    "say it to them: `You …`",
                )


@rule("informal-address", of_newcomers=True)
def informal_address(facts: Facts) -> Iterator[Finding]:
    """In a company of a formal tone nobody is addressed informally.

    Documents take the formal form from `tone: formal`. One sentence in the other form among them sounds as if
    somebody else had slipped into the letter, and the newcomer does not know which of the two is meant.

    Write the sentence in the formal form; or take `tone: formal` out of company.yaml, if you do not speak so.

    Wrong:

        # company.yaml
        brand: {tone: formal}
        language: sv
        languages: [sv]
        # roles/adviser.yaml
        purpose: Du hjälper kunderna vidare.

    Right:

        # company.yaml
        brand: {tone: formal}
        language: sv
        languages: [sv]
        # roles/adviser.yaml
        purpose: Ni hjälper kunderna vidare.
    """
    if facts.workspace.company.brand.tone == "formal":
        for place, whose, found in _addressed(facts, "informal-address"):
            yield Finding(
                place,
                f"{whose} addresses the newcomer informally: {found}; the tone is formal",
                "write it in the formal form, or take `tone: formal` out of company.yaml",
            )


@rule("formal-address", Severity.NOTE, of_newcomers=True)
def formal_address(facts: Facts) -> Iterator[Finding]:
    """In a company of an informal tone nobody is addressed formally.

    A letter that says "du" to the newcomer and then "Er roll" was put together from two others, and the
    newcomer wonders which of them meant it. Where several people are meant, who are addressed alike in some
    languages, all is well: then allow the finding, or name them.

    Write the sentence to one person, as the others are; or say `tone: formal` in company.yaml.

    Wrong:

        # company.yaml
        language: sv
        languages: [sv]
        # roles/adviser.yaml
        purpose: Ni hjälper kunderna vidare.

    Right:

        # company.yaml
        language: sv
        languages: [sv]
        # roles/adviser.yaml
        purpose: Du hjälper kunderna vidare.
    """
    if facts.workspace.company.brand.tone == "informal":
        for place, whose, found in _addressed(facts, "formal-address"):
            yield Finding(
                place,
                f"{whose} addresses the newcomer formally: {found}; the tone is informal",
                "write it to one person, or say `tone: formal` in company.yaml",
            )


def _addressed(facts: Facts, code: str) -> Iterator[tuple[Place, str, str]]:
    """Where a newcomer is addressed in the words of the list `code`, in whose file, and in which of them."""
    look = partial(_said, facts.lists, code)
    for item in facts.items:
        for at, text in _spoken(item):
            for place, found in found_in(look, at, text, language_of(item, facts.workspace.company)):
                yield place, owner(item), quoted(found)


def _said(lists: Lists, code: str, wording: Wording) -> list[str]:
    """What of the list `code` a text says itself, outside quotation marks."""
    return lists.listed(code, wording.language).in_(_SPEECH.sub(" ", wording.words))


def _spoken(item: Item[Any]) -> Iterator[tuple[Place, Text]]:
    """The texts of a file that speak to a newcomer."""
    yield from _fields(item.model, item.at, _SPOKEN.get(type(item.model), ()))
    if isinstance(item.model, Company) and item.model.story:
        yield from texts(item.model.story.invitation, item.at / "story" / "invitation")


def _fields(model: Any, at: Place, names: tuple[str, ...]) -> Iterator[tuple[Place, Text]]:
    return chain.from_iterable(texts(getattr(model, name), at / name) for name in names)
