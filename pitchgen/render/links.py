"""Where links of a document may lead: to an address that works for its reader, or within the document."""

from __future__ import annotations

from urllib.parse import urlsplit

SCHEMES = frozenset({"https", "http", "mailto", "tel"})
LINK = "link"
LOCAL_LINK = "a link leads to a file or folder, which whoever reads the document does not have"
LINK_HINT = "write the whole address, such as https://example.com/guide, or one with mailto: or tel:"


def works_elsewhere(address: str) -> bool:
    """Whether a link leads its reader, on whichever machine, to where it leads its writer."""
    if address.startswith("#"):
        return True
    try:
        return urlsplit(address).scheme in SCHEMES
    except ValueError:
        return False
