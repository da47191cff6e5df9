"""Rewards: we get what we thank for, in the way that suits the one who is thanked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.problems import Severity, quoting, suggestion
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import quoted, short_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@rule("non-negotiable-reward")
def non_negotiable_reward(facts: Facts) -> Iterator[Finding]:
    """What is not negotiable is also rewarded.

    We get what we praise, not what we print. A behaviour without exception that nobody is ever thanked for
    is held up only by fear of being caught, and it goes in the first week in which nobody looks.

    Name the behaviour's id under `for` of a reward; a thank-you said aloud is enough.

    Wrong:

        # company.yaml
        rewards:
          - id: free-day
            kind: time
            text: a day off when you choose
            suits: [time]

    Right:

        # company.yaml
        rewards:
          - id: free-day
            kind: time
            text: a day off when you choose
            for: [name-a-time]
            suits: [time]
    """
    rewarded = {deed.behavior for reward in facts.workspace.rewards for deed in reward.model.for_}
    for value in facts.workspace.values:
        for n, behavior in enumerate(value.model.behaviors):
            if behavior.non_negotiable and behavior.id not in rewarded:
                yield Finding(
                    value.at / "behaviors" / n / "id",
                    f"no reward is for behaviour '{behavior.id}', which is not negotiable",
                    f"add '{behavior.id}' to `for` of the reward that suits it",
                )


@rule("reward-behavior")
def reward_behavior(facts: Facts) -> Iterator[Finding]:
    """Every reward names the behaviour it thanks for.

    You get what you order. A reward for nothing in particular goes to whoever is most visible, and teaches
    everyone else that good work and thanks have little to do with each other.

    Write under `for` the ids of the behaviours that bring good experiences to customers, colleagues or
    managers, and under `not_for` what it is never given for.

    Wrong:

        # company.yaml
        rewards:
          - id: free-day
            kind: time
            text: a day off when you choose
            evidence: The customer wrote it down.
            suits: [time]

    Right:

        # company.yaml
        rewards:
          - id: free-day
            kind: time
            text: a day off when you choose
            for: [name-a-time]
            evidence: The customer wrote it down.
            suits: [time]
    """
    for reward in facts.workspace.rewards:
        if not reward.behaviors:
            yield Finding(
                reward.at / "for",
                f"reward '{reward.model.id}' does not say which behaviour it is for",
                "name under `for` the behaviours it thanks for, by their ids",
            )


@rule("reward-evidence", Severity.NOTE)
def reward_evidence(facts: Facts) -> Iterator[Finding]:
    """Every reward says how we know that it is deserved.

    People forgive a small reward sooner than an unjust one. When everyone knows what counts as proof, a
    manager need not rely on who tells the best stories about themselves.

    Write under `evidence` what somebody saw, heard or counted, if possible the customer. What proves one
    behaviour seldom proves another: where a reward is for several, each of them has its own, under `for`.

    Wrong:

        # company.yaml
        rewards:
          - id: free-day
            kind: time
            text: a day off when you choose
            for: [name-a-time]
            suits: [time]

    Right:

        # company.yaml
        rewards:
          - id: free-day
            kind: time
            text: a day off when you choose
            for: [name-a-time]
            evidence: A customer wrote that we kept our time.
            suits: [time]
    """
    for reward in facts.workspace.rewards:
        # What there is to prove is known once the reward says what it is for.
        unproven = [deed.behavior for deed in reward.model.for_ if deed.evidence is None]
        if unproven and reward.model.evidence is None:
            yield Finding(
                reward.at / "evidence",
                f"nothing says how we know that reward '{reward.model.id}' is deserved",
                "write under `evidence` what somebody saw, heard or counted",
            )
        elif len(unproven) > 1:
            yield Finding(
                reward.at / "evidence",
                f"one evidence of reward '{reward.model.id}' is to prove {quoted(unproven)} alike",
                f"under `for`, write `- behavior: {unproven[0]}` with its own `evidence` below it",
            )


@rule("likes-reward", of_newcomers=True)
def likes_reward(facts: Facts) -> Iterator[Finding]:
    """For whatever a newcomer likes, there is a reward that suits it.

    We asked what they like, and they answered. A speech in front of everyone, for somebody who longs for
    quiet, shows that we did not listen; to ask and have nothing to give shows that we only asked.

    Add the word to `suits` of a reward, or write it as the rewards do: a tag is compared letter by letter.

    Wrong:

        # hires/aino.yaml
        likes: [tiem, time]

    Right:

        # hires/aino.yaml
        likes: [time]
    """
    tags = {tag.casefold(): tag for reward in facts.workspace.rewards for tag in reward.model.suits}
    for hire in facts.workspace.hires:
        likes = hire.model.likes
        if unmatched := [n for n, like in enumerate(likes) if like.casefold() not in tags]:
            named = quoted(likes[n] for n in unmatched)
            yield Finding(
                hire.at / "likes" / unmatched[0],
                quoting(f"no reward suits what {hire.label} likes: {{}}", named),
                _tags_hint([likes[n] for n in unmatched], tags),
            )


def _tags_hint(likes: Sequence[str], tags: dict[str, str]) -> str:
    if not tags:
        return "no reward has `suits` yet; write the word there"
    known = short_list(sorted(tags.values()))
    guess = next(filter(None, (suggestion(like.casefold(), tags) for like in likes)), "")
    return f"{guess} the rewards suit: {known}".strip()
