"""A workbook as values: what stands in which cell, and how it is meant. No zip, no XML."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class BadWorkbook(ValueError):
    """Bytes that cannot be read as a workbook; `str()` says why, in a few words."""


class Look(StrEnum):
    """How a cell is meant to look, by name; `bot.sheets.looks` knows fonts and colours."""

    TEXT = "text"
    KEY = "key"
    QUIET = "quiet"
    LINK = "link"
    DAY = "day"
    MOMENT = "moment"
    WHOLE = "whole"
    NUMBER = "number"
    SHARE = "share"
    TITLE = "title"
    SECTION = "section"
    LABEL = "label"
    HEAD = "head"
    GROUP = "group"
    UPRIGHT = "upright"
    LETTER = "letter"
    ACCOUNTABLE = "accountable"
    VACANT = "vacant"
    INHERITED = "inherited"
    GAP = "gap"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    PLAIN = "plain"
    STRUCK = "struck"
    TOTAL = "total"


Value = str | int | float | date | datetime | None
"""A day and a moment stay what they are; a moment must be aware. None is an empty cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that looks otherwise than its column, or (`url`) that leads somewhere on the web."""

    value: Value
    look: Look
    url: str = ""


Row = Sequence[Value | Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in characters. Neighbours that share a `group` stand under one heading. `about`
    says what stands in it; a `hidden` one is there for programs.
    """

    head: str
    width: float
    look: Look = Look.TEXT
    group: str = ""
    upright: bool = False
    hidden: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. The first `keys` columns stay in view, and are repeated on every printed page.

    With `headed` its first row (two, where columns have groups) names the columns, can be filtered
    by, stays in view and is repeated as well. `totals` stand below, outside the filter.
    `as_table`: a table by that name, for whoever computes with it further.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    keys: int = 1
    headed: bool = True
    totals: Sequence[Row] = ()
    as_table: str = ""
    pages_wide: int = 1

    @property
    def is_grouped(self) -> bool:
        return self.headed and any(column.group for column in self.columns)

    @property
    def head_rows(self) -> int:
        return (2 if self.is_grouped else 1) if self.headed else 0

    def groups(self) -> Iterator[tuple[str, int, int]]:
        """Each heading above several columns, with its first and last column, counted from 1."""
        start = 0
        for at in range(1, len(self.columns) + 1):
            ended = at == len(self.columns) or self.columns[at].group != self.columns[start].group
            if ended:
                yield self.columns[start].group, start + 1, at
                start = at


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as it is at `at` (aware). Moments are shown in `zone`; `notice` heads each printed
    page.
    """

    title: str
    sheets: Sequence[Sheet]
    at: datetime
    zone: str = "UTC"
    notice: str = ""
