"""In an editor with a YAML language server, the schemas complete, explain and check what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from language_server import LanguageServer, language_server
from schema_files import FIRST_LINE, KINDS, SCHEMAS, changed_files, schema_accepts, starter, written
from workspaces import write_tree

from pitchgen import shipped
from pitchgen.schema import as_text


def with_schemas(root: Path) -> Path:
    return write_tree(root, {f"schemas/{name}": as_text(schema) for name, schema in SCHEMAS.items()})


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    with language_server(with_schemas(tmp_path_factory.mktemp("workspace"))) as server:
        yield server


def file(kind: str, text: str) -> tuple[str, str]:
    """A file of a workspace that names its schema, for the editor."""
    folder, up = (f"{kind}/", "../") if KINDS[kind].is_folder else ("", "")
    return f"{folder}{kind}.yaml", f"{FIRST_LINE}{up}schemas/{KINDS[kind].schema}\n{text}"


def test_an_editor_completes_keys_with_what_has_to_stand_there(editor: LanguageServer) -> None:
    offered = editor.complete(*file("personas", "label: Varmistelija\n|"))
    assert {"summary", "priority", "as_a_person", "needs", "moments"} <= offered.keys()
    assert "label" not in offered
    assert offered["needs"].startswith("needs:\n  - id:")
    assert offered["buying"].startswith("buying:\n")
    assert offered["priority"] == "priority: ${1:2}"
    assert set(editor.complete(*file("personas", "label:\n  |"))) == {"fi", "en", "sv"}
    assert {"day", "text"} <= editor.complete(*file("roles", "first_days:\n  - |")).keys()
    assert {"name", "phone"} <= editor.complete(*file("hires", "manager:\n  |")).keys()


@pytest.mark.parametrize(
    ("kind", "text", "offered"),
    [
        ("metrics", "metrics:\n  - direction: |", ["up", "down"]),
        ("company", "brand:\n  tone: |", ["informal", "formal"]),
        ("personas", "evidence:\n  level: |", ["assumption", "interviews", "data"]),
        ("personas", "priority: |", ["2", "1", "3"]),
        ("personas", "moments:\n  - feels: |", ["-2", "-1", "0", "1", "2"]),
        ("personas", "needs:\n  - assumed: |", ["true", "false"]),
        ("hires", "language: |", ["en", "fi", "sv"]),
        ("hires", "starts_on: |", ["2026-12-01"]),
        ("hires", "name: |", []),
        ("roles", "title: |", []),
    ],
)
def test_an_editor_offers_what_may_stand_there_and_nothing_else(
    editor: LanguageServer, kind: str, text: str, offered: list[str]
) -> None:
    assert list(editor.complete(*file(kind, text))) == offered


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("roles", "ti|tle: A", "#### Title\n\nThe role's title."),
        ("roles", "excit|ing: A", "#### Exciting\n\nWhat is exciting about it."),
        ("roles", "par|t:\n  why: A", "#### Part\n\nThe role's part in the customer promise."),
        (
            "personas",
            "needs:\n  - i|d: a",
            "#### Id\n\nShort id; other personas refer to it as persona/need.",
        ),
        ("metrics", "metrics:\n  - direc|tion: down", "`down`: Less is better."),
        (
            "hires",
            "manage|r: a",
            "#### Manager\n\nThe manager, by the id of a file in managers/ or by name; "
            "or the manager's details.",
        ),
    ],
)
def test_an_editor_explains_a_key(editor: LanguageServer, kind: str, text: str, said: str) -> None:
    assert said in editor.hover(*file(kind, text))


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("personas", "label: A\nsummary: B\nlabl: C\n", "4: Property labl is not allowed."),
        ("personas", "label: A\n", '2: Missing property "summary".'),
        ("hires", "name: A\nrole: b\nstarts_on: 1/12/2026\n", "4: must be a date like 2026-12-01"),
        ("metrics", "metrics: nps\n", "2: must be a list: each item on a line of its own"),
        ("company", "brand:\n  color: blue\n", "3: must be a colour like '#0B4F5C', in quotes"),
        ("company", "brand:\n  tone: warm\n", '3: Value is not accepted. Valid values: "informal"'),
    ],
)
def test_an_editor_says_what_is_wrong(editor: LanguageServer, kind: str, text: str, said: str) -> None:
    path, content = file(kind, text)
    assert [each for each in editor.diagnose({path: content})[path] if each.startswith(said)]


def shipped_files() -> dict[str, str]:
    """The starter and the bare files, by paths at which they could be."""
    bare = {}
    for code in shipped.languages():
        folder = shipped.language_file(code, "bare")
        for path in sorted(folder.rglob("*.yaml")):
            name = path.relative_to(folder).with_stem(f"{path.stem}.{code}")
            bare[name.as_posix()] = path.read_text(encoding="utf-8")
    return starter() | bare


def test_an_editor_finds_nothing_wrong_in_the_starter(editor: LanguageServer) -> None:
    files = shipped_files()
    assert editor.diagnose(files) == {name: [] for name in files}


def test_an_editor_reads_the_starter_by_its_schemas(editor: LanguageServer) -> None:
    files = {name: f"{text}\nzzz: 1\n" for name, text in shipped_files().items()}
    found = editor.diagnose(files)
    assert [[each.partition(": ")[2] for each in found[name]] for name in files] == [
        ["Property zzz is not allowed."] for _ in files
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_finds_wrong_what_the_validator_finds_wrong(editor: LanguageServer, kind: str) -> None:
    @settings(max_examples=2)
    @given(st.lists(changed_files(kind), min_size=12, max_size=12))
    def judge(several: list[dict[str, Any]]) -> None:
        path, _ = file(kind, "")
        texts = {f"{path.removesuffix('.yaml')}{n}.yaml": written(data) for n, data in enumerate(several)}
        found = editor.diagnose({name: file(kind, text)[1] for name, text in texts.items()})
        assert {name: not found[name] for name in texts} == {
            name: schema_accepts(kind, text) for name, text in texts.items()
        }

    judge()


# Nothing is fetched.


class _Line(StreamRequestHandler):
    """Keeps the first line of every request, and answers none."""

    server: _Proxy

    def handle(self) -> None:
        self.server.asked.append(self.rfile.readline().decode().strip())


class _Proxy(ThreadingTCPServer):
    """What a language server would fetch things through."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.asked: list[str] = []


@pytest.fixture
def proxy() -> Iterator[_Proxy]:
    with _Proxy() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_an_editor_fetches_nothing(proxy: _Proxy, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{proxy.server_address[1]}"
    with language_server(with_schemas(tmp_path), address) as editor:
        assert not any(editor.diagnose(shipped_files()).values())
        assert editor.complete(*file("company", "brand:\n  |"))
        assert editor.hover(*file("hires", "na|me: A"))
        assert proxy.asked == []
        # The same server does ask when a file names a schema that is elsewhere.
        elsewhere = "# yaml-language-server: $schema=http://schemas.example/persona.json\nlabel: A\n"
        editor.diagnose({"personas/a.yaml": elsewhere})
        assert proxy.asked[0] == "GET http://schemas.example/persona.json HTTP/1.1"
