"""A brief is the same however many projects are looked at in one go."""

import pytest

from bot.brief import Brief, Making, Material, Section, making
from bot.gates import Gate
from bot.hindsight import Course
from bot.project import Project
from tests.bot.support import PEOPLE
from tests.bot.test_brief import team
from tests.support.clock import T0


def made(worlds: list[tuple[Project, Course]], few: int) -> Brief:
    """So many projects at a time."""
    brief = Making(PEOPLE, (), T0, "Europe/Berlin")
    for begin in range(0, len(worlds), few):
        some = worlds[begin : begin + few]
        gates = {item.id: Gate() for one, _ in some for item in one.items}
        courses = {one.id: course for one, course in some}
        projects = tuple(one for one, _ in some)
        brief.take(Material(projects, PEOPLE, courses=courses, gates=gates))
    return brief.brief()


def test_of_many_no_more_is_kept_than_may_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    worlds = [team(number) for number in range(1, 61)]
    few = made(worlds, 7)
    for name in ("_ENOUGH", "MOST_AGES"):
        monkeypatch.setattr(making, name, 10_000)
    every = made(worlds, 60)
    assert (few.lines, few.found, few.marks) == (every.lines, every.found, every.marks)
    assert few.ages == every.ages[:12]
    assert [one.id for one in few.projects] == [*range(1, 61)]
    assert all(few.found[section] > 12 for section in Section)
