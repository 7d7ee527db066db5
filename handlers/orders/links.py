"""What belongs to a project elsewhere, linked and moved."""

from bot.orders import AddLink, MoveLink
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import links
from handlers.views.kit import Message


def _add_link(order: AddLink, desk: Desk) -> Message:
    return links.made(desk.charter.links.link(desk.actor, order, desk.place))


LINKS: Carriers = {
    AddLink: _add_link,
    MoveLink: write(lambda charter, *asked: charter.links.move(*asked)),
}
