"""The company's own word for a thing, such as the customer, in each form that fixed words take.

A form is called by the usual word in it. `{customers}` in a fixed word, or in a phrase that a rule looks for,
is that form; `{Customers}` is it with a capital. A form that ends in a hyphen is how compounds begin.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.language import FACTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pitchgen.language.folders import Folders

_GOES_ON = "-"
_PLACE = re.compile(r"\{([^{}]+)\}")


def usual_terms(folders: Folders, code: str) -> Mapping[str, str]:
    """The forms of words that a company may say otherwise, each with an example of another word in it."""
    told = folders.data(code, FACTS).get("terms")
    forms = told.get("customer") if isinstance(told, dict) else None
    return {form: str(example) for form, example in forms.items()} if isinstance(forms, dict) else {}


def may_be_left_out(form: str) -> bool:
    """Whether a form is said as another where nobody says it: compounds may begin with the word as it is."""
    return form.endswith(_GOES_ON)


def said_as(form: str, own: Mapping[str, str]) -> str:
    """What a form is said as by who says these of `own`, all others as usual."""
    if not may_be_left_out(form):
        return own.get(form, form)
    word = form.removesuffix(_GOES_ON)
    return own.get(form, own.get(word, word)).removesuffix(_GOES_ON)


def known_terms(folders: Folders, code: str) -> Mapping[str, str]:
    """The same with those of English, which words have that nobody has translated yet."""
    return {**usual_terms(folders, shipped.REFERENCE), **usual_terms(folders, code)}


def unknown_forms(text: str, terms: Mapping[str, str]) -> list[str]:
    """Those that a text has a place for and that there are not."""
    return [place for place in _PLACE.findall(text) if _said(place, terms) is None]


def filled(text: str, terms: Mapping[str, str]) -> str:
    """The text with what each form is said as in the places of those that there are."""
    if "{" not in text:
        return text
    return _PLACE.sub(lambda place: _said(place[1], terms) or place[0], text)


def _said(form: str, terms: Mapping[str, str]) -> str | None:
    if form in terms:
        return terms[form]
    said = terms.get(form[:1].lower() + form[1:])
    return said[:1].upper() + said[1:] if said else None
