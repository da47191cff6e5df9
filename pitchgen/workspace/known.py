"""Known: what somebody may name who writes of a newcomer, by all that it is called.

A file, a row of a list, an option and an answer to a question name a role, a manager or a language alike:
all of them look here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from pitchgen import shipped
from pitchgen.language.facts import locale_of
from pitchgen.model.file_kind import HIRES, MANAGERS, PERSONAS, ROLES, FileKind
from pitchgen.model.hire import Hire, Manager
from pitchgen.problems import Quoting, slip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence, Set

    Fold = Callable[[str], str]
    Index = dict[str, tuple[str, ...]]

SHORT_LIST = 8
# What does not count in a name: how its words are parted, which of the apostrophes it has.
_BETWEEN = re.compile(r"[\s_\-\u2010-\u2015]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"))
# The share of letters in common from which one word is a slip for another, and one whole name for another.
_LIKE, _VERY_LIKE = 0.6, 0.85
# What a hint says where nobody may be named.
_GIVE_ID = f"give the id of one, the name of a file in {MANAGERS.path}/"
_WHOLE_NAME = f"write the whole name, or the id of a file in {MANAGERS.path}/"
_NEARLY = f"it is nearly that of a file in {MANAGERS.path}/; somebody else needs a file of their own there"


class Valid(Protocol):
    """The valid files of a workspace, and of which kinds there are others."""

    @property
    def unread(self) -> Set[FileKind[Any]]:
        """The kinds of which a file could not be read."""

    @property
    def broken(self) -> Set[tuple[FileKind[Any], str]]:
        """The kind and id of files that are invalid."""

    @property
    def languages(self) -> Sequence[str] | None:
        """The company's languages."""

    def of(self, kind: FileKind[Any], /) -> Sequence[Any]:
        """The valid files of one kind, each with its `model`."""


def folded(name: str) -> str:
    """A name without what does not count in it: case, spaces, hyphens and signs that nobody sees."""
    plain = unicodedata.normalize("NFKC", name).translate(_APOSTROPHES).casefold()
    seen = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", _BETWEEN.sub(" ", seen).strip())


def in_any_order(name: str) -> str:
    """The name of a person in the same way, with the surname first or last: Aino Ek; Ek, Aino."""
    return " ".join(sorted(folded(name.replace(",", " ")).split()))


@dataclass(frozen=True, slots=True)
class Found:
    """What a name came to: the `id` of what is called so, or how many are `sharing` it.

    If it is neither, `hint` says what was probably meant, or else what there is, for nothing is `like` it;
    unless it is the whole name of a `stranger`, which is like no other.
    """

    id: str | None = None
    sharing: int = 0
    hint: str = ""
    stranger: bool = False
    like: bool = True


class Names:
    """The ids of all items of a kind, by whatever these are called; people have two names or more.

    While a file of the kind is faulty it is not `complete`: nobody knows what that would have been called.
    """

    def __init__(self, valid: Valid, kind: FileKind[Any], called: Callable[[Any], Iterable[str]]):
        self.kind = kind
        self.complete = _is_complete(valid, kind)
        self._items = valid.of(kind)
        self._models = {item.model.id: item.model for item in self._items}
        self._called = called
        self.ids = frozenset(self._models)
        self._found: dict[str, Found] = {}

    def are_those_of(self, valid: Valid) -> bool:
        """Whether they are what these valid files are called, too."""
        return valid.of(self.kind) is self._items and _is_complete(valid, self.kind) is self.complete

    @cached_property
    def _indexes(self) -> list[tuple[Fold, Index]]:
        """Ways to look for a name, of which the first that finds anything counts; none is needed for ids."""
        by_id = [(id, id) for id in self._models]
        by_name = [(name, id) for id, model in self._models.items() for name in self._called(model)]
        ways: list[tuple[Fold, Index]] = [(folded, _index(folded, by_id)), (folded, _index(folded, by_name))]
        if self.kind.is_personal:
            ways.append((in_any_order, _index(in_any_order, by_id + by_name)))
        return ways

    def find(self, said: str) -> Found:
        """What somebody meant who said so; however often it is asked, it is looked for once."""
        if said not in self._found:
            self._found[said] = Found(said) if said in self.ids else self._look(said)
        return self._found[said]

    def _look(self, said: str) -> Found:
        for key, index in self._indexes:
            ids = index.get(key(said), ())
            if len(ids) == 1:
                return Found(ids[0])
            if ids:
                hint = f"give the id of one: {first_of(ids)}"
                return Found(sharing=len(ids), hint=self._hint(hint, _GIVE_ID))
        return self._unknown(said)

    def _unknown(self, said: str) -> Found:
        whole = self.kind.is_personal and " " in folded(said)
        if whole and (meant := self._like(said, _VERY_LIKE) or self._in_part(said)):
            hint = f"did you mean '{meant}'? somebody else needs a file of their own in {MANAGERS.path}/"
            return Found(hint=Quoting(hint, _NEARLY))
        if whole:
            return Found(stranger=True)
        if meant := self._meant(said):
            return Found(hint=self._hint(meant, _WHOLE_NAME))
        hint = available(sorted(self.ids), self.kind.noun)
        return Found(hint=self._hint(hint, _WHOLE_NAME), like=False)

    def _meant(self, said: str) -> str:
        if " " in said or self.kind.is_personal:
            meant = self._like(said, _LIKE)
            return f"did you mean '{meant}'?" if meant else ""
        # An id, and what it named may be there no more.
        return slip(said, self.ids)

    def _like(self, said: str, cutoff: float) -> str:
        """The id of what is called most like that."""
        key, index = self._indexes[-1]
        known = {**index, **self._indexes[0][1]}
        close = get_close_matches(key(said), known, n=1, cutoff=cutoff)
        return known[close[0]][0] if close else ""

    def _in_part(self, said: str) -> str:
        """The id of the one whose name is longer or shorter by words, or by all but their first letters."""
        key, index = self._indexes[-1]
        words = key(said).split()
        near = (
            ids[0] for known, ids in index.items() if _abbreviates(*sorted((words, known.split()), key=len))
        )
        return next(near, "")

    def _hint(self, hint: str, discreet: str) -> str:
        return Quoting(hint, discreet) if self.kind.is_personal else hint


def _is_complete(valid: Valid, kind: FileKind[Any]) -> bool:
    return kind not in valid.unread and all(broken != kind for broken, _ in valid.broken)


def _index(key: Callable[[str], str], called: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The ids of all that have the same key."""
    index: dict[str, dict[str, None]] = {}
    for name, id in called:
        index.setdefault(key(name), {})[id] = None
    return {each: tuple(ids) for each, ids in index.items()}


def _abbreviates(fewer: list[str], words: list[str]) -> bool:
    """Whether each of these words is one of the others or begins one, and one of them is whole."""
    begins = all(any(other.startswith(word.rstrip(".")) for other in words) for word in fewer)
    return begins and not set(fewer).isdisjoint(words)


def available(known: Iterable[str], noun: str) -> str:
    """Which ids there are."""
    names = list(known)
    return f"it can be: {first_of(names)}" if names else f"there is no {noun} in this workspace yet"


def first_of(names: Sequence[str]) -> str:
    """Names in a row, the first few of many: a, b, …."""
    return ", ".join(names[:SHORT_LIST]) + (", …" if len(names) > SHORT_LIST else "")


_CALLED: Mapping[FileKind[Any], Callable[[Any], Iterable[str]]] = {
    ROLES: lambda role: role.title.spellings,
    MANAGERS: lambda manager: (manager.name,),
    PERSONAS: lambda persona: persona.label.spellings,
}


def _names(valid: Valid, kind: FileKind[Any], before: Known | None) -> Names:
    if before and before.of[kind].are_those_of(valid):
        return before.of[kind]
    return Names(valid, kind, _CALLED[kind])


class Known:
    """What the newcomers of a workspace can have: its roles, managers, personas and languages.

    What is known of other valid files `before` is not found out again of those that are the same.
    """

    def __init__(self, valid: Valid, before: Known | None = None) -> None:
        self._valid = valid
        self.of = {kind: _names(valid, kind, before) for kind in _CALLED}
        self.roles, self.managers, self.personas = self.of.values()
        self.languages = valid.languages or ()
        self._people = {item.model.id: item.model.name for item in valid.of(MANAGERS)}

    @cached_property
    def hires(self) -> Names:
        """The newcomers themselves."""
        return Names(self._valid, HIRES, lambda hire: (hire.name,))

    def language(self, said: str) -> str | None:
        """The code of the company's language that is called so, in one of its languages or in English."""
        return said if said in self.languages else self._languages.get(folded(said))

    @cached_property
    def _languages(self) -> Mapping[str, str]:
        found = {folded(code): code for code in self.languages}
        for reader in filter(None, map(locale_of, (*self.languages, shipped.REFERENCE))):
            called = {code: reader.languages.get(code.replace("-", "_"), code) for code in self.languages}
            found |= {folded(name): code for code, name in called.items()}
        return found

    def settled(self, hire: Hire) -> Hire:
        """The same with ids in place of names; what nothing is called stays as it was said."""
        said: dict[str, object] = {
            "role": self.roles.find(hire.role).id,
            "language": self.language(hire.language) if hire.language else None,
            "personas": [self.personas.find(each).id or each for each in hire.personas],
        }
        if isinstance(hire.manager, str):
            manager = self.managers.find(hire.manager)
            said["manager"] = Manager(name=hire.manager) if manager.stranger else manager.id
        if hire.buddy and (known := self.managers.find(hire.buddy).id):
            said["buddy"] = self._people[known]
        changed = {key: value for key, value in said.items() if value and value != getattr(hire, key)}
        return hire.model_copy(update=changed) if changed else hire
