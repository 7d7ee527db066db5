"""The rows of job roles, and of who has which."""

from bot.changes import CatalogueChange, JobGiven
from storage.database import plainly
from storage.statements import adding, ending, setting
from storage.tables import PersonRow, RoleRow
from storage.writing.pen import Pen


def write(pen: Pen, change: CatalogueChange) -> None:
    """Of a role that Charter ships, only what is said otherwise is kept, or that it is gone."""
    plain = plainly(pen.session)
    if isinstance(change, JobGiven):
        values = {"of": change.person, "role": change.after}
        plain.execute(setting(PersonRow, "role"), values)
        return
    role = change.after or change.before
    assert role is not None
    where = {"workspace_id": pen.workspace_id, "key": role.key}
    ended = {f"of_{name}": value for name, value in where.items()}
    plain.execute(ending(RoleRow, *where), {**ended, "now": pen.now})
    if change.after is not None and not change.after.is_own:
        return
    row = {
        **where,
        "title": role.title,
        "does": role.does,
        "stages": list(role.stages),
        "works_with": list(role.works_with),
        "is_gone": change.after is None,
        "since": pen.now,
        **pen.recorded(),
    }
    plain.execute(adding(RoleRow), row)
