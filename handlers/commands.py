"""`/charter`: read by the grammar, carried out, answered to the one who typed it alone."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt import App, BoltContext

from bot.commands import Export, ExportPerson, parse
from bot.outcome import Place
from bot.people import Actor
from handlers import destinations, exports, forms
from handlers.elsewhere import held_to_its_place
from handlers.manifest import COMMAND
from handlers.orders import Desk, carried_out
from handlers.people import acquaint
from handlers.reply import Origin, Reply
from handlers.service import Charter
from handlers.slack import Slack


def register(bolt: App) -> None:
    bolt.command(COMMAND)(on_command)


def on_command(
    command: dict[str, Any],
    context: BoltContext,
    charter: Charter,
    actor: Actor,
    place: Place,
    now: datetime,
    slack: Slack,
    origin: Origin,
    reply: Reply,
) -> None:
    text = command.get("text") or ""
    order = parse(text, today(actor, now))
    desk = Desk(charter, actor, place, private=True)
    if isinstance(order, Export | ExportPerson):
        exports.deliver(order, desk, slack, origin, reply, context)
        return
    if type(order) in forms.ORDERED:
        asked = forms.Asked(origin.user, today(actor, now))
        forms.show(order, desk, asked, slack, origin, context)
        return
    held_to_its_place(order, text, desk)
    context["order"] = order
    order, desk = destinations.meant(order, desk, slack, context["installation"])
    acquaint(text, charter, slack, actor.workspace)
    reply(carried_out(order, desk))


def today(actor: Actor, now: datetime) -> date:
    """The date where the actor is."""
    return now.astimezone(ZoneInfo(actor.zone)).date()
