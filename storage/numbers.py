"""The numbers that PostgreSQL gives to new rows, after rows came in with numbers of their own."""

from collections.abc import Iterable

from sqlalchemy import Connection, Table, func, select


def go_on(connection: Connection, tables: Iterable[Table]) -> None:
    """Let each table count on from the highest number that it has: PostgreSQL counts on from where
    it was told, SQLite by itself.
    """
    if connection.dialect.name == "sqlite":
        return
    for table in tables:
        for column in table.primary_key.columns:
            sequence = connection.scalar(
                select(func.pg_get_serial_sequence(table.name, column.name))
            )
            if sequence is not None:
                highest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
                connection.execute(select(func.setval(sequence, highest, False)))
