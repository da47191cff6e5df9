"""What a document may load while it is rendered: files of the workspace and of pitchgen, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

from pitchgen import shipped
from pitchgen.render.fonts import FACES, FALLBACKS

MAX_BYTES = 10_000_000


class Refused(ValueError):
    """An address that documents may not load."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url} is refused: {why}")


class Fetcher(URLFetcher):
    """Reads `data:` addresses and files below the given folders; never the network.

    The base class would set up handlers for every protocol, so it is deliberately not initialised.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._fail_on_errors = False
        self._folders = tuple(folder.resolve() for folder in (*folders, shipped.TEMPLATES))
        self._fonts = frozenset(face.path.resolve() for face in FACES + FALLBACKS)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The content at `url`. Raises `Refused` for whatever is not allowed."""
        scheme = urlsplit(url).scheme.lower()
        if scheme == "data":
            return _data(url)
        if scheme != "file" or urlsplit(url).netloc:
            raise Refused(url, "only files of the workspace can be loaded")
        path = Path(url2pathname(urlsplit(url).path)).resolve()
        if path not in self._fonts and not any(path.is_relative_to(f) for f in self._folders):
            raise Refused(url, "the file is outside the workspace")
        if not path.is_file():
            raise Refused(url, "there is no such file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise Refused(url, f"the file is larger than {MAX_BYTES // 1_000_000} MB")
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, BytesIO(content), {"Content-Type": kind})


def _data(url: str) -> URLFetcherResponse:
    from base64 import b64decode

    if len(url) > MAX_BYTES * 4 // 3:
        raise Refused(f"{url[:40]}…", "the data is too large")
    head, _, content = url.partition(",")
    kind, *options = head.removeprefix("data:").split(";")
    body = b64decode(content) if "base64" in options else unquote(content).encode()
    return URLFetcherResponse(url, BytesIO(body), {"Content-Type": kind or "text/plain"})
