"""A database: the rows that a query of the company's own gives, in a PostgreSQL that only answers.

The query runs there, in a transaction that cannot write and ends in time; what comes back is data to the
engine here, as an export is.
"""

from __future__ import annotations

import math
import os
from time import monotonic
from typing import TYPE_CHECKING, Any

from pitchgen import late
from pitchgen.load.content import read_content
from pitchgen.load.faults import Unreadable
from pitchgen.measure.cells import name
from pitchgen.measure.data import Column, Data, Relation
from pitchgen.measure.engine import TooSlow
from pitchgen.measure.exports import find_exports
from pitchgen.measure.refusal import Refused
from pitchgen.plain import one_line, shortened
from pitchgen.problems import PitchgenError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from adbc_driver_manager import AdbcConnection
    from adbc_driver_manager import Error as AdbcError

    from pitchgen.load.place import Place
    from pitchgen.measure.engine import Engine
    from pitchgen.model.origin import Origin

_TABLE = "asked"
_SCHEMES = ("postgresql://", "postgres://")
_MOST_BYTES = 200_000
# What a company's own address may say otherwise; a line that is cut is told of within a minute.
_USUAL = "connect_timeout=10&keepalives_idle=30&keepalives_interval=10&keepalives_count=3"
# A database that keeps its texts otherwise would send them so.
_ALWAYS = "client_encoding=UTF8"
# The query is on the lines below this one.
_HEAD = "SELECT * FROM (\n"
_SENT = "Query was: "
_TIMED_OUT = "57014"
# The classes of errors that speak of the query alone: no syntax, not to be had, and writing. Others may quote
# what stands in a row.
_OF_THE_QUERY = ("42", "0A", "25")
_GONE = ("08", "57")
# Comes as a whole number, of which nothing tells how many of its digits are decimals.
_MONEY = "money"


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
    address = _address(origin.database, at / "database")
    try:
        driver, manager = late.adbc_driver_postgresql, late.adbc_driver_manager
        connect = driver.connect
    except ModuleNotFoundError:
        raise NoDriver from None
    try:
        with connect(address) as database, manager.AdbcConnection(database) as connection:
            # What is never committed is undone.
            _tell(connection, "BEGIN READ ONLY")
            _tell(connection, f"SET LOCAL statement_timeout = {math.ceil(deadline * 1000)}")
            _take(connection, query, origin.query, engine, deadline)
            types = engine.types(_TABLE)
            _expect_no_money(connection, query, origin.query, types, engine)
    except manager.Error as error:
        raise _failed(error, query, origin.query, at / "database") from None

    def relate(numbers: Sequence[int]) -> Relation:
        columns = {n: Column(name(types[n][0]), types[n][1] == "VARCHAR") for n in numbers}
        return Relation(_TABLE, columns, "0", has_types=True)

    return Data(origin.query, tuple(each for each, _ in types), 1, relate)


def _tell(connection: AdbcConnection, command: str) -> None:
    with late.adbc_driver_manager.AdbcStatement(connection) as statement:
        statement.set_sql_query(command)
        statement.execute_update()


def _take(connection: AdbcConnection, query: str, path: str, engine: Engine, deadline: float) -> None:
    """Have the engine take what the query gives. Raises `Refused`, `TooSlow`, and what the driver raises."""
    begun = monotonic()
    try:
        _ask(connection, f"{_HEAD}{query}\n) AS asked", _TABLE, engine)
    except engine.error:
        # What ends while rows arrive is told in the server's language only, and may quote them.
        if monotonic() - begun >= deadline:
            raise TooSlow from None
        _tell(connection, "ROLLBACK")
        raise _unfinished(path) from None


def _ask(connection: AdbcConnection, question: str, table: str, engine: Engine) -> None:
    with late.adbc_driver_manager.AdbcStatement(connection) as statement:
        statement.set_sql_query(question)
        stream, _ = statement.execute_query()
        engine.take(table, stream)


def _expect_no_money(
    connection: AdbcConnection, query: str, path: str, types: Sequence[tuple[str, str]], engine: Engine
) -> None:
    """Raises `Refused` for columns of PostgreSQL's type money."""
    suspects = [n for n, (_, type) in enumerate(types) if type == "BIGINT"]
    if not suspects:
        return
    names = ", ".join(f"c{n}" for n in range(len(types)))
    # Of no row: the query is not run again.
    asked = " UNION ALL ".join(
        f"SELECT {n} AS number, pg_typeof((SELECT c{n} FROM asked LIMIT 0))::text AS type" for n in suspects
    )
    _ask(connection, f"WITH asked({names}) AS (\n{query}\n) {asked}", "types", engine)
    hint = "write in the query amount::numeric, with the name of the column for amount"
    problems = [
        Problem(
            "query", f"the column {shortened(one_line(types[n][0]))!r} has the type money", path, hint=hint
        )
        for (n,) in engine.ask(f"SELECT number FROM types WHERE type = '{_MONEY}' ORDER BY ALL")
    ]
    if problems:
        raise Refused(problems)


def _query(root: Path, path: str, at: Place) -> str:
    """The text of the query. Raises `Refused`."""
    found = find_exports(root, path, at, (".sql",))
    if len(found) > 1:
        raise Refused([at.error("query", f"these are {len(found)} queries", "name one of them")])
    try:
        content = read_content(found[0].file, _MOST_BYTES)
    except Unreadable as error:
        raise Refused(fault.problem(path) for fault in error.faults) from None
    if len(content) > _MOST_BYTES:
        raise Refused([Problem("too-large", f"is larger than {_MOST_BYTES // 1000} kB", path)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused([Problem("encoding", "is not text", path, hint="save it as UTF-8")]) from None
    return text.rstrip().rstrip(";")


def _address(variable: str, at: Place) -> str:
    """The address of the database. Raises `Refused`."""
    key = variable.removeprefix("env:")
    address = os.environ.get(key, "")
    if not address.startswith(_SCHEMES):
        state = "is not set" if not address else "is no address of a PostgreSQL database"
        hint = "set it to an address like postgresql://reader@server/sales before you measure"
        raise Refused([at.error("no-database", f"the environment variable {key} {state}", hint)])
    base, _, own = address.partition("?")
    return f"{base}?{'&'.join(filter(None, (_USUAL, own, _ALWAYS)))}"


def _failed(error: AdbcError, query: str, path: str, at: Place) -> Exception:
    state = error.sqlstate or ""
    if state == _TIMED_OUT:
        return TooSlow()
    if not state or state.startswith(_GONE):
        hint = "see whether it is up, and whether its address and the password are right"
        return Refused([at.error("no-database", "the database cannot be reached", hint)])
    if not state.startswith(_OF_THE_QUERY):
        return _unfinished(path)
    # Its keys are bytes, whatever the driver's types say.
    details: dict[Any, bytes] = dict(error.details)
    said = one_line(details.get(b"PG_DIAG_MESSAGE_PRIMARY", b"").decode()).strip()
    line, column = _place(int(details.get(b"PG_DIAG_STATEMENT_POSITION", 0)), query, str(error))
    text = f"the database refuses the query: {said}"
    return Refused([Problem("query", text, path, line, column, hint="correct the query")])


def _place(position: int, query: str, message: str) -> tuple[int, int]:
    """The line and column of a character of what was sent, counted from 1; zeros where that is not known."""
    if not position:
        return 0, 0
    sent = message.partition(_SENT)[2]
    before = query[: max(position - 1 - sent.find(query), 0)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _unfinished(path: str) -> Refused:
    message = "the database could not finish the query, which fails at a row or wants to write"
    hint = "run it in the database, as a user who may only read: it says there what is wrong"
    return Refused([Problem("query", message, path, hint=hint)])
