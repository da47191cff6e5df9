"""Building on a cluster: a real Dask scheduler and its workers make the same bytes, and may die."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from builds import LOOK, SPINS_FOR_BO, build, building, documents, intake, listed
from workspaces import GUARD, REPOSITORY, TODAY, with_pydyf, without, write_tree

from pitchgen.render.cluster import NoCluster, check_workers, dask_printer
from pitchgen.versions import MISSING, versions

PITCHES = ("--documents", "pitch,role-card", "--format", "pdf", "-q")
GONE = "pitchgen: the Dask cluster is gone; what was made is kept, and the next build makes the rest\n"


class Cluster:
    """A scheduler at `address`, and its workers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        options = (
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(self._file),
        )
        self.scheduler = self._start("scheduler", *options)
        self.workers: list[subprocess.Popen[bytes]] = []
        self._wait_for(self._listens_at, self.scheduler)
        self.address = self._listens_at()

    def _listens_at(self) -> str:
        """The scheduler's address, once all of its file is written."""
        try:
            return str(json.loads(self._file.read_text(encoding="utf-8"))["address"])
        except (FileNotFoundError, json.JSONDecodeError):
            return ""

    def add_worker(self, env: Mapping[str, str] | None = None) -> None:
        """One more worker that prints one page at a time, once it has registered itself."""
        ready = self._folder / f"worker{len(self.workers)}"
        preload = f"def dask_setup(worker):\n    import pathlib\n    pathlib.Path({str(ready)!r}).touch()\n"
        options = (
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            "--host",
            "127.0.0.1",
            "--preload",
            preload,
        )
        folder = ("--local-directory", str(self._folder))
        worker = self._start("worker", self.address, *options, *folder, env=env)
        self.workers.append(worker)
        self._wait_for(ready.exists, worker)

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(
        self, what: str, *options: str, env: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", *options],
            cwd=self._folder,
            env={**os.environ, **(env or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _wait_for(self, happened: object, process: subprocess.Popen[bytes]) -> None:
        assert callable(happened)
        while not happened():
            try:
                raise AssertionError(f"it ended with {process.wait(LOOK)}")
            except subprocess.TimeoutExpired:
                continue


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "dask").mkdir()
    cluster = Cluster(tmp_path / "dask")
    try:
        yield cluster
    finally:
        cluster.end()


def test_a_cluster_makes_the_same_bytes_even_when_a_worker_is_killed(
    tmp_path: Path, cluster: Cluster
) -> None:
    root = intake(tmp_path / "yritys")
    assert build(root, *PITCHES, "-o", "local").returncode == 0
    cluster.add_worker()
    cluster.add_worker()
    with building(root, *PITCHES, "--dask", cluster.address) as run:
        run.when_there_are(1)
        with run.held():
            assert len(documents(run.folder)) < 6
            cluster.workers[0].kill()
        done = run.result()
    assert (done.returncode, done.stderr) == (0, "")
    assert listed(done) == sorted(documents(root / "local"))
    assert documents(root / "out") == documents(root / "local")


@pytest.mark.parametrize("what", ["scheduler", "workers"])
def test_a_cluster_that_goes_away_ends_the_build(tmp_path: Path, cluster: Cluster, what: str) -> None:
    root = intake(tmp_path / "yritys", {"templates/pitch.html": SPINS_FOR_BO})
    cluster.add_worker()
    # One page keeps the only worker busy for as long as it is there.
    with building(root, *PITCHES, "--dask", cluster.address, "--deadline", str(10 * GUARD)) as run:
        run.when_there_are(4)
        for process in (cluster.scheduler,) if what == "scheduler" else cluster.workers:
            process.kill()
        done = run.result()
    assert (done.returncode, done.stderr) == (4, GONE)
    assert listed(done) == sorted(documents(root / "out"))
    (root / "templates/pitch.html").unlink()
    assert build(root, *PITCHES).returncode == 0
    assert len(documents(root / "out")) == 6


def test_an_interrupt_ends_a_build_on_a_cluster(tmp_path: Path, cluster: Cluster) -> None:
    root = intake(tmp_path / "yritys", {"templates/pitch.html": SPINS_FOR_BO})
    cluster.add_worker()
    with building(root, *PITCHES, "--dask", cluster.address, "--deadline", str(10 * GUARD)) as run:
        run.when_there_are(4)
        run.process.send_signal(2)
        done = run.result()
    assert done.returncode == 130
    assert done.stderr.strip() == "interrupted"


def test_a_scheduler_without_workers_is_said_at_once(tmp_path: Path, cluster: Cluster) -> None:
    root = intake(tmp_path / "yritys")
    done = build(root, *PITCHES, "--dask", cluster.address)
    assert (done.returncode, done.stdout) == (4, "")
    assert (
        done.stderr == "pitchgen: the Dask scheduler has no workers; start one with `dask worker ADDRESS`\n"
    )
    # Pages alone need no cluster.
    assert build(root, "--format", "html", "--dask", cluster.address).returncode == 0


ADDRESSES = ("tcp://127.0.0.1:1", "localhost", "nonsense://x:1", "tls://127.0.0.1:1")
# Builds on one cluster after another, and prints how each build ended.
BUILDS = "import json, sys; from pitchgen.cli import run; print(*map(run, json.loads(sys.argv[1])))"


def test_where_no_scheduler_answers_it_is_said(tmp_path: Path) -> None:
    # In a process of its own, because Dask leaves its threads there.
    builds = [["build", *PITCHES, "--dask", address, "--date", TODAY] for address in ADDRESSES]
    done = subprocess.run(
        [sys.executable, "-c", BUILDS, json.dumps(builds)],
        cwd=intake(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "4 4 4 4\n"
    for address, said in zip(ADDRESSES, done.stderr.splitlines(), strict=True):
        assert said.startswith(f"pitchgen: no Dask scheduler answers at {address}: ")
    assert "TLS is not set up for Dask on this machine" in said
    assert documents(tmp_path / "out") == {}


def test_what_others_log_is_heard_while_and_after_a_cluster_is_used(
    cluster: Cluster, caplog: pytest.LogCaptureFixture
) -> None:
    cluster.add_worker()
    with dask_printer(cluster.address):
        logging.getLogger("somebody").error("while")
    logging.getLogger("distributed.client").error("after")
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "while",
        "after",
    ]


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ({**versions(), "Pango": "1.2.3"}, f"needs these versions: Pango {versions()['Pango']}"),
        ({**versions(), "HarfBuzz": MISSING}, "needs these versions: HarfBuzz"),
        ({**versions(), "Fontconfig": "1.2.3"}, "needs these versions: Fontconfig"),
        ({k: v for k, v in versions().items() if k != "pydyf"}, "needs these versions: pydyf"),
    ],
)
def test_a_worker_with_another_library_is_refused(theirs: dict[str, str], said: str) -> None:
    with pytest.raises(NoCluster, match=f"the worker at here {said}"):
        check_workers({"there": versions(), "here": theirs})
    check_workers({"there": versions(), "here": versions()})


def test_a_worker_whose_machine_has_other_libraries_prints_nothing(tmp_path: Path, cluster: Cluster) -> None:
    root = intake(tmp_path / "yritys")
    cluster.add_worker(without(tmp_path / "lib", "libharfbuzz-subset.so.0"))
    done = build(root, *PITCHES, "--dask", cluster.address)
    assert (done.returncode, done.stdout) == (4, "")
    assert f"needs these versions: HarfBuzz subset {versions()['HarfBuzz subset']}\n" in done.stderr
    assert documents(root / "out") == {}


def test_a_worker_whose_packages_are_others_prints_nothing(tmp_path: Path, cluster: Cluster) -> None:
    root = intake(tmp_path / "yritys")
    cluster.add_worker(with_pydyf(tmp_path, "0.0.1"))
    done = build(root, *PITCHES, "--dask", cluster.address)
    assert (done.returncode, done.stdout) == (4, "")
    assert f"needs these versions: pydyf {versions()['pydyf']}\n" in done.stderr
    assert documents(root / "out") == {}


# Notes each renderer that begins.
COUNTING = """\
import os, sys
if "pitchgen.render.worker" in sys.orig_argv:
    with open(os.environ["BEGUN"], "a") as file:
        print(os.getpid(), file=file)
"""


def test_a_worker_without_a_library_is_not_started_anew_for_each_page(
    tmp_path: Path, cluster: Cluster
) -> None:
    root, begun = intake(tmp_path / "yritys"), tmp_path / "begun"
    site = write_tree(tmp_path, {"site/sitecustomize.py": COUNTING}) / "site"
    no_pango = without(tmp_path / "lib", "libpango-1.0.so.0")
    paths = os.pathsep.join([str(site), str(REPOSITORY)])
    cluster.add_worker({**no_pango, "PYTHONPATH": paths, "BEGUN": str(begun)})
    done = build(root, *PITCHES, "--dask", cluster.address, env=no_pango)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.count("error[missing-library]: a PDF needs the Pango library") == 1
    assert done.stderr.count("was not written as pdf") == 6
    assert len(begun.read_text().splitlines()) == 1
