"""What Charter writes to somebody: why, when not, and what they answer."""

from bot.commands import Explain, ShowQuiet
from bot.orders import AnswerConsultation, AskResponsible, SetQuiet
from handlers.orders.desk import Carriers, Desk
from handlers.views import notices, quiet, reasons
from handlers.views.kit import Message


def _explain(order: Explain, desk: Desk) -> Message:
    service = desk.charter.reasons
    if order.channel and order.ts:
        told = service.at(desk.actor, order.channel, order.ts, desk.place)
    else:
        told = service.latest(desk.actor, desk.place)
    return reasons.explained(told)


def _quiet(order: ShowQuiet, desk: Desk) -> Message:
    return quiet.shown(desk.charter.quiet.shown(desk.actor))


def _set_quiet(order: SetQuiet, desk: Desk) -> Message:
    return quiet.shown(desk.charter.quiet.set(desk.actor, order))


def _question(order: AskResponsible, desk: Desk) -> Message:
    service = desk.charter.consultations
    return notices.questioned(service.question(desk.actor, order, desk.place))


def _answer(order: AnswerConsultation, desk: Desk) -> Message:
    service = desk.charter.consultations
    return notices.noted(service.answer(desk.actor, order.consultation, order.text))


NOTICES: Carriers = {
    Explain: _explain,
    ShowQuiet: _quiet,
    SetQuiet: _set_quiet,
    AskResponsible: _question,
    AnswerConsultation: _answer,
}
