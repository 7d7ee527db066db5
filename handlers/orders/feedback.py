"""What is said of answers, and open questions settled."""

from bot.commands import ShowQuestions
from bot.orders import AddItem, SayExpected, SetAlias, SettleQuestion
from bot.outcome import Done
from handlers.orders.desk import Carriers, Desk
from handlers.views import feedback
from handlers.views.kit import Message


def _done(by: SetAlias | AddItem, desk: Desk) -> Done:
    if isinstance(by, SetAlias):
        return desk.charter.projects.alias(desk.actor, by, desk.place)
    return desk.charter.ladders.add(desk.actor, by, desk.place)


def _shown(order: ShowQuestions, desk: Desk) -> Message:
    return feedback.listed(desk.charter.feedback.shown(desk.actor, order.project, desk.place))


def _expected(order: SayExpected, desk: Desk) -> Message:
    if order.text:
        desk.charter.feedback.expected(desk.actor, order.question, order.text)
    return feedback.noted()


def _settle(order: SettleQuestion, desk: Desk) -> Message:
    """The same as the command would, and the question is asked again."""
    desk.charter.feedback.one(desk.actor, order.question)  # or it is not theirs to settle
    done = _done(order.by, desk)
    now = desk.charter.feedback.again(desk.actor, order.question)
    return feedback.fixed(done, desk.actor.name, now)


FEEDBACK: Carriers = {
    ShowQuestions: _shown,
    SayExpected: _expected,
    SettleQuestion: _settle,
}
