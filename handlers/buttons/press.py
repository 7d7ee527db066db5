"""A button that was pressed, and the usual ways to answer it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import BoltContext

from bot.commands import Export, ExportPerson, Order
from bot.outcome import Shown
from handlers import exports
from handlers.orders import Desk, carried_out
from handlers.reply import Origin, Reply, addressed
from handlers.slack import OpenView, Slack
from handlers.views import modals
from handlers.views.acts import Act
from handlers.views.kit import Message

Values = Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed: what it carries, by whom, and the ways to answer.

    `view` is the form that it stands in, if it stands in one.
    """

    values: Values
    trigger: str
    desk: Desk
    slack: Slack
    origin: Origin
    reply: Reply
    context: BoltContext
    now: datetime
    view: OpenView | None = None

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        return str(value) if value is not None else None

    def number(self, key: str) -> int | None:
        value = self.values.get(key)
        return value if isinstance(value, int) else None


OnPress = Mapping[Act, Callable[[Press], None]]
"""What a press does, by what it means."""


def look(press: Press, order: Order) -> None:
    """Show something to the one who pressed: it may be more than the others in the channel see."""
    press.context["order"] = order
    press.reply.privately(carried_out(order, press.desk))


def instead(press: Press, message: Message, project: str | None) -> None:
    """Put the outcome in the place of the button's message; where others read that who may not know
    of the project (any more, since the channel was opened), tell the one who pressed alone.
    """
    desk, is_read_by_all = press.desk, press.origin.public and not press.origin.is_direct
    if (
        is_read_by_all
        and project
        and not desk.charter.projects.is_open(desk.actor, project, desk.place)
    ):
        press.reply.privately(message)
    else:
        press.reply.instead(message)


def form(press: Press, make: Callable[[Shown], dict[str, Any]]) -> None:
    """Open a form about an item (or a project, in which it lets choose the item).

    Something opens at once, before the trigger dies, and then becomes the form.
    """
    opened = press.slack.open(press.trigger, modals.loading())
    press.context["opened"] = opened
    desk, item, project = press.desk, press.text("i"), press.text("p")
    projects = desk.charter.projects
    shown = (
        projects.row(desk.actor, item, project, desk.place)
        if item
        else projects.shown(desk.actor, project, desk.place)
    )
    press.slack.update(opened, addressed(make(shown), press.origin))


def deliver(press: Press, order: Export | ExportPerson) -> None:
    desk = press.desk
    exports.deliver(order, desk, press.slack, press.origin, press.reply, press.context)
