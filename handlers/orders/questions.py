"""Questions answered, and help."""

from bot.commands import Ask, Help
from handlers.orders.desk import Carriers, Desk
from handlers.views import answers, help
from handlers.views.kit import Message


def _help(order: Help, desk: Desk) -> Message:
    return help.helped(order.topic)


def _ask(order: Ask, desk: Desk) -> Message:
    answer = desk.charter.questions.ask(
        desk.actor, order.text, desk.place, private_reply=desk.private
    )
    return answers.answered(answer, private=desk.private)


QUESTIONS: Carriers = {
    Help: _help,
    Ask: _ask,
}
