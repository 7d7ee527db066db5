"""Carried out: who may do what, and what holds for the whole workspace."""

from bot.commands import ShowAccess, ShowOutbox, ShowSettings
from bot.orders import (
    AllowTitles,
    BreakGlass,
    ChangeSetting,
    Grant,
    OpenSharedChannel,
    Resume,
    RetryMessages,
    SetPrivacy,
)
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import access, undelivered
from handlers.views.kit import Message


def _shown(order: ShowAccess, desk: Desk) -> Message:
    return access.shown(desk.charter.access.shown(desk.actor, order.project, desk.place))


def _broken(order: BreakGlass, desk: Desk) -> Message:
    return access.broken(desk.charter.access.break_glass(desk.actor, order, desk.place))


def _settings(order: ShowSettings, desk: Desk) -> Message:
    return access.settings(desk.charter.settings.shown(desk.actor, order.name))


def _changed(order: ChangeSetting, desk: Desk) -> Message:
    return access.settings(desk.charter.settings.change(desk.actor, order))


def _opened(order: OpenSharedChannel, desk: Desk) -> Message:
    desk.charter.settings.open_shared(desk.actor, order, desk.place)
    return access.opened(order.opened)


def _resumed(order: Resume, desk: Desk) -> Message:
    desk.charter.settings.resume(desk.actor)
    return access.resumed()


def _outbox(order: ShowOutbox, desk: Desk) -> Message:
    return undelivered.shown(desk.charter.undelivered.shown(desk.actor))


def _retried(order: RetryMessages, desk: Desk) -> Message:
    return undelivered.shown(desk.charter.undelivered.retry(desk.actor, order))


ACCESS: Carriers = {
    ShowAccess: _shown,
    Grant: write(lambda charter, actor, order, place: charter.access.grant(actor, order, place)),
    SetPrivacy: write(
        lambda charter, actor, order, place: charter.access.set_privacy(actor, order, place)
    ),
    AllowTitles: write(
        lambda charter, actor, order, place: charter.access.allow_titles(actor, order, place)
    ),
    BreakGlass: _broken,
    ShowSettings: _settings,
    ChangeSetting: _changed,
    OpenSharedChannel: _opened,
    Resume: _resumed,
    ShowOutbox: _outbox,
    RetryMessages: _retried,
}
