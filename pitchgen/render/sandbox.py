"""The Jinja that templates run in: they reach their values, and neither compute nor write without end."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.filters import do_round
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from pitchgen.problems import suggestion

if TYPE_CHECKING:
    from jinja2.runtime import Context, Undefined

MAX_BITS = 10_000
MAX_DIGITS = 100


class TooLarge(Exception):
    """What a template would make; the text continues "the template …"."""


class Missing(StrictUndefined):
    """What a template names and is not there; using it raises, in words that name no class of Python's."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, whole = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if whole is missing:
            return f"'{name}' is undefined"
        if whole is None:
            return "a part of what is empty here; put {% if … %} around it"
        if not isinstance(name, str):
            return f"this has no element {name}"
        parts = [each.name for each in fields(whole)] if is_dataclass(whole) else []
        meant = suggestion(name, parts) or (f"it has {', '.join(parts)}" if parts else "")
        return f"this has no part '{name}'" + (f"; {meant}" if meant else "")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own sandbox; what a template makes in it has at most `most` characters."""

    # With long numbers these take for ever, and all of it in C, where no deadline can stop them.
    intercepted_binops = frozenset({"*", "**", "//", "%"})

    def __init__(self, most: int, **options: Any) -> None:
        super().__init__(**options)
        self._most = most
        # It makes up text, as much as one likes.
        del self.globals["lipsum"]
        self.filters["round"] = _round

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What the sandbox gives; a field of our own frozen words without asking, as there are thousands."""
        if attribute in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """What refuses to be used, in words that name no class of Python's."""
        return self.undefined(f"reach for '{attribute}'", obj=obj, name=attribute, exc=SecurityError)

    def call(self, context: Context, obj: Any, /, *arguments: Any, **named: Any) -> Any:
        """What calling `obj` gives. Raises `SecurityError` where that is not allowed."""
        if not self.is_safe_callable(obj):
            raise SecurityError("call what may not be called")
        return context.call(obj, *arguments, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What `left operator right` is. Raises `TooLarge` for whole numbers that are too long."""
        if isinstance(left, int) and isinstance(right, int):
            bits = left.bit_length() * right if operator == "**" else left.bit_length() + right.bit_length()
            if bits > MAX_BITS:
                raise TooLarge("computes with a number that is too large")
        return super().call_binop(context, operator, left, right)

    def concat(self, pieces: Iterable[str]) -> str:
        """The pieces as one text. Raises `TooLarge`, where it can in the line of the first piece too many."""
        size, kept = 0, []
        for piece in pieces:
            size += len(piece)
            if size > self._most:
                error = TooLarge(f"makes more than {self._most:,} characters; shorten it, or look for a loop")
                if isinstance(pieces, Generator):
                    pieces.throw(error)
                raise error
            kept.append(piece)
        return "".join(kept)


def _round(value: float, precision: int = 0, method: Any = "common") -> float:
    if abs(precision) > MAX_DIGITS:
        raise TooLarge("rounds to a number of digits that is too large")
    return do_round(value, precision, method)
