"""A newcomer as a form shows them: each field of their file as text, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.model.hire import PASSAGES
from pitchgen.workspace.newcomer import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.model.text import Text
    from pitchgen.web.opened import Opened, Typed
    from pitchgen.workspace import Hire, Role, Workspace
    from pitchgen.workspace.newcomer import Said

PITCH, ARRIVAL = "pitch", "arrival"
# The fields of the form in their order, with a dot where one stands in a group.
WHO = ("role", "name", "called", "language")
DAY = ("starts_on", "arrival.time", "arrival.place", "arrival.ask_for", "manager", "buddy", "email")
PERSON = ("why_you", "needs", "likes", "link_to_story")
WORDS = tuple(f"{PITCH}.{name}" for name in PASSAGES)
LINES, TICKS = frozenset({"needs"}), frozenset({"likes"})
# All of them, as they come from a form and go into it.
FIELDS = (*WHO, *DAY, *PERSON, *WORDS)


def shown(workspace: Workspace | None, opened: Opened) -> Typed:
    """What the form has in each field: what was typed, else what the file says, else nothing."""
    values: dict[str, str | tuple[str, ...]] = {name: () if name in TICKS else "" for name in FIELDS}
    if workspace and (hire := hire_of(workspace, opened.of)):
        values.update(in_file(workspace, hire))
    return {**values, **opened.typed}


def hire_of(workspace: Workspace, id: str | None) -> Hire | None:
    """The newcomer with a file of that id."""
    return next((hire for hire in workspace.hires if id and hire.model.id == id), None)


def in_file(workspace: Workspace, hire: Hire) -> Typed:
    """What the file of a newcomer says in each field, in their language."""
    model, language = hire.model, workspace.language_of(hire)

    def said(text: Text | None) -> str:
        return text.said(language, workspace.company.language) if text else ""

    texts = {
        "name": model.name,
        "called": model.called or "",
        "role": role_name(workspace, hire.role, language),
        "language": model.language or "",
        "starts_on": model.starts_on.isoformat() if model.starts_on else "",
        "arrival.time": f"{model.arrival.time:%H:%M}" if model.arrival.time else "",
        "arrival.place": said(model.arrival.place),
        "arrival.ask_for": said(model.arrival.ask_for),
        "manager": hire.manager.model.name if hire.manager else "",
        "buddy": hire.buddy_name or "",
        "email": model.email or "",
        "why_you": said(model.why_you),
        "needs": "\n".join(map(said, model.needs)),
        "link_to_story": said(model.link_to_story),
        **{f"{PITCH}.{name}": said(text) for name, text in model.pitch.said.items()},
    }
    return {**texts, "likes": tuple(model.likes)}


def role_name(workspace: Workspace, role: Role, language: str) -> str:
    """What a form calls a role: its title, or its id where several have that title."""
    title = role.model.title.said(language, workspace.company.language)
    return title if workspace.files.known.roles.find(title).id == role.model.id else role.model.id


def changed(workspace: Workspace | None, opened: Opened, typed: Typed) -> Typed:
    """What of a form says anything else than the file of the newcomer does."""
    hire = hire_of(workspace, opened.of) if workspace else None
    old = in_file(workspace, hire) if workspace and hire else {}
    return {name: said for name, said in typed.items() if said != old.get(name, () if name in TICKS else "")}


def draft(opened: Opened) -> Draft:
    """The newcomer as what was typed makes them."""
    values: dict[str, Said] = {}
    for name, said in opened.typed.items():
        group, dot, key = name.partition(".")
        if dot:
            inner = values.setdefault(group, {})
            assert isinstance(inner, dict) and isinstance(said, str)
            inner[key] = said or None
        else:
            values[name] = _value(name, said)
    return Draft(values, opened.of)


def _value(name: str, said: str | tuple[str, ...]) -> Said:
    if isinstance(said, tuple):
        return said or None
    if name in LINES:
        return list(_lines(said)) or None
    return said or None


def _lines(text: str) -> Iterator[str]:
    yield from filter(None, map(str.strip, text.splitlines()))


def field_of(loc: tuple[str | int, ...]) -> str:
    """The field of the form in which something at that place of a newcomer's file stands."""
    inner = [str(part) for part in loc if not isinstance(part, int)]
    name = ".".join(inner[:2]) if inner[:1] in ([PITCH], [ARRIVAL]) else next(iter(inner), "")
    return name if name in FIELDS else ""
