"""Words for one person: any passage of a pitch may be said otherwise, by a file, a list or an option."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lists import csv_of, xlsx_of
from workspaces import COMPANY, HIRE, REPOSITORY, SHIPPED, TODAY, linked, pitchgen_here, small, write_tree

from pitchgen import shipped
from pitchgen.language.folders import texts
from pitchgen.language.speech import duration_of
from pitchgen.model.hire import PASSAGES, Passages
from pitchgen.plain import one_line
from pitchgen.problems import errors
from pitchgen.render.markdown import Prose
from pitchgen.studio.sentences import passages, timed_sentences
from pitchgen.studio.studio import Studio
from pitchgen.workspace import Hire, Workspace
from pitchgen.workspace.columns import HEADINGS
from pitchgen.workspace.newcomer import Newcomer, Reworded
from pitchgen.workspace.read import read_workspace
from pitchgen.workspace.roster import Roster

Capture = pytest.CaptureFixture[str]

THE_DAY = date.fromisoformat(TODAY)
LANGUAGES = ("fi", "en", "sv")
OWN = "Nähdään lautturin portilla."
PITCH = "templates/languages/fi/pitch.md"


def hire_with(lines: str) -> dict[str, str]:
    """The file of a newcomer with these lines under `pitch`, from the fourth on."""
    return {"hires/aino.yaml": f"{dedent(HIRE)}pitch:\n{indent(lines, '  ')}"}


def reworded(hire: Hire, **said: object) -> Hire:
    """The same newcomer with passages in other words."""
    model = hire.model.model_copy(update={"pitch": Passages.model_validate(said)})
    return replace(hire, model=model)


def prose(workspace: Workspace, hire: Hire, language: str = "fi", seconds: int | None = None) -> Prose:
    found = Studio(workspace, THE_DAY, seconds=seconds).compose("pitch", hire, language).content.prose
    assert found
    return found


def said(capsys: Capture, root: Path, *arguments: str) -> str:
    """The pitch as Markdown on one line, which must be made."""
    order = ("pitch", *arguments, "--format", "md", "-o", "-")
    done = pitchgen_here(capsys, *order, folder=root)
    assert done.returncode == 0, done.stderr
    return one_line(done.stdout)


@pytest.fixture(scope="module")
def starter() -> Workspace:
    return linked(REPOSITORY)


@pytest.fixture(scope="module")
def least(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace in which nothing is known that a pitch can do without."""
    return linked(small(tmp_path_factory.mktemp("least")))


# What is said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("passage", PASSAGES)
def test_own_words_stand_in_place_of_a_passage_and_the_others_stay(
    starter: Workspace, least: Workspace, passage: str, language: str
) -> None:
    for workspace in (starter, least):
        hire = workspace.hires[0]
        usual, own = (
            dict(prose(workspace, each, language).passages)
            for each in (hire, reworded(hire, **{passage: OWN}))
        )
        assert own[passage].rstrip() == OWN.rstrip("\n")
        assert usual.get(passage, "") != own[passage]
        assert OWN in prose(workspace, reworded(hire, **{passage: OWN}), language).text
        others = {name: text for name, text in own.items() if name not in (passage, "tools")}
        assert others == {name: usual[name] for name in others}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_passages_together_leave_nothing_of_the_template_but_what_leads_to_them(
    least: Workspace, language: str
) -> None:
    own = {passage: f"Lause {number}." for number, passage in enumerate(PASSAGES)}
    blocks = prose(least, reworded(least.hires[0], **own), language).blocks
    assert [block.kind for block in blocks] == [
        *("heading", "paragraph", "paragraph", "quote", "paragraph", "paragraph"),
        *("item", "item", "item", "item", "paragraph", "paragraph", "paragraph"),
    ]
    found = re.findall(r"Lause \d+\.", "\n".join(block.text for block in blocks))
    assert found == list(own.values())


def test_a_passage_takes_a_full_stop_but_for_the_heading(least: Workspace) -> None:
    own = {"greeting": "Hei taas, Aino", "help": "Olen tukenasi", "closing": "Alatko?", "thanks": "Kiitos:"}
    text = prose(least, reworded(least.hires[0], **own)).text
    assert text.startswith("Hei taas, Aino\n")
    assert "Olen tukenasi. Alatko?" in text
    assert "Kiitos:\n" in text


def test_a_passage_is_said_in_the_language_of_the_letter_else_of_the_company(least: Workspace) -> None:
    hire = reworded(least.hires[0], help={"fi": "Autan.", "sv": "Jag hjälper."})
    assert [("Autan." in prose(least, hire, code).text) for code in LANGUAGES] == [True, True, False]
    assert "Jag hjälper." in prose(least, hire, "sv").text


def test_own_words_are_never_left_out_to_save_seconds(starter: Workspace) -> None:
    own = {"goals": "Oma tavoite on sinun.", "thanks": "Oma kiitos on sinun.", "story": "Oma tarina."}
    hire = reworded(starter.hires[0], **own)
    whole = prose(starter, hire)
    seconds = duration_of(whole.text, SHIPPED.get("fi")).seconds - 4
    shorter = prose(starter, hire, seconds=seconds)
    assert len(shorter.text) < len(whole.text)
    assert all(text in shorter.text for text in own.values())


ANY_TEXT = st.text(
    st.characters(exclude_categories=["C"]) | st.sampled_from("\n\t*_`#>{}%<>&|[]()!+-=.1"), min_size=1
)
CODE = st.sampled_from(
    [
        "{{ name }}",
        "{% endblock %}",
        "{% raw %}",
        "<script>alert(1)</script>",
        "**bold**",
        "# heading",
        "- item",
        "1. first",
        "> quote",
        "[a](b)",
        "&amp;",
        "\\",
        "```",
        "---",
    ]
)


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=120)
@given(passage=st.sampled_from(PASSAGES), text=(ANY_TEXT | CODE).filter(str.strip))
def test_any_text_is_said_as_it_stands_and_never_becomes_markup(
    least: Workspace, passage: str, text: str
) -> None:
    hire = least.hires[0]
    model = Passages.model_validate({passage: text})
    typed = one_line(model.said[passage].said("fi"))
    plain, own = (
        Studio(least, THE_DAY).compose("pitch", each, "fi").content
        for each in (reworded(hire, **{passage: "sana"}), reworded(hire, **{passage: text}))
    )
    assert own.prose and plain.prose
    assert typed in own.prose.text
    assert squeezed(typed) in squeezed(own.texts["txt"]())
    assert re.findall("<[^>]*>", own.prose.body) == re.findall("<[^>]*>", plain.prose.body)
    others = [name for name in PASSAGES if name != passage]
    assert [dict(own.prose.passages).get(name) for name in others] == [
        dict(plain.prose.passages).get(name) for name in others
    ]


def test_every_format_says_the_own_words(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, hire_with(f"closing: {OWN}\n"))
    order = ("build", "--documents", "pitch,manager-sheet", "--format", "html,md,txt", "-q")
    assert pitchgen_here(capsys, *order, folder=root).returncode == 0
    made = sorted((root / "out").glob("aino-*"))
    assert [path.suffix for path in made] == [".html", ".md", ".html", ".md", ".txt"]
    for path in made:
        assert squeezed(OWN) in squeezed(re.sub("<[^>]*>", "", path.read_text(encoding="utf-8"))), path
    workspace = linked(root)
    with Studio(workspace, THE_DAY) as studio:
        message = message_from_bytes(studio.message(workspace.hires[0], "fi", {}), policy=policy.default)
        body = message.get_body(("plain",))
        assert body and OWN in body.get_content()


# Where it comes from


def test_each_sentence_names_the_file_and_line_of_own_words(capsys: Capture, tmp_path: Path) -> None:
    # The persona says the same.
    shared = "Haluaa tietää, mitä tapahtuu."
    lines = f"goals: Eka viikko on sinun. Toka on meidän.\nhelp: Hei!\nclosing: {OWN}\npart: {shared}\n"
    root = small(tmp_path, hire_with(lines))
    order = ("pitch", "aino", "--say", "help=Ho!", "--format", "txt", "-o", "-", "-v")
    err = pitchgen_here(capsys, *order, folder=root).stderr
    places = dict(re.findall(r"(?m)^ *\d+\.\d s  (.*)  \[(.*)\]$", err))
    assert places["Tavoitteet. Eka viikko on sinun."] == f"{PITCH}, hires/aino.yaml:4"
    assert places["Toka on meidän."] == "hires/aino.yaml:4"
    assert places["Ho!"] == "--say help"
    assert (places[OWN], places[shared]) == ("hires/aino.yaml:6", "hires/aino.yaml:7")


def test_the_passages_of_a_letter_are_told_with_their_words_and_seconds(tmp_path: Path) -> None:
    workspace = linked(small(tmp_path, hire_with("part:\n  fi: Luet kartan.\n  en: You read the map.\n")))
    studio = Studio(workspace, THE_DAY)
    letter = studio.compose("pitch", workspace.hires[0], "fi")
    told = {each.name: each for each in passages(studio, letter)}
    assert list(told) == [name for name in PASSAGES if name in told]
    # Nobody has written a goal, a story or a first step.
    assert set(PASSAGES) - set(told) == {"goals", "story", "closing"}
    assert [name for name, each in told.items() if each.is_own] == ["part"]
    assert told["part"].text == "Luet kartan."
    assert told["promise"].text == "Et jää yksin."
    assert told["greeting"].text == "Hei Aino, tervetuloa!"
    together = sum(each.seconds for each in told.values())
    assert 0.7 * together < sum(each.seconds for each in timed_sentences(studio, letter)) < 1.3 * together


# What a file says


@pytest.mark.parametrize(
    ("lines", "place", "message", "hint"),
    [
        (
            "closng: A\n",
            "4:3",
            "'closng' is not a passage that belongs here",
            "did you mean 'closing'? the passages",
        ),
        ("xyzzy: A\n", "4:3", "'xyzzy' is not a passage", f"the passages here are: {', '.join(PASSAGES)}"),
        (f"help: {'x' * 1001}\n", "4:9", "is 1,001 characters long; at most 1,000 fit", "in fewer words"),
        (f"help:\n  fi: {'x' * 1001}\n", "5:9", "is 1,001 characters long", "in fewer words"),
        ("help: [A]\n", "4:9", "must be a text, not a list", ""),
        ("help:\n  de: A\n", "5:5", "'de' is not one of the company's languages", ""),
    ],
)
def test_what_is_wrong_with_a_passage_is_told_at_its_place(
    tmp_path: Path, lines: str, place: str, message: str, hint: str
) -> None:
    _, problems = read_workspace(small(tmp_path, hire_with(lines)))
    (problem,) = errors(problems)
    assert problem.path == "hires/aino.yaml"
    assert message in problem.message
    assert hint in problem.hint
    assert f"{problem.line}:{problem.column}" == place


def test_a_thousand_characters_are_a_passage_and_an_empty_one_is_none(tmp_path: Path) -> None:
    workspace = linked(small(tmp_path, hire_with(f"help: {'x' * 1000}\nclosing:\ngoals: null\n")))
    assert list(workspace.hires[0].model.pitch.said) == ["help"]


RULES = {
    "avoided-word": ("brand: {avoid_words: {fi: [synergi*]}}\n", "Haemme synergiaa."),
    "informal-address": ("brand: {tone: formal}\n", "Sinä osaat jo."),
    "placeholder": ("", '"<oma lause>"'),
    "untranslated-text": ("", "You will have a desk of your own and the key to it."),
    "garbled-text": ("", "TyÃ¶pÃ¶ytÃ¤si on vieressÃ¤ni."),
}


@pytest.mark.parametrize("code", RULES)
def test_rules_look_at_own_words_in_files_lists_and_options(
    capsys: Capture, tmp_path: Path, code: str
) -> None:
    company, text = RULES[code]
    files = {"company.yaml": dedent(COMPANY) + company}
    root = small(tmp_path, files | hire_with(f"help: {text}\n"))
    checked = pitchgen_here(capsys, "check", "--select", code, folder=root).stderr
    assert re.search(rf"^hires/aino\.yaml:4:9: \w+\[{code}\]", checked, re.MULTILINE), checked
    write_tree(
        root, {"list.csv": csv_of([["Nimi", "Rooli", "Puhe: apu"], ["Bo", "asiantuntija", text.strip('"')]])}
    )
    listed = pitchgen_here(capsys, "check", "list.csv", folder=root).stderr
    assert re.search(rf"^list\.csv:2:3: \w+\[{code}\]", listed, re.MULTILINE), listed
    order = ("pitch", "aino", "--say", f"closing={text.strip(chr(34))}", "--format", "md", "-o", "-")
    typed = pitchgen_here(capsys, *order, folder=root).stderr
    assert re.search(rf"^--say closing: \w+\[{code}\]", typed, re.MULTILINE), typed


def test_own_words_in_another_language_than_the_letter_are_said(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, hire_with("help: Olen vieressä.\nclosing:\n  en: See you.\n"))
    for language, place in (("en", "4:9"), ("fi", "")):
        order = ("pitch", "aino", "--language", language, "--format", "md", "-o", "-")
        err = pitchgen_here(capsys, *order, folder=root).stderr
        found = re.findall(r"^hires/aino\.yaml:(\d+:\d+): warning\[missing-translation\]", err, re.MULTILINE)
        assert found == ([place] if place else []), err
    # Who types it for this letter types it in its language.
    typed = ("--language", "en", "--say", "help=I am next door.", "--format", "md", "-o", "-")
    done = pitchgen_here(capsys, "pitch", "aino", *typed, folder=root)
    assert "I am next door." in done.stdout
    assert "missing-translation" not in done.stderr


def test_a_build_makes_anew_what_has_other_words_and_nothing_else(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"hires/bo.yaml": "name: Bo\nrole: asiantuntija\n"})
    order = ("build", "--documents", "pitch,playbook", "--format", "html", "-q")
    assert pitchgen_here(capsys, *order, folder=root).returncode == 0
    write_tree(root, hire_with(f"help: {OWN}\n"))
    assert pitchgen_here(capsys, *order, folder=root).stdout == "out/aino-pitch-fi.html\n"
    assert pitchgen_here(capsys, *order, folder=root).stdout == ""


# What a list says


def headings() -> Mapping[str, list[str]]:
    """The usual headings of each passage, in every language, and its name in a file."""
    usual = [shipped.language_data(code, HEADINGS) for code in LANGUAGES]
    return {
        passage: [f"pitch.{passage}", *(each for data in usual for each in texts(data[f"pitch.{passage}"]))]
        for passage in PASSAGES
    }


@pytest.mark.parametrize("packed", [csv_of, xlsx_of])
def test_a_column_holds_a_passage_by_any_of_its_headings(tmp_path: Path, packed: object) -> None:
    root = small(tmp_path)
    for spelling in range(4):
        named = {passage: usual[spelling * 2] for passage, usual in headings().items() if len(usual) > 6}
        rows = [
            ["Nimi", "Rooli", *named.values()],
            ["Bo", "asiantuntija", *(f"{name} on." for name in named)],
        ]
        path = root / f"list.{'csv' if packed is csv_of else 'xlsx'}"
        path.write_bytes(packed(rows))  # type: ignore[operator]
        workspace, problems = read_workspace(root, roster=Roster(path))
        assert workspace and not problems
        own = workspace.hires[0].model.pitch.said
        assert {name: text.plain for name, text in own.items()} == {name: f"{name} on." for name in PASSAGES}


@pytest.mark.parametrize(
    ("heading", "cell", "place", "message", "hint"),
    [
        (
            "Puhe: apu",
            "x" * 1001,
            "2:3",
            "the cell under 'Puhe: apu' must be a text of 1 to 1,000 characters",
            "",
        ),
        (
            "pitch.hepl",
            "A",
            "1:3",
            "'pitch.hepl' is no field that a row can hold",
            "did you mean 'pitch.help'?",
        ),
        ("Puhe: xyz", "A", "1:3", "these columns are not used: 'Puhe: xyz'", "--columns FIELD=HEADING"),
    ],
)
def test_what_is_wrong_with_a_column_of_a_passage_is_told_at_its_row_and_column(
    tmp_path: Path, heading: str, cell: str, place: str, message: str, hint: str
) -> None:
    root = small(tmp_path)
    (root / "list.csv").write_bytes(csv_of([["Nimi", "Rooli", heading], ["Bo", "asiantuntija", cell]]))
    _, (problem,) = read_workspace(root, roster=Roster(root / "list.csv"))
    assert f"{problem.line}:{problem.column}" == place
    assert problem.message == message
    assert hint in problem.hint


def test_a_column_of_any_heading_can_be_told_to_hold_a_passage(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"list.csv": csv_of([["Nimi", "Rooli", "X"], ["Bo", "asiantuntija", OWN]])})
    order = ("build", "--hires", "list.csv", "--documents", "pitch", "--format", "txt", "-q")
    assert pitchgen_here(capsys, *order, "--columns", "pitch.help=X", folder=root).returncode == 0
    (made,) = (root / "out").glob("bo-*.txt")
    assert OWN in one_line(made.read_text(encoding="utf-8"))
    wrong = pitchgen_here(capsys, *order, "--columns", "pitch.hlep=X", folder=root)
    assert (wrong.returncode, "did you mean 'pitch.help'?" in wrong.stderr) == (1, True)


# What an option says


def test_an_option_goes_before_the_file_and_leaves_its_other_passages(
    capsys: Capture, tmp_path: Path
) -> None:
    root = small(tmp_path, hire_with("help: Tiedoston apu.\nthanks: Tiedoston kiitos.\n"))
    before = (root / "hires/aino.yaml").read_bytes()
    text = said(capsys, root, "aino", "--say", "help=Oma apu.", "--say", "closing=a = b, c.")
    assert "Oma apu. a = b, c." in text
    assert "Tiedoston kiitos." in text
    assert "Tiedoston apu." not in text
    assert (root / "hires/aino.yaml").read_bytes() == before
    assert "Oma apu." in said(capsys, root, "Aino Virtanen", "--say", "help=Oma apu.")


def test_a_newcomer_without_a_file_is_told_what_was_typed(capsys: Capture, tmp_path: Path) -> None:
    typed = ("--name", "Bo Ek", "--role", "asiantuntija", "--say", f"help={OWN}")
    assert OWN in said(capsys, small(tmp_path), *typed)
    sheet = ("manager-sheet", *typed, "--format", "md", "-o", "-")
    assert OWN in one_line(pitchgen_here(capsys, *sheet, folder=tmp_path).stdout)


@pytest.mark.parametrize("who", [("aino",), ("--name", "Bo", "--role", "asiantuntija")])
@pytest.mark.parametrize(
    ("typed", "option", "message", "hint"),
    [
        (
            "hepl=A",
            "--say hepl",
            "'hepl' is not a passage that belongs here",
            "did you mean 'help'? the passages",
        ),
        ("=A", "--say ", "'' is not a passage that belongs here", "the passages here are: greeting, opening"),
        ("help=", "--say help", "must not be empty", "write a text, or leave the option out\n"),
        (f"help={'x' * 1001}", "--say help", "is 1,001 characters long; at most 1,000 fit", ""),
    ],
)
def test_what_is_wrong_with_typed_words_is_told_at_the_option(
    capsys: Capture, tmp_path: Path, who: tuple[str, ...], typed: str, option: str, message: str, hint: str
) -> None:
    root = small(tmp_path)
    done = pitchgen_here(capsys, "pitch", *who, "--say", typed, "--format", "md", folder=root)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{option}: error[")
    assert f": {message}\n" in done.stderr
    assert hint in done.stderr
    assert not (root / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["aino", "--say", "help"], "it must be like 'help="),
        (["--say", "help=A"], "--say is said to one person"),
        (["aino", "--say", "help=A", "--say", "help=B"], "a passage is given twice"),
    ],
)
def test_wrong_usage_of_the_option_is_told(
    capsys: Capture, tmp_path: Path, arguments: list[str], told: str
) -> None:
    done = pitchgen_here(capsys, "pitch", *arguments, folder=small(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_words_for_somebody_unknown_or_with_a_broken_file_make_nothing(
    capsys: Capture, tmp_path: Path
) -> None:
    root = small(tmp_path, {"hires/bo.yaml": "name: Bo\nrole: asiantuntia\n"})
    for who, told in (("bo", "hires/bo.yaml:2:7: error[unknown-reference]"), ("ano", "did you mean 'aino'?")):
        done = pitchgen_here(capsys, "pitch", who, "--say", "help=A", folder=root)
        assert (done.returncode, done.stdout) == (1, "")
        assert told in done.stderr
        (root / "hires/bo.yaml").unlink(missing_ok=True)


def test_words_are_typed_in_memory_too(tmp_path: Path) -> None:
    root = small(tmp_path, hire_with("help: Apu.\n"))
    for who in (Reworded("aino", {"help": "Oma."}), Newcomer("Bo", "asiantuntija", say={"help": "Oma."})):
        workspace, problems = read_workspace(root, who)
        assert workspace and not problems
        assert workspace.hires[-1].model.pitch.said["help"].said("fi") == "Oma."
    workspace, _ = read_workspace(root, Reworded("nobody", {"help": "Oma."}))
    assert workspace and [hire.model.pitch.said["help"].said("fi") for hire in workspace.hires] == ["Apu."]


# Templates of a workspace's own


def test_a_template_without_passages_works_and_says_what_it_lacks(capsys: Capture, tmp_path: Path) -> None:
    template = "# Hei {{ called }}\n\n{{ promise }}\n\n{% block help %}\nAutamme.\n{% endblock %}\n"
    root = small(tmp_path, {PITCH: template})
    assert said(capsys, root, "aino") == "# Hei Aino Et jää yksin. Autamme."
    lacking = ", ".join(name for name in PASSAGES if name != "help")
    checked = pitchgen_here(capsys, "check", "--select", "same-label", folder=root)
    assert checked.returncode == 0
    assert f"{PITCH}: note[old-template]: does not name these passages" in checked.stderr
    assert f"in other words: {lacking}\n" in checked.stderr
    assert "own." not in checked.stderr
    assert said(capsys, root, "aino", "--say", "help=Autan.") == "# Hei Aino Et jää yksin. Autan."


def test_passages_may_stand_in_a_template_that_another_extends(capsys: Capture, tmp_path: Path) -> None:
    base = """\
        # {% block greeting %}Hei{% endblock %}

        {% block help %}
        Me.
        {% endblock %}
        {% block more %}{% endblock %}
        """
    own = """\
        {% extends "base.md" %}
        {% block help %}{{ super() }} Te.
        {% endblock %}
        {% block more %}{% block closing %}Loppu.{% endblock %}{% endblock %}
        """
    root = small(tmp_path, {"templates/base.md": base, PITCH: own})
    assert said(capsys, root, "aino") == "# Hei Me. Te. Loppu."
    typed = ("--say", "greeting=Ho", "--say", "help=Hän", "--say", "closing=Alku")
    assert said(capsys, root, "aino", *typed) == "# Ho Hän. Alku."
    checked = pitchgen_here(capsys, "check", "--select", "same-label", folder=root).stderr
    lacking = [name for name in PASSAGES if name not in ("greeting", "help", "closing")]
    assert f"in other words: {', '.join(lacking)}\n" in checked


@pytest.mark.parametrize(
    "template",
    ["# Hei\n", "# Hei\n{% if goals %}\n{% block goals %}{{ goals[0].text }}{% endblock %}\n{% endif %}\n"],
)
def test_own_words_that_a_template_has_no_place_for_are_refused(
    capsys: Capture, tmp_path: Path, template: str
) -> None:
    root = small(tmp_path, {PITCH: template, **hire_with("goals: A\n")})
    for command in (("pitch", "aino"), ("build",), ("check",)):
        done = pitchgen_here(
            capsys, *command, "--format", "text" if command[0] == "check" else "html", folder=root
        )
        assert done.returncode in (1, 3), command
        assert (
            "hires/aino.yaml:4:10: error[unsaid-passage]: the pitch in 'fi' has no place for" in done.stderr
        )
        assert (
            "{% block goals %}{% endblock %} where it is to stand in templates/languages/fi/pitch.md"
            in done.stderr
        )
        assert "`own.goals`" in done.stderr
        assert not list(root.glob("out/*-pitch-*"))


def test_a_fault_inside_a_passage_has_its_line(capsys: Capture, tmp_path: Path) -> None:
    for fault in ("{{ nobody }}", "{% for n in range(99999) %}{{ 'x' * 99 }}{% endfor %}"):
        root = small(tmp_path, {PITCH: f"# Hei\n\n{{% block help %}}\nA\n{fault}\n{{% endblock %}}\n"})
        done = pitchgen_here(capsys, "pitch", "aino", "--format", "md", folder=root)
        assert f"{PITCH}:5:1: error[template]" in done.stderr
        # What nobody fills in is no fault.
        assert said(capsys, root, "aino", "--say", "help=B") == "# Hei B."
