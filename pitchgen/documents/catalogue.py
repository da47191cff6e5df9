"""Catalogue: the kinds of documents, found by listing this folder; and of which of them bundles are made."""

from __future__ import annotations

from importlib import import_module
from operator import attrgetter
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from pitchgen import documents

if TYPE_CHECKING:
    from pitchgen.documents.kind import DocumentKind


def _found() -> list[DocumentKind]:
    names = (f"{documents.__name__}.{each.name}" for each in iter_modules(documents.__path__))
    kinds = (getattr(import_module(name), "KIND", None) for name in names)
    return sorted(filter(None, kinds), key=attrgetter("place"))


KINDS: dict[str, DocumentKind] = {kind.name: kind for kind in _found()}
"""Every kind of document by its name, in the order in which they are read."""

# Those of people and roles; one of the whole company is made when it is asked for.
DOCUMENTS = {name: kind for name, kind in KINDS.items() if kind.of != "company"}
# Their own and their role's; whom they will meet is in the playbook among these.
FOR_NEWCOMER = tuple(
    kind for kind in DOCUMENTS.values() if kind.reader == "newcomer" and kind.of != "persona"
)
# Formats of all that one newcomer gets: a message to send, and a folder in one file.
BUNDLE, BUNDLES = "welcome", ("eml", "zip")
FORMATS = tuple(dict.fromkeys(format for kind in DOCUMENTS.values() for format in kind.formats))
