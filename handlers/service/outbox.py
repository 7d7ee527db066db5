"""The outbox, as the one who delivers sees it: take what is due, note how it went."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.routing.told import recalled
from bot.sight import admits
from handlers.service import reach
from handlers.service.facts import FactsCache
from handlers.views import notices as views
from storage import claims, outbox
from storage.database import Database
from storage.outbox import Parcel, Waiting

__all__ = ["Outbox", "Parcel"]

LEASE = timedelta(minutes=1)
"""How long a message is in one hand; who dies meanwhile is replaced after it."""
LONGEST_CALL = timedelta(seconds=20)
KEPT_FOR = timedelta(days=120)
PERSON = ("U", "W")
"""How the ids of people begin."""


class Outbox:
    """Messages on their way to Slack. Thread-safe."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], cache: FactsCache
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache
        self._owner = claims.new_owner()

    def claim(self, workspace: int, most: int) -> list[Parcel]:
        """Messages to send now, at most one of each channel."""
        now = self._clock()
        with self._db.read() as session:
            due = outbox.next_due(session, workspace)
        if due is None or due > now:
            return []
        with self._db.begin() as session:
            claimed = outbox.claim(session, workspace, self._owner, now, LEASE, most)
        return [kept for parcel in claimed if (kept := self._seen(parcel)) is not None]

    def _seen(self, parcel: Parcel) -> Parcel | None:
        """A message without what its reader may not know (any more); None, and given up, where
        nothing is left of it. It may have waited since before they lost sight of a project.
        """
        tells = recalled(parcel.why) if parcel.channel.startswith(PERSON) else ()
        if not tells:
            return parcel
        with self._db.read() as session:
            facts = self._cache.current(session, parcel.workspace)
        person = facts.by_slack.get(parcel.channel)
        known = [facts.projects.get(one.project) for one in tells]
        left = [
            one
            for one, project in zip(tells, known, strict=True)
            if project is not None and admits(project, person.id if person else None)
        ]
        if len(left) == len(tells):
            return parcel
        if not left:
            self.give_up(parcel, "its reader may not know of it any more", refused=False)
            return None
        message = views.told(left, facts.people)
        return replace(parcel, text=message.text, blocks=tuple(message.blocks))

    def is_in_hand(self, parcel: Parcel) -> bool:
        """Whether there is time enough to send it before it is anybody's again."""
        return self._clock() < parcel.lease_until - LONGEST_CALL

    def begin_anew(self, parcel: Parcel) -> bool:
        """No earlier attempt arrived. False where somebody else took it meanwhile."""
        with self._db.begin() as session:
            return outbox.begin_anew(session, parcel, self._owner, self._clock())

    def sent(self, parcel: Parcel, ts: str, place: str) -> None:
        now = self._clock()
        with self._db.begin() as session:
            outbox.sent(session, parcel, self._owner, ts, place, now)
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

    def give_up(self, parcel: Parcel, why: str, *, refused: bool) -> None:
        """Try it no more; `refused`: whatever is said there, Slack does not take it. What that
        tells of the channel, or of the person, is noted with it.
        """
        now = self._clock()
        with self._db.begin() as session:
            given_up = outbox.give_up(session, parcel, self._owner, why, now, refused=refused)
            if given_up and refused:
                reach.refused(session, self._cache, parcel, why, now)

    def next_due(self, workspace: int) -> datetime | None:
        """When a message is to be sent next; in the past where one waits."""
        with self._db.read() as session:
            return outbox.next_due(session, workspace)

    def waiting(self, workspace: int) -> Waiting:
        with self._db.read() as session:
            return outbox.waiting(session, workspace)

    def sweep(self, workspace: int) -> None:
        """Forget what nobody has edited for so long that nobody will."""
        with self._db.begin() as session:
            outbox.forget(session, workspace, self._clock() - KEPT_FOR)
