"""The folders of languages in `templates/languages/`: which there are, and what they hold.

A workspace's own folder lies over the shipped one of the same language, key by key and file by file. What
neither has is looked for in the language that it falls back to: the one that its `language.yaml` names, and
for British English (en-GB), unless it names another, English.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.language import FACTS
from pitchgen.load.files import YamlFile, load_yaml
from pitchgen.model.text import LANGUAGE_CODE
from pitchgen.overlay import FOLDER, Overlay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pitchgen.load.document import Value
    from pitchgen.problems import Problem

LANGUAGES = "languages"


class Folders:
    """The languages that documents of a workspace can be in; nothing of them is read before it is needed."""

    def __init__(self, overlay: Overlay) -> None:
        self.overlay = overlay
        self._own: dict[tuple[str, str], YamlFile | list[Problem] | None] = {}
        self._data: dict[tuple[str, str], dict[str, Value]] = {}
        self._chains: dict[str, tuple[str, ...]] = {}

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The names of the folders that the workspace has, whether languages have such names or not."""
        found = self.overlay.own_entries(LANGUAGES)
        return tuple(path.name for path in found if path.is_dir() and not path.name.startswith("."))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The languages that have a folder."""
        return tuple(sorted({*shipped.languages(), *filter(LANGUAGE_CODE.fullmatch, self.own)}))

    def chain(self, code: str) -> tuple[str, ...]:
        """A language and those it falls back to, one after the other, none twice."""
        if code not in self._chains:
            chain = [code]
            while (following := self.fallback(chain[-1])) and following not in chain:
                chain.append(following)
            self._chains[code] = tuple(chain)
        return self._chains[code]

    def fallback(self, code: str) -> str | None:
        """The language that one falls back to for what it lacks."""
        told = self.told(code).get("fallback")
        return told if isinstance(told, str) else code.rpartition("-")[0] or None

    def file(self, code: str, name: str) -> str:
        """The name that a language's file has among the templates, be it that of one it falls back to."""
        names = self.files(code, [name])
        return next((each for each in names if self.overlay.find(each)), names[0])

    def files(self, code: str, names: Iterable[str]) -> tuple[str, ...]:
        """The names among the templates of all files that a language may have these files from."""
        chain = self.chain(code)
        return tuple(f"{LANGUAGES}/{each}/{name}" for name in names for each in chain)

    def read_own(self, code: str, name: str) -> YamlFile | list[Problem] | None:
        """What the workspace's own data file says, or what is wrong with it; None if there is none."""
        if (code, name) not in self._own:
            inside = f"{LANGUAGES}/{code}/{name}"
            path = self.overlay.own(inside) if code in self.own else None
            self._own[code, name] = load_yaml(path, f"{FOLDER}/{inside}") if path else None
        return self._own[code, name]

    def data(self, code: str, name: str) -> dict[str, Value]:
        """What the data files of a language and of those it falls back to say together.

        What cannot be read counts as not there: `check` says so, and who cannot do without.
        """
        if (code, name) not in self._data:
            self._data[code, name] = self._merged(self.chain(code), name)
        return self._data[code, name]

    def told(self, code: str) -> dict[str, Value]:
        """What a language's own `language.yaml` tells of it, without what it falls back to."""
        return self._merged([code], FACTS)

    def _merged(self, chain: Iterable[str], name: str) -> dict[str, Value]:
        merged: dict[str, Value] = {}
        for code in reversed(tuple(chain)):
            own = self.read_own(code, name)
            merged |= shipped.language_data(code, name)
            merged |= own.data if isinstance(own, YamlFile) else {}
        return merged

    def in_any(self, key: str) -> frozenset[str]:
        """What the lists of this key hold together in the `language.yaml` of every language."""
        return frozenset(text for code in self.codes for text in texts(self.told(code).get(key)))

    def day_words(self) -> tuple[str, ...]:
        """The words for a day that the workspace itself tells; none where nobody may look for them."""
        try:
            own = [self.read_own(code, FACTS) for code in self.own]
        except OSError:
            return ()
        words = (file.data.get("day") for file in own if isinstance(file, YamlFile))
        return tuple(word for word in words if isinstance(word, str))


def texts(value: Value | None) -> list[str]:
    """The texts of a list in a data file; none of what is no list."""
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
