"""An intake: a list is brought, looked at, mended and made into documents, one by one or all at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from pitchgen import shipped
from pitchgen.documents.catalogue import BUNDLES, DOCUMENTS, FORMATS
from pitchgen.intake.make import Order
from pitchgen.language import WORDS
from pitchgen.load.table import (
    ANYWHERE,
    COLUMNS,
    HEADING_ROW,
    SHEET,
    Asked,
    Row,
    Table,
    sheet_names,
    table_of,
)
from pitchgen.plain import one_line, shortened
from pitchgen.problems import Severity
from pitchgen.render.bundle import zipped
from pitchgen.web.events import stream
from pitchgen.web.frame import file
from pitchgen.web.making import Making
from pitchgen.web.rows import heading_choices, language_of, newcomer_in, usual_headings
from pitchgen.web.visit import Visit, route
from pitchgen.workspace.columns import field_in
from pitchgen.write import DEFAULT_FOLDER, file_stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pitchgen.problems import Problem
    from pitchgen.web.listed import Listed
    from pitchgen.web.rows import Look

# Rows on one page: more of them take a browser long.
ROWS = 200
# Made unless somebody says else.
USUAL_FORMATS = ("pdf", "html")
_MOST_DIGITS = 6
_SEVERAL = 2
# Instead of advice to give an option.
_HINTS = {SHEET: "intake_hint_sheet", HEADING_ROW: "intake_hint_row", COLUMNS: "intake_hint_headings"}
_ALL = "documents.zip"


def lists(visit: Visit) -> Response:
    """Where a list is brought, and those that were."""
    return _lists(visit)


def _lists(visit: Visit, problems: Sequence[Problem] = ()) -> Response:
    return visit.page("intake", 422 if problems else 200, lists=visit.desk.lists.all(), problems=problems)


def bring(visit: Visit) -> Response:
    """Take a list in. It is read in memory, and stands in no file."""
    file = visit.form.get("list")
    if not isinstance(file, UploadFile) or not file.filename:
        raise HTTPException(400, visit.said["intake_no_file"])
    # Some browsers tell the folder, too.
    name = shortened(one_line(file.filename.replace("\\", "/").rpartition("/")[2]))
    content = file.file.read()
    table = _table(visit, name, content)
    if not isinstance(table, Table):
        sheets = sheet_names(content)
        if len(sheets) < _SEVERAL:
            return _lists(visit, table)
        # The list may be on another sheet.
        table = Table(name, Row(1, ()), (), problems=tuple(table), sheets=sheets)
    return visit.go(f"/intake/{visit.desk.lists.bring(table, content).id}")


def move(visit: Visit) -> Response:
    """Take the list from another sheet of its file, or from below another row of it."""
    listed = _listed(visit)
    sheet, row = visit.typed("sheet") or listed.table.sheet, _number(visit.typed("heading_row"))
    # Rows of another sheet are others.
    asked = Asked(sheet or None, row if row and sheet == listed.table.sheet else None)
    table = _table(visit, listed.table.path, listed.content, asked)
    if not isinstance(table, Table):
        return _shown(visit, listed, refused=(sheet, table))
    visit.desk.lists.change(listed.moved(table))
    return visit.go(f"/intake/{listed.id}")


def _table(visit: Visit, name: str, content: bytes, asked: Asked = ANYWHERE) -> Table | list[Problem]:
    usual = usual_headings(visit.desk.root, language_of(visit.reading))
    return table_of(name, content, usual.judge({}), asked)


def rows(visit: Visit) -> Response:
    """A list with all that is wrong with it, row by row."""
    return _shown(visit, _listed(visit), (_asked(visit, "row"), _asked(visit, "column")))


def mend(visit: Visit) -> Response:
    """Another text in a cell."""
    row, column = (_number(visit.typed(name)) for name in ("row", "column"))
    listed = _listed(visit).mended(row, column, visit.typed("value"))
    visit.desk.lists.change(listed)
    if visit.is_live:
        return _shown(visit, listed)
    return visit.go(f"/intake/{listed.id}?page={_page_of(listed, row)}#cell-{row}-{column}")


def change_row(visit: Visit) -> Response:
    """Leave a row out, take it back, or open it as a newcomer."""
    listed = _listed(visit)
    for what in ("open", "out", "back"):
        row = _number(visit.typed(what))
        if listed.row(row) is None or row == listed.table.heading.number:
            continue
        if what == "open":
            typed = newcomer_in(visit.reading, listed, row)
            return visit.go(f"/newcomers/{visit.desk.open(typed=typed).id}")
        visit.desk.lists.change(listed.left_out(row) if what == "out" else listed.taken_back(row))
        return visit.go(f"/intake/{listed.id}?page={_page_of(listed, row)}#row-{row}")
    raise visit.gone()


def forget(visit: Visit) -> Response:
    """Forget a list."""
    visit.desk.lists.forget(_listed(visit).id)
    return visit.go("/intake")


def as_csv(visit: Visit) -> Response:
    """The list as it was mended."""
    listed = _listed(visit)
    return file(listed.csv(), f"{Path(listed.table.path).stem}.csv")


def make(visit: Visit) -> Response:
    """Begin to make documents, or go on: what is up to date is left as it is."""
    visit.refuse_to_write()
    listed, chosen = _listed(visit), visit.form.getlist
    documents = tuple(name for name in DOCUMENTS if name in chosen("documents"))
    formats = tuple(name for name in (*FORMATS, *BUNDLES) if name in chosen("formats"))
    known = {format for name in documents for format in (*DOCUMENTS[name].formats, *BUNDLES)}
    if known.isdisjoint(formats):
        raise HTTPException(400, visit.said["intake_nothing_chosen"])
    table = listed.counted
    folder = _folder(visit, visit.typed("folder").strip())
    order = Order(folder, Path(table.path), table, documents=documents, formats=formats)
    visit.desk.lists.make(listed.id, Making(visit.desk.root, order, visit.desk.today()))
    return visit.go(f"/intake/{listed.id}/documents")


def _folder(visit: Visit, name: str) -> Path:
    """The folder of that name in out/, or out/ itself for none; a name leads nowhere else."""
    out = visit.desk.root / DEFAULT_FOLDER
    folder = out / file_stem(name) if name else out
    if not folder.resolve().is_relative_to(out.resolve()):
        raise HTTPException(400, visit.said["intake_wrong_folder"])
    return folder


def documents(visit: Visit) -> Response:
    """How far it is, what was made and what could not be."""
    listed, making = _listed(visit), _making(visit)
    order = making.order
    return visit.page(
        "making",
        listed=listed,
        making=making,
        said=visit.said[f"intake_is_{making.phase}"],
        folder=order.folder.relative_to(visit.desk.root).as_posix(),
        folder_name="" if order.folder.name == DEFAULT_FOLDER else order.folder.name,
        problems=_told(visit, making.problems),
        files=making.files(),
        failed=making.failed,
        events=f"/intake/{listed.id}/progress",
        version=making.version,
    )


def progress(visit: Visit) -> Response:
    """How far it is, as it goes on."""
    return stream(_making(visit).versions())


def stop(visit: Visit) -> Response:
    """Stop it; what is whole stays, and it can go on."""
    _making(visit).stop()
    return visit.go(f"/intake/{_listed(visit).id}/documents")


def one(visit: Visit) -> Response:
    """One of the files that were made."""
    path = _making(visit).path(_number(visit.path("n"), -1))
    if path is None or not path.is_file():
        raise visit.gone()
    return file(path.read_bytes(), path.name)


def all_of_them(visit: Visit) -> Response:
    """All that were made in one archive, which is packed while it is sent."""
    making = _making(visit)
    paths = [making.order.folder / output.name for _, output in making.files()]

    def contents() -> Iterator[tuple[str, bytes]]:
        for path in paths:
            # Somebody may have removed it meanwhile.
            if path.is_file():
                yield path.name, path.read_bytes()

    headers = {"content-disposition": f'attachment; filename="{_ALL}"'}
    return StreamingResponse(zipped(contents()), media_type="application/zip", headers=headers)


def _listed(visit: Visit) -> Listed:
    if listed := visit.desk.lists.get(visit.path("id")):
        return listed
    raise visit.gone("intake_gone")


def _making(visit: Visit) -> Making:
    if making := visit.desk.lists.making(_listed(visit).id):
        return making
    raise visit.gone()


def _shown(
    visit: Visit,
    listed: Listed,
    open: tuple[int, int] = (0, 0),
    refused: tuple[str, Sequence[Problem]] = ("", ()),
) -> Response:
    """The page of a list; `open` is the cell to change, `refused` the sheet asked for and why not."""
    look = visit.desk.lists.look(listed, visit.reading, visit.desk.today())
    wrong = [line for line in look.lines if line.is_wrong and not line.is_out]
    first = (page := _asked(visit, "page") or 1) * ROWS - ROWS
    sheet, heads = refused[0] or listed.table.sheet, _heads(visit, listed.table)
    # Where there is nothing to choose from, it stands with the rest.
    of_place = look.of_place if heads or len(listed.table.sheets) >= _SEVERAL else ()
    of_list = [each for each in look.of_list if each not in of_place]
    return visit.page(
        "list",
        422 if refused[1] else 200,
        listed=listed,
        sheet=sheet,
        heads=heads,
        of_place=_told(visit, (*refused[1], *of_place)),
        is_placed=all(each.severity is Severity.NOTE for each in (*refused[1], *of_place)),
        look=look,
        lines=look.lines[first : first + ROWS],
        page=page,
        pages=-(-len(look.lines) // ROWS),
        wrong=[(line.number, _page_of(listed, line.number)) for line in wrong],
        counted=len(listed.counted.rows),
        open=open,
        columns=_columns(visit, look),
        choices=_choices(visit),
        of_list=_told(visit, of_list),
        making=visit.desk.lists.making(listed.id),
        kinds=[(name, _called(visit, name)) for name in DOCUMENTS],
        formats=[(name, visit.said[f"as_{name}"], name in USUAL_FORMATS) for name in (*FORMATS, *BUNDLES)],
        folder=_named(listed.table),
    )


def _heads(visit: Visit, table: Table) -> Sequence[tuple[int, str]]:
    """The rows that may have the headings, by their numbers, with as much as tells them apart."""
    rows = {row.number: row for row in (*table.head, *((table.heading,) if table.rows else ()))}
    said = {
        number: ", ".join(one_line(cell) for cell in row.cells if cell.strip())
        for number, row in rows.items()
    }
    return [(n, f"{visit.said['intake_row'].format(n=n)}: {shortened(text)}") for n, text in said.items()]


def _named(table: Table) -> str:
    """What to call the folder of a list: after its file, and of several sheets after its own."""
    stem = Path(table.path).stem
    return file_stem(f"{stem} {table.sheet}" if len(table.sheets) >= _SEVERAL else stem)


def _page_of(listed: Listed, number: int) -> int:
    """The page of the table on which a row stands."""
    before = sum(row.number < number for row in listed.table.rows)
    return before // ROWS + 1


def _columns(visit: Visit, look: Look) -> Mapping[int, str]:
    """What each column holds, in words, for those of which that is known."""
    return {number: _label(visit, name) for number, name in look.fields.items()}


def _choices(visit: Visit) -> Sequence[tuple[str, str]]:
    """The headings that say what a column holds, with what that is in words."""
    usual = usual_headings(visit.desk.root, language_of(visit.reading))
    return [(heading, _label(visit, name)) for name, heading in heading_choices(usual).items()]


def _label(visit: Visit, name: str) -> str:
    """A field of a newcomer in words."""
    group, _, key = name.rpartition(".")
    plain = name.replace(".", "_")
    known = visit.said.get(f"intake_field_{plain}") or visit.said.get(f"label_{plain}")
    if known or not field_in(name):
        return known or name
    passage = visit.said[f"passage_{key}"]
    return f"{visit.said['intake_passage']}: {passage}" if group else passage


def _called(visit: Visit, document: str) -> str:
    """A document as it is called in the language of the page."""
    word, words = DOCUMENTS[document].word, visit.reading.languages.folders.data(visit.language, WORDS)
    return str(words.get(word) or shipped.language_data(shipped.REFERENCE, WORDS)[word])


def _told(visit: Visit, problems: Sequence[Problem]) -> Sequence[Problem]:
    """What is wrong, with advice for a page instead of for a command line."""
    return [_for_page(visit, each) for each in problems]


def _for_page(visit: Visit, problem: Problem) -> Problem:
    said = next((said for option, said in _HINTS.items() if option in problem.hint), "")
    return replace(problem, hint=visit.said[said]) if said else problem


def _asked(visit: Visit, name: str) -> int:
    """A number in the address."""
    return _number(visit.request.query_params.get(name, ""))


def _number(text: str, otherwise: int = 0) -> int:
    is_one = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_one else otherwise


ROUTES = (
    route("/intake", lists),
    route("/intake", bring, "POST"),
    route("/intake/{id}", rows),
    route("/intake/{id}/place", move, "POST"),
    route("/intake/{id}/cell", mend, "POST"),
    route("/intake/{id}/row", change_row, "POST"),
    route("/intake/{id}/forget", forget, "POST"),
    route("/intake/{id}/list.csv", as_csv),
    route("/intake/{id}/documents", documents),
    route("/intake/{id}/documents", make, "POST"),
    route("/intake/{id}/documents.zip", all_of_them),
    route("/intake/{id}/documents/{n}", one),
    route("/intake/{id}/progress", progress),
    route("/intake/{id}/stop", stop, "POST"),
)
