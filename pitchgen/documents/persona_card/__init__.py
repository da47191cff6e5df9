"""The card of a persona, for a pocket or a phone."""

from __future__ import annotations

from pitchgen.documents.kind import PICTURE_STYLES, SHARED_STYLES, DocumentKind
from pitchgen.language import WORDS

KIND = DocumentKind(
    name="persona-card",
    of="persona",
    reader="newcomer",
    place=4,
    layout="persona-card.html",
    styles=(*SHARED_STYLES, "persona-card.css"),
    screen_styles=PICTURE_STYLES,
    paper_styles=lambda _: ("persona-card-paper.css",),
    words=(WORDS,),
    most_pages=2,
    summary="Make the card of a buyer persona: ten seconds, for a pocket.",
    about="On the front what helps at first contact, on the back needs and our answers. On paper it is A6.",
)
