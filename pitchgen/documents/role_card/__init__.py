"""The card of a role."""

from __future__ import annotations

from pitchgen.documents.kind import SHARED_STYLES, DocumentKind
from pitchgen.language import FORMULAS, WORDS

KIND = DocumentKind(
    name="role-card",
    of="role",
    reader="newcomer",
    place=2,
    layout="role-card.html",
    styles=(*SHARED_STYLES, "card.css"),
    paper_styles=lambda _: ("card-paper.css",),
    words=(WORDS, FORMULAS),
    most_pages=2,
    summary="Make the card of a role.",
    about="What is expected of whoever is in it, whom it serves, and what it decides.",
)
