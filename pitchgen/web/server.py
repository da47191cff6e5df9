"""The server: a free port of this machine, a key for one browser, and an end that comes at once."""

from __future__ import annotations

import socket
import webbrowser
from contextlib import closing
from dataclasses import dataclass
from secrets import token_urlsafe
from threading import Thread
from typing import TYPE_CHECKING

import uvicorn

from pitchgen.problems import PitchgenError, reason
from pitchgen.web.app import guarded_app
from pitchgen.web.guard import KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from pitchgen.web.desk import Desk

LOOPBACK = "127.0.0.1"
# Seconds that open pages may take to end: an event stream would go on for ever.
_PATIENCE = 1


class CannotListen(PitchgenError):
    """The port is taken, or the system does not let it be used."""

    exit_code = 4

    def __init__(self, host: str, port: int, error: OSError) -> None:
        super().__init__(f"cannot listen on {host}:{port}: {reason(error)}; choose another with --port")


@dataclass(frozen=True, slots=True)
class Listening:
    """A socket that listens, and the address by which a browser is let in."""

    socket: socket.socket
    host: str
    key: str

    @classmethod
    def at(cls, host: str, port: int) -> Listening:
        """Listen at a port, or at a free one for 0. Raises `CannotListen`."""
        # asyncio sends small answers at once only from a socket that names its protocol (Python 3.11).
        listening = socket.socket(proto=socket.IPPROTO_TCP)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, port))
            listening.listen()
        except (OSError, OverflowError) as error:
            listening.close()
            known = error if isinstance(error, OSError) else OSError(0, "there is no such port")
            raise CannotListen(host, port, known) from None
        return cls(listening, host, token_urlsafe(24))

    @property
    def port(self) -> int:
        """Its port."""
        number: int = self.socket.getsockname()[1]
        return number

    @property
    def hosts(self) -> frozenset[str]:
        """What a browser may call it by."""
        names = {self.host, "localhost"} if self.host == LOOPBACK else {self.host}
        return frozenset(f"{name}:{self.port}" for name in names)

    @property
    def address(self) -> str:
        """The address to open, with the key in it."""
        return f"http://{self.host}:{self.port}/?{KEY}={self.key}"


def serve(desk: Desk, listening: Listening, ready: Callable[[], None], *, browser: bool) -> None:
    """Answer until somebody ends it with Ctrl-C; `ready` is called when pages can be asked for."""
    with closing(listening.socket):
        ready()
        if browser:
            Thread(target=webbrowser.open, args=[listening.address], daemon=True).start()
        server_of(desk, listening).run(sockets=[listening.socket])


def server_of(desk: Desk, listening: Listening) -> uvicorn.Server:
    """What answers at the socket once it runs, until its `should_exit` is set."""
    app = guarded_app(desk, listening.key, listening.hosts)
    config = uvicorn.Config(
        app,
        # Of what fails in a page it would tell all, with what somebody typed in it; the page has its own way.
        log_level="critical",
        # What is asked for would stand in it.
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=_PATIENCE,
    )
    return _Server(config, desk)


class _Server(uvicorn.Server):
    """A server whose open streams end with it, so that nobody waits for them."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what goes on for ever, then all else."""
        self._desk.end()
        await super().shutdown(sockets)
