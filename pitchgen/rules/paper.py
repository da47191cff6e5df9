"""Paper: what was written arrives, on few enough pages, in letters and colours that can be read."""

from __future__ import annotations

from functools import partial
from itertools import product
from math import floor
from typing import TYPE_CHECKING

from pitchgen.compose.glance import MOST_WORDS, fitting, glance_lines
from pitchgen.documents.catalogue import KINDS
from pitchgen.load.place import Place, scalars
from pitchgen.model.color import ENOUGH, LEAST, PAPER, contrast, readable
from pitchgen.problems import Severity
from pitchgen.render import press
from pitchgen.render.fonts import needs_fallback
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import short_list
from pitchgen.studio.blame import shown_places, sources
from pitchgen.studio.document import SHORTEN, too_many_pages_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pitchgen.model.text import Text
    from pitchgen.problems import Loc
    from pitchgen.studio.document import Document
    from pitchgen.workspace import Persona, Role

_LIMITED = tuple(kind for kind in KINDS.values() if kind.most_pages)


@rule("too-many-pages")
def too_many_pages(facts: Facts) -> Iterator[Finding]:
    """A pitch fits one page, and a manager's sheet and a card the two sides of one sheet.

    They are read in the doorway, beside a cup of coffee, with the newcomer already waiting: a letter is
    turned over by nobody, and of two sheets the second is left on the printer.

    Shorten the texts it is made of. Pages are counted and not guessed, which takes a second or two: those of
    every pitch that may not fit, and with `--select too-many-pages` those of all documents.

    Wrong:

        # hires/aino.yaml
        why_you: >-
          In the interview you let every question end before you spoke, and when we asked what you would do
          with a customer who shouts, you said that you would first write down the time at which he rang,
          because he will be asked for it later by somebody who shouts at him. You have worked three winters
          at the desk of a hotel in the north, where the nearest doctor was two hours away and you were the
          one who knew the road. And you asked us who keeps the keys when Marjut is on holiday, which nobody
          in eleven years of interviews had asked before; it was Kerttu, as we found out the same evening,
          and she was glad to hear that somebody wanted to know. We are glad as well. On the way out you
          held the door for the cleaner and asked what the building is like at five in the morning, and she
          told you more in two minutes than we had told you in an hour: which lift sticks, who comes first,
          who sings, and that the light by the back door has been out since the autumn. You wrote that down
          too, and the next day you rang to ask whether anybody had seen to it. Nobody had. By the evening
          it was done, and all of us who park behind the house have you to thank for it, which we do here,
          in writing, before your first day.

    Right:

        # hires/aino.yaml
        why_you: In the interview you let every question end before you spoke.
    """
    for document in _doubtful(facts):
        pages, most = facts.proofs.pages(document), document.kind.most_pages
        if most and pages > most:
            same = "pitch-length" if document.content.too_long else ""
            yield Finding(document.at, too_many_pages_in(document, pages), SHORTEN, unless=same)


def _doubtful(facts: Facts) -> Iterable[Document]:
    """The documents that may have too many pages: all, when somebody wants to know, else pitches."""
    if facts.asks_for("too-many-pages"):
        return facts.proofs.documents(_LIMITED)
    return (pitch for _, pitch in facts.pitches.composed if not facts.studio.surely_fits(pitch))


@rule("missing-glyph", Severity.ERROR)
def missing_glyph(facts: Facts) -> Iterator[Finding]:
    """Every letter can be printed.

    A box in the place of a letter says that nobody looked, and in a name that nobody cared. So no PDF is
    written that has one, and it is better to know that on the day before.

    Write it in other letters or leave it out, or install a font that has it, on every machine that makes
    documents: on Debian, fonts-noto-core and fonts-noto-cjk have nearly all there is.

    Wrong:

        # personas/careful.yaml
        summary: "He sleeps well \\U0010FFFD once he knows what happens tomorrow."

    Right:

        # personas/careful.yaml
        summary: He sleeps well once he knows what happens tomorrow.
    """
    texts = [
        (place, text)
        for item in facts.items
        # A character may be written as a number behind a backslash.
        if needs_fallback(item.source.text) or "\\" in item.source.text
        for place, text in scalars(item.source.data, Place(item.source))
        if needs_fallback(text)
    ]
    if not texts:
        return
    unshown = facts.proofs.unshown(dict.fromkeys(text for _, text in texts))
    left = {(c, _key(place)) for place, text in texts for c in unshown.intersection(text)}
    for document in facts.proofs.documents(KINDS.values()):
        if not left:
            return
        html, files = facts.proofs.html(document), tuple(sources(facts.workspace, document.subject))
        for character in sorted({character for character, _ in left}):
            for place in shown_places(character, files, html):
                if (character, _key(place)) in left:
                    left.remove((character, _key(place)))
                    problem = press.missing_glyph(character)
                    yield Finding(place, problem.message, problem.hint)


def _key(place: Place) -> tuple[str, int | None, Loc]:
    return place.path, place.source.row, place.loc


@rule("pale-color")
def pale_color(facts: Facts) -> Iterator[Finding]:
    """Text in the brand's colours can be read on white paper.

    Headings and names are printed in them. One reader in ten sees less well than the designer, and many print
    on the office's oldest machine. So documents darken what is too pale, and the company's colour is then not
    quite its own.

    Write a darker colour: text needs a contrast of 4.5:1 (WCAG 2.2, AA), and documents use 7:1 (AAA). Between
    the two it is a note.

    Wrong:

        # company.yaml
        brand:
          color: "#f59e0b"

    Right:

        # company.yaml
        brand:
          color: "#7a4a00"
    """
    brand = facts.workspace.company.brand
    for key, typed in (("color", brand.color), ("accent", brand.accent)):
        if typed is None or (ratio := contrast(typed, PAPER)) >= ENOUGH:
            continue
        used = readable(typed, PAPER)
        # Rounded down, so that what is not enough does not look like it.
        said = f"its contrast on white paper is {floor(ratio * 10) / 10}:1"
        at = facts.workspace.at / "brand" / key
        if ratio < LEAST:
            message = (
                f"'{typed}' is too pale for text: {said}, and text needs {LEAST:g}:1; documents use '{used}'"
            )
            yield Finding(at, message, f"write '{used}' here, or a darker colour of your own")
        else:
            message = f"'{typed}' can be read: {said}; documents use '{used}', which has {ENOUGH:g}:1"
            hint = "leave it, or write here what is printed"
            yield Finding(at, message, hint, Severity.NOTE)


@rule("glance-card", Severity.NOTE)
def glance_card(facts: Facts) -> Iterator[Finding]:
    """The ten-second card of a persona has room for a line of each kind.

    Between two handshakes some 45 words can be read. So the card has the first need, what to do at first
    contact, a way to begin, a pitfall and a telltale sign, as long as there is room: what would be too much
    stands on the pages behind it alone.

    Put first what matters most at a first meeting, and say it in fewer words.

    Wrong:

        # personas/careful.yaml
        recognize:
          - a message with five numbered questions, each of which has two or three questions of its own, which
            are numbered as well, and all of which were asked before, in a message that was just as long as
            this one is and that came on the same day of the week before

    Right:

        # personas/careful.yaml
        recognize:
          - a message with five numbered questions
    """
    workspace, company = facts.workspace, facts.workspace.company
    readers: dict[Persona, list[Role]] = {}
    for role in workspace.roles:
        for persona in role.reaches:
            readers.setdefault(persona, []).append(role)
    for persona in workspace.personas:
        # Most roles have the same card.
        cards = {
            tuple(line.at.loc for line in lines): lines
            for role in (None, *readers.get(persona, ()))
            if (lines := glance_lines(persona, workspace.touchpoints, role))
        }
        left_out: dict[Loc, tuple[Place, dict[str, None]]] = {}
        for code, lines in product(company.languages, cards.values()):
            kept = fitting(lines, partial(_said, code, company.language))
            for line in lines:
                if line not in kept:
                    left_out.setdefault(line.at.loc, (line.at, {}))[1][code] = None
        for at, codes in left_out.values():
            yield Finding(
                at,
                f"on the ten-second card of persona '{persona.model.id}' there is no room for this: "
                f"{short_list(codes)}",
                f"say it, or the lines before it, in fewer words: the card has {MOST_WORDS}",
            )


def _said(code: str, usual: str, text: Text) -> str:
    return text.said(code, usual)
