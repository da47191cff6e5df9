"""Write: bytes to files that appear whole or not at all, under names that are safe everywhere."""

from __future__ import annotations

import os
import stat
import tempfile
import time
import unicodedata
from contextlib import contextmanager, suppress
from errno import EACCES, EEXIST, EISDIR, EMLINK, ENOSYS, EOPNOTSUPP, EPERM, EXDEV
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from pitchgen.plain import is_letter_or_digit
from pitchgen.problems import CannotWrite

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
SHARED_FOLDER, SHARED_FILE = 0o755, 0o644
PROGRAM = 0o755
MAX_NAME_BYTES = 80

SAFE_AGE = 3600
# Where documents go unless somebody says otherwise.
DEFAULT_FOLDER = "out"

_TEMPORARY = ".pitchgen-"
_NO_LINKS = (EPERM, EOPNOTSUPP, ENOSYS, EMLINK)
_DASHES = " -_\N{NO-BREAK SPACE}"


def file_stem(text: str) -> str:
    """A name or an id as the start of a file name: letters, digits and hyphens, at most 80 bytes.

    When something of it is lost, be it punctuation or length, a digest stands in for that, so that
    two different texts stay two.
    """
    folded = unicodedata.normalize("NFC", text.casefold())
    words = "".join(c if is_letter_or_digit(c) else "-" if c in _DASHES else "" for c in folded)
    stem = "-".join(filter(None, words.split("-")))
    if len(words) == len(folded) and 0 < len(stem.encode()) <= MAX_NAME_BYTES:
        return stem
    digest = sha256(folded.encode(errors="replace")).hexdigest()[:8]
    kept = stem.encode()[: MAX_NAME_BYTES - len(digest) - 1].decode(errors="ignore")
    return "-".join(filter(None, (kept.strip("-"), digest)))


def numbered(name: str, taken: Container[str]) -> str:
    """The name, or the first of `name-2`, `name-3`, … that is not taken."""
    later = (f"{name}-{n}" for n in count(2))
    return next(each for each in chain([name], later) if each not in taken)


def file_stems(ids: Iterable[str]) -> dict[str, str]:
    """A file stem for each id, no two alike even where capitals do not count."""
    stems: dict[str, str] = {}
    taken: set[str] = set()
    for id in ids:
        stems[id] = numbered(file_stem(id), taken)
        taken.add(stems[id])
    return stems


def make_folder(path: Path, mode: int = PRIVATE_FOLDER) -> None:
    """Make a folder, readable by its owner only unless `mode` says else; one that exists stays as it is.

    Raises `CannotWrite`.
    """
    try:
        missing = [folder for folder in (path, *path.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=mode, exist_ok=True)
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise CannotWrite(path, error) from None


def expect_folder(path: Path) -> None:
    """Raises `CannotWrite` where a folder cannot be made, because a file stands there or on the way."""
    nearest = next(folder for folder in (path.absolute(), *path.absolute().parents) if folder.exists())
    if not nearest.is_dir():
        raise CannotWrite(path, FileExistsError(EEXIST, os.strerror(EEXIST)))


def sweep(folder: Path, age: float = SAFE_AGE) -> None:
    """Remove what runs that were killed `age` seconds ago or more left in `folder`; it may be personal."""
    with suppress(OSError):
        for leftover in folder.glob(f"{_TEMPORARY}*"):
            if time.time() - leftover.stat().st_mtime >= age:
                leftover.unlink()


def write_file(path: Path, content: bytes, mode: int = PRIVATE_FILE, by: Path | None = None) -> None:
    """Replace `path` by a file with this content, in one step. Raises `CannotWrite`.

    The bytes go to a nameless neighbour first, or to a nameless file in the folder `by` where that is on
    the same disk, and reach the disk before the name changes over, so that neither a full disk nor a power
    cut leaves half a document. A link of that name is replaced, and what it points at left alone; a pipe or
    a device is no place for a document.
    """
    try:
        if _is_stream(path, follow_symlinks=False):
            raise OSError(EEXIST, "it is a pipe or a device, not a file")
        _place(path, content, mode, by, lambda temporary: temporary.replace(path))
    except OSError as error:
        raise CannotWrite(path, error) from None


def _place(path: Path, content: bytes, mode: int, by: Path | None, place: Callable[[Path], object]) -> None:
    """Put a file in its place that was written elsewhere. Raises `OSError`."""
    try:
        with _written(by or path.parent, content, mode) as temporary:
            place(temporary)
    except OSError as error:
        if by is None or error.errno != EXDEV:
            raise
        _place(path, content, mode, None, place)


@contextmanager
def _written(folder: Path, content: bytes, mode: int) -> Iterator[Path]:
    """A nameless file in a folder, whole and on the disk; it is gone afterwards unless it was moved."""
    handle, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink()


def change_file(path: Path, content: bytes, by: Path | None = None) -> None:
    """Give a file that is there other content, as `write_file` does. Raises `CannotWrite`.

    A link stays a link, and who may read the file stays as it is.
    """
    expect_changeable(path)
    write_file(path.resolve(), content, stat.S_IMODE(path.stat().st_mode), by)


def expect_changeable(path: Path) -> None:
    """Raises `CannotWrite` for a file that somebody protected, though it could be replaced all the same."""
    if not os.access(path, os.W_OK):
        raise CannotWrite(path, PermissionError(EACCES, os.strerror(EACCES)))


def write_to(path: Path, content: bytes, mode: int = PRIVATE_FILE) -> None:
    """Write to what somebody named: a file as `write_file`, that of a link, a pipe or a device.

    Raises `CannotWrite`, also for a pipe from which nobody reads.
    """
    try:
        if _is_stream(path):
            _pour(path, content)
            return
    except OSError as error:
        raise CannotWrite(path, error) from None
    write_file(_end_of(path), content, mode)


def expect_writable(path: Path) -> None:
    """Raises `CannotWrite` where `write_to` would, as far as can be told without writing."""
    try:
        if _is_stream(path):
            if not os.access(path, os.W_OK):
                raise PermissionError(EACCES, os.strerror(EACCES))
            return
        target = _end_of(path)
        if target.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        # Without a name, so that nobody ever sees it.
        with tempfile.TemporaryFile(prefix=_TEMPORARY, dir=target.parent):
            pass
    except OSError as error:
        raise CannotWrite(path, error) from None


def _end_of(path: Path) -> Path:
    """The file that a link leads to; any other path as it was typed."""
    return Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114  # it does not raise


def _is_stream(path: Path, *, follow_symlinks: bool = True) -> bool:
    """Whether a pipe, a device or a socket has this name. Raises `OSError` if nobody may look."""
    try:
        mode = path.stat(follow_symlinks=follow_symlinks).st_mode
    except FileNotFoundError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode))


def _pour(path: Path, content: bytes) -> None:
    # Not to wait for ever where nobody reads: that is an error, but only of the opening.
    handle = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)


def create_file(path: Path, content: bytes, mode: int = PRIVATE_FILE, by: Path | None = None) -> None:
    """Like `write_file`, but only where nothing has this name yet. Raises `CannotWrite`.

    Of two who come at the same moment only one gets the name.
    """
    try:
        _place(path, content, mode, by, lambda temporary: _link(temporary, path))
    except OSError as error:
        raise CannotWrite(path, error) from None


def _link(temporary: Path, path: Path) -> None:
    """Give a file a second name that nothing has yet. Raises `OSError`."""
    try:
        path.hardlink_to(temporary)
    except OSError as error:
        # A disk without such names, as that of a camera: then the name is claimed before it is filled.
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            temporary.replace(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def create_with_folder(path: Path, content: bytes, *, private: bool, by: Path | None = None) -> None:
    """Like `create_file`, with the folder it stands in; what is private only its owner can read.

    Raises `CannotWrite`.
    """
    make_folder(path.parent, PRIVATE_FOLDER if private else SHARED_FOLDER)
    create_file(path, content, PRIVATE_FILE if private else SHARED_FILE, by)
