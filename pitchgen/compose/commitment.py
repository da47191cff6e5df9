"""A commitment in the words of a document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommitmentWords:
    """What one may count on: on a `date`, on a `day` of work, in a `rhythm`, or at any time."""

    text: str
    date: str | None
    day: int | None
    rhythm: str | None
