"""How each change becomes rows. Called by the ledger alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from bot.changes import (
    AliasChanged,
    ArchiveChanged,
    Change,
    ChannelChanged,
    DigestEnded,
    DigestSet,
    DueMoved,
    LinkAdded,
    ProjectCreated,
    PullRequestLinked,
    RolesChanged,
    RunLinked,
    ScopeChanged,
    Seat,
    StageMoved,
    StandupEnded,
    StandupSet,
)
from bot.people import Actor
from bot.project import Assignment, Channel, Group, Holder, PersonHolder, Vacancy
from storage import links
from storage.database import plainly
from storage.statements import adding, ending, setting
from storage.tables import (
    AliasRow,
    AssignmentRow,
    BindingRow,
    ChannelRow,
    DigestPlanRow,
    DueRow,
    ItemRow,
    LinkRow,
    MemberRow,
    ProjectRow,
    ScopeRow,
    StandupPlanRow,
    StatusRow,
    columns,
)


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes, when, into which workspace's record, within which transaction."""

    session: Session
    actor: Actor
    now: datetime
    workspace_id: int

    def recorded(self) -> dict[str, Any]:
        """The columns that say when, by whom and from where, for a row written now."""
        return {
            "recorded_at": self.now,
            "set_by": self.actor.person_id,
            "source": self.actor.surface.value,
        }


def write(pen: Pen, change: Change) -> tuple[int | None, int | None]:
    """Write a change's rows; gives the project and the item it is about, if it is about one."""
    match change:
        case RolesChanged():
            _roles(pen, change)
            return change.project, change.item
        case StageMoved() | DueMoved():
            _moved(pen, change)
            return change.project, change.item
        case ScopeChanged():
            _scope(pen, change)
            return change.project, None
        case AliasChanged():
            _alias(pen, change)
            return change.project, change.item
        case ChannelChanged():
            _channel(pen, change)
            return change.project, None
        case ArchiveChanged():
            _set_project(pen, change.project, archived_at=pen.now if change.archived else None)
            return change.project, None
        case StandupSet() | StandupEnded() | DigestSet() | DigestEnded():
            return _routine(pen, change), None
        case ProjectCreated():
            return _project(pen, change), None
        case PullRequestLinked() | RunLinked() | LinkAdded():
            return change.project, _tie(pen, change)
        case _:
            assert_never(change)


def holder_columns(holder: Holder) -> dict[str, Any]:
    """A holder as the columns of an assignment."""
    none: dict[str, Any] = {
        "person_id": None,
        "vacant_role": None,
        "requisition": None,
        "group_id": None,
        "group_handle": None,
    }
    match holder:
        case PersonHolder(person=person):
            return none | {"person_id": person}
        case Vacancy(role=role, requisition=requisition):
            return none | {"vacant_role": role, "requisition": requisition}
        case Group(slack_id=slack_id, handle=handle):
            return none | {"group_id": slack_id, "group_handle": handle}


_DATING_LETTER = setting(AssignmentRow, "until", "ended_recorded_at", "ended_by").returning(
    columns(AssignmentRow).id
)


def _roles(pen: Pen, change: RolesChanged) -> None:
    for held in change.ended:
        _date(pen, held, _end(held, change.since), pen.now, pen.actor.person_id)
    for held in change.restored:
        _date(pen, held, held.until, None, None)
    _begin(pen, change.project, change.item, change.begun, change.since)


def _end(held: Assignment, since: datetime | None) -> datetime | None:
    """When a letter ends that gives way at `since`; one that began later never held."""
    return max(held.since, since) if held.since and since else since


def _date(
    pen: Pen, held: Assignment, until: datetime | None, at: datetime | None, by: int | None
) -> None:
    values = {"of": held.id, "until": until, "ended_recorded_at": at, "ended_by": by}
    plainly(pen.session).execute(_DATING_LETTER, values).one()


def _begin(
    pen: Pen, project: int, item: int, seats: tuple[Seat, ...], since: datetime | None
) -> None:
    rows = [
        {
            "project_id": project,
            "item_id": item,
            "letter": seat.letter.value,
            "since": since,
            **holder_columns(seat.holder),
            **pen.recorded(),
        }
        for seat in seats
    ]
    if rows:
        plainly(pen.session).execute(adding(AssignmentRow), rows)


def _moved(pen: Pen, change: StageMoved | DueMoved) -> None:
    project, item = change.project, change.item
    if isinstance(change, DueMoved):
        _renew(pen, DueRow, project, item, due=change.after)
    else:
        _renew(pen, StatusRow, project, item, status=change.after.value, note=change.note)


def _renew(
    pen: Pen, model: type[StatusRow] | type[DueRow], project: int, item: int, **values: Any
) -> None:
    """End the present row of an item and begin the next, now."""
    plain = plainly(pen.session)
    plain.execute(ending(model, "item_id"), {"of_item_id": item, "now": pen.now})
    row = {"project_id": project, "item_id": item, "since": pen.now, **values, **pen.recorded()}
    plain.execute(adding(model), row)


def _scope(pen: Pen, change: ScopeChanged) -> None:
    plain = plainly(pen.session)
    row = {"project_id": change.project, "name": change.name}
    ended = {f"of_{name}": value for name, value in row.items()}
    plain.execute(ending(ScopeRow, *row), {**ended, "now": pen.now})
    if change.after:
        said = {**row, "value": change.after, "since": pen.now, **pen.recorded()}
        plain.execute(adding(ScopeRow), said)


def _alias(pen: Pen, change: AliasChanged) -> None:
    if change.added:
        row = {"project_id": change.project, "item_id": change.item, "text": change.alias}
        pen.session.execute(insert(AliasRow), [{**row, "since": pen.now, **pen.recorded()}])
        return
    same_item = (
        col(AliasRow.item_id).is_(None)
        if change.item is None
        else col(AliasRow.item_id) == change.item
    )
    pen.session.execute(
        update(AliasRow)
        .where(
            col(AliasRow.project_id) == change.project,
            same_item,
            col(AliasRow.text) == change.alias,
            col(AliasRow.until).is_(None),
        )
        .values(until=pen.now)
    )


def _tie(pen: Pen, change: PullRequestLinked | RunLinked | LinkAdded) -> int | None:
    """Link something to a project, or unlink it; gives the item that this is about."""
    if isinstance(change, LinkAdded):
        _link(pen, change)
        return None
    if change.after is None:
        links.untie(pen.session, change, pen.now)
    else:
        links.tie(pen.session, change, pen.recorded())
    spot = change.after or change.before
    return spot.item if spot else None


def _link(pen: Pen, change: LinkAdded) -> None:
    row = {"project_id": change.project, "url": change.url}
    if change.added:
        said = {**row, "title": change.title, "since": pen.now, **pen.recorded()}
        plainly(pen.session).execute(adding(LinkRow), said)
        return
    ended = {f"of_{name}": value for name, value in row.items()}
    plainly(pen.session).execute(ending(LinkRow, *row), {**ended, "now": pen.now})


def channel_key(pen: Pen, channel: Channel) -> int:
    """The channel's row, made if Charter has not met it: by Slack's id, else by name."""
    by = (
        ChannelRow.slack_id == channel.slack_id
        if channel.slack_id
        else ChannelRow.name == channel.name
    )
    found = pen.session.exec(
        select(ChannelRow.id).where(ChannelRow.workspace_id == pen.workspace_id, by)
    ).first()
    if found is not None:
        return found
    row = ChannelRow(
        workspace_id=pen.workspace_id,
        slack_id=channel.slack_id,
        name=channel.name,
        is_private=channel.is_private,
    )
    pen.session.add(row)
    pen.session.flush()
    assert row.id is not None
    return row.id


def _channel(pen: Pen, change: ChannelChanged) -> None:
    key = channel_key(pen, change.channel)
    if change.bound:
        row = {"project_id": change.project, "channel_id": key, "since": pen.now}
        pen.session.execute(insert(BindingRow), [{**row, **pen.recorded()}])
        return
    pen.session.execute(
        update(BindingRow)
        .where(
            col(BindingRow.project_id) == change.project,
            col(BindingRow.channel_id) == key,
            col(BindingRow.until).is_(None),
        )
        .values(until=pen.now)
    )


def _routine(pen: Pen, change: StandupSet | StandupEnded | DigestSet | DigestEnded) -> int | None:
    """What comes again and again, set otherwise; gives the project it is about, if it is."""
    if isinstance(change, DigestSet | DigestEnded):
        _digest(pen, change)
        return None
    _standup(pen, change)
    return change.project


def _standup(pen: Pen, change: StandupSet | StandupEnded) -> None:
    """End the project's present standup and begin the next, now."""
    plain, project = plainly(pen.session), change.project
    plain.execute(ending(StandupPlanRow, "project_id"), {"of_project_id": project, "now": pen.now})
    if isinstance(change, StandupSet):
        plan = change.after
        row = {
            "workspace_id": pen.workspace_id,
            "project_id": project,
            "questions": list(plan.questions),
            "days": sorted(plan.days),
            "at": plan.at.isoformat("minutes"),
            "zone": plan.zone,
            "report_at": plan.report_at.isoformat("minutes"),
            "channel": plan.channel,
            "people": list(plan.people),
        }
        plain.execute(adding(StandupPlanRow), {**row, "since": pen.now, **pen.recorded()})


def _digest(pen: Pen, change: DigestSet | DigestEnded) -> None:
    """End the channel's present digest and begin the next, now."""
    plain = plainly(pen.session)
    where = {"workspace_id": pen.workspace_id, "channel": change.channel.slack_id}
    ended = {f"of_{name}": value for name, value in where.items()}
    plain.execute(ending(DigestPlanRow, *where), {**ended, "now": pen.now})
    if isinstance(change, DigestSet):
        plan = change.after
        said = {
            "cadence": plan.cadence.value,
            "days": sorted(plan.days),
            "at": plan.at.isoformat("minutes"),
            "zone": plan.zone,
            "told_revision": 0,
        }
        row = {**where, **said, "since": pen.now, **pen.recorded()}
        plain.execute(adding(DigestPlanRow), row)


def _set_project(pen: Pen, project: int, **values: Any) -> None:
    pen.session.execute(update(ProjectRow).where(col(ProjectRow.id) == project).values(**values))


def _project(pen: Pen, change: ProjectCreated) -> int:
    row = ProjectRow(
        workspace_id=pen.workspace_id,
        key=change.key,
        name=change.name,
        mode=change.mode.value,
        lead_id=change.lead,
        private=change.private,
        created_at=pen.now,
        created_by=pen.actor.person_id,
        version=0,
    )
    pen.session.add(row)
    pen.session.flush()
    assert row.id is not None
    for member in sorted(change.members):
        pen.session.add(MemberRow(project_id=row.id, person_id=member))
    for position, new in enumerate(change.items):
        item = ItemRow(
            project_id=row.id, key=new.key, kind="stage", title=new.title, position=position
        )
        pen.session.add(item)
        pen.session.flush()
        assert item.id is not None
        _begin(pen, row.id, item.id, new.seats, pen.now)
        status = {"project_id": row.id, "item_id": item.id, "status": "not_started"}
        pen.session.execute(insert(StatusRow), [{**status, "since": pen.now, **pen.recorded()}])
    if change.channel:
        _channel(pen, ChannelChanged(row.id, change.channel, bound=True))
    return row.id
