"""The weakest link: who meets what, what to mend first, and what `check` finds, by who can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pitchgen.check import Checked, check_read
from pitchgen.compose.overview import Overview, compose_overview
from pitchgen.compose.voice import Voice
from pitchgen.keep.allowing import with_allowance
from pitchgen.keep.menders import HR, Mender, mender
from pitchgen.language.locale import share
from pitchgen.rules import RULES
from pitchgen.web.visit import Visit, route

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from starlette.responses import Response

    from pitchgen.compose.matrix import MatrixCell, MatrixRow, Named
    from pitchgen.compose.overview import MendWords, WeaknessWords
    from pitchgen.language.facts import Language
    from pitchgen.problems import Problem
    from pitchgen.rules import Rule
    from pitchgen.workspace import Persona, Workspace

# So many personas stand side by side on a screen, and so many fields are more than a day's work.
MOST_PERSONAS, MOST_FIELDS, MOST_FINDINGS = 8, 20, 100


@dataclass(frozen=True, slots=True)
class Score:
    """How strong a link or a chain is: as a figure, and by its name among the words of the page."""

    value: float
    figure: str

    @property
    def name(self) -> str:
        """In a word: broken, weak, holding, whole."""
        if self.value in (0, 1):
            return "whole" if self.value else "broken"
        return "weak" if self.value < 1 / 2 else "holding"


@dataclass(frozen=True, slots=True)
class Mending:
    """A field to write: what, in words, and the address where that is done."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A persona at a touchpoint: how it feels to them, how strong their weakest chain is, what to write."""

    persona: str
    cell: MatrixCell
    score: Score | None
    mending: Mending


@dataclass(frozen=True, slots=True)
class Weak:
    """A field that holds chains back, and the worst of these, link by link."""

    mending: Mending
    also: tuple[Mending, ...]
    link: str
    score: Score
    mended: Score
    weakness: WeaknessWords
    links: tuple[tuple[str, Score], ...]


@dataclass(frozen=True, slots=True)
class Chains:
    """The matrix and the chains of a workspace, in the language of the visit where the company has that."""

    visit: Visit
    workspace: Workspace
    overview: Overview
    words: Mapping[str, str]
    language: Language

    def score(self, value: float) -> Score:
        """A score as it is shown."""
        return Score(value, share(value, self.language))

    def mending(self, mend: MendWords) -> Mending:
        """What to write, and where."""
        return Mending(mend.text(self.words), self.visit.keep_address(mend.path, mend.field))

    def rows(self, first: int) -> Iterator[tuple[MatrixRow, tuple[Cell, ...]]]:
        """Every touchpoint, with as many personas as fit from the `first` on."""
        known = {persona.model.id: persona for persona in self.workspace.personas}
        for n, row in enumerate(self.overview.rows):
            columns = range(first, min(first + MOST_PERSONAS, len(self.overview.personas)))
            people = ((column, known[self.overview.personas[column].id]) for column in columns)
            yield row, tuple(self._cell(n, column, persona) for column, persona in people)

    def _cell(self, row: int, column: int, persona: Persona) -> Cell:
        number = self.overview.worst[row][column]
        chain = self.overview.chains[number] if number is not None else None
        held = chain.held_by if chain else ()
        named = self.overview.personas[column].name
        written = self._written(named, persona, self.overview.rows[row].touchpoint)
        return Cell(
            persona=named,
            cell=self.overview.rows[row].cells[column],
            score=self.score(chain.score) if chain else None,
            mending=self.mending(self.overview.weaknesses[held[0]].mend) if held else written,
        )

    def _written(self, named: str, persona: Persona, touchpoint: Named) -> Mending:
        """Where that is written of a persona at a touchpoint which is as it should be."""
        moments = (each.at for each in persona.moments if each.touchpoint.model.id == touchpoint.id)
        at = next(moments, persona.at / "skips")
        return Mending(f"{named}: {touchpoint.name}", self.visit.keep_address(at.path, at.field))

    def weak(self) -> Iterator[Weak]:
        """What to mend first: what costs most."""
        for weakness in self.overview.weaknesses[:MOST_FIELDS]:
            chains = (self.overview.chains[number] for number in weakness.chains)
            worst = min(chains, key=lambda chain: chain.score)
            yield Weak(
                mending=self.mending(weakness.mend),
                also=() if weakness.lifted else tuple(map(self.mending, weakness.also)),
                link=weakness.link,
                score=self.score(weakness.score),
                mended=self.score(weakness.mended),
                weakness=weakness,
                links=tuple((name, self.score(score)) for name, score in worst.links.items()),
            )


def chain(visit: Visit) -> Response:
    """The matrix, every cell of which leads to what to write there, and what to mend first."""
    shown = _chains(visit)
    people = len(shown.overview.personas)
    pages = range(0, max(people, 1), MOST_PERSONAS)
    asked = visit.request.query_params.get("from", "")
    first = int(asked) if asked.isdecimal() and int(asked[:9]) in pages else 0
    return visit.page(
        "chain",
        w=shown.words,
        in_language=shown.language.code,
        overview=shown.overview,
        personas=shown.overview.personas[first : first + MOST_PERSONAS],
        rows=list(shown.rows(first)),
        pages=[(each, each + 1, min(each + MOST_PERSONAS, people)) for each in pages],
        first=first,
        weak=list(shown.weak()),
        more=len(shown.overview.weaknesses[MOST_FIELDS:]),
    )


def _chains(visit: Visit) -> Chains:
    reading = visit.reading
    workspace = reading.usable()
    code = visit.language_in(workspace)
    voice = Voice.of(workspace, code)
    overview = visit.desk.once(reading, (Overview, code), lambda: compose_overview(workspace, voice))
    words = visit.desk.studio(reading, workspace).words(code)
    return Chains(visit, workspace, overview, words, voice.language)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of `check`: where it is mended, the rule behind it, and the lines that would allow it."""

    problem: Problem
    address: str
    rule: Rule | None
    allowing: tuple[str, str] | None
    id: str


def findings(visit: Visit) -> Response:
    """What `check` finds, by who can mend it."""
    workspace, checked = visit.reading.workspace, _checked(visit)
    return visit.page(
        "findings",
        groups=list(_by_menders(visit, workspace, checked.problems)),
        complete=checked.complete,
    )


def allow(visit: Visit) -> Response:
    """Write the remark that allows a finding into its file, with the reason that was typed."""
    visit.refuse_to_write()
    found = next((each for each in _checked(visit).problems if _id(each) == visit.typed("finding")), None)
    if found is None:
        raise visit.gone("finding_gone")
    kept = visit.desk.store.read(found.path)
    if kept is None:
        raise visit.gone("finding_gone")
    visit.desk.store.save(found.path, with_allowance(kept.content, found, visit.typed("reason")), kept.digest)
    return visit.go("/chain/findings")


def _checked(visit: Visit) -> Checked:
    """What `check` finds, looked for once for a reading and a day."""
    reading, today = visit.reading, visit.desk.today()
    workspace = reading.workspace
    return visit.desk.once(reading, (Checked, today), lambda: check_read(workspace, reading.problems, today))


def _id(problem: Problem) -> str:
    """What a form calls a finding: nothing that its file says, and another when the line is another."""
    told = repr((problem.code, problem.path, problem.line, problem.column, problem.source))
    return sha256(told.encode()).hexdigest()


def _by_menders(
    visit: Visit, workspace: Workspace | None, problems: Iterable[Problem]
) -> Iterator[tuple[Mender, Sequence[Found], int]]:
    """The findings of each who can mend some, and how many more; HR, which mends all else, last."""
    grouped: dict[Mender, list[Problem]] = {}
    for problem in problems:
        who = mender(workspace, problem, visit.language) if workspace else HR
        grouped.setdefault(who, []).append(problem)
    for who in sorted(grouped, key=lambda who: (who == HR, who.name.casefold())):
        found = [_found(visit, problem) for problem in grouped[who][:MOST_FINDINGS]]
        yield who, found, len(grouped[who][MOST_FINDINGS:])


def _found(visit: Visit, problem: Problem) -> Found:
    rule = RULES.get(problem.code)
    address = visit.keep_address(problem.path, problem.where) if problem.path else ""
    allowing = _allowing(problem) if rule and problem.line else None
    return Found(problem, address, rule, allowing, _id(problem))


def _allowing(problem: Problem) -> tuple[str, str]:
    """The remark that allows a finding, but for its reason, and the line that it stands above."""
    indent = problem.source[: len(problem.source) - len(problem.source.lstrip())]
    return f"{indent}# pitchgen: allow {problem.code} because ", problem.source.rstrip()


ROUTES = (
    route("/chain", chain),
    route("/chain/findings", findings),
    route("/chain/findings", allow, "POST"),
)
