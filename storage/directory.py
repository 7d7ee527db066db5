"""What the index of names is built from, and which projects moved since it was."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, or_, select
from sqlmodel import Session, col

from bot.project import Letter
from bot.stages import LadderStage
from storage.columns import UtcDateTime
from storage.tables import (
    AliasRow,
    AssignmentRow,
    AuditRow,
    BindingRow,
    ChannelRow,
    ItemRow,
    LadderRow,
    MemberRow,
    ProjectRow,
    Workspace,
)

_WORKSPACE: BindParameter[Any] = bindparam("workspace")
_REVISION = select(col(Workspace.revision)).where(col(Workspace.id) == _WORKSPACE)
_LADDER = (
    select(
        col(LadderRow.key), col(LadderRow.title), col(LadderRow.question), col(LadderRow.aliases)
    )
    .where(col(LadderRow.workspace_id) == _WORKSPACE)
    .order_by(col(LadderRow.position))
)
_MOVED = (
    select(
        col(ProjectRow.id),
        col(ProjectRow.key),
        col(ProjectRow.name),
        col(ProjectRow.lead_id),
        col(ProjectRow.private),
        col(ProjectRow.archived_at),
        col(ProjectRow.version),
    )
    .where(
        col(ProjectRow.workspace_id) == _WORKSPACE,
        col(ProjectRow.revision) > bindparam("revision"),
    )
    .order_by(col(ProjectRow.id))
)


@dataclass(slots=True)
class Entry:
    """One project's names, and who may see it; `items` are (key, kind, title, aliases)."""

    id: int
    key: str
    name: str
    lead: int | None
    private: bool
    archived: bool
    version: int
    aliases: list[str] = field(default_factory=list)
    items: list[tuple[str, str, str, list[str]]] = field(default_factory=list)
    members: set[int] = field(default_factory=set)
    channels: list[str] = field(default_factory=list)


def revision(session: Session, workspace: int) -> int:
    """The number of the workspace's last audit line; -1 if there is no such workspace."""
    found = session.execute(_REVISION, {"workspace": workspace}).scalar()
    return -1 if found is None else int(found)


_WORKSPACE_LINES = (
    select(col(AuditRow.seq))
    .where(
        col(AuditRow.workspace_id) == _WORKSPACE,
        col(AuditRow.seq) > bindparam("revision"),
        col(AuditRow.project_id).is_(None),
    )
    .limit(1)
)


def workspace_moved(session: Session, workspace: int, since: int) -> bool:
    """Whether people, delegations or the ladder changed after revision `since`."""
    asked = {"workspace": workspace, "revision": since}
    return session.execute(_WORKSPACE_LINES, asked).first() is not None


def ladder(session: Session, workspace: int) -> tuple[LadderStage, ...]:
    found = session.execute(_LADDER, {"workspace": workspace})
    return tuple(
        LadderStage(key, title, question, tuple(aliases)) for key, title, question, aliases in found
    )


def _of_moved(statement: Select[*tuple[Any, ...]], project: Any) -> Select[*tuple[Any, ...]]:
    return statement.join(ProjectRow, col(ProjectRow.id) == project).where(
        col(ProjectRow.workspace_id) == _WORKSPACE,
        col(ProjectRow.revision) > bindparam("revision"),
    )


_ITEMS = _of_moved(
    select(
        col(ItemRow.id),
        col(ItemRow.project_id),
        col(ItemRow.key),
        col(ItemRow.kind),
        col(ItemRow.title),
    ),
    col(ItemRow.project_id),
).order_by(col(ItemRow.project_id), col(ItemRow.position))
_ALIASES = _of_moved(
    select(col(AliasRow.project_id), col(AliasRow.item_id), col(AliasRow.text)),
    col(AliasRow.project_id),
).where(col(AliasRow.until).is_(None))
_MEMBERS = _of_moved(
    select(col(MemberRow.project_id), col(MemberRow.person_id)), col(MemberRow.project_id)
)
_CHANNELS = _of_moved(
    select(col(BindingRow.project_id), col(ChannelRow.slack_id)).join(
        ChannelRow, col(ChannelRow.id) == col(BindingRow.channel_id)
    ),
    col(BindingRow.project_id),
).where(col(BindingRow.until).is_(None), col(ChannelRow.slack_id).is_not(None))


def moved(session: Session, workspace: int, since: int) -> list[Entry]:
    """The projects that changed after revision `since`, by id; -1 gives all of them."""
    asked = {"workspace": workspace, "revision": since}
    entries = {
        row[0]: Entry(row[0], row[1], row[2], row[3], row[4], row[5] is not None, row[6])
        for row in session.execute(_MOVED, asked)
    }
    if not entries:
        return []
    names: dict[int, list[str]] = defaultdict(list)
    for project, item, text in session.execute(_ALIASES, asked):
        (entries[project].aliases if item is None else names[item]).append(text)
    for item, project, key, kind, title in session.execute(_ITEMS, asked):
        entries[project].items.append((key, kind, title, names.get(item, [])))
    for project, person in session.execute(_MEMBERS, asked):
        entries[project].members.add(person)
    for project, channel in session.execute(_CHANNELS, asked):
        entries[project].channels.append(channel)
    return list(entries.values())


_AT = bindparam("at", type_=UtcDateTime())
_HELD = (
    select(col(AssignmentRow.project_id), col(AssignmentRow.item_id), col(AssignmentRow.letter))
    .where(
        col(AssignmentRow.person_id) == bindparam("person"),
        or_(col(AssignmentRow.until).is_(None), col(AssignmentRow.until) > _AT),
        or_(col(AssignmentRow.since).is_(None), col(AssignmentRow.since) <= _AT),
    )
    .order_by(col(AssignmentRow.project_id), col(AssignmentRow.item_id))
)


def held_by(session: Session, person: int, at: datetime) -> Sequence[tuple[int, int, Letter]]:
    """What somebody holds at `at`: (project, item, letter), archived projects included."""
    found = session.execute(_HELD, {"person": person, "at": at})
    return [(project, item, Letter(letter)) for project, item, letter in found]
