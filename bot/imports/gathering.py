"""The letters of one stage while they are decided: what was decided counts for what follows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain

from bot.changes import Change, RolesChanged, Seat
from bot.deciding import NOT_ASKED, Past, assign, clear, handed_over
from bot.gates import Check
from bot.imports.settling import Settled
from bot.moments import own_day
from bot.people import Actor, Person
from bot.project import Assignment, Holder, Item, Letter, PersonHolder, Project
from bot.roles import Catalogue


@dataclass(frozen=True, slots=True)
class Ground:
    """What is needed to decide. `begins` gives the moment of a day (raising for one to come),
    `past` what the record has of a stage's letters, `permit` raises where the actor may not, `gate`
    tells what of a stage's gate is met, `settled` to which side conflicts go.
    """

    people: Mapping[int, Person]
    roles: Catalogue
    actor: Actor
    now: datetime
    zone: str
    begins: Callable[[date], datetime]
    past: Callable[[Item], Past]
    permit: Callable[[Project, Item | None, Change], None]
    gate: Callable[[Project, Item], Sequence[Check]] = lambda _project, _item: ()
    settled: Settled = field(default_factory=Settled)


class Gathering:
    """One stage or component, and the changes of its letters so far."""

    def __init__(self, project: Project, item: Item, ground: Ground) -> None:
        self.project, self.own, self.item, self.ground = project, item, item, ground
        self.ruling = project.ruling(item)
        self._other: list[Change] = []
        self._gathered: dict[datetime | None, RolesChanged] = {}

    @property
    def inherits(self) -> bool:
        return self.ruling.id != self.item.id

    @property
    def raci(self) -> tuple[Assignment, ...]:
        """The letters as they are by now."""
        return self.ruling.assignments if self.inherits else self.item.assignments

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is to be written: what begins or ends at one moment is one change."""
        return (*self._other, *self._gathered.values())

    def assigned(
        self, letter: Letter, holder: Holder, since: date | None, item: Item | None = None
    ) -> Change:
        """What giving a letter comes to: the letter itself, or the offer of it."""
        ground, is_dated = self.ground, since is not None
        change = assign(
            self.project,
            item or self.item,
            (letter,),
            holder,
            ground.people,
            since=ground.begins(since) if since is not None else ground.now,
            now=ground.now,
            dated=is_dated,
            hand_over=True,
            past=ground.past(self.own) if is_dated else NOT_ASKED,
        )
        return handed_over(
            self.project,
            item or self.item,
            change,
            ground.people,
            ground.actor,
            now=ground.now,
            dated=is_dated,
        )

    def cleared(self, letter: Letter, holder: Holder, item: Item | None = None) -> RolesChanged:
        """What taking a letter away comes to."""
        ground = self.ground
        return clear(
            self.project, item or self.item, (letter,), holder, ground.people, since=ground.now
        )

    def is_day(self, moment: datetime | None, day: date) -> bool:
        return moment is not None and own_day(moment, self.ground.zone) == day

    def is_offered(self, holder: Holder) -> bool:
        offer = self.own.offer
        return offer is not None and holder == PersonHolder(offer.receiver)

    def permit(self, change: Change) -> None:
        self.ground.permit(self.project, self.own, change)

    def write(self, change: Change) -> None:
        """Have a change written that is no letter's, as an offer."""
        self._other.append(change)

    def keep(self, change: RolesChanged) -> None:
        """Join a change with the others from the same moment, and let it count."""
        before = self._gathered.get(change.since)
        self._gathered[change.since] = _joined(before, change) if before else change
        self.item = _after(self.item, change, self.ground.now)

    @property
    def ended(self) -> frozenset[int]:
        """The letters that end, by their numbers."""
        return frozenset(one.id for change in self._gathered.values() for one in _going(change))


def _going(change: RolesChanged) -> Iterable[Assignment]:
    return chain(change.ended, change.voided)


def _joined(one: RolesChanged, other: RolesChanged) -> RolesChanged:
    return replace(
        one,
        ended=(*one.ended, *other.ended),
        begun=(*one.begun, *other.begun),
        voided=(*one.voided, *other.voided),
        shifted=(*one.shifted, *other.shifted),
    )


def _after(item: Item, change: RolesChanged, now: datetime) -> Item:
    """An item as it is once a change is written; letters that begin have no number yet."""
    gone = {one.id for one in _going(change)}
    begun = tuple(
        _begun(at, seat, change.since, now) for at, seat in enumerate(change.begun, start=1)
    )
    kept = tuple(one for one in item.assignments if one.id not in gone)
    known = tuple(one for one in item.accountable if one.id not in gone)
    accountable = tuple(one for one in begun if one.letter is Letter.A)
    return replace(item, assignments=(*kept, *begun), accountable=(*known, *accountable))


def _begun(at: int, seat: Seat, since: datetime | None, now: datetime) -> Assignment:
    return Assignment(-at, seat.letter, seat.holder, since, seat.until, now, None, "import")
