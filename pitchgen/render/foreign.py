"""Texts in another language than their page: each says in which, so that it is read aloud as what it is."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from pitchgen.language.speech import sentences
from pitchgen.render.typography import TAG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = re.compile(r"\w+")
_CORE = re.compile(r"\w(?:.*\w)?", re.DOTALL)
# Full stops, quotation marks and brackets.
_SIGNS_BEFORE, _SIGNS_AFTER = re.compile(r"[^\w\s]*$"), re.compile(r"[^\w\s]*")
# What may hold nothing but text, or is drawn.
_BARE = re.compile(r"<(/?)(?:title|style|svg)\b")
# What is read aloud by a name alone, and that name.
_NAMED = re.compile(r"""<(?:svg|img)\b[^>]*?\s(?:aria-label|alt)=(["'])(?P<name>.*?)\1""", re.DOTALL)
_END = re.compile(r"\s*/?>$")
_NAME = re.compile(r"</?([^\s>/]+)")


class Foreign:
    """Texts with their languages, to be found in pages of another language.

    One that is a single word counts only where it stands alone: among others it may be any language's.
    """

    def __init__(self, texts: Iterable[tuple[str, str]] = ()) -> None:
        self._begun: dict[str, list[tuple[str, str]]] = {}
        self._alone: dict[str, str] = {}
        for text, language in dict(texts).items():
            for part in {text, *sentences(text)}:
                self._add(part, language)
        for first, parts in self._begun.items():
            self._begun[first] = _longest_first(parts)

    def joined_by(self, others: Iterable[Foreign]) -> Foreign:
        """These texts and those of others."""
        joined = Foreign()
        joined._begun, joined._alone = dict(self._begun), dict(self._alone)
        for other in others:
            joined._alone |= other._alone
            for first, parts in other._begun.items():
                joined._begun[first] = _longest_first([*joined._begun.get(first, ()), *parts])
        return joined

    def _add(self, text: str, language: str) -> None:
        if not (core := _CORE.search(text)):
            return
        first, *others = _WORD.findall(core[0])
        if others:
            self._begun.setdefault(first.lower(), []).append((core[0], language))
        else:
            self._alone[first.lower()] = language

    def told(self, html: str) -> str:
        """The page with the language of each of these texts at it, also at a picture that has one for a name.

        What is only a part of an attribute stays as it is.
        """
        if not (self._begun or self._alone):
            return html
        pieces, inside = TAG.split(html), 0
        for n, piece in enumerate(pieces):
            if n % 2:
                if bare := _BARE.match(piece):
                    inside += -1 if bare[1] else 1
                if (named := _NAMED.match(piece)) and (
                    language := self._language_of(unescape(named["name"]))
                ):
                    pieces[n] = _END.sub(lambda end: f' lang="{language}"{end[0]}', piece)
            elif not inside and not piece.isspace():
                self._tell(pieces, n)
        return "".join(pieces)

    def _tell(self, pieces: list[str], n: int) -> None:
        text = unescape(pieces[n])
        if _wraps(pieces, n) and (language := self._language_of(text)):
            pieces[n - 1] = f'{pieces[n - 1][:-1]} lang="{language}">'
        elif found := list(self._found(text)):
            parts, end = [], 0
            for start, stop, language in found:
                parts += [escape(text[end:start], quote=False), f'<span lang="{language}">']
                parts += [escape(text[start:stop], quote=False), "</span>"]
                end = stop
            pieces[n] = "".join(parts) + escape(text[end:], quote=False)

    def _language_of(self, text: str) -> str | None:
        """The language of a text that is one of these, and nothing else."""
        found = list(self._found(text))
        return found[0][2] if len(found) == 1 and text.strip() == text[slice(*found[0][:2])] else None

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where the texts stand in another: from, to, and in which language."""
        core = _CORE.search(text)
        if core and (language := self._alone.get(core[0].lower())):
            yield *_with_signs(text, *core.span()), language
            return
        end = 0
        for word in _WORD.finditer(text):
            start = word.start()
            for part, language in self._begun.get(word[0].lower(), ()) if start >= end else ():
                stop = start + len(part)
                # A sentence begins with a capital that the text may not have, or has lost.
                if text[start + 1 : stop] == part[1:] and not text[stop : stop + 1].isalnum():
                    start, end = _with_signs(text, start, stop)
                    yield start, end, language
                    break


def _longest_first(parts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(dict(parts).items(), key=lambda part: -len(part[0]))


def _with_signs(text: str, start: int, stop: int) -> tuple[int, int]:
    """The same stretch of a text with the signs around it."""
    before, after = _SIGNS_BEFORE.search(text[:start]), _SIGNS_AFTER.match(text, stop)
    return before.start() if before else start, after.end() if after else stop


def _wraps(pieces: list[str], n: int) -> bool:
    """Whether a text is all that stands in its element."""
    if not 0 < n < len(pieces) - 1 or pieces[n - 1].startswith("</") or not pieces[n + 1].startswith("</"):
        return False
    names = [_NAME.match(piece) for piece in (pieces[n - 1], pieces[n + 1])]
    return len({name[1] for name in names if name}) == 1
