"""The matrix of the whole company."""

from __future__ import annotations

from pitchgen.documents.kind import PICTURE_STYLES, SHARED_STYLES, DocumentKind
from pitchgen.language import WORDS

KIND = DocumentKind(
    name="matrix",
    of="company",
    reader="company",
    place=7,
    layout="matrix.html",
    styles=(*SHARED_STYLES, "matrix.css"),
    screen_styles=PICTURE_STYLES,
    words=(WORDS,),
    texts=("csv", "json", "txt"),
    summary="Show who meets what, and the weakest links.",
    about=(
        "Every persona at every touchpoint, and who answers for it. A chain from the promise to a customer's "
        "need is as strong as its weakest link; the fields that would mend the weakest ones are named."
    ),
)
