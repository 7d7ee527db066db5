"""Letters shown, given and taken away."""

from bot.commands import ShowMatrix, ShowRow
from bot.orders import Assign, Clear
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import matrix
from handlers.views.kit import Message


def _matrix(order: ShowMatrix, desk: Desk) -> Message:
    return matrix.matrix(desk.charter.projects.shown(desk.actor, order.project, desk.place))


def _row(order: ShowRow, desk: Desk) -> Message:
    shown = desk.charter.projects.row(desk.actor, order.item, order.project, desk.place)
    return matrix.row(shown)


RACI: Carriers = {
    ShowMatrix: _matrix,
    ShowRow: _row,
    Assign: write(lambda charter, *asked: charter.raci.assign(*asked)),
    Clear: write(lambda charter, *asked: charter.raci.clear(*asked)),
}
