"""What the documents of a rich workspace consist of, compared with when somebody last looked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from every_document import all_documents, studio_of
from outline import html_outline, pdf_outline
from rich import RICH
from snapshots import Snapshots
from workspaces import write_tree

from pitchgen.load.files import load_files
from pitchgen.model.base import Model
from pitchgen.workspace.validate import validate

pytestmark = pytest.mark.xdist_group("rich")


def test_pages_consist_of_what_they_did(snapshots: Snapshots, tmp_path: Path) -> None:
    studio = studio_of(RICH, tmp_path)
    snapshots.check(
        "html",
        {
            f"{name}.txt": html_outline(studio.render(document, "html").content.decode()).encode()
            for name, document in all_documents(studio).items()
        },
    )


def test_pdfs_are_tagged_as_they_were(snapshots: Snapshots, rich_pdfs: dict[str, Path]) -> None:
    # One language is enough, and a third of the time: what it says is compared above.
    made = {f"{name}.txt": pdf_outline(pdf).encode() for name, pdf in rich_pdfs.items()}
    snapshots.check("pdf", made)


# What they are made from


def models(thing: Any) -> Iterator[Model]:
    """Every model inside a thing."""
    if isinstance(thing, Model):
        yield thing
        yield from models([getattr(thing, name) for name in thing.model_fields_set])
    elif is_dataclass(thing):
        yield from models([getattr(thing, field.name) for field in fields(thing)])
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from models(part)


def kinds(kind: type[Model]) -> Iterator[type[Model]]:
    for each in kind.__subclasses__():
        yield each
        yield from kinds(each)


def test_the_rich_workspace_uses_every_field(tmp_path: Path) -> None:
    validated = validate(load_files(write_tree(tmp_path, RICH)))
    assert validated.problems == ()
    used = {(type(model), name) for model in models(validated.items) for name in model.model_fields_set}
    of_files = (kind for kind in kinds(Model) if kind.__module__.startswith("pitchgen.model."))
    every = {(kind, name) for kind in of_files for name in kind.model_fields}
    assert {f"{kind.__name__}.{name}" for kind, name in every - used} == {"Brand.font"}


# How they are kept


def test_what_differs_is_shown_and_renewed_when_asked(tmp_path: Path) -> None:
    Snapshots(update=True, folder=tmp_path).check("a", {"changed": b"<p>\none\n", "gone": b"", "same": b"x"})
    now = {"changed": b"<p>\ntwo\n", "new": b"", "same": b"x"}
    with pytest.raises(pytest.fail.Exception) as failure:
        Snapshots(update=False, folder=tmp_path).check("a", now)
    told = str(failure.value)
    assert "a/changed: --- kept\n+++ made\n@@ -1,2 +1,2 @@\n <p>\n-one\n+two" in told
    assert "a/gone: is kept, but no longer made" in told
    assert "a/new: is not kept yet" in told
    assert "same" not in told
    Snapshots(update=True, folder=tmp_path).check("a", now)
    Snapshots(update=False, folder=tmp_path).check("a", now)
    assert {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()} == now
