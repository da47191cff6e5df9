"""What a document may load while it is rendered: templates, the company's logo and font, nothing else."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from weasyprint.logger import LOGGER
from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

from pitchgen import shipped
from pitchgen.render.fonts import FACES, FALLBACKS
from pitchgen.render.links import is_attachment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weasyprint import HTML

MAX_BYTES = 10_000_000


class Refused(URLFetchingError):
    """An address that documents may not load, or under which there is nothing that can be read, and why."""

    def __init__(self, url: str, why: str) -> None:
        self.url = url
        self.why = why
        super().__init__(why)


class _Unreadable(URLFetcherResponse):
    """Raises what it was refused for when it is read.

    Whoever loads something in WeasyPrint expects that. Not all of them expect it of a fetcher: a colour
    profile ends the whole page.
    """

    def __init__(self, refused: Refused) -> None:
        # A style sheet of another type would not even be read.
        super().__init__(refused.url, b"", {"Content-Type": "text/css"})
        self._refused = refused

    def read(self, *_: object) -> bytes:
        raise self._refused


class Fetcher(URLFetcher):
    """Reads `data:` addresses, the templates of the workspace in `root`, the shipped ones, and `files`.

    The base class would set up handlers for every protocol, so it is deliberately not initialised.
    """

    def __init__(self, root: Path, files: Iterable[Path] = ()) -> None:
        self._fail_on_errors = False
        # A link in place of the folder does not make another one of it.
        self._folders = (root.resolve() / shipped.TEMPLATES.name, shipped.TEMPLATES.resolve())
        fonts = (face.path for face in FACES + FALLBACKS)
        self._files = frozenset(path.resolve() for path in (*files, *fonts))
        self.last: tuple[str, Refused | None] = ("", None)
        """What was asked for last, and why it cannot be had, if it cannot."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The content at `url`, reading which raises `Refused` for whatever is not allowed."""
        self.last = url, None
        try:
            return self._read(url)
        except Refused as error:
            refused = error
        except (OSError, RuntimeError, ValueError):
            refused = Refused(url, "it cannot be read")
        self.last = url, refused
        return _Unreadable(refused)

    def _read(self, url: str) -> URLFetcherResponse:
        scheme = urlsplit(url).scheme.lower()
        if scheme == "data":
            return _data(url)
        path = Path(url2pathname(urlsplit(url).path)).resolve()
        if scheme != "file" or urlsplit(url).netloc or not self._may_read(path):
            raise Refused(url, "only files in templates/, and the company's logo and font, can be loaded")
        if not path.is_file():
            raise Refused(url, "there is no such file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise Refused(url, f"the file is larger than {MAX_BYTES // 1_000_000} MB")
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, BytesIO(content), {"Content-Type": kind})

    def _may_read(self, path: Path) -> bool:
        return path in self._files or any(path.is_relative_to(folder) for folder in self._folders)


def without_attachments(page: HTML) -> HTML:
    """The page without the files that it would carry along; each is told to WeasyPrint's log."""
    for element in page.etree_element.iter():
        if is_attachment(element.get("rel")):
            url = element.get("href", "")
            LOGGER.error("Failed to load '%s': %s", url, Refused(url, "no file can be attached"))
            del element.attrib["rel"]
    return page


def _data(url: str) -> URLFetcherResponse:
    if len(url) > MAX_BYTES * 4 // 3:
        raise Refused(url, "the data is too large")
    head, _, content = url.partition(",")
    kind, *options = head.removeprefix("data:").split(";")
    body = b64decode(content) if "base64" in options else unquote(content).encode()
    return URLFetcherResponse(url, BytesIO(body), {"Content-Type": kind or "text/plain"})
