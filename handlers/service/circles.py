"""Who is in the private channels of projects, as Slack tells: they see the projects, and who has
left sees them no more.

Where Slack tells nothing, nobody counts as being in there. Somebody who leaves with letters keeps
them; whoever answers for these is told.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.project import PersonHolder, Project
from bot.routing import Event, Happening
from handlers.service import attendance, notices
from handlers.service.facts import FactsCache, WorkspaceFacts
from storage import circles, ledger, schedules
from storage.circles import Watched
from storage.database import Database

FRESH = timedelta(minutes=10)
"""So long it holds what Slack told, where somebody acts in a private channel."""
DOUBTED_AFTER = timedelta(hours=2)
"""So long it holds where Slack does not answer."""


@dataclass(frozen=True, slots=True)
class _Circle:
    """A private channel of projects, in one transaction."""

    session: Session
    facts: WorkspaceFacts
    channel: Watched
    now: datetime


class Circles:
    """Keeps who is in the private channels that projects are bound to; others are left alone."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], cache: FactsCache
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache

    def watched(self, workspace: int) -> tuple[str, ...]:
        """Slack's ids of these channels."""
        with self._db.read() as session:
            return tuple(circles.watched(session, workspace))

    def is_stale(self, workspace: int, slack_id: str) -> bool:
        """Whether it is such a channel, and Slack told of it too long ago."""
        with self._db.read() as session:
            known = circles.watched(session, workspace).get(slack_id)
            return known is not None and not _is_recent(known, self._clock() - FRESH)

    def admits(self, workspace: int, slack_id: str, user: str) -> bool:
        """Whether somebody is in such a channel, as Slack told last. Of others nothing is kept, and
        nothing depends on it.
        """
        with self._db.read() as session:
            if slack_id not in circles.watched(session, workspace):
                return True
            facts = self._cache.current(session, workspace)
            return user in facts.rooms.get(slack_id, frozenset())

    def learned(self, workspace: int, slack_id: str, users: Collection[str]) -> None:
        """Slack told who is in a channel."""
        with self._circle(workspace, slack_id) as circle:
            if circle is not None:
                gone = circle.facts.rooms.get(slack_id, frozenset()) - set(users)
                circles.learned(circle.session, circle.channel.key, users, circle.now)
                _call_in(circle)
                self._tell_of_lost(circle, gone)

    def joined(self, workspace: int, slack_id: str, user: str) -> None:
        with self._circle(workspace, slack_id) as circle:
            if circle is not None:
                circles.joined(circle.session, circle.channel.key, user)
                _call_in(circle)

    def left(self, workspace: int, slack_id: str, user: str) -> None:
        with self._circle(workspace, slack_id) as circle:
            if circle is not None and circles.left(circle.session, circle.channel.key, user):
                self._tell_of_lost(circle, frozenset({user}))

    def unknown(self, workspace: int, slack_id: str, *, is_refused: bool) -> None:
        """Slack does not tell: it refuses to, or (for long enough) does not answer."""
        with self._circle(workspace, slack_id) as circle:
            if circle is None:
                return
            if is_refused or not _is_recent(circle.channel, circle.now - DOUBTED_AFTER):
                circles.forgotten(circle.session, circle.channel.key)

    @contextmanager
    def _circle(self, workspace: int, slack_id: str) -> Iterator[_Circle | None]:
        with self._db.begin() as session:
            ledger.lock(session, workspace)
            channel = circles.watched(session, workspace).get(slack_id)
            if channel is None:
                yield None
                return
            facts = self._cache.current(session, workspace)
            yield _Circle(session, facts, channel, self._clock())

    def _tell_of_lost(self, circle: _Circle, users: Collection[str]) -> None:
        """Tell of those who hold letters in a project that they do not see any more."""
        facts = circle.facts
        people = {facts.by_slack[user].id for user in users if user in facts.by_slack}
        for key in facts.by_channel.get(circle.channel.slack_id, ()) if people else ():
            project = self._cache.project(circle.session, facts, key, circle.now)
            elsewhere = facts.inside(
                one for one in project.own_channels if one != circle.channel.slack_id
            )
            after = replace(project, inside=project.inside - (people - elsewhere))
            lost = [one for one in sorted(people) if not after.visible_to(one)]
            found = [_happening(after, one) for one in lost if _holds(after, one)]
            if project.archived_at is None:
                notices.tell(circle.session, facts, found, after, circle.now)


def _call_in(circle: _Circle) -> None:
    """Who is in a team's channel may be in its standup, too: it is put right next."""
    for key, known in circle.facts.teams.items():
        if circle.channel.slack_id in known.own_channels:
            attending = attendance.attend_key(key)
            schedules.bring_forward(circle.session, [circle.facts.workspace], attending, circle.now)


def turn(
    session: Session,
    cache: FactsCache,
    facts: WorkspaceFacts,
    slack_id: str,
    is_private: bool,
    now: datetime,
) -> None:
    """A channel becomes private, public, or another organisation's too: nobody counts as being in
    there until Slack tells anew, and whoever answers for its projects is told what follows. Called
    before that is written.
    """
    channel = circles.known(session, facts.workspace, slack_id)
    if channel is None:
        return
    circles.forgotten(session, channel.key)
    event = Event.CHANNEL_CLOSED if is_private else Event.CHANNEL_OPENED
    for key in facts.by_channel.get(slack_id, ()):
        project = cache.project(session, facts, key, now)
        was_private = any(one.is_private for one in project.channels if one.slack_id == slack_id)
        turns = was_private is not is_private
        if turns and project.private is not is_private and project.archived_at is None:
            notices.tell(session, facts, [Happening(event, project.id)], project, now)


def _is_recent(channel: Watched, since: datetime) -> bool:
    return channel.members_at is not None and channel.members_at >= since


def _holds(project: Project, person: int) -> bool:
    return any(
        held.holder == PersonHolder(person) for item in project.items for held in item.assignments
    )


def _happening(project: Project, person: int) -> Happening:
    return Happening(Event.OUT_OF_SIGHT, project.id, concerned=(person,))
