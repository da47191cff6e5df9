"""`pitchgen playbook`: the buyer personas of a role, for whoever is in it."""

from __future__ import annotations

import click

from pitchgen.cli.role_document import make, role_options
from pitchgen.cli.terminal import Settings


@click.command("playbook")
@role_options
def command(
    settings: Settings,
    role: str | None,
    language: str | None,
    formats: tuple[str, ...] | None,
    output: str | None,
) -> int:
    """Make the playbook of ROLE: every kind of customer it serves, met as a person.

    ROLE is the name of a file in roles/. Without it, every role gets a playbook.
    """
    return make("playbook", settings, role, language, formats, output)
