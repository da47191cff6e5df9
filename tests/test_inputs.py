"""What a document is made from: by its inputs, and by nothing else, it is told whether it is out of date."""

from __future__ import annotations

import json
from pathlib import Path

from every_document import THE_DAY
from norwegian import COMPANY, FILES
from rich import RICH
from workspaces import linked, write_tree

from pitchgen import shipped
from pitchgen.documents.catalogue import KINDS
from pitchgen.language.words import read_words
from pitchgen.problems import InvalidInput
from pitchgen.studio.inputs import Inputs
from pitchgen.studio.jobs import Job, all_jobs, job_of_company
from pitchgen.studio.studio import Studio

TEMPLATES = [
    path.relative_to(shipped.TEMPLATES).as_posix()
    for path in sorted(shipped.TEMPLATES.rglob("*"))
    if path.is_file() and not {"new", "bare"} & set(path.parts)
]
BROKEN = {".html": "{% broken", ".md": "{% broken", ".css": "\0", ".yaml": "- broken\n", ".dic": "broken"}


def jobs(studio: Studio) -> list[Job]:
    """Every document of the studio's workspace, in its company's language and in Swedish."""
    workspace = studio.workspace
    found = [*all_jobs(workspace), job_of_company(workspace, KINDS["matrix"], workspace.company.language)]
    return [Job(job.kind, job.subject, language, job.stem) for job in found for language in ("fi", "sv")]


def shown(studio: Studio, job: Job) -> str:
    """All that a document shows, or why it cannot be made."""
    try:
        return studio.fingerprint(job.compose(studio))
    except InvalidInput as error:
        return str(error.problems)


def test_templates_that_are_none_of_its_inputs_cannot_reach_a_document(tmp_path: Path) -> None:
    own = {f"templates/{name}": (shipped.TEMPLATES / name).read_text(encoding="utf-8") for name in TEMPLATES}
    sound = Studio(linked(write_tree(tmp_path / "sound", RICH | own)), THE_DAY)
    inputs = Inputs(sound.workspace)
    for number, job in enumerate(jobs(sound)):
        used = own.keys() & inputs.files(job).keys()
        broken = {name: BROKEN[Path(name).suffix] for name in own.keys() - used}
        assert used and broken
        spoilt = Studio(linked(write_tree(tmp_path / str(number), RICH | own | broken)), THE_DAY)
        same = jobs(spoilt)[number]
        assert (same.stem, same.language) == (job.stem, job.language)
        assert shown(spoilt, same) == shown(sound, job), (job.stem, job.language)


def test_a_sentence_of_a_language_reaches_only_documents_in_it(tmp_path: Path) -> None:
    files = {
        "templates/languages/fi/pitch.md": "# Hei\n",
        "templates/languages/fi/words.yaml": "now: Juuri nyt\n",
    }
    studio = Studio(linked(write_tree(tmp_path, {**RICH, **files})), THE_DAY)
    inputs = Inputs(studio.workspace)
    for job in jobs(studio):
        used = {name for name in files if name in inputs.files(job)}
        spoken = {f"templates/languages/fi/{word}" for word in job.kind.words}
        assert used == (files.keys() & spoken if job.language == "fi" else set())


def test_a_language_that_falls_back_is_reached_by_what_it_falls_back_to(tmp_path: Path) -> None:
    facts = {"templates/languages/nn/language.yaml": "name: Norwegian Nynorsk\nfallback: nb\n"}
    root = write_tree(tmp_path, {**COMPANY, **FILES, **facts})
    workspace = linked(root)
    inputs, job = Inputs(workspace), next(all_jobs(workspace, ["role-card"]))
    made_from = inputs.files(Job(job.kind, job.subject, "nn", job.stem))
    assert {"templates/languages/nb/words.yaml", "templates/languages/nn/language.yaml"} <= made_from.keys()
    assert "templates/languages/nb/pitch.md" not in made_from


def test_what_others_say_in_another_language_cannot_reach_a_document(tmp_path: Path) -> None:
    """Not even when it is to the letter what a document says itself, in its own."""
    plain = Studio(linked(write_tree(tmp_path / "plain", RICH)), THE_DAY)
    words = read_words(plain.workspace.languages.folders, "sv").values()
    other = {"name": "Bo Ek", "role": plain.workspace.roles[0].model.id, "language": "fi", "needs": [*words]}
    more = {"hires/muu.yaml": json.dumps(other, ensure_ascii=False)}
    joined = Studio(linked(write_tree(tmp_path / "joined", {**RICH, **more})), THE_DAY)
    inputs, after = Inputs(joined.workspace), {(job.stem, job.language): job for job in jobs(joined)}
    others = [
        job for job in jobs(plain) if not more.keys() & inputs.files(after[job.stem, job.language]).keys()
    ]
    assert {job.kind.name for job in others} == set(KINDS)
    for job in others:
        same = after[job.stem, job.language]
        assert inputs.files(same) == Inputs(plain.workspace).files(job)
        assert shown(joined, same) == shown(plain, job), (job.stem, job.language)
