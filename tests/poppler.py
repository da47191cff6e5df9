"""What poppler's programs say of a PDF."""

from __future__ import annotations

import subprocess
from pathlib import Path


def said_by(*command: str | Path) -> str:
    """What a program prints; it must end well."""
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
