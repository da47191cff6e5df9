"""What is wrong in the input: one value per finding, and the errors that carry findings upwards."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# The way to a value in a file's data: `("serves", "personas", 1)`.
Loc = tuple[str | int, ...]
# The code of what is wrong with pitchgen itself, and costs a document.
BUG = "bug"
# How the system's loader says that there is no memory for a library, and Python that there is none for a
# thread.
_NO_ROOM = ("failed to map segment", "can't start new thread")

# How much of a word of an id may be a slip, and how many ids are looked at for it.
_LETTERS_TO_A_SLIP, _MOST_SLIPS, _CANDIDATES = 4, 3, 5
_BETWEEN_WORDS = re.compile("[-_/]")


class Severity(StrEnum):
    """How much a problem matters: an error stops the work; a warning does when asked to; a note never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Quoting(str):
    """A sentence that quotes what somebody typed; `discreet` is the same sentence without that."""

    discreet: str

    def __new__(cls, whole: str, discreet: str) -> Quoting:
        """The sentence, both ways."""
        self = super().__new__(cls, whole)
        self.discreet = discreet
        return self

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # of what pickle makes it anew
        return str(self), self.discreet

    def __add__(self, more: str) -> Quoting:
        """The sentence with more behind it."""
        return Quoting(super().__add__(more), self.discreet + discreet(more))

    def __radd__(self, before: str) -> Quoting:
        """The sentence with more before it."""
        return Quoting(before + str(self), before + self.discreet)


def quoting(template: str, *quotes: str) -> Quoting:
    """A sentence with quotes in the place of each `{}`, of which one can be a part that has its own."""
    whole, without = (template.format(*parts) for parts in (quotes, [_blank(quote) for quote in quotes]))
    return Quoting(whole, without)


def discreet(text: str) -> str:
    """A sentence without what it quotes."""
    return text.discreet if isinstance(text, Quoting) else text


def _blank(quote: str) -> str:
    return quote.discreet if isinstance(quote, Quoting) else "…"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about the input, said so that its reader can mend it.

    What the message or the hint quotes of a file that may be personal is `quoting`. `line` and `column`
    are 1-based and 0 where the problem has no place in a file; `loc` is the way to the value; `source`
    is the text of that line and `width` the number of characters to underline in it.
    """

    code: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    loc: Loc = ()
    hint: str = ""
    severity: Severity = Severity.ERROR
    source: str = ""
    width: int = 1

    @property
    def where(self) -> str:
        """The way to the value in words: `serves.personas[1]`."""
        return dotted(self.loc)


def dotted(loc: Loc) -> str:
    """`("serves", "personas", 1)` as `serves.personas[1]`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return "".join(parts).removeprefix(".")


class PitchgenError(Exception):
    """Anything pitchgen refuses to do; `exit_code` is what the command ends with."""

    exit_code = 70


class InvalidInput(PitchgenError):
    """The workspace or the command's values have errors; nothing was written."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


class NoWorkspace(PitchgenError):
    """No folder with a company.yaml was found."""

    exit_code = 2

    def __init__(self, folder: Path, *, above: bool = True) -> None:
        searched = f"{folder} or in any folder above it" if above else f"{folder}"
        found = next((f.name for f in folder.glob("[Cc]ompany.*") if f.name != "company.yaml"), "")
        renamed = f"; is it {found}? then rename it" if found else ""
        super().__init__(
            f"there is no company.yaml in {searched}{renamed}\n"
            "start a workspace with `pitchgen init my-company`, or name one with --workspace DIR"
        )


class CannotWrite(PitchgenError):
    """The disk refused: permission, full disk, a file where a folder belongs."""

    exit_code = 4

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"cannot write {path}: {reason(error)}")


def reason(error: OSError) -> str:
    """What the operating system said, without its error number."""
    return (error.strerror or str(error)).lower()


def unquoted(problem: Problem) -> Problem:
    """The problem without what it quotes."""
    return replace(problem, message=discreet(problem.message), hint=discreet(problem.hint), source="")


def is_lack_of_memory(error: BaseException) -> bool:
    """Whether an error says, in whichever way, that there is too little memory."""
    return isinstance(error, MemoryError) or any(said in str(error) for said in _NO_ROOM)


def by_place(problem: Problem) -> tuple[str, float, int]:
    """What problems are sorted by: their places, what is said of a whole file after what is of its lines."""
    return problem.path, problem.line or inf, problem.column


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop the work."""
    return tuple(p for p in problems if p.severity is Severity.ERROR)


def slip(typed: str, known: Iterable[str]) -> str:
    """ "did you mean 'x'?" when a known id is what was typed but for a slip or another ending of its words.

    What named something that is gone is neither: `billing-lead` is no slip for `service-lead`.
    """
    near = get_close_matches(typed, list(known), n=_CANDIDATES, cutoff=0.6)
    meant = next((id for id in near if _is_slip(typed, id)), "")
    return f"did you mean '{meant}'?" if meant else ""


def _is_slip(typed: str, meant: str) -> bool:
    pairs = list(zip(_BETWEEN_WORDS.split(typed), _BETWEEN_WORDS.split(meant), strict=False))
    same_number = len(_BETWEEN_WORDS.findall(typed)) == len(_BETWEEN_WORDS.findall(meant))
    return all(_are_alike(*pair) for pair in (pairs if same_number else [(typed, meant)]))


def _are_alike(one: str, other: str) -> bool:
    """Whether two words differ in one letter in four, at most three, or in their ends alone; in no digit."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    longer = max(len(one), len(other))
    changed = longer - sum(block.size for block in blocks)
    begun = blocks[0].size if blocks[0].a == blocks[0].b == 0 else 0
    is_near = changed <= min(len(one) // _LETTERS_TO_A_SLIP, _MOST_SLIPS) or 2 * begun > longer
    return is_near and _digits(one) == _digits(other)


def _digits(id: str) -> str:
    return "".join(filter(str.isdecimal, id))


def suggestion(typed: str, known: Iterable[str]) -> str:
    """ "did you mean 'x'?" when one of the known words is close to what was typed."""
    close = get_close_matches(typed, list(known), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""
