"""The page on a manager's team."""

from __future__ import annotations

from pitchgen.documents.kind import SHARED_STYLES, DocumentKind
from pitchgen.language import WORDS

KIND = DocumentKind(
    name="team-page",
    of="manager",
    reader="manager",
    place=6,
    layout="team-page.html",
    styles=(*SHARED_STYLES, "card.css"),
    paper_styles=lambda _: ("card-paper.css",),
    words=(WORDS,),
    summary="Make the page on a manager's team.",
    about="Who is in the team, whom they serve, and their first dates. It holds personal data.",
)
