"""A template may be wrong or mean harm: it neither runs for ever nor grows, and takes in nothing foreign."""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from functools import partial
from math import inf
from pathlib import Path
from threading import Event
from time import thread_time

import pytest
from workspaces import TODAY, linked, pitchgen, small, write_tree

from pitchgen.problems import InvalidInput, errors
from pitchgen.render.limits import _WATCH, LOOK, OutOfTime, _Task, within
from pitchgen.render.templates import Templates
from pitchgen.studio.studio import Studio

ENDLESS = "{% for a in range(n) %}{% for b in range(n) %}{% endfor %}{% endfor %}"
HANGING = 1200
# Fills in a template within a deadline; prints what is wrong with it, and the most memory it took in KB.
FILL = """
import re, sys
from pathlib import Path
from pitchgen.problems import InvalidInput
from pitchgen.render.templates import Templates
from pitchgen.report.text import as_text
try:
    Templates(Path(sys.argv[1]), deadline=float(sys.argv[2])).html("any.html", {"n": 99999})
except InvalidInput as error:
    print(as_text(error.problems[0]).splitlines()[0])
print(re.search("VmHWM:\\\\s*(.*) kB", Path("/proc/self/status").read_text())[1])
"""


def fill(root: Path, template: str, deadline: float = HANGING) -> tuple[str, int]:
    """What is said of a template that is filled in by a process of its own, and the KB that took."""
    run = run_fill(root, template, deadline)
    assert (run.returncode, run.stderr) == (0, "")
    said, memory = run.stdout.splitlines()
    return said, int(memory)


def run_fill(root: Path, template: str, deadline: float) -> subprocess.CompletedProcess[str]:
    write_tree(root, {"templates/any.html": template})
    command = [sys.executable, "-c", FILL, str(root), str(deadline)]
    return subprocess.run(command, capture_output=True, text=True, timeout=HANGING, check=False)


@pytest.fixture(autouse=True)
def no_garbage_collection() -> Iterator[None]:
    """Python drops what is raised inside hypothesis's observer of collections, with a warning."""
    gc.disable()
    yield
    gc.enable()


# Time


def test_a_template_without_end_costs_its_documents_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pitchgen.studio.studio.Templates", partial(Templates, deadline=1))
    hires = {
        "hires/bo.yaml": "name: Bo\nrole: asiantuntija\n",
        "hires/cia.yaml": "name: Cia\nrole: asiantuntija\nlanguage: sv\n",
    }
    template = f"# Hei {{{{ called }}}}\n\n{ENDLESS.replace('n)', '99999)')}\n"
    root = small(tmp_path, {"templates/languages/fi/pitch.md": template, **hires})
    run = pitchgen("pitch", "--format", "md,html", "-q", workspace=root)
    assert run.returncode == 3
    assert run.stdout.splitlines() == ["out/cia-pitch-sv.md", "out/cia-pitch-sv.html"]
    assert sorted(path.name for path in (root / "out").iterdir()) == ["cia-pitch-sv.html", "cia-pitch-sv.md"]
    said, *rest = run.stderr.splitlines()
    assert said == (
        "templates/languages/fi/pitch.md:3:1: error[template]: takes longer than 1 s to fill in; "
        "look for a loop that never ends"
    )
    assert [line for line in rest if "error" in line] == []
    assert "pitchgen: bo-pitch-fi.html was not written" in rest


@pytest.mark.parametrize(
    "template",
    [
        ENDLESS,
        "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}",
        "{% filter upper %}" + ENDLESS + "{% endfilter %}",
        # Jinja tries this while it reads the template, and drops whatever is raised then.
        "{{ [1] | slice(10 ** 9) | max }}",
    ],
)
def test_whatever_takes_too_long_is_stopped_in_its_line(tmp_path: Path, template: str) -> None:
    said, _ = fill(tmp_path, f"<p>\n{template}\n", deadline=0.5)
    assert said.startswith("templates/any.html:2:1: error[template]: takes longer than 0.5 s to fill in")


def test_a_template_too_long_to_read_is_stopped(tmp_path: Path) -> None:
    said, _ = fill(tmp_path, "{{ n" + " | e" * 200_000 + " }}", deadline=0.5)
    assert said.startswith("templates/any.html:1:1: error[template]: takes longer than 0.5 s to fill in")


def test_prose_too_tangled_to_read_is_stopped(tmp_path: Path) -> None:
    write_tree(tmp_path, {"templates/any.md": "> " * 40 + "\n" + "> a\n" * 20_000})
    with pytest.raises(InvalidInput) as stopped:
        Templates(tmp_path, deadline=0.2).prose("any.md", {})
    problem = stopped.value.problems[0]
    assert problem.path == "templates/any.md"
    assert "takes longer than 0.2 s" in problem.message


def test_a_template_stuck_where_python_cannot_stop_it_ends_the_process(tmp_path: Path) -> None:
    grow = "{% for i in range(60) %}{% set a.x = (a.x, a.x) %}{% endfor %}"
    template = "{% set a = namespace(x=(1,)) %}" + grow + "{{ {a.x: 1} }}"
    run = run_fill(tmp_path, template, deadline=0.05)
    assert (run.returncode, run.stdout) == (1, "")
    assert "templates/any.html" in run.stderr


def test_a_template_that_took_too_long_is_not_waited_for_again(tmp_path: Path) -> None:
    write_tree(tmp_path, {"templates/any.md": ENDLESS, "templates/other.md": "Hei {{ n }}"})
    templates = Templates(tmp_path, deadline=0.05)
    with pytest.raises(InvalidInput) as first:
        templates.prose("any.md", {"n": 3000})
    with pytest.raises(InvalidInput) as second:
        templates.prose("any.md", {"n": 1})
    assert first.value.problems == second.value.problems
    assert templates.prose("other.md", {"n": 1}).text == "Hei 1"


# Size


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ 9 ** (9 ** 9) }}", "computes with a number that is too large"),
        (
            "{% set a = namespace(x=9) %}{% for i in range(60) %}{% set a.x = a.x * a.x %}{% endfor %}",
            "number",
        ),
        ("{{ ('f' * 10 ** 7) | int(0, 16) // 3 }}", "number"),
        ("{{ 1 | round(1000000000, 'ceil') }}", "number of digits that is too large"),
        ("{{ lipsum(n=10 ** 9) }}", "uses something that is not there: 'lipsum' is undefined"),
        ("{{ 'a' * 10 ** 10 }}", "takes more than 250 MB of memory to fill in"),
        ("{{ [0] * 10 ** 10 }}", "memory"),
        ("{{ '%1000000000d' % 1 }}", "memory"),
        ("{{ '{:1000000000}'.format(1) }}", "memory"),
        ("{{ '{a:1000000000}'.format_map({'a': 1}) }}", "memory"),
        ("{{ 'x' | center(10 ** 10) }}", "memory"),
        ("{{ ('a' * 10 ** 6) | replace('a', 'a' * 10 ** 6) }}", "memory"),
        (
            "{% set a = namespace(x='a') %}{% for i in range(60) %}{% set a.x = a.x ~ a.x %}{% endfor %}",
            "memory",
        ),
        (
            "{% set a = namespace(x=[0]) %}{% for i in range(60) %}{% set a.x = a.x + a.x %}{% endfor %}",
            "memory",
        ),
        ("{% include 'any.html' %}", "takes in or calls itself without end"),
        ("{% import 'any.html' as a %}", "recursion"),
        ("{% extends 'any.html' %}", "recursion"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "recursion"),
        ("{% for a in range(n) %}{% for a in range(n) %}aaaaaaaaaaaa{% endfor %}{% endfor %}", "20,000,000"),
        ("{% set a %}{% for a in range(n) %}{{ 'a' * 999 }}{% endfor %}{% endset %}", "20,000,000"),
    ],
)
def test_whatever_grows_too_large_is_refused_in_its_line(tmp_path: Path, template: str, said: str) -> None:
    head, memory = fill(tmp_path, f"<p>\n{template}\n")
    assert head.startswith("templates/any.html:2:1: error[template]: ")
    assert said in head
    assert memory < 500_000


def test_a_pitch_of_many_pages_is_refused(tmp_path: Path) -> None:
    write_tree(tmp_path, {"templates/any.md": "Hei\n\n{% for a in range(n) %}\nHei vain!\n{% endfor %}\n"})
    assert len(Templates(tmp_path).prose("any.md", {"n": 9000}).text) > 80_000
    with pytest.raises(InvalidInput) as refused:
        Templates(tmp_path).prose("any.md", {"n": 90000})
    problem = refused.value.problems[0]
    assert (problem.path, problem.line) == ("templates/any.md", 3)
    assert "makes more than 100,000 characters" in problem.message


def test_small_sums_and_repeated_words_are_fine(tmp_path: Path) -> None:
    template = (
        "{{ 2 ** 10 }} {{ 17 // 5 }} {{ 17 % 5 }} {{ 6 * 7 }} {{ 'ha' * 3 }} {{ '%s!' % 'so' }} {{ 2 ** -1 }}"
    )
    write_tree(tmp_path, {"templates/any.md": template})
    assert Templates(tmp_path).prose("any.md", {}).text == "1024 3 2 42 hahaha so! 0.5"


def test_a_layout_of_millions_of_words_is_stopped_with_its_deadline(tmp_path: Path) -> None:
    layout = "<p>{% for a in range(99999) %}word after word after word {% endfor %}"
    root = small(tmp_path, {"templates/pitch.html": layout})
    with Studio(linked(root), date.fromisoformat(TODAY), deadline=1) as studio:
        made = studio.render(studio.compose("pitch", studio.workspace.hires[0], "fi"), "pdf")
    assert made.content == b""
    (problem,) = errors(made.problems)
    assert (problem.code, problem.path) == ("too-slow", "")
    assert "a template that repeats without end" in problem.hint


# The limits themselves


def busy() -> Iterator[int]:
    """Long, but not endless work."""
    return iter([number for number in range(10**9) if number < 0])


def compute(seconds: float) -> float:
    """Work that takes this thread as long; returns how long it took."""
    began = thread_time()
    while (took := thread_time() - began) < seconds:
        pass
    return took


def memory() -> tuple[int, int]:
    """How large this process may become."""
    return resource.getrlimit(resource.RLIMIT_AS)


def test_limits_are_gone_after_the_work_however_it_ended() -> None:
    before = memory()
    assert within(HANGING, lambda: 7) == 7
    assert memory() == before
    with pytest.raises(ZeroDivisionError):
        within(HANGING, lambda: 1 / 0)
    assert memory() == before
    with pytest.raises(OutOfTime, match=r"takes longer than 0\.05 s"):
        within(0.05, busy)
    assert memory() == before


def test_a_longer_limit_inside_a_shorter_one_does_not_lengthen_it() -> None:
    before = memory()
    with pytest.raises(OutOfTime, match=r"longer than 0\.05 s"):
        within(0.05, lambda: within(HANGING, busy))
    with pytest.raises(OutOfTime, match=r"longer than 0\.05 s"):
        within(0.05, lambda: [within(HANGING, int), *busy()])
    assert memory() == before


def test_work_that_only_waits_is_not_late() -> None:
    with ThreadPoolExecutor(1) as threads:
        assert within(0.05, threads.submit(compute, 0.5).result) >= 0.5


def test_a_template_without_end_is_stopped_in_any_thread_and_the_others_are_filled_in(
    tmp_path: Path,
) -> None:
    loop = "{% for a in range(n) %}{% endfor %}"
    write_tree(tmp_path, {"templates/endless.md": ENDLESS, "templates/any.md": f"Hei {loop}{{{{ n }}}}"})
    before, templates = memory(), Templates(tmp_path, deadline=1)
    with ThreadPoolExecutor(4) as threads:
        endless = threads.submit(templates.prose, "endless.md", {"n": 99999})
        others = [threads.submit(templates.prose, "any.md", {"n": number}) for number in range(400)]
        assert [other.result().text for other in others] == [f"Hei {number}" for number in range(400)]
        with pytest.raises(InvalidInput) as stopped:
            endless.result()
    assert "takes longer than 1 s" in stopped.value.problems[0].message
    assert memory() == before


def test_work_that_ends_at_the_last_moment_leaves_nothing_behind() -> None:
    def at_about_the_last(share: float) -> bool:
        try:
            within(LOOK, partial(compute, share * LOOK))
        except OutOfTime as error:
            # Else it came when the work was over and done with.
            assert error.seconds == LOOK
            return True
        return False

    before = memory()
    with ThreadPoolExecutor(3) as threads:
        late = list(threads.map(at_about_the_last, [0.5, 0.9, 0.95, 1, 1.05, 1.1, 1.5, 9] * 8))
    assert True in late and False in late
    assert (_WATCH.tasks, memory()) == ({}, before)


def test_what_is_being_raised_as_the_work_ends_is_waited_for_and_taken_back() -> None:
    task, looked, go_on = _Task(HANGING), Event(), Event()

    def clock() -> float:
        looked.set()
        assert go_on.wait(HANGING)
        return inf

    task._clock = clock
    with ThreadPoolExecutor(1) as threads:
        looking = threads.submit(_WATCH._raise_if_late, task)
        assert looked.wait(HANGING)
        task.is_done = True
        go_on.set()
        with suppress(OutOfTime):
            _WATCH.let_go(task)
        _WATCH.let_go(task)
        # Were something left over, it would be raised here.
        assert compute(0.05) >= 0.05
        looking.result()


def test_threads_that_work_at_once_may_grow_together_until_the_last_has_ended() -> None:
    before, first, second = memory(), Event(), Event()

    def grow(mine: Event, other: Event) -> int:
        mine.set()
        assert other.wait(HANGING)
        return len(bytes(200_000_000))

    with ThreadPoolExecutor(2) as threads:
        growing = [
            threads.submit(within, HANGING, partial(grow, *each))
            for each in ((first, second), (second, first))
        ]
        assert [each.result() for each in growing] == [200_000_000] * 2
        assert memory() == before
        ended = Event()
        waiting = threads.submit(within, HANGING, partial(ended.wait, HANGING))
        with pytest.raises(MemoryError):
            threads.submit(within, HANGING, lambda: bytes(2_000_000_000)).result()
        assert memory() != before
        ended.set()
        assert waiting.result()
    assert memory() == before
