"""What the Consulted were asked, and what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session

from bot.consultations import Consultation, Occasion
from bot.project import Status
from storage.database import plainly
from storage.tables import ConsultationRow, ProjectRow, StatusRow, columns, table_of

_IS = columns(ConsultationRow)
_PROJECT = columns(ProjectRow)
_STATUS = columns(StatusRow)


def _every() -> Select[*tuple[Any, ...]]:
    return (
        select(*_IS)
        .join(table_of(ProjectRow), _PROJECT.id == _IS.project_id)
        .where(_PROJECT.workspace_id == bindparam("workspace"))
        .order_by(_IS.id)
    )


_OF_ITEM = _every().where(_IS.item_id == bindparam("item"))
_KEYED = _every().where(_IS.id == bindparam("of"))
_WAITING = _every().where(
    _PROJECT.archived_at.is_(None), _IS.answered_at.is_(None), _IS.silent_at.is_(None)
)
_OF_PERSON = _WAITING.where(_IS.person_id == bindparam("person"))
_REOPENED = select(func.max(_STATUS.until)).where(
    _STATUS.item_id == bindparam("item"), _STATUS.status == Status.DONE.value
)


def of_item(session: Session, workspace: int, item: int) -> list[Consultation]:
    """Everything that anybody was ever asked about an item, the earliest first."""
    return _found(session, _OF_ITEM, workspace=workspace, item=item)


def keyed(session: Session, workspace: int, key: int) -> Consultation | None:
    return next(iter(_found(session, _KEYED, workspace=workspace, of=key)), None)


def waiting(session: Session, workspace: int) -> list[Consultation]:
    """All that nobody has answered yet and whose silence is not kept yet, in projects that are not
    archived.
    """
    return _found(session, _WAITING, workspace=workspace)


def waiting_for(session: Session, workspace: int, person: int) -> list[Consultation]:
    """What somebody was asked and has not answered yet, while it is not too late."""
    return _found(session, _OF_PERSON, workspace=workspace, person=person)


def reopened_at(session: Session, item: int) -> datetime | None:
    """When an item was last opened again after it had been done."""
    found: datetime | None = plainly(session).execute(_REOPENED, {"item": item}).scalar()
    return found


def _found(
    session: Session, statement: Select[*tuple[Any, ...]], **asked: int
) -> list[Consultation]:
    return [
        Consultation(
            id=row["id"],
            project=row["project_id"],
            item=row["item_id"],
            person=row["person_id"],
            occasion=Occasion(row["occasion"]),
            question=row["question"],
            asked_at=row["recorded_at"],
            due=row["due"],
            answered_at=row["answered_at"],
            answer=row["answer"],
            silent_at=row["silent_at"],
            asked_by=row["set_by"],
        )
        for row in plainly(session).execute(statement, asked).mappings()
    ]
