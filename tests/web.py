"""The page as tests open it: a real server on this machine, and a client that sends what it is told to."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, expect
from workspaces import GUARD

from pitchgen.render.presses import Presses
from pitchgen.web.desk import Desk
from pitchgen.web.server import LOOPBACK, Listening, server_of

# What is waited for comes, be the machine as busy as it may.
expect.set_options(timeout=120_000)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Site:
    """The page of one workspace, and the cookie of the browser that is let in."""

    desk: Desk
    listening: Listening
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"http://{LOOPBACK}:{self.listening.port}"

    def send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        raw: bool = False,
    ) -> Answer:
        """One request with just these headers; unless it is `raw`, with those that a browser would send."""
        own = {} if raw else {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if method == "POST" and not raw:
            own |= {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        connection = http.client.HTTPConnection(LOOPBACK, self.listening.port, timeout=GUARD)
        try:
            connection.request(method, path, body, {**own, **(headers or {})})
            got = connection.getresponse()
            return Answer(got.status, dict(got.getheaders()), got.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, headers=headers)

    def post(self, path: str, fields: Mapping[str, object], **headers: str) -> Answer:
        """A form, sent as a browser sends it."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urlencode(fields, doseq=True).encode(), {**kind, **headers})

    def enter(self) -> None:
        """Be let in by the address that was printed."""
        answer = self.send("GET", urlsplit(self.listening.address).path + "?key=" + self.listening.key)
        name, _, rest = answer.headers["set-cookie"].partition("=")
        self.cookies[name] = rest.partition(";")[0]


THE_DAY = date(2026, 11, 21)


@contextmanager
def serving(root: Path, *, read_only: bool = False, today: date = THE_DAY) -> Iterator[Site]:
    """The page of a workspace, as long as a test looks at it; whoever asks by `Site` is let in."""
    listening = Listening.at(LOOPBACK, 0)
    presses = Presses()
    desk = Desk(root, presses, lambda: today, read_only=read_only)
    server = server_of(desk, listening)
    thread = Thread(target=server.run, kwargs={"sockets": [listening.socket]})
    thread.start()
    site = Site(desk, listening)
    try:
        site.enter()
        yield site
    finally:
        server.should_exit = True
        thread.join(GUARD)
        listening.socket.close()
        presses.close()
        assert not thread.is_alive()


@dataclass
class Visitor:
    """Somebody with a browser, and what that complained about."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)


@contextmanager
def visiting(browser: Browser, site: Site, **options: object) -> Iterator[Visitor]:
    """A browser of its own that was opened by the address with the key; it complains of nothing."""
    context = browser.new_context(**{"locale": "en", **options})  # type: ignore[arg-type]
    page = context.new_page()
    visitor = Visitor(page, context)
    page.on("console", lambda said: visitor.complaints.append(said.text) if said.type != "log" else None)
    page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    page.set_default_timeout(120_000)
    page.goto(site.listening.address)
    try:
        yield visitor
        assert visitor.complaints == [], visitor.complaints
    finally:
        context.close()
