"""Buttons of answers and of help."""

from bot.channels import REFUSALS, Gone
from bot.commands import Help
from bot.errors import Refused, Why
from bot.qa.replies import Asked
from bot.qa.resolve import Choice
from handlers.buttons.press import OnPress, Press, look
from handlers.orders.questions import worded
from handlers.views import answers
from handlers.views.acts import Act
from handlers.views.kit import Message


def _ask(press: Press) -> None:
    """Ask again with what was chosen; the answer takes the place of the choice."""
    private = press.origin.is_direct or not press.origin.public
    press.reply.instead(worded(_asked(press), press.desk, private=private))


def _asked(press: Press) -> Asked:
    choice = Choice(press.text("p"), press.text("i"), press.text("w"))
    return Asked(press.text("q") or "", choice)


def _share(press: Press) -> None:
    """Post what everybody who reads the channel may know of an answer, once; where that is less
    than the one who shares it reads, show them first.
    """
    desk, asked, channel = press.desk, _asked(press), press.origin.channel
    questions = desk.charter.questions
    found = questions.for_all(desk.actor, asked.question, desk.place, asked.choice)
    if not found.open.tells:
        raise Refused(Why.NOT_FOR_ALL)
    if found.says_less and not press.values.get("e"):
        press.reply.instead(answers.says_less(found, asked))
        return
    assert channel is not None  # or there is no place that it could be for all of
    with questions.once(f"share/{channel}/{press.origin.pressed}") as is_first:
        if is_first:
            post(press, channel, answers.shared(found.open, desk.actor.name))
    press.reply.instead(answers.was_shared(found.own))


def post(press: Press, channel: str, message: Message) -> None:
    """Post for everybody to read. `Refused` where Charter cannot."""
    reason = press.slack.refused(channel, message, press.origin.thread)
    if reason:
        is_archived = REFUSALS.get(reason) is Gone.ARCHIVED
        raise Refused(Why.CHANNEL_ARCHIVED if is_archived else Why.CHANNEL_UNREADABLE)


QUESTIONS: OnPress = {
    Act.QUESTION_ASK: _ask,
    Act.ANSWER_SHARE: _share,
    Act.HELP_SHOW: lambda press: look(press, Help(press.text("t"))),
}
