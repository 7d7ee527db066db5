"""Whose Home is another now, and has to be drawn anew: of those who have opened it lately."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import structlog
from sqlmodel import Session

from bot.home import HomePage, Seen, Stirred, Turned
from bot.outcome import Place
from bot.people import Actor, Person, Surface
from bot.sight import seen
from handlers.service.facts import FactsCache, WorkspaceFacts
from storage import claims, directory, homes
from storage.database import Database
from storage.homes import Visit

__all__ = ["LONGEST_WAIT", "Homes", "Visit"]

log = structlog.get_logger("charter.homes")

KEPT_FOR = timedelta(days=30)
"""Whoever has not opened Home for so long is not told of changes until they open it again."""
PACE = timedelta(seconds=5)
"""The least time between two Homes of one person: what happens meanwhile is drawn together."""
LEASE = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
"""So long at most a Home waits for Slack, whatever that asks for."""
SKEW = timedelta(minutes=1)
"""By so much clocks may differ, and nothing is wrong."""
LOOKED_THROUGH_EVERY = timedelta(minutes=5)
"""How often is looked for what waits only because a clock was wrong."""
NOWHERE = Place()

View = Mapping[str, Any]


class Homes:
    """Remembers who has opened Home, and finds whom a change touches. Thread-safe."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        admins: frozenset[str],
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache
        self._admins = admins
        self._owner = claims.new_owner()
        self._looked_through: dict[int, datetime] = {}

    def opened(self, actor: Actor, user: str, page: HomePage, view: View, mark: str) -> None:
        """Somebody has opened their Home, and was shown this; `mark` is Slack's of it."""
        assert actor.person is not None
        now = self._clock()
        row: dict[str, Any] = {
            "person_id": actor.person.id,
            "opened_at": now,
            "shown_at": now,
            "leans": sorted(page.leans),
            "turned": asdict(page.turned),
            "digest": digest(view),
            "hash": mark,
        }
        with self._db.begin() as session:
            if homes.looked(session, actor.workspace).seen_revision > page.revision:
                row["due_at"] = now + PACE  # what happened since was looked at without them
            homes.opened(session, actor.workspace, user, row)

    def spoiled(self, workspace: int, user: str) -> None:
        """Something else than their Home was shown to somebody: they get it once that works."""
        with self._db.begin() as session:
            homes.spoil(session, workspace, user, self._clock() + PACE)

    def look(self, workspace: int) -> None:
        """Find whom touches what has happened since the last look, and call for their Homes."""
        self._look_through(workspace)
        with self._db.read() as session:
            if not homes.looked(session, workspace).is_behind:
                return
        with self._db.begin() as session:
            since = homes.looked(session, workspace)
            if not homes.move_on(session, workspace, since):
                return
            facts = self._cache.current(session, workspace)
            now = self._clock()
            opened = homes.opened_since(session, workspace, now - KEPT_FOR)
            if not opened:
                return
            stirred = replace(
                homes.stirred(session, workspace, since.seen_revision),
                rooms=since.circles != since.seen_circles,
            )
            touched = [one for one in opened if self._touches(stirred, one[0], facts, now)]
            rested = {one.id for one, shown_at in touched if shown_at + PACE <= now}
            homes.call_for(session, rested, now)
            homes.call_for(session, {one.id for one, _ in touched} - rested, now + PACE)

    def _look_through(self, workspace: int) -> None:
        """Let none wait for a clock that was put back, here or where somebody died."""
        now, last = self._clock(), self._looked_through.get(workspace)
        if last is not None and timedelta() <= now - last < LOOKED_THROUGH_EVERY:
            return
        with self._db.begin() as session:
            longest, lease = LONGEST_WAIT + SKEW, LEASE + SKEW
            number = homes.bring_forward(session, workspace, now, longest, lease)
        self._looked_through[workspace] = now
        if number:
            log.warning("homes_brought_forward", number=number)

    def _touches(self, stirred: Stirred, home: Seen, facts: WorkspaceFacts, now: datetime) -> bool:
        person = facts.people.get(home.person)
        if person is None:
            return True  # they are gone: whoever is to draw it sees that
        return stirred.touches(
            home,
            {key for key in stirred.relisted if _sees(facts, key, person, now)},
            is_admin=self._is_admin(person, home.slack_id),
            in_rooms=any(facts.projects[key].private for key in home.leans if key in facts.projects)
            or any(home.slack_id in room for room in facts.rooms.values()),
        )

    def _is_admin(self, person: Person, slack_id: str) -> bool:
        return person.is_admin or slack_id in self._admins

    def claim(self, workspace: int, most: int) -> list[Visit]:
        """Homes to draw anew now; none while Charter is held."""
        now = self._clock()
        with self._db.read() as session:
            due = homes.next_due(session, workspace)
            if due is None or due > now or directory.held_since(session, workspace) is not None:
                return []
        with self._db.begin() as session:
            return homes.claim(session, workspace, self._owner, now, now + LEASE, most)

    def visitor(self, workspace: int, visit: Visit) -> Actor | None:
        """Whose Home it is; None where nobody is there any more to look at it."""
        with self._db.read() as session:
            person = self._cache.current(session, workspace).by_slack.get(visit.slack_id)
        if person is None or not person.active:
            return None
        is_admin = self._is_admin(person, visit.slack_id)
        return Actor(workspace, person, Surface.EVENT, is_admin)

    def unchanged(self, visit: Visit, page: HomePage) -> None:
        """It says what it said before."""
        with self._db.begin() as session:
            homes.drawn(session, visit, self._owner, page.leans)

    def drawn(self, visit: Visit, page: HomePage, view: View, mark: str) -> None:
        """It was drawn anew; `mark` is Slack's of it."""
        with self._db.begin() as session:
            told = {"digest": digest(view), "hash": mark, "turned": asdict(page.turned)}
            now = self._clock()
            homes.drawn(session, visit, self._owner, page.leans, shown_at=now, **told)

    def later(self, visit: Visit, wait: timedelta) -> None:
        """It could not be drawn now."""
        with self._db.begin() as session:
            at = self._clock() + min(wait, LONGEST_WAIT)
            homes.later(session, visit, self._owner, at)

    def forget(self, visit: Visit) -> None:
        """Nobody looks at it any more."""
        with self._db.begin() as session:
            homes.forget(session, [visit.id])

    def next_due(self, workspace: int) -> datetime | None:
        """When a Home is to be drawn next; in the past where one waits."""
        with self._db.read() as session:
            if directory.held_since(session, workspace) is not None:
                return None
            if homes.looked(session, workspace).is_behind:
                return self._clock()
            return homes.next_due(session, workspace)

    def sweep(self, workspace: int) -> None:
        """Forget those who do not open Home any more."""
        with self._db.begin() as session:
            homes.forget_before(session, workspace, self._clock() - KEPT_FOR)


def digest(view: View) -> str:
    """What tells one Home from another, whoever drew it."""
    return sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()


def turned(visit: Visit) -> Turned:
    return Turned(**visit.turned)


def call_for(session: Session, workspace: int, people: set[int], now: datetime) -> None:
    """Something happened that the record does not hold, and that stands on these people's Home."""
    homes.call_for_people(session, workspace, people, now)


def _sees(facts: WorkspaceFacts, key: int, person: Person, now: datetime) -> bool:
    known = facts.projects.get(key)
    return known is not None and bool(seen(known, person.id, NOWHERE, now))
