"""A visit: one request to a page, with what was typed, and the ways to answer it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

from pitchgen.language.folders import Folders
from pitchgen.language.page import page_languages, page_words
from pitchgen.model.file_kind import kind_of_path
from pitchgen.overlay import Overlay
from pitchgen.web.words import language_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pitchgen.keep.reading import Reading
    from pitchgen.web.desk import Desk
    from pitchgen.workspace import Workspace

# The pages that stand above every page, with the words for them.
NAVIGATION = (
    ("/", "nav_welcome"),
    ("/read", "nav_read"),
    ("/keep", "nav_keep"),
    ("/chain", "nav_chain"),
    ("/intake", "nav_intake"),
)
LANGUAGE_COOKIE = "pitchgen-language"
# What the script sends that follows typing: it wants the page at once, not its address.
LIVE = "pitchgen-live"
# Fields and bytes of a form in parts; what is larger is no form of ours.
_MOST_FIELDS, _MOST_TEXT = 2_000, 2_000_000

_PAGES = Environment(
    loader=PackageLoader("pitchgen.web", "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class _Said:
    """The words as templates name them, `t.copy`, which of a dict would be its method."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __getitem__(self, key: str) -> str:
        return self._words[key]


@dataclass(frozen=True)
class Visit:
    """One request: by whom the `desk` is, and what was typed."""

    desk: Desk
    request: Request
    form: FormData

    @cached_property
    def language(self) -> str:
        """The language of the pages: the one that was chosen, else the best that the browser asks for."""
        asked = self.request.headers.get("accept-language", "")
        return language_for(self._folders, asked, self.request.cookies.get(LANGUAGE_COOKIE))

    @cached_property
    def _folders(self) -> Folders:
        """The folders of languages, also while other files cannot be read."""
        try:
            return self.reading.languages.folders
        except OSError:
            return Folders(Overlay(self.desk.root))

    @cached_property
    def said(self) -> Mapping[str, str]:
        """The words of the pages."""
        return page_words(self._folders, self.language)

    @cached_property
    def languages(self) -> Mapping[str, str]:
        """The languages that pages can be in, by their codes, as they call themselves."""
        return page_languages(self._folders)

    @cached_property
    def reading(self) -> Reading:
        """The workspace as its files are, looked at once for a request; what it writes is not in there."""
        return self.desk.reading()

    @property
    def _version(self) -> str:
        """What tells whether the page shows the files as they are; "" while they cannot be read."""
        try:
            return self.reading.version
        except OSError:
            return ""

    def language_in(self, workspace: Workspace) -> str:
        """The language of the pages where the company has it, else the company's own."""
        company = workspace.company
        return self.language if self.language in company.languages else company.language

    @property
    def is_live(self) -> bool:
        """Whether a script asks, which puts the page's parts in their places."""
        return LIVE in self.request.headers

    def path(self, name: str) -> str:
        """A part of the address."""
        return str(self.request.path_params[name])

    def typed(self, name: str) -> str:
        """One text of the form; "" for none, and for a file."""
        value = self.form.get(name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else ""

    def page(self, name: str, status: int = 200, **values: Any) -> Response:
        """A page by the name of its file, filled in."""
        template = _PAGES.get_template(f"{name}.html")
        html = template.render(
            t=_Said(self.said),
            language=self.language,
            languages=self.languages,
            nav=NAVIGATION,
            here=self.request.url.path,
            read_only=self.desk.read_only,
            live=self.is_live,
            **{"events": "/events", "version": self._version, **values},
        )
        return HTMLResponse(html, status)

    def keep_address(self, path: str, at: str = "", face: str = "file") -> str:
        """Where a file of the workspace is kept, at the value that stands `at`: "needs[0].text".

        It has other faces than its form, such as its `text`. The name of a file of newcomers or managers
        tells who they are, so that another stands for it.
        """
        kind = kind_of_path(path)
        name = self.desk.alias(path) if kind and kind.is_personal else path
        return f"/keep/{face}/{quote(name)}" + (f"?{urlencode({'at': at})}" if at else "")

    @staticmethod
    def go(address: str) -> Response:
        """Answer a form: on to that page, so that going back or again does not send it twice."""
        return RedirectResponse(address, 303)

    def refuse_to_write(self) -> None:
        """Raises the refusal when nothing may be written here."""
        if self.desk.read_only:
            raise HTTPException(403, self.said["refused_read_only"])

    def gone(self, key: str = "not_found") -> HTTPException:
        """What to raise when there is nothing at the address."""
        return HTTPException(404, self.said[key])


def route(path: str, answer: Callable[[Visit], Response], *methods: str) -> Route:
    """What answers at an address: work that may take its time, away from the loop that takes requests."""

    async def endpoint(request: Request) -> Response:
        form = FormData()
        if request.method == "POST":
            form = await request.form(max_fields=_MOST_FIELDS, max_part_size=_MOST_TEXT)
        try:
            return await run_in_threadpool(answer, visit(request, form))
        finally:
            await form.close()

    return Route(path, endpoint, methods=list(methods) or ["GET"])


def visit(request: Request, form: FormData | None = None) -> Visit:
    """The visit that a request is."""
    return Visit(request.app.state.desk, request, form or FormData())
