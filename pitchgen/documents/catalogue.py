"""Catalogue: the documents there are, and the formats each is made in."""

from __future__ import annotations

OF_HIRE = {"pitch": ("pdf", "html", "md", "txt"), "manager-sheet": ("pdf", "html", "md")}
OF_ROLE = {"playbook": ("pdf", "html"), "role-card": ("pdf", "html")}
DOCUMENTS = {**OF_HIRE, **OF_ROLE}
# What the newcomer reads, in the order in which it is read; the others are for colleagues.
FOR_NEWCOMER = ("pitch", "role-card", "playbook")
# Formats of all that one newcomer gets: a message to send, and a folder in one file.
BUNDLE, BUNDLES = "welcome", ("eml", "zip")
FORMATS = DOCUMENTS["pitch"]
PAGE_FORMATS = ("pdf", "html")
