"""`/charter`: read by the grammar, carried out, answered to the one who typed it alone."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt import App, BoltContext

from bot.commands import (
    Export,
    ExportPerson,
    OpenDelegate,
    OpenNew,
    OpenRaid,
    OpenRole,
    OpenScope,
    OpenStandup,
    parse,
)
from bot.outcome import Place
from bot.people import Actor
from handlers import delegations, exports, scopes, standups
from handlers.manifest import COMMAND
from handlers.orders import Desk, carried_out
from handlers.people import acquaint
from handlers.raid import open_raid
from handlers.reply import Origin, Reply, addressed
from handlers.roles import open_role
from handlers.service import Charter
from handlers.service.access import Opening
from handlers.slack import Slack
from handlers.views import modals


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
    if isinstance(order, Opening):
        charter.access.refuse(actor, order, place)
    if isinstance(order, OpenNew):
        bound = charter.projects.is_bound(actor, place)
        form = modals.new_project(
            order.name, place, origin.user, is_bound=bound, template=order.template
        )
        slack.open(command["trigger_id"], addressed(form, origin))
        return
    desk = Desk(charter, actor, place, private=True)
    if isinstance(order, Export | ExportPerson):
        exports.deliver(order, desk, slack, origin, reply, context)
        return
    context["order"] = order
    if isinstance(order, OpenStandup):
        trigger = command["trigger_id"]
        standups.open_setting(order.project, desk, slack, trigger, origin, context)
        return
    if isinstance(order, OpenScope):
        trigger = command["trigger_id"]
        scopes.open_scope(order.project, desk, slack, trigger, origin, context)
        return
    if isinstance(order, OpenRole):
        open_role(order.role, desk, slack, command["trigger_id"], origin, context)
        return
    if isinstance(order, OpenRaid):
        open_raid(
            order.kind,
            order.number,
            order.project,
            desk,
            slack,
            command["trigger_id"],
            origin,
            context,
        )
        return
    if isinstance(order, OpenDelegate):
        delegations.open_form(
            order.project, desk, slack, command["trigger_id"], origin, context, today(actor, now)
        )
        return
    acquaint(text, charter, slack, actor.workspace)
    reply(carried_out(order, desk))


def today(actor: Actor, now: datetime) -> date:
    """The date where the actor is."""
    return now.astimezone(ZoneInfo(actor.person.timezone if actor.person else "UTC")).date()
