"""Risks, assumptions, issues and dependencies: raised, edited, closed and shown."""

from bot.commands import ShowEntry, ShowRaid
from bot.orders import CloseRaid, EditRaid, RaiseRaid
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import raid
from handlers.views.kit import Message


def _listed(order: ShowRaid, desk: Desk) -> Message:
    page = desk.charter.raid.listed(desk.actor, order.kind, order.page, order.project, desk.place)
    return raid.listed(page)


def _one(order: ShowEntry, desk: Desk) -> Message:
    shown = desk.charter.raid.one(desk.actor, order.kind, order.number, order.project, desk.place)
    return raid.entry(shown)


RAID: Carriers = {
    ShowRaid: _listed,
    ShowEntry: _one,
    RaiseRaid: write(lambda charter, *asked: charter.raid.lift(*asked)),
    EditRaid: write(lambda charter, *asked: charter.raid.edit(*asked)),
    CloseRaid: write(lambda charter, *asked: charter.raid.close(*asked)),
}
