"""Every kind of document, and small workspaces to make it from: what is judged and pictured as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from rich import RICH
from workspaces import REPOSITORY, SMALL, TODAY, linked, write_tree

from pitchgen.documents.catalogue import KINDS
from pitchgen.documents.kind import DocumentKind, Whose
from pitchgen.render.press import Press
from pitchgen.studio.document import Document
from pitchgen.studio.studio import Studio
from pitchgen.workspace import Workspace
from pitchgen.workspace.reach import Subject

LANGUAGES = ("fi", "en", "sv")
THE_DAY = date.fromisoformat(TODAY)


def subjects(kind: DocumentKind, workspace: Workspace) -> Sequence[Subject]:
    """Whom documents of a kind are about."""
    of: dict[Whose, Sequence[Subject]] = {
        "hire": workspace.hires,
        "role": workspace.roles,
        "persona": workspace.personas,
        "manager": workspace.managers,
        "company": (workspace,),
    }
    return of[kind.of]


def make(kind: DocumentKind, studio: Studio, language: str) -> list[Document]:
    """The documents of a kind, in a language."""
    return [studio.compose(kind.name, each, language) for each in subjects(kind, studio.workspace)]


# Names and titles that run from right to left, next to digits and signs that could change places with them.
RIGHT_TO_LEFT = {
    **SMALL,
    "hires/aino.yaml": "name: محمد علي (2)\nrole: asiantuntija\nmanager: david\n",
    "managers/david.yaml": "name: דוד כהן\n",
    "roles/asiantuntija.yaml": SMALL["roles/asiantuntija.yaml"].replace(
        "Palveluasiantuntija", "מנהל 2. שירות (Palvelu)"
    ),
}


# The least that makes every document; nobody comes to this manager.
BARE = {**SMALL, "managers/kaisa.yaml": "name: Kaisa Kari\n"}


def studio_of(files: Mapping[str, str], folder: Path, press: Press | None = None) -> Studio:
    """A studio with the workspace of these files, which are written to `folder`."""
    return Studio(linked(write_tree(folder, files)), THE_DAY, press)


def all_documents(studio: Studio, languages: Sequence[str] = LANGUAGES) -> dict[str, Document]:
    """Every document of a workspace, by what it is, whom it is about, and its language."""
    return {
        f"{name}-{Path(document.path).stem}-{language}": document
        for name, kind in KINDS.items()
        for language in languages
        for document in make(kind, studio, language)
    }


def write_pages(folder: Path) -> dict[str, dict[str, Path]]:
    """HTML files of every document, by its name: of the starter, rich, bare and written from right to left.

    For each language one newcomer or role, in turn.
    """
    pages: dict[str, dict[str, Path]] = {name: {} for name in KINDS}
    workspaces = {
        "starter": (Studio(linked(REPOSITORY), THE_DAY), LANGUAGES),
        "rich": (studio_of(RICH, folder / "rich"), ("fi", "en")),
        "bare": (studio_of(BARE, folder / "bare"), ("sv",)),
        "right-to-left": (studio_of(RIGHT_TO_LEFT, folder / "right-to-left"), ("fi",)),
    }
    for which, (studio, languages) in workspaces.items():
        for turn, language in enumerate(languages):
            for name, kind in KINDS.items():
                documents = make(kind, studio, language)
                # A bare workspace has nobody of some kinds.
                for document in documents[turn % max(len(documents), 1) :][:1]:
                    path = folder / f"{name}-{which}-{language}.html"
                    path.write_bytes(studio.render(document, "html").content)
                    pages[name][path.stem] = path
    return pages
