"""A pitch as plain text to read aloud: each paragraph with its running time and a pause after it."""

from __future__ import annotations

from textwrap import wrap

from pitchgen.compose.speech import duration_of, seconds_of
from pitchgen.render.markdown import Prose

PAUSE = "//"
WIDTH = 70
_MARGIN = " " * 7


def render_text(prose: Prose, language: str) -> str:
    """Paragraphs that begin with the second they begin at (`0:12`) and end in a pause mark."""
    lines: list[str] = []
    elapsed = 0.0
    for block in prose.blocks:
        said = [row for line in block.text.split("\n") for row in wrap(line, WIDTH)]
        if not said:
            continue
        minutes, seconds = divmod(round(elapsed), 60)
        said[-1] += f" {PAUSE}"
        lines.append(f"{minutes}:{seconds:02}".ljust(len(_MARGIN)) + said[0])
        lines += [_MARGIN + row for row in said[1:]]
        lines.append("")
        elapsed += seconds_of(block.text, language)
    total = duration_of(prose.text, language)
    lines.append(f"{_MARGIN}{total.seconds} s ({total.quickest}\N{EN DASH}{total.slowest} s)")
    return "\n".join(lines) + "\n"
