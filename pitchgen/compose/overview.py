"""What the matrix of the whole company says: everyone at every touchpoint, and the weakest links."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from pitchgen.chain.weakest import Chain, Weakness, broken, chains, weaknesses
from pitchgen.compose.matrix import MatrixRow, Named, compose_matrix
from pitchgen.workspace.linked import without_examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pitchgen.chain.links import Mend
    from pitchgen.compose.voice import Voice
    from pitchgen.workspace import Persona, Workspace


@dataclass(frozen=True, slots=True)
class MendWords:
    """A field to mend: `what` to do, by its name in words.yaml, with what, and where it is.

    `about` names what the field belongs to, from the whole to the part; `line` is 1-based.
    """

    what: str
    about: tuple[str, ...]
    path: str
    line: int
    field: str

    def text(self, words: Mapping[str, str], beside: MendWords | None = None) -> str:
        """What to mend, in words: "Double-Checker: One name to call: write what to say".

        Whose it is needs no saying twice `beside` another mend.
        """
        said = beside is not None and self.about[0] == beside.about[0]
        return ": ".join((*self.about[said:], words[f"mend_{self.what}"]))


@dataclass(frozen=True, slots=True)
class ChainWords:
    """A chain by the ids of what it consists of, the score of each link, and the chain's own: their minimum.

    `held_by` are the numbers of what holds it back in `Overview.weaknesses`. `mended` is its score after
    that is mended; where there are two, neither lifts it alone.
    """

    persona: str
    touchpoint: str
    role: str | None
    need: str | None
    score: float
    mended: float
    links: Mapping[str, float]
    weakest: tuple[str, ...]
    held_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WeaknessWords:
    """A field that holds chains back, given by their numbers in `Overview.chains`.

    `score` is that of the worst of them, `mended` what it comes to after this mend alone; `lifted` is
    how many chains this mend lifts alone, `also` are the other fields that hold the first one back.
    `cells` are the persona and the touchpoint of each chain, each pair once.
    """

    link: str
    mend: MendWords
    score: float
    mended: float
    chains: tuple[int, ...]
    lifted: int
    also: tuple[MendWords, ...]
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The matrix, every chain, and what holds them back, what mends most first; central personas come first.

    `worst` has, for each row and each persona, the number of the weakest chain there; None where the
    persona never comes. `broken` has the links that are 0, each with the number of its chains.
    """

    personas: tuple[Named, ...]
    rows: tuple[MatrixRow, ...]
    worst: tuple[tuple[int | None, ...], ...]
    chains: tuple[ChainWords, ...]
    weaknesses: tuple[WeaknessWords, ...]
    broken: tuple[tuple[str, int], ...]


def compose_overview(workspace: Workspace, voice: Voice) -> Overview:
    """Say in the reader's language who meets what, and where the chains are weak."""
    people = sorted(without_examples(workspace.personas), key=attrgetter("model.priority"))
    found = chains(workspace)
    weak = weaknesses(found)
    numbers = {chain: number for number, chain in enumerate(found)}
    mends = [_mend(weakness.mend, voice) for weakness in weak]
    by_key = {weakness.mend.key: number for number, weakness in enumerate(weak)}
    return Overview(
        personas=tuple(Named(each.model.id, voice.say(each.model.label)) for each in people),
        rows=compose_matrix(workspace, people, voice),
        worst=_worst(workspace, people, found),
        chains=tuple(_chain(chain, [by_key[mend.key] for mend in chain.mends]) for chain in found),
        weaknesses=tuple(
            WeaknessWords(
                link=weakness.link,
                mend=mend,
                score=weakness.score,
                mended=weakness.mended,
                chains=tuple(numbers[chain] for chain in weakness.chains),
                lifted=weakness.lifted,
                also=tuple(mends[by_key[key]] for key in _others(weakness)),
                cells=_cells(weakness, voice),
            )
            for weakness, mend in zip(weak, mends, strict=True)
        ),
        broken=broken(found),
    )


def _mend(mend: Mend, voice: Voice) -> MendWords:
    place = mend.place
    about = tuple(voice.phrase(text) for text in mend.about)
    return MendWords(mend.what, about, place.path, place.line, place.field)


def _chain(chain: Chain, held_by: Sequence[int]) -> ChainWords:
    return ChainWords(
        persona=chain.persona.model.id,
        touchpoint=chain.touchpoint.model.id,
        role=chain.role.model.id if chain.role else None,
        need=chain.need.model.id if chain.need else None,
        score=chain.score,
        mended=chain.mended,
        links={link.name: link.score for link in chain.links},
        weakest=tuple(link.name for link in chain.weakest),
        held_by=tuple(held_by),
    )


def _worst(
    workspace: Workspace, people: Sequence[Persona], found: Sequence[Chain]
) -> tuple[tuple[int | None, ...], ...]:
    worst: dict[tuple[object, object], int] = {}
    for number, chain in enumerate(found):
        cell = chain.touchpoint, chain.persona
        if cell not in worst or chain.score < found[worst[cell]].score:
            worst[cell] = number
    return tuple(
        tuple(worst.get((touchpoint, persona)) for persona in people) for touchpoint in workspace.touchpoints
    )


def _others(weakness: Weakness) -> Iterator[tuple[object, ...]]:
    """The other fields that hold the worst chain back."""
    worst = min(weakness.chains, key=lambda chain: chain.score)
    return (mend.key for mend in worst.mends if mend.key != weakness.mend.key)


def _cells(weakness: Weakness, voice: Voice) -> tuple[tuple[str, str], ...]:
    cells = dict.fromkeys((chain.persona, chain.touchpoint) for chain in weakness.chains)
    return tuple((voice.say(p.model.label), voice.say(t.model.name)) for p, t in cells)
