"""Starter: what a company began with is only an example, until somebody has made it theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pitchgen.load.place import scalars
from pitchgen.model.file_kind import FOLDERS
from pitchgen.plain import shortened
from pitchgen.problems import Quoting, quoting
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import short_list
from pitchgen.starter import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pitchgen.language.phrases import Phrases
    from pitchgen.load.place import Place
    from pitchgen.workspace import Workspace
    from pitchgen.workspace.validate import Item

_REMARK = re.compile(r"^ *#.*", re.MULTILINE)
_HINT = "write your own in its place, or delete it"
_MAKE_IT_YOURS = "make it yours and delete the line `example: true`, or delete the file"


@rule("still-the-starters", once_a_file=True, of_newcomers=True)
def still_the_starters(facts: Facts) -> Iterator[Finding]:
    """Once the company has a name of its own, nothing in it is the starter company's any more.

    "You are the Lokkisilta that rings the bell" tells a newcomer of another house that nobody read their
    letter. It is easily overlooked: the starter's sentences are good ones, and its names look like anybody's.

    Write your own words in its place, or delete what you do not need: almost nothing has to be there. One
    line stands for each file, and says how much more there is. What is as true of you as of the starter may
    stay: write a remark that allows it.

    Wrong:

        # roles/adviser.yaml
        purpose: You are the Lokkisilta that rings the bell and wipes its boots.

    Right:

        # roles/adviser.yaml
        purpose: You get people working again, at their own desk and on the same day.
    """
    if words.is_example(facts.workspace.company.name):
        return
    sentences = list[Finding]()
    look = _Look(facts.workspace)
    for at in _written(facts.items):
        names = look.names_in(at.source.text)
        for place, text in scalars(at.source.data, at):
            if names and (found := _first_name(text, names)):
                # What catches the eye of a reader comes first.
                yield Finding(place, found, _HINT)
            elif look.is_sentence(text) and "when" not in place.loc:
                # A rhythm, such as the last working day of the month, is nobody's own.
                sentences.append(Finding(place, "this sentence is still as `pitchgen init` wrote it", _HINT))
    yield from sentences


@rule("only-an-example", of_newcomers=True)
def only_an_example(facts: Facts) -> Iterator[Finding]:
    """No file is marked as an example any more.

    Documents pass an example over where there is anything else of its kind, unless somebody names it. So a
    persona that somebody made their own, and forgot to say so, is missing from every playbook.

    Make the file yours and delete the line `example: true`; or delete the file.

    Wrong:

        # personas/careful.yaml
        example: true

    Right:

        # personas/careful.yaml
        example: false
    """
    if marked := _examples(facts.items):
        such = "1 file is only an example" if len(marked) == 1 else f"{len(marked)} files are only examples"
        yield Finding(
            marked[0] / "example", f"{such}: {short_list(at.path for at in marked)}", _MAKE_IT_YOURS
        )


@rule("example-named", of_newcomers=True)
def example_named(facts: Facts) -> Iterator[Finding]:
    """Nobody is welcomed by an example, or into the role of one.

    Whoever is named gets into documents, be it an example or not. A letter that is signed by a manager whom
    nobody in the house has ever met was written for another company.

    Make the example yours and delete its line `example: true`; or name a role and a manager of your own.

    Wrong:

        # roles/adviser.yaml
        example: true
        # hires/aino.yaml
        role: adviser

    Right:

        # roles/adviser.yaml
        example: false
        # hires/aino.yaml
        role: adviser
    """
    for hire in facts.workspace.hires:
        if hire.model.example:
            continue
        for key, item in (("role", hire.role), ("manager", hire.manager), ("buddy", hire.buddy)):
            if item and item.model.example:
                such = f"the {key} of {hire.label} is only an example"
                where = f", {item.at.path}"
                # What a file of a person is called is often their name.
                told = Quoting(such + where, such) if item.at.source.kind.is_personal else such + where
                hint = f"make that file yours and delete its line `example: true`, or name another {key}"
                yield Finding(hire.at / key, told, hint)


def may_have_examples(workspace: Workspace) -> bool:
    """Whether one of these rules may find anything."""
    files = workspace.files
    examples = (item.model.example for kind in FOLDERS for item in files.of(kind))
    return not words.is_example(workspace.company.name) or any(examples)


def _examples(items: Iterable[Item[Any]]) -> list[Place]:
    return [item.at for item in items if _is_example(item)]


def _is_example(item: Item[Any]) -> bool:
    return bool(item.source.kind.is_folder and item.model.example)


def _written(items: Iterable[Item[Any]]) -> Iterator[Place]:
    """The files that somebody wrote, and who is no example."""
    for item in items:
        if item.source.text and item.source.row is None and not _is_example(item):
            yield item.at


class _Known(NamedTuple):
    """Names of the starter's, and what to say of one; those of people are only meant in capitals."""

    names: Phrases
    what: str
    in_capitals: bool = True

    def first_in(self, text: str) -> str:
        """The first of the names in a text; an id such as gatekeeper is none."""
        hits = (found[0] for found in self.names.finditer(text))
        return next((hit for hit in hits if hit[0].isupper() or not self.in_capitals), "")


class _Look:
    """What is looked for in a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        labels = [label for persona in workspace.personas for label in persona.model.label.spellings]
        self._known = (
            _Known(words.names_of_company(), "is the name of the starter company", in_capitals=False),
            _Known(words.names_of_people(), "is a name of somebody in the starter company"),
            _Known(words.names_of_personas(labels), "is a persona of the starter company, and none of yours"),
        )
        self._sentences = words.sentences(workspace.company.name)

    def names_in(self, text: str) -> list[_Known]:
        """The kinds of names of which there is any in a file, but for its remarks."""
        said = _REMARK.sub("", text)
        return [known for known in self._known if known.first_in(said)]

    def is_sentence(self, text: str) -> bool:
        """Whether the starter or a bare workspace says just this."""
        return text.strip() in self._sentences


def _first_name(text: str, names: Iterable[_Known]) -> str:
    """What to say of the first name in a text; "" when there is none."""
    for known in names:
        if hit := known.first_in(text):
            return quoting(f"'{{}}' {known.what}", shortened(hit))
    return ""
