"""Create a file or an entry in a list; all is checked before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from textwrap import dedent
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from pitchgen.load.document import YamlMap, decode, parse
from pitchgen.load.files import Source, is_there
from pitchgen.model.text import read_line
from pitchgen.new.examples import examples
from pitchgen.new.insertion import CannotInsert, append
from pitchgen.new.kinds import KINDS, Kind
from pitchgen.new.scaffold import Answer, Parts, fill
from pitchgen.problems import InvalidInput, Problem, suggestion
from pitchgen.workspace.references import without_removal
from pitchgen.write import change_file, create_with_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from pitchgen.new.existing import Existing

# The option that gave a key its value, where they have different names.
_OPTIONS = {"personas": "serves", "roles": "serves", "id": "phase"}
# What an option names, by its id or by what it is called.
_NAMED = {
    "role": "role",
    "manager": "manager",
    "phase": "phase",
    "strategy_goal": "strategy goal",
    "for": "behavior",
}


@dataclass(frozen=True, slots=True)
class New:
    """A file of a workspace and its content before, None for no file, and after something new is in it."""

    path: str
    # They may be personal, so that no traceback shall have them.
    before: bytes | None = field(repr=False)
    after: bytes = field(repr=False)


def create(existing: Existing, kind: Kind, typed: str, answers: Mapping[str, Answer], today: date) -> Path:
    """Write something new with the id that was typed; returns the path of the file that holds it.

    Raises as `planned` does, and `CannotWrite`; then nothing was written.
    """
    new = planned(existing, kind, typed, answers, today)
    path = existing.files.root / new.path
    _write(path, new.after, kind, is_new=new.before is None)
    return path


def planned(existing: Existing, kind: Kind, typed: str, answers: Mapping[str, Answer], today: date) -> New:
    """Something new with the id that was typed, as it would be written.

    `answers` are what is known of it, by option: a text, an id, or several ids. Raises `CannotCreate`
    when the id does not do, and `InvalidInput` when an answer or the file it goes to does not.
    """
    id = existing.settle_id(kind, typed)
    wrong = dict(_not_texts(answers))
    answers = _as_ids(existing, {option: each for option, each in answers.items() if option not in wrong})
    relative = kind.path(id)
    path = existing.files.root / relative
    _refuse(existing.errors_in(relative))
    parts = fill(
        kind.name,
        existing.workspace.languages.folders,
        existing.workspace.company,
        kind.lists,
        answers,
        examples(existing.workspace, id, answers, today),
    )
    old = path.read_bytes() if kind.lists and is_there(path) else None
    new = _fresh(parts, existing, kind) if old is None else _added(old, parts, existing, kind)
    data = parse(new)
    assert isinstance(data, YamlMap)
    found = _errors_with(existing, Source(relative, decode(new), data, kind.holder))
    _refuse(_together(wrong, [_at_option(problem, answers) for problem in found]))
    return New(relative, old, new)


def _errors_with(existing: Existing, source: Source) -> tuple[Problem, ...]:
    """The errors of a file as it will be."""
    try:
        return existing.with_source(source).errors_in(source.path)
    except InvalidInput as error:
        # Without a company there is no workspace.
        return error.problems


def _refuse(problems: Iterable[Problem]) -> None:
    if found := tuple(problems):
        raise InvalidInput(found)


def _not_texts(answers: Mapping[str, Answer]) -> Iterator[tuple[str, Problem]]:
    """The options whose answer no field would take: nothing, or characters that are not text."""
    for option, answer in answers.items():
        for text in [answer] if isinstance(answer, str) else answer:
            try:
                read_line(text)
            except PydanticCustomError as error:
                message = str((error.context or {})["message"])
                yield option, Problem("invalid-value", message, f"--{option.replace('_', '-')}")


def _together(wrong: Mapping[str, Problem], others: Iterable[Problem]) -> list[Problem]:
    """All problems, without those that are there only because a wrong answer was left out."""
    said = {problem.path for problem in wrong.values()}
    independent = (each for each in others if each.path.startswith("--") and each.path not in said)
    return [*wrong.values(), *(independent if wrong else others)]


def _as_ids(existing: Existing, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers, with ids and codes where a role's title, a manager's name and the like was typed."""
    known = {option: _named(existing, _NAMED.get(option), answer) for option, answer in answers.items()}
    if isinstance(language := known.get("language"), str):
        known["language"] = existing.validated.known.language(language) or language
    if isinstance(served := known.pop("serves", None), tuple):
        known.update(_served(existing, served))
    return known


def _named(existing: Existing, noun: str | None, answer: Answer) -> Answer:
    if noun is None:
        return answer
    if isinstance(answer, str):
        return existing.id_of(noun, answer)
    return tuple(existing.id_of(noun, each) for each in answer)


def _served(existing: Existing, said: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The ids of whom a role serves, by what they are. Raises `InvalidInput` if one is neither."""
    personas = {id for id, _ in existing.ids("persona")}
    roles = {id for id, _ in existing.ids("role")}
    known = personas | roles
    found = {each: existing.id_of("persona", each) for each in said}
    ids = [id if id in known else existing.id_of("role", each) for each, id in found.items()]
    if not known.issuperset(ids):
        existing.refuse_errors(KINDS["persona"], KINDS["role"])
    _refuse(
        Problem(
            "unknown-reference",
            f"role serves '{id}', which is neither a persona nor a role",
            "--serves",
            hint=suggestion(id, known) or f"it can be: {', '.join(sorted(known))}",
        )
        for id in ids
        if id not in known
    )
    served = {
        "personas": tuple(id for id in dict.fromkeys(ids) if id in personas),
        "roles": tuple(id for id in dict.fromkeys(ids) if id not in personas),
    }
    return {key: value for key, value in served.items() if value}


def _fresh(parts: Parts, existing: Existing, kind: Kind) -> bytes:
    """A whole file, with the line that tells editors its schema when the workspace has that."""
    lines = []
    schema = f"schemas/{kind.holder.schema}"
    if is_there(existing.files.root / schema):
        above = "../" if kind.holder.is_folder else ""
        lines.append(f"# yaml-language-server: $schema={above}{schema}")
    for key, filled in parts.items():
        lines += [f"{key}:", *filled] if key else filled
    return "\n".join([*lines, ""]).encode()


def _added(old: bytes, parts: Parts, existing: Existing, kind: Kind) -> bytes:
    """The list file with the new entry, and before that with what the entry needs and is not there."""
    new = old
    for key in kind.lists:
        if key != kind.lists[-1] and existing.workspace.phases:
            continue
        try:
            new = append(new, key, dedent("\n".join(parts[key])).rstrip())
        except CannotInsert as error:
            hint = f"write each item under `{key}:` on a line of its own, beginning with `- `"
            problem = Problem("cannot-add", f"cannot be added to: {error}", kind.path(""), hint=hint)
            raise InvalidInput([problem]) from None
    return new


def _at_option(problem: Problem, answers: Mapping[str, Answer]) -> Problem:
    """A problem with an answer, placed at its option; the line it would have in the file is not there."""
    for part in [part for part in reversed(problem.loc) if isinstance(part, str)]:
        if part in answers or part in _OPTIONS:
            option = _OPTIONS.get(part, part).replace("_", "-")
            hint = without_removal(problem.hint)
            return replace(problem, path=f"--{option}", line=0, column=0, source="", hint=hint)
    return problem


def _write(path: Path, content: bytes, kind: Kind, *, is_new: bool) -> None:
    if not is_new:
        change_file(path, content)
        return
    create_with_folder(path, content, private=kind.holder.is_private)
