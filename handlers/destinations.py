"""Where an order about a file that comes by itself is to hold, if not where it is given."""

import re
from dataclasses import replace
from typing import Any

from bot.errors import NotFound, Refused, Why
from bot.orders import EndExport, SetExport
from bot.orders.routines import ME
from handlers.orders import Desk
from handlers.slack import Installation, Slack
from handlers.slack.rooms import is_inside

_ID = re.compile(r"[CG][A-Z0-9]{2,}")


def meant(order: Any, desk: Desk, slack: Slack, installation: Installation) -> tuple[Any, Desk]:
    """The order as it is there, and the desk in the channel that it names: whoever names one is in
    it, and so is Charter. What it is of is still what it was where it was given.
    """
    if not isinstance(order, SetExport | EndExport) or order.to in {None, ME}:
        return order, desk
    charter, actor = desk.charter, desk.actor
    channel = _channel(order.to or "", desk)
    if isinstance(order, SetExport) and order.project is None and not order.whole:
        subject = charter.exports.subject(actor, None, desk.place, whole=False)
        order = replace(order, project=subject.key or None, whole=not subject.key)
    order = replace(order, to=None)
    if channel == desk.place.channel:
        return order, desk
    name, private, shared = slack.channel(channel)
    user = actor.person.slack_id if actor.person else None
    if user is None or not is_inside(slack, channel, user):
        raise Refused(Why.NOT_A_MEMBER, field="to")
    if not is_inside(slack, channel, installation.bot_user):
        raise Refused(Why.CHANNEL_UNREADABLE, field="to")
    place = charter.people.channel_learned(actor.workspace, channel, name, private, shared)
    return order, replace(desk, place=place)


def _channel(told: str, desk: Desk) -> str:
    """Slack's id of a channel that is told by it, or by its name."""
    if _ID.fullmatch(told):
        return told
    known = desk.charter.people.channel_named(desk.actor.workspace, told.casefold())
    if known is None or known.channel is None:
        raise NotFound("channel", f"#{told}")
    return known.channel
