"""The file of a newcomer, as what was typed of them makes it: a new one, or theirs with just that changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from pitchgen.keep.edit import Edit, edited
from pitchgen.load.document import Value, YamlMap
from pitchgen.model.base import fields_of
from pitchgen.model.file_kind import HIRES
from pitchgen.model.text import Text
from pitchgen.new.create import planned
from pitchgen.new.kinds import KINDS
from pitchgen.write import file_stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pitchgen.keep.save import Kept, Store
    from pitchgen.load.document import YamlList
    from pitchgen.new.existing import Existing
    from pitchgen.workspace import Hire
    from pitchgen.workspace.newcomer import Draft

_NAME, _ROLE = "name", "role"


def save_newcomer(store: Store, existing: Existing, draft: Draft, today: date) -> Kept:
    """Write what a draft says: into the file of the hire that it is `of`, else into a new one.

    Raises `InvalidInput`, `CannotCreate`, `CannotEdit`, `ChangedMeanwhile` or `CannotWrite`; then nothing was
    written.
    """
    draft = _with_ids(existing, draft)
    hire = next((each for each in existing.workspace.hires if each.model.id == draft.of), None)
    if hire is None:
        return _saved_new(store, existing, draft, today)
    kept = store.read(hire.at.path)
    assert kept
    languages = existing.workspace.company.languages
    content = edited(kept.content, _edits(existing, hire, draft), HIRES.model, languages)
    return store.save(kept.path, content, kept.digest)


def _saved_new(store: Store, existing: Existing, draft: Draft, today: date) -> Kept:
    said = {key: value for key, value in draft.values.items() if isinstance(value, str) and not _is_text(key)}
    kind = KINDS[HIRES.noun]
    new = planned(existing, kind, existing.free_id(kind, file_stem(said.get(_NAME, ""))), said, today)
    rest = replace(draft, values={key: value for key, value in draft.values.items() if key not in said})
    languages = existing.workspace.company.languages
    content = edited(new.after, _fresh_edits(rest), HIRES.model, languages)
    return store.save(new.path, content, None)


def _is_text(key: str) -> bool:
    """Whether a key holds what may be said in several languages; scaffolds leave blanks for the others."""
    annotation = fields_of(HIRES.model)[key].annotation
    return Text in (annotation, *get_args(annotation))


def _with_ids(existing: Existing, draft: Draft) -> Draft:
    """The draft with ids in place of a role's title and a manager's name, as other files write them."""
    known, values = existing.validated.known, dict(draft.values)
    for key, names in ((_ROLE, known.roles), ("manager", known.managers)):
        if isinstance(said := values.get(key), str):
            values[key] = names.find(said).id or said
    return replace(draft, values=values)


def _fresh_edits(draft: Draft) -> Iterator[Edit]:
    for key, said in draft.values.items():
        if isinstance(said, Mapping):
            yield from (Edit((key, inner), text) for inner, text in said.items() if text)
        elif said:
            yield Edit((key,), said if isinstance(said, str) else list(said))


def _edits(existing: Existing, hire: Hire, draft: Draft) -> Iterator[Edit]:
    """What to change in the file of a hire; a text in several languages in the one that they read."""
    data, language = hire.at.source.data, existing.workspace.language_of(hire)
    for key, said in draft.values.items():
        old = data.get(key)
        if isinstance(said, Mapping):
            group = old if isinstance(old, YamlMap) else {}
            for inner, text in said.items():
                yield _edit((key, inner), group.get(inner), text, language)
        elif said is None or isinstance(said, str):
            yield _edit((key,), old, said, language)
        else:
            yield from _edits_of_list(key, old, said, language)


def _edit(loc: tuple[str, ...], old: Value, text: str | None, language: str) -> Edit:
    in_language = isinstance(old, YamlMap) and text is not None
    return Edit((*loc, language) if in_language else loc, text)


def _edits_of_list(key: str, old: Value, lines: Sequence[str], language: str) -> Iterator[Edit]:
    """What to change in a list: items that are still said stay as they are, in all their languages."""
    items = _items(old)
    shown = [_shown(item, language) for item in items]
    yield from (Edit((key, n), None) for n, line in enumerate(shown) if line not in lines)
    added = [line for line in lines if line not in shown]
    yield from (Edit((key, len(items) + n), line) for n, line in enumerate(added))


def _items(value: Value) -> YamlList | list[Value]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _shown(item: Value, language: str) -> str:
    if isinstance(item, YamlMap):
        return str(item.get(language) or next(iter(item.values()), ""))
    return str(item)
