"""The outbox, as the one who delivers sees it: take what is due, note how it went."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from handlers import meters
from handlers.service import last_look, reach
from handlers.service.facts import FactsCache
from handlers.service.timers import Shift
from handlers.views import exports as views
from storage import claims, directory, kept_exports, ledger, outbox
from storage.database import Database
from storage.outbox import LONGEST_WAIT, Parcel, Waiting, enclosures

__all__ = ["LONGEST_WAIT", "Outbox", "Parcel"]

log = structlog.get_logger("charter.outbox")

LEASE = timedelta(minutes=1)
"""How long a message is in one hand; who dies meanwhile is replaced after it."""
LONGEST_CALL = timedelta(seconds=20)
KEPT_FOR = timedelta(days=120)
LOOKED_THROUGH_EVERY = timedelta(minutes=5)
"""How often is looked for what waits only because a clock was wrong."""


class Outbox:
    """Messages on their way to Slack. Thread-safe."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], cache: FactsCache
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache
        self._owner = claims.new_owner()
        self._looked_through: dict[int, datetime] = {}

    def claim(self, workspace: int, most: int) -> list[Parcel]:
        """Messages to send now, at most one of each channel. What waited is as it may be told now,
        without what is settled by then; of one in which nothing is left to tell, nothing is. None
        while Charter is held: what was said before it was taken away goes once an admin lets it go
        on.
        """
        now = self._clock()
        self._look_through(workspace, now)
        looked_at, wrong = self._looked_at(workspace, now, most)
        if wrong:
            righted = self._put_right(workspace, now, most, wrong)
            looked_at = {**self._looked_at(workspace, now, most)[0], **righted}
        if not looked_at:
            return []
        with self._db.begin() as session:
            if directory.held_since(session, workspace) is not None:
                return []
            taken = outbox.claim(session, workspace, self._owner, now, LEASE, most, looked_at)
        meters.claimed("message", taken=True, number=len(taken))
        return taken

    def _looked_at(
        self, workspace: int, now: datetime, most: int
    ) -> tuple[dict[int, int], frozenset[int]]:
        """What is due: the versions, by id, of what may go as it is, and what may not. It holds
        nobody up, and sees the record as of one moment.
        """
        with self._db.read() as session:
            first = _next_due(session, workspace)
            if first is None or first > now:
                return {}, frozenset()
            parcels = outbox.due(session, workspace, now, LEASE, most)
            facts = self._cache.current(session, workspace)
            fresh = last_look.fresh(Shift(session, now, facts, self._cache), parcels)
        whole = {one.id: one.version for one in parcels if fresh[one.id] is one}
        return whole, frozenset(fresh) - whole.keys()

    def _put_right(
        self, workspace: int, now: datetime, most: int, wrong: Collection[int]
    ) -> dict[int, int]:
        """Write down what these may tell, looked at again where nobody else changes the record."""
        with self._db.begin() as session:
            at = ledger.not_before(session, ledger.lock(session, workspace), now)
            due = outbox.due(session, workspace, now, LEASE, most, locked=True)
            facts = self._cache.current(session, workspace)
            shift = Shift(session, at, facts, self._cache)
            return last_look.put_right(shift, [one for one in due if one.id in wrong])

    def _look_through(self, workspace: int, now: datetime) -> None:
        """Let nothing wait for a clock that was put back, here or where somebody died."""
        last = self._looked_through.get(workspace)
        if last is not None and timedelta() <= now - last < LOOKED_THROUGH_EVERY:
            return
        with self._db.begin() as session:
            number = outbox.bring_forward(session, workspace, now)
        self._looked_through[workspace] = now
        if number:
            log.warning("messages_brought_forward", number=number)

    def is_in_hand(self, parcel: Parcel) -> bool:
        """Whether there is time enough to send it before it is anybody's again."""
        return self._clock() < parcel.lease_until - LONGEST_CALL

    def hand_back(self, parcel: Parcel) -> None:
        """It is not sent now: whoever takes it next need not look whether it was."""
        with self._db.begin() as session:
            outbox.hand_back(session, parcel, self._owner)

    def begin_anew(self, parcel: Parcel) -> bool:
        """No earlier attempt arrived. False where somebody else took it meanwhile."""
        with self._db.begin() as session:
            return outbox.begin_anew(session, parcel, self._owner, self._clock(), LEASE)

    def content(self, parcel: Parcel) -> bytes | None:
        """What is in a file that is to be shared; None where that is gone."""
        with self._db.read() as session:
            return enclosures.content(session, parcel.id)

    def sent(self, parcel: Parcel, ts: str, place: str) -> None:
        """It stands there. Of an export it is kept what its readers have now."""
        now = self._clock()
        with self._db.begin() as session:
            is_ours = outbox.sent(session, parcel, self._owner, ts, place, now)
            if parcel.file and is_ours:
                if told := enclosures.export(session, parcel.id):
                    kept_exports.keep(session, kept_exports.recalled(told), now)
                enclosures.let_go(session, [parcel.id])
            reach.arrived(session, parcel, now)

    def later(
        self, parcel: Parcel, wait: timedelta, why: str, *, unknown: bool, counts: bool = True
    ) -> None:
        """Try again after `wait`; `unknown`: it may have arrived all the same. `counts`: as one of
        the tries after which it is given up.
        """
        with self._db.begin() as session:
            at = self._clock() + wait
            outbox.later(session, parcel, self._owner, at, why, unknown=unknown, counts=counts)

    def give_up(self, parcel: Parcel, why: str, *, refused: bool, unknown: bool = False) -> None:
        """Try it no more; `refused`: whatever is said there, Slack does not take it. What that
        tells of the channel, or of the person, is noted with it. `unknown`: it has perhaps arrived.
        """
        now = self._clock()
        with self._db.begin() as session:
            given_up = outbox.give_up(
                session, parcel, self._owner, why, now, refused=refused, unknown=unknown
            )
            if given_up and refused:
                reach.refused(session, self._cache, parcel, why, now)
                if parcel.file:
                    enclosures.let_go(session, [parcel.id])
                    self._say_above(session, parcel, now)

    def _say_above(self, session: Session, parcel: Parcel, now: datetime) -> None:
        """Let the message that a file was to come under say that it does not."""
        known = outbox.keyed(session, parcel.workspace, enclosures.above(parcel.key))
        said = views.without_file()
        if known is not None and known.ts is not None and said.text not in known.text:
            outbox.say_anew(
                session,
                known,
                f"{known.text}\n{said.text}",
                [*known.blocks, *said.blocks],
                now,
                confidential=known.confidential,
            )

    def next_due(self, workspace: int) -> datetime | None:
        """When a message is to be sent next; in the past where one waits. None while held."""
        with self._db.read() as session:
            return _next_due(session, workspace)

    def waiting(self, workspace: int) -> Waiting:
        with self._db.read() as session:
            return outbox.waiting(session, workspace)

    def sweep(self, workspace: int) -> None:
        """Forget what nobody has edited for so long that nobody will."""
        with self._db.begin() as session:
            outbox.forget(session, workspace, self._clock() - KEPT_FOR)


def _next_due(session: Session, workspace: int) -> datetime | None:
    if directory.held_since(session, workspace) is not None:
        return None
    return outbox.next_due(session, workspace)
