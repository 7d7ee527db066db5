"""What importing would do, against what is true now: decided like typed orders, nothing written.

A plan is what a preview shows and what is then written. What cannot be is an error of its cell, and
takes its whole line with it: half of a line is not what anybody wrote.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from bot.changes import Change
from bot.errors import Ambiguous, CharterError, NotFound
from bot.exports.ids import taken_apart
from bot.imports.deciding import Decided, Ground, Outcome, Wish, decided
from bot.imports.faults import Fault, Slip
from bot.imports.layout import Layout
from bot.imports.reading import Row, Said, Told
from bot.imports.wanted import Wanted, World
from bot.imports.words import parts_of, turned
from bot.project import Item, Letter, Project


class Fate(StrEnum):
    """What becomes of a letter that a cell gives."""

    CREATED = "created"
    CHANGED = "changed"
    OFFERED = "offered"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Planned:
    """One change to be written, and the project and item that it was decided on."""

    project: Project
    item: Item
    change: Change


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written, and all that stands in the way. `left` counts the letters that these
    stages have and the file does not name: they stay.
    """

    planned: tuple[Planned, ...]
    outcomes: tuple[Outcome, ...]
    faults: tuple[Fault, ...]
    layouts: tuple[Layout, ...] = ()
    notes: tuple[str, ...] = ()
    left: int = 0

    def count(self, *fates: str) -> int:
        return sum(one.fate in fates for one in self.outcomes)

    @property
    def created(self) -> int:
        return self.count(Fate.CREATED)

    @property
    def changed(self) -> int:
        return self.count(Fate.CHANGED, Fate.OFFERED)

    @property
    def unchanged(self) -> int:
        return self.count(Fate.UNCHANGED)

    @property
    def mark(self) -> str:
        """Tells whether another plan would do exactly the same, and refuse the same."""
        told = [(one.sheet, one.cell, one.told, str(one.fate)) for one in self.outcomes]
        refused = [one.told for one in self.faults]
        return sha256(repr((told, refused, self.left)).encode()).hexdigest()[:16]


@dataclass(slots=True)
class _Line:
    """What a stage is given, by all lines of the file that name it."""

    project: Project
    item: Item
    wishes: list[Wish] = field(default_factory=list)


def planned(told: Iterable[Told], world: World, ground: Ground) -> Plan:
    """Look everybody and everything up, and decide each stage's letters.

    `told` is what the sheets say, in their order.
    """
    faults: dict[tuple[str, ...], Fault] = {}
    lines: dict[tuple[int, int], _Line] = {}
    spoilt: set[tuple[str, int]] = set()
    finder = _Finder(world)

    def refuse(fault: Fault, row: int | None) -> None:
        faults.setdefault(fault.told, fault)
        if row is not None:
            spoilt.add((fault.sheet, row))

    for one in told:
        if isinstance(one, Fault):
            refuse(one, _row_of(one.cell))
            continue
        found = finder.found(one.row)
        if isinstance(found, Fault):
            refuse(found, one.row.number)
            continue
        project, item = found
        line = lines.setdefault((project.id, item.id), _Line(project, item))
        for wanted in finder.wanted(one):
            if isinstance(wanted, Fault):
                of_column = wanted.cell != one.cell and one.whole
                refuse(wanted, None if of_column else one.row.number)
            else:
                line.wishes.append(
                    Wish(
                        one.row.sheet,
                        one.row.number,
                        one.cell,
                        one.letters,
                        wanted,
                        one.whole,
                        one.since,
                        one.until,
                    )
                )
    return _decided(lines.values(), faults, spoilt, ground)


def _decided(
    lines: Iterable[_Line],
    faults: dict[tuple[str, ...], Fault],
    spoilt: set[tuple[str, int]],
    ground: Ground,
) -> Plan:
    planned: list[Planned] = []
    outcomes: list[Outcome] = []
    left = 0
    for line in lines:
        second = _second_accountable(line)
        if second is not None:
            faults.setdefault(second.told, second)
            continue
        made = Decided()
        is_well = False
        while (
            not is_well
        ):  # what cannot be takes its whole line with it, and the rest is decided anew
            wishes = [one for one in line.wishes if (one.sheet, one.row) not in spoilt]
            made = decided(line.project, line.item, wishes, ground)
            is_well = not made.faults
            for fault in made.faults:
                faults.setdefault(fault.told, fault)
                spoilt.add((fault.sheet, _row_of(fault.cell) or 0))
        planned.extend(Planned(line.project, line.item, change) for change in made.changes)
        outcomes.extend(made.outcomes)
        left += made.left
    return Plan(tuple(planned), tuple(outcomes), tuple(faults.values()), left=left)


def _second_accountable(line: _Line) -> Fault | None:
    """The cell that gives a stage its second Accountable, if one does."""
    first: Wish | None = None
    for wish in line.wishes:
        if Letter.A not in wish.letters:
            continue
        if first is None:
            first = wish
        elif not wish.wanted.is_same(first.wanted):
            where = first.cell if first.sheet == wish.sheet else f"{first.sheet}!{first.cell}"
            facts = {
                "item": line.item.title,
                "first": first.wanted.words,
                "second": wish.wanted.words,
                "where": where,
            }
            return Fault(wish.sheet, wish.cell, Slip.TWO_ACCOUNTABLE, facts)
    return None


Where = tuple[Project, Item]


class _Finder:
    """Looks up what sheets name; what was looked up once is known."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._items: dict[tuple[str, ...], Where | CharterError | Slip] = {}
        self._holders: dict[tuple[str, str], tuple[Wanted | CharterError, ...]] = {}

    def found(self, row: Row) -> Where | Fault:
        """The project and the stage or component of a line."""
        if row.key not in self._items:
            self._items[row.key] = self._look_up(row)
        found = self._items[row.key]
        if isinstance(found, Slip):
            return Fault(row.sheet, row.cell, found)
        if isinstance(found, CharterError):
            of_item = getattr(found, "what", "") == "item" or not row.project
            return Fault(row.sheet, row.cell if of_item else row.project_cell, error=found)
        return found

    def _look_up(self, row: Row) -> Where | CharterError | Slip:
        if not (row.item or row.component or row.id):
            return Slip.NO_STAGE
        try:
            project = self._project(row)
            return Slip.NO_PROJECT if project is None else (project, self._item(project, row))
        except CharterError as error:
            return error

    def _project(self, row: Row) -> Project | None:
        """By its name; by the line's id where that name is no project's, or several projects'."""
        try:
            return self._world.project(row.project, row.sheet)
        except (NotFound, Ambiguous):
            seat = taken_apart(row.id) if row.id else None
            if seat is None:
                raise
            return self._world.project(seat.project, row.sheet)

    def _item(self, project: Project, row: Row) -> Item:
        own, around = (row.component, row.item) if row.component else (row.item, row.phase)
        try:
            return self._world.item(project, own, around)
        except (NotFound, Ambiguous):
            seat = taken_apart(row.id) if row.id else None
            if seat is None or seat.project != project.key:
                raise
            return self._world.item(project, seat.item, "")

    def wanted(self, said: Said) -> Iterator[Wanted | Fault]:
        """Whom a cell or a column means: one, or several."""
        key = (said.holder, said.group)
        if key not in self._holders:
            self._holders[key] = tuple(self._named(*key))
        for found in self._holders[key]:
            if isinstance(found, CharterError):
                yield Fault(said.row.sheet, said.holder_cell, error=found)
            else:
                yield found

    def _named(self, words: str, group: str) -> Iterator[Wanted | CharterError]:
        """Somebody of that very name, "Lind, Bea" included; else each whom it lists."""
        failed: CharterError | None = None
        for whole in dict.fromkeys((words, turned(words))):
            try:
                yield self._world.holder(whole, group)
            except CharterError as error:
                failed = failed or error
            else:
                return
        parts = parts_of(words)
        if len(parts) < 2 and failed is not None:
            yield failed
            return
        for part in parts:
            try:
                yield self._world.holder(part, group)
            except CharterError as error:
                yield error


def _row_of(cell: str) -> int | None:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdigit() else None


def by_project(plan: Plan) -> Mapping[str, Sequence[Outcome]]:
    """What would change, by the projects' names, in the file's order."""
    found: dict[str, list[Outcome]] = {}
    for one in plan.outcomes:
        if one.fate is not Fate.UNCHANGED:
            found.setdefault(one.project, []).append(one)
    return found
