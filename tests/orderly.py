"""A small workspace in which no rule finds anything, for the examples of rules to be put into."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import yaml
from workspaces import TODAY, linked, write_tree

from pitchgen.problems import Problem
from pitchgen.rules import Facts
from pitchgen.rules.run import run_rules, selection

ORDERLY: dict[str, str] = {
    "company.yaml": """\
        schema_version: 1
        name: Testi Oy
        language: en
        languages: [en]
        strategy:
          name: Close to every day
          aim: By 2028 our customers hear of delays from us before they notice.
          growth: A customer who is told in time stays a year longer.
          valid_from: 2026-01-01
          valid_to: 2028-12-31
          goals:
            - id: tell-first
              text: Of nine faults in ten the customer hears from us before they call.
        promise:
          text: Nobody sits alone before a dark screen.
          proofs:
            - A person picks up the phone within 40 seconds.
        story:
          summary: Testi began when one person carried a computer to another so that a day could go on.
          invitation: The next one is yours to carry.
        brand:
          avoid_words:
            en: [synerg*]
        values:
          - id: word
            name: Our word holds
            strategy_goal: tell-first
            behaviors:
              - id: name-a-time
                text: Every answer names the time when the customer hears from us next.
                non_negotiable: true
        rewards:
          - id: free-day
            kind: time
            text: a day off when you choose
            for: [name-a-time]
            suits: [time]
            evidence: The customer wrote it down.
            beneficiary: customer
        commitments:
          - text: Your laptop and your keys wait on your desk.
            when: day 1
        """,
    "journey.yaml": """\
        phases:
          - id: help
            name: Getting help
        touchpoints:
          - id: call
            name: The first call
            phase: help
            place: outside
            risk: The line stays silent while we look for the fault.
            recovery: Ring back within the hour and say what was found.
          - id: invoice
            name: The invoice
            phase: help
            place: outside
            risk: A figure differs from the offer.
            recovery: Send the right one the same day, with one sentence on why.
        """,
    "metrics.yaml": """\
        metrics:
          - id: nps
            name: NPS
            kind: nps
            direction: up
            baseline: {value: 30, as_of: 2026-06-30, n: 900}
            target: {value: 50, by: 2027-12-31}
            source: customer
          - id: enps
            name: eNPS
            kind: enps
            direction: up
            baseline: {value: 10, as_of: 2026-06-30, n: 400}
            target: {value: 40, by: 2027-12-31}
            source: staff
        """,
    "personas/careful.yaml": """\
        label: Double-Checker
        summary: He sleeps well once he knows what happens tomorrow.
        priority: 1
        as_a_person: He opens the office at seven and tries the screen before anyone is in.
        evidence:
          level: interviews
          source: 12 interviews
          as_of: 2026-03-01
        owner: Account manager
        reviewed_on: 2026-09-15
        recognize: [a message with five numbered questions]
        needs:
          - id: know-before
            text: I want to know the day before who is coming and when.
            response: We ring the day before with the name, the time and the door.
            value_to_us: Four minutes on the phone save three enquiries a visit.
            conflicts_with: [fast/no-calls]
            plays:
              know: [He passes our message on to forty colleagues.]
              say: ["Laura is coming at 7:15 by the front door."]
              show: [A photo of the cabinet that will be opened.]
              do: [Book the call when you book the visit.]
        questions: ["Who else needs to hear about this?"]
        objections:
          - text: The last provider promised the same.
            answer: You get a list, day by day, and we ring on each of them.
        moments:
          - touchpoint: call
            expects: A name and a time.
            feels: -1
            do: Say your name and the time of the next call.
          - touchpoint: invoice
            expects: The same figures as in the offer.
            feels: 0
            do: Put the offer beside the invoice.
        """,
    "personas/fast.yaml": """\
        label: Sprinter
        summary: She answers between two meetings and forgets us when all is well.
        priority: 1
        as_a_person: She runs a warehouse from her phone.
        evidence:
          level: data
          source: 80 support tickets
          as_of: 2026-04-01
        owner: Account manager
        reviewed_on: 2026-09-15
        recognize: [a message of four words]
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.
            response: It is mended overnight; one text message says so at six.
            value_to_us: A night shift without questions costs half of a day visit.
            plays:
              know: [Her phone is her desk.]
              say: ["Done. Nothing for you to do."]
              show: [The list of what was mended.]
              do: [Mend it at night.]
        questions: ["By what time does it have to work again?"]
        objections:
          - text: It takes longer to call you than to mend it.
            answer: Send three words, and we begin without a call.
        moments:
          - touchpoint: call
            expects: Nobody asks her twice.
            feels: -2
            do: Read her earlier tickets while it rings.
          - touchpoint: invoice
            expects: One line a month.
            feels: 1
            do: Add all of the month to one line.
        """,
    "roles/adviser.yaml": """\
        title: Service adviser
        purpose: You get people back to work and tell them what comes next.
        part:
          why: Yours is the first voice at a dark screen.
          how: You name a time in every answer and keep it.
        serves:
          personas: [careful, fast]
        exciting: Most calls begin with a sigh and end with a laugh.
        owns: [call, invoice]
        outcomes:
          - The customer says that all is running before you close the request.
        decides:
          - a credit of up to 200 euros
        behaviors: [name-a-time]
        goals:
          - text: Nine customers in ten would ask for you again.
            metric: nps
            target: 50
            day: 90
        first_days:
          - day: 1
            text: You meet your team over coffee.
        """,
    "roles/planner.yaml": """\
        title: Shift planner
        purpose: You see to it that nobody works alone.
        part:
          why: Without you the phone would ring in an empty room.
          how: You fill every shift two weeks before it begins.
        serves:
          roles: [adviser]
        goals:
          - text: Customers get through at any hour.
            metric: nps
            target: 50
            day: 180
        """,
    "managers/marjut.yaml": """\
        name: Marjut Laine
        commitments:
          - text: We talk for half an hour about your week.
            when: every Friday
        """,
    "hires/aino.yaml": """\
        name: Aino Virtanen
        role: adviser
        starts_on: 2026-12-01
        manager: marjut
        buddy: Ilona Aho
        why_you: In the interview you heard every question to its end.
        likes: [time]
        link_to_story: As a night receptionist you left nobody alone in the lobby.
        """,
}

_FILE = re.compile(r"^# (\S+\.yaml)$", re.MULTILINE)


def with_example(example: str) -> dict[str, str]:
    """The orderly workspace with the keys of an example in place of its own.

    The example is YAML in which a line `# roles/adviser.yaml` says of which file the keys after it
    are; a file that is not there yet is made, and a key without a value takes the key away.
    """
    _, *parts = _FILE.split(example)
    files = dict(ORDERLY)
    for name, keys in zip(parts[::2], parts[1::2], strict=True):
        files[name] = _merged(files.get(name, ""), yaml.safe_load(keys) or {})
    return files


def _merged(base: str, keys: Mapping[str, Any]) -> str:
    return str(yaml.safe_dump({**(yaml.safe_load(base) or {}), **keys}, allow_unicode=True, sort_keys=False))


def findings(root: Path, code: str, example: str) -> list[Problem]:
    """What the rule `code` finds in the orderly workspace, written to `root` with an example in it."""
    write_tree(root, with_example(dedent(example)))
    run = run_rules(Facts(linked(root), date.fromisoformat(TODAY)), selection([code]))
    assert not run.failures
    return run.problems
