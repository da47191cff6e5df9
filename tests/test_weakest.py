"""The weakest link: what each link is worth, that a chain is its minimum, and that a mend keeps its word."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workspaces import linked, write_tree

from pitchgen.chain.links import LINKS, Mend
from pitchgen.chain.weakest import Chain, broken, chains, weaknesses

Files = dict[str, Any]

# One chain, and nothing missing in it.
WHOLE: Files = {
    "company.yaml": {
        "schema_version": "1",
        "name": "Testi Oy",
        "language": "fi",
        "languages": ["fi"],
        "strategy": {"name": "Lähellä", "aim": "Asiakas tietää."},
        "promise": {"text": "Et jää yksin.", "proofs": ["Soitamme takaisin tunnissa."]},
    },
    "journey.yaml": {
        "phases": [{"id": "arki", "name": "Arki"}],
        "touchpoints": [{"id": "soitto", "name": "Soitto", "phase": "arki", "recovery": "Soita itse."}],
    },
    "metrics.yaml": {
        "metrics": [
            {
                "id": "nps",
                "name": "NPS",
                "kind": "nps",
                "direction": "up",
                "latest": {"value": "44"},
                "target": {"value": "50"},
                "source": "customer",
            }
        ]
    },
    "personas/anna.yaml": {
        "label": "Anna",
        "summary": "Haluaa tietää.",
        "needs": [
            {
                "id": "tieto",
                "text": "Haluan tietää.",
                "response": "Kerromme.",
                "value_to_us": "Hän pysyy.",
                "plays": {"know": ["Arka."], "say": ["Kello 7."], "show": ["Kartta."], "do": ["Soita."]},
            }
        ],
        "moments": [{"touchpoint": "soitto", "expects": "Nimen.", "feels": "1", "do": "Sano nimesi."}],
    },
    "roles/neuvoja.yaml": {
        "title": "Neuvoja",
        "purpose": "Autat.",
        "part": {"why": "Kuulet ensin.", "how": "Kerrot seuraavan askeleen."},
        "serves": {"personas": ["anna"]},
        "owns": ["soitto"],
        "decides": ["hyvitys"],
        "goals": [{"text": "Suosittelevat.", "metric": "nps"}],
    },
}
COLLEAGUE = {
    "title": "Talous",
    "purpose": "Lasket.",
    "part": {"why": "Lasku kertoo.", "how": "Lähetät ajallaan."},
    "serves": {"roles": ["neuvoja"]},
}
GONE = object()


def changed(*changes: tuple[str, object]) -> Files:
    """The whole workspace with values set, or GONE, by file and way: `personas/anna.yaml needs 0 plays`."""
    files = deepcopy(WHOLE)
    for way, value in changes:
        name, *parts = way.split()
        keys = [int(part) if part.isdigit() else part for part in parts]
        if not keys:
            files[name] = value
            continue
        parent = files[name]
        for key in keys[:-1]:
            parent = parent[key]
        if value is GONE:
            del parent[keys[-1]]
        elif isinstance(parent, list) and keys[-1] == len(parent):
            parent.append(value)
        else:
            parent[keys[-1]] = value
    return files


def chains_of(files: Mapping[str, Any], root: Path) -> tuple[Chain, ...]:
    # JSON is YAML.
    return chains(linked(write_tree(root, {name: json.dumps(data) for name, data in files.items()})))


def the_chain(files: Mapping[str, Any], root: Path) -> Chain:
    (chain,) = chains_of(files, root)
    return chain


def scores(chain: Chain) -> dict[str, float]:
    return {link.name: link.score for link in chain.links}


# What each link is worth

ANNA, NEUVOJA, NPS = "personas/anna.yaml", "roles/neuvoja.yaml", "metrics.yaml metrics 0"
NEED, MOMENT = f"{ANNA} needs 0", f"{ANNA} moments 0"
RECOVERY = "journey.yaml touchpoints 0 recovery"
SECOND = ("roles/talous.yaml", {**COLLEAGUE, "owns": ["soitto"]})

WORTH: Mapping[str, tuple[list[tuple[str, object]], str, float, str, float]] = {
    "no proofs": ([("company.yaml promise proofs", GONE)], "promise", 0.5, "proofs", 1),
    "out of reach": ([(f"{NEUVOJA} serves", {"roles": ["neuvoja"]})], "role", 0.25, "reach", 1),
    "out of reach, deciding nothing": (
        [(f"{NEUVOJA} serves", {"roles": ["neuvoja"]}), (f"{NEUVOJA} decides", GONE)],
        "role",
        0.25,
        "reach",
        0.75,
    ),
    "two owners": ([SECOND], "role", 0.5, "owners", 1),
    "decides nothing": ([(f"{NEUVOJA} decides", GONE)], "role", 0.75, "decides", 1),
    "nothing of the touchpoint": ([(f"{ANNA} moments", GONE)], "touchpoint", 0, "moments", 0.5),
    "nothing of it, no recovery": (
        [(f"{ANNA} moments", GONE), (RECOVERY, GONE)],
        "touchpoint",
        0,
        "moments",
        0.25,
    ),
    "an empty moment": (
        [(MOMENT, {"touchpoint": "soitto"}), (RECOVERY, GONE)],
        "touchpoint",
        0,
        "recovery",
        0.25,
    ),
    "nobody knows how it is put right": ([(RECOVERY, GONE)], "touchpoint", 0.75, "recovery", 1),
    "no expectation": ([(f"{MOMENT} expects", GONE)], "touchpoint", 0.75, "expects", 1),
    "no feeling": ([(f"{MOMENT} feels", GONE)], "touchpoint", 0.75, "feels", 1),
    "no deed there": ([(f"{MOMENT} do", GONE)], "touchpoint", 0.75, "move", 1),
    "no response": ([(f"{NEED} response", GONE)], "need", 0.5, "response", 1),
    "no value": ([(f"{NEED} value_to_us", GONE)], "need", 0.75, "value", 1),
    "assumed": ([(f"{NEED} assumed", "true")], "need", 0.75, "assumed", 1),
    "the heaviest first": (
        [(f"{NEED} value_to_us", GONE), (f"{NEED} response", GONE)],
        "need",
        0.25,
        "response",
        0.75,
    ),
    "no plays": ([(f"{NEED} plays", GONE)], "play", 0, "say", 0.25),
    "nothing to know": ([(f"{NEED} plays know", GONE)], "play", 0.75, "know", 1),
    "no goal": ([(f"{NEUVOJA} goals", GONE)], "metric", 0, "metric", 1),
    "a goal without a metric": ([(f"{NEUVOJA} goals 0 metric", GONE)], "metric", 0, "metric", 1),
    "no figure": ([(f"{NPS} latest", GONE)], "metric", 0.8, "figure", 1),
    "no target": ([(f"{NPS} target", GONE)], "metric", 0.8, "target", 1),
    "no direction": ([(f"{NPS} direction", GONE)], "metric", 0.8, "direction", 1),
    "not from customers": ([(f"{NPS} source", "operations")], "metric", 0.8, "source", 1),
    "a bare metric": (
        [("metrics.yaml metrics", [{"id": "nps", "name": "NPS", "kind": "nps"}])],
        "metric",
        0.2,
        "figure",
        0.4,
    ),
}


@pytest.mark.parametrize(("changes", "name", "score", "mend", "mended"), WORTH.values(), ids=WORTH)
def test_each_link_is_worth_what_the_page_says(
    changes: list[tuple[str, object]], name: str, score: float, mend: str, mended: float, tmp_path: Path
) -> None:
    chain = the_chain(changed(*changes), tmp_path)
    assert scores(chain) == {**dict.fromkeys(LINKS, 1), name: score}
    (weakest,) = chain.weakest
    assert (weakest.name, chain.score, chain.mended) == (name, score, mended)
    assert [each.what for each in chain.mends] == [mend]


def test_a_whole_chain_has_nothing_to_mend(tmp_path: Path) -> None:
    chain = the_chain(WHOLE, tmp_path)
    assert scores(chain) == dict.fromkeys(LINKS, 1)
    assert (chain.score, chain.mended, chain.weakest, chain.mends) == (1, 1, (), ())
    assert weaknesses([chain]) == ()


@pytest.mark.parametrize(
    "change",
    [
        ("roles/talous.yaml", COLLEAGUE),
        (f"{NEUVOJA} goals 1", {"text": "Muuta."}),
        (f"{MOMENT} never", "Älä katkaise."),
        (f"{NPS} baseline", {"value": "41"}),
    ],
    ids=["a colleague who owns nothing", "a goal of another kind", "what never to do", "a second figure"],
)
def test_what_is_said_besides_changes_nothing(change: tuple[str, object], tmp_path: Path) -> None:
    assert the_chain(changed(change), tmp_path).score == 1


def test_a_way_to_put_things_right_may_stand_with_the_persona(tmp_path: Path) -> None:
    files = changed((RECOVERY, GONE), (f"{MOMENT} recover", "Tuo kahvia."))
    assert the_chain(files, tmp_path).score == 1


def test_a_goal_may_have_the_target_and_the_best_goal_counts(tmp_path: Path) -> None:
    bare = {"id": "jono", "name": "Jono", "kind": "count"}
    goals = [{"text": "Lyhyt jono.", "metric": "jono"}, {"text": "NPS.", "metric": "nps", "target": "50"}]
    files = changed((f"{NPS} target", GONE), ("metrics.yaml metrics 1", bare), (f"{NEUVOJA} goals", goals))
    assert the_chain(files, tmp_path).score == 1


def test_an_owner_who_serves_colleagues_reaches_customers_through_them(tmp_path: Path) -> None:
    owner = {**WHOLE[NEUVOJA], "title": "Tausta", "serves": {"roles": ["neuvoja"]}}
    chain = the_chain(changed(("roles/tausta.yaml", owner), (f"{NEUVOJA} owns", GONE)), tmp_path)
    assert chain.role and chain.role.model.id == "tausta"
    assert chain.score == 1


# Which chains there are


def test_there_is_a_chain_for_each_need_at_each_touchpoint_that_is_met(tmp_path: Path) -> None:
    lasku = {"id": "lasku", "name": "Lasku", "phase": "arki"}
    raha = {"id": "raha", "text": "Haluan säästää."}
    bo = {"label": "Bo", "summary": "x", "skips": ["soitto"]}
    files = changed(
        ("journey.yaml touchpoints 1", lasku), (f"{ANNA} needs 1", raha), ("personas/bo.yaml", bo)
    )
    found = [
        (each.persona.model.id, each.touchpoint.model.id, each.need.model.id if each.need else None)
        for each in chains_of(files, tmp_path)
    ]
    assert found == [
        ("anna", "soitto", "tieto"),
        ("anna", "soitto", "raha"),
        ("anna", "lasku", "tieto"),
        ("anna", "lasku", "raha"),
        ("bo", "lasku", None),
    ]


def test_without_personas_or_touchpoints_there_are_no_chains(tmp_path: Path) -> None:
    nobody = {name: data for name, data in WHOLE.items() if name in ("company.yaml", "journey.yaml")}
    assert chains_of(nobody, tmp_path / "nobody") == ()
    nowhere = changed((f"{ANNA} moments", GONE), (f"{NEUVOJA} owns", GONE))
    del nowhere["journey.yaml"]
    assert chains_of(nowhere, tmp_path / "nowhere") == ()


# The minimum, and what would lift it


def test_a_chain_is_its_minimum_and_never_its_average(tmp_path: Path) -> None:
    chain = the_chain(changed((f"{NEED} plays", GONE), ("company.yaml promise proofs", GONE)), tmp_path)
    assert chain.score == 0
    assert (chain.mended, [mend.what for mend in chain.mends]) == (0.25, ["say"])


def test_two_links_that_are_equally_weak_are_both_named_and_neither_lifts(tmp_path: Path) -> None:
    chain = the_chain(changed((f"{NEED} response", GONE), ("company.yaml promise proofs", GONE)), tmp_path)
    assert [link.name for link in chain.weakest] == ["promise", "need"]
    assert [mend.what for mend in chain.mends] == ["proofs", "response"]
    assert (chain.score, chain.mended) == (0.5, 0.5)


def test_where_nobody_answers_one_field_mends_two_links(tmp_path: Path) -> None:
    chain = the_chain(changed((f"{NEUVOJA} owns", GONE), (f"{NEED} value_to_us", GONE)), tmp_path)
    assert chain.role is None
    assert [link.name for link in chain.weakest] == ["role", "metric"]
    assert [mend.what for mend in chain.mends] == ["owner"]
    assert (chain.score, chain.mended) == (0, 0.75)


def test_where_no_goal_is_measured_an_owner_alone_lifts_nothing(tmp_path: Path) -> None:
    chain = the_chain(changed((f"{NEUVOJA} owns", GONE), (f"{NEUVOJA} goals", GONE)), tmp_path)
    assert [(mend.what, mend.place.field) for mend in chain.mends] == [
        ("owner", "touchpoints[0]"),
        ("metric", "touchpoints[0]"),
    ]
    assert (chain.score, chain.mended) == (0, 0)


def test_a_persona_without_needs_needs_both_a_need_and_plays(tmp_path: Path) -> None:
    chain = the_chain(changed((f"{ANNA} needs", GONE)), tmp_path)
    assert [link.name for link in chain.weakest] == ["need", "play"]
    assert (chain.score, chain.mended) == (0, 0)


def test_a_mend_knows_its_place_even_where_nothing_stands_yet(tmp_path: Path) -> None:
    files = {name: json.dumps(data, indent=1) for name, data in changed((f"{NEED} plays say", GONE)).items()}
    (chain,) = chains(linked(write_tree(tmp_path, files)))
    (mend,) = chain.mends
    assert (mend.place.path, mend.place.field) == (ANNA, "needs[0].plays.say")
    line = files[ANNA].splitlines()[mend.place.line - 1]
    assert '"plays"' in line
    assert [text.plain for text in mend.about] == ["Anna", "Haluan tietää."]


# The fields that many chains share


def test_a_field_is_named_once_with_all_that_it_holds_back(tmp_path: Path) -> None:
    lasku = {"id": "lasku", "name": "Lasku", "phase": "arki", "recovery": "Hyvitä."}
    files = changed(
        ("journey.yaml touchpoints 1", lasku),
        (f"{ANNA} moments 1", {**WHOLE[ANNA]["moments"][0], "touchpoint": "lasku"}),
        (f"{NEUVOJA} owns 1", "lasku"),
        (f"{NEED} plays say", GONE),
        ("personas/bo.yaml", {**WHOLE[ANNA], "label": "Bo", "moments": WHOLE[ANNA]["moments"]}),
    )
    found = weaknesses(chains_of(files, tmp_path))
    assert [(each.mend.what, each.score, len(each.chains)) for each in found] == [
        ("reach", 0.25, 1),
        ("say", 0.75, 2),
        # Where its text is missing, its role does not reach the persona either.
        ("moments", 0, 1),
    ]


TOUCHPOINTS = ["soitto", "lasku", "kotiovi", "huolto"]


def many(priority: str) -> Files:
    """Two whole personas at four touchpoints, of which nobody owns one; a third who is not known there."""
    others = [{"id": name, "name": name, "phase": "arki", "recovery": "Soita."} for name in TOUCHPOINTS[1:]]
    moments = [{**WHOLE[ANNA]["moments"][0], "touchpoint": name} for name in TOUCHPOINTS]
    silent = {**WHOLE[ANNA], "label": "Cai", "priority": priority, "moments": []}
    return changed(
        *((f"journey.yaml touchpoints {n}", each) for n, each in enumerate(others, start=1)),
        (f"{NEUVOJA} owns", TOUCHPOINTS[:3]),
        (f"{NEUVOJA} serves personas", ["anna", "bo", "cai"]),
        (f"{ANNA} moments", moments),
        ("personas/bo.yaml", {**WHOLE[ANNA], "label": "Bo", "moments": moments}),
        ("personas/cai.yaml", silent),
    )


def test_a_touchpoint_that_nobody_owns_comes_before_a_text_that_is_missing_of_one_persona(
    tmp_path: Path,
) -> None:
    found = chains_of(many("3"), tmp_path)
    owner, moments = weaknesses(found)
    assert (owner.mend.what, len(owner.chains)) == ("owner", 3)
    assert (moments.mend.what, len(moments.chains)) == ("moments", 4)


def test_what_is_broken_is_counted_by_cause_and_nobody_responsible_counts_once(tmp_path: Path) -> None:
    assert broken(chains_of(many("3"), tmp_path)) == (("touchpoint", 4), ("role", 3))


def test_the_first_priority_counts_more(tmp_path: Path) -> None:
    first = {p: weaknesses(chains_of(many(p), tmp_path / p))[1].gain for p in "123"}
    assert first["1"] == 2 * first["2"] == 4 * first["3"]


def test_what_mends_as_much_comes_in_the_order_of_what_is_worst(tmp_path: Path) -> None:
    twice = {**WHOLE[ANNA]["needs"][0], "id": "toinen", "assumed": "true"}
    files = changed((f"{ANNA} needs 1", twice), (f"{ANNA} needs 2", {**twice, "id": "kolmas", "plays": {}}))
    found = weaknesses(chains_of(files, tmp_path))
    assert [(each.mend.what, each.score, each.mended, each.lifted) for each in found] == [
        ("say", 0, 0.25, 1),
        ("assumed", 0.75, 1, 1),
    ]


def test_a_weakness_says_how_many_chains_it_lifts_alone(tmp_path: Path) -> None:
    other = {"id": "toinen", "text": "Haluan levätä.", "value_to_us": "Hän pysyy."}
    other |= {"plays": WHOLE[ANNA]["needs"][0]["plays"]}
    files = changed(("company.yaml promise proofs", GONE), (f"{ANNA} needs 1", other))
    proofs, response = weaknesses(chains_of(files, tmp_path))
    assert (proofs.mend.what, len(proofs.chains), proofs.lifted, proofs.mended) == ("proofs", 2, 1, 1)
    assert (response.mend.what, len(response.chains), response.lifted) == ("response", 1, 0)


# A mend keeps its word

LOSABLE = [
    "company.yaml promise proofs",
    RECOVERY,
    f"{NEUVOJA} owns",
    f"{NEUVOJA} decides",
    f"{NEUVOJA} goals",
    f"{NPS} latest",
    f"{NPS} source",
    f"{NPS} target",
    f"{NPS} direction",
    f"{ANNA} moments",
    f"{ANNA} needs",
    *(f"{MOMENT} {key}" for key in ("expects", "feels", "do")),
    *(f"{NEED} {key}" for key in ("response", "value_to_us", "plays")),
    *(f"{NEED} plays {key}" for key in ("know", "say", "show", "do")),
]
# What to write into the field that a mend names.
WRITTEN: Mapping[str, object] = {
    "proofs": ["Todiste."],
    "reach": ["anna"],
    "decides": ["hyvitys"],
    "moments": [{"touchpoint": "soitto", "expects": "Nimen."}],
    "recovery": "Soita.",
    "expects": "Nimen.",
    "move": "Sano.",
    "feels": "0",
    "need": [{"id": "tieto", "text": "Haluan tietää."}],
    "response": "Kerromme.",
    "value": "Hän pysyy.",
    "assumed": "false",
    "know": ["Arka."],
    "say": ["Kello 7."],
    "show": ["Kartta."],
    "do": ["Soita."],
    "figure": {"value": "1"},
    "source": "customer",
    "target": {"value": "2"},
    "direction": "up",
}


def lost(ways: set[str], *more: tuple[str, object]) -> Files:
    """The workspace without some of its fields, those inside others first, and with some values set."""
    return changed(*((way, GONE) for way in sorted(ways, key=len, reverse=True)), *more)


def mended(files: Files, mend: Mend) -> Files:
    """The workspace with the one field changed that the mend names, at its place."""
    files = deepcopy(files)
    path, loc, value = mend.place.path, mend.place.loc, WRITTEN.get(mend.what)
    if mend.what == "owner":
        path, loc, value = NEUVOJA, ("owns",), ["soitto"]
    elif mend.what == "metric" and path == "journey.yaml":
        path, loc, value = NEUVOJA, ("goals",), [{"text": "NPS.", "metric": "nps"}]
    elif mend.what == "metric":
        value = "nps" if loc[-1] == "metric" else [{"text": "NPS.", "metric": "nps"}]
    parent = files[path]
    for part in loc[:-1]:
        parent = parent.setdefault(part, {}) if isinstance(parent, dict) else parent[part]
    if mend.what == "owners":
        del parent[loc[-1]]
    else:
        parent[loc[-1]] = value
    return files


@settings(max_examples=120)
@given(
    st.sets(st.sampled_from(LOSABLE), max_size=8),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_filling_in_the_named_field_lifts_the_chain_as_far_as_it_says(
    ways: set[str], assumed: bool, far: bool, shared: bool
) -> None:
    more: list[tuple[str, object]] = []
    if assumed and f"{ANNA} needs" not in ways:
        more.append((f"{NEED} assumed", "true"))
    if far:
        more.append((f"{NEUVOJA} serves", {"roles": ["neuvoja"]}))
    if shared:
        more.append(SECOND)
    files = lost(ways, *more)
    with TemporaryDirectory() as folder:
        before = the_chain(files, Path(folder) / "before")
        assert before.score == min(link.score for link in before.links)
        for mend in before.mends:
            if mend.what == "say" and "needs" not in files[ANNA]:
                continue  # There is no need yet that could have plays.
            after = the_chain(mended(files, mend), Path(folder) / mend.what)
            assert after.score >= before.score
            if len(before.mends) == 1:
                assert after.score > before.score
                # Only of somebody who had still to be chosen it says: at most.
                limit = after.score <= before.mended
                assert limit if mend.what in ("owner", "owners") else after.score == before.mended
