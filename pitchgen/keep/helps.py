"""Helps: what to write into each field, as the scaffolds say it in every language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pitchgen.language.scaffolds import FOLDER_OF_KINDS, LINE, PLACEHOLDER, read_scaffold
from pitchgen.new.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pitchgen.language.folders import Folders
    from pitchgen.model.file_kind import FileKind

_OPENS = re.compile("[a-z_]+(?=:$)")
_EXAMPLE = re.compile(r"\$[a-z_]+")


def helps(folders: Folders, language: str, kind: FileKind[Any]) -> Mapping[str, str]:
    """What to write into the fields of a kind of file, by their keys: "needs.text".

    Raises `InvalidInput` for a scaffold of the workspace's own that does not do.
    """
    names = (each.name for each in KINDS.values() if each.holder == kind)
    texts = (read_scaffold(folders, f"{FOLDER_OF_KINDS}/{name}.yaml", language) for name in names)
    return dict(pair for text in texts for pair in _in_scaffold(text))


def is_blank(text: str) -> bool:
    """Whether a text is a place to fill in that a scaffold left."""
    return bool(PLACEHOLDER.fullmatch(text.strip()))


def _in_scaffold(text: str) -> Iterator[tuple[str, str]]:
    """What each line says of its field: what to fill in, or else a note."""
    above: list[tuple[int, str]] = []
    for line in text.splitlines():
        found = LINE.fullmatch(line)
        assert found
        value, note = found["value"].strip('"'), (found["note"] or "").strip(" #")
        opened = _OPENS.search(value)
        key = found["key"] or (opened[0] if opened else "")
        column = len(found["indent"]) + len(found["depth"]) + len(found["dash"] or "")
        if not key and not is_blank(value):
            continue
        above = [each for each in above if each[0] < column]
        if key:
            above.append((column, key))
        said = value.strip("<>") if is_blank(value) else note
        if said and not _EXAMPLE.search(said):
            yield ".".join(each for _, each in above), said[0].upper() + said[1:]
