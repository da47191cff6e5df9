"""Scaffolds: the commented text of something new, in each language.

In `new/`, a text in bare angle brackets is to be said in each of the company's languages, a quoted one is the
same in all. What is optional is commented out and begins with a lower-case key; remarks begin with a capital
letter. `$name` is an example from the workspace.
"""

from __future__ import annotations

import re
from string import Template
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.load.content import read_content
from pitchgen.load.document import decode
from pitchgen.load.faults import Unreadable
from pitchgen.overlay import FOLDER, MAX_BYTES
from pitchgen.problems import InvalidInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pitchgen.language.folders import Folders

FOLDER_OF_KINDS = "new"
LINE = re.compile(
    "(?P<indent> *)(?P<off># )?(?P<depth> *)(?P<dash>- )?"
    "(?:(?P<key>[a-z_]+): )?(?P<value>.*?)(?P<note>  # .*)?"
)
PLACEHOLDER = re.compile("<.*>")


def names() -> list[str]:
    """The files of all scaffolds in a language's folder."""
    folder = shipped.language_file(shipped.REFERENCE, FOLDER_OF_KINDS)
    return [f"{FOLDER_OF_KINDS}/{path.name}" for path in sorted(folder.iterdir())]


def read_scaffold(folders: Folders, name: str, language: str) -> str:
    """A scaffold in a language, or in English where there is none.

    Raises `InvalidInput` for one of the workspace's own that cannot be read or is built otherwise.
    """
    inside = folders.file(language, name)
    own = folders.overlay.own(inside)
    if own is None:
        path = folders.overlay.find(inside) or shipped.language_file(shipped.REFERENCE, name)
        return path.read_text(encoding="utf-8")
    shown = f"{FOLDER}/{inside}"
    try:
        text = decode(read_content(own, MAX_BYTES))
    except Unreadable as error:
        raise InvalidInput(fault.problem(shown) for fault in error.faults) from None
    if problem := _misfit(text, name, shown):
        raise InvalidInput([problem])
    return text


def _misfit(text: str, name: str, path: str) -> Problem | None:
    """Where a scaffold first departs from the English one, whose keys and places to fill in it must have."""
    english = shipped.language_file(shipped.REFERENCE, name).read_text(encoding="utf-8")
    hint = (
        f"begin with a copy of the English one: pitchgen templates copy languages/{shipped.REFERENCE}/{name}"
    )
    wanted = [build for _, build in _built(english)]
    found = list(_built(text))
    for (line, build), want in zip(found, wanted, strict=False):
        if build != want:
            message = f"must have '{want[0]}' here" if want[0] else "must have a text in < and > here"
            return Problem("scaffold", message, path, line, 1, hint=hint, source=text.splitlines()[line - 1])
    if len(found) != len(wanted):
        return Problem("scaffold", "has not as many keys as the English one", path, hint=hint)
    known = set(Template(english).get_identifiers())
    if not Template(text).is_valid() or (set(Template(text).get_identifiers()) - known):
        said = ", ".join(f"${each}" for each in sorted(known))
        return Problem(
            "scaffold", f"has a $ that stands for nothing; what it can be: {said}", path, hint=hint
        )
    return None


def _built(text: str) -> Iterator[tuple[int, tuple[str, bool]]]:
    """The lines that are no remarks, by their numbers: the key of each, and whether it is to be filled in."""
    for number, line in enumerate(text.splitlines(), start=1):
        found = LINE.fullmatch(line)
        assert found
        to_fill_in = bool(PLACEHOLDER.fullmatch(found["value"]))
        key = found["key"] or (line.strip(" #").removesuffix(":") if _opens(line) else "")
        if key or to_fill_in:
            yield number, (key, to_fill_in)


def _opens(line: str) -> bool:
    """Whether a line opens a group or a list: a key and nothing else."""
    return re.fullmatch(r" *(?:# )? *[a-z_]+:", line) is not None


def placeholders(lines: Iterable[str]) -> Iterator[str]:
    """What is to be filled in, in its order."""
    found = (LINE.fullmatch(line) for line in lines)
    return (each["value"] for each in found if each and PLACEHOLDER.fullmatch(each["value"]))
