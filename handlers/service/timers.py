"""What is due by the clock, seen to once, whoever gets there first.

A duty is what a kind of schedule brings about. It runs in one transaction with the step to the
next slot, so that each slot has its effect once; what it wants said goes into the outbox.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel import Session

from bot.lateness import GRACE, RECALLED
from bot.people import Actor, Surface
from bot.recurrence import Recurrence, next_after, slots
from handlers import meters, observe
from handlers.service.facts import FactsCache, WorkspaceFacts
from storage import claims, directory, ledger, schedules, uptimes
from storage.database import Database
from storage.schedules import Occurrence

__all__ = ["Duty", "Occurrence", "Shift", "Timers"]

log = structlog.get_logger("charter.timers")

BATCH = 20
"""Slots claimed at a time: few, so that other replicas and whoever writes get their turn."""
LEASE = timedelta(minutes=2)
LOST = "lost"
"""To somebody else, who had its turn when the lease was over."""
KEPT_EVERY = timedelta(minutes=1)
"""How often it is written down that somebody keeps the clock."""
KEPT_FOR = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Shift:
    """All that a duty needs, in one transaction in which nobody else changes the workspace."""

    session: Session
    now: datetime
    facts: WorkspaceFacts
    cache: FactsCache

    @property
    def clockwork(self) -> Actor:
        """Who acts where nobody does: the clock."""
        return Actor(self.facts.workspace, None, Surface.CLOCK, is_admin=False)


Awaited = Callable[[Shift, Occurrence, datetime], bool]


@dataclass(frozen=True, slots=True)
class Duty:
    """What a kind of schedule brings about.

    `act` runs within the transaction. What takes long, or reaches for others, is done by `fetch`
    before it, outside of any transaction, and handed over; `is_errand` tells for which slots that
    is so where it is not for all. One with `comes` is of every workspace, and comes there at these
    times. `awaited` tells whether people wait for it in a slot: then it is written down where it
    was missed. One that fails is logged, and holds up nothing.
    """

    act: Callable[[Shift, Occurrence, Any], None]
    fetch: Callable[[Occurrence], Any] | None = None
    comes: Recurrence | None = None
    awaited: Awaited | None = None
    is_errand: Callable[[Occurrence], bool] | None = None

    def fetches(self, occurrence: Occurrence) -> bool:
        """Whether something has to be fetched before it."""
        if self.fetch is None:
            return False
        return self.is_errand is None or self.is_errand(occurrence)


class Timers:
    """Sees to what is due. Thread-safe."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        duties: Mapping[str, Duty],
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache
        self._duties = duties
        self._owner = claims.new_owner()
        self._kept: dict[int, datetime] = {}

    def stand(self, workspace: int) -> None:
        """Let come what comes in every workspace; what does already goes on as it is."""
        with self._db.begin() as session:
            for kind, duty in self._duties.items():
                if duty.comes is not None:
                    schedules.put(session, workspace, kind, kind, 0, duty.comes, self._clock())

    def claim(self, workspace: int, *, errands: bool = True) -> list[Occurrence]:
        """Slots that are due and that nobody else has taken, in the order of their times; none
        while Charter is held. `errands`: also what reaches for others, and nobody waits for.
        """
        now = self._clock()
        self._keep(workspace, now)
        due = self.next_due(workspace, errands=errands)
        if due is None or due > now:
            return []
        with self._db.begin() as session:
            if directory.held_since(session, workspace) is not None:
                return []
            besides = self._besides(errands)
            found = schedules.claim(session, workspace, self._owner, now, LEASE, BATCH, besides)
        meters.claimed("slot", taken=True, number=len(found))
        return found

    def _keep(self, workspace: int, now: datetime) -> None:
        """Write down that the clock is kept, before anything is seen to that came late."""
        last = self._kept.get(workspace)
        if last is None or not timedelta() <= now - last < KEPT_EVERY:
            with self._db.begin() as session:
                uptimes.keep(session, workspace, now)
            self._kept[workspace] = now

    def pass_over(self, workspace: int) -> None:
        """Count the time up to now as kept: the clock was moved ahead by hand."""
        now = self._clock()
        with self._db.begin() as session:
            uptimes.keep(session, workspace, now, is_moved=True)
        self._kept[workspace] = now

    def sweep(self, workspace: int) -> None:
        """Forget when the clock was kept, and what was missed, long ago."""
        with self._db.begin() as session:
            uptimes.forget(session, workspace, self._clock() - KEPT_FOR)

    def is_errand(self, occurrence: Occurrence) -> bool:
        """Whether it reaches for others, or may take long otherwise.

        True also where that cannot be told. A fault here would hold up all that was claimed with
        it; in `see_to`, which meets it too, it is that of one slot.
        """
        duty = self._duties.get(occurrence.kind)
        try:
            return duty is not None and duty.fetches(occurrence)
        except Exception as error:
            log.error("errand_unknown", key=occurrence.key, **observe.fault(error))
            return True

    def see_to(self, occurrence: Occurrence) -> None:
        """Do what a claimed slot brings about; what goes wrong is logged, and tried again when the
        lease is over, until the slot is missed.
        """
        job = occurrence.kind if occurrence.kind in self._duties else "unknown"
        with observe.bound("job", job=job, key=occurrence.key):
            try:
                with meters.timed(meters.Timed.JOBS, job) as course:
                    course.outcome = self._see_to(occurrence)
            except Exception as error:
                log.error("duty_failed", key=occurrence.key, **observe.fault(error))

    def _see_to(self, occurrence: Occurrence) -> str:
        """What came of it, in a word."""
        duty = self._duties.get(occurrence.kind)
        missed = duty is None or self._clock() - occurrence.slot > GRACE
        fetched = None
        if duty and duty.fetch and not missed and duty.fetches(occurrence):
            if not self._is_still_ours(occurrence):
                return LOST
            fetched = duty.fetch(occurrence)
        with self._shift(occurrence.workspace) as shift:
            if not schedules.holds(shift.session, occurrence, self._owner):
                return LOST
            schedules.advance(shift.session, occurrence, shift.now, missed=missed)
            self._write_missed(shift, duty, occurrence, missed=missed)
            if duty and not missed:
                duty.act(shift, occurrence, fetched)
        if not missed:
            return "done"
        log.warning("slot_missed", key=occurrence.key, slot=occurrence.slot.isoformat())
        return "missed"

    def _is_still_ours(self, occurrence: Occurrence) -> bool:
        """Begin the lease anew: an errand may have waited for others for as long as it lasts."""
        with self._db.begin() as session:
            until = self._clock() + LEASE
            return schedules.renew(session, occurrence, self._owner, until)

    def _write_missed(
        self, shift: Shift, duty: Duty | None, occurrence: Occurrence, *, missed: bool
    ) -> None:
        """Write down the slots that went by before this one, and (`missed`) this one too."""
        if duty is None or duty.awaited is None:
            return
        first, back = occurrence.first, occurrence.slot - RECALLED
        began = first if first >= back else next_after(occurrence.recurrence, back)
        gone = [*slots(occurrence.recurrence, began, occurrence.slot)]
        lost = [*gone, occurrence.slot] if missed else gone
        waited = [slot for slot in lost if _is_awaited(duty.awaited, shift, occurrence, slot)]
        uptimes.miss(shift.session, occurrence, waited, shift.now)

    def run_due(self, workspace: int, *, errands: bool = True) -> int:
        """See to everything that is due; gives how much that was. `errands` as in `claim`."""
        done = 0
        while claimed := self.claim(workspace, errands=errands):
            for occurrence in claimed:
                self.see_to(occurrence)
            done += len(claimed)
        return done

    def next_due(self, workspace: int, *, errands: bool = True) -> datetime | None:
        """When something is due next; in the past where it is due already. `errands` as in
        `claim`.
        """
        with self._db.read() as session:
            return schedules.next_due(session, workspace, self._besides(errands))

    def _besides(self, errands: bool) -> list[str]:
        """The kinds that are left out."""
        if errands:
            return []
        return [
            kind
            for kind, duty in self._duties.items()
            if duty.fetch and not duty.awaited and duty.is_errand is None
        ]

    @contextmanager
    def _shift(self, workspace: int) -> Iterator[Shift]:
        with self._db.begin() as session:
            row = ledger.lock(session, workspace)
            now = ledger.not_before(session, row, self._clock())
            yield Shift(session, now, self._cache.current(session, workspace), self._cache)


def _is_awaited(awaited: Awaited, shift: Shift, occurrence: Occurrence, slot: datetime) -> bool:
    """Whether people waited for it; False where that cannot be told.

    A fault in it would come back at each try, also once the slot is missed, and nothing of that
    schedule would ever come again. A savepoint keeps the transaction whole for the duty itself.
    """
    try:
        with shift.session.begin_nested():
            return awaited(shift, occurrence, slot)
    except Exception as error:
        log.error("awaited_failed", key=occurrence.key, slot=str(slot), **observe.fault(error))
        return False
