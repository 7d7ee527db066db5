"""What letters cost: no question to the database grows in number with the rows."""

from collections.abc import Callable
from datetime import date

from bot.commands import ShowHeld, ShowHistory
from bot.orders import Assign, Clear, Delegate, EndDelegation, SettleOffer
from bot.project import OfferState
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.support import A, R, give
from tests.support.counting import counted

STAGES = ("idea", "framing", "data_quality", "annotation", "modelling", "rollout")


def cost(team: Team, act: Callable[[], object]) -> int:
    with counted(team.database) as statements:
        act()
    return len(statements)


def costs(team: Team) -> dict[str, int]:
    """Each use case once, on the data pipeline of Atlas, which Bea holds before and after."""
    raci, delegations = team.charter.raci, team.charter.delegations
    bea, cy = team.actor("bea"), team.actor("cy")
    offer = Assign("data_pipeline", (A,), "<@UCY>", hand_over=True)
    back = Assign("data_pipeline", (A,), "<@UBEA>", hand_over=True, unasked="agreed")
    days = Delegate("<@UCY>", date(2027, 8, 3), date(2027, 8, 14))
    held, became = ShowHeld("data_pipeline", team.now.date()), ShowHistory("data_pipeline")
    accept = SettleOffer(OfferState.ACCEPTED, "data_pipeline")
    raci.history(bea, became, HERE)  # what is known by heart afterwards is no question
    return {
        "history": cost(team, lambda: raci.history(bea, became, HERE)),
        "held on": cost(team, lambda: raci.held_on(bea, held, HERE)),
        "offer": cost(team, lambda: raci.assign(bea, offer, HERE)),
        "accept": cost(team, lambda: raci.settle(cy, accept, HERE)),
        "unasked": cost(team, lambda: raci.assign(team.actor("ana"), back, HERE)),
        "delegate": cost(team, lambda: delegations.set_up(bea, days, HERE)),
        "delegates": cost(team, lambda: delegations.shown(bea, None, HERE)),
        "call off": cost(team, lambda: delegations.end(bea, EndDelegation(), HERE)),
    }


def test_r7_r8_r9_cost_the_same_however_many_rows_there_are(team: Team) -> None:
    team.atlas()
    give(team, "<@UBEA>")
    costs(team)
    before = costs(team)
    ana = team.actor("ana")
    for stage in STAGES:
        order = Assign(stage, (A, R), "<@UBEA>", hand_over=True, unasked="agreed")
        team.charter.raci.assign(ana, order, HERE)
        offer = Assign(stage, (A,), "<@UCY>", hand_over=True)
        team.charter.raci.assign(team.actor("bea"), offer, HERE)
        for _ in range(3):
            team.charter.raci.assign(ana, Assign("data_pipeline", (R,), "<@UCY>"), HERE)
            team.charter.raci.clear(ana, Clear("data_pipeline", (R,), "<@UCY>"), HERE)
    for month in range(1, 9):
        days = Delegate("<@UBEA>", date(2028, month, 1), date(2028, month, 9))
        team.charter.delegations.set_up(team.actor("cy"), days, HERE)
    costs(team)
    assert costs(team) == before
