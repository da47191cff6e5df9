"""Every kind of document, and small workspaces to make it from: what is judged and pictured as a whole.

A new document is one more line in `DOCUMENTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from rich import RICH
from workspaces import REPOSITORY, SMALL, TODAY, linked, write_tree

from pitchgen.documents.document import Document
from pitchgen.documents.studio import Studio
from pitchgen.render.press import Press
from pitchgen.workspace import Hire, Role

LANGUAGES = ("fi", "en", "sv")
THE_DAY = date.fromisoformat(TODAY)
Makes = Callable[[Studio, str], Sequence[Document]]


def per_hire(make: Callable[[Studio, Hire, str], Document]) -> Makes:
    """A document for each newcomer of a workspace, in a language."""
    return lambda studio, language: [make(studio, hire, language) for hire in studio.workspace.hires]


def per_role(make: Callable[[Studio, Role, str], Document]) -> Makes:
    """A document for each role of a workspace, in a language."""
    return lambda studio, language: [make(studio, role, language) for role in studio.workspace.roles]


DOCUMENTS: Mapping[str, Makes] = {
    "pitch": per_hire(Studio.pitch),
    "playbook": per_role(Studio.playbook),
    "manager-sheet": per_hire(Studio.manager_sheet),
    "role-card": per_role(Studio.role_card),
    "matrix": lambda studio, language: [studio.matrix(language)],
}

# Names and titles that run from right to left, next to digits and signs that could change places with them.
RIGHT_TO_LEFT = {
    **SMALL,
    "hires/aino.yaml": "name: محمد علي (2)\nrole: asiantuntija\nmanager: {name: דוד כהן}\n",
    "roles/asiantuntija.yaml": SMALL["roles/asiantuntija.yaml"].replace(
        "Palveluasiantuntija", "מנהל 2. שירות (Palvelu)"
    ),
}


def studio_of(files: Mapping[str, str], folder: Path, press: Press | None = None) -> Studio:
    """A studio with the workspace of these files, which are written to `folder`."""
    return Studio(linked(write_tree(folder, files)), THE_DAY, press)


def all_documents(studio: Studio, languages: Sequence[str] = LANGUAGES) -> dict[str, Document]:
    """Every document of a workspace, by what it is, whom it is about, and its language."""
    return {
        f"{name}-{Path(document.path).stem}-{language}": document
        for name, make in DOCUMENTS.items()
        for language in languages
        for document in make(studio, language)
    }


def write_pages(folder: Path) -> dict[str, dict[str, Path]]:
    """HTML files of every document, by its name: of the starter, rich, bare and written from right to left.

    For each language one newcomer or role, in turn.
    """
    pages: dict[str, dict[str, Path]] = {name: {} for name in DOCUMENTS}
    workspaces = {
        "starter": (Studio(linked(REPOSITORY), THE_DAY), LANGUAGES),
        "rich": (studio_of(RICH, folder / "rich"), ("fi", "en")),
        "bare": (studio_of(SMALL, folder / "bare"), ("sv",)),
        "right-to-left": (studio_of(RIGHT_TO_LEFT, folder / "right-to-left"), ("fi",)),
    }
    for kind, (studio, languages) in workspaces.items():
        for turn, language in enumerate(languages):
            for name, make in DOCUMENTS.items():
                documents = make(studio, language)
                path = folder / f"{name}-{kind}-{language}.html"
                path.write_bytes(studio.render(documents[turn % len(documents)], "html").content)
                pages[name][path.stem] = path
    return pages
