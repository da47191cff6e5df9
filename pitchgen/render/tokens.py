"""Style sheets with their tokens filled in, which WeasyPrint would work out anew for every element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HOLDS_RULES = frozenset({"media", "supports", "layer", "container"})
_DECLARATION = re.compile(r"(--[\w-]+)\s*:")


def declares_tokens(text: str) -> bool:
    """Whether a page may declare tokens of its own."""
    return bool(_DECLARATION.search(text))


def filled(css: str) -> str:
    """The style sheet with each `var(--token)` that can have but one value replaced by it.

    That is a token which only `:root` declares, and under no condition but `@media screen`, into which
    WeasyPrint does not look; or one that nobody declares, and that has a value for that case. A style
    sheet with an error is left as it is.
    """
    tokens: dict[str, list[Any]] = {}
    unsure: set[str] = set()
    rules = tinycss2.parse_stylesheet(css, skip_comments=True)
    if any(rule.type == "error" for rule in rules):
        return css
    for rule in rules:
        about = tinycss2.serialize(getattr(rule, "prelude", None) or ()).strip()
        if rule.type == "qualified-rule" and about == ":root":
            tokens |= {each.name: each.value for each in _declared(rule)}
            unsure |= {each.name for each in _declared(rule) if each.important}
        elif not (rule.type == "at-rule" and rule.lower_at_keyword == "media" and about == "screen"):
            unsure.update(_DECLARATION.findall(rule.serialize()))
    sure = {name: value for name, value in tokens.items() if name not in unsure}
    nodes = _fill(tinycss2.parse_component_value_list(css), sure, tokens.keys() | unsure)
    return str(tinycss2.serialize(nodes))


def faults(css: str) -> Iterator[tuple[int, int, str]]:
    """The line and column of each piece of a style sheet that is no CSS, and what is wrong with it."""
    yield from _faults_in(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _faults_in(nodes: Iterable[Any]) -> Iterator[tuple[int, int, str]]:
    for node in nodes:
        if node.type == "error":
            yield node.source_line, node.source_column, node.message
        elif node.type in ("qualified-rule", "at-rule") and node.content is not None:
            holds_rules = node.type == "at-rule" and node.lower_at_keyword in _HOLDS_RULES
            parse = tinycss2.parse_rule_list if holds_rules else tinycss2.parse_blocks_contents
            yield from _faults_in(parse(node.content, skip_comments=True, skip_whitespace=True))


def _declared(rule: Any) -> Iterator[Any]:
    for each in tinycss2.parse_blocks_contents(rule.content):
        if each.type == "declaration" and each.name.startswith("--"):
            yield each


def _fill(nodes: Iterable[Any], sure: Mapping[str, list[Any]], declared: set[str]) -> list[Any]:
    done: list[Any] = []
    for node in nodes:
        if node.type == "function" and node.lower_name == "var":
            done += _value(node, sure, declared)
            continue
        for part in ("content", "arguments"):
            if isinstance(getattr(node, part, None), list):
                setattr(node, part, _fill(getattr(node, part), sure, declared))
        done.append(node)
    return done


def _value(node: Any, sure: Mapping[str, list[Any]], declared: set[str]) -> list[Any]:
    name, otherwise = _parted(node.arguments)
    if name in sure:
        # Without itself, for a token that refers to itself has no value.
        return _fill(sure[name], {key: value for key, value in sure.items() if key != name}, declared)
    if name not in declared and otherwise:
        return _fill(otherwise, sure, declared)
    return [node]


def _parted(arguments: list[Any]) -> tuple[str, list[Any]]:
    """A token's name, and what to take when nobody declares it."""
    words = [node for node in arguments if node.type not in ("whitespace", "comment")]
    comma = next((n for n, node in enumerate(arguments) if node == ","), None)
    name = words[0].value if words and words[0].type == "ident" else ""
    return name, [] if comma is None else arguments[comma + 1 :]
