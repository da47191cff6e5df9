"""An SVG picture, judged: it must be whole and end, and neither act nor take in anything from elsewhere."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from math import inf
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes
from xml.etree import ElementTree

from pitchgen.load.faults import Unreadable, unreadable
from pitchgen.load.raster import judge_raster, raster_type
from pitchgen.plain import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

MAX_SHAPES = 10_000
MAX_LEVELS = 200

_SVG = "{http://www.w3.org/2000/svg}"
_HTML = "{http://www.w3.org/1999/xhtml}"
_ACTING = ("script", "foreignObject")
_EVENT = re.compile("on[a-z]+")
_ADDRESS = re.compile(r"(?:url\(\s*['\"]?|@import\s*['\"])([^'\")]*)", re.IGNORECASE)
_LENGTH = re.compile(r"(\d+\.?\d*|\.\d+)([a-z]*)")
_ANEW = "export it anew from the drawing program, as plain SVG"


def judge_svg(text: str) -> bool:
    """Refuse a picture that documents cannot show; else say whether it has letters. Raises `Unreadable`."""
    if "<!DOCTYPE" in text:
        hint = "delete what stands from <!DOCTYPE to its > in a text editor, or export it as plain SVG"
        raise unreadable("unsafe-file", "has a DOCTYPE, which can make a picture grow without end", hint)
    root = _parse(text)
    elements = list(root.iter())
    # At once: looking closely at a great many takes seconds.
    _expect_few(len(elements))
    addresses = {element: list(_addresses(element)) for element in elements}
    for element in elements:
        _expect_still(element)
        for address in addresses[element]:
            _expect_inside(address)
        _judge_embedded(element)
    _expect_end(root, addresses)
    return any(element.tag == f"{_SVG}text" for element in elements)


def svg_size(text: str) -> tuple[float, float]:
    """The width and the height of a picture that was judged."""
    root = _parse(text)
    if _has_box(root):
        _, _, width, height = map(float, re.split(r"[\s,]+", root.get("viewBox", "").strip()))
        return width, height
    sides = [_LENGTH.fullmatch(root.get(side, "").strip()) for side in ("width", "height")]
    width, height = (float(side[1]) for side in sides if side)
    return width, height


def _parse(text: str) -> Element:
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without a DOCTYPE it cannot grow
    except ElementTree.ParseError as error:
        line, column = error.position
        said = str(error).partition(":")[0]
        message = f"is damaged: it cannot be read at its line {line:,}, column {column + 1:,} ({said})"
        raise unreadable("damaged-file", message, _ANEW) from None
    if root.tag != f"{_SVG}svg":
        hint = f'it must begin with <svg xmlns="{_SVG[1:-1]}">; {_ANEW}'
        raise unreadable("wrong-file", "is not an SVG picture", hint)
    if not (_has_box(root) or (_has_length(root, "width") and _has_length(root, "height"))):
        hint = f"give its <svg> a viewBox, or {_ANEW}"
        raise unreadable("wrong-file", "does not say how large it is", hint)
    return root


def _has_box(root: Element) -> bool:
    try:
        _, _, width, height = map(float, re.split(r"[\s,]+", root.get("viewBox", "").strip()))
    except ValueError:
        return False
    return 0 < width < inf and 0 < height < inf


def _has_length(root: Element, side: str) -> bool:
    match = _LENGTH.fullmatch(root.get(side, "").strip())
    return match is not None and float(match[1]) > 0


def _expect_few(shapes: int) -> None:
    if shapes > MAX_SHAPES:
        message = f"is drawn from more than {MAX_SHAPES:,} shapes"
        raise unreadable("too-large", message, "simplify the drawing, or save it as PNG")


def _expect_still(element: Element) -> None:
    name = _local(element.tag)
    event = next((a for a in element.attrib if _EVENT.fullmatch(a)), "")
    if event or name in _ACTING or element.tag.startswith(_HTML):
        message = f"is more than a picture: it has '{event or name}', which can run a program"
        raise unreadable("unsafe-file", message, _ANEW)


def _expect_inside(address: str) -> None:
    if address and not address.startswith("#") and not address.lower().startswith("data:"):
        message = f"takes in something from elsewhere: '{shortened(address)}'"
        raise unreadable("unsafe-file", message, f"remove its links and embed its pictures, or {_ANEW}")


def _judge_embedded(element: Element) -> None:
    """Refuse an unfit picture inside the picture."""
    for address in _links(element):
        if address.startswith("#") or not address:
            continue
        content = _data(address)
        if not raster_type(content):
            message = "holds another file that is not a PNG or JPEG picture"
            raise unreadable("unsafe-file", message, f"remove it in the drawing program, or {_ANEW}")
        try:
            judge_raster(content)
        except Unreadable as error:
            inner = [replace(each, message=f"holds a picture that {each.message}") for each in error.faults]
            raise Unreadable(*inner) from None


def _data(address: str) -> bytes:
    head, _, body = address.partition(",")
    content = unquote_to_bytes(body)
    try:
        return b64decode(content) if head.lower().endswith(";base64") else content
    except ValueError:
        return b""


def _addresses(element: Element) -> Iterator[str]:
    """Everything that an element refers to."""
    yield from _links(element)
    styles = [*element.attrib.values()]
    if _local(element.tag) == "style":
        styles += element.itertext()
    for style in styles:
        yield from (address.strip() for address in _ADDRESS.findall(style))


def _links(element: Element) -> Iterator[str]:
    return (value.strip() for name, value in element.attrib.items() if _local(name) in ("href", "src"))


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _expect_end(root: Element, addresses: Mapping[Element, Sequence[str]]) -> None:
    """Refuse a picture that grows beyond measure when each part is drawn wherever it is referred to."""
    parts = _parts(addresses)
    shapes: dict[Element, int] = {}
    levels: dict[Element, int] = {}
    try:
        for element in TopologicalSorter(parts).static_order():
            shapes[element] = min(MAX_SHAPES, sum(shapes[part] for part in parts[element])) + 1
            levels[element] = max((levels[part] for part in parts[element]), default=0) + 1
    except CycleError as error:
        id = next(filter(None, (element.get("id") for element in error.args[1])), "")
        message = f"never ends: its part '{shortened(id)}' is drawn from itself"
        raise unreadable("never-ends", message, _ANEW) from None
    _expect_few(shapes[root])
    if levels[root] > MAX_LEVELS:
        message = f"has parts within parts, more than {MAX_LEVELS} levels deep"
        raise unreadable("too-large", message, _ANEW)


def _parts(addresses: Mapping[Element, Sequence[str]]) -> dict[Element, list[Element]]:
    """What each element is drawn from: the elements in it, and those it refers to."""
    named: dict[str | None, Element] = {}
    for element in addresses:
        named.setdefault(element.get("id"), element)
    parts = {}
    for element, found in addresses.items():
        referred = (named.get(unquote(address[1:])) for address in found if address.startswith("#"))
        parts[element] = [*element, *(other for other in referred if other is not None)]
    return parts
