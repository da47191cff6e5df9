"""The links of a chain: the score of each, 0 to 1, and the one field that would lift it most.

What the scores are and why stands in docs/weakest-link.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pitchgen.load.place import Place
    from pitchgen.model.metric import Metric
    from pitchgen.model.text import Text
    from pitchgen.workspace import Goal, Moment, Need, Persona, Role, Touchpoint, Workspace

LINKS = ("promise", "role", "touchpoint", "need", "play", "metric")


@dataclass(frozen=True, eq=False)
class Mend:
    """One field to fill in or to change: `what` to do, as words.yaml calls it after `mend_`.

    `about` are the names of what it belongs to: a persona and a need, a role, a touchpoint.
    """

    what: str
    about: tuple[Text, ...]
    place: Place

    @cached_property
    def key(self) -> tuple[object, ...]:
        """The same for the same field, however many chains hang on it."""
        return self.what, self.place.path, self.place.loc


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One link and its score, 0 to 1; a whole one has nothing to mend.

    `mended` is its score after the mend: at most, when somebody has still to be chosen.
    """

    name: str
    score: float
    mend: Mend | None = None
    mended: float = 1.0


class Post(NamedTuple):
    """A touchpoint with who answers for it, whom they reach, and the metric link they share."""

    touchpoint: Touchpoint
    owners: tuple[Role, ...]
    reached: frozenset[Persona]
    metric: Link


class _Part(NamedTuple):
    """A share of a link's score: earned or not, and what would earn it."""

    earned: bool
    mend: Mend
    weight: int = 1


def posts(workspace: Workspace) -> tuple[Post, ...]:
    """Every touchpoint of the journey, with what is the same for all who come there."""
    places = {metric.id: place for metric, place in workspace.metric_places}
    best = max((_measured(metric, None, places).score for metric in workspace.metrics), default=1 / 5)
    candidate = max((_goals(role, places).score for role in workspace.roles), default=0.0)
    found = []
    for touchpoint in workspace.touchpoints:
        owners = tuple(role for role in workspace.roles if touchpoint in role.owns)
        reached = frozenset(persona for owner in owners for persona in owner.reaches)
        metric = _metric(owners, best, places) if owners else _unowned_metric(touchpoint, candidate)
        found.append(Post(touchpoint, owners, reached, metric))
    return tuple(found)


def _share(name: str, parts: Sequence[_Part]) -> Link:
    """A link that is worth the parts it has earned; the heaviest that is missing is mended first."""
    whole = sum(part.weight for part in parts)
    earned = sum(part.weight for part in parts if part.earned)
    missing = [part for part in parts if not part.earned]
    if not missing:
        return Link(name, 1.0)
    first = max(missing, key=lambda part: part.weight)
    return Link(name, earned / whole, first.mend, (earned + first.weight) / whole)


def promise_link(workspace: Workspace) -> Link:
    """Whether the promise is one that customers can see kept."""
    promise = workspace.company.promise
    if promise.proofs:
        return Link("promise", 1.0)
    return Link("promise", 0.5, Mend("proofs", (promise.text,), workspace.at / "promise" / "proofs"))


def role_link(post: Post, persona: Persona) -> Link:
    """Whether exactly one role answers for the touchpoint, reaches the persona and may decide something."""
    touchpoint, owners = post.touchpoint, post.owners
    if not owners:
        return Link("role", 0.0, _owner(touchpoint))
    owner, settled = owners[0], 1.0 if any(each.model.decides for each in owners) else 0.75
    if persona not in post.reached:
        reach = Mend("reach", (owner.model.title,), owner.at / "serves" / "personas")
        return Link("role", 0.25, reach, settled if len(owners) == 1 else 0.5)
    if len(owners) > 1:
        last = owners[-1]
        place = last.at / "owns" / last.model.owns.index(touchpoint.model.id)
        titles = (each.model.title for each in owners)
        return Link("role", 0.5, Mend("owners", (touchpoint.model.name, *titles), place), settled)
    if not owner.model.decides:
        return Link("role", 0.75, Mend("decides", (owner.model.title,), owner.at / "decides"))
    return Link("role", 1.0)


def _owner(touchpoint: Touchpoint) -> Mend:
    return Mend("owner", (touchpoint.model.name,), touchpoint.at)


def touchpoint_link(touchpoint: Touchpoint, persona: Persona, moment: Moment | None) -> Link:
    """How much is known of the persona at the touchpoint."""
    about = (persona.model.label, touchpoint.model.name)
    recovery = touchpoint.model.recovery
    if moment is None:
        unknown = Mend("moments", (persona.model.label,), persona.at / "moments")
        return Link("touchpoint", 0.0, unknown, 0.5 if recovery else 0.25)
    model, at = moment.model, moment.at
    return _share(
        "touchpoint",
        [
            # First, because it lifts everybody who comes there.
            _Part(
                bool(model.recover or recovery),
                Mend("recovery", (touchpoint.model.name,), touchpoint.at / "recovery"),
            ),
            _Part(bool(model.expects), Mend("expects", about, at / "expects")),
            _Part(bool(model.do), Mend("move", about, at / "do")),
            _Part(model.feels is not None, Mend("feels", about, at / "feels")),
        ],
    )


def need_links(persona: Persona) -> list[tuple[Need | None, Link, Link]]:
    """Each need with its own link and that of the plays for it; both are missing without a need."""
    if persona.needs:
        return [(need, _need(need), _play(need)) for need in persona.needs]
    about, place = (persona.model.label,), persona.at / "needs"
    need = Link("need", 0.0, Mend("need", about, place), 0.25)
    return [(None, need, Link("play", 0.0, Mend("say", about, place), 0.25))]


def _need(need: Need) -> Link:
    model, at, about = need.model, need.at, (need.persona.model.label, need.model.text)
    return _share(
        "need",
        [
            _Part(bool(model.response), Mend("response", about, at / "response"), 2),
            _Part(bool(model.value_to_us), Mend("value", about, at / "value_to_us")),
            _Part(not model.assumed, Mend("assumed", about, at / "assumed")),
        ],
    )


def _play(need: Need) -> Link:
    plays, at, about = need.model.plays, need.at / "plays", (need.persona.model.label, need.model.text)
    # What the customer meets comes first: words and deeds.
    fields = {"say": plays.say, "do": plays.do, "show": plays.show, "know": plays.know}
    return _share(
        "play", [_Part(bool(texts), Mend(name, about, at / name)) for name, texts in fields.items()]
    )


def _unowned_metric(touchpoint: Touchpoint, candidate: float) -> Link:
    """Nobody's goal; `candidate` is what the goals of the best measured role would give."""
    if candidate:
        return Link("metric", 0.0, _owner(touchpoint), candidate)
    return Link("metric", 0.0, Mend("metric", (touchpoint.model.name,), touchpoint.at))


def _metric(owners: Sequence[Role], best: float, places: Mapping[str, Place]) -> Link:
    """The best measured of the owners' goals; `best` is what the best metric there is would give."""
    found = max((_goals(owner, places) for owner in owners), key=lambda link: link.score)
    if found.score:
        return found
    goals = owners[0].goals
    place = goals[0].at / "metric" if goals else owners[0].at / "goals"
    return Link("metric", 0.0, Mend("metric", (owners[0].model.title,), place), best)


def _goals(role: Role, places: Mapping[str, Place]) -> Link:
    measured = [_measured(goal.metric, goal, places) for goal in role.goals if goal.metric]
    return max(measured, key=lambda link: link.score, default=Link("metric", 0.0))


def _measured(metric: Metric, goal: Goal | None, places: Mapping[str, Place]) -> Link:
    """How well a metric shows whether it worked; a fifth is that a goal has it at all."""
    at, about = places[metric.id], (metric.name,)
    target = metric.target is not None or (goal is not None and goal.target is not None)
    figure = metric.now is not None
    return _share(
        "metric",
        [
            _Part(True, Mend("metric", about, at)),
            _Part(figure, Mend("figure", about, at / "latest")),
            _Part(metric.source == "customer", Mend("source", about, at / "source")),
            _Part(target, Mend("target", about, at / "target")),
            _Part(metric.direction is not None, Mend("direction", about, at / "direction")),
        ],
    )
