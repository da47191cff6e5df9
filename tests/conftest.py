"""What tests of several modules share: one browser, a built intake, and the switch that renews snapshots."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from browser import chromium
from builds import ALL, ELSEWHERE, PAGES, build, intake, listed, pages
from disks import left_over, unmount
from every_document import all_documents, studio_of
from pdf_standards import VeraPdf
from pdf_standards import started as verapdf_started
from playwright.sync_api import Browser, BrowserContext
from renderers import kept
from rich import RICH
from snapshots import UPDATE, Snapshots

from pitchgen.render.press import Press

# A shell that starts the tests in the background has them, and every child of theirs, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
# As pitchgen itself does: what is imported is no garbage, and looking through it again and again costs time.
gc.set_threshold(20_000, 10, 10)
# What is compiled is kept, whatever the environment says: hundreds of processes would compile it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        UPDATE,
        action="store_true",
        help="renew what of tests/snapshots/ differs from what is made now, and run no other tests",
    )


def pytest_configure(config: pytest.Config) -> None:
    """What a run that was killed has left mounted would be in the way of this one."""
    if not hasattr(config, "workerinput"):
        for folder in left_over():
            unmount(folder)


# Before xdist looks at the groups.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of a file run in one process, as those of a group do that is several files.

    Renewing snapshots needs only the tests that use them.
    """
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    if config.getoption(UPDATE):
        items[:] = [item for item in items if "snapshots" in getattr(item, "fixturenames", ())]


def pytest_collection_finish() -> None:
    """All modules and tests are there, and stay."""
    gc.freeze()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> BrowserContext:
    """Where to open pages that share nothing but their kind: a tab costs a third of a profile with a tab."""
    return browser.new_context()


@pytest.fixture(scope="session")
def verapdf() -> Iterator[VeraPdf]:
    """One JVM for all PDFs of a process that are judged."""
    with verapdf_started() as started:
        yield started


@pytest.fixture(scope="session", autouse=True)
def kept_renderers() -> Iterator[None]:
    """The renderers of all that runs inside this process are kept for the next that prints."""
    with kept():
        yield


@pytest.fixture(scope="session")
def press(kept_renderers: None) -> Iterator[Press]:
    """One renderer for all that the tests of a process print, where it is the page that is looked at."""
    with closing(Press()) as started:
        yield started


@pytest.fixture(scope="session")
def rich_pdfs(press: Press, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every document of the rich workspace in Finnish on paper, by its name.

    Tests that ask for them are of the group `rich`, so that they are printed once.
    """
    folder, pdfs = tmp_path_factory.mktemp("rich"), {}
    studio = studio_of(RICH, folder, press)
    for name, document in all_documents(studio, ["fi"]).items():
        pdfs[name] = folder / f"{name}.pdf"
        pdfs[name].write_bytes(studio.render(document, "pdf").content)
    return pdfs


@pytest.fixture(scope="session")
def snapshots(pytestconfig: pytest.Config) -> Snapshots:
    """What documents were like when somebody last looked."""
    return Snapshots(update=pytestconfig.getoption(UPDATE))


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of which every page was built."""
    root = intake(tmp_path_factory.mktemp("first"))
    done = build(root, *PAGES, env=ELSEWHERE)
    assert (done.returncode, listed(done)) == (0, pages(ALL))
    return root


@pytest.fixture
def built(tmp_path: Path, first: Path) -> Path:
    """A workspace of which every page is up to date."""
    return shutil.copytree(first, tmp_path / "yritys")
