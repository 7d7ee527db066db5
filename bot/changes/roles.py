"""Who holds which letter of an item."""

from dataclasses import dataclass
from datetime import datetime

from bot.project import Assignment, Holder, Letter


@dataclass(frozen=True, slots=True)
class Seat:
    """A letter that begins; `until` where its end is known already."""

    letter: Letter
    holder: Holder
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class RolesChanged:
    """Letters of one item that end and that begin at `since` (None: before the record began).

    One that began later than `since` never held: it ends where it began. `restored` are letters
    that an undo gives back as they were, with their own beginning; `voided` are letters whose
    beginning was wrong, as if they had never held; `shifted` those before them, which end at
    `since` instead. `accepts` is the offer that this follows from, `returns` the one whose
    acceptance it takes back.
    `forced`: somebody is made accountable unasked, in another's place, for this `reason`.
    """

    project: int
    item: int
    ended: tuple[Assignment, ...]
    begun: tuple[Seat, ...]
    since: datetime | None
    restored: tuple[Assignment, ...] = ()
    voided: tuple[Assignment, ...] = ()
    shifted: tuple[Assignment, ...] = ()
    accepts: int | None = None
    forced: bool = False
    reason: str = ""
    returns: int | None = None
