"""Git: a workspace as it was at an earlier revision, and committing what changed in it since the last."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

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

# How git says that it has no name to put under a commit.
_NOBODY = ("tell me who you are", "empty ident name", "no email was given", "no name was given")
# Characters of what a hook said.
_MOST_SAID = 2000


class NoRevision(PitchgenError):
    """There is no such revision of the workspace, or no git to ask."""

    exit_code = 2


class NoGit(NoRevision):
    """There is no git to ask, or no repository that it knows of."""


class CannotCheckOut(PitchgenError):
    """Git cannot give back the files of a revision: objects are missing or damaged, or a filter failed."""

    exit_code = 4

    def __init__(self, revision: str, said: str) -> None:
        super().__init__(f"git cannot give back the files of '{revision}': {said or 'it does not say why'}")


class CannotCommit(PitchgenError):
    """Nothing was committed: nothing has changed, or git or one of its hooks refused."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Uncommitted:
    """A file of a workspace, by its path in that, which is not as git has it."""

    path: str
    state: Literal["new", "changed", "deleted"]


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


def uncommitted(root: Path) -> tuple[Uncommitted, ...]:
    """The files of the workspace at `root` that differ from the last commit; of private kinds none.

    Raises `NoGit`, and `CannotCommit` when git cannot tell.
    """
    prefix = _printed(_git(root, "rev-parse", "--show-prefix"))
    paths = (kind.path for kind in FILE_KINDS if not kind.is_private)
    asked = _git(root, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", *paths)
    if asked.returncode:
        raise CannotCommit(f"git cannot tell what has changed: {_said(asked)}")
    lines = filter(None, os.fsdecode(asked.stdout).split("\0"))
    return tuple(Uncommitted(line[3:].removeprefix(prefix), _state(line[:2])) for line in lines)


def _state(code: str) -> Literal["new", "changed", "deleted"]:
    """What two letters of `git status` mean: of what is in the index, and of what is in the folder."""
    if code == "??" or "A" in code:
        return "new"
    return "deleted" if "D" in code else "changed"


def commit(root: Path, message: str) -> str:
    """Commit all that is `uncommitted`, nothing else, and push nothing; returns the id of the commit.

    What else was staged stays so. Raises `NoGit` and `CannotCommit`.
    """
    changes = uncommitted(root)
    if not changes:
        raise CannotCommit("nothing has changed since the last commit")
    if not message.strip():
        raise CannotCommit("say in a few words what has changed")
    paths = [change.path for change in changes]
    known = _printed(_git(root, "--literal-pathspecs", "ls-files", "-z", "--", *paths)).split("\0")
    new = [path for path in paths if path not in known]
    done = _git(root, "--literal-pathspecs", "add", "--intent-to-add", "--", *new) if new else None
    if done is None or done.returncode == 0:
        only = ("--literal-pathspecs", "commit", "--quiet", "--file=-", "--only", "--", *paths)
        done = _git(root, *only, said=message.encode(), with_hooks=True)
    if done.returncode:
        if new:
            _git(root, "--literal-pathspecs", "rm", "--cached", "--quiet", "--", *new)
        raise CannotCommit(_refusal(done))
    return _printed(_git(root, "rev-parse", "--short", "HEAD"))


def _refusal(run: subprocess.CompletedProcess[bytes]) -> str:
    """Why git committed nothing."""
    said = (run.stderr + run.stdout).decode(errors="replace").strip()
    if any(words in said for words in _NOBODY):
        return (
            "git does not know who you are; tell it once, in a terminal:\n"
            'git config --global user.name "Your Name"\ngit config --global user.email you@example.com'
        )
    return f"git or one of its hooks refused to commit: {said[:_MOST_SAID] or 'it does not say why'}"


def _git(
    folder: Path,
    *arguments: str,
    env: dict[str, str] | None = None,
    said: bytes = b"",
    with_hooks: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """Git, run in a folder, and what it is `said` on its stdin. Raises `NoGit` where there is none to ask."""
    try:
        own = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
        # Whichever git the user has; its messages in English, for they are read below.
        run = subprocess.run(  # noqa: S603
            ["git", *(() if with_hooks else _WITHOUT_HOOKS), *arguments],  # noqa: S607
            input=said,
            cwd=folder,
            env={**own, "LC_ALL": "C", **(env or {})},
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise NoGit("git is not installed, so nothing is known of earlier revisions") from None
    if b"not a git repository" in run.stderr:
        raise NoGit(f"{folder} is in no git repository; name the files that changed instead")
    return run


def _printed(run: subprocess.CompletedProcess[bytes]) -> str:
    return os.fsdecode(run.stdout).rstrip("\n") if run.returncode == 0 else ""


def _said(run: subprocess.CompletedProcess[bytes]) -> str:
    """What git complained of first."""
    first = next(iter(run.stderr.decode(errors="replace").splitlines()), "")
    return first.removeprefix("fatal: ").removeprefix("error: ")
