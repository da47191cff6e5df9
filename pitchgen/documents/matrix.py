"""The matrix of the whole company: who meets what, who answers for it, and the weakest links."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pitchgen.compose.overview import compose_overview
from pitchgen.compose.voice import Voice
from pitchgen.documents.kind import SHARED_STYLES, Content, Context, DocumentKind
from pitchgen.language import WORDS
from pitchgen.language.locale import share
from pitchgen.render.export import matrix_csv, matrix_json
from pitchgen.render.table import SHOWN, render_table

if TYPE_CHECKING:
    from pitchgen.workspace import Workspace


def _compose(context: Context, workspace: Workspace) -> Content:
    language, words = context.language, context.words
    overview = compose_overview(workspace, Voice(language, workspace.company.language))
    told = {score for chain in overview.chains for score in (chain.score, chain.mended)}
    scores = {score: share(score, language) for score in told}
    return Content(
        heading=words["matrix"],
        values={"overview": overview, "w": words, "scores": scores, "shown": SHOWN},
        texts={
            "csv": partial(matrix_csv, overview, words, language),
            "json": partial(matrix_json, overview, words),
            "txt": partial(render_table, overview, words, language, context.width),
        },
    )


KIND = DocumentKind(
    name="matrix",
    of="company",
    reader="company",
    place=6,
    layout="matrix.html",
    styles=(*SHARED_STYLES, "matrix.css"),
    words=(WORDS,),
    texts=("csv", "json", "txt"),
    compose=_compose,
    summary="Show who meets what, and the weakest links.",
    about=(
        "Every persona at every touchpoint, and who answers for it. A chain from the promise to a customer's "
        "need is as strong as its weakest link; the fields that would mend the weakest ones are named."
    ),
)
