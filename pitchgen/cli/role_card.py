"""`pitchgen role-card`: a role on a page, for whoever is in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from pitchgen.cli.output import DEFAULT_FOLDER, PAGE_FORMATS, Formats, Target, check_language, deliver
from pitchgen.cli.terminal import Settings, common_options, open_workspace
from pitchgen.problems import InvalidInput, Problem
from pitchgen.render.press import Press

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pitchgen.documents import Rendered, Studio
    from pitchgen.workspace import Role, Workspace


@click.command("role-card")
@click.argument("role", required=False)
@click.option("--language", metavar="L", help="fi, en or sv; the company's own unless given.")
@click.option("--format", "formats", type=Formats(PAGE_FORMATS), help="Any of pdf,html (pdf,html).")
@click.option("-o", "--output", metavar="DIR|FILE|-", help=f"Where to ({DEFAULT_FOLDER}/).")
@common_options
def command(
    settings: Settings,
    role: str | None,
    language: str | None,
    formats: tuple[str, ...] | None,
    output: str | None,
) -> int:
    """Make the card of ROLE: what is expected, whom it serves, what it decides.

    ROLE is the name of a file in roles/. Without it, every role gets a card.
    """
    target = Target.of(output, formats)
    press = Press() if "pdf" in target.formats else None
    # Imported while the press starts, which takes as long.
    from pitchgen.documents import Studio

    try:
        workspace = open_workspace(settings)
        check_language(workspace.company.languages, language)
        roles = workspace.roles if role is None else (_find(workspace, role),)
        target.expect(len(roles))
        studio = Studio(workspace, settings.today, press)
        cards = _cards(studio, roles, language or workspace.company.language, target.formats)
        return deliver(cards, target, settings)
    finally:
        if press:
            press.close()


def _find(workspace: Workspace, id: str) -> Role:
    from pitchgen.validate import suggestion

    known = {role.model.id: role for role in workspace.roles}
    if id in known:
        return known[id]
    hint = suggestion(id, known) or f"the roles are: {', '.join(known)}"
    raise InvalidInput([Problem("unknown-reference", f"there is no role '{id}'", hint=hint)])


def _cards(
    studio: Studio, roles: Sequence[Role], language: str, formats: tuple[str, ...]
) -> Iterator[tuple[str, str, Rendered]]:
    from pitchgen.write import file_stems

    stems = file_stems(role.model.id for role in studio.workspace.roles)
    for role in roles:
        for format, rendered in studio.render_all(partial(studio.role_card, role, language), formats):
            yield f"{stems[role.model.id]}-role-card-{language}", format, rendered
