"""Whom a document is about: a hire with a file, someone typed on the command line, or everyone in hires/."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

import click

from pitchgen.cli import late
from pitchgen.cli.terminal import DateType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from pitchgen.workspace import Hire, Workspace
    from pitchgen.workspace.newcomer import Newcomer, Reworded


class _Passage(click.ParamType[tuple[str, str]]):
    """A passage of the pitch in other words: `help=I am one call away.`"""

    name = "PASSAGE=TEXT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The name of the passage, and the words."""
        if isinstance(value, tuple):
            return value
        name, equals, text = value.partition("=")
        if not equals:
            self.fail("it must be like 'help=I am one call away.'", param, ctx)
        return name.strip(), text


def _by_passage(
    _context: click.Context, _option: click.Parameter, typed: tuple[tuple[str, str], ...]
) -> Mapping[str, str]:
    """What was typed of each passage."""
    say = dict(typed)
    if len(say) < len(typed):
        raise click.BadParameter("a passage is given twice")
    return say


@dataclass(frozen=True, slots=True)
class Wanted:
    """A hire by name, or what was typed of a newcomer without a file; and the language asked for.

    `say` are passages of the pitch in other words, by their names.
    """

    hire: str | None
    name: str | None
    role: str | None
    manager: str | None
    starts_on: date | None
    language: str | None
    called: str | None
    buddy: str | None
    say: Mapping[str, str]

    def newcomer(self) -> Newcomer | Reworded | None:
        """Who was typed, if anyone was. Raises `click.UsageError` when it is unclear who is meant."""
        described = (self.name, self.role, self.manager, self.starts_on, self.called, self.buddy)
        if all(said is None for said in described):
            return self._reworded()
        if self.hire is not None:
            raise click.UsageError(
                "--name, --role, --manager and their like describe someone without a file; "
                f"for '{self.hire}', edit hires/{self.hire}.yaml"
            )
        if self.name is None or self.role is None:
            raise click.UsageError("a newcomer without a file needs both --name and --role")
        starts_on = self.starts_on.isoformat() if self.starts_on else None
        return late.newcomer.Newcomer(
            self.name, self.role, self.manager, starts_on, self.language, self.called, self.buddy, self.say
        )

    def _reworded(self) -> Reworded | None:
        """A hire with a file to whom something is said in other words."""
        if not self.say:
            return None
        if self.hire is None:
            raise click.UsageError("--say is said to one person; name them, or give --name and --role")
        return late.newcomer.Reworded(self.hire, self.say, self.language)

    def hires(self, workspace: Workspace) -> Sequence[Hire]:
        """Who is meant, of a workspace that the newcomer was added to. Raises `InvalidInput`."""
        if self.name is not None:
            return workspace.hires[-1:]
        if self.hire is None:
            return late.linked.without_examples(workspace.hires)
        advice = f"write hires/{self.hire}.yaml, or give --name and --role"
        return (cast("Hire", late.subjects.item_called(workspace, "hire", self.hire, advice)),)


def newcomer_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds HIRE, and options for a newcomer without a file; the command gets them as `wanted`."""

    @click.argument("hire", required=False)
    @click.option("--name", help="The newcomer's name, when there is no file for them.")
    @click.option("--called", help="What they like to be called; their first name unless given.")
    @click.option("--role", help="The id or the title of their role.")
    @click.option("--manager", help="The id or the full name of their manager.")
    @click.option("--buddy", help="Who is at their side in the first weeks.")
    @click.option("--starts-on", type=DateType(), help="Their first day of work.")
    @click.option("--language", metavar="L", help="A language of the company; their own unless given.")
    @click.option(
        "--say",
        type=_Passage(),
        multiple=True,
        callback=_by_passage,
        help="A passage of the pitch in other words for this person, such as 'help=I am one call away.'",
    )
    @wraps(command)
    def with_wanted(
        *arguments: Any,
        hire: str | None,
        **options: Any,
    ) -> Any:
        said = {each.name: options.pop(each.name) for each in fields(Wanted) if each.name != "hire"}
        return command(*arguments, wanted=Wanted(hire, **said), **options)

    return with_wanted
