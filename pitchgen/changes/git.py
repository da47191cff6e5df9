"""Git: a workspace as it was at an earlier revision."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path

from pitchgen.model.file_kind import FILE_KINDS
from pitchgen.problems import PitchgenError

# The id of an object, or nothing but an exit code.
_OBJECT = ("rev-parse", "--verify", "--quiet", "--end-of-options")
# Looking at a revision is no reason to run hooks. Filters do run: without them, encrypted files could not be
# read; their commands come from the user's own configuration, never from the repository's content.
_WITHOUT_HOOKS = ("-c", f"core.hooksPath={os.devnull}", "-c", "core.fsmonitor=false")
# What git tells its hooks about the repository that it is at work in: its own folders and a commit's own
# index, which lead git astray when it is asked about a folder.
_OF_A_HOOK = frozenset(
    f"GIT_{name}"
    for name in (
        *("DIR", "COMMON_DIR", "WORK_TREE", "INDEX_FILE", "PREFIX", "NAMESPACE"),
        *("OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "QUARANTINE_PATH"),
    )
)


class NoRevision(PitchgenError):
    """There is no such revision of the workspace, or no git to ask."""

    exit_code = 2


class CannotCheckOut(PitchgenError):
    """Git cannot give back the files of a revision: objects are missing or damaged, or a filter failed."""

    exit_code = 4

    def __init__(self, revision: str, said: str) -> None:
        super().__init__(f"git cannot give back the files of '{revision}': {said or 'it does not say why'}")


def check_out(root: Path, revision: str, into: Path) -> Path:
    """Write the workspace at `root` as it was at `revision` into the empty folder `into`.

    Returns the workspace there. What git is told to ignore has no history, such as hires: it is linked to
    from there as it is now, so that its reader must allow links to `root`. Raises `NoRevision` and
    `CannotCheckOut`.
    """
    asked = _git(root, *_OBJECT, f"{revision}^{{commit}}")
    if asked.returncode:
        because = f"; git says: {said}" if (said := _said(asked)) else ""
        raise NoRevision(f"there is no revision '{revision}' in the git repository of {root}{because}")
    prefix = _printed(_git(root, "rev-parse", "--show-prefix"))
    tree = into.resolve() / "workspace"
    tree.mkdir()
    folder = f"{_printed(asked)}:{prefix}"
    if _git(root, *_OBJECT, folder).returncode == 0:
        _fill(tree, folder, root, revision)
    _link_ignored(root, tree)
    return tree


def _fill(tree: Path, folder: str, root: Path, revision: str) -> None:
    """Write the files of `folder`, git's name for one, into `tree`. Raises `CannotCheckOut`."""
    index = {"GIT_INDEX_FILE": str(tree.with_name("index"))}
    # From the repository's top, because git takes the paths of its index to start there.
    top = Path(_printed(_git(root, "rev-parse", "--show-toplevel")) or root)
    for step in (("read-tree", folder), ("checkout-index", "--all", "--quiet", f"--prefix={tree}/")):
        done = _git(top, *step, env=index)
        if done.returncode:
            raise CannotCheckOut(revision, _said(done))


def _link_ignored(root: Path, tree: Path) -> None:
    ignored = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--")
    for name in _printed(_git(root, *ignored, *(kind.path for kind in FILE_KINDS))).split("\0"):
        link = tree / name
        # At the revision, a folder may have been a link: nothing is to be written where that leads.
        if name and os.path.realpath(link) == str(link):
            # Or a file, or what is ignored now was not.
            with suppress(FileExistsError, NotADirectoryError):
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(root / name)


def _git(
    folder: Path, *arguments: str, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Git, run in a folder. Raises `NoRevision` where there is no git to ask."""
    try:
        own = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
        # Whichever git the user has; its messages in English, for they are read below.
        run = subprocess.run(  # noqa: S603
            ["git", *_WITHOUT_HOOKS, *arguments],  # noqa: S607
            cwd=folder,
            env={**own, "LC_ALL": "C", **(env or {})},
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise NoRevision("git is not installed, so nothing is known of earlier revisions") from None
    if b"not a git repository" in run.stderr:
        raise NoRevision(f"{folder} is in no git repository; name the files that changed instead")
    return run


def _printed(run: subprocess.CompletedProcess[bytes]) -> str:
    return os.fsdecode(run.stdout).rstrip("\n") if run.returncode == 0 else ""


def _said(run: subprocess.CompletedProcess[bytes]) -> str:
    """What git complained of first."""
    first = next(iter(run.stderr.decode(errors="replace").splitlines()), "")
    return first.removeprefix("fatal: ").removeprefix("error: ")
