"""`pitchgen measure`: figures from what other programs export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pitchgen.cli import late
from pitchgen.cli.terminal import Settings, common_options, number_of, open_workspace, print_out, show
from pitchgen.problems import Severity, errors, suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pitchgen.measure.measured import Measured
    from pitchgen.problems import Problem
    from pitchgen.workspace import Workspace

FORMATS = ("text", "json", "csv")
LONGEST = 86_400


@click.command("measure")
@click.argument("ids", nargs=-1, metavar="[METRIC]...")
@click.option(
    "--write", is_flag=True, help="Write the figures into metrics.yaml, and change nothing else in it."
)
@click.option(
    "--check", is_flag=True, help="Say where metrics.yaml is older than its data or differs; write nothing."
)
@click.option(
    "--format", "format", type=click.Choice(FORMATS), default="text", help="How to show the figures (text)."
)
@click.option(
    "--deadline",
    type=click.FloatRange(min=0, max=LONGEST, min_open=True),
    metavar="SECONDS",
    help="How long a question to the data may take (300).",
)
@common_options
def command(
    settings: Settings, ids: tuple[str, ...], write: bool, check: bool, format: str, deadline: float | None
) -> int:
    """Make figures from exports of surveys, tickets and billing, or from a database.

    Shows each METRIC, or all that say under `from` in metrics.yaml what they are made from: its value, how
    many answers or customers it rests on, its margin of error, and what was left out. No row and no name is
    ever shown.

    \b
      pitchgen measure
      pitchgen measure nps csat --write
      pitchgen measure --check
    """
    if write and check:
        raise click.UsageError("--write and --check do not go together: what was just written is right")
    workspace = open_workspace(settings)
    _expect_known(ids, workspace)
    measured = late.measure.measure(workspace, settings.today, ids, deadline or late.engine.DEADLINE)
    if not measured and not settings.quiet:
        click.echo(
            "pitchgen: no metric says what it is measured from; see `from` in docs/figures.md", err=True
        )
    problems = [problem for each in measured for problem in (_compared(each) if check else each.problems)]
    show(dict.fromkeys(problems), quiet=settings.quiet)
    if errors(problem for each in measured for problem in each.problems) and write:
        if not settings.quiet:
            click.echo("nothing was written", err=True)
        return 1
    if not check:
        print_out(_shown(measured, format, workspace).encode())
    if write:
        changed = late.enter.keep_figures(workspace, measured)
        if not settings.quiet:
            said = (
                f"{number_of(len(measured), 'metric')} written"
                if changed
                else "metrics.yaml is right already"
            )
            click.echo(said, err=True)
    elif check and not problems and not settings.quiet:
        click.echo("metrics.yaml says what its data says", err=True)
    return 1 if any(problem.severity is Severity.ERROR for problem in problems) else 0


def _expect_known(ids: Sequence[str], workspace: Workspace) -> None:
    known = {metric.id: metric for metric in workspace.metrics}
    for id in ids:
        if id not in known:
            hint = suggestion(id, known) or f"there are: {', '.join(known)}"
            raise click.UsageError(f"there is no metric '{id}'; {hint}")
        if not known[id].origin:
            raise click.UsageError(f"metric '{id}' has no `from`: its figures are typed by hand")


def _compared(measured: Measured) -> list[Problem]:
    return list(late.compare.compare(measured))


def _shown(measured: Sequence[Measured], format: str, workspace: Workspace) -> str:
    fit = [each for each in measured if not each.problems]
    if format == "csv":
        return late.summary.as_table(fit, workspace.languages.get(workspace.company.language))
    shown = late.summary
    formulas = shown.formulas_of(workspace)
    return shown.as_json(fit, formulas) if format == "json" else shown.as_text(fit, formulas)
