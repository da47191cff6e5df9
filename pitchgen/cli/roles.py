"""`pitchgen roles`: which roles there are."""

from __future__ import annotations

from pitchgen.cli import late
from pitchgen.cli.listing import listing_command

command = listing_command(
    "roles",
    """List the roles: the id of each, its title in each language, and whom it serves itself.

    \b
      pitchgen roles
      pitchgen roles --format csv
    """,
    lambda: late.listing.list_roles,
)
