"""`check` on a very large workspace, beside loading and validating it alone."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from benchmarks.timing import Pair, compare, seconds
from pitchgen.check import check_list, check_workspace
from pitchgen.load.files import load_files
from pitchgen.model.file_kind import FILE_KINDS, HIRES
from pitchgen.rules.run import selection
from pitchgen.workspace.roster import Roster
from pitchgen.workspace.validate import validate

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 21)
ROUNDS = 3
MANY, MOST = 1_000, 5_000
ROWS = 10_000
_LINE = re.compile(r"^\s+(?:- )?(?:fi|en|sv): .*", re.MULTILINE)
_WORD = re.compile(r"[a-zåäö]{6,}")
# Prints the most memory that a check took, in bytes.
_CHECK = """
import resource, sys
from datetime import date
from pathlib import Path
from pitchgen.check import check_workspace
from pitchgen.rules.run import selection
check_workspace(Path(sys.argv[1]), date(2026, 11, 21), selection())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def beside_loading(folder: Path) -> Pair:
    """All rules on 1,000 personas and 1,000 roles."""
    root = workspace(folder / "many", MANY)
    return compare(lambda: check(root), lambda: validate(load_files(root)), rounds=ROUNDS)


def five_times_as_many(folder: Path) -> Pair:
    """5,000 personas and 5,000 roles beside 1,000; the ratio is of the time for one."""
    few, many = workspace(folder / "few", MANY), workspace(folder / "most", MOST)
    pair = Pair(seconds(lambda: check(many)), seconds(lambda: check(few)), 0)
    return Pair(pair.ours, pair.theirs, pair.ours / pair.theirs * MANY / MOST)


def memory(folder: Path) -> Pair:
    """The most memory that a check of 1,000 personas and 1,000 roles takes, beside 1.2 GB; as MB."""
    root = workspace(folder / "many", MANY)
    command = [sys.executable, "-c", _CHECK, str(root)]
    taken = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return Pair(taken / 1e9, 1.2, taken / 1.2e9)


def list_beside_reading(folder: Path) -> Pair:
    """A workbook with 10,000 newcomers, beside reading and validating it with the rest of the starter."""
    path = folder / "list.xlsx"
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Tunniste", "Nimi", "Sähköposti", "Tehtävä", "Kieli", "Aloituspäivä", "Esihenkilö"])
    for n in range(ROWS):
        who = [n, f"Aino Virtasalmi {n}", f"{n}@example.com"]
        sheet.append([*who, "Palveluasiantuntija", "suomi", date(2027, 5, 31), "Marjut Ketola"])
    book.save(path)
    roster = Roster(path)

    def look() -> None:
        assert check_list(ROOT, roster, TODAY).complete

    def read() -> None:
        files = load_files(ROOT, [kind for kind in FILE_KINDS if kind != HIRES])
        assert len(roster.join(validate(files)).of(HIRES)) == ROWS

    return compare(look, read, rounds=ROUNDS)


def check(root: Path) -> None:
    """Load, validate, link, and look by every rule."""
    checked = check_workspace(root, TODAY, selection())
    assert checked.complete


def workspace(root: Path, number: int) -> Path:
    """A workspace of so many personas and as many roles, each saying what the starter's do in other words."""
    shutil.rmtree(root, ignore_errors=True)
    for name in ("personas", "roles"):
        (root / name).mkdir(parents=True)
    for name in ("company.yaml", "journey.yaml", "metrics.yaml"):
        shutil.copy(ROOT / name, root)
    chance = random.Random(number)
    personas, roles = (sorted((ROOT / name).glob("*.yaml")) for name in ("personas", "roles"))
    ids = "|".join(path.stem for path in (*personas, *roles))
    # A conflict names a persona and its need, what a role serves stands alone on its line.
    reference = re.compile(rf"(?<=- )({ids})(?=/|$)", re.MULTILINE)
    # The blocks of which every persona and every role is there.
    complete = number // max(len(personas), len(roles))
    for paths in (personas, roles):
        for n in range(number):
            path, block = paths[n % len(paths)], n // len(paths) % complete
            text = reference.sub(rf"\1-{block}", path.read_text(encoding="utf-8"))
            text = _LINE.sub(lambda line: _in_other_words(line[0], chance), text)
            (root / path.parent.name / f"{path.stem}-{n // len(paths)}.yaml").write_text(
                text, encoding="utf-8"
            )
    return root


def _in_other_words(line: str, chance: random.Random) -> str:
    return _WORD.sub(lambda word: "".join(chance.sample(word[0], len(word[0]))), line)
