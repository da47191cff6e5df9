"""What `pitchgen new` asks at a terminal: a question for each option that was not given."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from pitchgen.cli.terminal import DateType
from pitchgen.plain import printable
from pitchgen.problems import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Answer = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the option it stands for, and the ids to choose from with what they are called.

    `find` is the id of what somebody calls otherwise.
    """

    option: str
    text: str
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    several: bool = False
    is_date: bool = False
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
        return tuple(dict.fromkeys(self._choice(part.strip()) for part in typed.split(",") if part.strip()))

    def _choice(self, typed: str) -> str:
        if typed in self.choices:
            return typed
        if typed.isdecimal() and 0 < int(typed) <= len(self.choices):
            return list(self.choices)[int(typed) - 1]
        if (id := self.find(typed)) and id in self.choices:
            return id
        hint = suggestion(typed, self.choices) or "type the number or the name of one of these"
        raise click.BadParameter(f"'{typed}' is none of them; {hint}")


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
    for number, (id, name) in enumerate(question.choices.items(), start=1):
        called = name if id == str(number) else f"{id}  ({name})" if name else id
        click.echo(f"  {number}  {printable(called)}", err=True)
    return click.prompt(
        question.text, default="", show_default=False, value_proc=question.read, prompt_suffix=" ", err=True
    )
