"""Welcoming someone: who it is, the letter as one types, passages in other words, and taking it along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from pitchgen.keep.newcomer import save_newcomer
from pitchgen.new.existing import Existing
from pitchgen.problems import InvalidInput, errors
from pitchgen.web import person
from pitchgen.web.frame import file, listening
from pitchgen.web.letter import FORMATS
from pitchgen.web.visit import Visit, route
from pitchgen.write import file_stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from starlette.responses import Response

    from pitchgen.studio.sentences import Passage
    from pitchgen.web.letter import Letter
    from pitchgen.web.opened import Opened, Typed
    from pitchgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: its name, the words for it, what it has, and what one may choose from."""

    name: str
    label: str
    help: str
    value: str | tuple[str, ...]
    choices: Sequence[tuple[str, str]] = ()

    @property
    def id(self) -> str:
        """The name as an id of a page."""
        return self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A passage on the page: what it says now, and what is said instead of the company's words."""

    field: Field
    passage: Passage | None


def begin(visit: Visit) -> Response:
    """Open a newcomer, new or with a file."""
    workspace, of = visit.reading.workspace, visit.typed("of") or None
    if of and not (workspace and person.hire_of(workspace, of)):
        raise visit.gone("gone")
    return visit.go(f"/newcomers/{visit.desk.open(of).id}")


def newcomer(visit: Visit) -> Response:
    """The form of a newcomer beside their letter, as far as there is one."""
    return _shown(visit, _opened(visit))


def change(visit: Visit) -> Response:
    """Take down what was typed; a script that follows typing gets the page at once."""
    opened = _opened(visit)
    typed = person.changed(visit.reading.workspace, opened, dict(_typed(visit)))
    opened = visit.desk.change(opened, typed)
    return _shown(visit, opened) if visit.is_live else visit.go(f"/newcomers/{opened.id}#letter")


def save(visit: Visit) -> Response:
    """Write the newcomer into hires/; what keeps the letter from being made is mended first."""
    visit.refuse_to_write()
    desk, opened = visit.desk, _opened(visit)
    typed = person.changed(visit.reading.workspace, opened, dict(_typed(visit)))
    opened = desk.change(opened, typed)
    if _letter(visit, opened).made:
        kept = save_newcomer(desk.store, Existing.read(desk.root), person.draft(opened), desk.today())
        desk.change(opened, {}, of=PurePath(kept.path).stem, saved=kept.path)
    return visit.go(f"/newcomers/{opened.id}#letter")


def _typed(visit: Visit) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """What the form has in each of its fields; a passage of which the company's words are wanted is empty."""
    back = visit.typed("back")
    for name in person.FIELDS:
        if name in person.TICKS:
            yield name, tuple(str(each) for each in visit.form.getlist(name))
        elif name in visit.form:
            yield name, "" if name == back else visit.typed(name).strip()


def _opened(visit: Visit) -> Opened:
    if opened := visit.desk.opened(visit.path("id")):
        return opened
    raise visit.gone("gone")


def _letter(visit: Visit, opened: Opened) -> Letter:
    return visit.desk.letter(visit.reading, opened)


def _shown(visit: Visit, opened: Opened) -> Response:
    letter, workspace = _letter(visit, opened), visit.reading.workspace
    values = person.shown(workspace, opened)
    fields = dict(_fields(visit, workspace, values))
    return visit.page(
        "newcomer",
        opened=opened,
        letter=letter,
        fields=fields,
        told_of=[(each.id, letter.at_fields.get(name, ())) for name, each in fields.items()],
        groups=(("who", person.WHO), ("day", person.DAY), ("person", person.PERSON)),
        spoken=list(_spoken(letter, fields)),
        heading=values["name"],
        formats=FORMATS,
        pages=letter.made.pages() if letter.made else 0,
    )


def _fields(visit: Visit, workspace: Workspace | None, values: Typed) -> Iterator[tuple[str, Field]]:
    said = visit.said
    # They stand still while somebody types.
    choices = _choices(visit, workspace) if workspace and not visit.is_live else {}
    for name in person.FIELDS:
        key = name.replace(".", "_") if not name.startswith(person.PITCH) else ""
        label = said[f"label_{key}"] if key else said[f"passage_{name.partition('.')[2]}"]
        yield name, Field(name, label, said.get(f"help_{key}", ""), values[name], choices.get(name, ()))


def _choices(visit: Visit, workspace: Workspace) -> Mapping[str, Sequence[tuple[str, str]]]:
    """What may be chosen in a field: each as it is sent, and as it is shown."""
    language = visit.language_in(workspace)
    roles = [person.role_name(workspace, role, language) for role in workspace.roles]
    managers = [manager.model.name for manager in workspace.managers]
    tags = dict.fromkeys(tag for reward in workspace.rewards for tag in reward.model.suits)
    names = {
        code: workspace.languages.get(code).called(visit.language) for code in workspace.company.languages
    }
    return {
        "role": [(title, title) for title in sorted(roles, key=str.casefold)],
        "manager": [(name, name) for name in managers],
        "buddy": [(name, name) for name in managers],
        "likes": [(tag, tag) for tag in tags],
        "language": [("", names[workspace.company.language]), *names.items()],
    }


def _spoken(letter: Letter, fields: Mapping[str, Field]) -> Iterator[Spoken]:
    """Every passage in its order, with what it says, if it does."""
    said = {each.name: each for each in letter.made.passages()} if letter.made else {}
    for name in person.WORDS:
        yield Spoken(fields[name], said.get(name.partition(".")[2]))


def page_of_letter(visit: Visit) -> Response:
    """The letter as it will look, for a frame: the one that the address names, or that of now."""
    opened, version = _opened(visit), visit.request.query_params.get("version")
    made = (visit.desk.letter_shown(opened, version) or _letter(visit, opened)).made
    if made is None:
        raise visit.gone()
    return listening(visit, made.html)


def take_along(visit: Visit) -> Response:
    """The letter in one of its formats, as a file. What keeps it from being made is told instead."""
    format = visit.path("format")
    letter = _letter(visit, _opened(visit))
    if format not in FORMATS:
        raise visit.gone()
    if letter.made is None:
        raise InvalidInput((*letter.elsewhere, *errors(letter.problems)))
    rendered = letter.made.file(format)
    if rendered.failed:
        raise InvalidInput(errors(rendered.problems))
    name = f"{file_stem(letter.made.hire.model.id)}-pitch-{letter.made.language}.{format}"
    return file(rendered.content, name)


def practice(visit: Visit) -> Response:
    """The letter in large type, to say aloud by."""
    opened = _opened(visit)
    made = _letter(visit, opened).made
    if made is None:
        raise HTTPException(404, visit.said["aloud_none"])
    return visit.page("practice", opened=opened, paragraphs=made.paragraphs(), letter_language=made.language)


ROUTES = (
    route("/newcomers", begin, "POST"),
    route("/newcomers/{id}", newcomer),
    route("/newcomers/{id}", change, "POST"),
    route("/newcomers/{id}/save", save, "POST"),
    route("/newcomers/{id}/letter", page_of_letter),
    route("/newcomers/{id}/letter.{format}", take_along),
    route("/newcomers/{id}/practice", practice),
)
