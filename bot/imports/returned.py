"""The letters of an export that comes back, against how they were exported: which row was which.

The hidden ids say so, however rows were sorted; a row that says the very same as one of the export
is that one, whatever became of its id.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.imports.base import WHEN, WHERE, WHO, Base, Was, plain
from bot.imports.exported import LETTERS, Line, Table
from bot.imports.faults import Fault, Slip
from bot.imports.finding import row_of
from bot.imports.reading import Said, Told

Spot = tuple[str, int]
"""A sheet, and a row's number in it."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A row that says something else than it was exported with (`was`), or that is new (None).
    `cell` is the first that was edited; `named` a letter of whom it names, where that is known by
    an id, whatever they are called now.
    """

    said: Said
    was: Was | None
    cell: str
    named: Was | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """A row of the export that is there no more. `cell` is where it is told."""

    sheet: str
    cell: str
    was: Was


@dataclass(frozen=True, slots=True)
class Returned:
    """What came of the letters of an export. `places` are the cells of the letters that are still
    there, by their keys; `unchanged` those that nobody edited; `cells` what was edited in a matrix.
    """

    edited: tuple[Edited, ...]
    lost: tuple[Lost, ...]
    unchanged: tuple[Was, ...]
    faults: tuple[Fault, ...]
    places: Mapping[str, tuple[str, str]]
    notes: tuple[str, ...] = ()
    cells: tuple[Edited | Lost, ...] = ()


def returned(told: Iterable[Told], tables: Sequence[Table], base: Base) -> Returned:
    """Hold a file's letters against its base. `told` is what its lists say."""
    lists = [table for table in tables if table.name == LETTERS]
    rows = _claimed(lists, base)
    by_spot: dict[Spot, list[Told]] = {}
    for one in told:
        spot = (
            (one.row.sheet, one.row.number)
            if isinstance(one, Said)
            else (one.sheet, row_of(one.cell) or 0)
        )
        by_spot.setdefault(spot, []).append(one)
    edited: list[Edited] = []
    faults: list[Fault] = []
    unchanged: list[Was] = []
    places: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row.was is not None:
            places[row.was.key] = row.table.sheet, row.table.cell(row.line.number, "Letter")
        if row.was is not None and row.is_same:
            unchanged.append(row.was)
            faults.extend(_source(row))
            continue
        found = by_spot.get((row.table.sheet, row.line.number), [])
        for one in found or [Fault(row.table.sheet, row.cell("Until"), Slip.UNTIL_EDITED)]:
            if isinstance(one, Fault):
                faults.append(one)
            elif (fault := _until(row)) is not None:
                faults.append(fault)
            else:
                edited.append(Edited(_known(one, row), row.was, row.edited, row.named))
    gone = [was for key, was in base.letters.items() if key not in places]
    there = {base.letters[key].seat.project for key in places}
    lost, notes = _lost(gone, there, base, lists[0])
    return Returned(
        tuple(edited), tuple(lost), tuple(unchanged), tuple(faults), places, tuple(notes)
    )


@dataclass(slots=True)
class _Row:
    table: Table
    line: Line
    told: tuple[str, ...]
    was: Was | None = None
    copied: Was | None = None
    """The row of the export whose id it has, though another row is that one."""

    @property
    def is_same(self) -> bool:
        return self.was is not None and self.told == _told(self.was.texts, self.table)

    @property
    def named(self) -> Was | None:
        """The letter that it was, where it names the same as then."""
        return self.was if self.was and self.text("Person") == self.was.person else None

    @property
    def edited(self) -> str:
        """The first cell that says something else; that of the letter, where the row is new."""
        heads = (*WHO, *WHEN, *WHERE) if self.was is not None else ()
        texts = self.was.texts if self.was is not None else {}
        return self.cell(next((at for at in heads if self.text(at) != texts[at]), "Letter"))

    def text(self, head: str) -> str:
        """What it says; of a column that the file has no more, what it said."""
        if head not in self.table.heads:
            return self.was.texts[head] if self.was else ""
        return plain(self.line.cells.get(head))

    def cell(self, head: str) -> str:
        return self.table.cell(self.line.number, head)


def _claimed(lists: Sequence[Table], base: Base) -> list[_Row]:
    """The rows that give letters, each with the row of the export that it is."""
    rows = [row for table in lists for row in _rows(table)]
    free = dict(base.letters)
    by_told: dict[tuple[str, ...], list[str]] = {}
    by_id: dict[str, list[str]] = {}
    first = {was.id: was for was in reversed(list(base.letters.values()))}
    for key, was in reversed(list(base.letters.items())):
        by_told.setdefault(_told(was.texts, lists[0]), []).append(key)
        by_id.setdefault(was.id, []).append(key)

    def claim(row: _Row, keys: list[str], wanted: str = "") -> None:
        for at in range(len(keys) - 1, -1, -1):
            if keys[at] in free and (not wanted or free[keys[at]].id == wanted):
                row.was = free.pop(keys.pop(at))
                return

    for row in rows:
        claim(row, by_told.get(row.told, []), row.line.id)
    for row in rows:
        if row.was is None:
            claim(row, by_told.get(row.told, []))
    for row in rows:
        if row.was is None:
            claim(row, by_id.get(row.line.id, []))
            row.copied = first.get(row.line.id)
    return rows


def _rows(table: Table) -> Iterator[_Row]:
    for line in table.lines():
        told = tuple(plain(line.cells.get(head)) for head in _heads(table))
        if any(plain(line.cells.get(head)) for head in WHO):  # else no row of a letter any more
            yield _Row(table, line, told)


def _heads(table: Table) -> tuple[str, ...]:
    """The heads by which a row is known, as far as the file has them."""
    return tuple(head for head in (*WHERE, *WHO, *WHEN) if head in table.heads)


def _told(texts: Mapping[str, str], table: Table) -> tuple[str, ...]:
    return tuple(texts[head] for head in _heads(table))


def _known(said: Said, row: _Row) -> Said:
    """The same, without what nobody edited: where it belongs is known by its id, and its days are
    those of the letter that it was. What was edited there counts by its words alone.
    """
    was, like = row.was, row.was or row.copied
    place = None
    if like is not None and row.text("Project") == like.texts["Project"]:
        same = all(row.text(head) == like.texts[head] for head in WHERE)
        place = like.place if same else (like.seat.project, "")
    said = replace(said, row=replace(said.row, place=place, id=""))
    if was is None:
        return said
    is_dated = said.since is not None and said.since.isoformat() != was.since
    since = said.since if is_dated else None
    return replace(said, since=since, until=None)


def _until(row: _Row) -> Fault | None:
    """The day on which a letter ends is nobody's to write; nor is that it has no beginning."""
    was = row.was
    sheet = row.table.sheet
    if row.text("Until") != (was.until if was else ""):
        return Fault(sheet, row.cell("Until"), Slip.UNTIL_EDITED)
    if was is not None and was.since and not row.text("Since") and was.person == row.text("Person"):
        return Fault(sheet, row.cell("Since"), Slip.SINCE_GONE, {"day": was.since})
    return None


def _source(row: _Row) -> Iterator[Fault]:
    """Where a letter comes from is what Charter knows of it."""
    was = row.was
    if was is None or "Source" not in row.table.heads or "Source" not in was.texts:
        return
    if row.text("Source") != was.texts["Source"]:
        facts = {"head": "Source", "base": was.texts["Source"]}
        yield Fault(row.table.sheet, row.cell("Source"), Slip.NOT_TAKEN, facts)


MOST_NAMED = 5
MOST_LOST = 2
"""Rows of a project that may be missing, whatever part of it they are; of more a third may."""


def _lost(
    gone: Sequence[Was], there: Collection[str], base: Base, table: Table
) -> tuple[list[Lost], list[str]]:
    """The rows that are missing. Of a project of which most are none is taken away, as only a part
    of the list was sent then; `there` are those of which there is any.
    """
    where = table.cell(table.head_row, "Letter")
    missing: dict[str, list[Was]] = {}
    for was in gone:
        missing.setdefault(was.seat.project, []).append(was)
    all_of = Counter(was.seat.project for was in base.letters.values())
    found: list[Lost] = []
    notes: list[str] = []
    left = []
    for key, rows in missing.items():
        name, count = rows[0].texts["Project"], len(rows)
        if key not in there:
            left.append(name)
        elif count > MOST_LOST and count * 3 > all_of[key]:
            notes.append(
                f"{count} of the {all_of[key]} lines of “{name}” are missing, as in a filtered "
                "copy: none of these letters is taken away. To take them away, clear them in "
                "Slack, or send files in which at most a third is missing."
            )
        else:
            found += [Lost(table.sheet, where, was) for was in rows]
    named = left[:MOST_NAMED]
    notes += [
        f"No line of “{name}” is in the file: its letters stay as they are." for name in named
    ]
    if len(left) > MOST_NAMED:
        more = len(left) - MOST_NAMED
        notes.append(f"Nor is there one of {more} other projects, whose letters stay, too.")
    return found, notes
