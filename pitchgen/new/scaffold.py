"""Filling in scaffolds: the commented text of something new, with what was answered and with examples."""

from __future__ import annotations

import re
from math import inf
from string import Template
from typing import TYPE_CHECKING

import yaml

from pitchgen.language.scaffolds import FOLDER_OF_KINDS, LINE, PLACEHOLDER, placeholders, read_scaffold
from pitchgen.load.faults import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pitchgen.language.folders import Folders
    from pitchgen.model.company import Company

Answer = str | tuple[str, ...]
# Lines by the list of the file that they stand in; what is in none of them is under "".
Parts = dict[str, list[str]]

# PyYAML would put them in quotes, for other readers than pitchgen; to people those look odd.
_NUMBER_OR_DATE = re.compile(r"[0-9]+(-[0-9]+)*")


def fill(
    kind: str,
    folders: Folders,
    company: Company,
    lists: Sequence[str],
    answers: Mapping[str, Answer],
    examples: Mapping[str, str],
) -> Parts:
    """A kind's scaffold, divided where one of `lists` begins, its last part filled in with the answers.

    An answered key that was commented out comes to life, and a text that nobody answered stays a
    placeholder in angle brackets. Remarks are in the company's language.

    Raises `InvalidInput` for a scaffold of the workspace's own that does not do.
    """
    parts: Parts = {"": []}
    for line in _read(kind, folders, company.language, examples):
        if (key := line.removesuffix(":")) in lists:
            parts[key] = []
        else:
            parts[list(parts)[-1]].append(line)
    texts = {code: placeholders(_read(kind, folders, code, examples)) for code in company.languages}
    last = list(parts)[-1]
    filled: Parts = {}
    for name, lines in parts.items():
        left = dict(answers) if name == last else {}
        filled[name] = [said for line in lines for said in _filled(line, left, texts, company.language)]
    return filled


def _filled(
    line: str, answers: dict[str, Answer], texts: Mapping[str, Iterator[str]], language: str
) -> Iterator[str]:
    """A line with its answer, which it uses up; a text takes the next placeholder of each language."""
    found = LINE.fullmatch(line)
    assert found
    indent, off, depth, dash, key, value, note = (part or "" for part in found.groups())
    answer = answers.pop(key, None)
    is_text = bool(PLACEHOLDER.fullmatch(value))
    lead = indent + (off if answer is None else "") + depth
    if is_text:
        said = {code: scalar(next(blanks)) for code, blanks in texts.items()}
        if answer is not None:
            said[language] = scalar(answer)
        yield from _said(lead, dash, key, said)
    elif answer is not None:
        yield f"{lead}{dash}{key}: {scalar(answer)}{note}"
    else:
        yield line


def _said(lead: str, dash: str, key: str, said: Mapping[str, str]) -> Iterator[str]:
    """A text on one line, or as a block of languages when there are several."""
    opening = lead + dash + (f"{key}: " if key else "")
    if len(said) == 1:
        yield from (opening + text for text in said.values())
        return
    inner = lead + " " * len(dash) + ("  " if key else "")
    lines = [f"{inner}{code}: {text}" for code, text in said.items()]
    if key:
        yield opening.rstrip()
    else:
        lines[0] = opening + lines[0].removeprefix(inner)
    yield from lines


def scalar(value: Answer) -> str:
    """A text as it can stand after `key: ` on one line; several as a list in brackets."""
    if isinstance(value, str) and _NUMBER_OR_DATE.fullmatch(value):
        return value
    style = '"' if isinstance(value, str) and LINE_BREAK.search(value) else None
    data = value if isinstance(value, str) else list(value)
    written: str = yaml.safe_dump(
        data, allow_unicode=True, width=inf, default_style=style, default_flow_style=True
    )
    return written.removesuffix("...\n").rstrip("\n")


def _read(kind: str, folders: Folders, code: str, examples: Mapping[str, str]) -> list[str]:
    """A kind's scaffold in a language, with examples put in."""
    text = read_scaffold(folders, f"{FOLDER_OF_KINDS}/{kind}.yaml", code)
    return Template(text).substitute(examples).splitlines()
