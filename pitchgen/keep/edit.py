"""Edit: one value of a YAML file, and no byte of anything else.

Whatever was written is read back before it is handed out: a result that does not hold what was wanted, and
beside it what was there, is refused. (`yaml-edit`, measured as good, is a compiled wheel for few machines;
what pitchgen reads of YAML is small enough to splice by the parser's own marks.)
"""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from pitchgen.keep.splice import add_item, add_key, cut, nest, put
from pitchgen.load.document import YamlList, YamlMap, decode, parse
from pitchgen.load.faults import Unreadable
from pitchgen.model.base import annotation_at, fields_of, model_in
from pitchgen.problems import PitchgenError, dotted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pitchgen.keep.spelling import Plain
    from pitchgen.load.document import Value
    from pitchgen.model.base import Model
    from pitchgen.problems import Loc

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


class CannotEdit(PitchgenError):
    """A value stands in a way that it cannot be changed without touching anything else, or not at all."""

    exit_code = 1

    def __init__(self, loc: Loc) -> None:
        self.loc = loc
        super().__init__(
            f"{dotted(loc) or 'the file'} cannot be changed here; change it in the text of the file"
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """Another value at `loc`, as `Problem.loc` says it in the file as it is; None takes it away.

    The number behind a list's last item adds one. Groups and lists on the way that are missing are made.
    """

    loc: Loc
    # It may be personal, so that no traceback shall have it.
    value: Plain | None = field(repr=False)


def edited(content: bytes, edits: Iterable[Edit], model: type[Model], languages: Sequence[str] = ()) -> bytes:
    """A file of this model with other values in it.

    A key that is new goes where the model has it, a language where the `languages` do; a text, a list or a
    group that stood in short form (`needs: one`, `promise: text`) is written out when more than that must
    be said. What loses its last part is taken away with it. Raises `CannotEdit`, `Unreadable` for content
    that is not YAML.
    """
    text = decode(content)
    file = _File(text, _plain(parse(content)), model, languages)
    several = tuple(edits)
    if not isinstance(file.data, dict):
        raise CannotEdit(())
    for edit in several:
        if edit.value is not None:
            file.set(edit.loc, edit.value)
    # From the end, so that what stands before keeps its number.
    for loc in sorted({edit.loc for edit in several if edit.value is None}, key=_in_order, reverse=True):
        file.remove(loc)
    mark = _MARK if content.startswith(_MARK.encode()) else ""
    return (mark + file.text).encode()


def _in_order(loc: Loc) -> tuple[tuple[int, str], ...]:
    return tuple((part, "") if isinstance(part, int) else (-1, part) for part in loc)


@dataclass(slots=True)
class _File:
    """A text and what it holds, which are changed together and compared after each step."""

    text: str = field(repr=False)
    data: Any = field(repr=False)
    model: type[Model]
    languages: Sequence[str]

    def set(self, loc: Loc, value: Plain) -> None:
        loc, missing = self._settled(loc)
        if not missing:
            self._change(
                loc, _with(self.data, loc, value), lambda safely: put(self.text, loc, value, safely=safely)
            )
            return
        for part in reversed(missing[1:]):
            value = [value] if isinstance(part, int) else {part: value}
        part = missing[0]
        if not _at(self.data, loc):
            self.set(loc, [value] if isinstance(part, int) else {part: value})
            return
        wanted = _with(self.data, (*loc, part), value)
        if isinstance(part, int):
            self._change(loc, wanted, lambda safely: add_item(self.text, loc, value, safely=safely))
        else:
            group = model_in(annotation_at(self.model, loc))
            order = tuple(fields_of(group)) if group and part in fields_of(group) else self.languages
            self._change(
                loc, wanted, lambda safely: add_key(self.text, loc, part, value, order, safely=safely)
            )

    def remove(self, loc: Loc) -> None:
        loc, missing = self._settled(loc, spread=False)
        if missing:
            return
        while len(loc) > 1 and len(_at(self.data, loc[:-1])) == 1:
            loc = loc[:-1]
            if len(loc) == len(self.data) == 1 and isinstance(_at(self.data, loc), list):
                # The only list of a file, which would be empty without its key.
                self.set(loc, [])
                return
        if not loc or len(loc) == len(self.data) == 1:
            raise CannotEdit(loc)
        self._change(loc, _without(self.data, loc), lambda _: cut(self.text, loc))

    def _settled(self, loc: Loc, *, spread: bool = True) -> tuple[Loc, Loc]:
        """The way to a value as the file has it, as far as it goes, and what is missing of it.

        What stands in short form where more must be said is `spread` out on the way.
        """
        n = 0
        while n < len(loc):
            way, part, here = loc[:n], loc[n], _at(self.data, loc[:n])
            if not here:
                return way, loc[n:]
            kind = _Step.of(model_in(annotation_at(self.model, way)), part, here)
            if kind is _Step.IN:
                n += 1
            elif kind is _Step.SHORT:
                loc = way + loc[n + 1 :]
            elif kind is _Step.SPREAD and spread:
                self._spread(way, part)
            elif kind is _Step.NONE:
                raise CannotEdit(loc)
            else:
                return way, loc[n:]
        return loc, ()

    def _spread(self, loc: Loc, part: str | int) -> None:
        """Write out what stands at `loc` in short form."""
        here, group = _at(self.data, loc), model_in(annotation_at(self.model, loc))
        key = group.main_key if group and isinstance(part, str) else None
        whole: Plain = [here] if key is None else {key: here}
        wanted = _with(self.data, loc, whole)
        if isinstance(here, str):
            self._change(loc, wanted, lambda safely: put(self.text, loc, whole, safely=safely))
        else:
            self._change(loc, wanted, lambda _: nest(self.text, loc, key))

    def _change(self, loc: Loc, wanted: object, change: Callable[[bool], str]) -> None:
        """Take over the text after a change, if it holds what is wanted."""
        for safely in (False, True):
            text = change(safely)
            with suppress(Unreadable, UnicodeEncodeError):
                if parse(text.encode()) == wanted:
                    self.text, self.data = text, wanted
                    return
        raise CannotEdit(loc)


class _Step(Enum):
    """What a part of a way leads to from a value."""

    IN = "a value in it"
    MISSING = "something that it could have, and has not"
    SHORT = "the value itself, which stands for a list or a group of it"
    SPREAD = "something beside the value, which stands for a list or a group of it"
    NONE = "nothing that can be"

    @classmethod
    def of(cls, group: type[Model] | None, part: str | int, here: Any) -> _Step:
        if isinstance(part, int):
            if isinstance(here, list):
                return cls.IN if part < len(here) else cls.MISSING if part == len(here) else cls.NONE
            return {0: cls.SHORT, 1: cls.SPREAD}.get(part, cls.NONE)
        if group and group.main_key and group.is_main(here) and part in fields_of(group):
            return cls.SHORT if part == group.main_key else cls.SPREAD
        if isinstance(here, dict):
            return cls.IN if part in here else cls.MISSING
        return cls.NONE


def _at(data: Any, loc: Loc) -> Any:
    for part in loc:
        data = data[part]
    return data


def _with(data: Any, loc: Loc, value: Plain) -> Any:
    """Data with another value at `loc`, or one more."""
    changed = deepcopy(data)
    parent = _at(changed, loc[:-1])
    if isinstance(parent, list) and loc[-1] == len(parent):
        parent.append(value)
    else:
        parent[loc[-1]] = value
    return changed


def _without(data: Any, loc: Loc) -> Any:
    changed = deepcopy(data)
    del _at(changed, loc[:-1])[loc[-1]]
    return changed


def _plain(value: Value) -> Any:
    if isinstance(value, YamlMap):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, YamlList) else value
