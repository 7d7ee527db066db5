"""What refers to a row is found by an index.

Whoever deletes a row has the database look, in every table that may, for what refers to it. A
table holds the rows of all workspaces, so that without an index all of them would be read for each
person of one that is deleted, and on SQLite everybody else would wait for that.
"""

from collections.abc import Iterator

from sqlalchemy import Column, Index, MetaData, Table, UniqueConstraint


def index_references(metadata: MetaData) -> None:
    """Give every reference an index that none begins with. One that may be empty is in it only
    where it is not, so that it costs a row nothing that names nobody.
    """
    for table in metadata.sorted_tables:
        begun = set(_begun(table))
        for column in table.columns:
            if column.foreign_keys and column.name not in begun:
                _index(column)


def _begun(table: Table) -> Iterator[str]:
    """The columns with which an index of all rows begins."""
    yield table.primary_key.columns[0].name
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield constraint.columns[0].name
    for index in table.indexes:
        first = next(iter(index.columns), None)
        if first is not None and index.dialect_options["sqlite"]["where"] is None:
            yield first.name


def _index(column: Column[int]) -> None:
    some = column.is_not(None) if column.nullable else None
    Index(None, column, sqlite_where=some, postgresql_where=some)
