"""The server that editors ask about YAML, asked as they do: by the Language Server Protocol on stdio."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

from workspaces import GUARD, REPOSITORY

_ENVIRONMENT = REPOSITORY / ".venv"
_COMMAND = (
    _ENVIRONMENT / "bin" / "node",
    _ENVIRONMENT / "npm" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server",
    "--stdio",
)
_CURSOR = "|"
_SNIPPETS = {"completion": {"completionItem": {"snippetSupport": True}}}


class LanguageServer:
    """A running server that reads from a workspace; `proxy` is where it would fetch things through."""

    def __init__(self, process: subprocess.Popen[bytes], root: Path, proxy: str = "") -> None:
        self._process = process
        self._root = root
        # It has a catalogue of schemas on the web, which is no business of ours.
        self._settings = {
            "yaml": {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True},
            "http": {"proxy": proxy, "proxyStrictSSL": False},
        }
        self._requests = 0
        self._opened = 0
        self._diagnosed: dict[str, list[str]] = {}
        capabilities = {"textDocument": _SNIPPETS, "workspace": {"configuration": True}}
        start = {"processId": os.getpid(), "rootUri": root.as_uri(), "capabilities": capabilities}
        self._ask("initialize", start)
        self._tell("initialized", {})

    def complete(self, path: str, text: str) -> dict[str, str]:
        """What can stand at the `|`: each proposal, and what it inserts."""
        answer = self._ask("textDocument/completion", self._at_cursor(path, text))
        return {each["label"]: each["textEdit"]["newText"] for each in answer["items"]}

    def hover(self, path: str, text: str) -> str:
        """What is said of what stands at the `|`."""
        answer = self._ask("textDocument/hover", self._at_cursor(path, text))
        return str(answer["contents"]["value"])

    def diagnose(self, files: Mapping[str, str]) -> dict[str, list[str]]:
        """What is wrong with each of these files: `line: message`."""
        uris = {path: self._open(path, text) for path, text in files.items()}
        while not self._diagnosed.keys() >= set(uris.values()):
            self._receive()
        return {path: self._diagnosed[uri] for path, uri in uris.items()}

    def _open(self, path: str, text: str) -> str:
        # Each under a name of its own, for the server keeps what it made of a file.
        self._opened += 1
        folder, _, name = path.rpartition("/")
        uri = (self._root / folder / f"{self._opened}-{name}").as_uri()
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": item})
        return uri

    def _at_cursor(self, path: str, text: str) -> dict[str, Any]:
        before, _, after = text.partition(_CURSOR)
        lines = before.split("\n")
        position = {"line": len(lines) - 1, "character": len(lines[-1])}
        return {"textDocument": {"uri": self._open(path, before + after)}, "position": position}

    def _ask(self, method: str, params: Any) -> Any:
        self._requests += 1
        self._send({"id": self._requests, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._requests and "method" not in message:
                return message["result"]

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """The next message; what the server asks is answered, and what it finds is kept."""
        assert self._process.stdout
        size = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        assert size, "the language server has ended"
        message: dict[str, Any] = json.loads(self._process.stdout.read(size))
        match message:
            case {"method": "workspace/configuration", "id": id, "params": {"items": items}}:
                self._send({"id": id, "result": [self._settings.get(each["section"]) for each in items]})
            case {"method": "textDocument/publishDiagnostics", "params": {"uri": uri, "diagnostics": found}}:
                self._diagnosed[uri] = [f"{x['range']['start']['line'] + 1}: {x['message']}" for x in found]
            case {"method": _, "id": id}:
                self._send({"id": id, "result": None})
        return message


@contextmanager
def language_server(root: Path, proxy: str = "") -> Iterator[LanguageServer]:
    """A language server for the workspace at `root`, for as long as it is needed."""
    with subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        guard = Timer(GUARD, process.kill)
        guard.start()
        try:
            yield LanguageServer(process, root, proxy)
        finally:
            guard.cancel()
            process.kill()
