"""In which form sheets come: as a workbook, or as text."""

from enum import StrEnum


class Form(StrEnum):
    """By the ending of the file's name."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "md"
