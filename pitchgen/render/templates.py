"""Sandboxed Jinja over two folders: the workspace's templates/ and, beneath it, the shipped one."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import is_dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from jinja2 import (
    BaseLoader,
    Environment,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    pass_eval_context,
)
from jinja2.exceptions import SecurityError
from jinja2.meta import find_referenced_templates, find_undeclared_variables
from jinja2.nodes import Assign, Block, Const, Extends, FromImport, Getattr, List, Macro, Name
from markupsafe import Markup

from pitchgen.load.content import read_content
from pitchgen.load.document import MAX_BYTES, decode
from pitchgen.load.faults import Unreadable
from pitchgen.overlay import FOLDER, Overlay
from pitchgen.plain import capitalized, ended, one_line
from pitchgen.problems import InvalidInput, Problem, Severity, quoting
from pitchgen.render.limits import MEMORY, OutOfTime, within
from pitchgen.render.links import LINK, LINK_HINT, LOCAL_LINK, wrong_links
from pitchgen.render.markdown import Prose, read_prose
from pitchgen.render.passages import fill_in
from pitchgen.render.sandbox import Missing, Sandbox, TooLarge
from pitchgen.render.spots import Spot, link_spot, stars_spot
from pitchgen.render.tags import mismatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2.nodes import EvalContext

T = TypeVar("T")

DEADLINE = 10.0
# Characters. A pitch has some two thousand, and a page brings its fonts.
MAX_PROSE, MAX_PAGE = 100_000, 20_000_000

NO_PASSAGES: Mapping[str, None] = {}

# How Jinja begins to say that tags do not match; it says so where it notices.
_UNMATCHED = ("Unexpected end of template", "Encountered unknown tag")

# What Jinja fills in; style sheets and data files stay as they are.
_TEMPLATES = (".html", ".md")

_MARKDOWN_SPECIAL = re.compile(r"[\\`*\[\]<#]|(?<![^\W_])_|_(?![^\W_])|&(?=#|\w*$|\w+;)")
_MARKDOWN_START = re.compile(r"[>~+=.)-]")


# Filters that say of what they give that it is HTML; in Markdown it is a text like any other.
_MADE_SAFE = ("safe", "escape", "e", "forceescape", "urlize", "tojson", "xmlattr")


class Parts(NamedTuple):
    """What a template is made of.

    The values that it names, with their fields; its blocks and macros; the template that it extends; and the
    macros that it takes in, each with the template that has it.
    """

    values: frozenset[str]
    blocks: frozenset[str]
    macros: frozenset[str]
    extends: str | None
    taken_in: frozenset[tuple[str, str]]


class _Loader(BaseLoader):
    """Templates by their names in an overlay."""

    def __init__(self, overlay: Overlay) -> None:
        self.overlay = overlay

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, None]:
        path = self.overlay.find(template)
        if path is None:
            raise TemplateNotFound(template)
        try:
            return decode(read_content(path, MAX_BYTES)), str(path), None
        except Unreadable as error:
            shown = self.overlay.shown(path)
            raise InvalidInput(fault.problem(shown) for fault in error.faults) from None


class Templates:
    """The templates of one workspace, for prose (Markdown) and for layouts (HTML).

    `deadline` is the seconds that filling one in may take.
    """

    def __init__(self, root: Path, deadline: float = DEADLINE) -> None:
        self.root = root
        self.overlay = Overlay(root)
        self._loader = _Loader(self.overlay)
        self._deadline = deadline
        self._endless: dict[str, Problem] = {}
        self._texts: dict[str, str] = {}
        self._taken_in: dict[str, frozenset[str] | None] = {}
        self._prose = self._environment(MAX_PROSE, autoescape=True, finalize=_in_markdown)
        for name in _MADE_SAFE:
            self._prose.filters[name] = _as_text(self._prose.filters[name])
        self._layout = self._environment(MAX_PAGE, autoescape=True, finalize=_printable)

    def _environment(self, most: int, **options: Any) -> Environment:
        environment = Sandbox(
            most,
            loader=self._loader,
            undefined=Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            **options,
        )
        environment.filters["capfirst"] = capitalized
        environment.filters["ended"] = ended
        return environment

    def prose(
        self, name: str, values: Mapping[str, Any], passages: Mapping[str, str | None] = NO_PASSAGES
    ) -> Prose:
        """A prose template filled in; every value stays the text it is, never Markdown.

        So does what is given of its `passages`, and stands in their place.

        Raises `InvalidInput` with the template's line when it is missing or wrong.
        """
        prose = self._fill(name, lambda: self._read(name, values, passages))
        self._refuse_links(name, ((address, LOCAL_LINK, LINK_HINT) for address in prose.local_links))
        return replace(prose, problems=tuple(self._left_over(name, prose))) if prose.stars else prose

    def _read(self, name: str, values: Mapping[str, Any], passages: Mapping[str, str | None]) -> Prose:
        own = {each: text if text is None else _escape_markdown(text) for each, text in passages.items()}
        markdown, said = fill_in(self._prose.get_template(name), values, own)
        return replace(read_prose(markdown), passages=tuple(said.items()))

    def html(self, name: str, values: Mapping[str, Any]) -> str:
        """A layout filled in, everything escaped but `Markup`. Raises `InvalidInput`."""
        html = self._fill(name, lambda: self._layout.get_template(name).render(values))
        self._refuse_links(name, wrong_links(html))
        return html

    def _refuse_links(self, name: str, wrong: Iterable[tuple[str, str, str]]) -> None:
        """Raises `InvalidInput` where there are links that cannot be: address, message and hint of each."""
        sources: list[tuple[Path, str]] = []
        problems = []
        for address, message, hint in wrong:
            sources = sources or list(self.sources([name]))
            spot = link_spot(address, sources)
            problems.append(self._at_or_in(spot, name, Problem(LINK, message, hint=hint)))
        if problems:
            raise InvalidInput(dict.fromkeys(problems))

    def _left_over(self, name: str, prose: Prose) -> Iterator[Problem]:
        """A warning for each paragraph in which stars are left, at the first of them that can be found."""
        sources = list(self.sources([name]))
        message = "the stars make nothing bold, so they are printed"
        hint = (
            "bold words have no space inside their stars, and where they end with a sign or a quotation mark,"
            " one behind them; write \\*\\* for stars that are meant"
        )
        problem = Problem("stars", message, hint=hint, severity=Severity.WARNING)
        found = (self._at_or_in(stars_spot(stars, sources), name, problem) for stars in prose.stars)
        yield from dict.fromkeys(found)

    def sources(self, names: Iterable[str]) -> Iterator[tuple[Path, str]]:
        """The texts of templates and of those that they are known to take in, by their files.

        What is not there, or cannot be read, is passed over: it was not used.
        """
        ahead = list(dict.fromkeys(names))
        for each in ahead:
            with suppress(InvalidInput, TemplateSyntaxError):
                if path := self.overlay.find(each):
                    yield path, self.text(each)
                    ahead += [other for other in self._named_in(each) if other and other not in ahead]

    def _at_or_in(self, spot: Spot | None, name: str, problem: Problem) -> Problem:
        """A problem of a template at its place; of one that cannot be found, the template is named."""
        if spot is not None:
            return self.at(spot, problem)
        path = self.overlay.find(name) or self.overlay.own_path(name)
        return replace(problem, path=self.overlay.shown(path))

    def at(self, spot: Spot, problem: Problem) -> Problem:
        """A problem at its place in a template."""
        return replace(
            problem,
            path=self.overlay.shown(spot.path),
            line=spot.line,
            column=spot.column,
            width=spot.width,
            source=spot.source,
        )

    def closure(self, names: Iterable[str]) -> frozenset[str] | None:
        """The files that can reach who uses these: themselves, and all that they take in, there or not yet.

        None when that can be any, since one takes in a template by a name it makes up, or cannot be read.
        """
        found: set[str] = set()
        ahead = list(names)
        while ahead:
            if (name := ahead.pop()) in found:
                continue
            found.add(name)
            taken_in = self._takes_in(name)
            if taken_in is None:
                return None
            ahead += taken_in
        return frozenset(found)

    def _takes_in(self, name: str) -> frozenset[str] | None:
        """The templates that one names; None if that cannot be told."""
        if name not in self._taken_in:
            try:
                named = self._named_in(name)
            except TemplateNotFound:
                named = frozenset()
            except (TemplateSyntaxError, InvalidInput):
                named = frozenset({None})
            self._taken_in[name] = None if None in named else frozenset(filter(None, named))
        return self._taken_in[name]

    def _named_in(self, name: str) -> frozenset[str | None]:
        """The templates that one names, None for names it makes up; a style sheet or a data file names none.

        Raises what reading and parsing it raise.
        """
        if not name.endswith(_TEMPLATES):
            return frozenset()
        source, _, _ = self._loader.get_source(self._layout, name)
        return frozenset(find_referenced_templates(self._layout.parse(source)))

    def list_in(self, name: str, variable: str) -> tuple[str, ...]:
        """The texts of a list that a template sets at its top; none of one that does not.

        Raises `InvalidInput` with the template's line where that is no list of texts.
        """
        with self._explained(name):
            source, path, _ = self._loader.get_source(self._prose, name)
            for each in self._prose.parse(source, name, path).find_all(Assign):
                if isinstance(each.target, Name) and each.target.name == variable:
                    return self._texts_of(each, variable, path)
        return ()

    def _texts_of(self, assigned: Assign, variable: str, path: str) -> tuple[str, ...]:
        values = assigned.node.items if isinstance(assigned.node, List) else [None]
        texts = [each.value for each in values if isinstance(each, Const) and isinstance(each.value, str)]
        if len(texts) != len(values):
            message = f'{variable} must be a list of texts, like ["decides", "rewards"]'
            raise InvalidInput([self._problem(path, assigned.lineno, message)])
        return tuple(texts)

    def compiled(self, name: str) -> None:
        """See that a template can be filled in at all. Raises `InvalidInput` with its line when it cannot."""
        environment = self._prose if name.endswith(".md") else self._layout
        with self._explained(name):
            environment.get_template(name)

    def parts(self, source: str) -> Parts:
        """What a template is made of, be it one of this workspace or not. Raises `TemplateSyntaxError`."""
        tree = self._layout.parse(source)
        values = find_undeclared_variables(tree)
        fields = (
            f"{each.node.name}.{each.attr}"
            for each in tree.find_all(Getattr)
            if isinstance(each.node, Name) and each.node.name in values
        )
        extends = (each.template.value for each in tree.find_all(Extends) if isinstance(each.template, Const))
        taken_in = (
            (each.template.value, named if isinstance(named, str) else named[0])
            for each in tree.find_all(FromImport)
            if isinstance(each.template, Const)
            for named in each.names
        )
        return Parts(
            frozenset({*values, *fields}),
            frozenset(block.name for block in tree.find_all(Block)),
            frozenset(macro.name for macro in tree.find_all(Macro)),
            next(extends, None),
            frozenset(taken_in),
        )

    def text(self, name: str) -> str:
        """A file of the templates folder as it is, for style sheets. Raises `InvalidInput`."""
        if name not in self._texts:
            with self._explained(name):
                self._texts[name] = self._loader.get_source(self._layout, name)[0]
        return self._texts[name]

    def _fill(self, name: str, fill: Callable[[], T]) -> T:
        # A template that took too long once would keep everyone in hires/ waiting as long again.
        if name in self._endless:
            raise InvalidInput([self._endless[name]])
        with self._explained(name):
            return within(self._deadline, fill)

    @contextmanager
    def _explained(self, name: str) -> Iterator[None]:
        """Whatever the template does wrong, it is the template's line that must be mended."""
        try:
            yield
        except InvalidInput:
            raise
        except TemplateSyntaxError as error:
            problem = self._unreadable(error)
        except TemplateNotFound as error:
            problem = _not_found(name) if error.name == name else self._failed(name, error)
        except OutOfTime as error:
            problem = self._endless[name] = self._failed(name, error)
        except Exception as error:
            problem = self._failed(name, error)
        else:
            return
        raise InvalidInput([problem])

    def _unreadable(self, error: TemplateSyntaxError) -> Problem:
        # Of a comment without an end, Jinja takes the file for the template's name.
        problem = self._problem(error.filename or error.name, error.lineno, _said(error))
        unmatched = (error.message or "").startswith(_UNMATCHED)
        stayed = mismatch(self._prose, error.source or "") if unmatched else None
        if stayed is None:
            return problem
        message = f"cannot be read: {stayed.message}"
        at = self._problem(error.filename or error.name, stayed.line, message)
        return replace(at, hint="write the other again, or delete this one too")

    def _failed(self, name: str, error: Exception) -> Problem:
        path = self.overlay.find(name)
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if Path(frame.filename).suffix in (".md", ".html", ".css"):
                return self._problem(frame.filename, frame.lineno or 1, _said(error))
        return self._problem(str(path), 1, _said(error))

    def _problem(self, filename: str | None, line: int, message: str) -> Problem:
        path = Path(filename or FOLDER)
        try:
            source = path.read_text(encoding="utf-8").splitlines()[line - 1]
        except (OSError, IndexError, UnicodeDecodeError):
            source = ""
        column = len(source) - len(source.lstrip()) + 1
        return Problem("template", message, self.overlay.shown(path), line, column, source=source)


def _said(error: Exception) -> str:
    if isinstance(error, UndefinedError):
        return quoting("uses something that is not there: {}", str(error.message))
    if isinstance(error, TypeError):
        # What Python says of it names classes.
        return "treats a value as what it is not, such as a text as a number, or one thing as a list"
    if isinstance(error, SecurityError):
        return quoting("does something templates may not do: {}", str(error))
    if isinstance(error, TemplateNotFound):
        return quoting("takes in '{}', which is not among the templates", str(error.name))
    if isinstance(error, TemplateSyntaxError):
        return f"cannot be read: {error.message}"
    if isinstance(error, OutOfTime):
        return f"{error} to fill in; look for a loop that never ends"
    if isinstance(error, MemoryError):
        return (
            f"takes more than {MEMORY // 1_000_000} MB of memory to fill in; look for what grows without end"
        )
    if isinstance(error, RecursionError):
        return "takes in or calls itself without end, or is nested too deep (recursion)"
    if isinstance(error, TooLarge):
        return str(error)
    return quoting("cannot be filled in: {}", str(error))


def _not_found(name: str) -> Problem:
    hint = f"write {FOLDER}/{name} in your workspace" if name.endswith(".md") else ""
    return Problem("template", "the template does not exist", f"{FOLDER}/{name}", hint=hint)


def _printable(value: object) -> object:
    """The value, if it is one that reads as a text. Raises `UndefinedError` or `SecurityError`."""
    if value is None:
        raise UndefinedError("this value is empty; put {% if … %} around it")
    if isinstance(value, list | tuple | Mapping) or _is_only_parts(value):
        raise SecurityError("print a value that has several parts; name one of them, or write a loop")
    return value


def _is_only_parts(value: object) -> bool:
    """Whether a value is made of fields and does not say how it reads as a text."""
    return is_dataclass(value) and type(value).__str__ is object.__str__


@pass_eval_context
def _in_markdown(_context: EvalContext, value: object) -> Markup:
    """A value as Markdown; what macros and blocks give is that already."""
    # Asking for the context keeps Jinja from taking HTML for what a constant is to be.
    return value if isinstance(value, Markup) else Markup(_escape_markdown(value))  # noqa: S704


def _as_text(filter: Callable[..., object]) -> Callable[..., str]:
    @wraps(filter)
    def as_text(*arguments: object, **options: object) -> str:
        return str(filter(*arguments, **options))

    return as_text


def _escape_markdown(value: object) -> str:
    """A value as Markdown that reads as just that text, on one line."""
    text = one_line(str(_printable(value)))
    text = _MARKDOWN_SPECIAL.sub(r"\\\g<0>", text)
    # A value may come first on its line, where a few more characters have a meaning.
    start = len(text) - len(text.lstrip("0123456789"))
    if _MARKDOWN_START.match(text, start):
        text = f"{text[:start]}\\{text[start:]}"
    return text
