"""Draws the pictures of docs/managers.md anew; `make picture` runs it."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from browser import chromium
from manual import MANUAL, draw
from web import serving, visiting

from pitchgen.starter.start import start_workspace


def main() -> None:
    """Draw them beside the page, or into the folder that is named."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else MANUAL.parent
    with TemporaryDirectory() as name, chromium() as browser:
        root = Path(name)
        list(start_workspace(root, ["en"], bare=False))
        size = {"width": 1180, "height": 800}
        with serving(root) as site, visiting(browser, site, viewport=size) as visitor:
            draw(visitor.page, folder)


if __name__ == "__main__":
    main()
