"""Who is let in to the page, and who is not."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web import Site, serving
from workspaces import GUARD, small

from pitchgen.web.guard import MOST_BYTES


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(small(tmp_path_factory.mktemp("guarded"))) as opened:
        yield opened


def test_the_first_page_waits_for_nothing_that_others_need(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from web import serving
with serving(Path({str(small(tmp_path))!r})) as site:
    print(sorted({{"pitchgen.studio.studio", "pitchgen.rules", "pitchgen.web.read"}} & sys.modules.keys()))
    assert site.get("/").status == 200
    assert site.get("/read").status == 200
    print("pitchgen.web.read" in sys.modules)
"""
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        timeout=GUARD,
        check=False,
    )
    assert said.stdout == "[]\nTrue\n", said.stderr


def test_the_address_that_is_printed_lets_a_browser_in_and_leaves_the_address_bar(site: Site) -> None:
    answer = site.send("GET", f"/?key={site.listening.key}", raw=True)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert site.listening.key not in answer.text
    assert site.get("/").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cookie": "pitchgen-1=x"},
        {"Cookie": "{name}=wrong"},
        {"Cookie": "{name}"},
        {"Cookie": '{name}="' + "a" * 5000},
        {"Cookie": "{name}=ä"},
    ],
)
def test_nobody_is_let_in_without_the_key(site: Site, headers: dict[str, str]) -> None:
    (name,) = site.cookies
    filled = {
        key: value.format(name=name).encode("utf-8").decode("latin-1") for key, value in headers.items()
    }
    for path in ("/", "/look.css", "/newcomers/x", "/?key=wrong", "/?key="):
        assert site.send("GET", path, headers=filled, raw=True).status == 403
    told = site.send("GET", "/", headers={**filled, "Accept-Language": "fi"}, raw=True).text
    assert told.startswith("Avaa sivu osoitteesta")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost", "[::1]", ""])
def test_another_name_of_this_machine_is_refused(site: Site, host: str) -> None:
    answer = site.get("/", Host=host)
    assert (answer.status, answer.text) == (403, "The page answers at its own address only.\n")


def test_the_other_name_of_this_machine_is_taken(site: Site) -> None:
    assert site.get("/", Host=f"localhost:{site.listening.port}").status == 200


def test_two_hosts_in_one_request_are_refused(site: Site) -> None:
    host = f"127.0.0.1:{site.listening.port}"
    for second in (host, "evil.example"):
        assert b" 400 " in _said(
            site, f"GET / HTTP/1.1\r\nHost: {host}\r\nHost: {second}\r\n"
        ) or b" 403 " in _said(site, f"GET / HTTP/1.1\r\nHost: {host}\r\nHost: {second}\r\n")


def _said(site: Site, head: str) -> bytes:
    """The first line of the answer to a request as it is written."""
    cookie = "; ".join(f"{name}={value}" for name, value in site.cookies.items())
    with socket.create_connection(("127.0.0.1", site.listening.port), timeout=GUARD) as connection:
        connection.sendall(f"{head}Cookie: {cookie}\r\nConnection: close\r\n\r\n".encode())
        return connection.makefile("rb").readline()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "{origin}.evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "{origin}", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "{origin}", "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_form_of_another_page_does_nothing(site: Site, headers: dict[str, str]) -> None:
    cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in site.cookies.items())}
    sent = {key: value.format(origin=site.origin) for key, value in headers.items()}
    answer = site.send("POST", "/newcomers", headers={**cookie, **sent}, raw=True)
    assert (answer.status, answer.text) == (403, "The request came from another page, so nothing was done.\n")


@pytest.mark.parametrize("where", ["cross-site", "same-site"])
def test_another_page_can_show_nothing_of_ours(site: Site, where: str) -> None:
    assert site.get("/", **{"Sec-Fetch-Site": where}).status == 403
    # But be a link with the key in it, as in a message; and styles and scripts hold nothing of anybody's.
    assert site.get(f"/?key={site.listening.key}", **{"Sec-Fetch-Site": where}).status == 303
    assert site.get("/static/page.css", **{"Sec-Fetch-Site": where}).status == 200


def test_every_answer_says_what_a_page_may_do(site: Site) -> None:
    for path in ("/", "/nowhere", "/static/page.css", "/look.css"):
        answer = site.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] in ("no-store", "no-cache")
    assert site.get("/", **{"Sec-Fetch-Site": "cross-site"}).headers["content-security-policy"] == policy


def test_what_is_too_large_is_refused_whether_its_length_is_said_or_not(site: Site) -> None:
    said = site.send("POST", "/newcomers", b"x", {"Content-Length": str(MOST_BYTES + 1)})
    assert (said.status, said.text) == (413, "That is more than the page takes at once (20 MB).\n")
    part = b"x" * 1_000_000
    chunk = f"{len(part):x}\r\n".encode() + part + b"\r\n"
    host = f"127.0.0.1:{site.listening.port}"
    cookie = "; ".join(f"{name}={value}" for name, value in site.cookies.items())
    head = (
        f"POST /newcomers HTTP/1.1\r\nHost: {host}\r\nOrigin: {site.origin}\r\nCookie: {cookie}\r\n"
        "Content-Type: multipart/form-data; boundary=B\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    file = b'--B\r\nContent-Disposition: form-data; name="list"; filename="list.csv"\r\n\r\n'
    with socket.create_connection(("127.0.0.1", site.listening.port), timeout=GUARD) as connection:
        connection.sendall(head.encode())
        try:
            connection.sendall(f"{len(file):x}\r\n".encode() + file + b"\r\n")
            for _ in range(MOST_BYTES // len(part) + 2):
                connection.sendall(chunk)
            connection.sendall(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            # It need not be read to its end.
            pass
        assert b" 413 " in connection.makefile("rb").readline()
    assert site.get("/").status == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"%", b"of=%zz", b"\0\xff" * 100, b"of=" + b"a" * 100_000, b"&" * 5000, b"a=1" + b"&a=1" * 2500],
)
@pytest.mark.parametrize(
    "kind",
    ["application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "text/x"],
)
def test_a_malformed_form_is_answered_in_words(site: Site, body: bytes, kind: str) -> None:
    answer = site.send("POST", "/newcomers", body, {"Content-Type": kind})
    assert answer.status in (303, 400, 404, 413)
    assert "Traceback" not in answer.text


PATHS = [
    "..",
    "%2e%2e",
    "static",
    "fonts",
    "newcomers",
    "letter",
    "company.yaml",
    "%00",
    "a",
    "language",
    "look.css",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"]),
    parts=st.lists(st.sampled_from(PATHS), max_size=5),
    fields=st.dictionaries(st.sampled_from(["of", "language", "back", "name", "role"]), st.text(max_size=40)),
)
def test_no_request_leads_out_of_the_page_or_breaks_it(
    site: Site, method: str, parts: list[str], fields: dict[str, str]
) -> None:
    path = "/" + "/".join(parts)
    answer = site.post(path, fields) if method == "POST" else site.send(method, path)
    assert answer.status in (200, 303, 307, 403, 404, 405)
    # A word of company.yaml that stands on none of these pages.
    assert "schema_version" not in answer.text if answer.body else True


def test_a_page_is_never_led_to_by_another_address_than_its_own(site: Site) -> None:
    for back in ("//evil.example", "/\\evil.example", "http://evil.example", "", "x"):
        answer = site.post("/language", {"language": "fi", "back": back})
        assert (answer.status, answer.headers["location"]) == (303, "/")
    assert site.post("/language", {"language": "xx", "back": "/newcomers"}).headers.get("set-cookie") is None


def test_the_page_comes_in_the_language_of_the_browser_unless_another_was_chosen(site: Site) -> None:
    for asked, shown in [
        ("fi", "fi"),
        ("nb, sv;q=0.5", "sv"),
        ("de", "en"),
        ("en;q=0.1, fi-FI;q=0.9", "fi"),
        ("", "en"),
    ]:
        assert f'<html lang="{shown}">' in site.get("/", **{"Accept-Language": asked}).text
    cookie = site.post("/language", {"language": "sv", "back": "/"}).headers["set-cookie"]
    kept = "; ".join([*(f"{name}={value}" for name, value in site.cookies.items()), cookie.partition(";")[0]])
    assert '<html lang="sv">' in site.get("/", **{"Accept-Language": "fi", "Cookie": kept}).text


def test_a_fault_of_ours_is_told_without_what_somebody_typed(
    site: Site,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("Maija Meikäläinen")

    monkeypatch.setattr(site.desk, "opened", fails)
    answer = site.get("/newcomers/x")
    assert answer.status == 500
    assert "This is a fault of pitchgen" in answer.text and "Maija" not in answer.text
    logged = caplog.text + capfd.readouterr().err
    assert "RuntimeError at a page" in logged and "Maija" not in logged
