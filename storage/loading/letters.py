"""Loading RACI letters, and the earlier owners that a document's history tells of."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from bot.changes import RolesChanged, Seat
from bot.document import AssignmentEntry, Document, Fate, HistoryEntry
from bot.document.fields import write_start
from bot.document.letters import Recorded, Settled, Span, Wanted, begun, settle
from bot.document.owners import Ownership, ownership
from bot.errors import Problem
from bot.people import Person
from bot.project import Group, Holder, Letter, PersonHolder, Vacancy
from bot.telling import holder_name, summary
from storage import people as people_of
from storage.loading.desk import About, Desk, Present
from storage.loading.states import ItemKey
from storage.projects import assignment
from storage.tables import AssignmentRow
from storage.writing import holder_columns


@dataclass(slots=True)
class _Said:
    """What the document says of one item's letters."""

    seats: list[tuple[int, AssignmentEntry]] = field(default_factory=list)
    history: list[HistoryEntry] = field(default_factory=list)


class Letters:
    """The letters of some projects, against those of the document."""

    def __init__(
        self,
        desk: Desk,
        projects: Mapping[str, int],
        items: Mapping[ItemKey, int],
        people: Mapping[str, int],
    ) -> None:
        self._desk = desk
        self._projects = projects
        self._items = items
        self._people = people
        self._recorded: dict[int, list[Present]] = defaultdict(list)
        for rows in desk.of_projects(AssignmentRow, projects.values()).values():
            for row in rows:
                self._recorded[row["item_id"]].append(row)

    @cached_property
    def _everyone(self) -> dict[int, Person]:
        return people_of.everyone(self._desk.session, self._desk.workspace)

    def load(self, document: Document) -> None:
        for of, said in _by_item(document).items():
            present = self._recorded[self._items[of]]
            wanted = list(self._wanted(said))
            if present or any(wish.told for wish in wanted):
                self._settle(of, present, wanted)
                continue
            for wish in wanted:
                since = wish.span.since or wish.begins
                self._begin(of, begun(wish, Span(since, wish.span.until)))
                self._desk.mark("assignments", wish.path, Fate.CREATED)

    def _wanted(self, said: _Said) -> Iterator[Wanted]:
        """The letters that the document gives, then those that its history tells."""
        told = _told(said)
        for number, seat in said.seats:
            yield Wanted(
                path=f"assignments[{number}]",
                letter=seat.raci,
                holder=self._holder(seat),
                span=Span(seat.since, seat.until),
                begins=told.since if seat.raci is Letter.A else None,
                set_by=self._person(told.set_by) if seat.raci is Letter.A else None,
            )
        for owner in told.earlier:
            yield Wanted(
                path="",
                letter=Letter.A,
                holder=PersonHolder(self._people[owner.person]),
                span=Span(owner.since, owner.until),
                set_by=self._person(owner.set_by),
                told=True,
            )

    def _person(self, key: str | None) -> int | None:
        return self._people[key] if key else None

    def _holder(self, seat: AssignmentEntry) -> Holder:
        if seat.person:
            return PersonHolder(self._people[seat.person])
        if seat.group:
            return Group(seat.group.slack_id, seat.group.handle)
        return Vacancy(seat.vacant_role or "", seat.requisition)

    def _settle(self, of: ItemKey, present: Sequence[Present], wanted: Sequence[Wanted]) -> None:
        rows = {row["id"]: row for row in present}
        settled = settle([_recorded(row) for row in present], wanted, self._desk.now)
        for path, held in settled.clashes:
            self._desk.problems.append(Problem(path, self._clash(held)))
        self._move(of, rows, settled)
        for held in settled.begun:
            self._begin(of, held)
        said = [wish for wish in wanted if not wish.told]
        for wish, fate in zip(said, settled.fates, strict=True):
            self._desk.mark("assignments", wish.path, fate)
        if present and (settled.begun or settled.moved):
            self._sum_up(of, rows, settled)

    def _move(self, of: ItemKey, rows: Mapping[int, Present], settled: Settled) -> None:
        """Letters whose time changes. An open one ends; of others the recorded time is voided, and

        the new one is recorded beside it, so that the record still knows what it said before. All
        new times are written after the old ones are out of the way: no two A ever meet.
        """
        for before, after in settled.moved:
            row, ends = rows[before.id or 0], self._times(after.span)
            if before.span.until is None and after.span.since == before.span.since:
                self._desk.change(self._about(of), AssignmentRow, row, ends)
                continue
            void = before.span.since or before.span.until or self._desk.now
            ends = self._times(Span(void, void))
            self._desk.change(self._about(of), AssignmentRow, row, ends)
            if not after.span.empty():
                self._begin(of, replace(after, id=None))

    def _times(self, span: Span) -> dict[str, Any]:
        ended: dict[str, Any] = {"ended_recorded_at": None, "ended_by": None}
        if span.until is not None:
            actor = self._desk.book.actor.person_id
            ended = {"ended_recorded_at": self._desk.now, "ended_by": actor}
        return {"since": span.since, "until": span.until, **ended}

    def _begin(self, of: ItemKey, held: Recorded) -> None:
        about = self._about(of)
        if held.path and about.item not in self._desk.new_items:
            self._check_present(held)
        row = {
            "project_id": about.project,
            "item_id": about.item,
            "letter": held.letter.value,
            **holder_columns(held.holder),
            **self._desk.recorded(),
            **self._times(held.span),
        }
        if held.set_by is not None:
            row["set_by"] = held.set_by
        self._desk.later(about, AssignmentRow, row)

    def _check_present(self, held: Recorded) -> None:
        """Nobody who left takes a letter; what they held once may still be told."""
        if not isinstance(held.holder, PersonHolder) or held.span.over(self._desk.now):
            return
        person = self._everyone[held.holder.person]
        if not person.active:
            message = f"{person.name} has left and cannot be given a letter anew"
            self._desk.problems.append(Problem(held.path, message))

    def _about(self, of: ItemKey) -> About:
        return About("ItemLoaded", self._projects[of[0]], self._items[of])

    def _sum_up(self, of: ItemKey, rows: Mapping[int, Present], settled: Settled) -> None:
        about, now = self._about(of), self._desk.now
        moved = [
            (before, after) for before, after in settled.moved if _corrects(before, after, now)
        ]
        ended = tuple(
            assignment(rows[before.id or 0])
            for before, after in settled.moved
            if (before, after) not in moved
        )
        seats = tuple(Seat(held.letter, held.holder) for held in settled.begun)
        change = RolesChanged(about.project or 0, about.item or 0, ended, seats, now)
        if ended or seats:
            self._desk.sum_up(about, summary(change, self._everyone))
        for before, after in moved:
            name = holder_name(after.holder, self._everyone)
            told = f"{after.letter.word}: {name} {_words(after.span)}, not {_words(before.span)}"
            self._desk.sum_up(about, told)

    def _clash(self, held: Recorded) -> str:
        name = holder_name(held.holder, self._everyone)
        until = f" until {held.span.until:%Y-%m-%d}" if held.span.until else ""
        return f"the record has {name} as Accountable then{until}"


def _by_item(document: Document) -> dict[ItemKey, _Said]:
    said: dict[ItemKey, _Said] = defaultdict(_Said)
    for number, seat in enumerate(document.assignments):
        said[seat.project, seat.item].seats.append((number, seat))
    for entry in document.history:
        if entry.kind == "owner_change" and entry.project and entry.stage:
            said[entry.project, entry.stage].history.append(entry)
    return said


def _told(said: _Said) -> Ownership:
    """What history tells of an item's owners, where it agrees with the document's assignments."""
    nothing = Ownership((), None, None)
    accountable = [seat for _, seat in said.seats if seat.raci is Letter.A]
    if not said.history or len(accountable) > 1 or any(seat.until for seat in accountable):
        return nothing
    if not accountable:
        return ownership(said.history, None)
    told = ownership(said.history, accountable[0].person)
    return told if accountable[0].since in (None, told.since) else nothing


def _recorded(row: Present) -> Recorded:
    held = assignment(row)
    return Recorded(held.id, held.letter, held.holder, Span(held.since, held.until), held.set_by)


def _corrects(before: Recorded, after: Recorded, now: datetime) -> bool:
    """Whether a letter's time is put right, where others simply end."""
    if after.span.since != before.span.since:
        return True
    return before.span.until is not None and not after.span.over(now)


def _words(span: Span) -> str:
    since = f"since {write_start(span.since)}" if span.since else "since before the record"
    return f"{since} until {write_start(span.until)}" if span.until else since
