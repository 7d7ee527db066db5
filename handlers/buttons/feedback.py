"""Buttons under answers that ask whether they were right, and under questions that are open."""

from bot.qa.replies import Asked
from bot.qa.resolve import Choice
from handlers.buttons.press import OnPress, Opens, Press
from handlers.views import feedback, modals
from handlers.views.acts import Act
from handlers.views.kit import View


def _asked(press: Press) -> Asked:
    choice = Choice(press.text("p"), press.text("i"), press.text("w"))
    return Asked(press.text("q") or "", choice)


def _right(press: Press) -> None:
    press.desk.charter.feedback.right(press.desk.actor, _asked(press), press.desk.place)
    press.reply.privately(feedback.thanked())


def _wrong(press: Press) -> View:
    """That it was wrong is kept by the press; the form asks for more, and may be left."""
    desk, asked = press.desk, _asked(press)
    number = desk.charter.feedback.wrong(desk.actor, asked, desk.place)
    if number is None:
        return modals.notice(feedback.unkept())
    return modals.expected(number, asked.question)


def _wrong_in_form(press: Press) -> None:
    if press.view is not None:
        press.slack.update(press.view, _wrong(press))


def _alias(press: Press) -> View:
    return modals.open_alias(*press.desk.charter.feedback.one(press.desk.actor, _number(press)))


def _item(press: Press) -> View:
    return modals.open_item(*press.desk.charter.feedback.one(press.desk.actor, _number(press)))


def _dismiss(press: Press) -> None:
    """The list stands there without it, and beside it how to take that back."""
    number = _number(press)
    left = press.desk.charter.feedback.dismiss(press.desk.actor, number)
    press.reply.instead(feedback.listed(left))
    press.reply.privately(feedback.dismissed(number))


def _again(press: Press) -> None:
    press.desk.charter.feedback.reopen(press.desk.actor, _number(press))
    press.reply.instead(feedback.back())


def _number(press: Press) -> int:
    return press.number("n") or 0


FEEDBACK: OnPress = {
    Act.ANSWER_RATE: Opens(_wrong, when=lambda values: not values.get("g"), otherwise=_right),
    Act.FORM_RATE: _wrong_in_form,
    Act.OPEN_ALIAS: Opens(_alias),
    Act.OPEN_ITEM: Opens(_item),
    Act.OPEN_DISMISS: _dismiss,
    Act.OPEN_AGAIN: _again,
}
