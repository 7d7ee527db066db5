"""Giving the data pipeline to somebody, and seeing who has it."""

from datetime import date

from bot.orders import Assign
from bot.outcome import Done
from bot.project import Holder, Letter
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team

A, R = Letter.A, Letter.R


def give(
    team: Team,
    holder: str,
    by: str = "ana",
    *,
    hand_over: bool = False,
    since: date | None = None,
    seen: int | None = None,
    unasked: str | None = None,
) -> Done:
    order = Assign(
        "data pipeline",
        (A,),
        holder,
        since=since,
        hand_over=hand_over,
        seen=seen,
        unasked=unasked,
    )
    return team.charter.raci.assign(team.actor(by), order, HERE)


def accountable(team: Team) -> list[Holder]:
    shown = team.charter.projects.row(team.actor("ana"), "data_pipeline", "atlas", ELSEWHERE)
    assert shown.item is not None
    return [held.holder for held in shown.item.assignments if held.letter is A]
