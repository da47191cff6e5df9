"""A document in a frame of a page, where it can reach nothing else, and as a file to keep."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response

if TYPE_CHECKING:
    from pitchgen.web.visit import Visit

MEDIA_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".zip": "application/zip",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain; charset=utf-8",
    ".eml": "message/rfc822",
    ".ics": "text/calendar; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
_UNKNOWN = "application/octet-stream"
# Tells which line of a document was chosen.
_SCRIPT = "/static/frame.js"
# A document brings its styles and fonts with it, and may do nothing but look so.
_POLICY = (
    "sandbox{more}; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "script-src {script}; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
# Before the policy that a document brings itself, which is stricter still, and holds for what follows it.
_HEAD = b"<head>"


def framed(html: bytes) -> Response:
    """A document for a frame, to be read."""
    return _answer(html, _POLICY.format(more="", script="'none'"))


def listening(visit: Visit, html: bytes) -> Response:
    """A document for a frame that tells its page which of its lines was chosen."""
    script = f"http://{visit.request.headers['host']}{_SCRIPT}"
    tag = f'<script src="{script}" defer></script>'.encode()
    return _answer(html.replace(_HEAD, _HEAD + tag, 1), _POLICY.format(more=" allow-scripts", script=script))


def _answer(html: bytes, policy: str) -> Response:
    return Response(html, media_type="text/html", headers={"content-security-policy": policy})


def file(content: bytes, name: str) -> Response:
    """A document as a file of that name, which tells what it is by its ending."""
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=MEDIA_TYPES.get(PurePath(name).suffix, _UNKNOWN), headers=headers)
