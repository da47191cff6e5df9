"""An e-mail address that a message can be sent to, and nothing else."""

from __future__ import annotations

import re
from typing import Annotated

from pitchgen import late
from pitchgen.model.text import ReadBy, invalid, read_line
from pitchgen.model.typed import matching
from pitchgen.plain import shortened
from pitchgen.problems import quoting

# RFC 5321, 4.5.3.1.3, less the angle brackets around it.
MAX_ADDRESS = 254

# Before the @ a dot-atom (RFC 5322, 3.2.3), after it the labels of a domain (RFC 1035, 2.3.1).
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)+{_LABEL}")


def read_email(value: object) -> str:
    """One address that every mail program can send to; of a domain with other letters its ASCII form."""
    typed = read_line(value, MAX_ADDRESS)
    local, _, domain = typed.rpartition("@")
    if "@" in typed and not local.isascii():
        raise invalid(
            quoting("'{}' has letters before the @ that many mail programs cannot send to", shortened(typed)),
            hint="write it as aino.aijala@example.com, without ä, ö or å",
        )
    try:
        address = f"{local}@{_in_ascii(domain)}"
    except UnicodeError:
        address = ""
    # Judged in its ASCII form, because that turns look-alikes into the signs they look like.
    if not _ADDRESS.fullmatch(address):
        raise invalid(
            quoting("'{}' is not an e-mail address", shortened(typed)),
            hint="write one address, like aino.virtanen@example.com, without the name and without < >",
        )
    return address


def _in_ascii(domain: str) -> str:
    """A domain as the registries know it (IDNA 2008, UTS 46 nontransitional). Raises `UnicodeError`."""
    if domain.isascii():
        return domain
    # Python's own codec is of 2003, when ß was taken for ss: straße.de is not strasse.de.
    return str(late.idna.encode(domain, uts46=True).decode("ascii"))


# The letters of all scripts are too many to name, so this lets through all that is not ASCII in a domain.
_ANY_LABEL = r"[^\s\x00-,./:-@\[-`{-\x7f]+"
_TYPED = rf"{_LOCAL}@(?:{_ANY_LABEL}\.)+{_ANY_LABEL}"
_SCHEMA = {
    **matching(_TYPED, "must be one e-mail address, like aino.virtanen@example.com"),
    "maxLength": MAX_ADDRESS,
}
Email = Annotated[str, ReadBy(read_email, _SCHEMA)]
