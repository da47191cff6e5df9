"""Build: the files of a whole intake, made in one folder; only those that are not what they should be."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pitchgen.documents.catalogue import BUNDLES, DOCUMENTS, FOR_NEWCOMER, FORMATS
from pitchgen.intake.manifest import Manifest, digest_of
from pitchgen.problems import InvalidInput, Problem, errors
from pitchgen.render.press import LOST, OF_THE_MACHINE, Paper, Pdf
from pitchgen.report.discreet import without_content
from pitchgen.studio.document import Document, Rendered
from pitchgen.studio.inputs import Inputs, digest
from pitchgen.studio.jobs import Bundle, Job, bundles, intake_jobs
from pitchgen.workspace import Hire, Workspace
from pitchgen.write import write_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pitchgen.render.printing import Printer
    from pitchgen.studio.studio import Studio

# Seconds without a page after which the printer is asked whether it will ever print one.
LONG = 10


@dataclass(frozen=True, slots=True)
class Output:
    """One file of a build: a document, or a bundle of them, in a format; `inputs` is what it is made from."""

    made: Job | Bundle
    format: str
    inputs: str

    @property
    def name(self) -> str:
        """What the file is called."""
        return f"{self.made.stem}.{self.format}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one output, and what is wrong with it; one that `failed` was not written."""

    output: Output
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the file could not be made."""
        return bool(errors(self.problems))


def outputs_of(
    inputs: Inputs,
    documents: Collection[str],
    formats: Collection[str],
    hires: Sequence[Hire] | None = None,
) -> list[Output]:
    """Every file of an intake, or of these hires in it, in the order in which they are made.

    Each document is made in what suits it. Bundles hold the PDFs for the newcomer, which are therefore made
    too.
    """
    workspace = inputs.workspace
    packed = [format for format in BUNDLES if format in formats]
    jobs = list(intake_jobs(workspace, documents, hires))
    found = [
        Output(job, format, inputs.digest(job, format))
        for job in jobs
        for format in job.kind.formats
        if format in formats or (packed and format == "pdf" and job.kind in FOR_NEWCOMER)
    ]
    for bundle in bundles(workspace, jobs, hires) if packed else ():
        letter = Job(DOCUMENTS["pitch"], bundle.subject, bundle.language, bundle.stem)
        parts = [inputs.message, *(inputs.digest(part, "pdf") for part in bundle.parts)]
        found += [Output(bundle, kind, digest([inputs.digest(letter, kind), *parts])) for kind in packed]
    return found


def why_stale(output: Output, manifest: Manifest, day: date | None) -> str:
    """Why the file must be made, in a few words; empty when it need not. A `day` is one it must be of."""
    entry = manifest.entry(output.name)
    if entry is None:
        return "new"
    if entry.inputs != output.inputs:
        return "changed"
    if day and entry.day != day:
        return "of another day"
    return "" if manifest.is_intact(output.name) else "missing or edited"


def left_over(workspace: Workspace, manifest: Manifest) -> list[Path]:
    """The known files of the folder that are no document of the intake, or none under this name any more."""
    jobs = list(intake_jobs(workspace))
    stems = [job.stem for job in jobs] + [bundle.stem for bundle in bundles(workspace, jobs)]
    wanted = set(map(digest_of, stems))
    return [path for path, entry in manifest.files() if entry.document not in wanted]


def passed_over(
    inputs: Inputs, manifest: Manifest, documents: Collection[str], asked: Iterable[Output]
) -> list[str]:
    """The known files that are out of date and were not asked for; bundles are taken to hold `documents`."""
    known = {path.name: entry for path, entry in manifest.files()}
    for output in asked:
        known.pop(output.name, None)
    if not known:
        # To work out all that there could be takes a while.
        return []
    every = [*outputs_of(inputs, DOCUMENTS, FORMATS), *outputs_of(inputs, documents, BUNDLES)]
    wanted = {output.name: output.inputs for output in every if output.name in known}
    return [name for name, expected in wanted.items() if known[name].inputs != expected]


class Build:
    """Makes files in `folder`, PDFs with `printer`, and notes them in the manifest as it goes."""

    def __init__(self, studio: Studio, printer: Printer, folder: Path, manifest: Manifest) -> None:
        self._studio = studio
        self._printer = printer
        self._folder = folder
        self._manifest = manifest
        self._printing: dict[Future[Pdf], tuple[Output, Document, Paper]] = {}
        self._failed: set[str] = set()

    def run(self, stale: Iterable[Output]) -> Iterator[Outcome]:
        """Make these outputs; what is wrong with one never keeps the others from being made.

        Only a few documents more than there are renderers are in memory. Raises `CannotWrite`, and
        whatever the printer raises when it is lost.
        """
        formats: dict[Job, list[Output]] = {}
        packed: list[Output] = []
        for output in stale:
            if isinstance(output.made, Job):
                formats.setdefault(output.made, []).append(output)
            else:
                packed.append(output)
        for job, outputs in formats.items():
            yield from self._begin(job, outputs)
            while len(self._printing) > 2 * self._printer.width:
                yield from self._finish_some()
        while self._printing:
            yield from self._finish_some()
        for output in packed:
            yield self._pack(output)

    def _begin(self, job: Job, outputs: Iterable[Output]) -> Iterator[Outcome]:
        """Compose a document, write it in all formats but PDF, and hand that one to the renderers."""
        try:
            document = job.compose(self._studio)
        except InvalidInput as error:
            yield from (self._done(output, Rendered(b"", error.problems)) for output in outputs)
            return
        for output in outputs:
            if output.format == "pdf":
                yield from self._print(output, document)
            else:
                yield self._done(output, self._studio.render(document, output.format))

    def _print(self, output: Output, document: Document) -> Iterator[Outcome]:
        try:
            paper = self._studio.paper(document)
        except InvalidInput as error:
            yield self._done(output, Rendered(b"", error.problems))
        else:
            future = self._printer.submit(paper)
            self._printing[future] = output, document, paper

    def _finish_some(self) -> Iterator[Outcome]:
        while not (done := wait(self._printing, LONG, FIRST_COMPLETED).done):
            self._printer.check()
        for future in done:
            output, document, paper = self._printing.pop(future)
            yield self._done(output, self._studio.printed(document, paper, _pdf_of(future)))

    def _pack(self, output: Output) -> Outcome:
        """Put the PDFs of a bundle, which stand in the folder, into one file."""
        assert isinstance(output.made, Bundle)
        names = [f"{part.stem}.pdf" for part in output.made.parts]
        if not self._failed.isdisjoint(names):
            message = "cannot be packed, because a document that belongs in it could not be made"
            hint = "mend that document, then build again"
            problem = Problem("incomplete-bundle", message, output.made.subject.at.path, hint=hint)
            return self._done(output, Rendered(b"", (problem,)))
        try:
            pdfs = [(self._folder / name).read_bytes() for name in names]
            return self._done(output, Rendered(output.made.pack(self._studio, output.format, pdfs)))
        except InvalidInput as error:
            return self._done(output, Rendered(b"", error.problems))

    def _done(self, output: Output, rendered: Rendered) -> Outcome:
        """Write what was rendered, unless that failed."""
        if rendered.failed:
            self._failed.add(output.name)
        else:
            path = self._folder / output.name
            write_file(path, rendered.content)
            self._manifest.add(path, output.made.stem, output.inputs, rendered.content, self._studio.today)
        placed = (_placed(problem, output) for problem in rendered.problems)
        return Outcome(output, tuple(without_content(problem) for problem in placed))


def _placed(problem: Problem, output: Output) -> Problem:
    """What is wrong with a document of somebody on a list, at their row."""
    subject = output.made.subject
    if problem.code in OF_THE_MACHINE:
        return problem
    if isinstance(subject, Hire) and problem.path == subject.at.path:
        return replace(problem, line=problem.line or subject.at.source.row or 0)
    return problem


def _pdf_of(future: Future[Pdf]) -> Pdf:
    """What was printed, or that whoever was to print it is gone."""
    try:
        return future.result()
    except CancelledError:
        raise
    except Exception as error:
        # A cluster loses a page in ways of its own: a worker was killed, or has no pitchgen.
        message = f"the machine that was to print the page failed: {type(error).__name__}"
        return Pdf(b"", 0, (Problem(LOST, message, hint="see what the cluster says of it"),))
