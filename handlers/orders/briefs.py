"""Briefs shown."""

from bot.commands import ShowBrief
from handlers.orders.desk import Carriers, Desk
from handlers.views import brief
from handlers.views.kit import Message


def _brief(order: ShowBrief, desk: Desk) -> Message:
    return brief.brief(desk.charter.briefs.shown(desk.actor, order, desk.place))


BRIEFS: Carriers = {
    ShowBrief: _brief,
}
