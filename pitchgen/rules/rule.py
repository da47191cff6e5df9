"""What a rule is: a function that looks for one kind of weakness, and the page that explains it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pitchgen.language.phrases import Phrases
from pitchgen.load.place import scalars
from pitchgen.problems import Severity
from pitchgen.rules.pitches import Pitches
from pitchgen.rules.proofs import Proofs
from pitchgen.studio.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pitchgen.language.phrases import Lists
    from pitchgen.load.place import Place
    from pitchgen.model.checks import Limits
    from pitchgen.workspace import Workspace
    from pitchgen.workspace.validate import Item

_EXAMPLE = re.compile(r"^(Wrong|Right):\n\n((?:    .*\n?|\n)+)", re.MULTILINE)


@dataclass(frozen=True)
class Facts:
    """All that a rule may look at: the linked workspace, the day it is looked at, and the limits.

    `named` are the rules and groups that somebody asked for by their names; `only` the files whose texts are
    looked at, where these are not all.
    """

    workspace: Workspace
    today: date
    named: frozenset[str] = frozenset()
    only: tuple[Item[Any], ...] | None = None

    @property
    def items(self) -> tuple[Item[Any], ...]:
        """The files whose texts are looked at."""
        return self.workspace.files.items if self.only is None else self.only

    @cached_property
    def typed(self) -> tuple[tuple[Item[Any], tuple[tuple[Place, str], ...]], ...]:
        """The same files, each with all that was typed in it as a value, and where."""
        return tuple((item, tuple(scalars(item.source.data, item.at))) for item in self.items)

    @property
    def limits(self) -> Limits:
        """Where the company draws its lines."""
        return self.workspace.company.checks.limits

    @property
    def lists(self) -> Lists:
        """The words that rules look for, in each language."""
        return self.workspace.languages.lists

    @cached_property
    def avoided(self) -> Mapping[str, Phrases]:
        """The words that the brand avoids, by language, without those that would be found everywhere."""
        avoided = self.workspace.company.brand.avoid_words
        return {language: Phrases(filter(has_letter, words)) for language, words in avoided.items()}

    def asks_for(self, code: str) -> bool:
        """Whether somebody asked for a rule by its code or its group, so that it may take its time."""
        return not self.named.isdisjoint((code, RULES[code].group))

    @cached_property
    def studio(self) -> Studio:
        """Makes the documents that rules look at."""
        return Studio(self.workspace, self.today)

    @cached_property
    def pitches(self) -> Pitches:
        """Everyone's pitch, composed when a rule first asks for it."""
        return Pitches(self.studio)

    @cached_property
    def proofs(self) -> Proofs:
        """Documents on paper, printed when a rule asks for one."""
        return Proofs(self.studio)

    def close(self) -> None:
        """End what making documents has started, if a rule asked for any."""
        if "studio" in vars(self):
            self.studio.close()


def has_letter(word: str) -> bool:
    """Whether there is anything to look for in a word."""
    return any(character.isalnum() for character in word)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a rule found: where, what is wrong in a sentence, and what to do.

    Its `severity` is that of its rule, unless this one matters less. `unless` is the code of a rule that says
    the same where it finds something at the same place.
    """

    at: Place
    message: str
    hint: str = ""
    severity: Severity | None = None
    unless: str = ""


Look = Callable[[Facts], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its stable code, the group it belongs to, how much it counts, and how it looks.

    Its page is the docstring of `look`: a sentence on what should be so; why that matters; how to
    mend it; and an example that is `Wrong` and one that is `Right`, each some keys of one or several
    files, put into a workspace that is otherwise in order. With `once_a_file`, the first that it finds in a
    file stands for all. One that looks at what is known of newcomers is `of_newcomers`; no other is run while
    somebody types who is coming.
    """

    code: str
    group: str
    severity: Severity
    look: Look
    once_a_file: bool = False
    of_newcomers: bool = False

    @property
    def page(self) -> str:
        """All of the page, as Markdown."""
        return inspect.getdoc(self.look) or ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What should be so, why, and how to mend it, each on one line."""
        prose = _EXAMPLE.sub("", f"{self.page}\n")
        return tuple(" ".join(part.split()) for part in prose.split("\n\n") if part.strip())

    @property
    def title(self) -> str:
        """What should be so, in a sentence."""
        return self.paragraphs[0]

    @property
    def examples(self) -> dict[str, str]:
        """The YAML of the examples, by "Wrong" and "Right"."""
        found = _EXAMPLE.findall(f"{self.page}\n")
        return {name: inspect.cleandoc(f"\n{code}") + "\n" for name, code in found}


RULES: dict[str, Rule] = {}
"""Every rule by its code, those of a group in the order in which they are documented."""


def group_of(module: str) -> str:
    """The group that the rules of a module are in."""
    return module.rpartition(".")[2].replace("_", "-")


def rule(
    code: str,
    severity: Severity = Severity.WARNING,
    *,
    once_a_file: bool = False,
    of_newcomers: bool = False,
) -> Callable[[Look], Look]:
    """Enters a function as the rule `code` of the group that its module is named after."""

    def enter(look: Look) -> Look:
        RULES[code] = Rule(code, group_of(look.__module__), severity, look, once_a_file, of_newcomers)
        return look

    return enter
