"""Buttons of answers and of help."""

from bot.commands import Help
from bot.qa.resolve import Choice
from handlers.buttons.press import OnPress, Press, look
from handlers.views import answers
from handlers.views.acts import Act


def _ask(press: Press) -> None:
    """Ask again with what was chosen; the answer takes the place of the choice."""
    desk = press.desk
    private = press.origin.is_direct or not press.origin.public
    choice = Choice(press.text("p"), press.text("i"), press.text("w"))
    answer = desk.charter.questions.ask(
        desk.actor, press.text("q") or "", desk.place, choice, private_reply=private
    )
    press.reply.instead(answers.answered(answer, private=private))


QUESTIONS: OnPress = {
    Act.QUESTION_ASK: _ask,
    Act.HELP_SHOW: lambda press: look(press, Help(press.text("t"))),
}
