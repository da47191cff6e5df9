"""What tests of several modules share: one browser, and the switch that renews snapshots."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import chromium
from playwright.sync_api import Browser
from snapshots import UPDATE, Snapshots


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        UPDATE,
        action="store_true",
        help="renew what of tests/snapshots/ differs from what is made now, and run no other tests",
    )


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
def snapshots(pytestconfig: pytest.Config) -> Snapshots:
    """What documents were like when somebody last looked."""
    return Snapshots(update=pytestconfig.getoption(UPDATE))
