"""Whether the company's own words are there in all forms that the fixed words of its languages take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.language.terms import may_be_left_out, usual_terms
from pitchgen.problems import Problem, quoting, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pitchgen.language.folders import Folders
    from pitchgen.model.company import Company
    from pitchgen.workspace.validate import Item

_AT = ("terms", "customer")


def wrong_terms(item: Item[Company], folders: Folders) -> Iterator[Problem]:
    """Forms that are missing in a language of the company, and those that are none."""
    said = item.model.terms.customer
    if said is None:
        return
    for code in item.model.languages:
        own = next((each for each in folders.chain(code) if each in said), code)
        yield from _wrong_forms(item, own, usual_terms(folders, code))
    for code in said:
        if not any(code in folders.chain(each) for each in item.model.languages):
            message = f"'{code}' is not among the workspace's languages"
            hint = f"add it to `languages`, or use one of: {', '.join(item.model.languages)}"
            yield item.source.problem("invalid-value", message, (*_AT, code), hint, at_key=True)


def _wrong_forms(item: Item[Company], code: str, forms: Mapping[str, str]) -> Iterator[Problem]:
    said = (item.model.terms.customer or {}).get(code, {})
    for form in said:
        if form not in forms:
            unknown = quoting("'{}' is no form that fixed words take", form)
            hint = suggestion(form, forms) or f"the forms are: {', '.join(forms) or 'none yet'}"
            yield item.source.problem("unknown-key", unknown, (*_AT, code, form), hint, at_key=True)
    if missing := [form for form in forms if form not in said and not may_be_left_out(form)]:
        message = f"our word for a customer lacks these forms in '{code}': {', '.join(missing)}"
        form = missing[0]
        hint = f"write each on a line of its own below `{code}:`, as in `{form}: {forms[form]}`"
        yield item.source.problem("missing-form", message, (*_AT, code), hint)
