"""`pitchgen role-card`: a role on a page, for whoever is in it."""

from __future__ import annotations

import click

from pitchgen.cli.role_document import make, role_options
from pitchgen.cli.terminal import Settings


@click.command("role-card")
@role_options
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
    return make("role-card", settings, role, language, formats, output)
