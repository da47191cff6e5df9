"""Where links of a document may lead: to an address that works for its reader, or within the document."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

SCHEMES = frozenset({"https", "http", "mailto", "tel"})
LINK = "link"
LOCAL_LINK = "a link leads nowhere for whoever gets the document"
LINK_HINT = "write the whole address, with https://, http://, mailto: or tel: before it"
ATTACHED, ATTACHED_HINT = "a file cannot be attached to a document", "send it beside the document"

# Taking a whole page apart costs more than filling it in; hardly any has a link that is in doubt.
_IN_DOUBT = re.compile(r"href\s*=\s*(?![\"']?(#|https?:|mailto:|tel:))", re.IGNORECASE)


def works_elsewhere(address: str) -> bool:
    """Whether a link leads its reader, on whichever machine, to where it leads its writer."""
    if address.startswith("#"):
        return True
    try:
        return urlsplit(address).scheme in SCHEMES
    except ValueError:
        return False


def is_attachment(rel: str | None) -> bool:
    """Whether a link with this `rel` would take the file that it leads to along."""
    return "attachment" in (rel or "").lower().split()


def wrong_links(html: str) -> list[tuple[str, str, str]]:
    """The address of each link of a page that cannot be, what is wrong with it, and what to do."""
    links = _Links()
    if _IN_DOUBT.search(html):
        links.feed(html)
        links.close()
    return links.wrong


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = (given.get("href") or "").strip()
        if "href" in given and is_attachment(given.get("rel")):
            self.wrong.append((address, ATTACHED, ATTACHED_HINT))
        elif "href" in given and tag in ("a", "area") and not works_elsewhere(address):
            self.wrong.append((address, LOCAL_LINK, LINK_HINT))
