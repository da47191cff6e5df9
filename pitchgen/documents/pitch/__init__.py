"""The welcome pitch for one newcomer."""

from __future__ import annotations

from pitchgen.documents.kind import SHARED_STYLES, DocumentKind

PROSE = "pitch.md"

KIND = DocumentKind(
    name="pitch",
    of="hire",
    reader="newcomer",
    place=1,
    layout="pitch.html",
    styles=(*SHARED_STYLES, "letter.css"),
    words=(PROSE,),
    texts=("md", "txt"),
    most_pages=1,
    summary="Make the welcome pitch for a newcomer.",
)
