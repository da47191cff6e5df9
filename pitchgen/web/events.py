"""Events: what a page hears while it is open, so that it shows what there is now (server-sent events)."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from starlette.responses import StreamingResponse

from pitchgen.web.visit import Visit, route

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from starlette.responses import Response


def files(visit: Visit) -> Response:
    """Every version of the files, as they change on disk."""
    return stream(visit.desk.news.versions())


def stream(versions: AsyncGenerator[str]) -> Response:
    """A stream of versions: a page that shows another one asks for itself again."""

    async def events() -> AsyncIterator[str]:
        async with aclosing(versions):
            async for version in versions:
                yield f"data: {version}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


ROUTES = (route("/events", files),)
