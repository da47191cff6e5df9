"""What `pitchgen new` asks at a terminal: a question for each option that was not given."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from pitchgen.cli.terminal import DateType
from pitchgen.plain import printable
from pitchgen.problems import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Answer = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the option it stands for, and the ids to choose from with what they are called.

    `find` is the id of what somebody calls otherwise. An `open` question takes any other answer too.
    """

    option: str
    text: str
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    several: bool = False
    is_date: bool = False
    open: bool = False
    find: Callable[[str], str | None] = lambda _typed: None

    def read(self, typed: str) -> Answer | None:
        """What was typed as the option's value; None to skip. Raises `click.BadParameter`."""
        if not typed.strip():
            if self.required:
                raise click.BadParameter("this cannot be skipped")
            return None
        if self.is_date:
            return DateType().convert(typed.strip(), None, None).isoformat()
        if not self.choices:
            return typed.strip()
        if not self.several:
            return self._choice(typed.strip())
        parts = [part.strip() for part in typed.split(",") if part.strip()]
        # What is chosen may be called by a name with a comma.
        whole = self._meant(typed.strip())
        return (whole,) if whole else tuple(dict.fromkeys(map(self._choice, parts)))

    def _choice(self, typed: str) -> str:
        if meant := self._meant(typed) or (typed if self.open else None):
            return meant
        known = {**dict.fromkeys(self.choices), **dict.fromkeys(self.choices.values())}
        hint = suggestion(typed, filter(None, known)) or "type the number or the name of one of these"
        raise click.BadParameter(f"'{typed}' is none of them; {hint}")

    def _meant(self, typed: str) -> str | None:
        """The id of the choice that has this id, number or name, if there is just one."""
        if typed in self.choices:
            return typed
        if typed.isdecimal() and 0 < int(typed) <= len(self.choices):
            return list(self.choices)[int(typed) - 1]
        called = [
            id for id, name in self.choices.items() if typed.casefold() in (id.casefold(), name.casefold())
        ]
        if len(called) == 1:
            return called[0]
        found = self.find(typed)
        return found if found in self.choices else None

    def shown(self) -> Iterator[str]:
        """What each choice is called; with its id where others are called the same."""
        times = Counter(self.choices.values())
        for id, name in self.choices.items():
            yield f"{name}  ({id})" if name and times[name] > 1 else name or id


def answers_to(
    kind: str, questions: Sequence[Question], given: Mapping[str, Answer | None]
) -> tuple[dict[str, Answer], bool]:
    """The options that were given and, at a terminal, the answers to the questions that remain.

    The second value tells whether anything was asked. Raises `click.UsageError` when there is nobody
    to ask for what is required, and `click.Abort`.
    """
    answers = {option: answer for option, answer in given.items() if answer is not None and answer != ()}
    open_questions = [question for question in questions if question.option not in answers]
    if not open_questions or not is_conversation():
        for question in open_questions:
            _require(kind, question)
        return answers, False
    click.echo("Enter skips a question. Ctrl-C stops, and nothing is written.", err=True)
    for question in open_questions:
        if (answer := _ask(question)) is not None:
            answers[question.option] = answer
    return answers, True


def _require(kind: str, question: Question) -> None:
    if question.required:
        option = question.option.replace("_", "-")
        choices = f"; it can be: {', '.join(question.choices)}" if question.choices else ""
        raise click.UsageError(f"a new {kind} needs --{option}{choices}")


def is_conversation() -> bool:
    """Whether somebody is there to answer a question."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def _ask(question: Question) -> Answer | None:
    for number, called in enumerate(question.shown(), start=1):
        click.echo(f"  {number}  {printable(called)}", err=True)
    return click.prompt(
        question.text, default="", show_default=False, value_proc=question.read, prompt_suffix=" ", err=True
    )
