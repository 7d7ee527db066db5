"""The rows of input that is asked for."""

from sqlalchemy import delete

from bot.changes import (
    ConsultationAnswered,
    ConsultationAsked,
    ConsultationChange,
    ConsultationWithdrawn,
)
from storage.database import plainly
from storage.statements import adding, setting
from storage.tables import ConsultationRow, columns, table_of
from storage.writing.pen import Pen


def write(pen: Pen, change: ConsultationChange) -> None:
    plain = plainly(pen.session)
    match change:
        case ConsultationAsked():
            same = {
                "project_id": change.project,
                "item_id": change.item,
                "occasion": change.occasion.value,
                "question": change.question,
                **pen.recorded(),
            }
            rows = [{**same, "person_id": one.person, "due": one.due} for one in change.asked]
            plain.execute(adding(ConsultationRow), rows)
        case ConsultationAnswered():
            said = {"answered_at": pen.now, "answer": change.after}
            plain.execute(setting(ConsultationRow, *said), {"of": change.consultation, **said})
        case ConsultationWithdrawn():
            this = columns(ConsultationRow).id == change.consultation
            plain.execute(delete(table_of(ConsultationRow)).where(this))
        case _:
            rows = [{"of": key, "silent_at": pen.now} for key in change.consultations]
            plain.execute(setting(ConsultationRow, "silent_at"), rows)
