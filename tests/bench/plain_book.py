"""A workbook's cells and looks, written as openpyxl's documentation would have it."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import NamedStyle

Row = Sequence[tuple[int, Any, str]]
"""Columns, counted from 1, with value and the name of its look; empty cells that look like nothing
are left out.
"""


class Plain:
    """What stands in a workbook, sheet by sheet, with loops that write it again."""

    def __init__(self, workbook: bytes) -> None:
        self._styles: dict[int, dict[str, Any]] = {}
        opened = load_workbook(BytesIO(workbook))
        self._sheets: Mapping[str, list[Row]] = {
            sheet.title: [self._row(row) for row in sheet.iter_rows()]
            for sheet in opened.worksheets
        }
        self.cells = sum(len(row) for rows in self._sheets.values() for row in rows)

    def _row(self, row: Sequence[Any]) -> Row:
        kept = (cell for cell in row if cell.value is not None or cell.has_style)
        return [(cell.column, cell.value, self._style(cell)) for cell in kept]

    def _style(self, cell: Any) -> str:
        key = cell.style_id
        if key not in self._styles:
            self._styles[key] = {
                "font": copy(cell.font),
                "fill": copy(cell.fill),
                "border": copy(cell.border),
                "alignment": copy(cell.alignment),
                "number_format": cell.number_format,
            }
        return _name(key)

    def _dressed(self, workbook: Workbook) -> Workbook:
        """With its looks as styles that have names, each made once: so openpyxl is quick."""
        for key, look in self._styles.items():
            workbook.add_named_style(NamedStyle(_name(key), **look))
        return workbook

    def cell_by_cell(self) -> bytes:
        workbook = self._dressed(Workbook())
        workbook.remove(workbook.worksheets[0])
        for name, rows in self._sheets.items():
            sheet = workbook.create_sheet(name)
            for number, row in enumerate(rows, start=1):
                for column, value, style in row:
                    sheet.cell(number, column, value).style = style
        return _saved(workbook)

    def write_only(self) -> bytes:
        workbook = self._dressed(Workbook(write_only=True))
        for name, rows in self._sheets.items():
            sheet = workbook.create_sheet(name)
            for row in rows:
                sheet.append(list(self._padded(row, sheet)))
        return _saved(workbook)

    @staticmethod
    def _padded(row: Row, sheet: Any) -> Iterator[Any]:
        last = 0
        for column, value, style in row:
            yield from [None] * (column - last - 1)
            cell = WriteOnlyCell(sheet, value)
            cell.style = style
            yield cell
            last = column


def _name(key: int) -> str:
    return f"look {key}"


def _saved(workbook: Workbook) -> bytes:
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()
