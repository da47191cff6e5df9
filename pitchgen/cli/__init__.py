"""The command line: a thin face over the use cases, and the one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click
from click.exceptions import NoSuchCommand

from pitchgen import late as libraries
from pitchgen._version import __version__
from pitchgen.cli import interrupts, late
from pitchgen.cli.terminal import common_options_of_all, show
from pitchgen.plain import printable
from pitchgen.problems import CannotWrite, InvalidInput, PitchgenError, is_lack_of_memory, reason

if sys.platform != "win32":
    from resource import RLIMIT_AS, getrlimit

# Bytes of addresses.
_LEAST_MEMORY = 64_000_000
BUG, INTERRUPTED, NOT_WRITTEN, USAGE = 70, 130, 4, 2

# Each command's module is imported when it is called, so that `--help` costs little but click. Documents have
# commands of their own, which follow from the catalogue; they stand behind `clean`.
COMMANDS = {
    "init": "Start a workspace to edit, from the starter.",
    "new": "Add a persona, role, hire, value or the like to fill in.",
    "roles": "List the roles, and whom each of them serves.",
    "personas": "List the personas, and who serves each of them.",
    "rename": "Give something another id, in all files that name it.",
    "build": "Make every document for everyone in hires/, or on a list.",
    "clean": "Remove a newcomer's documents.",
    "check": "Say what is wrong in the workspace, and how to mend it.",
    "serve": "Open the page in the browser.",
    "watch": "Make documents anew as their files are saved.",
    "measure": "Make figures from exports of surveys, tickets and billing.",
    "affected": "Name the documents that a change touches.",
    "templates": "See the words and the look of documents, and change them.",
    "schema": "Write what an editor needs to complete and explain the files.",
    "doctor": "Say whether this machine has all that pitchgen needs.",
}
_LAST_BEFORE_DOCUMENTS = "clean"


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_all_commands())

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            # Click looks for what was meant among commands that were imported, and here none was.
            raise NoSuchCommand(error.command_name, possibilities=_all_commands(), ctx=ctx) from None

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            command: click.Command = import_module(f"pitchgen.cli.{cmd_name.replace('-', '_')}").command
            return command
        if kind := late.catalogue.KINDS.get(cmd_name):
            of_kind: click.Command = import_module("pitchgen.cli.document").command_of(kind)
            return of_kind
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_all_commands().items()))


def _all_commands() -> dict[str, str]:
    """Every command with a line on it, the documents among them."""
    found: dict[str, str] = {}
    for name, line in COMMANDS.items():
        found[name] = line
        if name == _LAST_BEFORE_DOCUMENTS:
            found |= {kind.name: kind.summary for kind in late.catalogue.KINDS.values()}
    return found


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@common_options_of_all
def pitchgen() -> None:
    """Welcome pitches for new hires, from a folder of YAML that HR keeps."""


def main() -> None:
    """Run the command line and end the process with the contract's exit code."""
    try:
        code = run(sys.argv[1:])
        if (error := _flush()) and not code:
            code = _explain(error)
    except OSError:
        # Stderr takes nothing, so nobody can be told.
        code = NOT_WRITTEN
    sys.exit(code)


def _flush() -> OSError | None:
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        # Python would try once more at the very end, and fail aloud.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return error
    return None


def run(arguments: list[str]) -> int:
    """Run one command; returns its exit code."""
    try:
        _expect_memory()
        with interrupts.heeded():
            result = pitchgen.main(arguments, prog_name="pitchgen", standalone_mode=False)
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        click.UsageError(_printable(error.format_message()), context).show()
        return USAGE
    except SystemExit:
        # Click's way out when nobody reads any more what is printed.
        return NOT_WRITTEN
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except Exception as error:
        return _explain(error)
    return result if isinstance(result, int) else 0


def _expect_memory() -> None:
    """Raises `MemoryError` for a limit below which pydantic ends the process instead of raising one."""
    if sys.platform != "win32" and 0 <= getrlimit(RLIMIT_AS)[0] < _LEAST_MEMORY:
        raise MemoryError


def _explain(error: Exception) -> int:
    if isinstance(error, InvalidInput):
        show(error.problems)
        return error.exit_code
    if isinstance(error, PitchgenError):
        click.echo(_printable(f"pitchgen: {error}"), err=True)
        return error.exit_code
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        click.echo(_printable(f"pitchgen: {where}{reason(error)}"), err=True)
        return CannotWrite.exit_code
    if is_lack_of_memory(error):
        hint = "end other programs, or lift a limit"
        click.echo(f"pitchgen: there is too little memory for this; {hint}", err=True)
        return NOT_WRITTEN
    click.echo("".join(libraries.traceback.format_exception(error)), err=True)
    click.echo("pitchgen: this is a bug in pitchgen; please report what you see above", err=True)
    return BUG


def _printable(message: str) -> str:
    """A message in which no name of a folder, and nothing that was typed, can steer the terminal."""
    return "\n".join(printable(line) for line in message.split("\n"))
