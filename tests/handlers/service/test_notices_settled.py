"""What waits for somebody's hours is looked at again before it goes: nobody is asked to see to what
is settled by then, and what became another's to see to is told to them.
"""

import pytest
from sqlalchemy import update

from bot.orders import (
    AddCriterion,
    AddItem,
    ApproveScope,
    AskGate,
    Assign,
    Block,
    CloseRaid,
    RaiseRaid,
    SetScope,
    SettleOffer,
    TickCriterion,
    Unblock,
)
from bot.project import Letter, OfferState, Status
from bot.raid import RaidKind
from storage.tables import ItemRow, columns, table_of
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.mailing import MONDAY, move, staffed, until

EVENING, MORNING = MONDAY.replace(hour=20), MONDAY.replace(day=24, hour=12)
A = Letter.A


@pytest.fixture
def atlas(team: Team) -> Team:
    """In the evening: a data pipeline that is Bea's to answer for, and Cy's to do."""
    staffed(team)
    until(team, EVENING)
    return team


def offer(team: Team, receiver: str = "cy") -> None:
    order = Assign("data pipeline", (A,), receiver, hand_over=True)
    team.charter.raci.assign(team.actor("ana"), order, HERE)


def settle(team: Team, by: str, state: OfferState) -> None:
    team.charter.raci.settle(team.actor(by), SettleOffer(state, "data pipeline"), HERE)


def gated(team: Team) -> None:
    """The data pipeline has a gate, of which something is missing."""
    add = AddCriterion("data pipeline", "loads are watched")
    team.charter.gates.add(team.actor("ana"), add, HERE)
    move(team, Status.IN_PROGRESS)


def tick(team: Team) -> None:
    """From here on the gate waits for approval alone."""
    team.charter.gates.tick(team.actor("ana"), TickCriterion("data pipeline"), HERE)


def heard(team: Team, person: str) -> str:
    """All that somebody is told until the next noon."""
    return "\n".join(one.text for one in until(team, MORNING) if one.to == person)


def test_r8_an_offer_that_waits_for_an_answer_is_told_in_the_morning(atlas: Team) -> None:
    offer(atlas)
    assert "Ana Sample proposes to hand over Data pipeline" in heard(atlas, "bea")


@pytest.mark.parametrize(
    ("by", "state"),
    [("cy", OfferState.ACCEPTED), ("cy", OfferState.DECLINED), ("ana", OfferState.CANCELLED)],
)
def test_r8_an_offer_that_is_settled_in_the_night_is_told_by_how_it_ended(
    atlas: Team, by: str, state: OfferState
) -> None:
    offer(atlas)
    settle(atlas, by, state)
    said = heard(atlas, "bea")
    assert state.words in said
    assert "proposes" not in said


def test_r8_who_is_reminded_in_the_night_and_answers_is_not_asked_again(atlas: Team) -> None:
    offer(atlas)
    until(atlas, MONDAY.replace(day=26, hour=21))  # asked once more after three days
    settle(atlas, "cy", OfferState.DECLINED)
    said = [one for one in until(atlas, MONDAY.replace(day=27, hour=12)) if one.to in {"bea", "cy"}]
    assert not [one for one in said if one.key.endswith("/again") or "still" in one.text]


def test_t3_an_approval_is_not_asked_for_of_what_is_done_by_then(atlas: Team) -> None:
    gated(atlas)
    tick(atlas)
    move(atlas, Status.DONE)
    assert "approval" not in heard(atlas, "bea")


def test_t3_whoever_is_accountable_by_then_is_asked_for_approval(atlas: Team) -> None:
    gated(atlas)
    atlas.charter.gates.ask(atlas.actor("ana"), AskGate("data pipeline"), HERE)
    atlas.wait(minutes=5)
    tick(atlas)
    order = Assign("data pipeline", (A,), "cy", hand_over=True, unasked="Bea is ill")
    atlas.charter.raci.assign(atlas.actor("ana"), order, HERE)
    asked = [one.to for one in until(atlas, MORNING) if one.key.startswith("ask/gate_opened")]
    assert asked == ["cy", "cy"]


def test_t3_what_has_its_letters_from_a_stage_is_handed_on_with_them(atlas: Team) -> None:
    ana = atlas.actor("ana")
    part = atlas.charter.ladders.add(ana, AddItem("Tide feed", parent="data pipeline"), HERE).item
    assert part is not None
    with atlas.database.begin() as session:
        this = columns(ItemRow).id == part.id
        session.execute(update(table_of(ItemRow)).where(this).values(inherits_raci=True))
    atlas.charter.gates.add(ana, AddCriterion("tide feed", "loads are watched"), HERE)
    move(atlas, Status.IN_PROGRESS, item="tide feed")
    atlas.charter.gates.tick(ana, TickCriterion("tide feed"), HERE)
    order = Assign("data pipeline", (A,), "cy", hand_over=True, unasked="Bea is ill")
    atlas.charter.raci.assign(ana, order, HERE)
    asked = [one.to for one in until(atlas, MORNING) if one.key.startswith("ask/gate_opened")]
    assert asked == ["cy"]


def test_t3_who_is_accountable_again_by_an_undo_is_asked_for_approval(atlas: Team) -> None:
    gated(atlas)
    tick(atlas)
    order = Assign("data pipeline", (A,), "cy", hand_over=True, unasked="Bea is ill")
    done = atlas.charter.raci.assign(atlas.actor("ana"), order, HERE)
    atlas.wait(minutes=2)
    atlas.charter.projects.undo(atlas.actor("ana"), done.seq)
    asked = [one.to for one in until(atlas, MORNING) if one.key.startswith("ask/gate_opened")]
    assert asked == ["bea"]


def test_t6_a_blocker_that_is_gone_by_then_is_handed_to_nobody(atlas: Team) -> None:
    ana = atlas.actor("ana")
    for owner in ("cy", "bea"):
        atlas.charter.stages.block(ana, Block("data pipeline", "no disk", owner), HERE)
    atlas.charter.stages.unblock(ana, Unblock("data pipeline"), HERE)
    said = heard(atlas, "bea")
    assert "is no longer blocked" in said
    assert "handed on to you" not in said


def test_s5_a_scope_that_is_signed_again_by_then_waits_for_nobody(atlas: Team) -> None:
    ana = atlas.actor("ana")
    for value in ("fewer returns", "half the returns"):
        atlas.charter.scopes.scope(atlas.actor("cy"), SetScope("problem", value), HERE)
        atlas.charter.scopes.approve(ana, ApproveScope(), HERE)
    assert "scope" not in heard(atlas, "ana").lower()


def test_s8_a_risk_that_is_closed_by_then_is_nobodys_to_see_to(atlas: Team) -> None:
    ana = atlas.actor("ana")
    values = (("text", "no labels"), ("owner", "bea"))
    for _ in range(2):
        atlas.charter.raid.lift(ana, RaiseRaid(RaidKind.RISK, values), HERE)
    atlas.charter.raid.close(ana, CloseRaid(RaidKind.RISK, 1, because="bought"), HERE)
    said = heard(atlas, "bea")
    assert "R-2" in said
    assert "R-1" not in said
