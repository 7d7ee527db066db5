"""The rows of a project: one that begins, changes its mode, or is put away."""

from typing import Any

from sqlalchemy import insert, update
from sqlmodel import col

from bot.changes import ChannelChanged, ModeChanged, ProjectChange, ProjectCreated
from bot.deciding import edits_of
from storage.tables import ItemRow, MemberRow, ProjectRow, StatusRow
from storage.writing.names import bind
from storage.writing.pen import Pen
from storage.writing.roles import begin
from storage.writing.scope import add_metrics, keep_version


def write(pen: Pen, change: ProjectChange) -> int:
    """Gives the project, which may be new."""
    if isinstance(change, ProjectCreated):
        return _created(pen, change)
    if isinstance(change, ModeChanged):
        _set(pen, change.project, mode=change.after.value)
        return change.project
    _set(pen, change.project, archived_at=pen.now if change.archived else None)
    return change.project


def _set(pen: Pen, project: int, **values: Any) -> None:
    pen.session.execute(update(ProjectRow).where(col(ProjectRow.id) == project).values(**values))


def _created(pen: Pen, change: ProjectCreated) -> int:
    row = ProjectRow(
        workspace_id=pen.workspace_id,
        key=change.key,
        name=change.name,
        mode=change.mode.value,
        lead_id=change.lead,
        private=change.private,
        created_at=pen.now,
        created_by=pen.actor.person_id,
        template=change.template,
        is_sample=change.is_sample,
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
        begin(pen, row.id, item.id, new.seats, pen.now)
        status = {
            "project_id": row.id,
            "item_id": item.id,
            "status": new.status.value,
            "note": new.note,
        }
        pen.session.execute(insert(StatusRow), [{**status, "since": pen.now, **pen.recorded()}])
    add_metrics(pen, row.id, change.metrics)
    keep_version(pen, row.id, edits_of(change))
    if change.channel:
        bind(pen, ChannelChanged(row.id, change.channel, bound=True))
    return row.id
