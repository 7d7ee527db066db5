"""What a sheet says, cell by cell, in its own words: nobody is looked up yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.imports.dates import Order, TwoDays, day_in
from bot.imports.faults import Fault, Slip
from bot.imports.layout import Column, Layout, Shape, is_total, text_of
from bot.imports.words import Means, is_empty, letters_in
from bot.project import Letter
from bot.sheets import UNCOMPUTED, Found, Grid, address


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a sheet as it says where it belongs: project, phase, stage and component in its own
    words, and Charter's own id where it has one. `cell` is where the stage stands. `place` is what
    the line is known to be of, by the keys of project and stage, whatever these are called by now;
    without a stage where only the project is known.
    """

    sheet: str
    number: int
    project: str
    phase: str
    item: str
    component: str
    cell: str
    project_cell: str
    id: str = ""
    place: tuple[str, str] | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells of two lines whether they are of the same stage."""
        return self.sheet, self.project, self.phase, self.item, self.component, self.id, self.place


@dataclass(frozen=True, slots=True)
class Said:
    """Letters of one cell, and whom they are given: in the cell's or its column's words.

    `group` is the job role over the column. `whole`: the cell says all that this holder is to the
    stage, as in a matrix. `since` is the day from which on, `until` that of its end, where they are
    said.
    """

    row: Row
    cell: str
    letters: tuple[Letter, ...]
    holder: str
    holder_cell: str
    group: str = ""
    whole: bool = False
    since: date | None = None
    until: date | None = None


Told = Said | Fault


@dataclass(frozen=True, slots=True)
class Reading:
    """How cells are read. `today` tells which letters are over."""

    today: date
    order: Order | None = None


def read(grid: Grid, layout: Layout, how: Reading) -> Iterator[Told]:
    """All that a sheet says, and what of it cannot be read."""
    for number in sorted(grid.rows):
        if number <= layout.head_row:
            continue
        cells = grid.rows[number]
        row = _row(grid.name, number, cells, layout)
        match layout.shape:
            case Shape.MATRIX:
                yield from _matrix_row(row, cells, layout)
            case Shape.LIST:
                yield from _list_row(row, cells, layout)
            case Shape.TIDY:
                yield from _tidy_row(row, cells, layout, how)


def _row(sheet: str, number: int, cells: Sequence[Found], layout: Layout) -> Row:
    texts = {}
    where = {}
    for column in layout.columns:
        text = _cell(cells, column)
        if not is_empty(text) and column.means not in texts:
            texts[column.means] = text
            where[column.means] = address(number, column.number)
    first = next(iter(layout.columns), None)
    usual = address(number, first.number if first else 1)
    own = (where.get(means) for means in (Means.COMPONENT, Means.ITEM, Means.PHASE))
    return Row(
        sheet,
        number,
        texts.get(Means.PROJECT, ""),
        texts.get(Means.PHASE, ""),
        texts.get(Means.ITEM, "").lstrip("–—-•· ").strip(),
        texts.get(Means.COMPONENT, "").lstrip("–—-•· ").strip(),
        next(filter(None, own), usual),
        where.get(Means.PROJECT, usual),
        texts.get(Means.ID, ""),
    )


def _cell(cells: Sequence[Found], column: Column | None) -> str:
    if column is None or column.number > len(cells):
        return ""
    return text_of(cells[column.number - 1])


def _raw(cells: Sequence[Found], column: Column | None) -> Found:
    return cells[column.number - 1] if column and column.number <= len(cells) else None


def _matrix_row(row: Row, cells: Sequence[Found], layout: Layout) -> Iterator[Told]:
    holders = layout.all_that(Means.HOLDER)
    if is_total([_raw(cells, column) for column in holders]):
        return
    filled = False
    for column in holders:
        raw, text = _raw(cells, column), _cell(cells, column)
        where = address(row.number, column.number)
        if raw is UNCOMPUTED:
            yield Fault(row.sheet, where, Slip.UNCOMPUTED)
            continue
        if is_empty(text) or _is_spread(text, row, column):
            continue
        letters = letters_in(text)
        if letters is None:
            yield Fault(row.sheet, where, Slip.BAD_LETTER, {"text": text})
            continue
        filled = True
        head = address(layout.head_row, column.number)
        yield Said(row, where, letters, column.holder, head, column.group, whole=True)
    if filled and not (row.item or row.component or row.id):
        yield _no_stage(row)


def _is_spread(text: str, row: Row, column: Column) -> bool:
    """Whether a heading reaches over the whole line, merged, or repeats the head line."""
    return text in (row.phase, row.item, row.component, row.project) or text == column.head


def _no_stage(row: Row) -> Fault:
    return Fault(row.sheet, row.cell, Slip.NO_STAGE)


def _list_row(row: Row, cells: Sequence[Found], layout: Layout) -> Iterator[Told]:
    filled = False
    for column in layout.by_letter:
        raw, text = _raw(cells, column), _cell(cells, column)
        where = address(row.number, column.number)
        letter = column.means.letter
        if raw is UNCOMPUTED:
            yield Fault(row.sheet, where, Slip.UNCOMPUTED)
        elif letter is not None and not is_empty(text) and not _is_spread(text, row, column):
            filled = True
            yield Said(row, where, (letter,), text, where)
    if filled and not (row.item or row.component or row.id):
        yield _no_stage(row)


def _tidy_row(row: Row, cells: Sequence[Found], layout: Layout, how: Reading) -> Iterator[Told]:
    spot, who = layout.that(Means.LETTER), layout.that(Means.PERSON)
    assert spot is not None
    assert who is not None
    text, holder = _cell(cells, spot), _cell(cells, who)
    where, beside = (address(row.number, column.number) for column in (spot, who))
    for column, place in ((spot, where), (who, beside)):
        if _raw(cells, column) is UNCOMPUTED:
            yield Fault(row.sheet, place, Slip.UNCOMPUTED)
            return
    if is_empty(text) and is_empty(holder):
        return
    if is_empty(text):
        yield Fault(row.sheet, where, Slip.NO_LETTER)
    elif (letters := letters_in(text)) is None:
        yield Fault(row.sheet, where, Slip.BAD_LETTER, {"text": text})
    elif is_empty(holder):
        yield Fault(row.sheet, beside, Slip.NO_HOLDER)
    else:
        since, until = (
            _day(row, cells, layout.that(means), how) for means in (Means.SINCE, Means.UNTIL)
        )
        faults = [one for one in (since, until) if isinstance(one, Fault)]
        yield from faults
        if isinstance(until, date) and until <= how.today:
            return  # it is over: what holds now is told, and that stays on record
        if not (row.item or row.component or row.id):
            yield _no_stage(row)
        begins, ends = (one if isinstance(one, date) else None for one in (since, until))
        yield Said(row, where, letters, holder, beside, since=begins, until=ends)


def _day(
    row: Row, cells: Sequence[Found], column: Column | None, how: Reading
) -> date | Fault | None:
    raw, text = _raw(cells, column), _cell(cells, column)
    if column is None or is_empty(text):
        return None
    where = address(row.number, column.number)
    match day_in(raw, how.order):
        case TwoDays(day_first=one, month_first=other):
            facts = {"text": text, "one": one.isoformat(), "other": other.isoformat()}
            return Fault(row.sheet, where, Slip.TWO_DATES, facts)
        case None:
            return Fault(row.sheet, where, Slip.BAD_DATE, {"text": text})
        case day:
            return day
