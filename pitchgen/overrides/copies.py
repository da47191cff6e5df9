"""Copies: files in place of shipped ones that have fallen behind, or say nothing else."""

from __future__ import annotations

import re
from posixpath import basename
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from pitchgen import shipped
from pitchgen.documents.pitch import OWN, PROSE
from pitchgen.model.hire import PASSAGES
from pitchgen.overlay import FOLDER
from pitchgen.problems import InvalidInput, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pitchgen.render.templates import Parts, Templates

CODE = "old-template"
# So many things that a copy lacks are named.
_NAMED = 6
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SET, _USED = re.compile(r"(--[\w-]+)\s*:"), re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)(?=[^{};]*\{)")


def copies(templates: Templates, names: Sequence[str], in_use: Collection[str]) -> Iterator[Problem]:
    """What is to be said of own files that lie over shipped ones, of all the templates `in_use`."""
    for name in names:
        if not name.endswith((".html", ".md", ".css")):
            continue
        try:
            if basename(name) == PROSE:
                yield from _passages(templates, name)
            if name not in shipped.templates():
                continue
            ours = (shipped.TEMPLATES / name).read_text(encoding="utf-8")
            own = templates.text(name)
            if own == ours:
                yield _said(name, "says the same as the shipped one", "delete it until it is to say else")
            elif name.endswith(".css"):
                yield from _behind_style(templates, name, own, ours, in_use)
            else:
                yield from _behind(templates, name, own, ours, in_use)
        except (InvalidInput, TemplateSyntaxError):
            # That it cannot be read is said by whoever fills it in.
            continue


def _behind(templates: Templates, name: str, own: str, ours: str, in_use: Iterable[str]) -> Iterator[Problem]:
    """What a template lacks: blocks and macros that others need, and values that the shipped one has."""
    mine, newer = templates.parts(own), templates.parts(ours)
    others = dict(_layouts(templates, in_use))
    for block in sorted(newer.blocks - mine.blocks):
        fill = [other for other, parts in others.items() if parts.extends == name and block in parts.blocks]
        if fill:
            message = f"has no block '{block}', so what {fill[0]} prints there is lost"
            hint = f"write {{% block {block} %}}{{% endblock %}} where it is to stand"
            yield _said(name, message, hint, Severity.WARNING)
    for macro in sorted(newer.macros - mine.macros):
        if take := [other for other, parts in others.items() if (name, macro) in parts.taken_in]:
            message = f"has no macro '{macro}', which {take[0]} cannot do without where it needs it"
            yield _said(name, message, "take it over from the shipped one", Severity.WARNING)
    lacks = newer.values - mine.values
    # Of a passage that is not there, nothing else is to be said.
    needless = {OWN, *(f"{OWN}.{passage}" for passage in PASSAGES if passage not in mine.blocks)}
    yield from _lacking(name, lacks - needless)


def _passages(templates: Templates, name: str) -> Iterator[Problem]:
    """Which passages a template of the pitch does not name, be it in place of a shipped one or not."""
    sources = templates.sources([name])
    named = {
        block for path, text in sources if path.suffix == ".md" for block in templates.parts(text).blocks
    }
    if lacking := [passage for passage in PASSAGES if passage not in named]:
        message = "does not name these passages, so no newcomer can be told them in other words: "
        hint = (
            f"write {{% block {lacking[0]} %}} before what says it and {{% endblock %}} behind that, "
            "as the shipped one does; what was left out on purpose may stay out"
        )
        yield _said(name, message + ", ".join(lacking), hint)


def _layouts(templates: Templates, names: Iterable[str]) -> Iterator[tuple[str, Parts]]:
    for name in sorted(names):
        if name.endswith(".html") and templates.overlay.find(name):
            yield name, templates.parts(templates.text(name))


def _behind_style(
    templates: Templates, name: str, own: str, ours: str, in_use: Iterable[str]
) -> Iterator[Problem]:
    """What a style sheet lacks: tokens that others use, and classes that the shipped one has rules for."""
    own, ours = _COMMENT.sub("", own), _COMMENT.sub("", ours)
    # Under a condition, what was set before is set again.
    lost = {*_SET.findall(ours.partition("@media")[0])} - {*_SET.findall(own)}
    styles = (each for each in in_use if each.endswith(".css") and templates.overlay.find(each))
    if lost := lost.intersection(token for each in styles for token in _USED.findall(templates.text(each))):
        message = f"does not set {', '.join(sorted(lost))}, which style sheets use"
        hint = "take these lines over from the shipped one"
        yield _said(name, message, hint, Severity.WARNING)
    yield from _lacking(name, (f".{each}" for each in {*_CLASS.findall(ours)} - {*_CLASS.findall(own)}))


def _lacking(name: str, lacks: Iterable[str]) -> Iterator[Problem]:
    if lacking := sorted(lacks):
        named = ", ".join(lacking[:_NAMED])
        more = f" and {len(lacking) - _NAMED} others" if len(lacking) > _NAMED else ""
        message = f"lacks what the shipped one has: {named}{more}"
        hint = "if it is a copy of an earlier one, take that over; what was left out on purpose may stay out"
        yield _said(name, message, hint)


def _said(name: str, message: str, hint: str, severity: Severity = Severity.NOTE) -> Problem:
    return Problem(CODE, message, f"{FOLDER}/{name}", hint=hint, severity=severity)
