"""Buttons about where a stage stands."""

from handlers.buttons.press import OnPress, Press, form
from handlers.views import modals
from handlers.views.acts import Act


def _open_move(press: Press) -> None:
    form(press, modals.move)


STAGES: OnPress = {
    Act.STAGE_OPEN: _open_move,
}
