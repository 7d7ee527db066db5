"""What `doctor` says of the database."""

import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlmodel import Session, col, select

from bot.channels import Gone
from bot.errors import CharterError
from bot.lateness import Downtime, Missed
from bot.outcome import Finding
from bot.setting_values import CONNECTIONS
from bot.undelivered import Held
from handlers.service import attendance, kinds, undelivered
from handlers.service.records import is_no_database, named, shown
from storage import audit, installations, migrate, outbox, uptimes
from storage.database import Database, room
from storage.migrate import Schema
from storage.tables import (
    BriefPlanRow,
    ChannelRow,
    DigestPlanRow,
    ExportPlanRow,
    PersonRow,
    ProjectRow,
    Workspace,
)

CHECK = "Check DATABASE_URL, and that the server runs and lets this user in."
BEGIN = (
    "Run `app.py migrate` (starting Charter does it too). What the playground keeps is there with "
    "`--database sqlite:///var/playground.db`."
)
MIGRATE = "Run `app.py migrate` (starting Charter does it too)."
APART = 1
"""Connections of a replica besides those of `CHARTER_DATABASE_CONNECTIONS`: of the process that
makes large workbooks.
"""
SPARE = 10
"""Connections for commands, and for superusers, whom the server keeps some."""
FEW = (
    "Two replicas do not fit: set PostgreSQL's max_connections to {} or more, or "
    "CHARTER_DATABASE_CONNECTIONS to less."
)
UNREACHABLE = "Ask them to write to Charter once, or to open its Home tab."
GONE = {
    Gone.ARCHIVED: "Unarchive the channel, or bind its projects to another one.",
    Gone.DELETED: "Bind its projects to another channel.",
    Gone.REMOVED: "Invite Charter to the channel, or bind its projects to another one.",
}
SHARED = "is shared with another organisation, so what was to come there by itself rests"
UNSHARE = "Set that in another channel, or end the sharing."
MISSED = "Nothing is caught up with; what is due next comes. Let Charter run without long breaks."
AWAITED = {
    attendance.ASK: ("question of a standup", "questions of standups"),
    attendance.REPORT: ("report", "reports"),
    kinds.REMINDER: ("reminder", "reminders"),
    kinds.DIGEST: ("digest", "digests"),
    kinds.OWN_DIGEST: ("digest of one's own", "digests of people's own"),
    kinds.BRIEF: ("brief", "briefs"),
    kinds.EXPORT: ("file that comes by itself", "files that come by themselves"),
}
SCHEMAS = {
    Schema.NONE: ("holds nothing yet", MIGRATE),
    Schema.OLDER: ("has an older schema", MIGRATE),
    Schema.NEWER: ("belongs to a newer Charter", "Update Charter, or set DATABASE_URL anew."),
}


def of_database(url: str, now: datetime, connections: int = CONNECTIONS) -> list[Finding]:
    """Whether it answers, lets in as many as each replica may ask for, has the newest schema, and
    keeps an unbroken record. Writes nothing.

    Raises `BadSettings` for a URL that names no database.
    """
    parsed = named(url)
    where = shown(parsed)
    if parsed.get_backend_name() == "sqlite" and not os.path.exists(parsed.database or ""):
        return [Finding(f"database: {where} is not there yet", is_well=False, mend=BEGIN)]
    database = Database(url)
    try:
        database.answers()
        if (state := migrate.schema(database)) is not Schema.CURRENT:
            what, mend = SCHEMAS[state]
            return [Finding(f"database: {where} {what}", is_well=False, mend=mend)]
        with database.read() as session:
            return [
                Finding(f"database: {where}"),
                *_room(room(session), connections),
                *_contents(session, now),
            ]
    except DatabaseError as error:
        what = "is no SQLite database" if is_no_database(error) else "does not answer"
        return [Finding(f"database: {where} {what}", is_well=False, mend=CHECK)]
    except (CharterError, SQLAlchemyError):
        return [Finding(f"database: {where} does not answer", is_well=False, mend=CHECK)]
    finally:
        database.close()


def _room(lets_in: int | None, connections: int) -> Iterator[Finding]:
    """Whether a PostgreSQL server lets in what replicas may ask for."""
    if lets_in is None:
        return
    each = connections + APART
    what = f"connections: the server lets in {lets_in}, and a replica takes up to {each}"
    fits = lets_in // each
    yield Finding(what, is_well=fits > 0, mend="" if fits > 1 else FEW.format(2 * each + SPARE))


def _contents(session: Session, now: datetime) -> list[Finding]:
    rows = session.exec(select(Workspace).where(col(Workspace.deleted_at).is_(None))).all()
    found = [
        finding
        for row in rows
        for finding in (
            _workspace(session, row),
            *_hold(session, row),
            *_outbox(session, row),
            *_clock(session, row, now),
            *_reach(session, row),
        )
    ]
    if not found:
        mend = "Connect Slack, or load a workspace document with `app.py load FILE`."
        found = [Finding("workspaces: none yet", mend=mend)]
    verified = audit.verify(session)
    if verified.faults:
        mend = "Run `app.py audit verify` to see which lines, and compare with a backup."
        what = f"record: {len(verified.faults)} of {verified.lines} lines do not stand"
        return [*found, Finding(what, is_well=False, mend=mend)]
    return [*found, Finding(f"record: {verified.lines} lines, the chain is whole")]


def _workspace(session: Session, row: Workspace) -> Finding:
    mine = ProjectRow.workspace_id == row.id
    projects = _count(session, mine, col(ProjectRow.group_id).is_(None))
    people = _count(session, PersonRow.workspace_id == row.id)
    team = f"Slack team {row.team_id}" if row.team_id else "not connected to Slack yet"
    return Finding(f"workspace {row.id}: {projects} projects, {people} people, {team}")


def _hold(session: Session, row: Workspace) -> Iterator[Finding]:
    """Whether the clock is held since Charter was taken away. Among many workspaces some go: that
    is nothing to mend.
    """
    assert row.id is not None
    if gone := installations.gone_at(session, row.id):
        yield Finding(f"Charter was taken away there on {gone:%Y-%m-%d}: its data goes in time")
    elif row.held_since is not None:
        what = f"nothing is sent by the clock since {row.held_since:%Y-%m-%d %H:%M} UTC"
        mend = "Charter was removed from Slack then: an admin says /charter resume there."
        yield Finding(what, is_well=False, mend=mend)


def _outbox(session: Session, row: Workspace) -> Iterator[Finding]:
    """Messages on their way to Slack, and those that were given up."""
    assert row.id is not None
    standing = outbox.waiting(session, row.id)
    if standing.waiting:
        yield Finding(f"outbox {row.id}: {standing.waiting} on their way to Slack")
    for what, mend in _held(undelivered.given_up(session, row.id)):
        yield Finding(f"outbox {row.id}: {what}", is_well=False, mend=mend)


def _held(given_up: Sequence[Held]) -> Iterator[tuple[str, str]]:
    """What was given up, and what to do about it."""
    for held in given_up:
        number = len(held.numbers)
        messages = "1 message" if number == 1 else f"{number} messages"
        given = "was given up" if number == 1 else "were given up"
        what = f"{messages} to {held.place} {given} since {_minute(held.since)} ({held.why})"
        yield what, f"{held.mend} Then an admin says /charter outbox retry all."


def _clock(session: Session, row: Workspace, now: datetime) -> Iterator[Finding]:
    """What was found too late, lately."""
    assert row.id is not None
    for what in _missed(uptimes.missed(session, row.id, now)):
        yield Finding(f"clock {row.id}: {what}", is_well=False, mend=MISSED)


def _missed(missed: Sequence[Missed]) -> Iterator[str]:
    """How much, by what kept it."""
    found: dict[Downtime | None, Counter[str]] = defaultdict(Counter)
    for one in missed:
        found[one.down][one.kind] += 1
    for down, many in found.items():
        what = ", ".join(
            f"{many[kind]} {single if many[kind] == 1 else plural}"
            for kind, (single, plural) in AWAITED.items()
            if many[kind]
        )
        why = f"down from {_minute(down.since)} to {_minute(down.until)}" if down else "see the log"
        yield f"missed {what} ({why})"


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _reach(session: Session, row: Workspace) -> Iterator[Finding]:
    """Whom Charter cannot write to, and which channels it cannot post in."""
    for name, since in session.exec(_unreachable(row.id)):
        what = f"people {row.id}: Slack lets Charter write no direct messages to {name}"
        yield Finding(f"{what} since {since:%Y-%m-%d}", is_well=False, mend=UNREACHABLE)
    for gone in session.exec(_gone(row.id)):
        what = f"channels {row.id}: #{gone.name} is {gone.gone_why}"
        mend = GONE[Gone(gone.gone_why)]
        yield Finding(f"{what} since {gone.gone_since:%Y-%m-%d}", is_well=False, mend=mend)
    for channel in session.exec(_shared(row.id)):
        what = f"channels {row.id}: #{channel.name} {SHARED}"
        yield Finding(what, is_well=False, mend=UNSHARE)


def of_workspace(
    session: Session,
    workspace: int,
    given_up: Sequence[Held],
    seen: Collection[str],
    now: datetime,
) -> tuple[Finding, ...]:
    """What of one workspace is not as it should be, for an admin: the messages that were given up
    of which they may know, and the rest; `seen` are Slack's ids of the private channels that they
    know of.
    """
    return (
        *(Finding(what, is_well=False, mend=mend) for what, mend in _held(given_up)),
        *_missed_in(session, workspace, seen, now),
        *_reach_in(session, workspace, seen),
    )


def _missed_in(
    session: Session, workspace: int, seen: Collection[str], now: datetime
) -> Iterator[Finding]:
    """What was found too late, lately, but for what is private, or somebody's own."""
    missed = uptimes.missed(session, workspace, now)
    if not missed:
        return
    open_ones = session.exec(
        select(ProjectRow.id).where(
            ProjectRow.workspace_id == workspace, col(ProjectRow.private).is_(False)
        )
    )
    standups = frozenset(open_ones)
    known = {
        attendance.ASK: standups,
        attendance.REPORT: standups,
        kinds.DIGEST: _told_in(session, DigestPlanRow, workspace, seen),
        kinds.BRIEF: _told_in(session, BriefPlanRow, workspace, seen),
        kinds.EXPORT: _told_in(session, ExportPlanRow, workspace, seen),
    }
    open_to_all = [one for one in missed if one.subject in known.get(one.kind, ())]
    for what in _missed(open_to_all):
        yield Finding(f"I {what}", is_well=False, mend=MISSED)


def _told_in(
    session: Session,
    plans: type[DigestPlanRow] | type[BriefPlanRow] | type[ExportPlanRow],
    workspace: int,
    seen: Collection[str],
) -> frozenset[int | None]:
    """The plans of channels that somebody knows of who knows of these private ones."""
    there = (col(ChannelRow.workspace_id) == plans.workspace_id) & (
        col(ChannelRow.slack_id) == plans.channel
    )
    shown = col(ChannelRow.is_private).is_(False) | col(ChannelRow.slack_id).in_(seen)
    wanted = select(plans.id).join(ChannelRow, there)
    return frozenset(session.exec(wanted.where(plans.workspace_id == workspace, shown)))


def _reach_in(session: Session, workspace: int, seen: Collection[str]) -> Iterator[Finding]:
    for name, since in session.exec(_unreachable(workspace)):
        what = f"Slack lets me write no direct messages to {name} since {since:%Y-%m-%d}"
        yield Finding(what, is_well=False, mend=UNREACHABLE)
    for channel in session.exec(_gone(workspace)):
        if not channel.is_private or channel.slack_id in seen:
            what = f"#{channel.name} is {channel.gone_why} since {channel.gone_since:%Y-%m-%d}"
            yield Finding(what, is_well=False, mend=GONE[Gone(channel.gone_why)])
    for channel in session.exec(_shared(workspace)):
        if not channel.is_private or channel.slack_id in seen:
            yield Finding(f"#{channel.name} {SHARED}", is_well=False, mend=UNSHARE)


def _unreachable(workspace: int | None) -> Any:
    return (
        select(PersonRow.name, PersonRow.unreachable_since)
        .where(PersonRow.workspace_id == workspace, col(PersonRow.unreachable_since).is_not(None))
        .order_by(col(PersonRow.id))
    )


def _gone(workspace: int | None) -> Any:
    return (
        select(ChannelRow)
        .where(ChannelRow.workspace_id == workspace, col(ChannelRow.gone_since).is_not(None))
        .order_by(col(ChannelRow.id))
    )


def _shared(workspace: int | None) -> Any:
    """The channels that another organisation reads, to which something was to come by itself."""
    plans = (DigestPlanRow, BriefPlanRow, ExportPlanRow)
    comes = (
        col(ChannelRow.slack_id).in_(
            select(plan.channel).where(plan.workspace_id == workspace, col(plan.until).is_(None))
        )
        for plan in plans
    )
    return (
        select(ChannelRow)
        .where(
            ChannelRow.workspace_id == workspace,
            col(ChannelRow.is_shared).is_(True),
            col(ChannelRow.gone_since).is_(None),
            or_(*comes),
        )
        .order_by(col(ChannelRow.id))
    )


def _count(session: Session, *where: bool | ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).where(*where)).one()
