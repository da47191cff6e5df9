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
    model, at = hire.model, hire.at
    for key in shown:
        if key == "goals":
            yield from ((at / key / n / "text", goal.text) for n, goal in enumerate(model.goals))
        elif key == "needs":
            yield from ((at / key / n, need) for n, need in enumerate(model.needs))
        elif key == "pitch":
            yield from ((at / key / name, text) for name, text in model.pitch.said.items())
        elif text := getattr(model, key):
            yield at / key, text
