"""The pages by their addresses, and what is said when one of them fails."""

from __future__ import annotations

import logging
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.background import BackgroundTask, BackgroundTasks
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Mount, Route, Router
from starlette.staticfiles import StaticFiles

from pitchgen.problems import InvalidInput, PitchgenError
from pitchgen.web.guard import MOST_MEGABYTES, Guard, TooMuch
from pitchgen.web.people import people
from pitchgen.web.visit import LANGUAGE_COOKIE, Visit, route, visit
from pitchgen.web.words import say

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from pitchgen.web.desk import Desk

_STATIC = Path(__file__).parent / "static"
# The modules of all pages but the first.
_OTHERS = (
    "look",
    "welcome",
    "read",
    "chain",
    "intake",
    "events",
    "keep",
    "keep_file",
    "keep_rename",
    "hints",
)
_YEAR = 365 * 24 * 60 * 60

log = logging.getLogger(__name__)


def guarded_app(desk: Desk, key: str, hosts: frozenset[str]) -> ASGIApp:
    """All pages of a desk, for whoever holds the key, at one of these hosts ("127.0.0.1:8000").

    What others than the first need is imported when that one is there.
    """
    others = _Others()

    def first(visit: Visit) -> Response:
        answer = people(visit)
        answer.background = BackgroundTasks([BackgroundTask(others.load), BackgroundTask(desk.afterwards)])
        return answer

    app = Starlette(
        routes=[
            route("/", first),
            route("/language", _choose_language, "POST"),
            Mount("", others),
        ],
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


def other_routes() -> list[Route | Mount]:
    """The routes of all pages but the first, whose modules are imported here."""
    modules = [import_module(f"pitchgen.web.{name}") for name in _OTHERS]
    found: list[Route] = [each for module in modules for each in module.ROUTES]
    return [*found, Mount("/static", StaticFiles(directory=_STATIC))]


class _Others:
    """All pages but the first, imported when one of them is asked for, if they were not before."""

    def __init__(self) -> None:
        self._router: Router | None = None

    def load(self) -> Router:
        """Import them, once."""
        if self._router is None:
            self._router = Router(other_routes())
        return self._router

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # What was imported is known at once; else it takes its time, away from the loop that takes requests.
        router = self._router if self._router is not None else await run_in_threadpool(self.load)
        await router(scope, receive, send)


def _choose_language(visit: Visit) -> Response:
    """Show pages in another language from now on."""
    chosen, back = visit.typed("language"), visit.typed("back")
    # Back to a page of ours and nowhere else.
    answer = visit.go(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/")
    if chosen in visit.languages:
        answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="strict")
    return answer


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
