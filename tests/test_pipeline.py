"""The page on pipelines: its files are what their readers take, and what they start is run for real."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml
from report_standards import command, complaints
from workspaces import REPOSITORY, SMALL, git, small, write_tree

PAGE = (REPOSITORY / "docs" / "pipeline.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL)
ANNOTATIONS, CODE_SCANNING = (text for name, text in EXAMPLES if name == ".github/workflows/pitchgen.yml")
SCRIPTS = Path(sysconfig.get_path("scripts"))
TYPO = {"hires/aino.yaml": "name: Aino Virtanen\nrole: asiantuntia\n"}


JUDGES = {
    ".pre-commit-config.yaml": ["pre-commit", "validate-config"],
    ".github/workflows/pitchgen.yml": ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
    ".gitlab-ci.yml": ["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"],
}


def judged(folder: Path, name: str, text: str) -> subprocess.CompletedProcess[str]:
    """What the tool that knows files of this name says of one."""
    tool, *arguments = JUDGES[name]
    path = write_tree(folder, {name: text}) / name
    return subprocess.run([SCRIPTS / tool, *arguments, path], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("name", "text"), EXAMPLES)
def test_every_file_of_the_page_is_one_that_its_reader_takes(tmp_path: Path, name: str, text: str) -> None:
    said = judged(tmp_path, name, text)
    assert said.returncode == 0, said.stdout
    assert "--strict" in text


@pytest.mark.parametrize(("name", "text"), EXAMPLES)
def test_the_readers_would_refuse_a_file_that_is_wrong(tmp_path: Path, name: str, text: str) -> None:
    wrong = re.sub("(repos|runs-on|script):", r"\1x:", text)
    assert judged(tmp_path, name, wrong).returncode == 1


def steps(workflow: str) -> list[str]:
    """The commands of a workflow that call pitchgen."""
    parsed: dict[str, Any] = yaml.safe_load(workflow)
    runs = [step.get("run", "") for step in parsed["jobs"]["check"]["steps"]]
    return [run for run in runs if run.startswith("pitchgen")]


def run_step(workflow: str, root: Path) -> subprocess.CompletedProcess[str]:
    """Run the check of a workflow as GitHub does, with bash at the top of the repository."""
    (step,) = steps(workflow)
    return subprocess.run(
        ["bash", "-e", "-c", step],
        cwd=root,
        env={**os.environ, "PATH": f"{SCRIPTS}:{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_workflow_of_annotations_fails_with_them(tmp_path: Path) -> None:
    done = run_step(ANNOTATIONS, small(tmp_path, TYPO))
    assert (done.returncode, done.stderr) == (1, "")
    assert command(done.stdout.rstrip()).properties["file"] == "hires/aino.yaml"


def test_the_workflow_of_code_scanning_leaves_a_log_where_it_is_uploaded_from(tmp_path: Path) -> None:
    done = run_step(CODE_SCANNING, small(tmp_path, TYPO))
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    upload = yaml.safe_load(CODE_SCANNING)["jobs"]["check"]["steps"][-1]
    made = json.loads((tmp_path / upload["with"]["sarif_file"]).read_text(encoding="utf-8"))
    assert complaints(made) == []
    assert len(made["runs"][0]["results"]) == 1


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository as it is now, committed, to be taken as a hook from."""
    copy = tmp_path_factory.mktemp("hook") / "pitchgen"
    passed_over = shutil.ignore_patterns(".[!p]*", ".pytest_cache", "__pycache__", "out", "tests", "docs")
    shutil.copytree(REPOSITORY, copy, ignore=passed_over)
    git(copy, "init")
    git(copy, "add", ".")
    git(copy, "commit", "-m", "all")
    git(copy, "tag", "v0.1.0")
    return copy


def test_pre_commit_stops_a_commit_that_breaks_the_workspace(hook: Path, tmp_path: Path) -> None:
    config = dict(EXAMPLES)[".pre-commit-config.yaml"]
    # The smallest of workspaces is not without warnings.
    config = config.replace("https://git.example.com/pitchgen", str(hook)).replace("--strict", "-q")
    root = write_tree(tmp_path / "firma", {**SMALL, ".pre-commit-config.yaml": config, "muuta.txt": "a"})
    git(root, "init")
    git(root, "add", ".")
    env = {
        **os.environ,
        "PRE_COMMIT_HOME": str(tmp_path / "cache"),
        # pitchgen is installed by pre-commit; what it needs is taken from here instead of being downloaded.
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads this one the other way round
        "PIP_NO_INDEX": "1",
    }

    def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=root,
            env=env,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    assert run(SCRIPTS / "pre-commit", "install").returncode == 0
    who = ("-c", "user.name=HR", "-c", "user.email=hr@example.com")
    commit = ("git", *who, "commit", "-m", "muutos")
    well = run(*commit)
    assert "Passed" in well.stderr, well.stdout + well.stderr
    # A commit that does nothing but delete files names none that a hook could be given.
    git(root, "rm", "--quiet", "personas/varmistelija.yaml")
    broken = run(*commit)
    assert broken.returncode == 1
    assert "roles/asiantuntija.yaml:7:14: error[unknown-reference]" in broken.stderr
