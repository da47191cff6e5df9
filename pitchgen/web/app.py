"""The pages by their addresses, and what is said when one of them fails."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from pitchgen import shipped
from pitchgen.model.company import Brand
from pitchgen.problems import InvalidInput, PitchgenError
from pitchgen.render.fonts import FACES
from pitchgen.render.html import Look, brand_css
from pitchgen.web import chain, events, intake, keep, keep_file, keep_rename, read, welcome
from pitchgen.web.guard import MOST_MEGABYTES, Guard, TooMuch
from pitchgen.web.visit import LANGUAGE_COOKIE, Visit, route, visit
from pitchgen.web.words import say

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from pitchgen.web.desk import Desk

_STATIC = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 60 * 60

log = logging.getLogger(__name__)


def guarded_app(desk: Desk, key: str, hosts: frozenset[str]) -> ASGIApp:
    """All pages of a desk, for whoever holds the key, at one of these hosts ("127.0.0.1:8000")."""
    app = Starlette(
        routes=ROUTES,
        exception_handlers={
            HTTPException: _told,
            TooMuch: _too_much,
            InvalidInput: _invalid,
            PitchgenError: _refused,
            Exception: _failed,
        },
    )
    app.state.desk = desk
    return Guard(app, key, hosts, say)


def _choose_language(visit: Visit) -> Response:
    """Show pages in another language from now on."""
    chosen, back = visit.typed("language"), visit.typed("back")
    # Back to a page of ours and nowhere else.
    answer = visit.go(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/")
    if chosen in visit.languages:
        answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="strict")
    return answer


def _look(visit: Visit) -> Response:
    """The colours of the documents: the design's own, and the company's."""
    reading = visit.reading
    tokens = (shipped.TEMPLATES / "tokens.css").read_text(encoding="utf-8")
    brand = reading.workspace.company.brand if reading.workspace else Brand()
    return Response(brand_css(Look(brand)) + tokens, media_type="text/css")


def _font(visit: Visit) -> Response:
    """One of the typefaces of the documents."""
    face = next((each for each in FACES if each.file == visit.path("file")), None)
    if face is None:
        raise visit.gone()
    headers = {"cache-control": "max-age=86400"}
    return Response(face.path.read_bytes(), media_type="font/ttf", headers=headers)


def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    here = visit(request)
    detail = error.detail if error.status_code in (403, 404) else here.said["error_title"]
    if error.status_code == 404 and error.detail == "Not Found":
        detail = here.said["not_found"]
    return here.page("error", error.status_code, message=detail, problems=())


def _too_much(request: Request, _: Exception) -> Response:
    here = visit(request)
    message = here.said["refused_size"].format(most=MOST_MEGABYTES)
    return here.page("error", 413, message=message, problems=())


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidInput)
    return visit(request).page("error", 422, message="", problems=error.problems)


def _refused(request: Request, error: Exception) -> Response:
    return visit(request).page("error", 409, message=str(error), problems=())


def _failed(request: Request, error: Exception) -> Response:
    # What the error says may be what somebody typed of a newcomer.
    log.error("%s at a page", type(error).__name__)
    here = visit(request)
    return here.page("error", 500, message=here.said["bug"], problems=())


ROUTES = (
    *welcome.ROUTES,
    *read.ROUTES,
    *chain.ROUTES,
    *intake.ROUTES,
    *events.ROUTES,
    *keep.ROUTES,
    *keep_file.ROUTES,
    *keep_rename.ROUTES,
    route("/language", _choose_language, "POST"),
    route("/look.css", _look),
    route("/static/fonts/{file}", _font),
    Mount("/static", StaticFiles(directory=_STATIC)),
)
