"""Status, dates and notes of an export that comes back: cell by cell against what is true now,
decided as if they were typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn

from bot import deciding
from bot.changes import Change
from bot.errors import CharterError, NotFound
from bot.exports.standing import STATUSES
from bot.imports.base import plain
from bot.imports.besides import RowEdit
from bot.imports.dates import Order, TwoDays, day_in
from bot.imports.faults import Fault, Slip, Slipped
from bot.imports.gathering import Ground
from bot.imports.outcomes import Conflict, Fate, Outcome
from bot.imports.plan import Planned
from bot.imports.settling import Side
from bot.imports.wanted import World
from bot.milestones import Milestone
from bot.moments import own_day
from bot.project import Item, Project, Status
from bot.spelling import folded

_WHAT = {
    "Status": "status",
    "Note": "note",
    "Forecast due": "due date",
    "Forecast": "day expected",
    "Met on": "day met",
}


def _shown(status: Status) -> str:
    """A status as an export shows it."""
    return str(STATUSES[status].value)


_STATUS = {folded(words): status for status in Status for words in (_shown(status), status.words)}


@dataclass(slots=True)
class Stood:
    """What comes of edited rows."""

    planned: list[Planned] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    settled: list[Conflict] = field(default_factory=list)


def stood(found: Iterable[RowEdit], world: World, ground: Ground, order: Order | None) -> Stood:
    """Decide them, a row at a time: where one cell cannot be taken, nothing of its row is."""
    made = Stood()
    for edit in found:
        row = _Row(edit, ground, order)
        try:
            row.decide(world)
        except Slipped as slipped:
            made.faults.append(slipped.at(edit.table.sheet, edit.cell(row.head)))
        except CharterError as error:
            made.faults.append(Fault(edit.table.sheet, edit.cell(row.head), error=error))
        else:
            made.planned += row.planned
            made.outcomes += row.outcomes
            made.conflicts += row.conflicts
            made.settled += row.settled
    return made


class _Row:
    """One row while it is decided; `head` is the cell that it is at."""

    def __init__(self, edit: RowEdit, ground: Ground, order: Order | None) -> None:
        self.head = next(iter(edit.now))
        self.planned: list[Planned] = []
        self.outcomes: list[Outcome] = []
        self.conflicts: list[Conflict] = []
        self.settled: list[Conflict] = []
        self._edit, self._ground, self._order = edit, ground, order
        self._where = "", ""

    def decide(self, world: World) -> None:
        key, _, name = self._edit.key.partition("/")
        project = world.project(key, self._edit.table.sheet)
        assert project is not None, "it has a name"
        if self._edit.table.name == "Milestones":
            one = next((each for each in project.milestones if each.key == name), None)
            if one is None or one.removed:
                raise NotFound("milestone", self._edit.was["Milestone"])
            self._where = project.name, one.title
            self._milestone(project, one)
        else:
            item = project.item(name) or world.item(project, name, "")
            self._where = project.name, item.title
            self._stage(project, item)

    # --- stages ---

    def _stage(self, project: Project, item: Item) -> None:
        status = self._status()
        note = self._edit.now.get("Note")
        is_moved = status is not None and self._is_news(
            "Status", _shown(status), _shown(item.status)
        )
        is_noted = "Note" in self._edit.now and self._is_news(
            "Note", plain(note), plain(item.note), is_held_back=self._is_left
        )
        if is_moved or is_noted:
            self.head = "Status" if is_moved else "Note"
            moved = status if is_moved and status is not None else item.status
            words = str(note) if is_noted and note is not None else None
            self._move(project, item, moved, words, is_noted=is_noted)
        if "Forecast due" in self._edit.now:
            due = self._day("Forecast due")
            if self._is_news("Forecast due", plain(due), plain(item.due)):
                self._plan(project, item, deciding.move_due(project, item, due))

    def _move(
        self, project: Project, item: Item, status: Status, note: str | None, *, is_noted: bool
    ) -> None:
        """A status keeps the note that nobody edited; but what was in the way goes with it, and
        what is in the way now has to be said.
        """
        if status is item.status is Status.BLOCKED:
            raise Slipped(Slip.BLOCKED_NOTE, {"item": item.title})
        if not is_noted and Status.BLOCKED not in (item.status, status):
            note = item.note
        gate = self._ground.gate(project, item) if status is Status.DONE else ()
        people = self._ground.people
        self._plan(project, item, deciding.move(project, item, status, note, people, gate=gate))

    def _status(self) -> Status | None:
        if "Status" not in self._edit.now:
            return None
        text = plain(self._edit.now["Status"])
        found = _STATUS.get(folded(text))
        if found is None:
            self.head = "Status"
            raise Slipped(Slip.BAD_STATUS, {"text": text})
        return found

    # --- milestones ---

    def _milestone(self, project: Project, one: Milestone) -> None:
        reason = plain(self._edit.now.get("Why it moved last"))
        if "Forecast" in self._edit.now:
            due = self._promised("Forecast")
            if self._is_news("Forecast", plain(due), plain(one.due)):
                change = deciding.move_milestone(project, one.title, due, reason)
                self._plan(project, None, change)
        elif "Why it moved last" in self._edit.now:
            self._refuse("Why it moved last")
        if "Met on" in self._edit.now:
            met = self._promised("Met on")
            if self._is_news("Met on", plain(met), plain(one.met_on)):
                today = own_day(self._ground.now, self._ground.zone)
                self._plan(project, None, deciding.meet_milestone(project, one.title, met, today))

    def _promised(self, head: str) -> date:
        return self._day(head) or self._refuse(head)

    def _refuse(self, head: str) -> NoReturn:
        self.head = head
        facts = {"head": head, "base": self._edit.was[head] or "empty"}
        raise Slipped(Slip.NOT_TAKEN, facts)

    # --- cells ---

    def _is_news(self, head: str, theirs: str, ours: str, *, is_held_back: bool = False) -> bool:
        """Whether what an edited cell says is to be done: what is so already is not, and what
        Charter changed otherwise is a conflict. So is what `is_held_back`, as it belongs to
        another cell that is in conflict.
        """
        self.head = head
        edit = self._edit
        where = edit.table.sheet, edit.cell(head), *self._where, _WHAT[head]
        base = edit.was[head]
        if theirs in (ours, base):
            self.outcomes.append(Outcome(*where, ours, ours, Fate.UNCHANGED))
        elif ours != base or is_held_back:
            return self._is_settled(Conflict(*where, base, theirs, ours))
        else:
            self.outcomes.append(Outcome(*where, ours, theirs, Fate.CHANGED))
            return True
        return False

    def _is_settled(self, conflict: Conflict) -> bool:
        """Whether the file's word is taken of what both changed."""
        side, ours = self._ground.settled.side(conflict), conflict.ours
        if side is None:
            self.conflicts.append(conflict)
            return False
        self.settled.append(conflict)
        takes = side is Side.THEIRS
        after, fate = (conflict.theirs, Fate.CHANGED) if takes else (ours, Fate.UNCHANGED)
        where = conflict.sheet, conflict.cell, conflict.project, conflict.item, conflict.what
        self.outcomes.append(Outcome(*where, ours, after, fate))
        return takes

    @property
    def _is_left(self) -> bool:
        """Whether the status in this row is not taken, or not yet."""
        return bool(self.conflicts) or any(
            self._ground.settled.side(one) is Side.OURS for one in self.settled
        )

    def _day(self, head: str) -> date | None:
        self.head = head
        raw = self._edit.now[head]
        if raw is None:
            return None
        match day_in(raw, self._order):
            case TwoDays(day_first=one, month_first=other):
                facts = {"text": plain(raw), "one": one.isoformat(), "other": other.isoformat()}
                raise Slipped(Slip.TWO_DATES, facts)
            case None:
                raise Slipped(Slip.BAD_DATE, {"text": plain(raw)})
            case day:
                return day

    def _plan(self, project: Project, item: Item | None, change: Change) -> None:
        self._ground.permit(project, item, change)
        self.planned.append(Planned(project, item, change))
