"""The rows of what a project is for."""

from bot.changes import ScopeChanged
from storage.database import plainly
from storage.statements import adding, ending
from storage.tables import ScopeRow
from storage.writing.pen import Pen


def write(pen: Pen, change: ScopeChanged) -> None:
    plain = plainly(pen.session)
    row = {"project_id": change.project, "name": change.name}
    ended = {f"of_{name}": value for name, value in row.items()}
    plain.execute(ending(ScopeRow, *row), {**ended, "now": pen.now})
    if change.after:
        said = {**row, "value": change.after, "since": pen.now, **pen.recorded()}
        plain.execute(adding(ScopeRow), said)
