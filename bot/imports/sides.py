"""The three sides of a stage's letters: as they were exported, as the file has them, and as they
are now. What only one side changed is that side's word; what both changed otherwise is a conflict.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.exports.ids import VACANT, of_holder
from bot.imports.base import Place, Was
from bot.imports.edits import Edit, Seat, Target, seat_of
from bot.moments import own_day
from bot.people import Person
from bot.project import Assignment, Item, Letter, Project, Vacancy
from bot.telling import holder_name


class State(Enum):
    """What became in Charter of a letter that was exported."""

    SAME = "same"
    GONE = "gone"
    OTHER = "other"
    WITH_ANOTHER = "with_another"
    """It goes with another edit, which hands it over."""


@dataclass(slots=True)
class Sides:
    """The letters of one stage or component. `item` is None where there is none any more; `zone` is
    that of the export's days.
    """

    place: Place
    was: Sequence[Was]
    project: Project | None
    item: Item | None
    people: Mapping[int, Person]
    zone: str
    removed: Counter[Seat] = field(default_factory=Counter)
    added: dict[Seat, int] = field(default_factory=dict)
    """Letters that the file gives here, by the number of the first edit that does."""
    _base: Counter[Seat] = field(init=False)
    _left: Counter[Seat] = field(init=False, default_factory=Counter)
    _used: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._base = Counter(map(seat_of, self.was))

    # --- base and file ---

    def begin(self, edits: Iterable[tuple[int, Edit]]) -> None:
        """Count what the file takes away and gives here."""
        self.removed, self.added = Counter(), {}
        self._left, self._used = Counter(), set()
        for number, edit in edits:
            if edit.was is not None and edit.was.place == self.place and not edit.stays:
                self.removed[seat_of(edit.was)] += 1
            for one in edit.targets:
                if one.place == self.place:
                    self.added.setdefault(one.seat, number)

    def leaves(self, was: Was) -> bool:
        """Whether the file has a letter no more; each time it is asked, another one of its kind."""
        seat = seat_of(was)
        self._left[seat] += 1
        return self._left[seat] <= self.removed[seat] - (seat in self.added)

    def arrives(self, target: Target, number: int) -> bool:
        """Whether the file has a letter by this edit that it did not have."""
        return self._base[target.seat] == 0 and self.added.get(target.seat) == number

    def known(self, seat: Seat) -> Was | None:
        """The letter as it was exported."""
        return next((was for was in self.was if seat_of(was) == seat), None)

    @property
    def accountable_then(self) -> Was | None:
        return next((was for was in self.was if was.letter is Letter.A), None)

    @property
    def is_given_away(self) -> bool:
        """Whether the file names somebody else who is accountable."""
        return any(seat[0] is Letter.A and self._base[seat] == 0 for seat in self.added)

    # --- Charter ---

    @property
    def ours(self) -> Sequence[Assignment]:
        """The letters as an export would tell them now."""
        if self.item is None or self.project is None:
            return ()
        inherits = self.item.inherits_raci and self.project.ruling(self.item) is not self.item
        return () if inherits else self.item.assignments

    def holding(self, seat: Seat) -> list[Assignment]:
        letter, holder = seat
        return [
            one
            for one in self.ours
            if one.letter is letter and of_holder(one.holder, self.people) == holder
        ]

    @property
    def accountable(self) -> Assignment | None:
        return next((one for one in self.ours if one.letter is Letter.A), None)

    def is_same(self, one: Assignment, was: Was) -> bool:
        """Whether a letter is as it was exported."""
        return (self._day(one.since), self._day(one.until)) == (was.since, was.until)

    def state(self, was: Was) -> tuple[State, Assignment | None]:
        """What became of a letter that leaves; of several of one kind those that stay come
        first.
        """
        seat = seat_of(was)
        free = [one for one in self.holding(seat) if one.id not in self._used]
        if len(free) > self._base[seat] - self.removed[seat] + (seat in self.added):
            same = next((one for one in free if self.is_same(one, was)), None)
            found = same or free[0]
            self._used.add(found.id)
            return (State.SAME if same else State.OTHER), found
        now = self.accountable if was.letter is Letter.A else None
        was_person = not was.holder.startswith(VACANT)
        if now is None or (isinstance(now.holder, Vacancy) and was_person):
            return State.GONE, None  # who is taken out leaves a vacant seat
        return State.OTHER, now

    def may_give_accountable(self) -> bool:
        """Whether who is accountable is who was, as exported."""
        was, now = self.accountable_then, self.accountable
        if was is None or now is None:
            return was is None and now is None
        return now in self.holding(seat_of(was)) and self.is_same(now, was)

    def words(self, letter: Letter) -> str:
        """Who holds a letter now who did not when it was exported; of the A, who does."""
        found = [
            one
            for one in self.ours
            if one.letter is letter
            and (letter is Letter.A or self._base[letter, of_holder(one.holder, self.people)] == 0)
        ]
        return ", ".join(holder_name(one.holder, self.people) for one in found)

    def since(self, one: Assignment) -> str:
        return self._day(one.since)

    def _day(self, moment: datetime | None) -> str:
        return own_day(moment, self.zone).isoformat() if moment is not None else ""
