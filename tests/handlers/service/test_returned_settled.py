"""Conflicts of an export that comes back, settled: the file says so, or what holds stays."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.errors import Forbidden
from bot.imports.settling import Settled, Side, key_of
from bot.orders import Assign, Grant, Move
from bot.project import Letter, Status
from bot.rights import Role
from handlers.service.importing import Asked
from tests.handlers.service.returned_team import (
    A_BEA,
    C_CY,
    PERSON,
    SINCE,
    TEAM,
    counts,
    write,
)
from tests.handlers.service.returning import HERE, Desk, file_of, kept
from tests.handlers.service.test_returned_at_random import (
    Edited,
    document,
    letters,
    meanwhile,
)


@pytest.fixture
def desk(sqlite_template: Path) -> Iterator[Desk]:
    with kept(sqlite_template, TEAM) as made:
        yield made


def told(desk: Desk) -> list[str]:
    return desk.accountable("atlas", "data_pipeline")


def test_x8_theirs_takes_what_the_file_says_and_ours_keeps_what_holds(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find(A_BEA)[PERSON] = "Cy Sample"
    desk.assign("data pipeline", "A", "dee")
    before = desk.letters()
    [conflict] = desk.take(file.bytes()).plan.conflicts
    ours = desk.take(file.bytes(), rest=Side.OURS)
    assert (counts(ours), ours.written, ours.plan.settled) == ((0, 0, 0, 0, 0), True, (conflict,))
    assert desk.letters() == before
    theirs = desk.take(file.bytes(), rest=Side.THEIRS)
    assert (counts(theirs), theirs.written) == ((0, 1, 0, 0, 0), True)
    [outcome] = [one for one in theirs.plan.outcomes if one.fate != "unchanged"]
    assert (outcome.before, outcome.after) == ("Dee Sample", "Cy Sample")
    assert told(desk) == ["cy"]
    assert counts(desk.take(file.bytes())) == (0, 0, 0, 0, 0)


def test_x8_each_conflict_goes_to_its_own_side(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find(A_BEA)[PERSON] = "Cy Sample"
    file.find(C_CY)[PERSON] = "Dee Sample"
    desk.assign("data pipeline", "A", "dee")
    desk.clear("data pipeline", "C", "cy")
    desk.assign("data pipeline", "C", "ana")
    first, second = desk.take(file.bytes()).plan.conflicts
    sides = {key_of(first): Side.OURS, key_of(second): Side.THEIRS}
    asked = Asked(settled=Settled(sides))
    done = desk.charter.importing.take(desk.operator, file.bytes(), "back", asked)
    assert (counts(done), done.written) == ((1, 0, 0, 0, 0), True)
    assert told(desk) == ["dee"]
    assert desk.letters()["atlas/data_pipeline/C/dee"] == 1
    assert desk.letters()["atlas/data_pipeline/C/ana"] == 1, "nobody edited that"


def test_x8_who_was_taken_out_goes_also_where_the_letter_is_somebody_elses_by_now(
    desk: Desk,
) -> None:
    file = file_of(desk.export())
    file.letters.remove(file.find(A_BEA))
    desk.assign("data pipeline", "A", "dee")
    assert counts(desk.take(file.bytes()))[4] == 1
    done = desk.take(file.bytes(), rest=Side.THEIRS)
    assert (counts(done), done.written) == ((0, 1, 1, 0, 0), True)
    [seat] = told(desk)
    assert seat.startswith("vacant:")


def test_x8_rows_that_change_places_leave_one_accountable(desk: Desk) -> None:
    """The A of a row becomes an R there, and somebody else's row the A, in conflict both."""
    file = file_of(desk.export())
    file.find(A_BEA)[3] = "C"
    file.find(C_CY)[3] = "A"
    desk.assign("data pipeline", "A", "dee")
    done = desk.take(file.bytes(), rest=Side.THEIRS)
    assert done.written
    assert told(desk) == ["cy"]
    assert desk.letters()["atlas/data_pipeline/C/bea"] == 1
    assert counts(desk.take(file.bytes())) == (0, 0, 0, 0, 0)


def test_x8_another_day_is_taken_from_the_file(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find("atlas/board/R/cy")[SINCE] = "2026-03-05"
    order = Assign("board", (Letter.R,), "cy", "atlas", since=date(2026, 3, 9))
    desk.charter.raci.assign(desk.operator, order, HERE)
    assert counts(desk.take(file.bytes()))[4] == 1
    done = desk.take(file.bytes(), rest=Side.THEIRS)
    assert (counts(done), done.written) == ((0, 1, 0, 0, 0), True)
    [outcome] = [one for one in done.plan.outcomes if one.fate != "unchanged"]
    assert outcome.before == "Cy Sample, since 2026-03-09"
    assert outcome.after == "Cy Sample, since 2026-03-05"
    assert counts(desk.take(file.bytes())) == (0, 0, 0, 0, 0)


def test_x8_theirs_is_taken_with_the_rights_of_who_imports(desk: Desk) -> None:
    file = file_of(desk.export("dee"))
    file.find(C_CY)[PERSON] = "Dee Sample"
    desk.clear("data pipeline", "C", "cy")
    viewer = Grant("Dee Sample", Role.VIEWER, "atlas")
    desk.charter.access.grant(desk.operator, viewer, HERE)
    before = desk.letters()
    done = desk.take(file.bytes(), "dee", rest=Side.THEIRS)
    assert [type(one.error) for one in done.plan.faults] == [Forbidden]
    assert not done.written
    assert desk.letters() == before


def test_x8_a_conflict_of_which_a_side_changed_is_another_one(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find(A_BEA)[PERSON] = "Cy Sample"
    desk.assign("data pipeline", "A", "dee")
    [conflict] = desk.take(file.bytes()).plan.conflicts
    asked = Asked(settled=Settled({key_of(conflict): Side.THEIRS}))
    desk.assign("data pipeline", "A", "ana")
    done = desk.charter.importing.take(desk.operator, file.bytes(), "back", asked)
    assert not done.written
    assert [one.ours for one in done.plan.conflicts] == ["Ana Sample"]
    assert told(desk) == ["ana"]


def test_x8_a_note_goes_with_its_status_unless_it_is_settled_by_itself(desk: Desk) -> None:
    key = "atlas/data_pipeline"
    file = file_of(desk.export())
    write(file, "Stages", key, "Status", "◆ at risk")
    write(file, "Stages", key, "Note", "The feed is late")
    move = Move("data pipeline", Status.IN_PROGRESS, "under way", "atlas")
    desk.charter.stages.move(desk.operator, move, HERE)
    assert [one.what for one in desk.take(file.bytes()).plan.conflicts] == ["status", "note"]
    kept_here = desk.take(file.bytes(), rest=Side.OURS)
    assert (counts(kept_here), kept_here.written) == ((0, 0, 0, 0, 0), True)
    done = desk.take(file.bytes(), rest=Side.THEIRS)
    assert (counts(done), done.written) == ((0, 2, 0, 0, 0), True)
    [item] = [
        one
        for project in desk.projects()
        for one in project.items
        if (project.key, one.key) == ("atlas", "data_pipeline")
    ]
    assert (item.status, item.note) == (Status.AT_RISK, "The feed is late")


@given(letters, st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
def test_x8_whatever_is_in_conflict_theirs_converges_and_nobody_is_accountable_beside_another(
    sqlite_template: Path, made: list[tuple[tuple[str, str], str, str, str]], data: st.DataObject
) -> None:
    with kept(sqlite_template, document(made)) as desk:
        edited = Edited(desk.listed(), data)
        for _ in range(data.draw(st.integers(1, 4))):
            edited.change()
        for _ in range(data.draw(st.integers(1, 4))):
            meanwhile(desk, data)
        content = edited.file.bytes()
        before = desk.letters()
        ours = desk.take(content, partial=True, rest=Side.OURS)
        assert ours.plan.conflicts == ()
        theirs = desk.take(content, partial=True, rest=Side.THEIRS)
        assert theirs.plan.conflicts == ()
        for place in {key.rsplit("/", 2)[0] for key in desk.letters()}:
            assert len(desk.accountable(*place.split("/"))) <= 1
        again = desk.take(content, partial=True, rest=Side.THEIRS)
        assert (again.plan.created, again.plan.changed) == (0, 0), (before, again.plan.outcomes)
