"""Addresses of pull requests and runs, pasted or said to Charter: each gets its card in the thread.

A mention and the event about its links tell of the same message: both lead to the same card.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from slack_bolt import App, BoltContext

from bot.commands import parse
from bot.links import LinkKept, LinkMade, Posted, without_addresses
from bot.orders import AddLink
from bot.outcome import Place
from bot.people import Actor
from bot.sources.base import Ref
from handlers.commands import today
from handlers.reply import Reply
from handlers.service import Charter
from handlers.service.links import Where
from handlers.views import links as views

STILL_WRITING = "composer"
"""Where Slack says so, nothing has been posted yet."""


def register(bolt: App) -> None:
    bolt.event("link_shared")(on_link_shared)


def on_link_shared(
    event: dict[str, Any],
    body: dict[str, Any],
    charter: Charter,
    actor: Actor,
    place: Place,
    reply: Reply,
) -> None:
    """Nobody asked for anything: where Charter is no member it keeps silent."""
    if event.get("source") == STILL_WRITING or not event.get("is_bot_user_member", True):
        return
    if place.is_direct:
        return  # the message itself is heard there
    if place.is_shared:
        return  # nothing is posted there by itself
    if actor.person is None or actor.person.is_bot:
        return  # a code host's own bot posts its links by the dozen
    if charter.questions.seen(body["event_id"]):
        return
    text = " ".join(f"<{link['url']}>" for link in event.get("links", ()))
    where = _where(event, event["message_ts"], place)
    for ref in charter.links.recognised(text):
        paste(charter, actor, ref, place, where, reply)
    for ref in charter.links.pages_in(text):
        charter.links.paste_page(actor, ref, place, where)
    charter.questions.finished(body["event_id"])


def paste(
    charter: Charter, actor: Actor, ref: Ref, place: Place, where: Where, reply: Reply
) -> None:
    """Put the card there, or ask the one who pasted it which project it belongs to."""
    question = charter.links.paste(actor, ref, place, where)
    if question is not None:
        reply.privately(views.asked(question, where.said, where.thread_ts))


def said(
    event: Mapping[str, Any],
    text: str,
    charter: Charter,
    actor: Actor,
    place: Place,
    now: datetime,
    context: BoltContext,
    reply: Reply,
) -> bool:
    """Take what was said to Charter for something to link, if it is that."""
    where = _where(event, event["ts"], place)
    if text.casefold().startswith("link "):
        order = parse(text, today(actor, now))
        if isinstance(order, AddLink):
            context["order"] = order
            _tell(charter.links.link(actor, order, place, where), reply)
            return True
    refs = charter.links.recognised(text)
    if refs and not _asks(without_addresses(text)):
        for ref in refs:
            paste(charter, actor, ref, place, where, reply)
        return True
    return False


def _tell(made: LinkMade | LinkKept, reply: Reply) -> None:
    """A card that stands there says it all; what not all there may know, one is told alone."""
    match made:
        case LinkKept(is_open=True):
            reply(views.kept(made))
        case LinkMade(posted=Posted.HERE):
            pass
        case _ if not reply.origin.is_direct:
            reply.privately(views.made(made))


def _asks(rest: str) -> bool:
    """Whether there is a question besides the address."""
    return rest.endswith(("?", "？", "؟"))


def _where(event: Mapping[str, Any], message: str, place: Place) -> Where:
    """Under the message: in its thread; in a direct message only where it is in one already."""
    thread = event.get("thread_ts")
    root = thread or message
    return Where(event["channel"], root, thread if place.is_direct else root)
