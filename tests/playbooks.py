"""Playbooks of small workspaces, for tests of what they say and what their pages look like."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from xml.etree.ElementTree import Element

from every_document import studio_of
from rich import RICH
from tree import by_id, text_of, tree_of, with_class
from workspaces import ROLE, SMALL, linked, small

from pitchgen.documents.playbook.compose import Playbook, compose_playbook
from pitchgen.studio.studio import Studio
from pitchgen.workspace import Role

# The rich workspace with a second person in whom the first is mirrored, so that every chapter has its say.
FULL = {
    **RICH,
    "personas/huolellinen.yaml": RICH["personas/huolellinen.yaml"]
    + """\
their_words: [{fi: Onko ketjukin tarkistettu?, en: Is the chain done too?, sv: Är kedjan också kollad?}]
moments:
  - touchpoint: tiski
    expects: {fi: listan töistä, en: a list of the work, sv: en lista över jobbet}
    feels: 1
  - {touchpoint: nouto, feels: 2}
""",
}
# What a role card, a pitch, a message, a calendar or a manager's sheet says, and a playbook does not.
SAID_ELSEWHERE = {
    "Arrival.ask_for",
    "Arrival.place",
    "Commitment.place",
    "Company.newcomer",
    "Deed.evidence",
    "FirstDay.place",
    "Ideal.text",
    "Reward.evidence",
    "Reward.not_for",
    "Reward.text",
    "Role.decides",
    "Role.exciting",
    "Role.outcomes",
    "Role.purpose",
    "Role.tools",
    "RoleGoal.text",
    "Strategy.growth",
    "Touchpoint.tools",
}


def yaml(*parts: str) -> str:
    """Parts of a file, each dedented on its own."""
    return "".join(dedent(part) for part in parts)


def serving(personas: str, *more: str) -> str:
    """A role file that serves these personas, with more lines."""
    return yaml(ROLE.replace("[varmistelija]", f"[{personas}]"), *more)


def playbook_in(root: Path, language: str = "fi", role: str = "asiantuntija") -> Playbook:
    """What the playbook of a role in the workspace at `root` says."""
    workspace = linked(root)
    (found,) = [each for each in workspace.roles if each.model.id == role]
    return compose_playbook(workspace, found, language)


def playbook_of(root: Path, files: Mapping[str, str | bytes], language: str = "fi") -> Playbook:
    """What the playbook says in a small workspace with some of its files replaced or added."""
    return playbook_in(small(root, files), language)


def crowd(people: int, touchpoints: int) -> dict[str, str]:
    """So many people who come to so many touchpoints: each feels as their number says, and expects it."""
    places = "".join(f"  - {{id: t{n}, name: Kohta {n}, phase: p}}\n" for n in range(touchpoints))
    moments = "".join(f"  - {{touchpoint: t{n}, expects: KEY, feels: FEELS}}\n" for n in range(touchpoints))
    files = {"journey.yaml": f"phases: [{{id: p, name: P}}]\ntouchpoints:\n{places}"}
    for n in range(people):
        told = moments.replace("KEY", f"odotus {n}").replace("FEELS", str(n % 5 - 2))
        files[f"personas/p{n}.yaml"] = f"label: Henkilö {n}\nsummary: x\nmoments:\n{told}"
    return files | {"roles/asiantuntija.yaml": serving(", ".join(f"p{n}" for n in range(people)))}


def page_of(studio: Studio, role: Role, language: str = "fi") -> Element:
    """A playbook as it is on a screen, which nothing may be wrong with."""
    rendered = studio.render(studio.compose("playbook", role, language), "html")
    assert rendered.problems == ()
    return tree_of(rendered.content)


def first_page(files: Mapping[str, str], folder: Path) -> Element:
    """The playbook of a small workspace with some of its files replaced or added."""
    studio = studio_of({**SMALL, **{name: yaml(text) for name, text in files.items()}}, folder)
    return page_of(studio, studio.workspace.roles[0])


def contents(page: Element) -> list[tuple[str, str]]:
    """The lines of the contents: where each leads, and what it says."""
    return [
        (each.get("href", "").removeprefix("#"), text_of(each)) for each in by_id(page, "contents").iter("a")
    ]


def chapters(page: Element) -> list[tuple[str, str]]:
    """The chapters as they follow each other: each one's id and heading."""
    sections = with_class(page, "chapter")
    return [(each.get("id", ""), text_of(head)) for each in sections for head in each.iter("h2")]
