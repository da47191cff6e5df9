"""Start a workspace: the starter company to edit, or the least that makes a pitch."""

from __future__ import annotations

from errno import ENOTDIR
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from pitchgen import shipped
from pitchgen.load.files import is_there
from pitchgen.model.file_kind import FILE_KINDS, kind_of_path
from pitchgen.model.text import read_name
from pitchgen.problems import CannotWrite, PitchgenError
from pitchgen.starter.bare import bare_workspace
from pitchgen.starter.files import DATA, data_files, schema_files
from pitchgen.starter.openers import RUN, openers
from pitchgen.starter.translate import languages_of_starter, starter
from pitchgen.write import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    PROGRAM,
    SHARED_FILE,
    SHARED_FOLDER,
    make_folder,
    write_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PRIVATE = (*(f"{kind.path}/" for kind in FILE_KINDS if kind.is_private), f"{DATA}/", "out/")
GITIGNORE = "\n".join(("# Personal data stays out of version control.", *PRIVATE, ""))


class CannotStart(PitchgenError):
    """The folder or the language asked for does not allow a new workspace."""

    exit_code = 2


def start_workspace(
    root: Path, languages: Sequence[str], *, bare: bool, company: str | None = None
) -> Iterator[Path]:
    """Write a new workspace into `root`, file by file; yields the paths written.

    Of the languages, the first is the company's own; without any, the starter has all of its own, and
    a bare workspace the first of them. Without the name of a `company`, that of the example stays.

    Raises `CannotStart` when a language is not offered, the name is none or a file is in the way, before
    anything is written, and `CannotWrite`.
    """
    of_starter = languages_of_starter()
    offered = shipped.languages() if bare else of_starter
    languages = tuple(dict.fromkeys(languages)) or of_starter[: 1 if bare else None]
    for language in languages:
        if language not in offered:
            raise CannotStart(
                f"{'a bare workspace' if bare else 'the starter'} is written in "
                f"{', '.join(offered[:-1])} and {offered[-1]}, not in '{language}'"
            )
    company = _name(company) if company is not None else None
    files = (bare_workspace if bare else starter)(languages, company)
    files |= {name: path.read_text(encoding="utf-8") for name, path in schema_files()}
    if not bare:
        files |= {name: path.read_bytes().decode(errors="surrogateescape") for name, path in data_files()}
    files |= openers(languages[0])
    for name in files:
        _refuse_if_taken(root, name)
    if ignored := _gitignore(root / ".gitignore"):
        files[".gitignore"] = ignored
    for name, content in files.items():
        path = root / name
        kind = kind_of_path(name)
        private = kind is not None and kind.is_private
        make_folder(path.parent, PRIVATE_FOLDER if private else SHARED_FOLDER)
        mode = PRIVATE_FILE if private else PROGRAM if path.suffix in RUN else SHARED_FILE
        write_file(path, content.encode(errors="surrogateescape"), mode)
        yield path


def _name(typed: str) -> str:
    try:
        return read_name(typed)
    except PydanticCustomError as error:
        raise CannotStart(f"the company's name {error.message()}") from None


def _refuse_if_taken(root: Path, name: str) -> None:
    path = root / name
    if is_there(path):
        raise CannotStart(f"{path} is already there; nothing was written")
    for folder in path.parents:
        if is_there(folder) and not folder.is_dir():
            raise CannotWrite(folder, NotADirectoryError(ENOTDIR, "not a folder"))


def _gitignore(path: Path) -> str | None:
    """What .gitignore is to hold: its lines and those that keep personal data out; None if it has them."""
    if not is_there(path):
        return GITIGNORE
    if path.is_symlink() or not path.is_file():
        raise CannotStart(f"{path} is not an ordinary file; nothing was written")
    kept = path.read_bytes().decode(errors="surrogateescape")
    if all(line in kept.splitlines() for line in PRIVATE):
        return None
    return kept + ("" if kept.endswith("\n") or not kept else "\n") + GITIGNORE
