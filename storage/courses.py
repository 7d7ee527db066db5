"""What held of projects over time, in as many statements for hundreds of them as for one."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Select, bindparam, or_, select
from sqlmodel import Session

from bot.condition import Blocker, Light, Opinion
from bot.hindsight import Course, Measured, Stood, WasDue, WasInTheWay, WasSaid
from bot.project import Metric, Status
from storage.columns import UtcDateTime
from storage.database import plainly
from storage.tables import (
    BlockerRow,
    Dated,
    DueRow,
    HealthRow,
    MetricRow,
    StatusRow,
    columns,
)

T = TypeVar("T")

_PROJECTS: BindParameter[Any] = bindparam("projects", expanding=True)


def _over_time(model: type[Dated], names: str) -> Select[*tuple[Any, ...]]:
    """The rows that held at any time after `begin`, the earliest first; never what was taken back
    as soon as it held.
    """
    found = columns(model)
    wanted = [found[name] for name in f"project_id {names} since until".split()]
    return (
        select(*wanted)
        .where(
            found.project_id.in_(_PROJECTS),
            or_(found.until.is_(None), found.until > bindparam("begin", type_=UtcDateTime())),
            or_(found.since.is_(None), found.until.is_(None), found.until > found.since),
        )
        .order_by(found.id)
    )


_STATUSES = _over_time(StatusRow, "item_id status note")
_DUES = _over_time(DueRow, "item_id due")
_BLOCKERS = _over_time(BlockerRow, "id item_id text owner_id")
_OPINIONS = _over_time(HealthRow, "health reason set_by")
_METRICS = _over_time(
    MetricRow, "name aliases higher unit baseline target current updated measured position"
)


def read(session: Session, projects: Sequence[int], begin: datetime) -> dict[int, Course]:
    """The courses of some projects from `begin` on, by id."""
    rows = _Rows(session, projects, begin)
    statuses = rows.by_item(
        _STATUSES, lambda row: Stood(Status(row.status), row.note, row.since, row.until)
    )
    dues = rows.by_item(_DUES, lambda row: WasDue(row.due, row.since, row.until))
    hurdles = rows.by_item(_BLOCKERS, _hurdle)
    metrics = rows.of_project(_METRICS, _metric)
    opinions = rows.of_project(_OPINIONS, _opinion)
    return {
        key: Course(
            statuses=statuses[key],
            dues=dues[key],
            hurdles=hurdles[key],
            metrics=tuple(metrics[key]),
            opinions=tuple(opinions[key]),
        )
        for key in projects
    }


def statuses(session: Session, projects: Sequence[int], begin: datetime) -> dict[int, Course]:
    """No more of their courses than where their items stood."""
    found = _Rows(session, projects, begin).by_item(
        _STATUSES, lambda row: Stood(Status(row.status), row.note, row.since, row.until)
    )
    return {key: Course(statuses=found[key]) for key in projects}


class _Rows:
    """Rows of some projects, as values."""

    def __init__(self, session: Session, projects: Sequence[int], begin: datetime) -> None:
        self._connection = plainly(session)
        self._asked = {"projects": list(projects), "begin": begin}

    def _fetch(self, statement: Select[*tuple[Any, ...]]) -> Iterator[Any]:
        return iter(self._connection.execute(statement, self._asked))

    def of_project(
        self, statement: Select[*tuple[Any, ...]], value: Callable[[Any], T]
    ) -> dict[int, list[T]]:
        found: dict[int, list[T]] = defaultdict(list)
        for row in self._fetch(statement):
            found[row.project_id].append(value(row))
        return found

    def by_item(
        self, statement: Select[*tuple[Any, ...]], value: Callable[[Any], T]
    ) -> dict[int, dict[int, tuple[T, ...]]]:
        found: dict[int, dict[int, tuple[T, ...]]] = defaultdict(lambda: defaultdict(tuple))
        for row in self._fetch(statement):
            found[row.project_id][row.item_id] += (value(row),)
        return found


def _hurdle(row: Any) -> WasInTheWay:
    return WasInTheWay(Blocker(row.id, row.text, row.owner_id, row.since), row.since, row.until)


def _opinion(row: Any) -> WasSaid:
    opinion = Opinion(Light(row.health), row.reason, row.set_by, row.since)
    return WasSaid(opinion, row.since, row.until)


def _metric(row: Any) -> Measured:
    metric = Metric(
        name=row.name,
        aliases=tuple(row.aliases),
        higher=row.higher,
        unit=row.unit,
        baseline=row.baseline,
        target=row.target,
        current=row.current,
        updated=row.updated,
        measured=row.measured,
    )
    return Measured(metric, row.since, row.until)
