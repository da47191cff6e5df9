"""Which rewards suit a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pitchgen.workspace import Reward

EXAMPLES = 2


def suiting(rewards: Sequence[Reward], likes: Sequence[str]) -> tuple[Reward, ...]:
    """The rewards that suit these likes, each once; those of the first like first."""
    tags = {id(reward): {tag.casefold() for tag in reward.model.suits} for reward in rewards}
    return tuple(
        dict.fromkeys(reward for like in likes for reward in rewards if like.casefold() in tags[id(reward)])
    )


def rewards_for(rewards: Sequence[Reward], likes: Sequence[str]) -> tuple[tuple[Reward, ...], bool]:
    """The rewards that suit these likes, else examples; and whether they suit."""
    suit = suiting(rewards, likes)
    return (suit, True) if suit else (tuple(rewards[:EXAMPLES]), False)
