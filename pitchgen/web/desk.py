"""The desk: what all pages of one run have in common, from any thread."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from secrets import token_urlsafe
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from pitchgen.keep.reading import Reader
from pitchgen.keep.save import Store
from pitchgen.keep.versions import Versions
from pitchgen.web import late
from pitchgen.web.drafts import Drafts
from pitchgen.web.held import Held
from pitchgen.web.lists import Lists
from pitchgen.web.news import News
from pitchgen.web.opened import Opened, Typed
from pitchgen.write import DEFAULT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import date
    from pathlib import Path

    from pitchgen.keep.reading import Marks, Reading
    from pitchgen.render.presses import Presses
    from pitchgen.studio.studio import Studio
    from pitchgen.web.letter import Letter
    from pitchgen.workspace import Workspace

T = TypeVar("T")

# So many newcomers may be open at once; who was not looked at for longest makes room.
MOST_OPEN = 200


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was made of one reading, and who is making more of it."""

    reading: Reading
    things: dict[Hashable, Any] = field(default_factory=dict)
    making: dict[Hashable, Lock] = field(default_factory=lambda: defaultdict(Lock))


@dataclass
class Desk:
    """One workspace on the page of one person.

    `today` tells the day whenever it is asked; nothing is written where it is `read_only`. What can wait
    until the first page is there, `afterwards` does.
    """

    root: Path
    presses: Presses
    today: Callable[[], date]
    read_only: bool = False
    afterwards: Callable[[], object] = lambda: None
    _kept: _Kept | None = None
    _names: dict[str, str] = field(default_factory=dict)
    _aliases: dict[str, str] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _studio: tuple[Marks, Studio] | None = None

    def __post_init__(self) -> None:
        self._reader = Reader(self.root)
        self.store = Store(self.root, Versions(self.root / DEFAULT_FOLDER))
        self.news = News(self.root, self._reader.read)
        self.lists = Lists()
        self.drafts = Drafts()
        self._opened: Held[Opened] = Held(MOST_OPEN)
        self._asked: Held[str] = Held(MOST_OPEN)

    def end(self) -> None:
        """End what would go on for ever: whoever listens, and what is being made."""
        self.news.close()
        self.lists.close()

    def reading(self) -> Reading:
        """The workspace as its files are now."""
        return self._reader.read()

    def studio(self, reading: Reading, workspace: Workspace) -> Studio:
        """A studio for a workspace of that reading, perhaps with a newcomer more."""
        studio = late.studio.Studio(
            workspace, self.today(), self.presses, before=self._studio_before(reading)
        )
        with self._lock:
            self._studio = reading.look, studio
        return studio

    def _studio_before(self, reading: Reading) -> Studio | None:
        """The last studio, unless a template was changed since."""
        with self._lock:
            return self._studio[1] if self._studio and self._studio[0] == reading.look else None

    def letter(self, reading: Reading, opened: Opened) -> Letter:
        """The letter of a newcomer, made once of what was typed and of what the files are."""
        of = (opened.version, reading.version, self.today())
        studio_of = partial(self.studio, reading)
        return self._opened.once(opened.id, of, lambda: late.letter.letter_of(reading, opened, studio_of))

    def letter_shown(self, opened: Opened, version: str | None) -> Letter | None:
        """The letter that was made last of a newcomer, if it is of that version."""
        letter: Letter | None = self._opened.made(opened.id)
        return letter if letter and letter.version == version else None

    def open(self, of: str | None = None, typed: Typed | None = None) -> Opened:
        """Begin to work on a newcomer, new or with a file, of whom something may be known already."""
        opened = Opened(token_urlsafe(9), of, typed or {})
        self._opened.put(opened.id, opened)
        return opened

    def opened(self, id: str) -> Opened | None:
        """The newcomer of that id, unless they made room for others."""
        return self._opened.get(id)

    def change(self, opened: Opened, typed: Typed, *, of: str | None = None, saved: str = "") -> Opened:
        """Take down what was typed of a newcomer; it was `saved` in the file `of` them."""
        new = replace(opened, of=of or opened.of, typed=typed, version=opened.version + 1, saved=saved)
        self._opened.put(opened.id, new)
        return new

    def once(self, reading: Reading, key: Hashable, make: Callable[[], T]) -> T:
        """What takes its time to be made of a reading, made once; kept until a file changes."""
        with self._lock:
            if self._kept is None or self._kept.reading is not reading:
                self._kept = _Kept(reading)
            kept = self._kept
            making = kept.making[key]
        with making:
            if key not in kept.things:
                kept.things[key] = make()
            thing: T = kept.things[key]
            return thing

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

    def ask(self, said: str) -> str:
        """Take down what somebody looks for, which may be a person; the id it is found again by."""
        id = token_urlsafe(9)
        self._asked.put(id, said)
        return id

    def asked(self, id: str) -> str | None:
        """What was looked for by that id, unless it made room for others."""
        return self._asked.get(id)
