"""Buttons about letters."""

from collections.abc import Callable

from bot.commands import ShowMatrix, ShowRow
from bot.orders import SettleOffer
from bot.project import Letter, OfferState
from handlers.buttons.press import OnPress, Opens, Press, instead, look, meant
from handlers.orders import carried_out
from handlers.views import changes, modals, pressed
from handlers.views.acts import Act
from handlers.views.kit import View


def _assignment(press: Press) -> View:
    letter = press.text("l")
    return modals.assign(meant(press), Letter(letter) if letter else None)


def _assign(act: Act) -> Callable[[Press], None]:
    def on_press(press: Press) -> None:
        order = pressed.assigned(act, press.values)
        press.context["order"] = order
        instead(press, carried_out(order, press.desk), order.project)

    return on_press


def _settle(state: OfferState) -> Callable[[Press], None]:
    """What is accepted is told beside the question, with its undo: the question itself is put
    right in any case.
    """

    def on_press(press: Press) -> None:
        order = SettleOffer(state, offer=press.number("f") or 0)
        press.context["order"] = order
        done = press.desk.charter.raci.settle(press.desk.actor, order, press.desk.place)
        message = changes.done(done, press.desk.actor.name)
        if state is OfferState.ACCEPTED:
            press.reply.privately(message)
        else:
            instead(press, message, done.project.key)

    return on_press


def _words(press: Press) -> View:
    offer = press.number("f") or 0
    shown = press.desk.charter.raci.offered(press.desk.actor, offer)
    return modals.say_of_offer(shown, offer)


RACI: OnPress = {
    Act.ASSIGN_OPEN: Opens(_assignment),
    Act.HAND_OVER: _assign(Act.HAND_OVER),
    Act.MAKE_RESPONSIBLE: _assign(Act.MAKE_RESPONSIBLE),
    Act.OFFER_ACCEPT: _settle(OfferState.ACCEPTED),
    Act.OFFER_DECLINE: _settle(OfferState.DECLINED),
    Act.OFFER_CANCEL: _settle(OfferState.CANCELLED),
    Act.OFFER_SAY: Opens(_words),
    Act.ROW_SHOW: lambda press: look(press, ShowRow(press.text("i") or "", press.text("p"))),
    Act.MATRIX_SHOW: lambda press: look(press, ShowMatrix(press.text("p"))),
}
