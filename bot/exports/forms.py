"""A book in the form that is asked for."""

from dataclasses import replace

from bot import sheets
from bot.errors import NotFound, Refused, Why
from bot.sheets import Book, Sheet, Step, flat, unheard
from bot.sheets.forms import Form
from bot.spelling import folded, near

TIDY = "RACI"
"""What a CSV holds where nobody says which sheet: it holds one."""


def rendered(book: Book, form: Form, only: str | None = None, tell: Step = unheard) -> bytes:
    """The book, or the one sheet of it that is asked for; `tell` is told how far it is. Raises
    `NotFound` for a sheet that is not in it, and `Refused` for a workbook with a sheet that no
    program would open.
    """
    if form is Form.CSV:
        return flat.as_csv(_named(book, only or TIDY))
    if only is not None:
        book = replace(book, sheets=(_named(book, only),))
    match form:
        case Form.XLSX:
            for sheet in book.sheets:
                _refuse_too_long(sheet)
            return sheets.write(book, tell)
        case Form.JSON:
            return flat.as_json(book)
        case Form.MARKDOWN:
            return flat.as_markdown(book)


def _refuse_too_long(sheet: Sheet) -> None:
    if sheet.depth > sheets.MOST_ROWS:
        facts = {"rows": f"{sheet.depth:,}", "most": f"{sheets.MOST_ROWS:,}"}
        raise Refused(Why.SHEET_LONG, {"sheet": sheet.name, **facts})


def _named(book: Book, name: str) -> Sheet:
    for sheet in book.sheets:
        if name.casefold() in (sheet.name.casefold(), sheet.as_table.casefold()):
            return sheet
    there = tuple(sheet.name for sheet in book.sheets)
    close = near(name, {folded(one): one for one in there})
    raise NotFound("sheet", name, close, () if close else there)
