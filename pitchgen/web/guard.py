"""The guard before every page: only the browser that holds the key, at this address, from these pages.

A page on 127.0.0.1 can be reached by every other page that a browser shows, and by every program on the
machine. So a request counts only with the key of this run, which the address printed at the start brings
and a cookie keeps; only for the host it was opened at, or else a name that an attacker resolves to this
machine would do (DNS rebinding); and what changes something only from a page of its own.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from secrets import compare_digest
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY = "key"
STATIC = "/static/"
# Bytes of one request: a list of newcomers and its answers fit in.
MOST_MEGABYTES = 20
MOST_BYTES = MOST_MEGABYTES * 1_000_000
_SAFE_METHODS = ("GET", "HEAD")
# What a browser says of a request that a page of ours, or a person, made. It sends nothing at all where the
# address is no `https` and not this machine's.
_OWN = (b"same-origin", b"none")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    # Without the origin browsers send `Origin: null` with forms.
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}

# A frame without an origin asks for its script as any other page would.
_STATIC_HEADERS = {**_HEADERS, "cross-origin-resource-policy": "cross-origin", "cache-control": "no-cache"}

Refusal = tuple[int, str]
"""A status, and the key of the words that say why."""


class TooMuch(Exception):
    """A request is larger than any that the page sends; whoever answers it says so."""


class Guard:
    """Lets through to `app` what comes from the browser that was given the `key` at one of the `hosts`.

    `say` gives the words of a refusal for the languages that a browser asks for.
    """

    def __init__(self, app: ASGIApp, key: str, hosts: frozenset[str], say: Callable[[str, str], str]) -> None:
        self.app = app
        self.key = key
        self.hosts = hosts
        self.cookie = f"pitchgen-{min(hosts).rpartition(':')[2]}"
        self._say = say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = _Headers(scope)
        if refusal := self._refusal(scope, headers):
            await self._refuse(refusal, headers, send)
        elif (given := self._given(scope)) is not None:
            await self._let_in(given, headers, send)
        elif not (scope["path"].startswith(STATIC) or self._holds_key(headers)):
            await self._refuse((403, "refused_key"), headers, send)
        else:
            await self._pass(scope, receive, send)

    def _refusal(self, scope: Scope, headers: _Headers) -> Refusal | None:
        """Why a request is none of ours, whoever sends it."""
        hosts = headers.all(b"host")
        if scope["type"] != "http" or len(hosts) != 1 or hosts[0].decode("latin-1") not in self.hosts:
            return 403, "refused_host"
        if not self._is_from_here(scope, headers):
            return 403, "refused_origin"
        length = headers.one(b"content-length")
        if length and (not length.isdigit() or int(length) > MOST_BYTES):
            return 413, "refused_size"
        return None

    def _is_from_here(self, scope: Scope, headers: _Headers) -> bool:
        """Whether a page of ours sent it, or a person by an address.

        What only shows something may be asked for by the address itself, with the key in it, or be a style
        sheet or a script, which hold nothing of anybody's.
        """
        site, origin = headers.all(b"sec-fetch-site"), headers.all(b"origin")
        ours = {f"http://{host}".encode() for host in self.hosts}
        if scope["method"] in _SAFE_METHODS:
            is_open = scope["path"].startswith(STATIC) or self._given(scope) is not None
            return is_open or all(each in _OWN for each in site)
        return len(origin) == 1 and origin[0] in ours and all(each in _OWN for each in site)

    @staticmethod
    def _given(scope: Scope) -> str | None:
        """The key that an address brings."""
        if scope["path"] != "/" or scope["method"] != "GET":
            return None
        query = parse_qs(scope["query_string"].decode("latin-1"))
        return next(iter(query.get(KEY, ())), None)

    def _holds_key(self, headers: _Headers) -> bool:
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load("; ".join(each.decode("latin-1") for each in headers.all(b"cookie")))
        except CookieError:
            return False
        held = cookies.get(self.cookie)
        return held is not None and self._is_key(held.value)

    def _is_key(self, given: str) -> bool:
        return compare_digest(given.encode(), self.key.encode())

    async def _let_in(self, given: str, headers: _Headers, send: Send) -> None:
        """Make a cookie of the key, and take it out of the address bar."""
        if not self._is_key(given):
            await self._refuse((403, "refused_key"), headers, send)
            return
        cookie = f"{self.cookie}={self.key}; Path=/; HttpOnly; SameSite=Strict"
        more = [(b"location", b"/"), (b"set-cookie", cookie.encode())]
        await _answer(send, 303, "", more)

    async def _refuse(self, refusal: Refusal, headers: _Headers, send: Send) -> None:
        status, key = refusal
        languages = (headers.one(b"accept-language") or b"").decode("latin-1")
        await _answer(send, status, self._say(key, languages).format(most=MOST_MEGABYTES) + "\n")

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken = 0
        usual = _STATIC_HEADERS if scope["path"].startswith(STATIC) else _HEADERS

        async def counted() -> Message:
            # A length that a browser does not say is counted as it comes.
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MOST_BYTES:
                raise TooMuch
            return message

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                more = [(name.encode(), value.encode()) for name, value in usual.items()]
                message["headers"] = [*message["headers"], *(each for each in more if each[0] not in own)]
            await send(message)

        await self.app(scope, counted, guarded)


class _Headers:
    """The raw headers of a request: what stands there twice is seen twice."""

    def __init__(self, scope: Scope) -> None:
        self._headers: list[tuple[bytes, bytes]] = list(scope.get("headers", ()))

    def all(self, name: bytes) -> list[bytes]:
        return [value for key, value in self._headers if key.lower() == name]

    def one(self, name: bytes) -> bytes | None:
        return next(iter(self.all(name)), None)


async def _answer(send: Send, status: int, text: str, more: list[tuple[bytes, bytes]] | None = None) -> None:
    headers = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
    headers.append((b"content-type", b"text/plain; charset=utf-8"))
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *(more or ())]})
    await send({"type": "http.response.body", "body": text.encode()})
