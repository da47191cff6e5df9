"""`pitchgen rename`: another id for a thing, in all files that name it."""

from __future__ import annotations

from typing import Any

import click

from pitchgen.cli import late
from pitchgen.cli.terminal import Settings, common_options, echo_path, number_of, workspace_folder
from pitchgen.problems import suggestion


class KindType(click.ParamType[Any]):
    """A kind of thing that has an id."""

    name = "KIND"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """What is known of the kind that was typed."""
        kinds = late.rename.kinds()
        if value in kinds:
            return kinds[value]
        hint = suggestion(value, kinds) or f"it can be: {', '.join(kinds)}"
        return self.fail(f"nothing called '{value}' has an id; {hint}", param, ctx)


@click.command("rename")
@click.argument("kind", metavar="KIND", type=KindType())
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--dry-run", is_flag=True, help="Only list the files that would change.")
@common_options
def command(settings: Settings, kind: Any, old: str, new: str, dry_run: bool) -> int:
    """Give what has the id OLD the id NEW, in its own file and wherever it is named; list the files changed.

    KIND is persona, need, role, manager, hire, value, behavior, strategy-goal, reward, metric, phase or
    touchpoint. A file that is named by the id gets another name. All else stays as it is: comments, order,
    empty lines. When anything is wrong, nothing is written. Documents that were made keep their names; the
    next build makes them under the new ones, and tells which are left.

    \b
      pitchgen rename role palveluasiantuntija asiakaspalvelija
      pitchgen rename need varmistelija/yksi-nimi sama-nimi
    """
    existing = late.existing.Existing.read(workspace_folder(settings))
    changes = late.rename.plan(existing, kind, old, new)
    if not dry_run:
        late.rename.carry_out(changes)
    for change in changes:
        echo_path(change.moved)
    if not settings.quiet:
        done = "would change" if dry_run else "changed"
        click.echo(f"{number_of(len(changes), 'file')} {done}", err=True)
    return 0
