"""Drafts: files that somebody is changing on the page, as far as they came, before anything is saved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any, TypeVar

from pitchgen.web.held import Held

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pitchgen.problems import Loc

Made = TypeVar("Made")

# So many files may be open at once; what was not looked at for longest makes room. A browser still has what
# was typed into one that did.
MOST_DRAFTS = 100


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that is being changed: what it was on the disk, and what was typed since.

    A form of what stands at `loc` begins with the content `start`, which `typed` changes by the names of its
    inputs; where the text itself is changed, that is `text`. `shown` is the page beside it, by its place
    among those there are, and `tongue` the language of that.
    """

    id: str
    path: str
    loc: Loc
    # All that may be personal is kept out of tracebacks.
    base: bytes = field(repr=False)
    digest: str
    start: bytes = field(repr=False)
    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    text: str | None = field(default=None, repr=False)
    shown: int = 0
    tongue: str = ""
    version: int = 0
    is_saved: bool = False


class Drafts:
    """The drafts of one run, by ids that say nothing of what they hold."""

    def __init__(self) -> None:
        self._drafts: Held[Draft] = Held(MOST_DRAFTS)

    def begin(self, path: str, loc: Loc, base: bytes, digest: str) -> Draft:
        """Open a file that is on the disk."""
        return self._put(Draft(token_urlsafe(9), path, loc, base, digest, base))

    def find(self, id: str, path: str) -> Draft | None:
        """The draft of that id, if it is one of this file and did not make room for others."""
        found = self._drafts.get(id)
        return found if found and found.path == path else None

    def change(self, draft: Draft, **changes: Any) -> Draft:
        """Take down what became of a draft."""
        return self._put(replace(draft, **changes, version=draft.version + 1))

    def made(self, draft: Draft) -> Any:
        """What was made of a draft last; None for nothing."""
        return self._drafts.made(draft.id)

    def once(self, draft: Draft, of: object, make: Callable[[], Made]) -> Made:
        """What was made of a draft last, made again when it is `of` something else."""
        return self._drafts.once(draft.id, of, make)

    def _put(self, draft: Draft) -> Draft:
        self._drafts.put(draft.id, draft)
        return draft
