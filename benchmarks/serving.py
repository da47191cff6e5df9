"""The page: what a keystroke costs beside making the letter alone, and what a run costs to start."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from statistics import quantiles
from threading import Thread
from time import perf_counter, process_time, thread_time
from urllib.parse import urlencode, urlsplit

from benchmarks.checking import MANY, workspace
from benchmarks.letters import printing_alone
from benchmarks.timing import Pair, compare, paired, seconds
from pitchgen.keep.reading import Reader
from pitchgen.render.presses import Presses
from pitchgen.studio.studio import Studio
from pitchgen.web.desk import Desk
from pitchgen.web.server import LOOPBACK, Listening, server_of
from pitchgen.workspace.newcomer import Draft

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 21)
ROLE = "palveluasiantuntija"
PREVIEWS, SETTLED = 2_000, 200
LIBRARIES = "import starlette, uvicorn, pydantic, jinja2"
_LIMIT = 0.05


class _Browser:
    """Somebody who types a name, letter by letter, and sees the letter each time."""

    def __init__(self, listening: Listening) -> None:
        self._connection = HTTPConnection(LOOPBACK, listening.port)
        self._headers = {"Origin": f"http://{LOOPBACK}:{listening.port}", "Pitchgen-Live": "1"}
        let_in, _ = self._ask("GET", urlsplit(listening.address).path + f"?key={listening.key}")
        self._headers["Cookie"] = let_in["set-cookie"].partition(";")[0]
        self._address = self._ask("POST", "/newcomers", {"of": ""})[0]["location"]
        self._typed = 0

    def type(self, role: str = ROLE) -> None:
        """One keystroke: the page with all that is told beside the form, and the letter in its frame."""
        self._typed += 1
        _, page = self._ask("POST", self._address, {"name": _name(self._typed), "role": role})
        self._ask("GET", page.partition('data-src="')[2].partition('"')[0])

    def print(self) -> None:
        """The letter as PDF, after one more keystroke."""
        self.type()
        self._ask("GET", f"{self._address}/letter.pdf")

    def _ask(
        self, method: str, path: str, fields: dict[str, str] | None = None
    ) -> tuple[dict[str, str], str]:
        headers = {**self._headers, "Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request(method, path, urlencode(fields or {}), headers)
        answer = self._connection.getresponse()
        content = answer.read()
        return {name.lower(): value for name, value in answer.getheaders()}, content.decode(errors="replace")


def _name(typed: int) -> str:
    return f"Maija {'x' * (typed % 40)}"


@contextmanager
def _serving(root: Path) -> Iterator[_Browser]:
    listening, presses = Listening.at(LOOPBACK, 0), Presses()
    server = server_of(Desk(root, presses, lambda: TODAY), listening)
    thread = Thread(target=server.run, kwargs={"sockets": [listening.socket]})
    thread.start()
    try:
        yield _Browser(listening)
    finally:
        server.should_exit = True
        thread.join()
        presses.close()


def _alone(root: Path) -> Callable[[], object]:
    """Making the same letter where the workspace is read and linked: somebody joins."""
    linking = Reader(root).read().linking
    first = linking.joined_by(Draft({"name": "Maija", "role": ROLE})).workspace
    assert first
    before, typed = Studio(first, TODAY), count()

    def make() -> None:
        joined = linking.joined_by(Draft({"name": _name(next(typed)), "role": ROLE})).workspace
        assert joined
        studio = Studio(joined, TODAY, before=before)
        studio.render(studio.compose("pitch", joined.hires[-1], joined.company.language), "html")

    return make


def keystroke(_folder: Path) -> Pair:
    """What a keystroke computes at the server, beside making the letter alone."""
    make = _alone(ROOT)
    # The browser is this thread.
    with _serving(ROOT) as browser, ThreadPoolExecutor(1) as other:
        return compare(browser.type, lambda: other.submit(make).result(), rounds=60, clock=_by_others)


def _by_others() -> float:
    """Seconds that all threads but this one have computed."""
    return process_time() - thread_time()


def slowest(_folder: Path) -> Pair:
    """The 95th percentile of 200 keystrokes, beside 50 ms."""
    with _serving(ROOT) as browser:
        browser.type()
        times = [seconds(browser.type) for _ in range(200)]
    slow = quantiles(times, n=20)[-1]
    return Pair(slow, _LIMIT, slow / _LIMIT)


def many_beside_few(folder: Path) -> Pair:
    """What a keystroke with 1,000 personas and roles computes, beside one on the starter."""
    root = workspace(folder / "many", MANY)
    role = min(path.stem for path in (root / "roles").iterdir())
    with _serving(root) as one, _serving(ROOT) as other:
        return compare(lambda: one.type(role), other.type, rounds=40, clock=process_time)


def letter_as_pdf(_folder: Path) -> Pair:
    """A letter as PDF after a keystroke, beside WeasyPrint alone with its fonts and styles loaded."""
    with _serving(ROOT) as browser:
        return compare(browser.print, printing_alone(), rounds=30)


def memory(_folder: Path) -> Pair:
    """The most memory after 2,000 letters, beside after 200; as MB."""
    with _serving(ROOT) as browser:
        for _ in range(SETTLED):
            browser.type()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(PREVIEWS - SETTLED):
            browser.type()
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Pair(after / 1e6, before / 1e6, after / before)


def start(_folder: Path) -> Pair:
    """From the command to the first page, beside importing the libraries."""
    command = [sys.executable, "-m", "pitchgen", "serve", "--no-browser", "-w", str(ROOT)]

    def first_page() -> float:
        begun = perf_counter()
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as served:
            assert served.stdout
            address = urlsplit(served.stdout.readline().strip())
            connection = HTTPConnection(address.netloc)
            connection.request("GET", f"/?{address.query}")
            let_in = connection.getresponse()
            let_in.read()
            connection.request("GET", "/", headers={"Cookie": let_in.headers["set-cookie"].partition(";")[0]})
            assert connection.getresponse().status == 200
            taken = perf_counter() - begun
            served.terminate()
        return taken

    def imports() -> None:
        subprocess.run([sys.executable, "-c", LIBRARIES], check=True)

    first_page()
    return paired([(first_page(), seconds(imports)) for _ in range(7)])
