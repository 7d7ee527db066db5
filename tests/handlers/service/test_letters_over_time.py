"""Letters over time: planned and past ones, back-dating, undo, and clocks that differ."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from bot.errors import Refused, SecondAccountable, Why
from bot.orders import Assign, Clear, CloneRaci, Move, NewProject, SetScope, StartUp
from bot.outcome import Done
from bot.people import Profile
from bot.project import Assignment, Item, Letter, PersonHolder, Status, Vacancy
from bot.team import Previewed
from handlers.service import services
from storage.tables import AssignmentRow
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team

A, R = Letter.A, Letter.R
DAY = timedelta(days=1)


def give(team: Team, holder: str, *, hand_over: bool = False, since: date | None = None) -> Done:
    why = "agreed" if hand_over else None
    order = Assign("data_pipeline", (A,), holder, since=since, hand_over=hand_over, unasked=why)
    return team.charter.raci.assign(team.actor("ana"), order, HERE)


def row(team: Team) -> Item:
    found = team.charter.projects.row(team.actor("ana"), "data_pipeline", "atlas", ELSEWHERE).item
    assert found is not None
    return found


def accountable(team: Team) -> Assignment | None:
    return next((held for held in row(team).assignments if held.letter is A), None)


def plan(team: Team, first: str, letter: Letter, begins: timedelta, ends: timedelta | None) -> None:
    """Write a letter that begins and ends so long after now, as a document can."""
    item = row(team)
    project = team.charter.projects.shown(team.actor("ana"), "atlas", ELSEWHERE).project
    values = {
        "project_id": project.id,
        "item_id": item.id,
        "letter": letter.value,
        "person_id": team.person(first).id,
        "since": team.now + begins,
        "until": None if ends is None else team.now + ends,
        "recorded_at": team.now,
        "source": "load",
    }
    with team.database.begin() as session:
        session.execute(insert(AssignmentRow), [values])


@pytest.fixture(autouse=True)
def free_row(team: Team) -> None:
    """Atlas, whose data pipeline nobody holds."""
    team.atlas()
    team.charter.raci.clear(team.actor("ana"), Clear("data_pipeline", (A, R)), HERE)
    team.wait(days=1)


def test_a_letter_with_a_planned_end_can_be_taken_away(team: Team) -> None:
    plan(team, "bea", R, -DAY, 30 * DAY)
    team.wait(seconds=1)
    replica = team.replica()
    replica.raci.clear(team.actor("ana"), Clear("data_pipeline", (R,)), HERE)
    shown = replica.projects.row(team.actor("ana"), "data_pipeline", None, HERE).item
    assert shown is not None
    assert R not in [held.letter for held in shown.assignments]


def test_a5_seats_with_a_planned_end_or_beginning_are_told_and_filled(team: Team) -> None:
    plan(team, "bea", R, -DAY, 30 * DAY)
    plan(team, "bea", A, 10 * DAY, None)
    ends, begins = team.now + 30 * DAY, team.now + 10 * DAY
    team.wait(seconds=1)
    team.charter = team.replica()
    gone = Profile("UBEA", "Bea Sample", "Bea", deleted=True)
    team.charter.people.learned(team.workspace, gone)
    ana, key = team.actor("ana"), team.person("bea").key
    circle = team.charter.leaving.vacant(ana, key)
    held = [seat.held for seat in circle.seats]
    assert [(one.letter, one.until) for one in held] == [(R, ends), (A, None)]
    team.charter.leaving.fill(ana, key, [one.id for one in held], "Cy Sample")
    cy = PersonHolder(team.person("cy").id)
    responsible = [one for one in row(team).assignments if one.letter is R]
    assert [(one.holder, one.until) for one in responsible] == [(cy, ends)]
    planned = [one for one in row(team).accountable if one.holder == cy]
    assert [(one.since, one.until) for one in planned] == [(begins, None)]


def test_a_hand_over_from_one_with_a_planned_end(team: Team) -> None:
    plan(team, "bea", A, -DAY, 30 * DAY)
    team.wait(seconds=1)
    team.charter = team.replica()
    give(team, "<@UCY>", hand_over=True)
    held = accountable(team)
    assert held is not None
    assert held.holder == PersonHolder(team.person("cy").id)
    team.wait(days=40)
    assert accountable(team) == held


def test_a_planned_successor_is_offered_like_a_present_one(team: Team) -> None:
    plan(team, "bea", A, 10 * DAY, None)
    team.charter = team.replica()
    with pytest.raises(SecondAccountable) as caught:
        give(team, "<@UCY>")
    assert caught.value.present == "Bea Sample"
    give(team, "<@UCY>", hand_over=True)
    team.wait(days=20)
    held = accountable(team)
    assert held is not None
    assert held.holder == PersonHolder(team.person("cy").id)


def accountable_over_time(team: Team) -> list[tuple[object, timedelta | None]]:
    """All that are or are planned to be accountable, and how long after now each ends."""
    held = sorted(row(team).accountable, key=lambda one: one.since or team.now)
    return [
        (one.holder, one.until - team.now if one.until else None)
        for one in held
        if one.until is None or one.until > team.now
    ]


def test_whoever_is_planned_comes_after_the_seat_that_was_cleared(team: Team) -> None:
    plan(team, "bea", A, -DAY, 10 * DAY)
    plan(team, "cy", A, 10 * DAY, None)
    team.charter = team.replica()
    team.charter.raci.clear(team.actor("ana"), Clear("data_pipeline", (A,)), HERE)
    cy = PersonHolder(team.person("cy").id)
    assert accountable_over_time(team) == [(Vacancy("Data Engineer"), 10 * DAY), (cy, None)]


def test_whoever_is_planned_comes_after_a_start_up(team: Team) -> None:
    plan(team, "cy", A, 10 * DAY, None)
    team.charter = team.replica()
    team.charter.transfers.start_up(team.actor("ana"), StartUp("Bea Sample", "atlas"), HERE)
    bea, cy = (PersonHolder(team.person(one).id) for one in ("bea", "cy"))
    assert accountable_over_time(team) == [(bea, 10 * DAY), (cy, None)]


def test_whoever_is_planned_comes_after_a_copied_seat(team: Team) -> None:
    plan(team, "cy", A, 10 * DAY, None)
    team.charter = team.replica()
    team.charter.projects.create(team.actor("ana"), NewProject("Borealis"), ELSEWHERE)
    order = CloneRaci("Borealis", "atlas")
    previewed = team.charter.transfers.clone(team.actor("ana"), order, HERE)
    assert isinstance(previewed, Previewed)
    order = replace(order, mark=previewed.plan.mark)
    team.charter.transfers.clone(team.actor("ana"), order, HERE)
    cy = PersonHolder(team.person("cy").id)
    assert accountable_over_time(team) == [(Vacancy("Data Engineer"), 10 * DAY), (cy, None)]


def test_whoever_is_planned_may_begin_at_once(team: Team) -> None:
    plan(team, "cy", A, 10 * DAY, None)
    team.charter = team.replica()
    give(team, "<@UCY>")
    assert accountable_over_time(team) == [(PersonHolder(team.person("cy").id), None)]


def test_back_dating_into_somebody_elses_time_is_refused(team: Team) -> None:
    give(team, "<@UBEA>", since=team.now.date())
    team.wait(days=5)
    give(team, "<@UCY>", hand_over=True)
    team.charter.raci.clear(team.actor("ana"), Clear("data_pipeline", (A,)), HERE)
    with pytest.raises(Refused) as caught:
        give(team, "<@UANA>", since=team.now.date() - timedelta(days=3))
    assert (caught.value.why, caught.value.field) == (Why.BAD_DATE, "since")


def test_since_today_on_a_fresh_seat(team: Team) -> None:
    order = Assign("rollout", (A, R), "<@UBEA>", since=team.now.date() - timedelta(days=30))
    done = team.charter.raci.assign(team.actor("ana"), order, HERE)
    assert done.item is not None
    assert {
        held.letter
        for held in done.item.assignments
        if held.holder == PersonHolder(team.person("bea").id)
    } == {A, R}


def test_the_present_holder_may_get_an_earlier_beginning(team: Team) -> None:
    give(team, "<@UBEA>")
    give(team, "<@UBEA>", since=team.now.date() - timedelta(days=3))
    held = accountable(team)
    assert held is not None
    assert held.since is not None
    assert held.since < team.now - 2 * DAY
    with pytest.raises(Refused) as caught:
        give(team, "<@UBEA>")
    assert caught.value.why is Why.NOTHING_CHANGES


def test_undo_leaves_since_when_as_it_was(team: Team) -> None:
    give(team, "<@UBEA>")
    before = accountable(team)
    team.wait(days=5)
    done = give(team, "<@UCY>", hand_over=True, since=team.now.date() - timedelta(days=2))
    team.wait(minutes=1)
    undone = team.charter.projects.undo(team.actor("ana"), done.seq)
    assert [(line.before, line.after) for line in undone.lines] == [("Cy Sample", "Bea Sample")]
    assert accountable(team) == before
    cy = PersonHolder(team.person("cy").id)
    assert cy not in [held.holder for held in row(team).accountable], "as if it had never been"


def test_undo_gives_nothing_back_to_somebody_who_left(team: Team) -> None:
    give(team, "<@UBEA>")
    done = give(team, "<@UCY>", hand_over=True)
    team.charter.people.learned(team.workspace, Profile("UBEA", "Bea Sample", "Bea", deleted=True))
    with pytest.raises(Refused) as caught:
        team.charter.projects.undo(team.actor("ana"), done.seq)
    assert caught.value.why is Why.HOLDER_LEFT


def test_undo_of_a_projects_own_change_survives_changes_of_its_items(team: Team) -> None:
    charter, ana = team.charter, team.actor("ana")
    done = charter.scopes.scope(ana, SetScope("goal", "fewer returns"), HERE)
    charter.stages.move(ana, Move("rollout", Status.IN_PROGRESS), HERE)
    charter.projects.undo(ana, done.seq)
    assert charter.projects.shown(ana, None, HERE).project.scope.fields == {}


def test_a_replica_whose_clock_is_behind_sees_what_was_set(team: Team) -> None:
    give(team, "<@UBEA>")
    behind = services(team.database, lambda: team.now - timedelta(seconds=5))
    with pytest.raises(SecondAccountable):
        behind.raci.assign(team.actor("ana"), Assign("data_pipeline", (A,), "<@UCY>"), HERE)


def test_an_admin_of_the_document_stays_one(team: Team) -> None:
    from storage.tables import PersonRow

    with team.database.begin() as session:
        person = session.get_one(PersonRow, team.person("bea").id)
        person.is_admin = True
        session.add(person)
    team.charter = team.replica()
    team.charter.people.learned(team.workspace, Profile("UBEA", "Bea Sample", "Bea", title="PM"))
    assert team.actor("bea").is_admin
    team.charter.people.learned(team.workspace, Profile("UANA", "Ana Sample", "Ana"))
    assert not team.actor("ana").is_admin, "Slack made her an admin, and took it back"


def letter(
    team: Team, letters: tuple[Letter, ...], holder: str, days: int | None, item: str = "rollout"
) -> Done:
    """Given in Atlas, since the beginning of a day so many days ago."""
    since = None if days is None else team.now.date() - timedelta(days=days)
    order = Assign(item, letters, holder, since=since)
    return team.charter.raci.assign(team.actor("ana"), order, HERE)


@pytest.mark.parametrize("which", [Letter.R, Letter.C, Letter.I])
def test_r7_nobody_is_given_a_letter_for_days_on_which_they_had_it(
    team: Team, which: Letter
) -> None:
    letter(team, (which,), "<@UBEA>", 20)
    team.charter.raci.clear(team.actor("ana"), Clear("rollout", (which,), "<@UBEA>"), HERE)
    ended = team.now.date()
    team.wait(days=5)
    began = ended - timedelta(days=20)
    told = {
        "name": "Bea Sample",
        "letters": which.value,
        "item": "Roll-out",
        "when": f"from {began.isoformat()} to {ended.isoformat()}",
        "next": (ended + timedelta(days=1)).isoformat(),
    }
    for days in (30, 20, 9, 5):
        with pytest.raises(Refused) as caught:
            letter(team, (which,), "<@UBEA>", days)
        assert (caught.value.why, caught.value.field) == (Why.HELD_THEN, "since")
        assert caught.value.facts == told
    letter(team, (which,), "<@UCY>", 30)
    assert letter(team, (which,), "<@UBEA>", 4).item is not None


def test_r7_a_beginning_is_not_put_into_an_earlier_time_of_theirs(team: Team) -> None:
    letter(team, (R,), "<@UBEA>", 20)
    team.charter.raci.clear(team.actor("ana"), Clear("rollout", (R,), "<@UBEA>"), HERE)
    team.wait(minutes=5)
    letter(team, (R,), "<@UBEA>", None)
    with pytest.raises(Refused) as caught:
        letter(team, (R,), "<@UBEA>", 3)
    assert caught.value.why is Why.HELD_THEN
    assert "next" not in caught.value.facts, "tomorrow is still to come"


def test_r7_what_was_undone_is_no_earlier_time(team: Team) -> None:
    given = letter(team, (R,), "<@UBEA>", 20)
    team.charter.projects.undo(team.actor("ana"), given.seq)
    assert letter(team, (R,), "<@UBEA>", 30).item is not None


def test_r7_who_was_accountable_before_is_not_again_for_the_same_days(team: Team) -> None:
    letter(team, (A,), "<@UBEA>", 20)
    team.charter.raci.clear(team.actor("ana"), Clear("rollout", (A,)), HERE)
    team.wait(days=5)
    with pytest.raises(Refused) as caught:
        letter(team, (A,), "<@UBEA>", 9)
    assert caught.value.why is Why.HELD_THEN
    assert letter(team, (A,), "<@UBEA>", 4).item is not None
