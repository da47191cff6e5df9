"""Cluster: the same printing by the workers of a Dask scheduler, which the extra `dask` brings along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pitchgen.digests import versions
from pitchgen.problems import PitchgenError
from pitchgen.render.printing import Pool

# Seconds until a scheduler must have answered.
PATIENCE = 10


class NoCluster(PitchgenError):
    """The cluster cannot be reached, or would not print the same bytes."""

    exit_code = 4


@contextmanager
def dask_pool(address: str) -> Iterator[Pool]:
    """As many renderers as the workers have threads. Raises `NoCluster`."""
    try:
        from distributed import Client
    except ImportError:
        raise NoCluster("--dask needs one more package: pip install 'pitchgen[dask]'") from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(f"no Dask scheduler answers at {address}: {error}") from None
    with client:
        _check_workers(client.run(versions, on_error="return"))
        yield Pool(client.get_executor(pure=False), sum(client.nthreads().values()))


def _check_workers(found: dict[str, tuple[str, ...] | Exception]) -> None:
    """Other versions would make other bytes."""
    if not found:
        raise NoCluster("the Dask scheduler has no workers; start one with `dask worker ADDRESS`")
    for worker, theirs in found.items():
        if isinstance(theirs, Exception):
            raise NoCluster(f"the worker at {worker} cannot print: {theirs}")
        if differing := sorted(set(versions()) - set(theirs)):
            raise NoCluster(f"the worker at {worker} needs these versions: {', '.join(differing)}")
