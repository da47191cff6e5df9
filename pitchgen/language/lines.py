"""Where no line of a text may end: between a figure and what belongs to it, and behind a hyphen."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pitchgen.language.facts import Language

NO_BREAK_SPACE, WORD_JOINER = "\u00a0", "\u2060"

# Written alike in every language.
_UNITS = (
    *("%", "‰", "°", "°C", "°F", "€", "$", "£", "EUR", "USD", "GBP", "SEK", "NOK", "DKK", "CHF"),
    *("mm", "cm", "dm", "m", "km", "m²", "m³", "m2", "m3", "mg", "g", "kg", "t", "ml", "cl", "dl", "l", "L"),
    *("ms", "s", "min", "h", "kB", "MB", "GB", "TB", "W", "kW", "MW", "kWh", "MWh", "V", "A", "px", "pt"),
)
_BETWEEN = ("\N{EN DASH}", "-", "→", "×", "x", "±", "/", "+")
# What an asterisk is in a pattern, and what it shall be.
_ANY_ENDING = (re.escape("*"), r"\w*")
_DIGIT = re.compile(r"\d")
# A short word before a hyphen, as in "it-taidot" and "e-lasku", left alone on its line is hard to read.
_SHORT = re.compile(r"(?<![\w./@-])(\w{1,2}-)(?=[^\W\d])")


@lru_cache
def kept_together(language: Language) -> Callable[[str], str]:
    """A function that sets a text of a language so that no line ends between what belongs together.

    It makes spaces no-break spaces, and puts a word joiner behind hyphens; it does nothing twice.
    """
    spaces = _spaces(language)

    def keep(text: str) -> str:
        # Most texts have neither, and looking for them takes less time than trying every space.
        if _DIGIT.search(text):
            text = spaces.sub(NO_BREAK_SPACE, text)
        return _SHORT.sub(rf"\1{WORD_JOINER}", text) if "-" in text else text

    return keep


def _spaces(language: Language) -> re.Pattern[str]:
    """Finds the spaces at which no line may end.

    Each is judged by what stands beside it, where a space that became a no-break space counts as before.
    """
    beside, months = language.facts.figures, language.locale.months["format"]
    after = _any({*_UNITS, *beside.after, *months["wide"].values(), *months["abbreviated"].values()})
    between = sorted({*_BETWEEN, *beside.between})
    rules = (
        # 1 500: of groups with more than three digits, none is meant.
        r"(?<=\d )(?<!\d{4} )(?=\d{3}(?!\d))",
        # 5 kg, 1. joulukuuta
        rf"(?:(?<=\d )|(?<=\d\. ))(?={after}(?!\w))",
        # kello 9
        *(rf"(?i:(?<=(?<!\w){re.escape(word)} )(?=\d))" for word in beside.before),
        # 4 tai 5
        rf"(?<=\d )(?={_any(between)}[ \u00a0]\d)",
        *(rf"(?<=\d[ \u00a0]{re.escape(word)} )(?=\d)" for word in between),
    )
    return re.compile(f" (?:{'|'.join(rules)})")


def _any(words: Iterable[str]) -> str:
    # The longest first, or what begins like another would never be found.
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    patterns = [re.escape(word).replace(*_ANY_ENDING) for word in longest_first]
    return f"(?:{'|'.join(patterns)})"
