"""The bare workspace in the languages asked for: the least that makes a pitch, with ids in the first of them.

Its files say the same in every language, line by line. So a line of which the languages differ is a text, and
gets a line for each of them; but for ids, which are those of the first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.language import FACTS
from pitchgen.new.scaffold import scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What makes up a line: `# ` where it is commented out, its depth, a dash, a key, and what stands there.
_LINE = re.compile(r"(?P<lead>(?:# )? *)(?P<dash>- )?(?P<key>[a-z_]+:)? ?(?P<text>.*)")
_OF_COMPANY = re.compile(r"(?m)^(name|language|languages|# country): .*$")


def bare_workspace(languages: Sequence[str], company: str | None = None) -> dict[str, str]:
    """The files of a bare workspace by their paths, for a company of these languages, its own first.

    With the name of a `company`, that stands in place of the example's.
    """
    folders = [shipped.language_file(code, "bare") for code in languages]
    versions = zip(*(sorted(folder.rglob("*.yaml")) for folder in folders), strict=True)
    files = {}
    for paths in versions:
        name = paths[0].relative_to(folders[0]).as_posix()
        texts = [path.read_text(encoding="utf-8") for path in paths]
        # What there is once in a company is in no language.
        own = {line[1]: line[0] for line in _OF_COMPANY.finditer(texts[0])}
        if own:
            own["languages"] = f"languages: [{', '.join(languages)}]"
            own["name"] = f"name: {scalar(company)}" if company else own["name"]
            texts = [_OF_COMPANY.sub(lambda line: own[line[1]], text) for text in texts]  # noqa: B023
        files[name] = "\n".join(_lines(texts, languages))
        if own:
            files[name] += "".join(f"{line}\n" for line in _forms(languages))
    return files


def _forms(languages: Sequence[str]) -> Iterator[str]:
    """The forms that each language takes of the word that a company.yaml ends with, commented out."""
    for code in languages:
        yield f"#     {code}:"
        forms = shipped.language_data(code, FACTS)["terms"]["customer"]
        yield from (f"#       {form}: {example}" for form, example in forms.items())


def _lines(texts: Sequence[str], languages: Sequence[str]) -> Iterator[str]:
    for versions in zip(*(text.split("\n") for text in texts), strict=True):
        first, *_ = found = [_parts(line) for line in versions]
        if len(set(versions)) == 1 or not all(map(_is_text, found)):
            yield versions[0]
            continue
        lead, dash, key, _ = first
        inner = lead + " " * len(dash) + ("  " if key else "")
        said = [f"{code}: {text}" for code, (*_, text) in zip(languages, found, strict=True)]
        if key:
            yield f"{lead}{dash}{key}"
            yield inner + said[0]
        else:
            yield lead + dash + said[0]
        yield from (inner + line for line in said[1:])


def _parts(line: str) -> tuple[str, str, str, str]:
    found = _LINE.fullmatch(line)
    assert found
    lead, dash, key, text = (part or "" for part in found.groups())
    return lead, dash, key, text


def _is_text(parts: tuple[str, str, str, str]) -> bool:
    """Whether a line holds a text, which unlike an id has a capital or a space, and is no list of ids."""
    _, dash, key, text = parts
    return bool(dash or key) and not text.startswith("[") and any(c.isupper() or c.isspace() for c in text)
