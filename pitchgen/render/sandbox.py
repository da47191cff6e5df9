"""The Jinja that templates run in: they reach their values, and neither compute nor write without end."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING, Any

from jinja2.filters import do_round
from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from jinja2.runtime import Context

MAX_BITS = 10_000
MAX_DIGITS = 100


class TooLarge(Exception):
    """What a template would make; the text continues "the template …"."""


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
