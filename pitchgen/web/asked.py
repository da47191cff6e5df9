"""Asked: what must be known of something new, as few questions as its scaffold can do with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from pitchgen.keep.choices import Choice
from pitchgen.model.company import Reward
from pitchgen.model.metric import Kind as MetricKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pitchgen.new.kinds import Kind
    from pitchgen.new.scaffold import Answer
    from pitchgen.web.visit import Visit

# The options of `pitchgen new` by what is made; of the first, the id is made.
ASKED: Mapping[str, Sequence[str]] = {
    "persona": ("label",),
    "role": ("title", "serves"),
    "manager": ("name",),
    "hire": ("name", "role"),
    "value": ("name",),
    "reward": ("text", "kind"),
    "metric": ("name", "kind"),
    "phase": ("name",),
    "touchpoint": ("name", "phase"),
}
_SEVERAL = frozenset({"serves"})


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the name of its answer, what it asks, and what may be chosen."""

    name: str
    label: str
    help: str
    value: Sequence[str]
    choices: Sequence[Choice] = ()
    suggestions: Sequence[str] = ()
    several: bool = False


def asked(visit: Visit, kind: Kind, helps: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions of a kind, with what was answered."""
    return tuple(_questions(visit, kind, helps))


def _questions(visit: Visit, kind: Kind, helps: Mapping[str, str]) -> Iterator[Question]:
    reading, said = visit.reading, visit.said
    known = reading.choices(visit.language, *(reading.validated.declared or ()))
    group = f"{kind.lists[-1]}." if kind.lists else ""
    for name in ASKED[kind.name]:
        choices: Sequence[Choice] = known.get(name, ())
        suggestions: Sequence[str] = ()
        if name == "serves":
            choices = (*known.get("persona", ()), *known.get("role", ()))
        elif name == "kind" and kind.name == "metric":
            choices = tuple(Choice(each, each) for each in get_args(MetricKind))
        elif name == "kind":
            suggestions = tuple(map(str, Reward.model_fields["kind"].examples or ()))
        label = said.get(f"field.{group}{name}") or said[f"field.{name}"]
        value = tuple(str(each) for each in visit.form.getlist(name))
        help = helps.get(f"{group}{name}", "")
        yield Question(name, label, help, value, choices, suggestions, name in _SEVERAL)


def answers(visit: Visit, kind: Kind) -> Mapping[str, Answer]:
    """What was answered."""
    found: dict[str, Answer] = {}
    for name in ASKED[kind.name]:
        several = tuple(str(each).strip() for each in visit.form.getlist(name) if str(each).strip())
        if several:
            found[name] = several if name in _SEVERAL else several[0]
    return found
