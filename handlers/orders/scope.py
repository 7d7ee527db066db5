"""What a project is for, shown and set."""

from bot.commands import ShowScope
from bot.orders import SetScope
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import projects
from handlers.views.kit import Message


def _scope(order: ShowScope, desk: Desk) -> Message:
    shown = desk.charter.projects.shown(desk.actor, order.project, desk.place)
    return projects.scope(shown, order.name)


SCOPE: Carriers = {
    ShowScope: _scope,
    SetScope: write(lambda charter, *asked: charter.scopes.scope(*asked)),
}
