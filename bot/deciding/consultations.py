"""Input that somebody was asked for."""

from bot.changes import ConsultationAnswered
from bot.consultations import Consultation
from bot.deciding.texts import LONGEST_NOTE, checked_text
from bot.errors import NotFound, Refused, Why


def answer(consultation: Consultation, person: int | None, text: str) -> ConsultationAnswered:
    """What the one who was asked says, also too late and anew. For nobody else there is a question:
    `NotFound`.
    """
    if person != consultation.person:
        raise NotFound("consultation", str(consultation.id))
    text = checked_text(text, LONGEST_NOTE, "answer")
    if text == consultation.answer:
        raise Refused(Why.NOTHING_CHANGES, {"item": "your answer"})
    return ConsultationAnswered(
        consultation.project,
        consultation.item,
        consultation.id,
        consultation.person,
        consultation.answer,
        text,
    )
