"""Cluster: the same printing by the workers of a Dask scheduler, which the extra `dask` brings along."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from pitchgen.problems import PitchgenError
from pitchgen.render.printing import Pool
from pitchgen.studio.inputs import versions

if TYPE_CHECKING:
    from distributed import Client

# Seconds until a scheduler must have answered.
PATIENCE = 10


class NoCluster(PitchgenError):
    """The cluster cannot be reached, went away, or would not print the same bytes."""

    exit_code = 4


@contextmanager
def dask_pool(address: str) -> Iterator[Pool]:
    """As many renderers as the workers have threads. Raises `NoCluster`."""
    try:
        from distributed import Client
        from distributed.client import ClosedClientError
        from distributed.comm.addressing import get_address_host_port
    except ImportError:
        raise NoCluster("--dask needs one more package: pip install 'pitchgen[dask]'") from None
    # What it logs of a cluster that goes away are tracebacks.
    logging.disable()
    try:
        # A client that cannot read its address takes long to give up.
        get_address_host_port(address)
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(f"no Dask scheduler answers at {address}: {error}") from None
    with client:
        _check_workers(client.run(versions, on_error="return"))
        width = sum(client.nthreads().values())
        try:
            yield Pool(client.get_executor(pure=False), width, partial(_check_alive, client))
        except (CancelledError, ClosedClientError):
            raise _lost() from None


def _check_alive(client: Client) -> None:
    try:
        alive = client.status == "running" and client.nthreads()
    except OSError:
        alive = False
    if not alive:
        raise _lost()


def _lost() -> NoCluster:
    return NoCluster("the Dask cluster is gone; what was made is kept, and the next build makes the rest")


def _check_workers(found: dict[str, tuple[str, ...] | Exception]) -> None:
    """Other versions would make other bytes."""
    if not found:
        raise NoCluster("the Dask scheduler has no workers; start one with `dask worker ADDRESS`")
    for worker, theirs in found.items():
        if isinstance(theirs, Exception):
            raise NoCluster(f"the worker at {worker} cannot print: {theirs}")
        if differing := sorted(set(versions()) - set(theirs)):
            raise NoCluster(f"the worker at {worker} needs these versions: {', '.join(differing)}")
