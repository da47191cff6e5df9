"""Every address of the page, asked in every odd way there is: it answers in words and never breaks."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lists import csv_of, xlsx_of
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from test_web_intake import posted
from web import Site, serving
from workspaces import GUARD, HIRE, small

from pitchgen.render.presses import Presses
from pitchgen.web.app import guarded_app, other_routes
from pitchgen.web.desk import Desk
from pitchgen.web.guard import Guard
from pitchgen.web.person import FIELDS
from pitchgen.web.server import LOOPBACK

_GUARD = guarded_app(Desk(Path(), Presses(), date.today), "key", frozenset({"127.0.0.1:1"}))
assert isinstance(_GUARD, Guard)
assert isinstance(_GUARD.app, Starlette)
# What is not imported at once stands in one place for all of it.
ROUTES = [*(each for each in _GUARD.app.routes if isinstance(each, Route)), *other_routes()]

ODD = st.text(max_size=12)
NUMBERS = st.sampled_from(["0", "1", "2", "-1", "99999999999999999999", "²", "1.5"])
FILES = [
    "personas/varmistelija.yaml",
    "roles/asiantuntija.yaml",
    "company.yaml",
    "journey.yaml",
    "hires/aino.yaml",
]
PLACES = st.sampled_from(["needs[0].text", "needs[9]", "strategy", "x[", "[0]", "label:fi"])
DOING = [
    *("save", "undo", "restore-1", "restore-x", "delete", "mine"),
    *("theirs", "again", "text", "form", "both"),
]
OF_FILE = {
    **{name: st.just("") | ODD for name in ("_draft", "_digest", "_tongue")},
    **{"_do": st.sampled_from(DOING) | ODD, "_shown": NUMBERS | ODD},
}
OF_FORM = {
    **OF_FILE,
    **dict.fromkeys(("label:fi", "label", "title", "needs[0].text:fi", "needs[7].x", "name"), ODD),
}

# What is sent to each address that takes forms, by the names of their fields. `test_...` sees that none is
# left out.
SENT: Mapping[str, Mapping[str, st.SearchStrategy[str]]] = {
    "/language": {
        "language": st.sampled_from(["fi", "xx"]) | ODD,
        "back": st.sampled_from(["/", "//x"]) | ODD,
    },
    "/newcomers": {"of": st.sampled_from(["aino", "x"]) | ODD, "name": ODD, "role": ODD},
    "/newcomers/{id}": {"back": ODD, **dict.fromkeys(FIELDS, ODD)},
    "/newcomers/{id}/save": dict.fromkeys(FIELDS, ODD),
    "/read/{language}": {"said": ODD},
    "/chain/findings": {"finding": ODD, "reason": ODD},
    "/intake": {"list": ODD},
    "/intake/{id}/place": {"sheet": st.sampled_from(["Sheet", "x"]) | ODD, "heading_row": NUMBERS | ODD},
    "/intake/{id}/cell": {"row": NUMBERS | ODD, "column": NUMBERS | ODD, "value": ODD},
    "/intake/{id}/row": dict.fromkeys(("open", "out", "back"), NUMBERS | ODD),
    "/intake/{id}/forget": {},
    # Text is made soonest.
    "/intake/{id}/documents": {
        "documents": st.sampled_from(["pitch", "x"]) | ODD,
        "formats": st.sampled_from(["txt", "x"]) | ODD,
        "folder": st.sampled_from(["a", "..", "a/b", ""]) | ODD,
    },
    "/intake/{id}/stop": {},
    "/keep/commit": {"message": ODD},
    "/keep/new/{noun}": dict.fromkeys(
        ("label", "title", "name", "serves", "role", "kind", "text", "phase"), ODD
    ),
    "/keep/file/{name:path}": OF_FORM,
    "/keep/text/{name:path}": {**OF_FILE, "_text": ODD},
    "/keep/hints/{name:path}": {"at": PLACES | ODD, "text": ODD},
    "/keep/rename/{name:path}": {"new": ODD, "draft": ODD, "shown": ODD, "do": st.just("rename") | ODD},
}
# What stands in the places of addresses; an `id` is that of what was opened for it.
FILLED: Mapping[str, st.SearchStrategy[str]] = {
    "language": st.sampled_from(["fi", "xx"]) | ODD,
    "kind": st.sampled_from(["persona-card", "role-card", "playbook", "manager-sheet"]) | ODD,
    "name": st.sampled_from([*FILES, "varmistelija", "asiantuntija", "aino", "../x", "personas/x:y.yaml"])
    | ODD,
    "noun": st.sampled_from(["persona", "role", "hire", "metric", "phase", "value", "reward", "manager"])
    | ODD,
    "format": st.sampled_from(["txt", "html", "md", "ics", "eml", "exe"]) | ODD,
    "n": NUMBERS | ODD,
    "file": st.sampled_from(["Spectral-Light.ttf", "../page.css"]) | ODD,
}
ASKED = st.dictionaries(
    st.sampled_from(["at", "draft", "page", "row", "column", "version", "from"]),
    PLACES | NUMBERS | ODD,
    max_size=3,
)
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PÖST".encode().hex()]
FORM = "application/x-www-form-urlencoded"
KINDS = [FORM, "multipart/form-data; boundary=B", "multipart/form-data", "application/json", "x", ""]
STREAM = "text/event-stream"
REFUSED = {400, 403, 404, 405, 409, 413, 422}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(small(tmp_path_factory.mktemp("routes") / "inside", {"hires/aino.yaml": HIRE})) as opened:
        yield opened


@dataclass(frozen=True)
class Request:
    """What is asked: the method, the address, and what is sent as which type."""

    method: str
    path: str
    body: bytes
    kind: str


def bodies(fields: Mapping[str, st.SearchStrategy[str]]) -> st.SearchStrategy[bytes]:
    """A form with some of these fields and others, whole or not, or no form at all."""
    known = st.fixed_dictionaries({}, optional=dict(fields))
    forms = st.builds(lambda own, odd: {**odd, **own}, known, st.dictionaries(ODD, ODD, max_size=2))
    files = st.sampled_from([csv_of([["Nimi", "Tehtävä"], ["Bo", "x"]]), xlsx_of([["Nimi"]]), b"PK\x03\x04"])
    names = st.sampled_from(["list.csv", "list.xlsx", "../x", "x.ods"])
    return (
        forms.map(lambda form: urlencode(form, errors="surrogatepass").encode())
        | st.builds(_in_parts, forms, files | st.binary(max_size=40), names)
        | st.binary(max_size=40)
    )


def _in_parts(form: Mapping[str, str], file: bytes, name: str) -> bytes:
    heads = [(f'name="{quote(key)}"', text.encode(errors="replace")) for key, text in form.items()]
    parts = [(head.encode(), said) for head, said in heads] + [
        (f'name="list"; filename="{name}"'.encode(), file)
    ]
    told = [b"--B\r\nContent-Disposition: form-data; " + head + b"\r\n\r\n" + said for head, said in parts]
    return b"\r\n".join([*told, b"--B--\r\n"])


def id_for(site: Site, path: str) -> str:
    """The id of something that is open at an address of this kind."""
    if path.startswith("/intake"):
        return posted(site, csv_of([["Nimi", "Tehtävä"], ["Bo Salainen", "asiantuntija"]])).rpartition("/")[2]
    if path.startswith("/newcomers"):
        return site.post("/newcomers", {"of": "aino"}).headers["location"].rpartition("/")[2]
    return site.post("/read/fi", {"said": "asiakas"}).headers["location"].rpartition("/")[2]


def ask(site: Site, asked: Request) -> tuple[int, str]:
    """The status of the answer, and its text but for that of a stream, which never ends."""
    connection = http.client.HTTPConnection(LOOPBACK, site.listening.port, timeout=GUARD)
    own = {
        "Cookie": "; ".join(f"{k}={v}" for k, v in site.cookies.items()),
        "Origin": site.origin,
        "Content-Type": asked.kind,
    }
    try:
        connection.request(asked.method, asked.path, asked.body, own)
        got = connection.getresponse()
        is_stream = (got.headers["content-type"] or "").startswith(STREAM)
        return got.status, "" if is_stream else got.read().decode(errors="replace")
    finally:
        connection.close()


def places(path: str) -> list[str]:
    return re.findall(r"{(\w+)", path)


def test_what_every_address_takes_is_known() -> None:
    taking = {each.path for each in ROUTES if isinstance(each, Route) and "POST" in (each.methods or ())}
    assert taking == SENT.keys()
    assert {place for each in ROUTES for place in places(each.path)} - {"id"} <= FILLED.keys() | {"path"}


@pytest.mark.parametrize("path", sorted({each.path for each in ROUTES}))
def test_no_address_can_be_asked_too_oddly(site: Site, path: str) -> None:
    (kept,) = [{each: each.read_bytes() for each in site.desk.root.rglob("*.yaml")}]
    routes = [each for each in ROUTES if each.path == path]
    taken = {method for each in routes if isinstance(each, Route) for method in each.methods or ()}
    reached: set[str] = set()

    @settings(
        max_examples=15,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def asked_oddly(data: st.DataObject) -> None:
        # What it takes is asked most.
        method = data.draw(st.sampled_from([*sorted(taken) * 4, *METHODS]))
        fill = {place: data.draw(FILLED[place]) for place in places(path) if place != "id"}
        if "id" in places(path):
            fill["id"] = (
                id_for(site, path) if data.draw(st.sampled_from([True, True, False])) else data.draw(ODD)
            )
        there = re.sub(r"{(\w+)[^}]*}", lambda found: _quoted(fill[found[1]]), path)
        if any(isinstance(each, Mount) for each in routes):
            there += (
                f"/{_quoted(data.draw(ODD | st.sampled_from(['page.css', '../app.py', '%2e%2e/app.py'])))}"
            )
        query = urlencode(data.draw(ASKED), errors="surrogatepass")
        body = data.draw(bodies(SENT.get(path, {}))) if method not in ("GET", "HEAD", "TRACE") else b""
        kind = data.draw(st.sampled_from([FORM, FORM, *KINDS]))
        if body.startswith(b"--B"):
            kind = KINDS[1]
        status, text = ask(site, Request(method, f"{there}?{query}", body, kind))
        assert status in {200, 303, 307, *REFUSED}, (status, method, there, text)
        assert "Traceback" not in text
        assert "fault of pitchgen" not in text
        if status not in (404, 405):
            reached.add(method)
        for file, content in kept.items():
            if not file.exists() or file.read_bytes() != content:
                file.write_bytes(content)

    asked_oddly()
    # It answered for itself, and not only that there is no such thing.
    assert reached & taken or not taken or "{" in path
    assert [each.name for each in site.desk.root.parent.iterdir()] == ["inside"]


def _quoted(text: str) -> str:
    return quote(text, safe="/", errors="surrogatepass")
