"""The rows of who may do what, and of what holds for the whole workspace."""

from collections.abc import Mapping

from sqlalchemy import delete, update

from bot.changes import (
    AccessChange,
    GlassBroken,
    GrantChanged,
    HoldChanged,
    MessagesRetried,
    PrivacyChanged,
    SettingChanged,
    SharedChannelOpened,
    TitlesAllowed,
)
from storage import outbox
from storage.database import plainly
from storage.statements import adding, ending, setting
from storage.tables import (
    ChannelRow,
    GlassRow,
    GrantRow,
    MemberRow,
    ProjectRow,
    SettingRow,
    Workspace,
    columns,
    table_of,
)
from storage.writing.pen import Pen


def write(pen: Pen, change: AccessChange) -> int | None:
    """Gives the project, where it is about one."""
    plain = plainly(pen.session)
    match change:
        case GrantChanged():
            _grant(pen, change)
            return change.project
        case PrivacyChanged():
            values = {"of": change.project, "private": change.private}
            plain.execute(setting(ProjectRow, "private"), values)
            if change.key:
                plain.execute(setting(ProjectRow, "key"), {"of": change.project, "key": change.key})
            return change.project
        case TitlesAllowed():
            shown = {"of": change.project, "shows_titles": change.allowed}
            plain.execute(setting(ProjectRow, "shows_titles"), shown)
            return change.project
        case GlassBroken():
            looks = {"project_id": change.project, "person_id": change.person}
            row = {**looks, "reason": change.reason, "since": pen.now, "until": change.until}
            plain.execute(adding(GlassRow), {**row, **pen.recorded()})
            return change.project
        case SettingChanged():
            where = {"workspace_id": pen.workspace_id, "name": change.name}
            _end(pen, SettingRow, where)
            row = {**where, "value": str(change.after), "since": pen.now}
            plain.execute(adding(SettingRow), {**row, **pen.recorded()})
        case SharedChannelOpened():
            _open(pen, change)
        case HoldChanged():
            since = {"of": pen.workspace_id, "held_since": change.after}
            plain.execute(setting(Workspace, "held_since"), since)
        case MessagesRetried():
            outbox.retry(pen.session, pen.workspace_id, change.messages, pen.now)
    return None


def _grant(pen: Pen, change: GrantChanged) -> None:
    """A role takes the place of a membership, and of an earlier role."""
    plain = plainly(pen.session)
    where = {"project_id": change.project, "person_id": change.person}
    member = columns(MemberRow)
    plain.execute(
        delete(table_of(MemberRow)).where(
            member.project_id == change.project, member.person_id == change.person
        )
    )
    _end(pen, GrantRow, where)
    if change.after is not None:
        row = {**where, "role": change.after.value, "since": pen.now, **pen.recorded()}
        plain.execute(adding(GrantRow), row)


def _end(pen: Pen, model: type[GrantRow | SettingRow], where: Mapping[str, object]) -> None:
    ended = {f"of_{name}": value for name, value in where.items()}
    plainly(pen.session).execute(ending(model, *where), {**ended, "now": pen.now})


def _open(pen: Pen, change: SharedChannelOpened) -> None:
    channel = columns(ChannelRow)
    own = (
        channel.workspace_id == pen.workspace_id,
        channel.slack_id == change.channel.slack_id,
    )
    opened = update(table_of(ChannelRow)).where(*own).values(lets_strangers_ask=change.opened)
    plainly(pen.session).execute(opened)
