"""Letters shown, given and taken away."""

from bot.commands import ShowMatrix, ShowRow
from bot.orders import Assign, Clear, SayOfOffer, SettleOffer
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import matrix, offers
from handlers.views.kit import Message


def _matrix(order: ShowMatrix, desk: Desk) -> Message:
    return matrix.matrix(desk.charter.projects.shown(desk.actor, order.project, desk.place))


def _row(order: ShowRow, desk: Desk) -> Message:
    shown = desk.charter.projects.row(desk.actor, order.item, order.project, desk.place)
    return matrix.row(shown)


def _say(order: SayOfOffer, desk: Desk) -> Message:
    said = desk.charter.raci.say(desk.actor, order)
    return offers.sent(said.to, said.people)


RACI: Carriers = {
    ShowMatrix: _matrix,
    ShowRow: _row,
    Assign: write(lambda charter, *asked: charter.raci.assign(*asked)),
    Clear: write(lambda charter, *asked: charter.raci.clear(*asked)),
    SettleOffer: write(lambda charter, *asked: charter.raci.settle(*asked)),
    SayOfOffer: _say,
}
