"""The pages of `pitchgen serve` for tests: a server in a thread, and a small browser of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext
from workspaces import GUARD, TODAY

from pitchgen.render.presses import Presses
from pitchgen.web.desk import Desk
from pitchgen.web.server import LOOPBACK, Listening, server_of


@dataclass(frozen=True)
class Answer:
    """What a page answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode()


@dataclass
class Site:
    """The pages of a workspace while they are served, asked for as a browser with the key would."""

    desk: Desk
    listening: Listening
    language: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """The address before every page."""
        return f"http://{LOOPBACK}:{self.listening.port}"

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: Mapping[str, str], *, live: bool = False, **headers: str) -> Answer:
        """Send a form; `live` as the script does that follows typing."""
        more = {"Pitchgen-Live": "1"} if live else {}
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin, **more}
        return self._ask("POST", path, urlencode(fields).encode(), {**form, **headers})

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        usual = {"Accept-Language": self.language, "Cookie": cookies}
        with closing(HTTPConnection(LOOPBACK, self.listening.port, timeout=GUARD)) as connection:
            connection.request(method, path, body, {**usual, **headers})
            answer: HTTPResponse = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())

    def let_in(self) -> None:
        """Come in by the address that was printed."""
        answer = self.get(self.listening.address.removeprefix(self.origin))
        name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
        self.cookies[name] = value

    def tab(self, browser: Browser, **options: object) -> BrowserContext:
        """A profile of a real browser that came in the same way; `options` are Playwright's."""
        context = browser.new_context(base_url=self.origin, **options)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(self.listening.address)
        page.close()
        return context


@contextmanager
def served(root: Path, *, read_only: bool = False) -> Iterator[Site]:
    """The pages of the workspace at `root`, on the day of all tests."""
    listening = Listening.at(LOOPBACK, 0)
    with closing(Presses()) as presses, closing(listening.socket):
        desk = Desk(root, presses, lambda: date.fromisoformat(TODAY), read_only=read_only)
        server = server_of(desk, listening)
        thread = Thread(target=server.run, kwargs={"sockets": [listening.socket]})
        thread.start()
        try:
            site = Site(desk, listening)
            site.let_in()
            yield site
        finally:
            server.should_exit = True
            thread.join()
