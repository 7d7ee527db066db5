"""Statements that write to a table, built once: building one costs more than running it."""

from functools import cache
from typing import Any

from sqlalchemy import Insert, Update, bindparam, insert, update
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import SQLModel

from storage.tables import Row, columns, table_of


@cache
def adding(model: type[SQLModel]) -> Insert:
    """Add rows that all have the same columns."""
    return insert(table_of(model))


@cache
def adding_for_keys(model: type[Row]) -> ReturningInsert[int]:
    """The same, and give their keys in the rows' order."""
    return adding(model).returning(columns(model).id, sort_by_parameter_order=True)


@cache
def setting(model: type[Row], *names: str) -> Update:
    """Set these columns (each to the parameter of its name) of the row whose key is `of`."""
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return update(table_of(model)).where(columns(model).id == bindparam("of")).values(values)


@cache
def ending(model: type[Row], *names: str) -> Update:
    """End the open rows with these columns at `now`; column `item_id` is told by `of_item_id`."""
    found = columns(model)
    same = [found[name] == bindparam(f"of_{name}") for name in names]
    open_ones = update(table_of(model)).where(*same, found.until.is_(None))
    return open_ones.values(until=bindparam("now"))
