"""Buttons about letters."""

from collections.abc import Callable

from bot.commands import ShowMatrix, ShowRow
from bot.project import Letter
from handlers.buttons.press import OnPress, Press, form, instead, look
from handlers.orders import carried_out
from handlers.views import modals, pressed
from handlers.views.acts import Act


def _open_assign(press: Press) -> None:
    letter = press.text("l")
    form(press, lambda shown: modals.assign(shown, Letter(letter) if letter else None))


def _assign(act: Act) -> Callable[[Press], None]:
    def on_press(press: Press) -> None:
        order = pressed.assigned(act, press.values)
        press.context["order"] = order
        instead(press, carried_out(order, press.desk), order.project)

    return on_press


RACI: OnPress = {
    Act.ASSIGN_OPEN: _open_assign,
    Act.HAND_OVER: _assign(Act.HAND_OVER),
    Act.MAKE_RESPONSIBLE: _assign(Act.MAKE_RESPONSIBLE),
    Act.ROW_SHOW: lambda press: look(press, ShowRow(press.text("i") or "", press.text("p"))),
    Act.MATRIX_SHOW: lambda press: look(press, ShowMatrix(press.text("p"))),
}
