"""What an export is known by, and what the next one says of it."""

import re

from bot.orders import Move, NewProject
from bot.people import Actor, Surface
from bot.project import Status
from bot.sheets import read
from handlers.service.exports import Subject
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team

WHOLE = Subject("Portfolio")
CODE = re.compile(r"E-[0-9A-F]{12}")


def exported(team: Team, who: str | None = "ana") -> bytes:
    actor = team.actor(who) if who else Actor(team.workspace, None, Surface.CLI)
    return team.charter.exports.made(actor, WHOLE, ELSEWHERE).content


def said(content: bytes) -> str:
    sheets = read(content).values()
    return "\n".join(str(cell) for rows in sheets for row in rows for cell in row if cell)


def code(content: bytes) -> str:
    """The id of an export: the last that it names, for the first may be the one before."""
    found = CODE.findall("\n".join(str(row) for row in read(content)["Lists & README"]))
    return str(found[-1])


def move(team: Team, status: Status) -> None:
    team.charter.stages.move(team.actor("ana"), Move("data pipeline", status), HERE)


def test_x4_the_next_export_says_what_changed_since_the_last_other_one(team: Team) -> None:
    team.atlas()
    first = exported(team)
    team.wait(hours=1)
    move(team, Status.IN_PROGRESS)
    team.wait(hours=1)
    second = exported(team)
    assert code(second) != code(first)
    assert f"change since {code(first)} (" in said(second)
    assert "not started → in progress" in said(second)
    team.wait(hours=1)
    third = exported(team)
    assert code(third) == code(second)
    assert f"since {code(first)} (" in said(third), "the last with another id"


def test_x6_the_same_again_is_the_same_file(team: Team) -> None:
    team.atlas()
    first = exported(team)
    assert exported(team) == first
    move(team, Status.IN_PROGRESS)
    assert exported(team) != first


def test_x4_the_id_goes_by_what_the_reader_may_see_and_not_by_the_time(team: Team) -> None:
    team.atlas()
    ids = {who: code(exported(team, who)) for who in ("ana", "bea", None)}
    team.charter.projects.create(team.actor("bea"), NewProject("Secret", private=True), ELSEWHERE)
    team.wait(days=3)
    assert code(exported(team, "ana")) == ids["ana"]
    assert code(exported(team, "bea")) != ids["bea"]


def test_x4_the_same_again_says_since_when_nothing_changed(team: Team) -> None:
    """Since it was made first, however often it was made since; and the same moment, the same
    bytes.
    """
    team.atlas()
    first = exported(team)
    assert "No change since" not in said(first)
    assert exported(team) == first
    for _ in range(2):
        team.wait(hours=1)
        again = exported(team)
        assert f"No change since {code(first)} (23 Nov 11:00 CET)" in said(again)
        assert exported(team) == again
    team.wait(minutes=1)
    move(team, Status.IN_PROGRESS)
    team.wait(hours=1)
    second = exported(team)
    assert "No change since" not in said(second)
    team.wait(days=1)
    third = said(exported(team))
    when = "23 Nov 14:01 CET"
    assert f"No change since {code(second)} ({when}); 1 change since {code(first)} (" in third


def test_x4_what_came_back_to_an_earlier_id_is_new_since_the_other(team: Team) -> None:
    team.atlas()
    first = exported(team)
    team.wait(hours=1)
    move(team, Status.IN_PROGRESS)
    exported(team)
    team.wait(hours=1)
    move(team, Status.NOT_STARTED)
    last = exported(team)
    assert code(last) == code(first)
    assert "No change since" not in said(last)
    assert exported(team) == last
    team.wait(hours=1)
    assert f"No change since {code(first)} (23 Nov 13:00 CET)" in said(exported(team))
