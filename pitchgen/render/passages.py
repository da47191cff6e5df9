"""Passages: named blocks of a prose template, each of which may be said in other words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import Template
    from jinja2.runtime import Context


def fill_in(
    template: Template, values: Mapping[str, Any], passages: Mapping[str, str | None]
) -> tuple[str, dict[str, str]]:
    """A template filled in, and what it says in each of the `passages` that it comes to.

    What is given of a passage stands there in place of what the template says. Raises what the template does.
    """
    said: dict[str, str] = {}
    context = template.new_context(dict(values))
    for name, own in passages.items():
        context.blocks.setdefault(name, []).insert(0, _block(name, own, said))
    try:
        return template.environment.concat(template.root_render_func(context)), said
    except Exception:
        # As Jinja does in `render`: it puts the lines of templates into the traceback.
        template.environment.handle_exception()


def _block(name: str, own: str | None, said: dict[str, str]) -> Callable[[Context], Iterator[str]]:
    """What Jinja writes for a block: a passage, noted in `said`, which ends the line that it is on."""

    def block(context: Context) -> Iterator[str]:
        text = own
        if text is None:
            # Others stand behind this one, and templates that extend others have several.
            text = context.environment.concat(context.blocks[name][1](context))
        said[name] = text
        yield text
        # Jinja drops a line break behind a tag, and what follows would go on in the same paragraph.
        if text and not text.endswith("\n"):
            yield "\n"

    return block
