"""The page on one newcomer for their manager."""

from __future__ import annotations

from pitchgen.documents.kind import DOCX, PAGE_FORMATS, PICTURE_STYLES, SHARED_STYLES, DocumentKind
from pitchgen.documents.pitch import PROSE
from pitchgen.language import WORDS

NOTE = "manager-sheet.md"

KIND = DocumentKind(
    name="manager-sheet",
    of="hire",
    reader="manager",
    place=5,
    layout="manager-sheet.html",
    styles=(*SHARED_STYLES, "sheet.css"),
    screen_styles=PICTURE_STYLES,
    paper_styles=lambda _: ("sheet-paper.css",),
    words=(PROSE, WORDS),
    other_templates=(NOTE,),
    pages=(*PAGE_FORMATS, DOCX),
    texts=("ics", "md"),
    most_pages=2,
    summary="Make the sheet on a newcomer for their manager.",
    about=(
        "The pitch as cue cards, questions to ask, promises to keep and what to praise. It holds personal "
        "data: it is for the manager only."
    ),
)
