"""A button that was pressed, and the usual ways to answer it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from slack_bolt import BoltContext

from bot.commands import Export, ExportPerson, Order
from bot.outcome import Shown
from handlers import exports
from handlers.orders import Desk, carried_out
from handlers.reply import Origin, Reply, addressed
from handlers.slack import OpenView, Slack
from handlers.views.acts import Act
from handlers.views.kit import Message, View

Values = Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed: what it carries, by whom, and the ways to answer.

    `view` is the form that it stands in, if it stands in one.
    """

    values: Values
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


@dataclass(frozen=True, slots=True)
class Opens:
    """A press that opens a form: something stands there by now (see `handlers.opening`), and in
    its place comes what `make` makes. Where what the button carries is not so (`when`), no form is
    opened, and `otherwise` is done.
    """

    make: Callable[[Press], View]
    when: Callable[[Values], bool] = lambda values: True
    otherwise: Callable[[Press], None] = lambda press: None

    def __call__(self, press: Press) -> None:
        if not self.when(press.values):
            self.otherwise(press)
            return
        press.slack.update(press.context["opened"], addressed(self.make(press), press.origin))


def meant(press: Press) -> Shown:
    """The item that a form is to be about; or the project, in which the form lets choose it."""
    desk, item, project = press.desk, press.text("i"), press.text("p")
    projects = desk.charter.projects
    if item:
        return projects.row(desk.actor, item, project, desk.place)
    return projects.shown(desk.actor, project, desk.place)


def deliver(press: Press, order: Export | ExportPerson) -> None:
    desk = press.desk
    exports.deliver(order, desk, press.slack, press.origin, press.reply, press.context)
