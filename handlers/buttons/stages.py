"""Buttons about where a stage stands, and about its gate."""

from bot.commands import ShowGate
from bot.orders import AskGate
from handlers.buttons.press import OnPress, Opens, Press, look, meant
from handlers.orders import carried_out
from handlers.views import modals
from handlers.views.acts import Act
from handlers.views.kit import View


def _show_gate(press: Press) -> None:
    look(press, ShowGate(press.text("i") or "", press.text("p")))


def _tick(press: Press) -> View:
    desk, item, project = press.desk, press.text("i") or "", press.text("p")
    shown = desk.charter.gates.shown(desk.actor, item, project, desk.place)
    return modals.tick(shown, press.text("k") or "")


def _ask_gate(press: Press) -> None:
    order = AskGate(press.text("i") or "", project=press.text("p"))
    press.context["order"] = order
    press.reply.privately(carried_out(order, press.desk))


STAGES: OnPress = {
    Act.STAGE_OPEN: Opens(lambda press: modals.move(meant(press))),
    Act.STAGE_REOPEN: Opens(lambda press: modals.reopen(meant(press))),
    Act.GATE_SHOW: _show_gate,
    Act.GATE_TICK: Opens(_tick),
    Act.GATE_ASK: _ask_gate,
}
