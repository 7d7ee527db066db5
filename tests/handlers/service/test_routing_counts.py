"""However many hear of something, the database is asked as often."""

import pytest

from bot.orders import Assign
from bot.people import Profile
from bot.project import Letter, Status
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.mailing import MONDAY, delivered, give, move, until
from tests.support.counting import counted

FEW, MANY = 2, 14


def crowd(team: Team, count: int) -> list[str]:
    """So many people of the workspace, by name."""
    names = [f"Person{n:02} Sample" for n in range(count)]
    for n, name in enumerate(names):
        profile = Profile(f"U0P{n:02}", name, name.split()[0], "Europe/Berlin")
        team.charter.people.learned(team.workspace, profile)
    return names


def blocked(team: Team, item: str, names: list[str]) -> int:
    """The statements that it takes to block an item that so many work on and are consulted on."""
    for name in names:
        order = Assign(item, (Letter.R if name < "Person07" else Letter.C,), name)
        team.charter.raci.assign(team.actor("ana"), order, HERE)
    until(team, team.now.replace(hour=team.now.hour + 1))
    with counted(team.database) as statements:
        move(team, Status.BLOCKED, "the labels are late", item)
    return len(statements)


@pytest.mark.slow
def test_what_is_asked_does_not_grow_with_those_who_hear(team: Team) -> None:
    team.atlas()
    names = crowd(team, MANY)
    give(team, "A", "bea")
    give(team, "A", "bea", "annotation")
    few = blocked(team, "annotation", [names[0], names[-1]])
    many = blocked(team, "data pipeline", names)
    assert many <= few, "the first time, schedules are made"
    sent = {one.to for one in [*delivered(team), *until(team, MONDAY.replace(hour=16))]}
    assert len(sent) >= MANY
