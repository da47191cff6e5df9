"""What tests of several modules share: one browser, a built intake, and the switch that renews snapshots."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from browser import chromium
from builds import ALL, ELSEWHERE, PAGES, build, intake, listed, pages
from disks import left_over, unmount
from playwright.sync_api import Browser, BrowserContext
from snapshots import UPDATE, Snapshots

from pitchgen.render.press import Press

# A shell that starts the tests in the background has them, and every child of theirs, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)


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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Renewing snapshots needs only the tests that use them."""
    if config.getoption(UPDATE):
        items[:] = [item for item in items if "snapshots" in getattr(item, "fixturenames", ())]


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
def press() -> Iterator[Press]:
    """One renderer for all that the tests of a process print, where it is the page that is looked at."""
    with closing(Press()) as started:
        yield started


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
