"""Buttons about where a stage stands, and about its gate."""

from bot.commands import ShowGate
from bot.orders import AskGate
from handlers.buttons.press import OnPress, Press, form, look
from handlers.orders import carried_out
from handlers.reply import addressed
from handlers.views import modals
from handlers.views.acts import Act


def _open_move(press: Press) -> None:
    form(press, modals.move)


def _reopen(press: Press) -> None:
    form(press, modals.reopen)


def _show_gate(press: Press) -> None:
    look(press, ShowGate(press.text("i") or "", press.text("p")))


def _open_tick(press: Press) -> None:
    opened = press.slack.open(press.trigger, modals.loading())
    press.context["opened"] = opened
    desk, item, project = press.desk, press.text("i") or "", press.text("p")
    shown = desk.charter.gates.shown(desk.actor, item, project, desk.place)
    view = modals.tick(shown, press.text("k") or "")
    press.slack.update(opened, addressed(view, press.origin))


def _ask_gate(press: Press) -> None:
    order = AskGate(press.text("i") or "", project=press.text("p"))
    press.context["order"] = order
    press.reply.privately(carried_out(order, press.desk))


STAGES: OnPress = {
    Act.STAGE_OPEN: _open_move,
    Act.STAGE_REOPEN: _reopen,
    Act.GATE_SHOW: _show_gate,
    Act.GATE_TICK: _open_tick,
    Act.GATE_ASK: _ask_gate,
}
