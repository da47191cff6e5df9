"""Many files in one zip archive, the same bytes for the same files."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath
from stat import S_IFREG
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pitchgen.write import PRIVATE_FILE

# The earliest that an archive can hold; what was written when is not told.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files, in their order, each readable by its owner only.

    The names are paths with `/` that stay inside the folder the archive is opened in; raises `ValueError`
    for one that does not.
    """
    archive = BytesIO()
    with ZipFile(archive, "w") as bundle:
        for name, content in files.items():
            bundle.writestr(_entry(name), content, ZIP_DEFLATED)
    return archive.getvalue()


def _entry(name: str) -> ZipInfo:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or str(path) != name or "\\" in name or ":" in name:
        raise ValueError(f"{name!r} is no path inside an archive")
    entry = ZipInfo(name, _NO_TIME)
    # Else it tells which system it was made on.
    entry.create_system = _UNIX
    entry.external_attr = (S_IFREG | PRIVATE_FILE) << 16
    return entry
