"""Decisions kept, withdrawn and shown."""

from bot.commands import ShowDecisions
from bot.orders import KeepDecision, WithdrawDecision
from handlers.orders.desk import Carriers, Desk
from handlers.views import decisions
from handlers.views.kit import Message


def _keep(order: KeepDecision, desk: Desk) -> Message:
    done = desk.charter.decisions.keep(desk.actor, order, desk.place)
    return decisions.kept(done, desk.actor.name, order.source)


def _withdraw(order: WithdrawDecision, desk: Desk) -> Message:
    done = desk.charter.decisions.withdraw(desk.actor, order, desk.place)
    return decisions.kept(done, desk.actor.name)


def _listed(order: ShowDecisions, desk: Desk) -> Message:
    return decisions.listed(desk.charter.decisions.listed(desk.actor, order.project, desk.place))


DECISIONS: Carriers = {
    KeepDecision: _keep,
    WithdrawDecision: _withdraw,
    ShowDecisions: _listed,
}
