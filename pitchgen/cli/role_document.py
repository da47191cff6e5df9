"""What the commands that make a document of a role have in common: their options, and the making."""

from __future__ import annotations

from collections.abc import Callable

import click

from pitchgen.cli.output import (
    DEFAULT_FOLDER,
    Target,
    check_language,
    choose,
    deliver,
    formats_option,
    made,
    open_studio,
)
from pitchgen.cli.terminal import Settings, common_options
from pitchgen.documents.catalogue import PAGE_FORMATS


def role_options(command: Callable[..., int]) -> Callable[..., int]:
    """The arguments of a command that makes one document a role."""
    for option in (
        common_options,
        click.option("-o", "--output", metavar="DIR|FILE|-", help=f"Where to ({DEFAULT_FOLDER}/)."),
        formats_option(PAGE_FORMATS),
        click.option("--language", metavar="L", help="Its code; the company's own unless given."),
        click.argument("role", required=False),
    ):
        command = option(command)
    return command


def make(
    document: str,
    settings: Settings,
    role: str | None,
    language: str | None,
    formats: tuple[str, ...] | None,
    output: str | None,
) -> int:
    """Make one kind of document for a role, or for every role; returns the exit code."""
    target = Target.of(output, formats, PAGE_FORMATS)
    with open_studio(settings, target) as studio:
        workspace = studio.workspace
        check_language(workspace.company.languages, language)
        known = {each.model.id: each for each in workspace.roles}
        roles = workspace.roles if role is None else (choose("role", known, role),)
        target.expect(len(roles))
        from pitchgen.documents.jobs import jobs_of_roles

        spoken = language or workspace.company.language
        jobs = jobs_of_roles(workspace, [document], {each: [spoken] for each in roles})
        return deliver(made(studio, jobs, target.formats), target, settings)
