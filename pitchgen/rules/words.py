"""Words: what is said is said plainly, in every language, and a pitch is as long as a lift ride."""

from __future__ import annotations

from collections.abc import Iterator

from pitchgen.rules.rule import Facts, Finding, rule


@rule("pitch-length")
def pitch_length(facts: Facts) -> Iterator[Finding]:
    """A pitch takes 60 to 90 seconds aloud.

    Shorter, it leaves the newcomer without what a first day needs: why we do this, for whom, and my part in
    it; longer, nobody listens to its end.

    Shorten or fill in the texts it is made of; the limits are `shortest_pitch` and `longest_pitch` under
    `checks: limits:` in company.yaml.

    Wrong:

        # company.yaml
        promise:
          text: >-
            Nobody is left alone in front of a dark screen, not in the morning when the first shift unlocks
            the doors, not at noon when every cash register of the street is busy at once, and not in the
            evening when somebody sits alone with the accounts of the month.

    Right:

        # company.yaml
        promise:
          text: Nobody is left alone in front of a dark screen.
    """
    for hire, pitch in facts.pitches.composed:
        for problem in pitch.problems:
            yield Finding(hire.at / "name", problem.message, problem.hint)
