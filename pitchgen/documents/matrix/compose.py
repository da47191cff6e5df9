"""The matrix of the whole company: who meets what, who answers for it, the weakest links, the figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pitchgen.compose.metrics import metric_words
from pitchgen.compose.overview import compose_overview
from pitchgen.compose.voice import Voice
from pitchgen.documents.kind import Content, Context
from pitchgen.language.locale import share
from pitchgen.render.export import matrix_csv, matrix_json
from pitchgen.render.table import SHOWN, render_table

if TYPE_CHECKING:
    from pitchgen.workspace import Workspace


def compose(context: Context, workspace: Workspace) -> Content:
    """The matrix of a workspace. Raises `InvalidInput`."""
    language, words = context.language, context.words
    voice = Voice(language, workspace.company.language)
    overview = compose_overview(workspace, voice)
    measured = [each for each in workspace.metrics if each.now]
    metrics = [metric_words(each, voice, mine=False) for each in measured]
    told = {score for chain in overview.chains for score in (chain.score, chain.mended)}
    scores = {score: share(score, language) for score in told}
    return Content(
        heading=words["matrix"],
        values={"overview": overview, "metrics": metrics, "w": words, "scores": scores, "shown": SHOWN},
        texts={
            "csv": partial(matrix_csv, overview, words, language),
            "json": partial(matrix_json, overview, tuple(zip(measured, metrics, strict=True)), words),
            "txt": partial(render_table, overview, metrics, words, language, context.width),
        },
    )
