"""How work goes, carried out: stages moved and dated, blockers, gates, ladders, health."""

from collections.abc import Callable
from typing import Any

from bot.commands import ShowGate, ShowHealth, ShowLadder
from bot.orders import (
    AddCriterion,
    AddItem,
    AddRung,
    AskGate,
    Block,
    Due,
    FinishProject,
    Move,
    OrderItems,
    RemoveCriterion,
    RemoveItem,
    RemoveRung,
    RenameItem,
    RenameRung,
    SetHealth,
    TickCriterion,
    Unblock,
)
from bot.people import Actor
from bot.telling import Line
from handlers.orders.desk import Carriers, Carry, Desk, write
from handlers.service import Rungs
from handlers.views import gates, health, ladder
from handlers.views.kit import Message


def _gate(order: ShowGate, desk: Desk) -> Message:
    shown = desk.charter.gates.shown(desk.actor, order.item, order.project, desk.place)
    return gates.shown(shown)


def _ladder(order: ShowLadder, desk: Desk) -> Message:
    return ladder.shown(desk.charter.rungs.shown(desk.actor))


def _rungs(act: Callable[[Rungs, Actor, Any], tuple[Line, ...]]) -> Carry:
    """What changes the ladder of new projects: it is told as a whole."""

    def carry(order: Any, desk: Desk) -> Message:
        changed = act(desk.charter.rungs, desk.actor, order)
        return ladder.shown(desk.charter.rungs.shown(desk.actor), changed)

    return carry


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
    ShowLadder: _ladder,
    AddRung: _rungs(Rungs.add),
    RenameRung: _rungs(Rungs.rename),
    RemoveRung: _rungs(Rungs.remove),
    ShowHealth: _health,
    SetHealth: write(lambda charter, *asked: charter.standings.say(*asked)),
    FinishProject: write(lambda charter, *asked: charter.standings.finish(*asked)),
}
