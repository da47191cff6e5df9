"""How pages look: in the colours and typefaces of the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from pitchgen import shipped
from pitchgen.model.company import Brand
from pitchgen.render.fonts import FACES
from pitchgen.render.html import Look, brand_css
from pitchgen.web.visit import route

if TYPE_CHECKING:
    from pitchgen.web.visit import Visit


def look(visit: Visit) -> Response:
    """The colours of the documents: the design's own, and the company's."""
    reading = visit.reading
    tokens = (shipped.TEMPLATES / "tokens.css").read_text(encoding="utf-8")
    brand = reading.workspace.company.brand if reading.workspace else Brand()
    return Response(brand_css(Look(brand)) + tokens, media_type="text/css")


def font(visit: Visit) -> Response:
    """One of the typefaces of the documents."""
    face = next((each for each in FACES if each.file == visit.path("file")), None)
    if face is None:
        raise visit.gone()
    headers = {"cache-control": "max-age=86400"}
    return Response(face.path.read_bytes(), media_type="font/ttf", headers=headers)


ROUTES = (
    route("/look.css", look),
    route("/static/fonts/{file}", font),
)
