"""Workbooks hold what the one who asks may see, in as many statements whatever there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from bot.errors import Ambiguous, NotFound
from bot.orders import Assign, Due, NewProject
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.project import Letter
from bot.sheets import read
from handlers.service.exports import Subject, Workbook
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.support.clock import T0

DM = Place(is_direct=True)


def made(team: Team, who: str | None, ref: str | None = None, place: Place = ELSEWHERE) -> Workbook:
    actor = team.actor(who) if who else Actor(team.workspace, None, Surface.CLI)
    exports = team.charter.exports
    subject = exports.subject(actor, ref, place, whole=ref is None)
    return exports.made(actor, subject, place)


def projects(found: Workbook) -> list[Any]:
    return [row[0] for row in read(found.content)["Portfolio"][1:]]


def private(team: Team, name: str = "Lighthouse") -> None:
    team.charter.projects.create(team.actor("bea"), NewProject(name, private=True), ELSEWHERE)


def everything(found: Workbook) -> str:
    """All that a reader of the file could find: every part of it, unpacked, and its name."""
    opened = load_workbook(BytesIO(found.content))
    cells = [cell.value for sheet in opened for row in sheet.iter_rows() for cell in row]
    margins = [head.center.text for sheet in opened if (head := sheet.oddHeader) is not None]
    return repr(
        (found.name, found.title, opened.sheetnames, opened.properties.title, cells, margins)
    )


def test_private_projects_leave_no_trace_for_others(team: Team) -> None:
    team.atlas()
    before = {who: made(team, who) for who in ("ana", None)}
    private(team)
    for who in ("ana", "cy", None):
        found = made(team, who)
        assert projects(found) == ["Atlas"]
        assert (found.projects, found.private) == (1, ())
        assert "Lighthouse" not in everything(found)
        # What a file for everybody leaves out stands there whether there is any or not.
        always = "private projects, if there are any that not all of its readers may see"
        assert "rivate" not in everything(found).replace(always, "")
    # Not even the bytes tell that there is more now than there was.
    assert {who: made(team, who).content for who in before} == {
        who: found.content for who, found in before.items()
    }
    own = made(team, "bea")
    assert (projects(own), own.private) == (["Atlas", "Lighthouse"], ("Lighthouse",))
    assert "Contains private projects: Lighthouse" in everything(own)


@pytest.mark.parametrize("who", ["ana", "cy", None])
def test_a_private_project_cannot_be_asked_for_by_others(team: Team, who: str | None) -> None:
    private(team)
    with pytest.raises(NotFound) as error:
        made(team, who, "Lighthouse")
    assert "Lighthouse" not in error.value.suggestions
    assert made(team, "bea", "lighthouse").private == ("Lighthouse",)


def test_a_public_namesake_is_meant_by_those_who_know_no_other(team: Team) -> None:
    private(team, "Atlas")
    team.atlas()
    for who in ("ana", "cy", None):
        found = made(team, who, "Atlas")
        assert (found.projects, found.private) == (1, ())
    with pytest.raises(Ambiguous):
        made(team, "bea", "Atlas")


def test_who_stands_in_the_private_channel_of_a_project_sees_it(team: Team) -> None:
    place = Place("C0SECRET", "secret", is_private=True)
    team.charter.people.channel_learned(team.workspace, "C0SECRET", "secret", True, False)
    new = NewProject("Lighthouse", private=True)
    team.charter.projects.create(team.actor("bea"), new, place)
    assert made(team, "ana", "lighthouse", place).private == ("Lighthouse",)
    assert made(team, "ana", None, place).private == ("Lighthouse",)
    with pytest.raises(NotFound):
        made(team, "ana", "lighthouse")


def test_what_is_meant_where_nothing_is_named(team: Team) -> None:
    team.atlas()
    exports, ana = team.charter.exports, team.actor("ana")
    assert exports.subject(ana, None, HERE, whole=False).title == "Atlas"
    assert exports.subject(ana, None, HERE, whole=True) == Subject("Portfolio")
    for place in (ELSEWHERE, DM, Place()):
        assert exports.subject(ana, None, place, whole=False) == Subject("Portfolio")


def test_a_project_that_went_out_of_sight_meanwhile_is_not_there(team: Team) -> None:
    private(team)
    seen = team.charter.exports.subject(team.actor("bea"), "lighthouse", ELSEWHERE, whole=False)
    with pytest.raises(NotFound):
        team.charter.exports.made(team.actor("cy"), seen, ELSEWHERE)


def test_archived_projects_come_when_they_are_named(team: Team) -> None:
    team.atlas()
    team.charter.projects.archive(team.actor("ana"), "atlas", ELSEWHERE, archived=True)
    assert projects(made(team, "ana")) == []
    found = made(team, "ana", "atlas")
    assert projects(found) == ["Atlas"]
    assert "archived 2026-11-23" in everything(found)


def test_the_changes_are_those_of_the_record(team: Team) -> None:
    team.atlas()
    team.wait(minutes=5)
    give = Assign("data pipeline", (Letter.A,), "<@UBEA>", "atlas", hand_over=True)
    team.charter.raci.assign(team.actor("bea"), give, ELSEWHERE)
    rows = read(made(team, "ana").content)["Changes"][1:]
    when = T0.replace(hour=11, minute=5, tzinfo=None)
    what = "accountable: vacant (Data Engineer) → Bea Sample"
    assert rows[0] == [when, "Atlas", "Data pipeline", what, "Bea Sample", "/charter"]
    assert [row[1:3] for row in rows] == [["Atlas", "Data pipeline"], ["Atlas", None]]


def test_the_same_record_gives_the_same_bytes_from_any_process(team: Team) -> None:
    team.atlas()
    actor, one = team.actor("ana"), made(team, "ana")
    other = team.replica().exports.made(actor, Subject("Portfolio"), ELSEWHERE, T0)
    assert one.content == other.content
    team.wait(days=1)
    assert made(team, "ana").content != one.content


@contextmanager
def counted(team: Team) -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(team.database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(team.database.engine, "before_cursor_execute", note)


def test_many_projects_take_as_many_statements_as_two(team: Team) -> None:
    for name in ("Atlas", "Berth"):
        team.charter.projects.create(team.actor("ana"), NewProject(name, bind_here=False), DM)
    made(team, "ana")
    with counted(team) as few:
        assert made(team, "ana").projects == 2
    for number in range(30):
        new = NewProject(f"Project {number}", bind_here=False)
        team.charter.projects.create(team.actor("ana"), new, DM)
        order = Due("rollout", T0.date(), f"Project {number}")
        team.charter.stages.due(team.actor("ana"), order, DM)
    made(team, "ana")
    with counted(team) as many:
        assert made(team, "ana").projects == 32
    assert len(many) == len(few)
    assert len(few) < 44
