"""What Slack tells of its channels: other names, and those that are gone or back.

Ids are kept, so that a rename breaks nothing. While a channel is gone, what is told there rests;
who looks after its projects is told once. When it is back all goes on, and nothing is caught up
with.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.channels import Gone
from bot.people import Actor, Surface
from bot.project import Project
from bot.routing import Event, Happening
from handlers.service import notices
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.views import channels as views
from storage import briefs, digests, export_plans, ledger, outbox, projects, standups
from storage.database import Database, plainly
from storage.ledger import Book
from storage.tables import BindingRow, ChannelRow, columns

_CHANNEL = columns(ChannelRow)
_BOUND = columns(BindingRow)


class Channels:
    """Keeps what Slack tells of channels that Charter has met; others are left alone."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], cache: FactsCache
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache

    def renamed(self, workspace: int, slack_id: str, name: str) -> None:
        with self._db.begin() as session:
            change(session, _told(workspace), slack_id, {"name": name}, self._clock())

    def gone(self, workspace: int, slack_id: str, why: Gone) -> None:
        """A channel that cannot be posted in any more; who has to know is told once."""
        with self._db.begin() as session:
            leave(session, self._cache, _told(workspace), slack_id, why, self._clock())

    def back(self, workspace: int, slack_id: str) -> None:
        """A channel that can be posted in again."""
        with self._db.begin() as session:
            open_again = {"gone_since": None, "gone_why": ""}
            change(session, _told(workspace), slack_id, open_again, self._clock())


def _told(workspace: int) -> Actor:
    return Actor(workspace, None, Surface.EVENT, is_admin=True)


def change(
    session: Session, actor: Actor, slack_id: str, says: Mapping[str, Any], now: datetime
) -> bool:
    """Write what is so of a channel; False where it was so, or Charter has not met it."""
    now = ledger.not_before(session, ledger.lock(session, actor.workspace), now)
    row = _known(session, actor.workspace, slack_id)
    after = {name: value for name, value in says.items() if row is not None and row[name] != value}
    if row is None or not after:
        return False
    with ledger.opened(session, actor, now) as book:
        book.update(
            "ChannelChanged", ChannelRow, row["id"], after, {one: row[one] for one in after}
        )
        if "name" in after:
            _name_anew(book, row["id"], after)
    return True


def _known(session: Session, workspace: int, slack_id: str) -> Any:
    wanted = select(*_CHANNEL).where(
        _CHANNEL.workspace_id == workspace, _CHANNEL.slack_id == slack_id
    )
    return plainly(session).execute(wanted).mappings().first()


def _name_anew(book: Book, channel: int, after: Mapping[str, Any]) -> None:
    """The projects bound to a channel move with its name, for their snapshots hold it."""
    for project in _projects(book.session, channel):
        book.note("ChannelNamed", after, "", project=project)


def _projects(session: Session, channel: int) -> list[int]:
    bound = select(_BOUND.project_id).where(_BOUND.channel_id == channel, _BOUND.until.is_(None))
    return list(plainly(session).execute(bound).scalars())


def leave(
    session: Session, cache: FactsCache, actor: Actor, slack_id: str, why: Gone, now: datetime
) -> None:
    """Mark a channel as gone, and tell those who look after what rests by it."""
    row = _known(session, actor.workspace, slack_id)
    if row is None or row["gone_since"] is not None:
        return
    facts = cache.current(session, actor.workspace)
    if not change(session, actor, slack_id, {"gone_since": now, "gone_why": why.value}, now):
        return
    event = Event.CHANNEL_RESTS if why is Gone.ARCHIVED else Event.CHANNEL_GONE
    note = "" if row["is_private"] else f"#{row['name']}"
    read = projects.read(session, _projects(session, row["id"]), now)
    live = [one.project for one in read.values() if one.project.archived_at is None]
    bound = [project for project in live if project.group is None]
    for project in bound:
        notices.tell(session, facts, [Happening(event, project.id, note=note)], project, now)
    teams = [project for project in live if project.group is not None]
    _tell_of_teams(session, facts, row, teams, why, now)
    if not bound:
        _tell_setters(session, facts, row, why, now)


def _tell_of_teams(
    session: Session,
    facts: WorkspaceFacts,
    row: Any,
    teams: Sequence[Project],
    why: Gone,
    now: datetime,
) -> None:
    """Who set the standup of a user group, for which nobody answers."""
    standing = standups.standing_in(session, [team.id for team in teams])
    for team in teams:
        setter = facts.people.get(standing[team.id].set_by or 0) if team.id in standing else None
        if setter is None or not setter.active or not setter.slack_id:
            continue
        message = views.gone_of_team(team.name, row["name"], why)
        outbox.say(
            session,
            facts.workspace,
            f"channel/{row['id']}/{why}/{now.isoformat()}/{team.id}",
            setter.slack_id,
            message.text,
            message.blocks,
            now,
            about=f"channel/{row['id']}",
            confidential=team.private,
        )


def _tell_setters(
    session: Session, facts: WorkspaceFacts, row: Any, why: Gone, now: datetime
) -> None:
    """Who set a digest or a brief of all projects, which no project's Accountable answers for."""
    for setter, rests in _set_in(session, facts, row["slack_id"]).items():
        person = facts.people.get(setter)
        if person is None or not person.active or not person.slack_id:
            continue
        message = views.gone(row["name"], why, rests)
        outbox.say(
            session,
            facts.workspace,
            f"channel/{row['id']}/{why}/{now.isoformat()}/{setter}",
            person.slack_id,
            message.text,
            message.blocks,
            now,
            about=f"channel/{row['id']}",
        )


def _set_in(session: Session, facts: WorkspaceFacts, channel: str) -> dict[int, list[str]]:
    """What comes to a channel by itself, by who set it."""
    found: dict[int, list[str]] = {}
    files = export_plans.there(session, facts.workspace, channel, None)
    for kind, standing in (
        ("digest", digests.of_channel(session, facts.workspace, channel)),
        ("brief", briefs.of_channel(session, facts.workspace, channel)),
        *(("file", one) for one in files),
    ):
        if standing is not None and standing.set_by is not None:
            known = found.setdefault(standing.set_by, [])
            known += [kind] if kind not in known else []
    return found
