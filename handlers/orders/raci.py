"""Letters shown, given and taken away."""

from bot.commands import ShowDelegates, ShowHeld, ShowHistory, ShowMatrix, ShowRow
from bot.orders import Assign, Clear, Delegate, EndDelegation, SayOfOffer, SettleOffer
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import delegations, history, matrix, offers
from handlers.views.kit import Message


def _matrix(order: ShowMatrix, desk: Desk) -> Message:
    return matrix.matrix(desk.charter.projects.shown(desk.actor, order.project, desk.place))


def _row(order: ShowRow, desk: Desk) -> Message:
    shown = desk.charter.projects.row(desk.actor, order.item, order.project, desk.place)
    return matrix.row(shown)


def _say(order: SayOfOffer, desk: Desk) -> Message:
    said = desk.charter.raci.say(desk.actor, order)
    return offers.sent(said.to, said.people)


def _delegates(order: ShowDelegates, desk: Desk) -> Message:
    shown = desk.charter.delegations.shown(desk.actor, order.person, desk.place)
    return delegations.standins(shown)


def _delegate(order: Delegate, desk: Desk) -> Message:
    return delegations.delegated(desk.charter.delegations.set_up(desk.actor, order, desk.place))


def _end_delegation(order: EndDelegation, desk: Desk) -> Message:
    return delegations.delegated(desk.charter.delegations.end(desk.actor, order, desk.place))


def _held(order: ShowHeld, desk: Desk) -> Message:
    return history.held_on(desk.charter.raci.held_on(desk.actor, order, desk.place))


def _history(order: ShowHistory, desk: Desk) -> Message:
    return history.history(desk.charter.raci.history(desk.actor, order, desk.place))


RACI: Carriers = {
    ShowMatrix: _matrix,
    ShowRow: _row,
    ShowHeld: _held,
    ShowHistory: _history,
    Assign: write(lambda charter, *asked: charter.raci.assign(*asked)),
    Clear: write(lambda charter, *asked: charter.raci.clear(*asked)),
    SettleOffer: write(lambda charter, *asked: charter.raci.settle(*asked)),
    SayOfOffer: _say,
    ShowDelegates: _delegates,
    Delegate: _delegate,
    EndDelegation: _end_delegation,
}
