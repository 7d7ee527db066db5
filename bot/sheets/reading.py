"""From a workbook's bytes to the values in it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from bot.sheets.model import BadWorkbook, Value
from bot.sheets.texts import from_xml

MOST_BYTES = 200_000_000
"""What a workbook may unpack to: a small file can be made to unpack to anything."""


def values(workbook: bytes) -> Mapping[str, list[list[Value]]]:
    """Every sheet's rows, each as wide as what stands in it."""
    try:
        with ZipFile(BytesIO(workbook)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except BadZipFile as error:
        raise BadWorkbook("it is no xlsx file") from error
    if unpacked > MOST_BYTES:
        raise BadWorkbook(f"it unpacks to more than {MOST_BYTES // 1_000_000} MB")
    try:
        opened = load_workbook(BytesIO(workbook), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise BadWorkbook("it is damaged, or no xlsx file") from error
    try:
        return {
            sheet.title: [list(map(_value, row)) for row in sheet.iter_rows(values_only=True)]
            for sheet in opened.worksheets
        }
    finally:
        opened.close()


def _value(found: Any) -> Value:
    match found:
        case str():
            return from_xml(found)
        case datetime() if found.time() == time():
            return found.date()
        case None | int() | float() | date():
            return found
        case _:
            return str(found)
