"""A workbook as values: what stands in which cell, and how it is meant. No zip, no XML."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""What a sheet of a workbook takes."""
EPOCH = date(1899, 12, 30)
"""The day from which a workbook counts."""


class BadWorkbook(ValueError):
    """Bytes that cannot be read as a workbook; `str()` says why, in a few words."""


class Look(StrEnum):
    """How a cell is meant to look, by name; `bot.sheets.looks` knows fonts and colours."""

    TEXT = "text"
    KEY = "key"
    QUIET = "quiet"
    NOTE = "note"
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
    WEEK = "week"
    WEEK_NOW = "week_now"
    BAR = "bar"
    BAR_DONE = "bar_done"
    BAR_SLIP = "bar_slip"
    BAR_RED = "bar_red"
    BAR_LATE = "bar_late"
    BAR_WHOLE = "bar_whole"
    NOW = "now"


Value = str | int | float | date | datetime | None
"""A day and a moment stay what they are; a moment must be aware. None is an empty cell."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of Charter's own (without "="), and what it comes to. Nothing in it may come from
    what people typed; the writer refuses what is not made of references and a few functions.
    """

    text: str
    result: int | float


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that looks otherwise than its column, that leads somewhere on the web (`url`), or at
    which something is noted. `kept` is what it counts as where the clock alone made it another.
    """

    value: Value | Formula
    look: Look
    url: str = ""
    note: str = ""
    kept: Value = None


Content = Value | Cell
Row = Sequence[Content]


def plain(content: Content) -> Value:
    """What stands in a cell: of a formula what it comes to."""
    value = content.value if isinstance(content, Cell) else content
    return value.result if isinstance(value, Formula) else value


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in characters. Neighbours that share a `group` stand under one heading. `about`
    says what stands in it; a `hidden` one is there for programs. `day`: that is the head, as a day.
    `choices` is the name of the closed list that its values are of; `free`: others may stand there.
    `by_clock`: what stands in it may change though nobody changed anything, as an age does.
    """

    head: str
    width: float
    look: Look = Look.TEXT
    group: str = ""
    upright: bool = False
    hidden: bool = False
    about: str = ""
    day: date | None = None
    choices: str = ""
    free: bool = False
    by_clock: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """How the cells of some columns (counted from 1) look where a formula holds, which is worded
    for the first of them in the first row below the head. Of several rules the first one counts.
    """

    first: int
    last: int
    formula: str
    look: Look


@dataclass(frozen=True, slots=True)
class Span:
    """Cells of one column below each other; rows and columns are counted from 1 in the sheet."""

    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Series:
    """What a chart draws: a `title`, the values, and in whose look's colour; in a chart of lines
    over time also the days.
    """

    title: str
    values: Span
    look: Look
    days: Span | None = None


class Drawn(StrEnum):
    """How a chart draws its series."""

    BARS = "bars"
    """Lying bars, one series; each in its own look."""
    STACKED_BARS = "stacked_bars"
    STACKED_COLUMNS = "stacked_columns"
    LINES = "lines"
    """Values over days."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days along the foot of a chart of lines: from one to another, named `every` so many."""

    first: date
    last: date
    every: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of cells of its own sheet; its upper left corner is at a `column` and `row`, counted
    from 1. Sizes are centimetres. `looks` are those of single bars. `form` is how its values show;
    `along` are the days of lines.
    """

    title: str
    drawn: Drawn
    labels: Span | None
    series: Sequence[Series]
    column: int
    row: int
    width: float = 16
    height: float = 8
    looks: Sequence[Look] = ()
    form: str = "0"
    along: Days | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. The first `keys` columns stay in view, and are repeated on every printed page.

    With `headed` its first row (two, where columns have groups) names the columns, can be filtered
    by, stays in view and is repeated as well. `totals` stand below, outside the filter.
    One with a head and no rows is hidden, but where it is the only one: an empty page helps nobody.
    `as_table`: a table by that name, for whoever computes with it further; the ID of a row stands
    in a hidden column. `lists` are closed lists that other sheets choose from, by name. Of a sheet
    with `printed` columns only the first ones are printed. `pages_tall`: on so many pages, however
    small that makes it. `framed`: empty cells have lines, too.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    keys: int = 1
    headed: bool = True
    totals: Sequence[Row] = ()
    as_table: str = ""
    pages_wide: int = 1
    pages_tall: int = 0
    rules: Sequence[Rule] = ()
    charts: Sequence[Chart] = ()
    lists: Mapping[str, Span] = field(default_factory=dict)
    printed: int = 0
    framed: bool = True

    @property
    def is_empty(self) -> bool:
        return self.headed and not self.rows

    @property
    def is_grouped(self) -> bool:
        return self.headed and any(column.group for column in self.columns)

    @property
    def head_rows(self) -> int:
        return (2 if self.is_grouped else 1) if self.headed else 0

    @property
    def depth(self) -> int:
        """Rows in all."""
        return self.head_rows + len(self.rows) + len(self.totals)

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
    page. `code` is the export's id, which stands at the foot.
    """

    title: str
    sheets: Sequence[Sheet]
    at: datetime
    zone: str = "UTC"
    notice: str = ""
    code: str = ""
