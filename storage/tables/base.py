"""What every table shares: the key, who recorded it, and since when it holds."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, inspect
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


class Row(SQLModel):
    """A row with an integer key."""

    id: int | None = Field(default=None, primary_key=True)


class Recorded(Row):
    """A row that says when it was recorded, by whom and from where."""

    recorded_at: datetime = Field(sa_type=UtcDateTime)
    set_by: int | None = Field(default=None, foreign_key="people.id")
    source: str


class Dated(Recorded):
    """A fact that holds from `since` to `until` (exclusive)."""

    since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model, which SQLModel keeps from the type checker."""
    table = inspect(model).local_table
    assert isinstance(table, Table)
    return table


def columns(model: type[SQLModel]) -> ReadOnlyColumnCollection[str, Column[Any]]:
    """The columns of the table behind a model, for statements that ask for no objects."""
    return table_of(model).c
