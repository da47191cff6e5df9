"""Snapshots: what was made when somebody last looked, kept in tests/snapshots/ to be compared with.

`pytest --update-snapshots` renews those that differ; its result is read in `git diff`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

import pytest

UPDATE = "--update-snapshots"
FOLDER = Path(__file__).parent / "snapshots"

# Says how what was kept differs from what is made now; nothing when it does not.
Compare = Callable[[bytes, bytes], str]


def compare_texts(kept: bytes, made: bytes) -> str:
    """The lines that differ."""
    before, after = (text.decode().splitlines() for text in (kept, made))
    return "\n".join(unified_diff(before, after, "kept", "made", lineterm=""))


@dataclass(frozen=True)
class Snapshots:
    """The files of tests/snapshots/, compared or, when `update` is set, renewed."""

    update: bool
    folder: Path = FOLDER

    def check(self, group: str, made: Mapping[str, bytes], compare: Compare = compare_texts) -> None:
        """Compare all that a test makes with the files of its folder `group`, by name.

        A file that is missing fails, and so does one that the test does not make any more.
        """
        folder = self.folder / group
        kept = {path.name: path.read_bytes() for path in folder.glob("*")}
        faults = dict(_faults(kept, made, compare))
        if self.update:
            folder.mkdir(parents=True, exist_ok=True)
            for name in faults:
                _renew(folder / name, made.get(name))
        elif faults:
            told = "\n\n".join(f"{group}/{name}: {fault}" for name, fault in faults.items())
            pytest.fail(f"{told}\n\nIf this is meant, run: pytest {UPDATE}, and read git diff", pytrace=False)


def _faults(
    kept: Mapping[str, bytes], made: Mapping[str, bytes], compare: Compare
) -> Iterator[tuple[str, str]]:
    for name in sorted(kept.keys() | made.keys()):
        if name not in kept:
            yield name, "is not kept yet"
        elif name not in made:
            yield name, "is kept, but no longer made"
        elif difference := compare(kept[name], made[name]):
            yield name, difference


def _renew(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
