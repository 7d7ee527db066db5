"""What the index of names is built from, and which projects moved since it was."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Select,
    Text,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlmodel import Session

from bot.channels import Gone
from bot.outcome import Place
from bot.project import Letter
from bot.rights import Role
from bot.stages import LadderStage
from storage.columns import UtcDateTime
from storage.database import plainly
from storage.tables import (
    AliasRow,
    AssignmentRow,
    AuditRow,
    BindingRow,
    ChannelRow,
    GlassRow,
    GrantRow,
    ItemRow,
    LadderRow,
    MemberRow,
    PersonRow,
    ProjectRow,
    Workspace,
    columns,
    table_of,
)

_SPACE = columns(Workspace)
_RUNG = columns(LadderRow)
_PROJECT = columns(ProjectRow)
_ITEM = columns(ItemRow)
_ALIAS = columns(AliasRow)
_MEMBER = columns(MemberRow)
_GRANT = columns(GrantRow)
_BROKEN = columns(GlassRow)
_BOUND = columns(BindingRow)
_CHANNEL = columns(ChannelRow)
_LETTER = columns(AssignmentRow)
_PERSON = columns(PersonRow)
_LINE = columns(AuditRow)

_WORKSPACE: BindParameter[Any] = bindparam("workspace")
_REVISION = select(_SPACE.revision, _SPACE.circles).where(_SPACE.id == _WORKSPACE)
_LADDER = (
    select(_RUNG.key, _RUNG.title, _RUNG.question, _RUNG.aliases, _RUNG.removed_at)
    .where(_RUNG.workspace_id == _WORKSPACE)
    .order_by(_RUNG.position)
)
_MOVED = (
    select(
        _PROJECT.id,
        _PROJECT.key,
        _PROJECT.name,
        _PROJECT.lead_id,
        _PROJECT.private,
        _PROJECT.shows_titles,
        _PROJECT.archived_at,
        _PROJECT.version,
        _PROJECT.is_sample,
        _PROJECT.group_id,
    )
    .where(
        _PROJECT.workspace_id == _WORKSPACE,
        _PROJECT.revision > bindparam("revision"),
    )
    .order_by(_PROJECT.id)
)


@dataclass(slots=True)
class Entry:
    """One project's names, and who may see it; `items` are (key, kind, title, aliases).

    `outsiders` are the people from outside who hold a letter in it, or did. `group`: it is no
    project, but keeps the standup of that Slack user group.
    """

    id: int
    key: str
    name: str
    lead: int | None
    private: bool
    shows_titles: bool
    archived: bool
    version: int
    is_sample: bool
    group: str | None = None
    aliases: list[str] = field(default_factory=list)
    items: list[tuple[str, str, str, list[str]]] = field(default_factory=list)
    members: set[int] = field(default_factory=set)
    grants: dict[int, Role] = field(default_factory=dict)
    glass: dict[int, datetime] = field(default_factory=dict)
    outsiders: set[int] = field(default_factory=set)
    channels: list[str] = field(default_factory=list)


def revision(session: Session, workspace: int) -> tuple[int, int]:
    """The number of the workspace's last audit line, and how often it changed who is in its private
    channels; -1 twice if there is no such workspace.
    """
    found = plainly(session).execute(_REVISION, {"workspace": workspace}).first()
    return (-1, -1) if found is None else (int(found.revision), int(found.circles))


_HELD_SINCE = select(_SPACE.held_since).where(_SPACE.id == _WORKSPACE)


def held_since(session: Session, workspace: int) -> datetime | None:
    """Since when nothing is sent by the clock, Charter having been taken away; None: it is."""
    found: datetime | None = (
        plainly(session).execute(_HELD_SINCE, {"workspace": workspace}).scalar()
    )
    return found


_WORKSPACE_LINES = (
    select(_LINE.seq)
    .where(
        _LINE.workspace_id == _WORKSPACE,
        _LINE.seq > bindparam("revision"),
        _LINE.project_id.is_(None),
    )
    .limit(1)
)


def workspace_moved(session: Session, workspace: int, since: int) -> bool:
    """Whether people, delegations or the ladder changed after revision `since`."""
    asked = {"workspace": workspace, "revision": since}
    return plainly(session).execute(_WORKSPACE_LINES, asked).first() is not None


def ladder(session: Session, workspace: int) -> tuple[LadderStage, ...]:
    found = plainly(session).execute(_LADDER, {"workspace": workspace})
    return tuple(
        LadderStage(key, title, question, tuple(aliases), is_offered=removed_at is None)
        for key, title, question, aliases, removed_at in found
    )


def _of_moved(statement: Select[*tuple[Any, ...]], project: Any) -> Select[*tuple[Any, ...]]:
    return statement.join(table_of(ProjectRow), _PROJECT.id == project).where(
        _PROJECT.workspace_id == _WORKSPACE,
        _PROJECT.revision > bindparam("revision"),
    )


_ITEMS = (
    _of_moved(
        select(
            _ITEM.id,
            _ITEM.project_id,
            _ITEM.key,
            _ITEM.kind,
            _ITEM.title,
        ),
        _ITEM.project_id,
    )
    # What was taken out still has its names: whoever asks for it hears that it is gone.
    .order_by(_ITEM.project_id, _ITEM.removed_at.is_not(None), _ITEM.position)
)
_ALIASES = _of_moved(
    select(_ALIAS.project_id, _ALIAS.item_id, _ALIAS.text),
    _ALIAS.project_id,
).where(_ALIAS.until.is_(None))
_MEMBERS = _of_moved(
    select(_MEMBER.project_id, _MEMBER.person_id, cast(null(), Text), cast(null(), UtcDateTime)),
    _MEMBER.project_id,
)
_GRANTS = _of_moved(
    select(_GRANT.project_id, _GRANT.person_id, _GRANT.role, _GRANT.until), _GRANT.project_id
).where(_GRANT.until.is_(None))
_GLASS = _of_moved(
    select(_BROKEN.project_id, _BROKEN.person_id, cast(null(), Text), _BROKEN.until),
    _BROKEN.project_id,
).where(_BROKEN.until.is_not(None))
_OUTSIDE = "outside"
_OUTSIDERS = (
    _of_moved(
        select(
            _LETTER.project_id,
            _LETTER.person_id,
            literal(_OUTSIDE, Text),
            cast(null(), UtcDateTime),
        ).join(table_of(PersonRow), _PERSON.id == _LETTER.person_id),
        _LETTER.project_id,
    )
    .where(_PERSON.is_outside)
    .distinct()
)
_LISTED = union_all(_MEMBERS, _GRANTS, _GLASS, _OUTSIDERS)
"""Who may know of a project, as a member, in a role, or until a moment; and whom it names from
outside.
"""
_CHANNELS = _of_moved(
    select(_BOUND.project_id, _CHANNEL.slack_id).join(
        table_of(ChannelRow), _CHANNEL.id == _BOUND.channel_id
    ),
    _BOUND.project_id,
).where(_BOUND.until.is_(None), _CHANNEL.slack_id.is_not(None))


def moved(session: Session, workspace: int, since: int) -> list[Entry]:
    """The projects, and what keeps the standups of user groups, that changed after revision
    `since`, by id; -1 gives all of them.
    """
    asked = {"workspace": workspace, "revision": since}
    plain = plainly(session)
    entries = {
        row[0]: Entry(*row[:6], row[6] is not None, *row[7:])
        for row in plain.execute(_MOVED, asked)
    }
    if not entries:
        return []
    names: dict[int, list[str]] = defaultdict(list)
    for project, item, text in plain.execute(_ALIASES, asked):
        (entries[project].aliases if item is None else names[item]).append(text)
    for item, project, key, kind, title in plain.execute(_ITEMS, asked):
        entries[project].items.append((key, kind, title, names.get(item, [])))
    for project, person, role, until in plain.execute(_LISTED, asked):
        if role == _OUTSIDE:
            entries[project].outsiders.add(person)
        elif role is not None:
            entries[project].grants[person] = Role(role)
        elif until is not None:
            entries[project].glass[person] = max(until, entries[project].glass.get(person, until))
        else:
            entries[project].members.add(person)
    for project, channel in plain.execute(_CHANNELS, asked):
        entries[project].channels.append(channel)
    return list(entries.values())


_AT = bindparam("at", type_=UtcDateTime())
_HELD = (
    select(_LETTER.project_id, _LETTER.item_id, _LETTER.letter)
    .where(
        _LETTER.person_id == bindparam("person"),
        or_(_LETTER.until.is_(None), _LETTER.until > _AT),
        or_(_LETTER.since.is_(None), _LETTER.since <= _AT),
    )
    .order_by(_LETTER.project_id, _LETTER.item_id)
)


def held_by(session: Session, person: int, at: datetime) -> Sequence[tuple[int, int, Letter]]:
    """What somebody holds at `at`: (project, item, letter), archived projects included."""
    found = plainly(session).execute(_HELD, {"person": person, "at": at})
    return [(project, item, Letter(letter)) for project, item, letter in found]


_ROOM = select(
    _CHANNEL.slack_id,
    _CHANNEL.name,
    _CHANNEL.is_private,
    _CHANNEL.is_shared,
    _CHANNEL.gone_since,
    _CHANNEL.gone_why,
    _CHANNEL.lets_strangers_ask,
)


def channel_named(session: Session, workspace: int, name: str) -> Place | None:
    """The channel that has this name now."""
    named = _ROOM.where(_CHANNEL.workspace_id == workspace, _CHANNEL.name == name)
    row = plainly(session).execute(named.where(_CHANNEL.slack_id.is_not(None))).first()
    return _place(row) if row is not None else None


_PLACE = _ROOM.where(
    _CHANNEL.workspace_id == _WORKSPACE, _CHANNEL.slack_id == bindparam("slack_id")
)


def place(session: Session, workspace: int, channel: str) -> Place | None:
    """A channel as Slack last told of it; None for one that Charter has not met."""
    asked = {"workspace": workspace, "slack_id": channel}
    row = plainly(session).execute(_PLACE, asked).first()
    return _place(row) if row is not None else None


def _place(row: Any) -> Place:
    return Place(
        row.slack_id,
        row.name,
        is_private=row.is_private,
        is_shared=row.is_shared,
        is_open=row.lets_strangers_ask,
        gone=Gone(row.gone_why) if row.gone_since is not None else None,
    )
