"""The rows of who people are."""

from sqlalchemy import delete

from bot.changes import IdentityChanged, PersonChange
from storage import merging
from storage.database import plainly
from storage.statements import adding
from storage.tables import Identity, columns, table_of
from storage.writing.pen import Pen


def write(pen: Pen, change: PersonChange) -> None:
    if isinstance(change, IdentityChanged):
        _identity(pen, change)
        return
    merging.write(pen.session, change, pen.actor.person_id, pen.now)


def _identity(pen: Pen, change: IdentityChanged) -> None:
    plain, name = plainly(pen.session), columns(Identity)
    gone = [value for value in change.before if value not in change.after]
    if gone:
        plain.execute(
            delete(table_of(Identity)).where(
                name.workspace_id == pen.workspace_id,
                name.person_id == change.person,
                name.kind == change.kind,
                name.value.in_(gone),
            )
        )
    rows = [
        {
            "workspace_id": pen.workspace_id,
            "person_id": change.person,
            "kind": change.kind,
            "value": value,
        }
        for value in change.after
        if value not in change.before
    ]
    if rows:
        plain.execute(adding(Identity), rows)
