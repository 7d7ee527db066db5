"""When files come by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row as Result
from sqlalchemy import Select, bindparam, or_, select
from sqlmodel import Session

from bot.cadence import Cadence, DigestPlan, ExportPlan
from bot.sheets.forms import Form
from storage.database import plainly
from storage.tables import ExportPlanRow, columns, table_of

_IS = columns(ExportPlanRow)


@dataclass(frozen=True, slots=True)
class Standing:
    """A file that comes by itself: to a channel, or (`person`) to somebody by direct message; of
    one project, or (`project` None) of all.
    """

    id: int
    workspace: int
    channel: str
    person: int | None
    project: int | None
    plan: ExportPlan
    since: datetime | None
    set_by: int | None


_OPEN = select(table_of(ExportPlanRow)).where(_IS.until.is_(None))
_OF_KEY = _OPEN.where(_IS.id == bindparam("of"))
_IN_ORDER = (_IS.channel, _IS.id)


def there(session: Session, workspace: int, channel: str, person: int | None) -> list[Standing]:
    """What comes to a channel, or by direct message to somebody."""
    wanted = _OPEN.where(
        _IS.workspace_id == workspace,
        _IS.channel == channel,
        _IS.person_id.is_not_distinct_from(person),
    )
    return _all(session, wanted)


def known_to(session: Session, workspace: int, channel: str, person: int) -> list[Standing]:
    """What comes to a channel and to somebody, and what they have set elsewhere."""
    here = (_IS.channel == channel) & _IS.person_id.is_(None) & (_IS.channel != "")
    theirs = or_(here, _IS.person_id == person, (_IS.set_by == person) & _IS.person_id.is_(None))
    return _all(session, _OPEN.where(_IS.workspace_id == workspace, theirs))


def of_person(session: Session, person: int) -> list[Standing]:
    """What comes to somebody by direct message."""
    return _all(session, _OPEN.where(_IS.person_id == person))


def keyed(session: Session, key: int) -> Standing | None:
    """One by its id; None where it has ended or was set otherwise."""
    row = plainly(session).execute(_OF_KEY, {"of": key}).first()
    return _standing(row) if row is not None else None


def _all(session: Session, wanted: Select[Any]) -> list[Standing]:
    found: Sequence[Result[Any]] = plainly(session).execute(wanted.order_by(*_IN_ORDER)).all()
    return [_standing(row) for row in found]


def _standing(row: Result[Any]) -> Standing:
    when = DigestPlan(
        Cadence(row.cadence),
        frozenset(row.days),
        time.fromisoformat(row.at),
        row.zone,
        row.nth,
        row.first,
        row.heartbeat,
        row.region,
    )
    return Standing(
        row.id,
        row.workspace_id,
        row.channel,
        row.person_id,
        row.project_id,
        ExportPlan(when, Form(row.form)),
        row.since,
        row.set_by,
    )
