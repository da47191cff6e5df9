"""`pitchgen role-card`: a role on a page, for whoever is in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from pitchgen.cli.output import (
    DEFAULT_FOLDER,
    PAGE_FORMATS,
    Formats,
    Target,
    check_language,
    choose,
    deliver,
    open_studio,
)
from pitchgen.cli.terminal import Settings, common_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pitchgen.documents import Rendered, Studio
    from pitchgen.workspace import Role


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
    target = Target.of(output, formats, PAGE_FORMATS)
    with open_studio(settings, target) as studio:
        workspace = studio.workspace
        check_language(workspace.company.languages, language)
        known = {each.model.id: each for each in workspace.roles}
        roles = workspace.roles if role is None else (choose("role", known, role),)
        target.expect(len(roles))
        cards = _cards(studio, roles, language or workspace.company.language, target.formats)
        return deliver(cards, target, settings)


def _cards(
    studio: Studio, roles: Sequence[Role], language: str, formats: tuple[str, ...]
) -> Iterator[tuple[str, str, Rendered]]:
    from pitchgen.write import file_stems

    stems = file_stems(role.model.id for role in studio.workspace.roles)
    for role in roles:
        for format, rendered in studio.render_all(partial(studio.role_card, role, language), formats):
            yield f"{stems[role.model.id]}-role-card-{language}", format, rendered
