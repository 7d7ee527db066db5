"""A workspace is deleted with all that was kept of it, and nothing of another one."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from sqlalchemy import LargeBinary, String, Table, func, insert, select
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import AutoString

from storage import forgetting
from storage.columns import UtcDateTime
from storage.database import Database
from storage.tables import PersonRow, Workspace, columns, table_of
from tests.support.clock import T0

EVERY = SQLModel.metadata.sorted_tables
OF_NOBODY = {"claims", "etags"}
"""What happened once, by keys that end by themselves, and what other servers answered."""


def worth(column: Any, mark: str) -> Any:
    kind = column.type.python_type
    if isinstance(column.type, LargeBinary):
        return b"content"
    if column.name == "letter":  # the database takes no other
        return "R"
    if isinstance(column.type, UtcDateTime):
        return T0
    if isinstance(column.type, String | AutoString):
        return mark
    plain = {int: 1, bool: False, float: 0.5, date: T0.date()}
    return plain.get(kind, {})


def filled(session: Session, table: Table, made: dict[str, int], mark: str) -> int | None:
    """A row of a table that refers to rows made before; gives its key."""
    row: dict[str, Any] = {}
    for column in table.columns:
        parent = next((key.column.table.name for key in column.foreign_keys), None)
        if column.name == "id" or parent == table.name:
            continue
        if parent is not None:
            row[column.name] = made[parent]
        elif not column.nullable:
            row[column.name] = worth(column, mark)
    if table.name == "workspaces":
        row["team_id"] = mark
    key = session.connection().execute(insert(table).values(**row)).inserted_primary_key
    return key[0] if key and "id" in table.c else None


def fill(session: Session, mark: str) -> int:
    """A row in every table; gives the workspace that all of them are of."""
    made: dict[str, int] = {}
    for table in EVERY:
        key = filled(session, table, made, f"{table.name}-{mark}")
        if key is not None:
            made[table.name] = key
    return made["workspaces"]


def counted(session: Session) -> Counter[str]:
    return Counter(
        {
            table.name: session.connection()
            .execute(select(func.count()).select_from(table))
            .scalar_one()
            for table in EVERY
        }
    )


def empty(database: Database, table: Table, workspace: int) -> None:
    has_more = True
    while has_more:
        with database.begin() as session:
            has_more = forgetting.delete_some(session, table, workspace)


@pytest.fixture
def database(database_url: str) -> Any:
    opened = Database(database_url)
    yield opened
    opened.close()


def test_every_table_is_emptied_of_one_workspace_and_of_no_other(database: Database) -> None:
    with database.begin() as session:
        first = fill(session, "one")
        once = counted(session)
        second = fill(session, "two")
    assert set(once.values()) == {1}
    with database.begin() as session:
        forgetting.cut_off(session, first, T0)
        assert forgetting.cut_off_ones(session) == [first]
    for table in forgetting.tables():
        empty(database, table, first)
    with database.read() as session:
        left = counted(session)
        assert {name for name, many in left.items() if many == 2} == OF_NOBODY
        assert {name for name, many in left.items() if many == 1} == set(once) - OF_NOBODY
        spaces = columns(Workspace)
        assert session.connection().execute(select(spaces.id)).scalars().all() == [second]
        for table in EVERY:
            if "workspace_id" in table.c:
                of = session.connection().execute(select(table.c.workspace_id)).scalars().all()
                assert of == [second], table.name
        assert forgetting.cut_off_ones(session) == []


def test_whoever_is_killed_in_between_leaves_the_rest_to_the_next_one(database: Database) -> None:
    with database.begin() as session:
        first = fill(session, "one")
        forgetting.cut_off(session, first, T0)
    tables = list(forgetting.tables())
    for table in tables[: len(tables) // 2]:
        empty(database, table, first)
    with database.read() as session:
        assert forgetting.cut_off_ones(session) == [first]
    for table in forgetting.tables():
        empty(database, table, first)
    with database.read() as session:
        assert {name for name, many in counted(session).items() if many} == OF_NOBODY


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_so_many_rows_go_at_once_and_what_refers_to_them_is_found(database: Database) -> None:
    people = table_of(PersonRow)
    with database.begin() as session:
        first = fill(session, "one")
        forgetting.cut_off(session, first, T0)
        row = {"workspace_id": first, "name": "", "first_name": "", "created_at": T0}
        keys = [row | {"key": f"p{number}"} for number in range(forgetting.BATCH)]
        session.connection().execute(insert(people), keys)
    for table in forgetting.tables():
        if table is people:
            break
        empty(database, table, first)
    with database.begin() as session:
        assert forgetting.delete_some(session, people, first)
        assert counted(session)["people"] == 1
    with database.read() as session:
        for table in EVERY:
            for column in (one for one in table.columns if one.foreign_keys):
                asked = f"EXPLAIN QUERY PLAN SELECT 1 FROM {table.name} WHERE {column.name} = ?"
                plan = session.connection().exec_driver_sql(asked, (1,)).all()
                assert plan[0].detail.startswith("SEARCH"), (str(column), plan)


def test_what_no_workspace_is_named_by_holds_nothing_of_one() -> None:
    deleted = {table.name for table in forgetting.tables()}
    assert {table.name for table in EVERY} - deleted == OF_NOBODY
    assert table_of(Workspace) is list(forgetting.tables())[-1]
