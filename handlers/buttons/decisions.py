"""Buttons about decisions."""

from bot.orders import WithdrawDecision
from handlers import decisions
from handlers.buttons.press import OnPress, Press, instead
from handlers.orders import carried_out
from handlers.views import decisions as views
from handlers.views.acts import Act


def _withdraw(press: Press) -> None:
    order = WithdrawDecision(press.number("n") or 0, project=press.text("p"))
    press.context["order"] = order
    instead(press, carried_out(order, press.desk), order.project)


def _stay(press: Press) -> None:
    desk, number = press.desk, press.number("n") or 0
    one = desk.charter.decisions.one(desk.actor, number, press.text("p"), desk.place)
    instead(press, views.stays(one), press.text("p"))


def _belongs(press: Press) -> None:
    """The project was chosen: keep the message, and take the question away."""
    channel, installation = press.origin.channel or "", press.context["installation"]
    told = decisions.keep(
        channel, press.text("m") or "", press.text("p"), press.desk, press.slack, installation
    )
    press.reply.instead(told) if told else press.reply.dismiss()


DECISIONS: OnPress = {
    Act.DECISION_WITHDRAW: _withdraw,
    Act.DECISION_KEEP: _stay,
    Act.DECISION_OF: _belongs,
}
