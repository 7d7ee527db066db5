"""The rows of input that is asked for."""

from bot.changes import ConsultationAnswered, ConsultationAsked, ConsultationChange
from storage.database import plainly
from storage.statements import adding, setting
from storage.tables import ConsultationRow
from storage.writing.pen import Pen


def write(pen: Pen, change: ConsultationChange) -> None:
    plain = plainly(pen.session)
    match change:
        case ConsultationAsked():
            row = {
                "project_id": change.project,
                "item_id": change.item,
                "person_id": change.person,
                "occasion": change.occasion.value,
                "question": change.question,
                "due": change.due,
                **pen.recorded(),
            }
            plain.execute(adding(ConsultationRow), row)
        case ConsultationAnswered():
            said = {"answered_at": pen.now, "answer": change.after}
            plain.execute(setting(ConsultationRow, *said), {"of": change.consultation, **said})
        case _:
            silent = {"silent_at": pen.now}
            plain.execute(setting(ConsultationRow, *silent), {"of": change.consultation, **silent})
