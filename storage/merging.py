"""What follows a person who turns out to be another one: every row that is about them.

Who wrote something stays as it was written: the record shows the one person for both.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, select, update
from sqlmodel import Session, SQLModel

from bot.changes import Followed, PeopleMerged
from storage.database import plainly
from storage.tables import (
    AssignmentRow,
    Identity,
    PersonRow,
    StandupPlanRow,
    columns,
    table_of,
)

AUTHORS = frozenset(
    {"set_by", "ended_by", "closed_by", "withdrawn_by", "actor_id", "by_id", "approved_by_id"}
)
"""Columns that say who did something, and not whom it is about."""
WITHOUT_KEY = (("assignments", "was_id"), ("decisions", "author_id"))
"""Columns with a person in them that are no foreign keys."""
KEPT_APART = frozenset({"audit", "schedules", "people", "identities"})
"""Tables that are left alone: the record, and what the clock makes anew by itself. Names elsewhere
have a rule of their own.
"""
OWN_NAMES = frozenset({"slack", "email"})
"""Names that stay with the account that has them, of which Slack goes on to speak, where the other
has one too.
"""

_ONE_OPEN = {
    "grants": ["project_id", "until"],
    "digests": ["until"],
    "briefs": ["until"],
    "export_plans": ["project_id", "until"],
}
"""Tables in which somebody has one row that holds, by what tells two such rows apart."""


def followers() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that says whom a row is about."""
    people = table_of(PersonRow)
    for table in SQLModel.metadata.sorted_tables:
        if table.name in KEPT_APART:
            continue
        for column in table.columns:
            is_key = any(key.column.table is people for key in column.foreign_keys)
            if column.name not in AUTHORS and (is_key or (table.name, column.name) in WITHOUT_KEY):
                yield table, column


def moved(session: Session, old: int, into: int) -> tuple[Followed, ...]:
    """The rows that follow; those stay which would then be there twice."""
    found = [
        Followed(table.name, column.name, rows)
        for table, column in followers()
        if (rows := _rows(session, table, column, old, into))
    ]
    name, plan = columns(Identity), columns(StandupPlanRow)
    plain = plainly(session)
    has = plain.execute(select(name.kind).where(name.person_id == into)).scalars()
    apart = OWN_NAMES & set(has)
    names = plain.execute(
        select(name.id).where(name.person_id == old, name.kind.not_in(apart)).order_by(name.id)
    )
    if rows := tuple(names.scalars()):
        found.append(Followed("identities", "person_id", rows))
    plans = plain.execute(select(plan.id, plan.people).where(plan.until.is_(None)))
    if rows := tuple(row.id for row in plans if old in row.people and into not in row.people):
        found.append(Followed("standups", "people", rows))
    return tuple(found)


def _rows(
    session: Session, table: Table, column: Column[Any], old: int, into: int
) -> tuple[int, ...]:
    """The rows of one table that are about `old`, but those whose twin is about `into`, and those
    that put both together.
    """
    plain = plainly(session)
    mine = [dict(row) for row in plain.execute(select(table).where(column == old)).mappings()]
    if not mine:
        return ()
    others = [dict(row) for row in plain.execute(select(table).where(column == into)).mappings()]
    keys = [own for name, own in _ONE_OPEN.items() if name == table.name]
    keys += [
        [one.name for one in constraint.columns if one.name != column.name]
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint) and column.name in constraint.columns
    ]
    taken = [{tuple(row[name] for name in key) for row in others} for key in keys]
    return tuple(
        row["id"]
        for row in mine
        if not any(
            tuple(row[name] for name in key) in known
            for key, known in zip(keys, taken, strict=True)
        )
        and not _is_of_both(table, row, column.name, into)
    )


def _is_of_both(table: Table, row: dict[str, Any], column: str, into: int) -> bool:
    """Whether somebody would act for themselves, or hand over to themselves."""
    return table.name in {"delegations", "offers"} and any(
        name != column and name in {"person_id", "delegate_id", "from_id", "to_id"} and key == into
        for name, key in row.items()
    )


def doubled(session: Session, old: int, into: int, at: datetime) -> tuple[int, ...]:
    """Letters of one item that both hold: of each two the one that began later."""
    held = columns(AssignmentRow)
    rows = plainly(session).execute(
        select(held.id, held.item_id, held.letter, held.since)
        .where(held.person_id.in_((old, into)), held.until.is_(None))
        .order_by(held.id)
    )
    first: dict[tuple[int, str], Any] = {}
    later: list[int] = []
    for row in rows:
        known = first.setdefault((row.item_id, row.letter), row)
        if known is row:
            continue
        is_earlier = known.since is not None and (row.since is None or row.since < known.since)
        first[row.item_id, row.letter] = row if is_earlier else known
        later.append(known.id if is_earlier else row.id)
    return tuple(sorted(later))


def projects_of(session: Session, change: PeopleMerged) -> list[int]:
    """The projects whose rows follow."""
    tables = SQLModel.metadata.tables
    found: set[int] = set()
    for one in change.moved:
        table = tables[one.table]
        project = table.c.id if one.table == "projects" else table.c.get("project_id")
        if project is not None:
            rows = select(project).where(table.c.id.in_(one.rows), project.is_not(None))
            found.update(plainly(session).execute(rows).scalars())
    return sorted(found)


def write(session: Session, change: PeopleMerged, by: int | None, now: datetime) -> None:
    """Let the rows follow, or come back; what is somebody else's by now stays so."""
    there, here = (change.into, change.old) if change.undone else (change.old, change.into)
    plain, tables = plainly(session), SQLModel.metadata.tables
    _end_doubled(session, change, by, now)
    for one in change.moved:
        table = tables[one.table]
        column = table.c[one.column]
        if one.table == "standups":
            _swap(session, one.rows, there, here)
            continue
        plain.execute(
            update(table)
            .where(table.c.id.in_(one.rows), column == there)
            .values({one.column: here})
        )
    merged = None if change.undone else change.into
    people = table_of(PersonRow)
    plain.execute(update(people).where(people.c.id == change.old).values(merged_into=merged))


def _end_doubled(session: Session, change: PeopleMerged, by: int | None, now: datetime) -> None:
    held, table = columns(AssignmentRow), table_of(AssignmentRow)
    mine = update(table).where(held.id.in_(change.doubled))
    if change.undone:
        again = mine.where(held.until == change.at)
        plainly(session).execute(again.values(until=None, ended_recorded_at=None, ended_by=None))
    elif change.doubled:
        plainly(session).execute(mine.values(until=change.at, ended_recorded_at=now, ended_by=by))


def _swap(session: Session, rows: Sequence[int], there: int, here: int) -> None:
    plan, table = columns(StandupPlanRow), table_of(StandupPlanRow)
    plain = plainly(session)
    for row in plain.execute(select(plan.id, plan.people).where(plan.id.in_(rows))).all():
        people = [here if one == there else one for one in row.people]
        plain.execute(update(table).where(plan.id == row.id).values(people=people))
