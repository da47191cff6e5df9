"""The message that brings a newcomer their documents, as a draft that mail programs open to be sent.

What makes a file a draft is `X-Unsent: 1`: Outlook has known it since Outlook Express, and Thunderbird does
too. Who sends it, when and under which id is left to the program that does, so that the same words and files
give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from functools import partial
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from pathlib import PurePath
from textwrap import indent
from typing import TYPE_CHECKING

from pitchgen import late
from pitchgen.model import color
from pitchgen.plain import printable
from pitchgen.render.bundle import CALENDAR, PDF
from pitchgen.render.html import clean_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pitchgen.model.company import Brand
    from pitchgen.render.markdown import Block, Prose
    from pitchgen.render.templates import Templates

LAYOUT = "mail.html"

_QUOTE = "    "
# The parts that files are attached as, by the ending of their names.
_TYPES: Mapping[str, Callable[[], MIMEBase]] = {
    PDF: partial(MIMEBase, "application", "pdf"),
    CALENDAR: partial(MIMEBase, "text", "calendar", charset="utf-8"),
}
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says: a prose, and under it what is `practical`, as lines.

    `words` are the fixed words of its language.
    """

    prose: Prose
    practical: Prose
    language: str
    company: str
    words: Mapping[str, str]

    @property
    def subject(self) -> str:
        """What stands in the list of messages."""
        return f"{self.words['mail_subject']} \N{EN DASH} {self.company}"

    @property
    def text(self) -> str:
        """It as plain text, a paragraph to a line, because mail programs wrap lines themselves."""
        blocks = self.prose.blocks + self.practical.blocks
        return "\n\n".join(_paragraphs(blocks)) + "\n"

    def html(self, brand: Brand, templates: Templates) -> str:
        """It as HTML with its style in each element, for many mail programs drop style sheets.

        Raises `InvalidInput` when the layout cannot be filled in.
        """
        values = {
            "language": self.language,
            "subject": self.subject,
            "heading": self.prose.heading,
            "body": clean_html(self.prose.body),
            "practical": clean_html(self.practical.body),
            "w": self.words,
            "paint": {
                "brand": color.visible(brand.color or color.DEFAULT_BRAND),
                "accent": color.visible(brand.accent or color.DEFAULT_ACCENT),
            },
        }
        return late.css_inline.inline(templates.html(LAYOUT, values), load_remote_stylesheets=False)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[str]:
    for kind, alike in groupby(blocks, attrgetter("kind")):
        texts = (block.text for block in alike)
        if kind == "item":
            yield "\n".join(f"- {text}" for text in texts)
        elif kind == "step":
            yield "\n".join(texts)
        elif kind == "quote":
            # Not behind >, which mail programs show as what somebody else wrote.
            yield from (indent(text, _QUOTE) for text in texts)
        else:
            yield from texts


def draft(html: str, letter: Letter, name: str, email: str | None, attachments: Mapping[str, bytes]) -> bytes:
    """A message with this letter to `name`, who may have no address yet, as an .eml file.

    The attachments are called as `bundle.file_names` says.
    """
    digest = sha256(b"\0".join((letter.text.encode(), html.encode(), *attachments.values()))).hexdigest()
    # No encoded part can hold `=_` (RFC 2045, 6.7), so none can hold a boundary.
    texts = [_text(letter.text, "plain"), _text(html, "html")]
    body = MIMEMultipart("alternative", f"=_text_{digest[:32]}", texts)
    message = MIMEMultipart("mixed", f"=_all_{digest[:32]}", [body, *_attached(attachments)])
    message["X-Unsent"] = "1"
    if email:
        message["To"] = f"{_encoded('To', name)} <{email}>"
    message["Subject"] = _encoded("Subject", letter.subject)
    return message.as_bytes(policy=late.policy.compat32.clone(linesep="\r\n"))


def _encoded(header: str, text: str) -> str:
    """Any text in a header as encoded words (RFC 2047), in which nothing has a meaning.

    By hand, because `EmailMessage` of older Pythons folds a long quoted name into several addresses
    (python/cpython#80222).
    """
    return Header(printable(" ".join(text.split())), "utf-8", header_name=header).encode(linesep="")


def _text(text: str, subtype: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", subtype, charset="utf-8")
    part.set_payload(text, _UTF8)
    return part


def _attached(attachments: Mapping[str, bytes]) -> Iterator[MIMEBase]:
    for name, content in attachments.items():
        part = _TYPES[PurePath(name).suffix]()
        part.set_payload(content)
        encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=name)
        yield part
