"""A database: the rows that a query of the company's own gives, in a PostgreSQL that only answers.

The query runs there, in a transaction that cannot write and ends in time; what comes back is data to the
engine here, as an export is.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from pitchgen import late
from pitchgen.load.content import read_content
from pitchgen.load.faults import Unreadable
from pitchgen.measure.cells import name
from pitchgen.measure.data import Column, Data, Relation
from pitchgen.measure.engine import TooSlow
from pitchgen.measure.exports import find_exports
from pitchgen.measure.refusal import Refused
from pitchgen.plain import one_line
from pitchgen.problems import PitchgenError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pitchgen.load.place import Place
    from pitchgen.measure.engine import Engine
    from pitchgen.model.origin import Origin

_SCHEMES = ("postgresql://", "postgres://")
_MOST_BYTES = 200_000
_CONNECT_SECONDS = 10
# The query is on the lines below this one.
_HEAD = "SELECT * FROM (\n"
_LINE = re.compile(r"LINE ([0-9]+):")
_ERROR = re.compile(r"ERROR:\s*([^\n]+)")
_TIMED_OUT = "statement timeout"


class NoDriver(PitchgenError):
    """The driver of PostgreSQL is not installed."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("asking a database needs one more package: pip install 'pitchgen[database]'")


def ask_database(root: Path, origin: Origin, at: Place, engine: Engine, deadline: float) -> Data:
    """The rows that the query gives, as data to the engine. Raises `Refused`, `NoDriver`, `TooSlow`."""
    assert origin.database
    assert origin.query
    query = _query(root, origin.query, at / "query")
    address = _address(origin.database, at / "database", deadline)
    try:
        driver, manager = late.adbc_driver_postgresql, late.adbc_driver_manager
        connect = driver.connect
    except ModuleNotFoundError:
        raise NoDriver from None
    try:
        with (
            connect(address) as database,
            manager.AdbcConnection(database) as connection,
            manager.AdbcStatement(connection) as statement,
        ):
            statement.set_sql_query(f"{_HEAD}{query}\n) AS asked")
            stream, _ = statement.execute_query()
            engine.take("asked", stream)
    except (manager.Error, engine.error) as error:
        raise _failed(str(error), origin, at, deadline) from None
    types = engine.types("asked")

    def relate(numbers: Sequence[int]) -> Relation:
        columns = {n: Column(name(types[n][0]), types[n][1] == "VARCHAR") for n in numbers}
        return Relation("asked", columns, "0")

    return Data(origin.query, tuple(each for each, _ in types), 1, relate)


def _query(root: Path, path: str, at: Place) -> str:
    """The text of the query. Raises `Refused`."""
    (export,) = find_exports(root, path, at, (".sql",))[:1]
    try:
        text = read_content(export.file, _MOST_BYTES)[: _MOST_BYTES + 1].decode("utf-8-sig")
    except Unreadable as error:
        raise Refused(fault.problem(path) for fault in error.faults) from None
    except UnicodeDecodeError:
        raise Refused([Problem("encoding", "is not text", path, hint="save it as UTF-8")]) from None
    return text.rstrip().rstrip(";")


def _address(variable: str, at: Place, deadline: float) -> str:
    """The address of the database, with what keeps a query from writing or going on. Raises `Refused`."""
    key = variable.removeprefix("env:")
    address = os.environ.get(key, "")
    if not address.startswith(_SCHEMES):
        state = "is not set" if not address else "is no address of a PostgreSQL database"
        hint = "set it to an address like postgresql://reader@server/sales before you measure"
        raise Refused([at.error("no-database", f"the environment variable {key} {state}", hint)])
    settings = f"-c statement_timeout={int(deadline * 1000)} -c default_transaction_read_only=on"
    more = f"connect_timeout={_CONNECT_SECONDS}&options={quote(settings)}"
    return f"{address}{'&' if '?' in address else '?'}{more}"


def _failed(message: str, origin: Origin, at: Place, deadline: float) -> Exception:
    if _TIMED_OUT in message:
        return TooSlow()
    if said := _ERROR.search(message):
        line = _LINE.search(message)
        number = max(int(line[1]) - _HEAD.count("\n"), 1) if line else 0
        text = f"the database refuses the query: {one_line(said[1]).strip()}"
        return Refused(
            [Problem("query", text, origin.query or "", number, 1 if number else 0, hint="correct the query")]
        )
    hint = "see whether it is up, and whether its address and the password are right"
    return Refused([(at / "database").error("no-database", "the database cannot be reached", hint)])
