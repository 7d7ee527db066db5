"""Buttons of answers and of help."""

from bot.commands import Help
from bot.errors import Refused, Why
from bot.qa.replies import Asked
from bot.qa.resolve import Choice
from handlers.asking import post
from handlers.buttons.press import OnPress, Press, look
from handlers.orders.questions import answered, told
from handlers.service.questions import Thread
from handlers.views import answers, modals
from handlers.views.acts import Act
from handlers.views.kit import View


def _ask(press: Press) -> None:
    """Ask again with what was chosen; the answer takes the place of the choice, and the next
    question in the thread may lean on it.
    """
    origin, desk, asked = press.origin, press.desk, _asked(press)
    private = origin.is_direct or not origin.public
    answer = answered(asked, desk, private=private)
    root = origin.thread or ("" if origin.is_direct else origin.message)
    if answer.tells and origin.public and origin.channel and root is not None:
        thread = Thread(origin.channel, root)
        desk.charter.questions.keep_asked(desk.actor, thread, asked.question)
    press.reply.instead(told(answer, asked, desk, private=private))


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
            said = answers.shared(found.open, desk.actor.name)
            post(press.slack, channel, said, press.origin.thread)
    press.reply.instead(answers.was_shared(found.own))


def _in_form(press: Press) -> None:
    """Ask what was chosen in the form, where nobody else reads."""
    asked = _asked(press)
    found = press.desk.charter.questions.ask(
        press.desk.actor, asked.question, press.desk.place, asked.choice, private_reply=True
    )
    _become(press, modals.question(asked, found))


def _share_from_form(press: Press) -> None:
    asked = _asked(press)
    found = press.desk.charter.questions.ask(
        press.desk.actor, asked.question, press.desk.place, asked.choice, private_reply=True
    )
    _become(press, modals.share(asked, found))


def _become(press: Press, view: View) -> None:
    if press.view is not None:
        press.slack.update(press.view, view)


QUESTIONS: OnPress = {
    Act.QUESTION_ASK: _ask,
    Act.ANSWER_SHARE: _share,
    Act.FORM_ASK: _in_form,
    Act.FORM_SHARE: _share_from_form,
    Act.HELP_SHOW: lambda press: look(press, Help(press.text("t"))),
}
