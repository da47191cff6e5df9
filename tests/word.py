"""What other programs make of a Word document: LibreOffice, and a checker of the format's rules."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from openxml_audit import OpenXmlValidator
from workspaces import GUARD

# What it prints before an item.
_MARK = re.compile(r"^ *(?:[•◦▪]|\d+\.)[ \t]+", re.MULTILINE)


class LibreOfficeMissingError(Exception):
    """A missing program fails the tests: a skipped one would let broken documents pass."""

    def __init__(self) -> None:
        super().__init__("there is no soffice; run '.ci/setup test'")


def read_by_libreoffice(folder: Path, documents: Mapping[str, bytes]) -> dict[str, str]:
    """The text of each document as LibreOffice reads it, without the marks of items; all must open.

    What stands above the pages is not among it.
    """
    if (soffice := shutil.which("soffice")) is None:
        raise LibreOfficeMissingError
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in documents.items():
        (folder / f"{name}.docx").write_bytes(content)
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *(
                "--headless",
                "--norestore",
                "--convert-to",
                "txt:Text (encoded):UTF8",
                "--outdir",
                folder / "txt",
            ),
            *(folder / f"{name}.docx" for name in documents),
        ],
        check=True,
        capture_output=True,
        timeout=GUARD,
    )
    # It ends well, and writes nothing, where it cannot open one.
    texts = {name: folder / "txt" / f"{name}.txt" for name in documents}
    return {name: _MARK.sub("", path.read_text(encoding="utf-8-sig")) for name, path in texts.items()}


def broken_rules(document: Path) -> list[str]:
    """What of a document breaks the rules of Word's format."""
    return [str(each) for each in OpenXmlValidator().validate(document).errors]
