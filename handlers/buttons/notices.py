"""Buttons under what the letters bring somebody."""

from handlers.buttons.press import OnPress, Opens, Press
from handlers.views import modals, notices, reasons
from handlers.views.acts import Act
from handlers.views.kit import View

NOTHING = "Nothing to add."


def _why(press: Press) -> None:
    desk = press.desk
    told = desk.charter.reasons.keyed(desk.actor, press.text("m") or "", desk.place)
    press.reply.privately(reasons.explained(told))


def _input(press: Press) -> View:
    """The form for one's input."""
    asked = press.desk.charter.consultations.asked(press.desk.actor, press.number("n") or 0)
    return modals.consultation(asked)


def _nothing(press: Press) -> None:
    """An answer that is one click; it stands in the place of the question."""
    service = press.desk.charter.consultations
    answered = service.answer(press.desk.actor, press.number("n") or 0, NOTHING)
    press.reply.instead(notices.answered(answered))


NOTICES: OnPress = {
    Act.NOTICE_WHY: _why,
    Act.CONSULTATION_OPEN: Opens(_input),
    Act.CONSULTATION_NOTHING: _nothing,
}
