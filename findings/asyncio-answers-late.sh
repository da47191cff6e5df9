#!/usr/bin/env bash
# Guess: asyncio turns Nagle's algorithm off for every TCP connection, so a server sends its answers at once.
# What happens: it does so only where the socket says IPPROTO_TCP. `socket.socket()` says 0, and so does uvicorn's own
#     `Config.bind_socket()`; connections taken from such a listener keep the delay. Head and body of an answer are two
#     writes, so on a connection that is kept the body waits for the browser's delayed acknowledgement: 40 ms on Linux.
# Version: Python 3.11.7 with uvicorn 0.54.0.
# Matters: a server on loopback that answers in 10 ms and seems to take 50.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check uvicorn==0.54.0

"$work/venv/bin/python" - <<'END'
import asyncio
import socket
import sys

import uvicorn

print("Python", sys.version.split()[0], "uvicorn", uvicorn.__version__)


async def answer(scope, receive, send):
    """An ASGI application that is never asked."""


async def is_delayed(listener: socket.socket) -> bool:
    """Whether what is written on a connection to the listener may be held back."""
    found = asyncio.get_running_loop().create_future()

    class Taken(asyncio.Protocol):
        def connection_made(self, transport):
            taken = transport.get_extra_info("socket")
            found.set_result(not taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    server = await asyncio.get_running_loop().create_server(Taken, sock=listener)
    async with server:
        _, writer = await asyncio.open_connection(*listener.getsockname())
        delayed = await found
        writer.close()
        await writer.wait_closed()
    return delayed


def bound(listener: socket.socket) -> socket.socket:
    listener.bind(("127.0.0.1", 0))
    return listener


held = {
    "socket.socket()": asyncio.run(is_delayed(bound(socket.socket()))),
    "uvicorn's bind_socket()": asyncio.run(
        is_delayed(uvicorn.Config(answer, port=0, log_level="error").bind_socket())
    ),
    "socket.socket(proto=IPPROTO_TCP)": asyncio.run(is_delayed(bound(socket.socket(proto=socket.IPPROTO_TCP)))),
}
for listener, delayed in held.items():
    print(f"{listener}: {'held back' if delayed else 'sent at once'}")
assert list(held.values()) == [True, True, False]
END
