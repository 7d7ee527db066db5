"""When channels and people are briefed."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row as Result
from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.cadence import Cadence, DigestPlan
from storage.database import plainly
from storage.tables import BriefPlanRow, columns, table_of

_IS = columns(BriefPlanRow)


@dataclass(frozen=True, slots=True)
class Standing:
    """A brief as it is set: a channel's, or (`person`) somebody's own."""

    id: int
    channel: str
    person: int | None
    plan: DigestPlan
    since: datetime | None
    set_by: int | None


_OPEN = select(table_of(BriefPlanRow)).where(_IS.until.is_(None))
_OF_CHANNEL = _OPEN.where(
    _IS.workspace_id == bindparam("workspace"),
    _IS.channel == bindparam("of"),
    _IS.person_id.is_(None),
)
_OF_PERSON = _OPEN.where(_IS.person_id == bindparam("of"))
_OF_KEY = _OPEN.where(_IS.id == bindparam("of"))


def of_channel(session: Session, workspace: int, channel: str) -> Standing | None:
    """How the channel's brief is set now."""
    asked = {"workspace": workspace, "of": channel}
    return _standing(plainly(session).execute(_OF_CHANNEL, asked).first())


def of_person(session: Session, person: int) -> Standing | None:
    """How somebody's own brief is set now."""
    return _standing(plainly(session).execute(_OF_PERSON, {"of": person}).first())


def keyed(session: Session, key: int) -> Standing | None:
    """A brief by its id; None where it has ended or was set otherwise."""
    return _standing(plainly(session).execute(_OF_KEY, {"of": key}).first())


def _standing(row: Result[Any] | None) -> Standing | None:
    if row is None:
        return None
    days, at = frozenset(row.days), time.fromisoformat(row.at)
    plan = DigestPlan(
        Cadence(row.cadence), days, at, row.zone, row.nth, row.first, region=row.region
    )
    return Standing(row.id, row.channel, row.person_id, plan, row.since, row.set_by)
