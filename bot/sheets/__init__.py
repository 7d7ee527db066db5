"""Values ↔ xlsx: a book of plain values becomes a workbook's bytes, and bytes become values again.

openpyxl is imported by the first call, not with this package: Charter starts without it.
"""

from collections.abc import Mapping

from bot.sheets.grid import UNCOMPUTED, Area, Found, Grid, Opened, Uncomputed, address, letters_of
from bot.sheets.model import (
    EPOCH,
    MOST_ROWS,
    BadWorkbook,
    Book,
    Cell,
    Chart,
    Column,
    Content,
    Days,
    Drawn,
    Formula,
    Look,
    Row,
    Rule,
    Series,
    Sheet,
    Span,
    Value,
    plain,
)
from bot.sheets.steps import Step, unheard
from bot.sheets.texts import CUT, LONGEST_CELL, safe_text, sheet_names

__all__ = [
    "CUT",
    "EPOCH",
    "LONGEST_CELL",
    "MOST_ROWS",
    "UNCOMPUTED",
    "Area",
    "BadWorkbook",
    "Book",
    "Cell",
    "Chart",
    "Column",
    "Content",
    "Days",
    "Drawn",
    "Formula",
    "Found",
    "Grid",
    "Look",
    "Opened",
    "Row",
    "Rule",
    "Series",
    "Sheet",
    "Span",
    "Step",
    "Uncomputed",
    "Value",
    "address",
    "letters_of",
    "opened",
    "plain",
    "read",
    "safe_text",
    "sheet_names",
    "unheard",
    "write",
]


def write(book: Book, tell: Step = unheard) -> bytes:
    """The workbook. The same book gives the same bytes. Raises `ValueError` for a sheet of more
    rows or columns than the format has. `tell` is told of each sheet that is written.
    """
    from bot.sheets import writing

    return writing.written(book, tell)


def read(workbook: bytes) -> Mapping[str, list[list[Value]]]:
    """The values of every sheet, row by row; text, numbers, days and (naive) moments.

    Raises `BadWorkbook` for bytes that are no workbook, or one that unpacks to too much.
    """
    from bot.sheets import reading

    return reading.values(workbook)


def opened(content: bytes, name: str, tell: Step = unheard) -> Opened:
    """The sheets of an xlsx or CSV file, with what is merged and hidden in them; `name` is what its
    only sheet is called, where the file does not say. `tell` is told how many are read.

    Raises `BadWorkbook`, with what to do: for other files, and for more than is read.
    """
    from bot.sheets import opening

    return opening.opened(content, name, tell)
