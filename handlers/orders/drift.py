"""Where letters and work disagree, and what is said of it."""

from bot.commands import ShowDrift
from bot.orders import AnswerDrift
from handlers.orders.desk import Carriers, Desk
from handlers.views import drift
from handlers.views.kit import Message


def _shown(order: ShowDrift, desk: Desk) -> Message:
    return drift.drift(desk.charter.drift.shown(desk.actor, order.project, desk.place))


def _answer(order: AnswerDrift, desk: Desk) -> Message:
    found = desk.charter.drift.answer(desk.actor, order)
    return drift.answered(found, is_right=order.is_right)


DRIFT: Carriers = {ShowDrift: _shown, AnswerDrift: _answer}
