"""Who is away, and by which clock somebody lives."""

from bot.commands import ListAway, ShowAway, ShowZone
from bot.orders import EndAway, SetAway, SetRegion, SetReminders, SetZone
from handlers.orders.desk import Carriers, Desk
from handlers.views import away, standups
from handlers.views.kit import Message


def _shown(order: ShowAway, desk: Desk) -> Message:
    return away.shown(desk.charter.presences.shown(desk.actor, order.person))


def _listed(order: ListAway, desk: Desk) -> Message:
    return away.listed(desk.charter.presences.listed(desk.actor))


def _set(order: SetAway, desk: Desk) -> Message:
    return away.said(desk.charter.presences.set_away(desk.actor, order))


def _ended(order: EndAway, desk: Desk) -> Message:
    return away.ended(desk.charter.presences.end_away(desk.actor, order))


def _region(order: SetRegion, desk: Desk) -> Message:
    return away.shown(desk.charter.presences.set_region(desk.actor, order))


def _reminders(order: SetReminders, desk: Desk) -> Message:
    return standups.reminding(desk.charter.presences.set_reminders(desk.actor, order))


def _zone(order: ShowZone, desk: Desk) -> Message:
    return away.zone(desk.charter.presences.zone(desk.actor))


def _set_zone(order: SetZone, desk: Desk) -> Message:
    return away.zone(desk.charter.presences.set_zone(desk.actor, order))


PRESENCE: Carriers = {
    ShowAway: _shown,
    ListAway: _listed,
    SetAway: _set,
    EndAway: _ended,
    SetRegion: _region,
    SetReminders: _reminders,
    ShowZone: _zone,
    SetZone: _set_zone,
}
