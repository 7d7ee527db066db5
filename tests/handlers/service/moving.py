"""Giving letters, seeing who has them, and moving many at once."""

from bot.orders import (
    Assign,
    Transfer,
)
from bot.outcome import Place
from bot.project import Letter, PersonHolder, Project
from bot.team import Moved, Previewed
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team

A, R = Letter.A, Letter.R
NOWHERE = Place()


def give(
    team: Team, item: str, letters: tuple[Letter, ...], who: str, project: str = "atlas"
) -> None:
    team.charter.raci.assign(team.actor("ana"), Assign(item, letters, who, project), ELSEWHERE)


def shown(team: Team, project: str = "atlas", by: str = "ana") -> Project:
    return team.charter.projects.shown(team.actor(by), project, ELSEWHERE).project


def holders(team: Team, item: str, letter: Letter, project: str = "atlas") -> list[int]:
    found = shown(team, project).item(item)
    assert found is not None
    return [
        one.holder.person
        for one in found.assignments
        if one.letter is letter and isinstance(one.holder, PersonHolder)
    ]


def previewed(team: Team, order: Transfer, by: str = "ana", place: Place = HERE) -> Previewed:
    made = team.charter.transfers.transfer(team.actor(by), order, place)
    assert isinstance(made, Previewed)
    return made


def carried_out(team: Team, order: Transfer, by: str = "ana", place: Place = HERE) -> Moved:
    mark = previewed(team, order, by, place).plan.mark
    wanted = Transfer(order.source, order.to, order.project, order.everywhere, order.reason, mark)
    made = team.charter.transfers.transfer(team.actor(by), wanted, place)
    assert isinstance(made, Moved)
    return made
