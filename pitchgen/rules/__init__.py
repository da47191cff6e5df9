"""The rules of `pitchgen check`: one module per part of what pitchgen is for, one function per rule."""

from pitchgen.rules import chain, culture, goals, metrics, people, personas, rewards, words
from pitchgen.rules.rule import RULES, Facts, Finding, Rule

# In the order of the documentation.
GROUPS = (chain, goals, metrics, culture, rewards, people, personas, words)

__all__ = ["GROUPS", "RULES", "Facts", "Finding", "Rule"]
