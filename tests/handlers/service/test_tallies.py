"""What a process counts over all projects follows every change, and reads what moved alone."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.orders import Assign, Block, Due, Move, NewProject, SetPrivacy
from bot.outcome import Place
from bot.people import Profile
from bot.project import Letter, Status
from handlers.service import Charter
from handlers.service.snapshots import Snapshots
from storage import projects as storage
from storage.tables import AssignmentRow
from tests.handlers.service.conftest import HERE, Team

NOWHERE = Place()
NAMES = ("Birch", "Ceres", "Delta")
QUESTIONS = (
    "what is overdue?",
    "which stages are blocked?",
    "any blockers?",
    "which stages have no owner?",
    "which stages have nobody responsible?",
    "who left but is still listed?",
    "which projects have no lead?",
)
LATE = date(2020, 1, 7)


def told(team: Team, charter: Charter, first: str) -> dict[str, str]:
    return {
        question: charter.questions.ask(team.actor(first), question, NOWHERE).text
        for question in QUESTIONS
    }


@contextmanager
def read_projects(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The ids of the projects that are read of the database meanwhile."""
    seen: list[int] = []
    read = storage.read

    def noting(session: Session, keys: Any, at: datetime) -> Any:
        seen.extend(keys)
        return read(session, keys, at)

    with monkeypatch.context() as patch:
        patch.setattr(storage, "read", noting)
        yield seen


def fleet(team: Team) -> dict[str, int]:
    """Four projects, by name."""
    made = {"Atlas": team.atlas().project.id}
    for name in NAMES:
        new = NewProject(name)
        made[name] = team.charter.projects.create(team.actor("ana"), new, NOWHERE).project.id
    return made


def _assigned(team: Team) -> None:
    order = Assign("data pipeline", (Letter.A, Letter.R), "<@UCY>", project="ceres")
    team.charter.raci.assign(team.actor("ana"), order, HERE)


def _planned(team: Team) -> None:
    """The same, as it is loaded of a document: it begins in three days."""
    _assigned(team)
    with team.database.begin() as session:
        cy = team.person("cy").id
        for row in session.exec(select(AssignmentRow).where(AssignmentRow.person_id == cy)):
            row.since = team.now + timedelta(days=3)
            session.add(row)


def _left(team: Team) -> None:
    gone = Profile("UCY", "Cy Sample", "Cy", "Europe/Berlin", deleted=True)
    team.charter.people.learned(team.workspace, gone)


WRITES: dict[str, Callable[[Team], object]] = {
    "a due date": lambda team: team.charter.stages.due(
        team.actor("ana"), Due("data pipeline", LATE, project="birch"), HERE
    ),
    "a state": lambda team: team.charter.stages.move(
        team.actor("ana"), Move("annotation", Status.AT_RISK, "late", project="birch"), HERE
    ),
    "a blocker": lambda team: team.charter.stages.block(
        team.actor("ana"), Block("annotation", "no labels", project="ceres"), HERE
    ),
    "a letter": _assigned,
    "a project of somebody's": lambda team: team.charter.projects.create(
        team.actor("cy"), NewProject("Foxtrot"), NOWHERE
    ),
    "somebody left": _left,
    "private": lambda team: team.charter.access.set_privacy(
        team.actor("ana"), SetPrivacy(True, "birch"), HERE
    ),
    "archived": lambda team: team.charter.projects.archive(
        team.actor("ana"), "ceres", HERE, archived=True
    ),
    "taken out again": lambda team: team.charter.projects.archive(
        team.actor("ana"), "ceres", HERE, archived=False
    ),
    "a new project": lambda team: team.charter.projects.create(
        team.actor("ana"), NewProject("Echo"), NOWHERE
    ),
}


def test_after_every_write_a_process_answers_as_one_that_has_just_begun(team: Team) -> None:
    fleet(team)
    warm = team.replica()
    was = told(team, warm, "bea")
    for name, write in WRITES.items():
        write(team)
        assert told(team, warm, "ana") == told(team, team.replica(), "ana"), name
        now = told(team, warm, "bea")
        assert now == told(team, team.replica(), "bea"), name
        assert now != was, name
        was = now


def test_after_a_write_only_the_written_project_is_read_again(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = fleet(team)
    warm = team.replica()
    with read_projects(monkeypatch) as first:
        told(team, warm, "bea")
    assert set(first) == set(made.values())
    with read_projects(monkeypatch) as again:
        told(team, warm, "bea")
    assert again == []
    WRITES["a due date"](team)
    with read_projects(monkeypatch) as after:
        assert told(team, warm, "bea")["what is overdue?"].startswith("1 item is overdue: Birch")
    assert after == [made["Birch"]]


def test_a_letter_that_begins_by_itself_is_counted_from_then_on(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = fleet(team)
    _planned(team)
    warm = team.replica()
    before = told(team, warm, "bea")
    with read_projects(monkeypatch) as read:
        team.wait(days=2)
        assert told(team, warm, "bea") == before
        assert read == []
        team.wait(days=2)
        after = told(team, warm, "bea")
    assert after == told(team, team.replica(), "bea") != before
    assert set(read) >= {made["Ceres"]}
    assert len(read) == read.count(made["Ceres"])


def test_who_comes_back_is_no_gap_any_more(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter that somebody held who had left before Charter came: no project changes."""
    fleet(team)
    _assigned(team)
    with team.database.begin() as session:
        cy, dan = team.person("cy").id, team.person("dan").id
        for row in session.exec(select(AssignmentRow).where(AssignmentRow.person_id == cy)):
            row.person_id = dan
            session.add(row)
    warm = team.replica()
    before = told(team, warm, "bea")
    assert "Dan Sample" in before["who left but is still listed?"]
    team.charter.people.learned(
        team.workspace, Profile("UDAN", "Dan Sample", "Dan", "Europe/Berlin")
    )
    with read_projects(monkeypatch) as read:
        after = told(team, warm, "bea")
    assert after["who left but is still listed?"] == "Nobody who has left still holds a letter."
    assert after == told(team, team.replica(), "bea")
    assert read == [], "its snapshot stands: only what is counted of it is other"


def test_an_earlier_moment_is_counted_as_it_was(team: Team) -> None:
    """Somebody may ask of another moment, and of an earlier one than was counted for."""
    fleet(team)
    _planned(team)
    warm = team.replica()
    earlier, question = team.now, QUESTIONS[3]
    before = warm.questions.ask(team.actor("bea"), question, NOWHERE, now=earlier).text
    team.wait(days=9)
    later = warm.questions.ask(team.actor("bea"), question, NOWHERE).text
    assert later != before
    again = warm.questions.ask(team.actor("bea"), question, NOWHERE, now=earlier).text
    assert again == before


def test_many_projects_read_at_once_push_none_out_that_is_kept(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list(fleet(team).values())
    monkeypatch.setattr("handlers.service.snapshots.KEPT_ITEMS", 25)
    with team.database.read() as session:
        facts = team.charter.projects._cache.current(session, team.workspace)
        snapshots = Snapshots()

        def reads(keys: Iterable[int], *, keep: bool | None = None) -> list[int]:
            with read_projects(monkeypatch) as seen:
                snapshots.read(session, facts.projects, keys, team.now, keep=keep)
            return seen

        assert reads(made[:2]) == made[:2]
        assert reads(made, keep=False) == made[2:]
        assert reads(made[:2]) == []
        assert reads(made[2:]) == made[2:], "what does not fit is not kept"
        assert reads(made[2:]) == []
        assert reads(made[:2]) == made[:2], "what is asked for alone pushes others out"


def test_what_is_kept_is_bound_by_the_items_it_holds(team: Team) -> None:
    made = list(fleet(team).values())
    with team.database.read() as session:
        facts = team.charter.projects._cache.current(session, team.workspace)
        snapshots = Snapshots()
        found = snapshots.read(session, facts.projects, made, team.now)
    items = sum(len(one.project.items) for _, one in found.values())
    assert snapshots._kept.currsize == items + len(made)


def test_guests_count_what_they_may_see_alone(team: Team) -> None:
    fleet(team)
    WRITES["a due date"](team)
    guest = replace(Profile("UGUEST", "Gil Sample", "Gil", "Europe/Berlin"), is_guest=True)
    team.charter.people.learned(team.workspace, guest)
    actor = team.charter.people.actor(
        team.workspace, team.person("guest"), team.actor("ana").surface
    )
    found = team.charter.questions.ask(actor, "what is overdue?", NOWHERE)
    assert found.text == "Nothing is overdue."
