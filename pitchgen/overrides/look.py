"""All that is wrong with the templates that a workspace has of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.overlay import Overlay
from pitchgen.overrides.copies import copies
from pitchgen.overrides.folder import own_files
from pitchgen.overrides.rehearsal import rehearse
from pitchgen.overrides.strays import documents_templates, strays
from pitchgen.render.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pitchgen.problems import Problem
    from pitchgen.workspace import Workspace


def template_problems(workspace: Workspace, today: date) -> Iterator[Problem]:
    """What is wrong with the workspace's own templates, and why documents cannot be made with them."""
    own = own_files(Overlay(workspace.root))
    yield from own.problems
    if own.names:
        templates = Templates(workspace.root)
        in_use = documents_templates(workspace)
        closure = templates.closure(in_use)
        yield from strays(workspace, templates, own.names)
        yield from copies(templates, own.names, in_use if closure is None else closure)
        yield from rehearse(workspace, today, [n for n in own.names if closure is None or n in closure])
