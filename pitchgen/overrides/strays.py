"""Strays: files in templates/ that reach no document, though somebody may think that they do."""

from __future__ import annotations

from difflib import get_close_matches
from posixpath import basename, normpath
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.documents.catalogue import KINDS
from pitchgen.language.folders import LANGUAGES
from pitchgen.model.text import LANGUAGE_CODE
from pitchgen.overlay import FOLDER
from pitchgen.problems import Problem, Severity
from pitchgen.render.mail import LAYOUT as MESSAGE
from pitchgen.render.spots import asked_spots
from pitchgen.studio.document import templates_of
from pitchgen.workspace.languages import former_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pitchgen.render.templates import Templates
    from pitchgen.workspace import Workspace

CODE = "unused-template"
# How alike two names are of which one was meant for the other; and of so many it is looked for, since no more
# are shown.
_ALIKE, _COMPARED = 0.75, 200
_WORDS = frozenset(word for kind in KINDS.values() for word in kind.words)
_LAYOUTS, _LOADING = (".html", ".md"), (".html", ".css")


def strays(workspace: Workspace, templates: Templates, names: Sequence[str]) -> Iterator[Problem]:
    """What is to be said of those of the workspace's own files that nothing uses."""
    known = _known(workspace)
    used = _taken_in(workspace, templates, names) | _loaded(workspace, templates, names)
    told = {problem.path for problems in former_files(templates.overlay).values() for problem in problems}
    unused = [name for name in names if name not in used and f"{FOLDER}/{name}" not in told]
    yield from (_idle(name) for name in unused if name in known and _is_of_documents(name))
    unknown = (name for name in unused if name not in known and _is_in_a_language(name))
    for number, name in enumerate(unknown):
        meant = _meant(name, known, workspace) if number < _COMPARED else ""
        yield _unused(name, meant)


def _known(workspace: Workspace) -> frozenset[str]:
    """All names that pitchgen looks for: those of shipped files, in the folders of all languages."""
    english = f"{LANGUAGES}/{shipped.REFERENCE}/"
    of_a_language = [name.removeprefix(english) for name in shipped.templates() if name.startswith(english)]
    codes = workspace.languages.folders.codes
    return shipped.templates() | {f"{LANGUAGES}/{code}/{name}" for code in codes for name in of_a_language}


def documents_templates(workspace: Workspace) -> frozenset[str]:
    """The names of all that this workspace's documents, and messages with them, are made from."""
    languages = {workspace.company.language, *workspace.company.languages}
    languages |= {workspace.language_of(hire) for hire in workspace.hires}
    found = (templates_of(kind, workspace, code) for kind in KINDS.values() for code in languages)
    return frozenset({MESSAGE, *(name for names in found for name in names)})


def _taken_in(workspace: Workspace, templates: Templates, names: Iterable[str]) -> frozenset[str]:
    """The templates that those of documents take in; all of them, if that cannot be told."""
    taken_in = templates.closure(documents_templates(workspace))
    return frozenset(name for name in names if name.endswith(_LAYOUTS)) if taken_in is None else taken_in


def _loaded(workspace: Workspace, templates: Templates, names: Iterable[str]) -> frozenset[str]:
    """The files that layouts, style sheets and the brand load."""
    sources = templates.sources(name for name in names if name.endswith(_LOADING))
    brand = workspace.company.brand
    asked = [address for address, _ in asked_spots(sources)] + [brand.logo or "", brand.font or ""]
    asked += workspace.pictures
    return frozenset(inside_templates(address) for address in asked)


def inside_templates(address: str) -> str:
    """The name among the templates of what an address asks for; empty when it is none of them."""
    path = normpath(address)
    return path.removeprefix(f"{FOLDER}/") if path.startswith(f"{FOLDER}/") else ""


def _is_of_documents(name: str) -> bool:
    """Whether documents of some workspace are made from a file, and not only lists read or files begun."""
    return not name.startswith(f"{LANGUAGES}/") or basename(name) in _WORDS


def _idle(name: str) -> Problem:
    """That the workspace has no document which a file is for."""
    path = f"{FOLDER}/{name}"
    if not name.startswith(f"{LANGUAGES}/"):
        message = "no document of this workspace uses it, as its paper is another"
        return Problem(CODE, message, path, hint="see `paper` in company.yaml", severity=Severity.WARNING)
    code = name.split("/")[1]
    hint = f"add '{code}' to `languages` in company.yaml, or leave the file until then"
    return Problem(CODE, f"no document is in '{code}'", path, hint=hint, severity=Severity.NOTE)


def _is_in_a_language(name: str) -> bool:
    """Whether a file is in no folder of languages, or in one that a language has a name for."""
    top, _, rest = name.partition("/")
    return top != LANGUAGES or bool(LANGUAGE_CODE.fullmatch(rest.partition("/")[0]))


def _meant(name: str, known: frozenset[str], workspace: Workspace) -> str:
    """The name that a file should perhaps have; empty when it is like none of the known."""
    folded = {each.casefold(): each for each in sorted(known)}
    if name.casefold() in folded:
        return folded[name.casefold()]
    for folder in ("", f"{LANGUAGES}/{workspace.company.language}/"):
        if (moved := (folder + basename(name)).casefold()) in folded:
            return folded[moved]
    return next(iter(get_close_matches(name, known, n=1, cutoff=_ALIKE)), "")


def _unused(name: str, meant: str) -> Problem:
    path, severity = f"{FOLDER}/{name}", Severity.WARNING if meant else Severity.NOTE
    if not meant:
        hint = f"take it out of {FOLDER}/; `pitchgen templates list` names what documents are made from"
        return Problem(CODE, "no document uses it", path, hint=hint, severity=severity)
    message = f"no document uses it: '{meant}' is what pitchgen looks for"
    if name.casefold() == meant.casefold():
        message += ", in these capitals"
    return Problem(CODE, message, path, hint=f"rename it to {FOLDER}/{meant}", severity=severity)
