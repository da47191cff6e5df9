"""`pitchgen personas`: which personas there are."""

from __future__ import annotations

from pitchgen.cli import late
from pitchgen.cli.listing import listing_command

command = listing_command(
    "personas",
    """List the personas: the id of each, its label in each language, and which roles serve it.

    \b
      pitchgen personas
      pitchgen personas --format csv
    """,
    lambda: late.listing.list_personas,
)
