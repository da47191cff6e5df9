"""A newcomer's own texts in a document of another language than theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pitchgen.language.facts import Language
    from pitchgen.load.place import Place
    from pitchgen.model.text import Text
    from pitchgen.problems import Problem
    from pitchgen.workspace import Hire, Workspace


def in_another_language(
    workspace: Workspace, hire: Hire, language: Language, shown: Iterable[str]
) -> Iterator[Problem]:
    """Warnings about the texts of a hire's file that a document in `language` shows in another.

    `shown` are the fields that the document shows. Of documents in the newcomer's own language `check` has
    spoken.
    """
    if workspace.language_of(hire) in language.chain:
        return
    for at, text in _texts(hire, shown):
        if set(text.languages).isdisjoint(language.chain):
            yield at.warning(
                "missing-translation",
                f"a text in hire '{hire.model.id}' is not in '{language.code}', the language of the document",
                f"give it a line `{language.code}:`, or leave it out",
            )


def _texts(hire: Hire, shown: Iterable[str]) -> Iterator[tuple[Place, Text]]:
    for key in shown:
        value, at = getattr(hire.model, key), hire.at / key
        if isinstance(value, list):
            yield from ((at / n, getattr(one, "text", one)) for n, one in enumerate(value))
        elif value:
            yield at, value
