"""The starter company in the languages asked for: its texts in all of them, its remarks and ids in the first.

The starter is typed in several languages, each text in a line or a block of its own below its key. So it is
read by lines, and all that is not a text in another language stays as it was typed, in its order.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from pitchgen.model.file_kind import COMPANY, kind_of_path
from pitchgen.new.scaffold import scalar
from pitchgen.starter.files import starter_files
from pitchgen.starter.words import called, company_name, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_TRANSLATED = Path(__file__).with_suffix(".yaml")
_SCHEMA_LINE = "# yaml-language-server:"
_ID = re.compile(r"(?<![\w-])[a-z0-9-]+(?![\w-])")


@cache
def languages_of_starter() -> tuple[str, ...]:
    """The languages that the starter is written in, its own first, as its company.yaml has them."""
    company = yaml.safe_load(dict(starter_files())[COMPANY.path].read_text(encoding="utf-8"))
    return tuple(company["languages"])


def starter(languages: Sequence[str], company: str | None = None) -> dict[str, str]:
    """The starter's files by their paths, for a company of these languages, its own first.

    With the name of a `company`, it stands where that of the starter's stood, and what else is only an
    example is marked as one.
    """
    files: dict[str, str] = {}
    for name, path in starter_files():
        text = path.read_text(encoding="utf-8")
        if name == COMPANY.path:
            text = re.sub(r"(?m)^language: .*$", f"language: {languages[0]}", text)
            text = re.sub(r"(?m)^languages: .*$", f"languages: [{', '.join(languages)}]", text)
        at = PurePosixPath(name)
        text = _in_languages(text, languages)
        if company is not None:
            text = _as_example(name, _called(text, company), languages[0])
        files[str(at.with_stem(_with_ids(at.stem, languages[0])))] = text
    return files


def _called(text: str, company: str) -> str:
    """The file with the name of the company; what its people are called is for themselves to say."""
    own = spoken(company_name())
    named = re.sub(r"(?m)^newcomer:.*\n(?: .*\n)*", "", text)
    return re.sub(
        rf"(?m)^( *(?:- )?\w+: )(.*{own}.*)$",
        lambda line: line[1] + scalar(called(company, yaml.safe_load(line[2]))),
        named,
    )


def _as_example(name: str, text: str, language: str) -> str:
    """The file marked as an example, if it is one that documents can do without."""
    kind = kind_of_path(name)
    if kind is None or not kind.is_folder:
        return text
    remark = _rows()["example"][language]
    return re.sub(r"(?m)^(?!#)", f"example: true  # {remark}\n", text, count=1)


def _in_languages(text: str, languages: Sequence[str]) -> str:
    kept = "\n".join(_lines(text.split("\n"), languages))
    return kept if len(languages) > 1 else _without_codes(kept, languages[0])


def _lines(lines: list[str], languages: Sequence[str]) -> Iterator[str]:
    """The lines without the texts in other languages; what is no text is said in the first of these."""
    text_line = _text_line()
    column: int | None = None  # of the key of the text that the lines further in belong to
    left_out = lost_dash = False
    for line in lines:
        if column is not None and len(line) - len(line.lstrip()) > column:
            if not left_out:
                yield line
        elif text := text_line.fullmatch(line):
            column, left_out = len(text["before"]), text["language"] not in languages
            if left_out:
                lost_dash = lost_dash or "-" in text["before"]
            else:
                yield f"{line[: column - 2]}- {line[column:]}" if lost_dash else line
                lost_dash = False
        else:
            column = None
            yield from _no_text(line, languages)


@cache
def _text_line() -> re.Pattern[str]:
    """A line that begins a text in one of the starter's languages."""
    return re.compile(rf"(?P<before> *(?:- )?)(?P<language>{'|'.join(languages_of_starter())}):.*")


def _no_text(line: str, languages: Sequence[str]) -> Iterator[str]:
    own = languages[0]
    if line.lstrip().startswith("#"):
        yield line if line.startswith(_SCHEMA_LINE) else _with_remark(line, own)
    elif not line.startswith("language: ") or line.removeprefix("language: ") in languages:
        yield _with_ids(line, own)


def _with_remark(line: str, language: str) -> str:
    before, hash_, remark = line.partition("# ")
    return before + hash_ + _translated(language).remarks[remark]


def _with_ids(line: str, language: str) -> str:
    ids = _translated(language).ids
    return _ID.sub(lambda found: ids.get(found[0], found[0]), line)


def _without_codes(text: str, language: str) -> str:
    """Each text behind its key, or behind the dash of its item, since there is but one language."""
    below_key = rf"(?m)^( *(?:- )?\w+:)\n( +){language}: (.+(?:\n\2  .*)*)"
    in_item = rf"(?m)^( *)- {language}: (.+(?:\n\1    .*)*)"
    text = re.sub(below_key, lambda m: f"{m[1]} " + m[3].replace(f"\n{m[2]}  ", f"\n{m[2]}"), text)
    return re.sub(in_item, lambda m: f"{m[1]}- " + m[2].replace(f"\n{m[1]}    ", f"\n{m[1]}  "), text)


class _Translated(NamedTuple):
    remarks: dict[str, str]
    ids: dict[str, str]


@cache
def _translated(language: str) -> _Translated:
    """What remarks and ids of the starter are in another language, by what they are in it."""
    rows = _rows()
    own, *_ = languages_of_starter()
    return _Translated(*({row[own]: row[language] for row in rows[part]} for part in _Translated._fields))


@cache
def _rows() -> Mapping[str, Any]:
    rows: Mapping[str, Any] = yaml.safe_load(_TRANSLATED.read_text(encoding="utf-8"))
    return rows
