"""Which workspace a row is of, by whatever it hangs on."""

from sqlalchemy import ColumnElement, Table, select


def rows_of(table: Table, workspace: int) -> ColumnElement[bool] | None:
    """The rows of a table that belong to a workspace; None for what belongs to none."""
    if "workspace_id" in table.c:
        return table.c.workspace_id == workspace
    for column in table.columns:
        for key in column.foreign_keys:
            parent = key.column.table
            if parent.name == "people" or parent is table:
                continue
            scope = rows_of(parent, workspace)
            if scope is not None:
                return column.in_(select(key.column).where(scope))
    return None
