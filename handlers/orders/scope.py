"""What a project is for, shown, set, approved and judged."""

from collections.abc import Callable
from typing import Any

from bot.commands import (
    Portfolio,
    ScopeDiff,
    ScopeHistory,
    ShowMetrics,
    ShowScope,
    ShowVerdict,
)
from bot.orders import ApproveScope, EditScope, GiveVerdict, RemoveMetric, SetMetric, SetScope
from bot.outcome import Done, Place
from bot.people import Actor
from handlers.orders.desk import Carriers, Carry, Desk, write
from handlers.service import Charter
from handlers.views import portfolio, scope, scope_history
from handlers.views.kit import Message


def _scope(order: ShowScope, desk: Desk) -> Message:
    shown = desk.charter.projects.shown(desk.actor, order.project, desk.place)
    if order.name:
        return scope.field(shown, order.name)
    return scope.shown(shown, desk.charter.links.pages(desk.actor, shown.project))


def _metrics(order: ShowMetrics, desk: Desk) -> Message:
    return scope.metrics(desk.charter.projects.shown(desk.actor, order.project, desk.place))


def _history(order: ScopeHistory, desk: Desk) -> Message:
    found = desk.charter.scopes.history(desk.actor, order.project, desk.place)
    return scope_history.history(found)


def _diff(order: ScopeDiff, desk: Desk) -> Message:
    found = desk.charter.scopes.diff(desk.actor, order.first, order.last, order.project, desk.place)
    return scope_history.diff(found)


def _verdict(order: ShowVerdict, desk: Desk) -> Message:
    return portfolio.verdict(
        *desk.charter.scopes.feasibility(desk.actor, order.project, desk.place)
    )


def _portfolio(order: Portfolio, desk: Desk) -> Message:
    return portfolio.portfolio(desk.charter.scopes.portfolio(desk.actor, order.page, desk.place))


def _save(act: Callable[[Charter, Actor, Any, Place], Done]) -> Carry:
    """A change of the scope's own fields: what of it could not be read is said."""

    def carry(order: Any, desk: Desk) -> Message:
        done = act(desk.charter, desk.actor, order, desk.place)
        return scope.saved(done, desk.actor.name)

    return carry


SCOPE: Carriers = {
    ShowScope: _scope,
    SetScope: _save(lambda charter, *asked: charter.scopes.scope(*asked)),
    EditScope: _save(lambda charter, *asked: charter.scopes.edit(*asked)),
    ApproveScope: write(lambda charter, *asked: charter.scopes.approve(*asked)),
    ScopeHistory: _history,
    ScopeDiff: _diff,
    ShowMetrics: _metrics,
    SetMetric: write(lambda charter, *asked: charter.scopes.set_metric(*asked)),
    RemoveMetric: write(lambda charter, *asked: charter.scopes.remove_metric(*asked)),
    ShowVerdict: _verdict,
    GiveVerdict: write(lambda charter, *asked: charter.scopes.give_verdict(*asked)),
    Portfolio: _portfolio,
}
