"""Whether everybody reaches everything on an open page: on narrow screens, and without a mouse."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

WIDTHS = (320, 360, 768, 1280)

_SIDEWAYS = """() => {
  const faults = [];
  const say = (what, element) => faults.push(
    `${element.cloneNode(false).outerHTML.slice(0, 80)} ${what}: ${element.textContent.trim().slice(0, 40)}`);
  const wide = element => element.scrollWidth > element.clientWidth + 1;
  const overflow = element => getComputedStyle(element).overflowX;
  const scrolls = element => /auto|scroll/.test(overflow(element)) && wide(element);
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} wide`);
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (box.width <= 1) continue;
    if (scrolls(element) && !element.hasAttribute('tabindex')) say('scrolls, but not by keyboard', element);
    if (/hidden|clip/.test(overflow(element)) && wide(element)) say('is cut off', element);
    let around = element.parentElement;
    while (around && !scrolls(around)) around = around.parentElement;
    if (!around && (box.right > innerWidth + 0.5 || box.left < -0.5)) say('stands outside', element);
  }
  return faults;
}"""

# Numbers all that a keyboard should reach, in the page's order.
_NUMBER = """() => {
  const kinds = 'a[href], area[href], button, input, select, textarea, summary, audio, video, iframe, ' +
    '[contenteditable], [tabindex]:not([tabindex^="-"])';
  const found = [...document.querySelectorAll(kinds)].filter(element => element.checkVisibility());
  window.reachable = found;
  return found.map(element => element.outerHTML.slice(0, 80));
}"""
# Which of them has the focus, and whether that shows.
_FOCUS = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 &&
    !/rgba\\(.*, 0\\)/.test(style.outlineColor);
  return [window.reachable.indexOf(element), outlined || style.boxShadow !== 'none'];
}"""


def sideways_faults(page: Page) -> list[str]:
    """What makes readers scroll sideways at some width, or is cut off there.

    A table may scroll inside a box of its own, if a keyboard can scroll it too.
    """
    return [f"{width} px: {fault}" for width in WIDTHS for fault in _sideways_at(page, width)]


def _sideways_at(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 800})
    return [str(fault) for fault in page.evaluate(_SIDEWAYS)]


def keyboard_faults(page: Page) -> list[str]:
    """Links and the like that the Tab key does not reach in the page's order, or that do not show it."""
    names: list[str] = page.evaluate(_NUMBER)
    stops = list(_tab_stops(page, len(names)))
    order = [place for place, _ in stops]
    unreached = [f"not reached by Tab: {name}" for place, name in enumerate(names) if place not in order]
    disorder = [] if unreached or order == sorted(order) else [f"reached in another order: {order}"]
    return unreached + disorder + [f"focus is not seen: {names[place]}" for place, seen in stops if not seen]


def _tab_stops(page: Page, most: int) -> Iterator[tuple[int, bool]]:
    """Where each press of Tab leads, until it leaves the page: a place in the order, and whether it shows."""
    for _ in range(most):
        page.keyboard.press("Tab")
        place, seen = page.evaluate(_FOCUS)
        if place < 0:
            return
        yield place, seen
