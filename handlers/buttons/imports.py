"""Buttons under the preview of a sheet."""

from bot.errors import Refused, Why
from handlers import imports
from handlers.buttons.press import OnPress, Press
from handlers.views.acts import Act


def _apply(press: Press) -> None:
    _take(press, partial=False)


def _apply_rest(press: Press) -> None:
    _take(press, partial=True)


def _take(press: Press, *, partial: bool) -> None:
    """Whoever asked has the preview, and they alone may have it done: it was made for their rights
    and their eyes.
    """
    if press.text("u") != str(press.desk.actor.person_id):
        raise Refused(Why.NOT_YOUR_IMPORT)
    desk = press.desk
    imports.take(
        press.text("f") or "",
        press.text("k") or "",
        press.text("m") or "",
        desk.charter,
        desk.actor,
        desk.place,
        press.slack,
        press.reply,
        partial=partial,
    )


IMPORTS: OnPress = {
    Act.IMPORT_APPLY: _apply,
    Act.IMPORT_REST: _apply_rest,
}
