"""`pitchgen new`: a commented file to fill in, or an entry in one of the files at the top."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_args

import click

from pitchgen.cli import late
from pitchgen.cli.questions import Question, answers_to
from pitchgen.cli.terminal import DateType, Settings, common_options, echo_path, from_here, workspace_folder
from pitchgen.new.kinds import KINDS
from pitchgen.plain import printable

if TYPE_CHECKING:
    from datetime import date

    from pitchgen.new.existing import Existing

Ask = Callable[["Existing"], list[Question]]


@click.group("new")
def command() -> None:
    """Add something to the workspace: a commented file, or an entry in a list, that `check` accepts at once.

    At a terminal a few questions are asked for what the options do not say; Enter skips one.
    Nothing that is there is overwritten.
    """


@command.command("persona")
@click.argument("id")
@click.option("--label", help="What you call this persona.")
@click.option("--summary", help="The persona in one sentence.")
@click.option("--priority", metavar="1|2|3", help="1 for the central personas, 3 for the rest (2).")
@common_options
def persona(settings: Settings, id: str, **given: Any) -> None:
    """Write personas/ID.yaml, a kind of buyer."""

    def questions(_existing: Existing) -> list[Question]:
        priorities = {"1": "central", "2": "important", "3": "the rest"}
        return [
            Question("label", "What do you call this persona, in a word or two?"),
            Question("summary", "Who is it, in one sentence?"),
            Question("priority", "How central is this persona?", priorities),
        ]

    _add(settings, "persona", id, questions, given)


@command.command("role")
@click.argument("id")
@click.option("--title", help="The role's title.")
@click.option("--purpose", help="What the role is for, in one sentence.")
@click.option("--why", help="Why the role matters to the customer promise.")
@click.option("--how", help="In which of its tasks the promise is kept.")
@click.option(
    "--serves",
    multiple=True,
    metavar="WHOM",
    help="A persona or role that it serves, by id or name; repeatable.",
)
@common_options
def role(settings: Settings, id: str, **given: Any) -> None:
    """Write roles/ID.yaml, a clearly described job."""

    def questions(existing: Existing) -> list[Question]:
        served = {**_choices(existing, "role"), **_choices(existing, "persona")}
        if not served:
            existing.refuse_errors(KINDS["persona"], KINDS["role"])
            raise click.UsageError(
                "a role serves somebody, and there is nobody yet; begin with `pitchgen new persona`"
            )
        return [
            Question("title", "What is the job title?"),
            Question("purpose", "What is the role for, in one sentence? Say you:"),
            Question("why", "Why does it take this role to keep the customer promise? In a whole sentence:"),
            Question(
                "how",
                "How is the promise kept in this role? In a whole sentence, such as "
                "'You say the price and the day before anyone asks':",
            ),
            Question(
                "serves",
                "Whom does it serve? With commas if several:",
                served,
                required=True,
                several=True,
                find=lambda said: existing.id_of("role", existing.id_of("persona", said)),
            ),
        ]

    _add(settings, "role", id, questions, given)


@command.command("manager")
@click.argument("id")
@click.option("--name", help="The manager's name.")
@click.option("--title", help="Their title.")
@click.option("--email", help="Their e-mail address.")
@click.option("--phone", help="Their phone number.")
@common_options
def manager(settings: Settings, id: str, **given: Any) -> None:
    """Write managers/ID.yaml, somebody who welcomes newcomers."""

    def questions(_existing: Existing) -> list[Question]:
        return [
            Question("name", "What is the manager's name?"),
            Question("title", "What is their title?"),
            Question("email", "What is their e-mail address?"),
            Question("phone", "What is their phone number?"),
        ]

    _add(settings, "manager", id, questions, given)


@command.command("hire")
@click.argument("id")
@click.option("--name", help="The newcomer's name.")
@click.option("--role", metavar="ROLE", help="The id or the title of their role.")
@click.option("--manager", metavar="MANAGER", help="The id or the full name of their manager.")
@click.option("--starts-on", type=DateType(), help="Their first day of work.")
@click.option("--language", metavar="L", help="The language they read in.")
@common_options
def hire(settings: Settings, id: str, starts_on: date | None, **given: Any) -> None:
    """Write hires/ID.yaml, a newcomer; only you may read the file."""

    def questions(existing: Existing) -> list[Question]:
        role = _which(existing, "role", "role", "Which is their role?", required=True)
        manager = _which(existing, "manager", "manager", "Who is their manager?")
        known = existing.validated.known
        languages = dict.fromkeys(existing.workspace.company.languages, "")
        if not role.choices:
            existing.refuse_errors(KINDS["role"])
            raise click.UsageError(
                "a newcomer has a role, and there is none yet; begin with `pitchgen new role`"
            )
        asked = [
            Question("name", "What is the newcomer's name?"),
            role,
            manager,
            Question("starts_on", "When do they start? As 2026-12-01:", is_date=True),
            Question("language", "Which language do they read in?", languages, find=known.language),
        ]
        needless = {"manager"} if not manager.choices else set[str]()
        needless |= {"language"} if len(languages) == 1 else set()
        return [question for question in asked if question.option not in needless]

    given["starts_on"] = starts_on.isoformat() if starts_on else None
    _add(settings, "hire", id, questions, given)


@command.command("value")
@click.argument("id")
@click.option("--name", help="The value's name.")
@click.option(
    "--strategy-goal", metavar="GOAL", help="The goal of the strategy that it serves, by id or text."
)
@common_options
def value(settings: Settings, id: str, **given: Any) -> None:
    """Add a value at the end of those in company.yaml."""

    def questions(existing: Existing) -> list[Question]:
        name = Question("name", "What is the value called, in a word or two?")
        goal = _which(existing, "strategy goal", "strategy_goal", "Which goal of the strategy does it serve?")
        return [name, goal] if goal.choices else [name]

    _add(settings, "value", id, questions, given)


@command.command("reward")
@click.argument("id")
@click.option("--kind", help="What kind of thank-you it is: praise, time, money… or your own word.")
@click.option("--text", help="The reward as a short phrase.")
@click.option(
    "--for", multiple=True, metavar="BEHAVIOR", help="A behaviour it thanks for, by id or text; repeatable."
)
@common_options
def reward(settings: Settings, id: str, **given: Any) -> None:
    """Add a reward at the end of those in company.yaml."""

    def questions(existing: Existing) -> list[Question]:
        kinds = dict.fromkeys(late.company.Reward.model_fields["kind"].examples or (), "")
        deeds = _which(
            existing, "behavior", "for", "What does it thank for? With commas if several:", several=True
        )
        asked = [
            Question(
                "kind", "What kind of thank-you is it? One of these, or your own word:", kinds, open=True
            ),
            Question("text", "What is the reward, in a short phrase?"),
        ]
        return [*asked, deeds] if deeds.choices else asked

    _add(settings, "reward", id, questions, given)


@command.command("metric")
@click.argument("id")
@click.option("--name", help="The metric's name.")
@click.option("--kind", help="What kind of figure it is: nps, csat, count, ratio, money, duration…")
@click.option("--unit", help="The unit: %, €, min, months.")
@click.option("--source", help="Whose voice it is: customer, staff, finance or operations.")
@click.option("--direction", metavar="up|down", help="Which way is better.")
@common_options
def metric(settings: Settings, id: str, **given: Any) -> None:
    """Add a metric at the end of metrics.yaml."""

    def questions(_existing: Existing) -> list[Question]:
        kinds = dict.fromkeys(get_args(late.metric.Kind), "")
        sources = dict.fromkeys(("customer", "staff", "finance", "operations"), "")
        return [
            Question("name", "What is the metric called?"),
            Question("kind", "What kind of figure is it?", kinds, required=True),
            Question("unit", "What is its unit, such as %, € or min?"),
            Question("source", "Whose voice is it?", sources),
            Question("direction", "Which way is better?", {"up": "", "down": ""}),
        ]

    _add(settings, "metric", id, questions, given)


@command.command("phase")
@click.argument("id")
@click.option("--name", help="The phase's name.")
@common_options
def phase(settings: Settings, id: str, **given: Any) -> None:
    """Add a phase of the customer's journey at the end of those in journey.yaml."""
    _add(settings, "phase", id, lambda _existing: [Question("name", "What is the phase called?")], given)


@command.command("touchpoint")
@click.argument("id")
@click.option("--name", help="The touchpoint's name.")
@click.option("--phase", metavar="PHASE", help="The id or the name of the phase that it belongs to.")
@common_options
def touchpoint(settings: Settings, id: str, **given: Any) -> None:
    """Add a touchpoint at the end of journey.yaml.

    While the journey has no phases, the one that is named is added too.
    """

    def questions(existing: Existing) -> list[Question]:
        which = "Which phase of the journey does it belong to?"
        if not existing.workspace.phases:
            which = "In which phase of the journey is it? There is none yet; type a short id for the first:"
        return [
            Question("name", "What is the touchpoint called?"),
            _which(existing, "phase", "phase", which, required=True),
        ]

    _add(settings, "touchpoint", id, questions, given)


def _choices(existing: Existing, noun: str) -> dict[str, str]:
    """What can be chosen, by its id, as it is called in the company's language."""
    language = existing.workspace.company.language
    return {id: text.said(language) for id, text in existing.named(noun).items()}


def _which(
    existing: Existing, noun: str, option: str, text: str, *, required: bool = False, several: bool = False
) -> Question:
    """A question with what there is of one kind to choose from."""
    choices = _choices(existing, noun)
    return Question(option, text, choices, required, several, find=lambda said: existing.id_of(noun, said))


def _add(settings: Settings, name: str, id: str, questions: Ask, given: dict[str, Any]) -> None:
    """Ask what is missing, write, and say what to do next."""
    root, kind = workspace_folder(settings), KINDS[name]
    existing = late.existing.Existing.read(root)
    id = existing.settle_id(kind, id)
    answers, asked = answers_to(name, questions(existing), given)
    if asked:
        # Others may have written while somebody was thinking.
        existing = late.existing.Existing.read(root)
    path = late.create.create(existing, kind, id, answers, settings.today)
    echo_path(path)
    if not settings.quiet:
        for line in _next_steps(settings, name, id, str(from_here(path)), existing):
            click.echo(printable(line), err=True)


def _next_steps(settings: Settings, name: str, id: str, path: str, existing: Existing) -> list[str]:
    at = f" -w {shlex.quote(str(settings.folder))}" if settings.folder else ""
    roles = existing.workspace.roles
    first = next((each for each in roles if each.personas), next(iter(roles), None))
    role = first.model.id if first else "ROLE"
    role_file = from_here(existing.files.root / first.at.path) if first else "a role"
    then = {
        "persona": f"add `{id}` under serves.personas in {role_file}, so that somebody serves them",
        "role": "name the touchpoints it answers for, under owns",
        "manager": "say what they promise every newcomer, under commitments",
        "hire": "say why you chose them, under why_you",
        "value": "say under behaviors what people do who hold it",
        "reward": "say under for which behaviours it thanks for, and under evidence how you know of them",
        "phase": f"give it touchpoints: `phase: {id}`",
        "metric": f"add `metric: {id}` to a goal in {role_file}, so that somebody works for it",
        "touchpoint": f"add `{id}` under owns in {role_file}, so that somebody answers for it",
    }[name]
    own = {"role": f"role-card {id}", "manager": f"team-page {id}", "hire": f"pitch {id}"}
    shown = own.get(name, f"playbook {role}")
    return [
        f"next: replace what is in < > in {path}, and remove `# ` from what else you want to say",
        f"      {then}",
        f"then: `pitchgen check {shlex.quote(path)}{at}` and `pitchgen {shown}{at}`",
    ]
