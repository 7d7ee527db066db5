"""The button that says that a project is still true."""

from bot.orders import Confirm
from handlers.buttons.press import OnPress, Press, instead
from handlers.orders import carried_out
from handlers.views.acts import Act


def _confirm(press: Press) -> None:
    order = Confirm(press.text("p"))
    press.context["order"] = order
    instead(press, carried_out(order, press.desk), order.project)


REVIEWS: OnPress = {Act.REVIEW_TRUE: _confirm}
