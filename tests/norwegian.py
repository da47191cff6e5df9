"""A small company in Norwegian Bokmål, which pitchgen does not come with, and the folder of that language."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "languages/nb"
IN_WORKSPACE = "templates/languages/nb"

# The language's own folder, by paths in a workspace.
FILES = {
    f"{IN_WORKSPACE}/{path.relative_to(FOLDER).as_posix()}": path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*"))
    if path.is_file()
}

COMPANY = {
    "company.yaml": """\
        schema_version: 1
        name: Fjordlys AS
        language: nb
        languages: [nb]
        strategy:
          name: Nærmest kunden
          aim: Kunden vet alltid hva som skjer videre.
        promise:
          text: Ingen blir stående alene foran en svart skjerm.
        story:
          summary: Alt begynte da grunnleggeren selv tok telefonen.
        rewards:
          - {id: fri, kind: time, text: en fridag når du vil, suits: [ro]}
        """,
    "metrics.yaml": """\
        metrics:
          - id: svar
            name: Svar innen en time
            kind: ratio
            unit: "%"
            baseline: {value: 62.5, as_of: 2026-10-01}
            target: {value: 90, by: 2027-06-30}
            source: customer
            direction: up
        """,
    "journey.yaml": """\
        phases: [{id: bruk, name: Bruk}]
        touchpoints: [{id: samtale, name: Støttesamtale, phase: bruk}]
        """,
    "personas/dobbeltsjekker.yaml": """\
        label: Dobbeltsjekkeren
        summary: Vil vite på forhånd hva som skjer.
        priority: 1
        needs:
          - id: varsel
            text: Jeg vil høre om en forsinkelse før jeg må spørre.
            response: Vi ringer så snart vi vet det selv.
        moments:
          - {touchpoint: samtale, expects: Et klart svar, feels: -1, do: Si hva som skjer videre.}
        """,
    "roles/radgiver.yaml": """\
        title: Kunderådgiver
        purpose: Du får kundens arbeidsdag i gang igjen.
        part:
          why: Stemmen din er den første kunden hører.
          how: I hver samtale sier du hva som skjer videre, og når.
        serves: {personas: [dobbeltsjekker]}
        owns: [samtale]
        goals:
          - {text: Halvparten av sakene løser du samme dag., metric: svar, day: 90}
        """,
    "managers/kari.yaml": """\
        name: Kari Nordmann
        title: Leder for kundestøtte
        email: kari@example.com
        commitments: [{text: Vi spiser lunsj sammen., when: dag 1}]
        """,
    "hires/ola.yaml": """\
        name: Ola Nordmann
        role: radgiver
        starts_on: 2026-12-01
        manager: kari
        likes: [ro]
        """,
}
