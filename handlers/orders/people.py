"""What is done about people, carried out."""

from bot.orders import FillSeats, GiveBack
from handlers.orders.desk import Carriers, Desk
from handlers.views import leaving
from handlers.views.kit import Message


def _fill(order: FillSeats, desk: Desk) -> Message:
    done = desk.charter.leaving.fill(desk.actor, order.gone, order.chosen, order.holder)
    return leaving.filled(done, desk.actor.name)


def _give_back(order: GiveBack, desk: Desk) -> Message:
    return leaving.filled(desk.charter.leaving.give_back(desk.actor, order.gone), desk.actor.name)


PEOPLE: Carriers = {
    FillSeats: _fill,
    GiveBack: _give_back,
}
