"""A PostgreSQL of the tests' own: Debian's server on a free port, with a reader who has a password."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from urllib.parse import quote

from workspaces import GUARD

HOST = "127.0.0.1"
READER, PASSWORD, SALES = "tilastolukija", "sala:sana/1?", "myyntikanta"
_OWNER = "postgres"
# What the server says is in another language, where its package has that: nothing may lean on its words.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "LANGUAGE": "sv", "PATH": os.environ["PATH"]}


def _program(name: str) -> str:
    """The newest there is; Debian has those that only servers run beside the path."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
    found = shutil.which(name, path=os.pathsep.join([*map(str, reversed(versions)), os.environ["PATH"]]))
    assert found, f"{name} is missing: .ci/setup test"
    return found


class Postgres:
    """A server that keeps what it has in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.create_server((HOST, 0)) as free:
            self._port = int(free.getsockname()[1])
        # It refuses to run as root.
        is_root = os.geteuid() == 0
        self._before = ["setpriv", f"--reuid={_OWNER}", "--clear-groups"] if is_root else ["setpriv"]
        shutil.chown(folder, _OWNER if is_root else pwd.getpwuid(os.geteuid()).pw_name)
        made = [_program("initdb"), f"--username={_OWNER}", f"--pgdata={folder / 'data'}", "--encoding=UTF8"]
        made += ["--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync"]
        done = subprocess.run(
            [*self._before, *made], env=_ENVIRONMENT, cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        self.start()
        self.tell(f"CREATE ROLE {READER} LOGIN PASSWORD '{PASSWORD}'", "postgres")
        self.create(SALES)

    def address(self, name: str = SALES, *, password: str = PASSWORD, port: int = 0) -> str:
        """The address of a database for the reader."""
        return f"postgresql://{READER}:{quote(password, safe='')}@{HOST}:{port or self._port}/{name}"

    def create(self, name: str, options: str = "") -> None:
        """A database more, whose tables the reader may even change."""
        self.tell(f"CREATE DATABASE {name} {options}", "postgres")
        self.tell(f"ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO {READER}", name)

    def tell(self, commands: str, name: str = SALES) -> str:
        """What the owner's commands print."""
        done = subprocess.run(
            self._session(name),
            input=dedent(commands),
            # The server would take it for the wish of whoever has none.
            env={**_ENVIRONMENT, "PGCLIENTENCODING": "UTF8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def holding(self, locks: str, name: str = SALES) -> Iterator[None]:
        """Somebody in a transaction, who has what these commands lock."""
        with subprocess.Popen(
            self._session(name), env=_ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as session:
            assert session.stdin
            assert session.stdout
            print(f"BEGIN;\n{locks};\n\\echo held", file=session.stdin, flush=True)
            assert any(line == "held\n" for line in session.stdout)
            yield
            session.kill()

    def _session(self, name: str) -> list[str]:
        told = [_program("psql"), "-qXAt", "--set=ON_ERROR_STOP=1", f"--host={self._folder}"]
        return [*told, f"--port={self._port}", f"--username={_OWNER}", name]

    def start(self) -> None:
        """Start it; returns when it answers."""
        settings = [
            f"listen_addresses={HOST}",
            f"port={self._port}",
            f"unix_socket_directories={self._folder}",
        ]
        served = [_program("postgres"), "-D", str(self._folder / "data"), "-c", "fsync=off"]
        with (self._folder / "log").open("a") as log:
            self._process = subprocess.Popen(
                # It ends with the tests, however they end.
                [*self._before, "--pdeathsig=QUIT", *served, *(f"--{each}" for each in settings)],
                env=_ENVIRONMENT,
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )
        asked = [_program("pg_isready"), "-q", f"--host={HOST}", f"--port={self._port}"]
        while subprocess.run(asked, check=False).returncode:
            assert self._process.poll() is None, (self._folder / "log").read_text()

    def stop(self) -> None:
        """Stop it as an administrator does, whoever is connected."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(GUARD)


@contextmanager
def started() -> Iterator[Postgres]:
    """A server that is gone afterwards with all it kept."""
    # Not in the tests' own folder, which nobody else may enter.
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder))
        try:
            yield server
        finally:
            server.stop()
