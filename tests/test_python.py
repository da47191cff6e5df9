"""What other programs may use: a few functions, in any thread, that import nothing before it is used."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from every_document import THE_DAY
from workspaces import GUARD, REPOSITORY, linked, small, write_tree

import pitchgen
from pitchgen.documents.catalogue import KINDS
from pitchgen.starter.files import starter_files

PAGE = (REPOSITORY / "docs/python.md").read_text(encoding="utf-8")
EXAMPLE = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
# Of these, pitchgen itself needs none to be imported.
HEAVY = ("click", "pydantic", "yaml", "jinja2", "babel", "weasyprint", "markdown_it")
ROLE = "palveluasiantuntija"


def python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=GUARD)


def test_the_example_works(tmp_path: Path) -> None:
    write_tree(tmp_path / "my-company", {name: path.read_bytes() for name, path in starter_files()})
    done = python(EXAMPLE, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == f"{len(list((tmp_path / 'out').glob('*.html')))} files written"
    hires = {path.stem for path in (tmp_path / "my-company/hires").glob("*.yaml")}
    assert {path.stem for path in tmp_path.glob("*.pdf") if path.read_bytes()[:5] == b"%PDF-"} == hires
    assert (tmp_path / "letter.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_page_names_all_that_is_offered() -> None:
    told = set(re.findall(r"\bpitchgen\.(\w+)|`(?:pitchgen\.)?(\w+)[`(]", PAGE))
    named = {name for pair in told for name in pair}
    assert set(pitchgen.__all__) - {"__version__"} <= named


def test_every_name_that_is_offered_is_there_and_no_other() -> None:
    assert all(getattr(pitchgen, name) is not None for name in pitchgen.__all__)
    assert set(pitchgen.__all__) <= set(dir(pitchgen))
    with pytest.raises(AttributeError, match="has no attribute 'make_tea'"):
        _ = pitchgen.make_tea  # type: ignore[attr-defined]


def test_nothing_is_imported_before_it_is_used(tmp_path: Path) -> None:
    said = python(f"import sys, pitchgen; print([m for m in {HEAVY} if m in sys.modules])", tmp_path)
    assert (said.stdout, said.stderr) == ("[]\n", "")


def test_no_click_comes_with_it(tmp_path: Path) -> None:
    everything = "import sys, pitchgen; [getattr(pitchgen, name) for name in pitchgen.__all__]"
    assert python(f"{everything}; print('click' in sys.modules)", tmp_path).stdout == "False\n"


def test_documents_of_all_kinds_are_made_in_several_threads_at_once() -> None:
    workspace = linked(REPOSITORY)
    about = {"hire": "aino-virtasalmi", "role": ROLE, "persona": "varmistelija", "manager": "marjut-ketola"}
    wanted = [
        (name, about.get(kind.of), format, language)
        for language in workspace.company.languages
        for name, kind in KINDS.items()
        for format in ("html", *kind.texts, *(["pdf"] if name == "pitch" else []))
    ]
    with closing(pitchgen.Presses()) as presses:

        def make(name: str, about: str | None, format: str, language: str) -> pitchgen.Rendered:
            return pitchgen.make_document(
                workspace, name, about, format=format, today=THE_DAY, language=language, presses=presses
            )

        alone = [make(*each) for each in wanted]
        with ThreadPoolExecutor(4) as threads:
            together = list(threads.map(lambda each: make(*each), wanted))
    assert together == alone
    assert all(each.content and not each.failed for each in together)


def test_intakes_are_made_off_the_main_thread_and_several_at_once(tmp_path: Path) -> None:
    roots = [small(tmp_path / name) for name in ("yksi", "kaksi")]
    with ThreadPoolExecutor(2) as threads:
        records = list(
            threads.map(
                lambda root: pitchgen.make_intake(root, pitchgen.Order(folder=root / "out"), THE_DAY), roots
            )
        )
    first, second = ({path.name: path.read_bytes() for path in (root / "out").glob("*.*")} for root in roots)
    assert all(record.written for record in records)
    assert {name: content for name, content in first.items() if name[0] != "."} == {
        name: content for name, content in second.items() if name[0] != "."
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pich", "aino"), "there is no document 'pich'"),
        (("pitch", "ainu"), "there is no hire 'ainu'"),
        (("pitch",), "a pitch is about a hire, and nobody is named"),
        (("role-card", "johtaja"), "there is no role 'johtaja'"),
    ],
)
def test_who_asks_for_what_there_is_not_is_told(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    workspace = linked(small(tmp_path))
    with pytest.raises(pitchgen.InvalidInput) as told:
        pitchgen.make_document(workspace, *arguments, format="html", today=THE_DAY)
    (problem,) = told.value.problems
    assert problem.message == said
    assert problem.hint


@pytest.mark.parametrize(("option", "value"), [("format", "odt"), ("language", "de")])
def test_a_format_or_language_that_there_is_not_is_told(tmp_path: Path, option: str, value: str) -> None:
    wanted = {"format": "html", option: value}
    with pytest.raises(pitchgen.InvalidInput) as told:
        pitchgen.make_document(linked(small(tmp_path)), "pitch", "aino", today=THE_DAY, **wanted)  # type: ignore[arg-type]
    (problem,) = told.value.problems
    assert f"'{value}'" in problem.message


def test_people_are_found_by_their_names_too_while_there_is_one(tmp_path: Path) -> None:
    another = {
        "hires/aino-b.yaml": "name: Bo Ek\nrole: asiantuntija\n",
        "hires/bo.yaml": "name: bo ek\nrole: asiantuntija\n",
    }
    workspace = linked(small(tmp_path, another))
    by_name, by_id = (
        pitchgen.make_document(workspace, "role-card", said, format="html", today=THE_DAY)
        for said in ("PALVELUASIANTUNTIJA", "asiantuntija")
    )
    assert by_name == by_id
    with pytest.raises(pitchgen.InvalidInput) as told:
        pitchgen.make_document(workspace, "pitch", "Bo Ek", format="html", today=THE_DAY)
    (problem,) = told.value.problems
    assert (problem.message, problem.hint) == (
        "several hires are called 'Bo Ek'",
        "give the id of one: aino-b, bo",
    )
