"""The rows of projects being confirmed."""

from sqlalchemy import bindparam, func, select, update

from bot.changes import ReviewChange, ReviewSet
from storage.columns import UtcDateTime
from storage.database import plainly
from storage.statements import adding, setting
from storage.tables import ProjectRow, ReviewRow, columns, table_of
from storage.writing.pen import Pen

_IS = columns(ReviewRow)
_LATEST = (
    select(func.max(_IS.answered_at)).where(_IS.project_id == bindparam("of")).scalar_subquery()
)
_FORGET = (
    update(table_of(ReviewRow))
    .where(_IS.project_id == bindparam("of"), _IS.answered_at == _LATEST)
    .values(answered_at=None)
)
_ANSWER = (
    update(table_of(ReviewRow))
    .where(_IS.project_id == bindparam("of"), _IS.answered_at.is_(None))
    .values(answered_at=bindparam("now", type_=UtcDateTime()))
)


def write(pen: Pen, change: ReviewChange) -> None:
    plain = plainly(pen.session)
    if isinstance(change, ReviewSet):
        values = {"of": change.project, "review_days": change.after}
        plain.execute(setting(ProjectRow, "review_days"), values)
    elif change.taken_back:
        plain.execute(_FORGET, {"of": change.project})
    elif plain.execute(_ANSWER, {"of": change.project, "now": pen.now}).rowcount < 1:
        row = {
            "project_id": change.project,
            "person_id": pen.actor.person_id,
            "answered_at": pen.now,
            **pen.recorded(),
        }
        plain.execute(adding(ReviewRow), row)
