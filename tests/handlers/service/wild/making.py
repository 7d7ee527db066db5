"""How the sheets of the wild are made: text, and what only a workbook has."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Wild:
    """A file as it was found; `project`, `placed` and `dates` are what its importer says of it."""

    content: bytes
    project: str | None = "berth"
    placed: Mapping[str, str] = field(default_factory=dict)
    dates: str | None = None


def table(text: str, encoding: str = "utf-8") -> bytes:
    return text.lstrip("\n").encode(encoding)


def book(
    *sheets: tuple[str, Sequence[Sequence[Any]]], edit: Callable[..., None] | None = None
) -> bytes:
    """A workbook; `edit` is handed its sheets."""
    made = Workbook()
    made.remove(made["Sheet"])
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if edit is not None:
        edit(*made.worksheets)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def phases(sheet: Worksheet) -> None:
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("C2:D2")
    sheet.merge_cells("A4:A6")
    sheet.merge_cells("A7:E7")


def hide(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.auto_filter.ref = "A1:D4"


def since_1904(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.epoch = CALENDAR_MAC_1904
