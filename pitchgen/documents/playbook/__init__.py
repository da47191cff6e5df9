"""The playbook of a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.documents.kind import PICTURE_STYLES, SHARED_STYLES, DocumentKind
from pitchgen.language import FORMULAS, WORDS

if TYPE_CHECKING:
    from pitchgen.workspace import Workspace

PROSE = "playbook.md"


def _paper_styles(workspace: Workspace) -> tuple[str, ...]:
    on_letter = workspace.company.brand.paper == "letter"
    return ("playbook-paper.css", *(("playbook-us-letter.css",) if on_letter else ()))


KIND = DocumentKind(
    name="playbook",
    of="role",
    reader="newcomer",
    place=3,
    layout="playbook.html",
    styles=(*SHARED_STYLES, "playbook.css"),
    screen_styles=(*PICTURE_STYLES, "playbook-screen.css"),
    paper_styles=_paper_styles,
    words=(PROSE, WORDS, FORMULAS),
    summary="Make the playbook of a role: its buyer personas.",
    about="Every kind of customer that it serves, met as a person.",
)
