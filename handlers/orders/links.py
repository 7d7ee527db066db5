"""What belongs to a project elsewhere, linked and moved."""

from bot.orders import AddLink, MoveLink
from handlers.orders.desk import Carriers, Desk
from handlers.views import changes, links
from handlers.views.kit import Message


def _add_link(order: AddLink, desk: Desk) -> Message:
    return links.made(desk.charter.links.link(desk.actor, order, desk.place))


def _move_link(order: MoveLink, desk: Desk) -> Message:
    done = desk.charter.links.move(desk.actor, order, desk.place)
    return changes.done(done, desk.actor.name)


LINKS: Carriers = {
    AddLink: _add_link,
    MoveLink: _move_link,
}
