"""Answers: what was typed into a form, as the edits that make the file say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.keep.edit import Edit
from pitchgen.keep.field import BY_LANGUAGE, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.keep.field import Field, Input


def edits(form: Field) -> tuple[Edit, ...]:
    """What must change in the file for it to say what was typed; nothing of what was left as it was."""
    return tuple(_edits(form))


def _edits(field: Field) -> Iterator[Edit]:
    if field.is_removed:
        yield Edit(field.loc, None)
    elif field.fields:
        yield from (each for inner in field.fields for each in _edits(inner))
    elif any(each.is_changed for each in field.inputs):
        if field.kind in BY_LANGUAGE:
            yield from _text_edits(field)
        elif field.kind is not Kind.ID or not field.inputs[0].was:
            text = _said(field.inputs[0])
            yield Edit(field.loc, None if field.kind is Kind.YES_NO and text == "false" else text)


def _text_edits(field: Field) -> Iterator[Edit]:
    """A text that has a line for each language keeps that; a plain one does while nothing else is said."""
    if field.written == "languages":
        yield from (
            Edit((*field.loc, each.language), _said(each)) for each in field.inputs if each.is_changed
        )
        return
    texts = {each.language: text for each in field.inputs if (text := _said(each))}
    may_be_plain = field.written == "plain" or field.kind is Kind.WHEN or len(field.inputs) == 1
    is_plain = may_be_plain and texts.keys() <= {field.inputs[0].language}
    yield Edit(field.loc, (next(iter(texts.values()), None) if is_plain else {**texts}))


def _said(typed: Input) -> str | None:
    return typed.text.strip() or None
