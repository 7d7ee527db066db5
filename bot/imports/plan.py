"""What importing would do, against what is true now: decided like typed orders, nothing written.

A plan is what a preview shows and what is then written. What cannot be is an error of its cell, and
takes its whole line with it: half of a line is not what anybody wrote.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from bot.changes import Change
from bot.imports.deciding import Decided, Wish, decided
from bot.imports.faults import Fault, Slip
from bot.imports.finding import Finder, row_of
from bot.imports.gathering import Ground
from bot.imports.layout import Layout
from bot.imports.outcomes import Conflict, Fate, Outcome
from bot.imports.reading import Told
from bot.imports.wanted import World
from bot.project import Item, Letter, Project


@dataclass(frozen=True, slots=True)
class Planned:
    """One change to be written, and the project and item that it was decided on."""

    project: Project
    item: Item | None
    change: Change


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written, and all that stands in the way: `faults`, and `conflicts` with what
    others changed since the export that the file came of; of those that are `settled` somebody said
    whose word counts. `left` counts the letters that these
    stages have and the file does not name: they stay.
    """

    planned: tuple[Planned, ...]
    outcomes: tuple[Outcome, ...]
    faults: tuple[Fault, ...]
    layouts: tuple[Layout, ...] = ()
    notes: tuple[str, ...] = ()
    left: int = 0
    conflicts: tuple[Conflict, ...] = ()
    settled: tuple[Conflict, ...] = ()

    def count(self, *fates: Fate) -> int:
        return sum(one.fate in fates for one in self.outcomes)

    @property
    def created(self) -> int:
        return self.count(Fate.CREATED)

    @property
    def changed(self) -> int:
        """With those that are taken away, and those that are offered."""
        return self.count(Fate.CHANGED, Fate.REMOVED, Fate.OFFERED)

    @property
    def removed(self) -> int:
        return self.count(Fate.REMOVED)

    @property
    def unchanged(self) -> int:
        return self.count(Fate.UNCHANGED)

    @property
    def stands(self) -> bool:
        """Whether nothing is in the way of all of it."""
        return not self.faults and not self.conflicts

    @property
    def mark(self) -> str:
        """Tells whether another plan would do exactly the same, and refuse the same."""
        told = [
            [one.told for one in found] for found in (self.outcomes, self.faults, self.conflicts)
        ]
        return sha256(repr((told, self.left)).encode()).hexdigest()[:16]


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
    finder = Finder(world)

    def refuse(fault: Fault, row: int | None) -> None:
        faults.setdefault(fault.told, fault)
        if row is not None:
            spoilt.add((fault.sheet, row))

    for one in told:
        if isinstance(one, Fault):
            refuse(one, row_of(one.cell))
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
                spoilt.add((fault.sheet, row_of(fault.cell) or 0))
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
