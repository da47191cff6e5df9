"""A pitch as plain text to read aloud: each paragraph with its running time and a pause after it."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from pitchgen.language.speech import beginnings, duration_of

if TYPE_CHECKING:
    from pitchgen.language.facts import Language
    from pitchgen.render.markdown import Prose

PAUSE = "//"
WIDTH = 70
_MARGIN = " " * 7


def render_text(prose: Prose, language: Language) -> str:
    """Paragraphs that begin with the second they begin at (`0:12`) and end in a pause mark."""
    lines: list[str] = []
    starts = beginnings((block.text for block in prose.blocks), language)
    for block, start in zip(prose.blocks, starts, strict=True):
        said = [row for line in block.text.split("\n") for row in wrap(line, WIDTH)]
        if not said:
            continue
        said[-1] += f" {PAUSE}"
        lines.append(start.ljust(len(_MARGIN)) + said[0])
        lines += [_MARGIN + row for row in said[1:]]
        lines.append("")
    lines.append(f"{_MARGIN}{duration_of(prose.text, language)}")
    return "\n".join(lines) + "\n"
