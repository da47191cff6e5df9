"""The desk: what all pages of one run have in common, from any thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from secrets import token_urlsafe
from threading import Lock
from typing import TYPE_CHECKING

from pitchgen.keep.reading import Reader
from pitchgen.keep.save import Store
from pitchgen.keep.versions import Versions
from pitchgen.render.templates import Templates
from pitchgen.studio.studio import Studio
from pitchgen.web.drafts import Drafts
from pitchgen.web.letter import Letter, letter_of
from pitchgen.write import DEFAULT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from pitchgen.keep.reading import Marks, Reading
    from pitchgen.render.presses import Presses
    from pitchgen.workspace import Workspace

Typed = Mapping[str, "str | tuple[str, ...]"]
"""What was typed in each field of a form; ticked words are several."""

# So many newcomers may be open at once; who was not looked at for longest makes room.
MOST_OPEN = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A newcomer whom somebody is working on, by an id that says nothing of them.

    They are the hire `of` this id where they have a file, which what was `typed` changes, field by field.
    `version` counts how often something was; `saved` is the file that was written last.
    """

    id: str
    of: str | None = None
    typed: Typed = field(default_factory=dict)
    version: int = 0
    saved: str = ""


@dataclass
class Desk:
    """One workspace on the page of one person.

    `today` tells the day whenever it is asked; nothing is written where it is `read_only`.
    """

    root: Path
    presses: Presses
    today: Callable[[], date]
    read_only: bool = False
    _opened: OrderedDict[str, Opened] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _templates: tuple[Marks, Templates] | None = None
    _made: dict[str, tuple[object, Letter]] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _aliases: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._reader = Reader(self.root)
        self.store = Store(self.root, Versions(self.root / DEFAULT_FOLDER))
        self.drafts = Drafts()

    def reading(self) -> Reading:
        """The workspace as its files are now."""
        return self._reader.read()

    def studio(self, reading: Reading, workspace: Workspace) -> Studio:
        """A studio for a workspace of that reading, perhaps with a newcomer more."""
        return Studio(workspace, self.today(), self.presses, templates=self._templates_of(reading))

    def _templates_of(self, reading: Reading) -> Templates:
        """The templates, taken up anew when one of them was changed."""
        with self._lock:
            if self._templates is None or self._templates[0] != reading.look:
                self._templates = (reading.look, Templates(self.root))
            return self._templates[1]

    def letter(self, opened: Opened) -> Letter:
        """The letter of a newcomer, made once of what was typed and of what the files are."""
        reading = self.reading()
        of = (opened.version, reading.marks, self.today())
        known = self._made.get(opened.id)
        if known and known[0] == of:
            return known[1]
        letter = letter_of(self, reading, opened)
        with self._lock:
            self._made[opened.id] = of, letter
        return letter

    def alias(self, name: str) -> str:
        """What stands in addresses for a name that tells who somebody is; the same for all of this run."""
        with self._lock:
            if name not in self._aliases:
                alias = token_urlsafe(9)
                self._aliases[name], self._names[alias] = alias, name
            return self._aliases[name]

    def named(self, alias: str) -> str | None:
        """The name that the alias stands for."""
        with self._lock:
            return self._names.get(alias)

    def open(self, of: str | None = None) -> Opened:
        """Begin to work on a newcomer, new or with a file."""
        opened = Opened(token_urlsafe(9), of)
        with self._lock:
            self._opened[opened.id] = opened
            while len(self._opened) > MOST_OPEN:
                gone, _ = self._opened.popitem(last=False)
                self._made.pop(gone, None)
        return opened

    def opened(self, id: str) -> Opened | None:
        """The newcomer of that id, unless they made room for others."""
        with self._lock:
            if id in self._opened:
                self._opened.move_to_end(id)
            return self._opened.get(id)

    def change(self, opened: Opened, typed: Typed, *, of: str | None = None, saved: str = "") -> Opened:
        """Take down what was typed of a newcomer; it was `saved` in the file `of` them."""
        with self._lock:
            new = replace(opened, of=of or opened.of, typed=typed, version=opened.version + 1, saved=saved)
            self._opened[opened.id] = new
            return new
