"""constraints.txt names every package that the set-up installs, so that no machine gets another."""

from __future__ import annotations

import tomllib
from importlib.metadata import distribution

import pytest
from hatchling.build import get_requires_for_build_editable
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from workspaces import REPOSITORY


def asked_for() -> list[str]:
    """What pitchgen asks for: to be built as the set-up builds it, to run, and to be tested."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    return [
        *project["build-system"]["requires"],
        *get_requires_for_build_editable(),
        *project["project"]["dependencies"],
        *(each for extra in extras for each in extra),
    ]


def installed() -> dict[str, Version]:
    """The packages that this brings along on this machine, whoever asks for them."""
    found: dict[str, Version] = {}
    waiting, seen = [(each, "") for each in asked_for()], set[tuple[str, str]]()
    while waiting:
        if (asked := waiting.pop()) in seen:
            continue
        seen.add(asked)
        requirement = Requirement(asked[0])
        if requirement.marker and not requirement.marker.evaluate({"extra": asked[1]}):
            continue
        there = distribution(requirement.name)
        found[canonicalize_name(requirement.name)] = Version(there.version)
        waiting += [(each, extra) for each in there.requires or () for extra in ("", *requirement.extras)]
    return found


def pinned() -> dict[str, Version]:
    """The packages of constraints.txt."""
    lines = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): Version(version) for name, version in pins}


def test_whatever_the_set_up_installs_is_pinned_to_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    # The build asks for what stands in the current folder.
    monkeypatch.chdir(REPOSITORY)
    found = installed()
    assert {"editables", "packaging", "weasyprint"} <= found.keys()
    assert found.items() - pinned().items() == set()
