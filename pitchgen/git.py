"""Git: a workspace as it was at an earlier revision."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from pitchgen.load.files import FOLDERS, SINGLE_FILES
from pitchgen.problems import PitchgenError


class NoRevision(PitchgenError):
    """There is no such revision of the workspace, or no git to ask."""

    exit_code = 2


def check_out(root: Path, revision: str, into: Path) -> Path:
    """Write the workspace at `root` as it was at `revision` into the empty folder `into`.

    Returns the workspace there. What git is told to ignore has no history, such as hires: it is linked to
    from there as it is now. Raises `NoRevision`.
    """
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise NoRevision(f"there is no revision '{revision}' in the git repository of {root}")
    prefix = _git(root, "rev-parse", "--show-prefix") or ""
    tree = into / "workspace"
    tree.mkdir()
    index = {"GIT_INDEX_FILE": str(into / "index")}
    if _git(root, "read-tree", f"{commit}:{prefix}", env=index) is not None:
        # From the repository's top, because git takes the paths of its index to start there.
        top = Path(_git(root, "rev-parse", "--show-toplevel") or root)
        _git(top, "checkout-index", "--all", "--quiet", f"--prefix={tree}/", env=index)
    ignored = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--")
    for name in (_git(root, *ignored, *SINGLE_FILES.values(), *FOLDERS) or "").split("\0"):
        if name and not (tree / name).exists():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).symlink_to(root / name)
    return tree


def _git(folder: Path, *arguments: str, env: dict[str, str] | None = None) -> str | None:
    """What git prints; None when it says no. Raises `NoRevision` where there is no git to ask."""
    try:
        # Whichever git the user has; its messages in English, for they are read below.
        run = subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            cwd=folder,
            env={**os.environ, "LC_ALL": "C", **(env or {})},
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise NoRevision("git is not installed, so nothing is known of earlier revisions") from None
    if b"not a git repository" in run.stderr:
        raise NoRevision(f"{folder} is in no git repository; name the files that changed instead")
    return os.fsdecode(run.stdout).rstrip("\n") if run.returncode == 0 else None
