"""Renderers that are kept: starting one takes a second of computing, and most tests print a page with it.

Who prints inside the tests' process gets a renderer that somebody has ended before, still warm. It is a real
one; a command that is a process of its own starts its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from pitchgen.render.process import Renderer


class _Kept(Renderer):
    """A renderer that waits for its next owner when it is ended, unless it is in the middle of something."""

    def __init__(self) -> None:
        super().__init__()
        self._greeting: Mapping[str, Any] | None = None
        self._is_sound = True

    def kill(self) -> None:
        if not self._is_sound:
            super().kill()

    def close(self) -> None:
        if self._is_sound and self.is_alive:
            _FREE.append(self)
        else:
            self.end()

    def end(self) -> None:
        """End it for good."""
        super().close()

    def started(self, patience: float) -> Mapping[str, Any]:
        if self._greeting is None:
            with self._in_use():
                self._greeting = super().started(patience)
            self._is_sound = "failure" not in self._greeting
        return self._greeting

    def ask(self, request: Mapping[str, Any], patience: float) -> tuple[Mapping[str, Any], bytes]:
        with self._in_use():
            answer, content = super().ask(request, patience)
        self._is_sound = not answer["last"]
        return answer, content

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        """Whatever ends this early also ends the renderer."""
        self._is_sound = False
        yield
        self._is_sound = True


_FREE: list[_Kept] = []


def _lent() -> _Kept:
    while True:
        try:
            renderer = _FREE.pop()
        except IndexError:
            return _Kept()
        if renderer.is_alive:
            return renderer
        renderer.end()


@contextmanager
def kept() -> Iterator[None]:
    """Meanwhile, renderers are kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pitchgen.render.press.Renderer", _lent)
        yield
    while _FREE:
        _FREE.pop().end()
