"""A workbook's cells and looks, written as openpyxl's documentation would have it."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font
from openpyxl.styles.fills import Fill


@dataclass(frozen=True, slots=True)
class Style:
    """A look, made once: to make it anew for each cell takes longer still."""

    font: Font
    fill: Fill
    border: Border
    alignment: Alignment
    form: str

    def put_on(self, cell: Cell) -> None:
        cell.font = self.font
        cell.fill = self.fill
        cell.border = self.border
        cell.alignment = self.alignment
        cell.number_format = self.form


Row = Sequence[tuple[int, Any, Style]]
"""Columns, counted from 1, with value and look; empty cells that look like nothing are left out."""


class Plain:
    """What stands in a workbook, sheet by sheet, with loops that write it again."""

    def __init__(self, workbook: bytes) -> None:
        self._styles: dict[int, Style] = {}
        opened = load_workbook(BytesIO(workbook))
        self._sheets: Mapping[str, list[Row]] = {
            sheet.title: [self._row(row) for row in sheet.iter_rows()]
            for sheet in opened.worksheets
        }
        self.cells = sum(len(row) for rows in self._sheets.values() for row in rows)

    def _row(self, row: Sequence[Any]) -> Row:
        kept = (cell for cell in row if cell.value is not None or cell.has_style)
        return [(cell.column, cell.value, self._style(cell)) for cell in kept]

    def _style(self, cell: Any) -> Style:
        key = cell.style_id
        if key not in self._styles:
            self._styles[key] = Style(
                copy(cell.font),
                copy(cell.fill),
                copy(cell.border),
                copy(cell.alignment),
                cell.number_format,
            )
        return self._styles[key]

    def cell_by_cell(self) -> bytes:
        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        for name, rows in self._sheets.items():
            sheet = workbook.create_sheet(name)
            for number, row in enumerate(rows, start=1):
                for column, value, style in row:
                    style.put_on(sheet.cell(number, column, value))
        return _saved(workbook)

    def write_only(self) -> bytes:
        workbook = Workbook(write_only=True)
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
            style.put_on(cell)
            yield cell
            last = column


def _saved(workbook: Workbook) -> bytes:
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()
