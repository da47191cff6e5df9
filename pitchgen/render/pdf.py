"""HTML to PDF with WeasyPrint: tagged, PDF/UA-1 and PDF/A-3a. The only module that imports it.

Its import takes longer than everything else pitchgen does, so only the process behind `Press` has it.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from weasyprint import CSS, HTML
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration

from pitchgen.render.fetch import Fetcher, without_attachments
from pitchgen.render.fonts import FACES, FALLBACKS, file_css, needs_fallback
from pitchgen.render.links import LOCAL_LINK, works_elsewhere
from pitchgen.render.tokens import declares_tokens, filled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from weasyprint.document import Document

_LOGGER = logging.getLogger("weasyprint")
_OPTIONS = {"pdf_variant": "pdf/a-3a", "pdf_tags": True}

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


class PdfRenderer:
    """Renders many documents with the same styles; fonts and styles are read once.

    A fresh font configuration per document would cost time and leak memory, so there is one, and
    others for documents that need the fonts of other scripts or declare tokens themselves, made when
    the first of them comes.
    """

    def __init__(self, styles: str, root: Path, files: tuple[Path, ...] = ()) -> None:
        self._styles = styles
        self._base = root.resolve().as_uri() + "/"
        self._fetcher = Fetcher(root, files)
        self._loaded = cache(self._load)

    def _load(self, all_scripts: bool, own_tokens: bool) -> tuple[FontConfiguration, CSS]:
        configuration = FontConfiguration()
        css = CSS(
            string=file_css(FACES + FALLBACKS if all_scripts else FACES)
            + (self._styles if own_tokens else filled(self._styles)),
            font_config=configuration,
            url_fetcher=self._fetcher,
            base_url=self._base,
        )
        return configuration, css

    def render(self, html: str) -> tuple[bytes, int, list[str]]:
        """The PDF, its number of pages, and what WeasyPrint complained about."""
        with _complaints() as complaints:
            fonts, css = self._loaded(needs_fallback(html), declares_tokens(html))
            source = HTML(string=html, base_url=self._base, url_fetcher=self._fetcher)
            document = without_attachments(source).render(font_config=fonts, stylesheets=[css], **_OPTIONS)
            _judge_links(document)
            document.metadata = _BothClaims(**vars(document.metadata))
            content: bytes = document.write_pdf(finisher=_show_pixels, **_OPTIONS)
        return content, len(document.pages), complaints


def _judge_links(document: Document) -> None:
    """Complain of links that WeasyPrint made into paths of this machine, which nobody else shall read."""
    links = (link for page in document.pages for link in page.links)
    if any(kind != "internal" and not works_elsewhere(target) for kind, target, *_ in links):
        _LOGGER.error(LOCAL_LINK)


def _show_pixels(_document: object, pdf: Any) -> None:
    """Let no picture be smoothed: PDF/A forbids it, but WeasyPrint asks for it."""
    for item in pdf.objects:
        if "Interpolate" in getattr(item, "extra", ()):
            item.extra["Interpolate"] = "false"


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collects what WeasyPrint logs meanwhile."""
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    collector = Collector(logging.WARNING)
    _LOGGER.addHandler(collector)
    try:
        yield said
    finally:
        _LOGGER.removeHandler(collector)
