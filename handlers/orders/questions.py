"""Questions answered, and help."""

from bot.commands import Ask, Help, Welcome
from bot.qa.replies import Answer, Asked
from handlers.orders.desk import Carriers, Desk
from handlers.views import answers, help, welcome
from handlers.views.kit import Message


def _help(order: Help, desk: Desk) -> Message:
    return help.helped(order.topic)


def _ask(order: Ask, desk: Desk) -> Message:
    return worded(Asked(order.text), desk, private=desk.private)


def worded(asked: Asked, desk: Desk, *, private: bool) -> Message:
    """The answer; what one person alone reads where others could as well can be shared."""
    return told(answered(asked, desk, private=private), asked, desk, private=private)


def answered(asked: Asked, desk: Desk, *, private: bool) -> Answer:
    """The answer; what finds none is kept."""
    answer = desk.charter.questions.ask(
        desk.actor, asked.question, desk.place, asked.choice, private_reply=private
    )
    desk.charter.feedback.heard(desk.actor, asked.question, desk.place, answer, private=private)
    return answer


def told(answer: Answer, asked: Asked, desk: Desk, *, private: bool) -> Message:
    is_among_others = desk.place.channel is not None and not desk.place.is_shared
    return answers.answered(
        answer, private=private, asked=asked, shareable=private and is_among_others
    )


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
