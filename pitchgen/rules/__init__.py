"""The rules of `pitchgen check`: one module per part of what pitchgen is for, one function per rule."""

from pitchgen.rules import (
    age,
    brand,
    chain,
    culture,
    figures,
    goals,
    golden_mean,
    metrics,
    paper,
    people,
    personas,
    rewards,
    starter,
    translations,
    voice,
    words,
)
from pitchgen.rules.rule import RULES, Facts, Finding, Rule

# In the order of the documentation; findings are sorted by their places.
GROUPS = (
    chain,
    golden_mean,
    goals,
    metrics,
    figures,
    culture,
    rewards,
    people,
    personas,
    brand,
    voice,
    words,
    translations,
    paper,
    age,
    starter,
)

__all__ = ["GROUPS", "RULES", "Facts", "Finding", "Rule"]
