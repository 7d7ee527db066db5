"""Questions answered, and help."""

from bot.commands import Ask, Help, Welcome
from handlers.orders.desk import Carriers, Desk
from handlers.views import answers, help, welcome
from handlers.views.kit import Message


def _help(order: Help, desk: Desk) -> Message:
    return help.helped(order.topic)


def _ask(order: Ask, desk: Desk) -> Message:
    answer = desk.charter.questions.ask(
        desk.actor, order.text, desk.place, private_reply=desk.private
    )
    return answers.answered(answer, private=desk.private)


def _welcome(order: Welcome, desk: Desk) -> Message:
    """Somebody's own Home in short; for who is nobody here, help."""
    if desk.actor.person is None:
        return help.helped()
    return welcome.welcome(desk.charter.projects.home(desk.actor))


QUESTIONS: Carriers = {
    Welcome: _welcome,
    Help: _help,
    Ask: _ask,
}
