"""HTML to PDF with WeasyPrint: tagged, PDF/UA-1 and PDF/A-3a. Only this and `fetch` import it.

Its import takes longer than everything else pitchgen does, so only the process behind `Press` has it.
"""

from __future__ import annotations

import logging
import re
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint import CSS, HTML
from weasyprint.html import UA
from weasyprint.pdf import tags
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration

from pitchgen.render.fetch import Fetcher, Refused, without_attachments
from pitchgen.render.fonts import FACES, FALLBACKS, file_css, needs_fallback
from pitchgen.render.hyphens import add_patterns
from pitchgen.render.links import LOCAL_LINK, works_elsewhere
from pitchgen.render.tokens import declares_tokens, filled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from weasyprint.document import Document

_LOGGER = logging.getLogger("weasyprint")
_OPTIONS = {"pdf_variant": "pdf/a-3a", "pdf_tags": True}
_MISSING_GLYPH = ".notdef glyph rendered"
# Of these WeasyPrint says what it could not load, but for a colour profile.
_NOT_LOADED, _NO_PROFILE = ("Failed to load ", "Failed to render "), "Invalid profile file"
# A style that makes an element a note, or one that comes from elsewhere; most documents have none.
_NOTE = re.compile(r":\s*(?:footnote|note)\b|@import|<link")
_DAMAGED = "it is damaged, or of a kind that cannot be shown"
# It takes longer, and no reader can notice.
_FONT_TOOLS = "Using fontTools instead of HarfBuzz-Subset"

# PDF/A lets a file carry another standard's claim only with a description of that claim's schema.
_UA_CLAIM = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of PDF/UA that the file follows</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


class _BothClaims(DocumentMetadata):
    """WeasyPrint writes one claim, PDF/A-3a by the variant asked for; PDF/UA-1 is added here."""

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        rdf: bytes = super().generate_rdf_metadata(variant, version, conformance)
        return rdf.removesuffix(b"</rdf:RDF>") + _UA_CLAIM


class _WithoutNotes(HTML):
    """A page without notes, so that WeasyPrint does not work out for every element how five kinds look."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return super()._ua_stylesheets(forms) if forms else [_usual_styles()]


@cache
def _usual_styles() -> CSS:
    rules = (line for line in UA.splitlines() if not line.startswith(("::footnote-", "::note-")))
    return CSS(string="\n".join(rules))


@dataclass(slots=True)
class Complaints:
    """What WeasyPrint complains about.

    `unshown` are the characters that no font has; `unloaded` the addresses that could not be loaded, each
    with the reason; `others` what else it says, in its words.
    """

    unshown: list[str] = field(default_factory=list)
    unloaded: list[tuple[str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def __add__(self, more: Complaints) -> Complaints:
        """These and more."""
        return Complaints(
            self.unshown + more.unshown, self.unloaded + more.unloaded, self.others + more.others
        )


class PdfRenderer:
    """Renders many documents with the same styles; fonts and styles are read once.

    A fresh font configuration per document would cost time and leak memory, so there is one, and
    others for documents that need the fonts of other scripts or declare tokens themselves, made when
    the first of them comes.
    """

    def __init__(self, styles: str, root: Path, files: tuple[Path, ...] = ()) -> None:
        add_patterns()
        _tag_languages()
        self._styles = styles
        self._base = root.resolve().as_uri() + "/"
        self._fetcher = Fetcher(root, files)
        self._loaded = cache(self._load)

    def _load(self, all_scripts: bool, own_tokens: bool) -> tuple[FontConfiguration, CSS, Complaints]:
        configuration = FontConfiguration()
        with _complaints(self._fetcher) as complaints:
            css = CSS(
                string=file_css(FACES + FALLBACKS if all_scripts else FACES)
                + (self._styles if own_tokens else filled(self._styles)),
                font_config=configuration,
                url_fetcher=self._fetcher,
                base_url=self._base,
            )
        return configuration, css, complaints

    def render(self, html: str) -> tuple[bytes, int, Complaints]:
        """The PDF, its number of pages, and what WeasyPrint complained about, of the styles each time."""
        fonts, css, of_styles = self._loaded(needs_fallback(html), declares_tokens(html))
        with _complaints(self._fetcher) as complaints:
            page = HTML if _NOTE.search(self._styles + html) else _WithoutNotes
            source = page(string=html, base_url=self._base, url_fetcher=self._fetcher)
            document = without_attachments(source).render(font_config=fonts, stylesheets=[css], **_OPTIONS)
            _judge_links(document)
            document.metadata = _BothClaims(**vars(document.metadata))
            content: bytes = document.write_pdf(finisher=_finish, **_OPTIONS)
        return content, len(document.pages), of_styles + complaints


@cache
def _tag_languages() -> None:
    """Let tags say the `lang` of their elements: WeasyPrint says only that of the document (WCAG 3.1.2)."""
    build = tags._build_box_tree

    def build_with_language(box: Any, *others: Any) -> Iterator[Any]:
        box = getattr(box, "_box", box)
        language = None if box.element is None else box.element.get("lang")
        for element in build(box, *others):
            if language and box.element_tag != "html":
                element["Lang"] = pydyf.String(language)
            yield element

    tags._build_box_tree = build_with_language


def _judge_links(document: Document) -> None:
    """Complain of links that WeasyPrint made into paths of this machine, which nobody else shall read."""
    links = (link for page in document.pages for link in page.links)
    if any(kind != "internal" and not works_elsewhere(target) for kind, target, *_ in links):
        _LOGGER.error(LOCAL_LINK)


def _finish(_document: object, pdf: Any) -> None:
    """Let no picture be smoothed, which PDF/A forbids but WeasyPrint asks for, and every object be ready."""
    for number, item in enumerate(pdf.objects):
        if "Interpolate" in getattr(item, "extra", ()):
            item.extra["Interpolate"] = "false"
        if isinstance(item, pydyf.Stream):
            _compress(item)
        elif item.free == "n":
            pdf.objects[number] = _Ready(item)


def _compress(stream: Any) -> None:
    """Compress a stream once: pydyf would do so each time that it asks for its bytes, and at its slowest."""
    if stream.compress:
        stream.compress = False
        content = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
        stream.stream, stream.extra["Filter"] = [zlib.compress(content)], "/FlateDecode"


class _Ready(pydyf.Object):
    """An object whose bytes are worked out once; pydyf asks for them again for the file's identifier."""

    def __init__(self, item: Any) -> None:
        super().__init__()
        self.number, self.generation = item.number, item.generation
        self._data = item.data

    @property
    def data(self) -> bytes:
        content: bytes = self._data
        return content


class _Collector(logging.Handler):
    """Sorts what WeasyPrint logs while it asks the `fetcher` for what it needs."""

    def __init__(self, fetcher: Fetcher) -> None:
        super().__init__(logging.WARNING)
        self.complaints = Complaints()
        self._fetcher = fetcher

    def emit(self, record: logging.LogRecord) -> None:
        said, values = str(record.msg), record.args
        assert isinstance(values, tuple)
        if said.startswith(_MISSING_GLYPH):
            self.complaints.unshown.append(chr(int(str(values[1]))))
        elif said.startswith(_NOT_LOADED):
            self._not_loaded(*values)
        elif said.startswith(_NO_PROFILE):
            self._not_loaded(*self._fetcher.last)
        elif not said.startswith(_FONT_TOOLS):
            self.complaints.others.append(record.getMessage())

    def _not_loaded(self, address: object, error: object = None) -> None:
        why = error.why if isinstance(error, Refused) else _DAMAGED
        self.complaints.unloaded.append((str(address), why))


@contextmanager
def _complaints(fetcher: Fetcher) -> Iterator[Complaints]:
    """Collects what WeasyPrint logs meanwhile."""
    collector = _Collector(fetcher)
    _LOGGER.addHandler(collector)
    try:
        yield collector.complaints
    finally:
        _LOGGER.removeHandler(collector)
