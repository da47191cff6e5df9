"""The weakest link: every chain from the promise to a persona's need, and the one field that would lift it.

A chain leads from the promise over the role that answers for a touchpoint, what is known of the persona
there, our answer to one of their needs and the plays for it to the metric that shows whether it worked.
It is as strong as its weakest link, never as their average: what is missing in one place cannot be made
good in another. What the scores are and why stands in docs/weakest-link.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pitchgen.chain.links import Link, Mend, need_links, posts, promise_link, role_link, touchpoint_link
from pitchgen.workspace.linked import without_examples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pitchgen.workspace import Need, Persona, Role, Touchpoint, Workspace


# What a chain of a persona counts, by the persona's priority.
_WEIGHTS = {"1": 4, "2": 2, "3": 1}


@dataclass(frozen=True, eq=False)
class Chain:
    """A persona with a need at a touchpoint; `links` are in the order of `LINKS`.

    `role` answers for the touchpoint, the first of them if several do; it is None when nobody does, and
    `need` when the persona has none.
    """

    persona: Persona
    touchpoint: Touchpoint
    role: Role | None
    need: Need | None
    links: tuple[Link, ...]

    @cached_property
    def score(self) -> float:
        """The score of the weakest link."""
        return min(link.score for link in self.links)

    @cached_property
    def weakest(self) -> tuple[Link, ...]:
        """The links that hold the chain back, several when they are equally weak; none of a whole chain."""
        score = self.score
        return tuple(link for link in self.links if link.score == score and link.mend)

    @cached_property
    def mends(self) -> tuple[Mend, ...]:
        """The fields that hold it back, each once."""
        return tuple({link.mend.key: link.mend for link in self.weakest if link.mend}.values())

    @cached_property
    def mended(self) -> float:
        """Its score after the mend; where two fields hold it back, one alone does not lift it."""
        return self._all_mended if len(self.mends) == 1 else self.score

    @cached_property
    def gain(self) -> float:
        """How much each of its mends does for it: of several, an equal part; more for a central persona."""
        if not self.mends:
            return 0.0
        weight = _WEIGHTS[self.persona.model.priority]
        return weight * (self._all_mended - self.score) / len(self.mends)

    @cached_property
    def _all_mended(self) -> float:
        weakest = self.weakest
        return min(link.mended if link in weakest else link.score for link in self.links)


@dataclass(frozen=True, eq=False)
class Weakness:
    """One field, and all the chains that it holds back."""

    mend: Mend
    link: str
    chains: tuple[Chain, ...]

    @cached_property
    def score(self) -> float:
        """The score of the worst of its chains."""
        return min(chain.score for chain in self.chains)

    @cached_property
    def mended(self) -> float:
        """The most that a chain of the worst score comes to after this mend alone."""
        return max(chain.mended for chain in self.chains if chain.score == self.score)

    @cached_property
    def gain(self) -> float:
        """How much it mends, for each text to be written: of moments, one at each touchpoint."""
        texts = len({chain.touchpoint for chain in self.chains}) if self.mend.what == "moments" else 1
        return sum(chain.gain for chain in self.chains) / texts

    @cached_property
    def lifted(self) -> int:
        """How many of its chains this mend alone lifts."""
        return sum(chain.mended > chain.score for chain in self.chains)


def chains(workspace: Workspace) -> tuple[Chain, ...]:
    """Every chain: one for each persona, touchpoint that they meet, and need."""
    promise, stands = promise_link(workspace), posts(workspace)
    found = []
    for persona in without_examples(workspace.personas):
        needs = need_links(persona)
        moments = {moment.touchpoint: moment for moment in reversed(persona.moments)}
        for post in stands:
            moment = moments.get(post.touchpoint)
            if moment is None and post.touchpoint in persona.skips:
                continue
            role = role_link(post, persona)
            touchpoint = touchpoint_link(post.touchpoint, persona, moment)
            owner = post.owners[0] if post.owners else None
            for need, answer, play in needs:
                links = (promise, role, touchpoint, answer, play, post.metric)
                found.append(Chain(persona, post.touchpoint, owner, need, links))
    return tuple(found)


def weaknesses(chains: Iterable[Chain]) -> tuple[Weakness, ...]:
    """The fields that hold chains back: those first that mend most, then those of the worst chains."""
    held: dict[tuple[object, ...], tuple[Mend, str, list[Chain]]] = {}
    for chain in chains:
        names = {link.mend.key: link.name for link in reversed(chain.weakest) if link.mend}
        for mend in chain.mends:
            held.setdefault(mend.key, (mend, names[mend.key], []))[2].append(chain)
    found = [Weakness(mend, link, tuple(group)) for mend, link, group in held.values()]
    return tuple(sorted(found, key=lambda each: (-round(each.gain, 6), each.score, -len(each.chains))))


def broken(chains: Iterable[Chain]) -> tuple[tuple[str, int], ...]:
    """The links that are 0, and in how many chains, the most first; one cause of two zeros counts once."""
    counts = Counter(
        link.name
        for chain in chains
        for link in chain.links
        if link.score == 0 and not (link.name == "metric" and chain.role is None)
    )
    return tuple(counts.most_common())
