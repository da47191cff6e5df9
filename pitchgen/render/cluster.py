"""Cluster: the same printing by the workers of a Dask scheduler, which the extra `dask` brings along."""

from __future__ import annotations

import logging
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from pitchgen import late
from pitchgen.problems import PitchgenError
from pitchgen.render.presses import Presses
from pitchgen.versions import MISSING, versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pitchgen.render.press import Paper, Pdf

# Seconds until a scheduler must have answered.
PATIENCE = 10
# The libraries whose loggers have handlers of their own, many of them.
_LOUD = frozenset({"distributed", "tornado", "asyncio"})


class NoCluster(PitchgenError):
    """The cluster cannot be reached, went away, or would not print the same bytes."""

    exit_code = 4


class DaskPrinter:
    """As many renderers as the workers of a Dask scheduler have threads."""

    def __init__(self, client: late.distributed.Client) -> None:
        self.width = sum(client.nthreads().values())
        self._client = client
        self._executor = client.get_executor(pure=False)

    def submit(self, paper: Paper) -> Future[Pdf]:
        """Have a worker print a page."""
        printing: Future[Pdf] = self._executor.submit(_print_here, paper)
        return printing

    def check(self) -> None:
        """Raises `NoCluster` when the scheduler, or the last of the workers, is gone."""
        try:
            alive = self._client.status == "running" and self._client.nthreads()
        except OSError:
            alive = False
        if not alive:
            raise _lost()


@contextmanager
def dask_printer(address: str) -> Iterator[DaskPrinter]:
    """The workers of the scheduler at `address`. Raises `NoCluster`."""
    try:
        closed = late.distributed.client.ClosedClientError
    except ImportError:
        raise NoCluster("--dask needs one more package: pip install 'pitchgen[dask]'") from None
    with _quiet(), _client(address) as client:
        check_workers(client.run(versions, on_error="return"))
        try:
            yield DaskPrinter(client)
        except (CancelledError, closed):
            raise _lost() from None


@cache
def _presses() -> Presses:
    """The presses of a worker's process, which last as long as it: builds come and go."""
    return Presses()


def _print_here(paper: Paper) -> Pdf:
    return _presses().print(paper)


def _client(address: str) -> late.distributed.Client:
    addressing = late.distributed.comm.addressing
    try:
        # A client that cannot read its address takes long to give up, and one without TLS does so aloud.
        addressing.get_address_host_port(address)
        security = late.distributed.Security()
        encrypts = security.get_connection_args("client")["ssl_context"] is not None
        if addressing.parse_address(address)[0] == "tls" and not encrypts:
            raise ValueError(
                "TLS is not set up for Dask on this machine, see https://distributed.dask.org/en/stable/tls.html"
            )
        return late.distributed.Client(address, timeout=PATIENCE, security=security, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise NoCluster(f"no Dask scheduler answers at {address}: {error}") from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what Dask logs meanwhile to itself: of a cluster that goes away, these are tracebacks."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in _LOUD]
    loggers = [logging.getLogger(name) for name in names]
    before = [(logger, logger.handlers, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [logging.NullHandler()], False
    try:
        yield
    finally:
        for logger, handlers, propagate in before:
            logger.handlers, logger.propagate = handlers, propagate


def _lost() -> NoCluster:
    return NoCluster("the Dask cluster is gone; what was made is kept, and the next build makes the rest")


def check_workers(found: Mapping[str, Mapping[str, str] | Exception]) -> None:
    """Refuse workers that would make other bytes. What this machine lacks, they must have alike.

    `found` are the versions of each, or what kept it from telling. Raises `NoCluster`.
    """
    if not found:
        raise NoCluster("the Dask scheduler has no workers; start one with `dask worker ADDRESS`")
    needed = {name: ours for name, ours in versions().items() if ours != MISSING}
    for worker, theirs in found.items():
        if isinstance(theirs, Exception):
            raise NoCluster(f"the worker at {worker} cannot print: {theirs}")
        needed = {**theirs, **needed}
        if differing := sorted(f"{name} {it}" for name, it in needed.items() if theirs.get(name) != it):
            raise NoCluster(f"the worker at {worker} needs these versions: {', '.join(differing)}")
