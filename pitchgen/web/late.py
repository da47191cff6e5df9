"""What pages make of a workspace, imported when the first page makes something.

A run shows its first page sooner without it, as `python -X importtime -m pitchgen serve` tells. They are
attributes of this module, `late.letter.letter_of(…)`; pages themselves wait in `web/app.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.late import attributes

if TYPE_CHECKING:
    from pitchgen.studio import studio as studio
    from pitchgen.web import letter as letter
    from pitchgen.web import rows as rows

_MODULES = {
    "letter": "pitchgen.web.letter",
    "rows": "pitchgen.web.rows",
    "studio": "pitchgen.studio.studio",
}

__getattr__ = attributes(__name__, _MODULES)
