"""The engine: DuckDB in memory, with nothing outside but the files it was told of."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer
from typing import TYPE_CHECKING, Any

from pitchgen import late
from pitchgen.measure.cells import literal
from pitchgen.problems import PitchgenError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import duckdb

MEMORY = "1GB"
DEADLINE = 300.0
"""Seconds that a question to the data may take."""


class NoEngine(PitchgenError):
    """DuckDB is not installed."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("measuring needs one more package: pip install 'pitchgen[figures]'")


class TooSlow(Exception):
    """A question to the data that was not answered in time."""


@dataclass(slots=True)
class Engines:
    """Engines that read the `files`, and in `folder`, where they spill, and reach nothing else.

    What one keeps under a name, the others do not see. They share what takes long to start, but for one after
    another that failed: it may have left nothing that works.
    """

    files: Sequence[Path]
    folder: Path
    _database: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def one(self, deadline: float = DEADLINE) -> Iterator[Engine]:
        """An engine, whose questions may take so many seconds. Raises `NoEngine`."""
        self._database = self._database or self._start()
        connection = self._database.cursor()
        try:
            yield Engine(connection, deadline)
        except BaseException:
            self.close()
            raise
        finally:
            connection.close()

    def close(self) -> None:
        """Let go of all that they hold."""
        if self._database:
            self._database.close()
            self._database = None

    def _start(self) -> duckdb.DuckDBPyConnection:
        try:
            database = late.duckdb.connect(":memory:")
        except ModuleNotFoundError:
            raise NoEngine from None
        paths = ", ".join(literal(str(path)) for path in self.files)
        for setting in (
            f"memory_limit = '{MEMORY}'",
            f"temp_directory = {literal(str(self.folder / 'spilled'))}",
            f"allowed_paths = [{paths}]",
            f"allowed_directories = [{literal(str(self.folder))}]",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "preserve_insertion_order = false",
            # What is not set for all, a connection takes from the machine.
            "GLOBAL TimeZone = 'UTC'",
            "enable_progress_bar = false",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            database.execute(f"SET {setting}")
        return database


class Engine:
    """A connection to DuckDB, with a deadline in seconds for each question."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The rows that answer a question. Raises `TooSlow`, and whatever DuckDB raises."""
        with self._in_time():
            return self._connection.execute(question).fetchall()

    def view(self, name: str, question: str) -> None:
        """Give what a question asks for a name."""
        self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {question}")

    def keep(self, name: str, question: str) -> None:
        """Keep what a question gives under a name, for further questions. Raises `TooSlow`."""
        with self._in_time():
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {question}")

    def types(self, relation: str) -> list[tuple[str, str]]:
        """The columns of a relation: their names and types."""
        return [(str(row[0]), str(row[1])) for row in self.ask(f"DESCRIBE SELECT * FROM {relation}")]

    def take(self, name: str, stream: object) -> None:
        """Give what an Arrow stream holds a name, as a table."""
        self._connection.register("arriving", stream)
        with self._in_time():
            self._connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM arriving")
        self._connection.unregister("arriving")

    @property
    def error(self) -> type[duckdb.Error]:
        """What all that DuckDB raises has in common."""
        return late.duckdb.Error

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        timer = Timer(self._deadline, self._connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        except late.duckdb.InterruptException:
            raise TooSlow from None
        finally:
            timer.cancel()
