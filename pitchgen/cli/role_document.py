"""What the commands that make a document of a role have in common: their options, and the making."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    from collections.abc import Sequence

    from pitchgen.documents import Document, Rendered, Studio
    from pitchgen.workspace import Role

Compose = Callable[["Studio", "Role", str], "Document"]


def role_options(command: Callable[..., int]) -> Callable[..., int]:
    """The arguments of a command that makes one document a role."""
    for option in (
        common_options,
        click.option("-o", "--output", metavar="DIR|FILE|-", help=f"Where to ({DEFAULT_FOLDER}/)."),
        click.option("--format", "formats", type=Formats(PAGE_FORMATS), help="Any of pdf,html (pdf,html)."),
        click.option("--language", metavar="L", help="fi, en or sv; the company's own unless given."),
        click.argument("role", required=False),
    ):
        command = option(command)
    return command


def make(
    name: str,
    compose: Compose,
    settings: Settings,
    role: str | None,
    language: str | None,
    formats: tuple[str, ...] | None,
    output: str | None,
) -> int:
    """Make the document called `name` for a role, or for every role; returns the exit code."""
    target = Target.of(output, formats, PAGE_FORMATS)
    with open_studio(settings, target) as studio:
        workspace = studio.workspace
        check_language(workspace.company.languages, language)
        known = {each.model.id: each for each in workspace.roles}
        roles = workspace.roles if role is None else (choose("role", known, role),)
        target.expect(len(roles))
        made = _documents(
            name, compose, studio, roles, language or workspace.company.language, target.formats
        )
        return deliver(made, target, settings)


def _documents(
    name: str,
    compose: Compose,
    studio: Studio,
    roles: Sequence[Role],
    language: str,
    formats: tuple[str, ...],
) -> Iterator[tuple[str, str, Rendered]]:
    from pitchgen.write import file_stems

    stems = file_stems(role.model.id for role in studio.workspace.roles)
    for role in roles:
        for format, rendered in studio.render_all(partial(compose, studio, role, language), formats):
            yield f"{stems[role.model.id]}-{name}-{language}", format, rendered
