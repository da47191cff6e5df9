"""The linker: the indexes of everything that has an id, by which the references of one file are resolved."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pitchgen.load.place import Place
from pitchgen.model import company, hire, journey, metric, persona, role
from pitchgen.model.file_kind import COMPANY, HIRES, JOURNEY, MANAGERS, METRICS, PERSONAS, ROLES, FileKind
from pitchgen.problems import Loc, Problem, quoting
from pitchgen.workspace import linked
from pitchgen.workspace.references import Index

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pitchgen.load.files import Source
    from pitchgen.model.metric import Metric
    from pitchgen.workspace.validate import Item, Validated


class Linker:
    """One linking: the indexes of everything that has an id, and the problems met on the way."""

    def __init__(self, validated: Validated) -> None:
        self.validated = validated
        self.problems: list[Problem] = []
        self.reach_is_known = False
        self.goals: Index[company.StrategyGoal] = self._index("strategy goal", COMPANY)
        self.values: Index[linked.Value] = self._index("value", COMPANY)
        self.behaviors: Index[company.Behavior] = self._index("behaviour", COMPANY)
        self.rewards: Index[linked.Reward] = self._index("reward", COMPANY)
        self.phases: Index[journey.Phase] = self._index("phase", JOURNEY)
        self.touchpoints: Index[linked.Touchpoint] = self._index("touchpoint", JOURNEY)
        self.metrics: Index[Metric] = self._index("metric", METRICS)
        self.personas: Index[linked.Persona] = self._file_index(PERSONAS)
        self.needs: Index[linked.Need] = self._index("need", PERSONAS)
        self.roles: Index[linked.Role] = self._file_index(ROLES)
        self.managers: Index[linked.Manager] = self._file_index(MANAGERS)
        self.hires: Index[linked.Hire] = self._file_index(HIRES)

    def _index(self, noun: str, kind: FileKind[Any]) -> Index[Any]:
        """An empty index of what stands in files of one kind, several items in each."""
        index = self._file_index(kind)
        return replace(index, noun=noun, names=None, complete=index.complete and not index.broken)

    def _file_index(self, kind: FileKind[Any]) -> Index[Any]:
        """An empty index of the files of one kind."""
        broken = {id for broken_kind, id in self.validated.broken if broken_kind == kind}
        complete = kind not in self.validated.unread
        return Index(kind.noun, self.problems, broken, complete, self.validated.known.of.get(kind))

    def link_company(self, item: Item[company.Company]) -> None:
        """Enter what company.yaml names."""
        source, model = item.source, item.model
        if model.language not in model.languages:
            self.problems.append(
                source.problem(
                    "invalid-value",
                    f"'{model.language}' is not among the workspace's languages",
                    ("language",),
                    f"add it to `languages`, or use one of: {', '.join(model.languages)}",
                )
            )
        self._check_limits(item)
        for n, goal in enumerate(model.strategy.goals):
            self.goals.add(goal.id, goal, source, ("strategy", "goals", n))
        for n, value in enumerate(model.values):
            self._link_value(source, value, ("values", n))
        for n, reward in enumerate(model.rewards):
            at: Loc = ("rewards", n)
            ids = (deed.behavior for deed in reward.for_)
            behaviors = self.behaviors.find_all(ids, "reward is for", source, (*at, "for"))
            self.rewards.add(reward.id, linked.Reward(reward, item.at / "rewards" / n, behaviors), source, at)

    def _check_limits(self, item: Item[company.Company]) -> None:
        """A pitch must have some length that is neither too short nor too long."""
        limits = item.model.checks.limits
        shortest, longest = limits.shortest_pitch, limits.longest_pitch
        if shortest >= longest:
            key = "longest_pitch" if "longest_pitch" in limits.model_fields_set else "shortest_pitch"
            message = f"the shortest pitch, {shortest} s, must be shorter than the longest, {longest} s"
            self.problems.append(item.source.problem("invalid-value", message, ("checks", "limits", key)))

    def _link_value(self, source: Source, value: company.Value, at: Loc) -> None:
        goal = None
        if value.strategy_goal:
            goal = self.goals.find(value.strategy_goal, "value serves", source, (*at, "strategy_goal"))
        for n, behavior in enumerate(value.behaviors):
            self.behaviors.add(behavior.id, behavior, source, (*at, "behaviors", n))
        self.values.add(value.id, linked.Value(value, Place(source, at), goal), source, at)

    def link_journey(self, item: Item[journey.Journey]) -> None:
        """Enter phases and touchpoints."""
        source, model = item.source, item.model
        for n, phase_ in enumerate(model.phases):
            self.phases.add(phase_.id, phase_, source, ("phases", n))
        for n, touchpoint in enumerate(model.touchpoints):
            at: Loc = ("touchpoints", n)
            phase = self.phases.find(touchpoint.phase, "touchpoint belongs to", source, (*at, "phase"))
            if phase:
                self.touchpoints.add(
                    touchpoint.id, linked.Touchpoint(touchpoint, Place(source, at), phase), source, at
                )
            else:
                self.touchpoints.broken.add(touchpoint.id)

    def link_metrics(self, item: Item[metric.MetricsFile]) -> None:
        """Enter metrics; those that others are made from must be there."""
        source, metrics = item.source, item.model.metrics
        for n, each in enumerate(metrics):
            self.metrics.add(each.id, each, source, ("metrics", n))
        for n, each in enumerate(metrics):
            for key in ("billing", "retention") if each.origin else ():
                if id := getattr(each.origin, key):
                    self.metrics.find(id, "metric is made from", source, ("metrics", n, "from", key))

    def link_persona(self, item: Item[persona.Persona]) -> None:
        """Enter a persona with its needs and moments."""
        source, model = item.source, item.model
        result = linked.Persona(model, item.at)
        self.personas.add(model.id, result, source)
        needs = []
        for n, need in enumerate(model.needs):
            needs.append(linked.Need(need, item.at / "needs" / n, result))
            self.needs.add(f"{model.id}/{need.id}", needs[-1], source, ("needs", n))
        moments = []
        for n, moment in enumerate(model.moments):
            loc: Loc = ("moments", n, "touchpoint")
            at = self.touchpoints.find(moment.touchpoint, "moment is at", source, loc)
            if at:
                moments.append(linked.Moment(moment, item.at / "moments" / n, at))
        result.needs, result.moments = tuple(needs), tuple(moments)
        result.skips = self.touchpoints.find_all(model.skips, "persona skips", source, ("skips",))

    def link_conflicts(self, items: Iterable[Item[persona.Persona]]) -> tuple[linked.Conflict, ...]:
        """Every conflict once, however many of its two sides wrote it down."""
        found: dict[frozenset[int], linked.Conflict] = {}
        for item in items:
            for n, need in enumerate(item.model.needs):
                one = self.needs.items[f"{item.model.id}/{need.id}"]
                loc: Loc = ("needs", n, "conflicts_with")
                for other in self.needs.find_all(
                    need.conflicts_with, "need conflicts with", item.source, loc
                ):
                    if one is other:
                        at = need.conflicts_with.index(f"{item.model.id}/{need.id}")
                        self.problems.append(_conflict_with_itself(item.source, (*loc, at)))
                    found.setdefault(frozenset((id(one), id(other))), linked.Conflict(one, other))
        return tuple(found.values())

    def link_role(self, item: Item[role.Role], result: linked.Role) -> None:
        """Resolve what a role names; every role is entered already."""
        source, model = item.source, item.model
        result.personas = self.personas.find_all(
            model.serves.personas, "role serves", source, ("serves", "personas")
        )
        result.roles = self.roles.find_all(model.serves.roles, "role serves", source, ("serves", "roles"))
        result.owns = self.touchpoints.find_all(model.owns, "role owns", source, ("owns",))
        result.helps_at = self.touchpoints.find_all(model.helps_at, "role helps at", source, ("helps_at",))
        result.behaviors = self.behaviors.find_all(model.behaviors, "role names", source, ("behaviors",))
        if model.ideal and model.ideal.strategy_goal:
            result.ideal_goal = self.goals.find(
                model.ideal.strategy_goal,
                "ideal profile serves",
                source,
                ("ideal", "strategy_goal"),
            )
        result.goals = tuple(self._goal(goal, item.at / "goals" / n) for n, goal in enumerate(model.goals))

    def _goal(self, goal: role.RoleGoal | hire.HireGoal, at: Place) -> linked.Goal:
        metric = None
        if goal.metric:
            metric = self.metrics.find(goal.metric, "goal is measured by", at.source, (*at.loc, "metric"))
        day = goal.day if isinstance(goal, role.RoleGoal) else None
        due = goal.due if isinstance(goal, hire.HireGoal) else None
        return linked.Goal(goal.text, at, metric, goal.target, day, due)

    def settle_reach(self) -> None:
        """Say that every role is linked; whom they reach is known, unless that has faults of its own."""
        faulty = any(problem.loc[:1] == ("serves",) for problem in self.problems)
        self.reach_is_known = not (self.validated.broken or self.validated.unread or faulty)

    def link_hire(self, item: Item[hire.Hire]) -> None:
        """Enter a newcomer."""
        source, model = item.source, item.model
        role_ = self.roles.find(model.role, "hire has", source, ("role",))
        manager = self._manager(item)
        personas = self.personas.find_all(model.personas, "hire meets", source, ("personas",))
        goals = tuple(self._goal(goal, item.at / "goals" / n) for n, goal in enumerate(model.goals))
        self._check_language(source, model.language)
        if role_:
            self._check_reach(item, role_, personas)
            buddy = self._person(model.buddy)
            arrival_ = self._arrival(model, manager)
            hire_ = linked.Hire(model, item.at, role_, manager, personas, goals, buddy, arrival_)
            self.hires.add(model.id, hire_, source)

    def joined(self, validated: Validated) -> Linker:
        """The linking of files of which only hires differ: those that are new are linked, no other again."""
        same = {id(item.source) for item in validated.of(HIRES)}
        gone = {hire.at.path for hire in self.hires.items.values() if id(hire.at.source) not in same}
        other = copy(self)
        other.validated = validated
        other.problems = [problem for problem in self.problems if problem.path not in gone]
        for name, index in vars(self).items():
            if isinstance(index, Index):
                setattr(other, name, replace(index, problems=other.problems))
        known = {id: hire for id, hire in self.hires.items.items() if hire.at.path not in gone}
        other.hires = replace(other.hires, items=known, places=dict(self.hires.places))
        judged = {id(item.source) for item in self.validated.of(HIRES)}
        for item in validated.of(HIRES):
            if id(item.source) not in judged:
                other.link_hire(item)
        return other

    def _manager(self, item: Item[hire.Hire]) -> linked.Manager | None:
        """The manager of a newcomer, with a file of their own or described in the newcomer's."""
        named, at = item.model.manager, item.at / "manager"
        if isinstance(named, str):
            return self.managers.find(named, "hire has", item.source, at.loc)
        return linked.Manager(named, at) if named else None

    def _person(self, said: str | None) -> linked.Manager | None:
        """Who has a file in managers/ and is called so."""
        return self.managers.items.get(self.validated.known.managers.find(said).id or "") if said else None

    def _arrival(self, model: hire.Hire, manager: linked.Manager | None) -> linked.Arrival:
        """The first morning, key by key: the newcomer's own, else their manager's, else the company's."""
        company_ = self.validated.company
        said = [model.arrival]
        said += [manager.model.arrival] if manager else []
        said += [company_.model.arrival] if company_ else []
        ask_for = next((each.ask_for for each in said if each.ask_for), None)
        return linked.Arrival(
            time=next((each.time for each in said if each.time is not None), None),
            place=next((each.place for each in said if each.place), None),
            ask_for=ask_for,
            person=self._person(ask_for.plain) if ask_for else manager,
        )

    def _check_language(self, source: Source, language: str | None) -> None:
        known = self.validated.languages
        if language and known and language not in known:
            self.problems.append(
                source.problem(
                    "invalid-value",
                    quoting("'{}' is not among the workspace's languages", language),
                    ("language",),
                    f"use one of: {', '.join(known)}",
                )
            )

    def _check_reach(
        self, item: Item[hire.Hire], role_: linked.Role, personas: tuple[linked.Persona, ...]
    ) -> None:
        """The personas chosen for a hire must be among those the role reaches."""
        if not self.reach_is_known:
            return
        reached = ", ".join(persona_.model.id for persona_ in role_.reaches)
        for persona_ in personas:
            if persona_ not in role_.reaches:
                self.problems.append(
                    item.source.problem(
                        "unreached-persona",
                        quoting("role '{}' does not reach persona '{}'", role_.model.id, persona_.model.id),
                        ("personas", item.model.personas.index(persona_.model.id)),
                        f"choose among: {reached}",
                    )
                )


def _conflict_with_itself(source: Source, loc: Loc) -> Problem:
    return source.problem("self-conflict", "a need cannot conflict with itself", loc, "name another need")
