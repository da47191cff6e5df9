"""A pitch as PDF beside bare WeasyPrint on the same HTML, cold and warm."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from benchmarks.timing import Pair, command, compare
from pitchgen.render.fonts import FACES, file_css
from pitchgen.render.html import paper_html, paper_styles
from pitchgen.render.press import Press
from pitchgen.studio.studio import Studio
from pitchgen.workspace.read import read_workspace

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 21)
ALLOWED_TO_COMPOSE = 0.006
OPTIONS = {"pdf_variant": "pdf/a-3a", "pdf_tags": True}
BARE_SCRIPT = """
import sys
from pathlib import Path
from weasyprint import HTML
html = Path(sys.argv[1]).read_text(encoding="utf-8")
HTML(string=html).write_pdf(sys.argv[2], pdf_variant="pdf/a-3a", pdf_tags=True)
"""


def cold(folder: Path) -> Pair:
    """The whole command, against a script that imports WeasyPrint and writes the same page."""
    html, css = _same_page()
    page = folder / "page.html"
    page.write_text(html.replace("<style>", f"<style>{css}", 1), encoding="utf-8")
    ours = [sys.executable, "-m", "pitchgen", "pitch", "aino-virtasalmi", "--date", TODAY.isoformat()]
    ours += ["--workspace", str(ROOT), "-o", str(folder / "ours.pdf")]
    return compare(
        command(ours),
        command([sys.executable, "-c", BARE_SCRIPT, str(page), str(folder / "bare.pdf")]),
    )


def warm(_folder: Path) -> Pair:
    """Composing, filling in and printing one pitch more, against printing its HTML alone."""
    workspace, _ = read_workspace(ROOT)
    assert workspace
    press = Press()
    studio = Studio(workspace, TODAY, press)

    def ours() -> None:
        studio.render(studio.compose("pitch", workspace.hires[0], "fi"), "pdf")

    try:
        return compare(ours, printing_alone(), rounds=60)
    finally:
        press.close()


def printing_alone() -> Callable[[], None]:
    """WeasyPrint alone printing a pitch once more, its fonts and styles loaded."""
    html, css = _same_page()
    fonts = FontConfiguration()
    sheet = CSS(string=css, font_config=fonts)

    def bare() -> None:
        document = HTML(string=html).render(font_config=fonts, stylesheets=[sheet], **OPTIONS)
        document.write_pdf(**OPTIONS)

    return bare


def composing(_folder: Path) -> Pair:
    """One page more as HTML, everything loaded, against what it may take of the processor."""
    workspace, _ = read_workspace(ROOT)
    assert workspace
    studio = Studio(workspace, TODAY)

    def compose() -> float:
        start = process_time()
        studio.render(studio.compose("pitch", workspace.hires[0], "fi"), "html")
        return process_time() - start

    compose()
    took = median(compose() for _ in range(60))
    return Pair(took, ALLOWED_TO_COMPOSE, took / ALLOWED_TO_COMPOSE)


def _same_page() -> tuple[str, str]:
    """The page pitchgen prints for the first starter hire, and the fonts and styles it uses."""
    workspace, _ = read_workspace(ROOT)
    assert workspace
    studio = Studio(workspace, TODAY)
    page = studio.compose("pitch", workspace.hires[0], "fi").page
    html = paper_html(page, studio.look, studio.templates)
    return html, file_css(FACES) + paper_styles(page, studio.look, studio.templates)
