"""The welcome pitch for one newcomer."""

from __future__ import annotations

from pitchgen.documents.kind import DOCX, PAGE_FORMATS, SHARED_STYLES, DocumentKind
from pitchgen.language import WORDS

# What is said aloud, and the lines below it in a message.
PROSE, MESSAGE = "pitch.md", "message.md"
# What this sets in it is left out first when a pitch is to be shorter.
LEAVE_OUT = "leave_out"
# By this it knows what of a passage is said in words of a newcomer's own.
OWN = "own"

KIND = DocumentKind(
    name="pitch",
    of="hire",
    reader="newcomer",
    place=1,
    layout="pitch.html",
    styles=(*SHARED_STYLES, "letter.css"),
    words=(PROSE, MESSAGE, WORDS),
    pages=(*PAGE_FORMATS, DOCX),
    texts=("md", "ics", "txt"),
    bundles=("eml",),
    most_pages=1,
    summary="Make the welcome pitch for a newcomer.",
)
