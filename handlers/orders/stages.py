"""How work goes, carried out: stages moved and dated, blockers, gates, ladders, health."""

from bot.commands import ShowGate, ShowHealth
from bot.orders import (
    AddCriterion,
    AddItem,
    AskGate,
    Block,
    Due,
    FinishProject,
    Move,
    OrderItems,
    RemoveCriterion,
    RemoveItem,
    RenameItem,
    SetHealth,
    TickCriterion,
    Unblock,
)
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import gates, health
from handlers.views.kit import Message


def _gate(order: ShowGate, desk: Desk) -> Message:
    shown = desk.charter.gates.shown(desk.actor, order.item, order.project, desk.place)
    return gates.shown(shown)


def _health(order: ShowHealth, desk: Desk) -> Message:
    return health.shown(desk.charter.standings.shown(desk.actor, order.project, desk.place))


STAGES: Carriers = {
    Move: write(lambda charter, *asked: charter.stages.move(*asked)),
    Due: write(lambda charter, *asked: charter.stages.due(*asked)),
    Block: write(lambda charter, *asked: charter.stages.block(*asked)),
    Unblock: write(lambda charter, *asked: charter.stages.unblock(*asked)),
    ShowGate: _gate,
    AddCriterion: write(lambda charter, *asked: charter.gates.add(*asked)),
    RemoveCriterion: write(lambda charter, *asked: charter.gates.remove(*asked)),
    TickCriterion: write(lambda charter, *asked: charter.gates.tick(*asked)),
    AskGate: write(lambda charter, *asked: charter.gates.ask(*asked)),
    AddItem: write(lambda charter, *asked: charter.ladders.add(*asked)),
    RenameItem: write(lambda charter, *asked: charter.ladders.rename(*asked)),
    RemoveItem: write(lambda charter, *asked: charter.ladders.remove(*asked)),
    OrderItems: write(lambda charter, *asked: charter.ladders.order(*asked)),
    ShowHealth: _health,
    SetHealth: write(lambda charter, *asked: charter.standings.say(*asked)),
    FinishProject: write(lambda charter, *asked: charter.standings.finish(*asked)),
}
