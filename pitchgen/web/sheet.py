"""A file on the page: its form, its text, and what is wrong with it, with what was typed by now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pitchgen.keep.answers import edits
from pitchgen.keep.choices import called
from pitchgen.keep.edit import CannotEdit, edited
from pitchgen.keep.field import Kind
from pitchgen.keep.forms import Around, form, with_problems
from pitchgen.keep.helps import is_blank
from pitchgen.keep.merge import retyped
from pitchgen.load.document import YamlMap
from pitchgen.load.faults import Unreadable
from pitchgen.load.files import walk
from pitchgen.model.base import fields_of
from pitchgen.model.file_kind import kind_of_path
from pitchgen.shipped import REFERENCE
from pitchgen.web.place import LISTED
from pitchgen.write import file_stem, numbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pitchgen.keep.field import Field, Input
    from pitchgen.keep.reading import Reading
    from pitchgen.keep.save import Kept
    from pitchgen.load.files import Files, Source
    from pitchgen.problems import Loc, Problem
    from pitchgen.web.drafts import Draft
    from pitchgen.web.visit import Visit

# Words of a text that become the id of what it says.
_WORDS_OF_ID = 3


@dataclass(frozen=True)
class Sheet:
    """A draft as one request sees it."""

    visit: Visit
    draft: Draft

    @cached_property
    def reading(self) -> Reading:
        """The workspace as it is on the disk."""
        return self.visit.reading

    @cached_property
    def kept(self) -> Kept | None:
        """The file as it is on the disk by now."""
        return self.visit.desk.store.read(self.draft.path)

    @property
    def is_elsewhere(self) -> bool:
        """Whether somebody else changed the file since it was opened."""
        return self.kept is None or self.kept.digest != self.draft.digest

    @cached_property
    def source(self) -> Source | None:
        """What the form begins with; None when that cannot be read as a file of its kind."""
        return _source(self._with(self.draft.start), self.draft.path)

    def _with(self, content: bytes) -> Files:
        """The files of the workspace with this content in this one."""
        kind, files = kind_of_path(self.draft.path), self.reading.files
        assert kind
        is_kept = self.kept is not None and self.kept.content == content
        return files if is_kept else files.with_file(kind, self.draft.path, content)

    @property
    def has_form(self) -> bool:
        """Whether there is something at the place that a form can show."""
        if self.source is None:
            return False
        _, value, is_there = walk(self.source.data, self.draft.loc)
        if not is_there or not isinstance(value, YamlMap):
            return False
        # What a file lists has forms of its own, beside which there may be nothing.
        return bool(self.draft.loc) or not fields_of(self.source.kind.model).keys() <= LISTED.keys()

    @cached_property
    def around(self) -> Around:
        """What the form takes from the workspace."""
        return around_of(self.visit)

    def _form(self, typed: Mapping[str, str]) -> Field:
        assert self.source
        return form(self.source, self.around, self.draft.loc, typed=typed)

    @cached_property
    def _typed(self) -> Field:
        """The form with what was typed: what is left to be filled in stays so, what is new gets an id."""
        typed = {**self.draft.typed}
        made = self._form(typed)
        left = {each.name for each in inputs(made) if is_blank(each.was) and not each.text.strip()}
        more = dict(self._ids(made))
        while left or more:
            typed = {name: text for name, text in typed.items() if name not in left} | more
            made = self._form(typed)
            left, more = set(), dict(self._ids(made))
        return made

    def _ids(self, field: Field) -> Iterator[tuple[str, str]]:
        """An id for each new item in which something else was typed."""
        for each in field.fields:
            if each.kind is Kind.GROUP and each.is_new and (said := next(_texts(each), "")):
                for id in (inner for inner in each.fields if inner.kind is Kind.ID):
                    if not id.inputs[0].text.strip():
                        taken = {i.text for i in inputs(field) if i.name.endswith(".id")}
                        yield id.inputs[0].name, _free(said, taken)
                        return
            yield from self._ids(each)

    @cached_property
    def _answered(self) -> tuple[bytes, str]:
        if self.draft.text is not None:
            return retyped(self.draft.start, self.draft.text), ""
        if not self.has_form:
            return self.draft.start, ""
        assert self.source
        try:
            model, languages = self.source.kind.model, self.around.languages
            return edited(self.draft.start, edits(self._typed), model, languages), ""
        except (CannotEdit, Unreadable) as error:
            return self.draft.start, str(error)

    @property
    def content(self) -> bytes:
        """The file as it would be saved."""
        return self._answered[0]

    @property
    def stuck(self) -> str:
        """Why what was typed cannot be put into the file; "" when it can."""
        return self._answered[1]

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to save."""
        return self.content != self.draft.base or bool(self.stuck)

    @cached_property
    def drafted(self) -> Reading:
        """The workspace as it would be with it."""
        if self.kept and self.kept.content == self.content:
            return self.reading
        return self.reading.with_file(self.draft.path, self.content)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file."""
        return tuple(each for each in self.drafted.problems if each.path == self.draft.path)

    @cached_property
    def form(self) -> Field:
        """The form with what was typed, and the problems of that."""
        made = self._typed
        removed = sorted(each.loc for each in fields(made) if each.is_removed)
        found = [replace(each, loc=_before(each.loc, removed)) for each in self.problems]
        whole = with_problems(made, found)
        if self.draft.loc:
            return whole
        return replace(whole, fields=tuple(each for each in whole.fields if each.key not in LISTED))

    @property
    def name(self) -> str:
        """What people call it."""
        source = _source(self.drafted.files, self.draft.path)
        languages = (self.visit.language, *self.around.languages)
        said = called(source, self.draft.loc, languages) if source else ""
        return said or self.draft.path.rpartition("/")[2]


def around_of(visit: Visit) -> Around:
    """The languages and whatever can be named, in words of the visitor's language where there are any."""
    valid = visit.reading.validated
    own = (valid.company.model.language,) if valid.company else ()
    languages = tuple(dict.fromkeys((*own, *(valid.declared or ())))) or (REFERENCE,)
    return Around(languages, visit.reading.choices(visit.language, *languages))


def _source(files: Files, path: str) -> Source | None:
    return next((each for each in files.sources if each.path == path), None)


def fields(field: Field) -> Iterator[Field]:
    """A field and all in it."""
    yield field
    for inner in field.fields:
        yield from fields(inner)


def inputs(field: Field) -> Iterator[Input]:
    """All inputs of a field."""
    return (each for inner in fields(field) for each in inner.inputs)


def _texts(field: Field) -> Iterator[str]:
    """What was typed into the texts of a field."""
    typed = (inner for inner in fields(field) if inner.kind in (Kind.TEXT, Kind.LINE))
    return (each.text.strip() for inner in typed for each in inner.inputs if each.text.strip())


def _free(said: str, taken: set[str]) -> str:
    """An id for what a text says that nothing beside it has."""
    return numbered(file_stem(" ".join(said.split()[:_WORDS_OF_ID])), taken)


def _before(loc: Loc, removed: Sequence[Loc]) -> Loc:
    """Where something stands in a file that still has what will be taken out of it."""
    found = [*loc]
    for gone in removed:
        last, at = len(gone) - 1, gone[-1]
        if len(found) > last and tuple(found[:last]) == gone[:-1]:
            number = found[last]
            if isinstance(number, int) and isinstance(at, int) and number >= at:
                found[last] = number + 1
    return tuple(found)
