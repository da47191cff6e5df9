"""The page of each rule, and the list of all, as Markdown: for `check --explain` and for the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.rules import RULES
from pitchgen.rules.run import find_rule, groups

if TYPE_CHECKING:
    from pitchgen.rules.rule import Rule

FOLDER = "docs/rules"
INDEX = "docs/rules.md"

_INDEX_HEAD = """\
# The rules of `pitchgen check`

Besides what is invalid or leads nowhere, `check` looks for what is weak. Each rule has a code, which is shown
in brackets in its findings; `pitchgen check --explain CODE` prints its page. How to choose among the rules,
to let one count more or less, or to allow a single finding is told in [checking a workspace](checking.md).
"""


def page(code: str) -> str:
    """The page of the rule `code`. Raises `UnknownRule`."""
    rule = find_rule(code)
    what, *rest = rule.paragraphs
    parts = [f"# {rule.code}", f"**{what}**", *rest]
    parts += [f"{name}:\n\n```yaml\n{yaml}```" for name, yaml in rule.examples.items()]
    parts.append(_settings(rule))
    return "\n\n".join(parts) + "\n"


def index() -> str:
    """The list of all rules by their groups, each with a link to its page."""
    parts = [_INDEX_HEAD]
    for group in groups():
        rows = [f"| [{r.code}](rules/{r.code}.md) | {r.title} |" for r in RULES.values() if r.group == group]
        parts.append("\n".join([f"## {group}\n", "| code | what should be so |", "|---|---|", *rows, ""]))
    return "\n".join(parts)


def documentation() -> dict[str, str]:
    """Every page of the docs that is made from the rules, by its path in the repository."""
    return {INDEX: index(), **{f"{FOLDER}/{code}.md": page(code) for code in RULES}}


def _settings(rule: Rule) -> str:
    return (
        f"Counts as: {rule.severity}. Group: {rule.group}. To let it count more or less, set "
        f"`checks: severities: {rule.code}:` in company.yaml to `error`, `warning`, `note` or `off`; "
        f"to allow one finding, write `# pitchgen: allow {rule.code} because …` above it."
    )
