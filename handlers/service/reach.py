"""Whom and what Charter can reach, learned from how its messages fare.

A channel that Slack refuses is gone. Somebody whom Slack lets it write no direct message is
mentioned once in a channel of theirs, with no word of what the message was, and whoever answers for
the standups in which they are hears of it once. Both are recorded, and over with the first message
that arrives, or as soon as they turn to Charter themselves.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from bot.channels import REFUSALS
from bot.people import Actor, Surface
from bot.routing import Event, Happening
from handlers.service import attendance, channels, notices, rounds
from handlers.service.facts import FactsCache
from handlers.service.timers import Shift
from handlers.views import reach as views
from storage import directory, ledger, outbox, schedules
from storage.database import plainly
from storage.outbox import Parcel
from storage.tables import (
    AssignmentRow,
    BindingRow,
    ChannelRow,
    Identity,
    OutboxRow,
    PersonRow,
    columns,
    table_of,
)

PERSON = ("U", "W")
UNREACHABLE = frozenset(
    {
        *("cannot_dm", "cannot_dm_bot", "channel_not_found", "is_archived", "not_in_channel"),
        *("messages_tab_disabled", "restricted_action", "user_disabled", "user_not_found"),
    }
)
"""Slack's reasons not to bring a direct message."""
LEFT = frozenset({"user_disabled", "user_not_found"})
"""Those of somebody whom a mention would not reach either."""

_PERSON = columns(PersonRow)
_NAME = columns(Identity)
_BOUND = columns(BindingRow)
_CHANNEL = columns(ChannelRow)
_LETTER = columns(AssignmentRow)
_SAID = columns(OutboxRow)


def refused(session: Session, cache: FactsCache, parcel: Parcel, why: str, now: datetime) -> None:
    """Slack did not take a message, and never will."""
    if parcel.channel.startswith(PERSON):
        if why in UNREACHABLE:
            _unreachable(session, cache, parcel, why, now)
    elif why in REFUSALS:
        channels.leave(session, cache, _clockwork(parcel), parcel.channel, REFUSALS[why], now)


def arrived(session: Session, parcel: Parcel, now: datetime) -> None:
    """A message stands: whoever, or whatever, it went to can be reached (again)."""
    if parcel.channel.startswith(PERSON):
        _mark(session, _clockwork(parcel), parcel.channel, None, "a message arrived", now)
        return
    place = directory.place(session, parcel.workspace, parcel.channel)
    if place is not None and place.gone is not None:
        open_again = {"gone_since": None, "gone_why": ""}
        channels.change(session, _clockwork(parcel), parcel.channel, open_again, now)


def heard_from(session: Session, actor: Actor, now: datetime) -> None:
    """Somebody wrote to Charter, or opened its Home: Slack lets it write to them from now on."""
    if actor.person is not None and actor.person.is_unreachable:
        slack_id = actor.person.slack_id or ""
        _mark(session, actor, slack_id, None, "they turned to Charter", now)


def _clockwork(parcel: Parcel) -> Actor:
    return Actor(parcel.workspace, None, Surface.CLOCK, is_admin=False)


def _mark(
    session: Session,
    actor: Actor,
    slack_id: str,
    since: datetime | None,
    reason: str,
    now: datetime,
) -> int | None:
    """Note since when somebody cannot be written to, or that they can; gives who that is where it
    was otherwise before.
    """
    wanted = (
        select(_PERSON.id, _PERSON.unreachable_since)
        .join_from(table_of(Identity), table_of(PersonRow), _PERSON.id == _NAME.person_id)
        .where(
            _NAME.workspace_id == actor.workspace,
            _NAME.kind == "slack",
            _NAME.value == slack_id,
            _PERSON.unreachable_since.is_(None)
            if since
            else _PERSON.unreachable_since.is_not(None),
        )
    )
    row = plainly(session).execute(wanted).first()
    if row is None:
        return None
    with ledger.opened(session, actor, now) as book:
        after, before = {"unreachable_since": since}, {"unreachable_since": row.unreachable_since}
        book.update("PersonReached", PersonRow, row.id, after, before, reason=reason)
    return int(row.id)


def _unreachable(
    session: Session, cache: FactsCache, parcel: Parcel, why: str, now: datetime
) -> None:
    person = _mark(session, _clockwork(parcel), parcel.channel, now, why, now)
    if person is None or why in LEFT:
        return
    _tell_of_standups(session, cache, parcel, person, now)
    channel = _channel_of(session, person)
    if channel is None:
        return
    message = views.unreachable(parcel.channel)
    outbox.say(
        session,
        parcel.workspace,
        f"unreachable/{person}/{now.isoformat()}",
        channel,
        message.text,
        message.blocks,
        now,
        thread_ts=_last_said(session, parcel.workspace, channel),
        about=f"person/{person}",
    )


def _tell_of_standups(
    session: Session, cache: FactsCache, parcel: Parcel, person: int, now: datetime
) -> None:
    """Tell whoever answers for the standups in which somebody is that nobody can ask them."""
    facts = cache.current(session, parcel.workspace)
    for key in schedules.subjects(session, parcel.workspace, attendance.ASK, person):
        if facts.known(key) is None:
            continue
        project = cache.project(session, facts, key, now)
        if project.group is None:
            lost = Happening(Event.OUT_OF_REACH, key, concerned=(person,))
            notices.tell(session, facts, [lost], project, now)
            continue
        current = rounds.at(Shift(session, now, facts, cache), project)
        for account in current.answerable() if current is not None else ():
            said = views.not_asked(facts.people[person].name, project.name)
            about = f"unreachable/{person}/{now.isoformat()}/{key}/{account}"
            if current is not None and account != parcel.channel:
                current.say(about, account, said)


def _channel_of(session: Session, person: int) -> str | None:
    """A channel of a project in which somebody holds a letter, of those that can be posted in."""
    holds = select(_LETTER.project_id).where(_LETTER.person_id == person, _LETTER.until.is_(None))
    wanted = (
        select(func.min(_CHANNEL.slack_id))
        .join_from(table_of(BindingRow), table_of(ChannelRow), _CHANNEL.id == _BOUND.channel_id)
        .where(
            _BOUND.project_id.in_(holds),
            _BOUND.until.is_(None),
            _CHANNEL.slack_id.is_not(None),
            _CHANNEL.gone_since.is_(None),
            _CHANNEL.is_shared.is_(False),
        )
    )
    found: str | None = plainly(session).execute(wanted).scalar()
    return found


def _last_said(session: Session, workspace: int, channel: str) -> str | None:
    """The latest message of Charter's own in a channel: what is said goes into its thread."""
    wanted = (
        select(_SAID.ts)
        .where(
            _SAID.workspace_id == workspace,
            _SAID.channel == channel,
            _SAID.ts.is_not(None),
            _SAID.thread_ts.is_(None),
            _SAID.under.is_(None),
        )
        .order_by(_SAID.sent_at.desc())
        .limit(1)
    )
    found: str | None = plainly(session).execute(wanted).scalar()
    return found
