"""Stages, blockers, gates and health, as the services have them: on SQLite and on PostgreSQL."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.condition import Light
from bot.errors import BadInput, Forbidden, GateClosed, Refused, Stale, Why
from bot.home import Turned
from bot.orders import (
    AddCriterion,
    AskGate,
    Assign,
    Block,
    Due,
    FinishProject,
    Move,
    SetHealth,
    SetMetric,
    TickCriterion,
    Unblock,
)
from bot.outcome import Done
from bot.people import Profile
from bot.project import Item, Letter, Status
from bot.scope import MetricWish
from bot.stages import silent_days
from handlers.service.gates import Gates
from handlers.views import seats
from storage.tables import BlockerRow, OutboxRow
from tests.handlers.service.conftest import HERE, Team
from tests.support.clock import T0
from tests.support.counting import counted

MONDAY = T0


@pytest.fixture
def atlas(team: Team) -> Team:
    team.now = MONDAY
    team.atlas()
    return team


def item(team: Team, ref: str) -> Item:
    found = team.charter.projects.row(team.actor("ana"), ref, "atlas", HERE).item
    assert found is not None
    return found


def move(team: Team, status: Status, note: str | None = None, ref: str = "framing") -> Done:
    return team.charter.stages.move(team.actor("ana"), Move(ref, status, note), HERE)


def give(team: Team, letters: tuple[Letter, ...], who: str, ref: str) -> None:
    order = Assign(ref, letters, f"{who.capitalize()} Sample")
    team.charter.raci.assign(team.actor("ana"), order, HERE)


# Where it stands


def test_t2_what_has_not_started_is_not_what_nobody_updates(atlas: Team) -> None:
    ana = atlas.actor("ana")

    def told(ref: str) -> str:
        shown = atlas.charter.projects.row(ana, ref, "atlas", HERE)
        assert shown.item is not None
        return seats.standing(shown, shown.item, shown.people)

    move(atlas, Status.IN_PROGRESS, ref="idea")
    move(atlas, Status.AT_RISK, ref="data pipeline")
    move(atlas, Status.ON_HOLD, ref="rollout")
    move(atlas, Status.DONE, ref="modelling")
    assert told("modelling") == "Done"
    atlas.wait(days=12)
    assert told("framing") == "Not started"
    assert told("idea") == "In progress, no update for 12 days"
    assert told("data pipeline") == "At risk, no update for 12 days"
    assert told("rollout") == "On hold"
    move(atlas, Status.IN_PROGRESS, "half of it is there", "idea")
    assert told("idea") == "In progress: half of it is there"
    for status in (Status.SKIPPED, Status.BLOCKED):
        with pytest.raises(BadInput) as caught:
            move(atlas, status, ref="idea")
        assert caught.value.why is Why.REASON_NEEDED


def test_edge_18_an_unowned_stage_may_start_and_comes_first_among_the_gaps(atlas: Team) -> None:
    done = move(atlas, Status.IN_PROGRESS, ref="data quality")
    assert done.item is not None
    assert done.item.status is Status.IN_PROGRESS
    gaps = atlas.charter.projects.home(atlas.actor("ana")).gaps
    first = gaps.shown[0]
    assert (first.item.title, first.is_unowned) == ("Data quality", True)


def test_edge_19_a_skipped_stage_needs_a_reason_and_nobody(atlas: Team) -> None:
    with pytest.raises(BadInput) as caught:
        move(atlas, Status.SKIPPED, ref="annotation")
    assert caught.value.why is Why.REASON_NEEDED
    move(atlas, Status.SKIPPED, "nothing to label", "annotation")
    home = atlas.charter.projects.home
    pages = [home(atlas.actor("ana"), Turned(gaps=page)).gaps for page in range(1, 9)]
    titles = {gap.item.title for page in pages for gap in page.shown}
    assert "Data quality" in titles
    assert "Annotation" not in titles


def test_t2_in_progress_and_never_updated_is_silent_for_as_long_as_that(atlas: Team) -> None:
    move(atlas, Status.IN_PROGRESS, ref="annotation")
    atlas.wait(days=12)
    page = atlas.charter.projects.shown(atlas.actor("ana"), None, HERE)
    today, zone = page.today, page.zone
    assert today is not None
    silence = {one.key: silent_days(one, today, zone) for one in page.project.stages()}
    assert {key: days for key, days in silence.items() if days} == {"annotation": 12}
    move(atlas, Status.AT_RISK, "few annotators", "annotation")
    page = atlas.charter.projects.shown(atlas.actor("ana"), None, HERE)
    assert page.today is not None
    assert silent_days(item(atlas, "annotation"), page.today, page.zone) == 0


def test_edge_20_opened_again_it_keeps_its_ticks_and_the_second_done_is_a_new_event(
    atlas: Team,
) -> None:
    passing(atlas)
    first = move(atlas, Status.DONE)
    atlas.wait(days=1)
    move(atlas, Status.IN_PROGRESS, "a second look")
    shown = atlas.charter.gates.shown(atlas.actor("ana"), "framing", None, HERE)
    assert all(check.is_met for check in shown.checks)
    assert shown.project.scope.metrics[0].target == 0.9
    atlas.wait(days=1)
    second = move(atlas, Status.DONE)
    assert second.seq > first.seq
    assert item(atlas, "framing").updated == atlas.now
    assert atlas.now.date() == date(2026, 11, 25)


# Gates


def passing(team: Team) -> None:
    """All that the gate of framing asks for."""
    metric = SetMetric("Recall", MetricWish(baseline=0.5, target=0.9, higher=True))
    team.charter.scopes.set_metric(team.actor("ana"), metric, HERE)
    team.charter.gates.tick(team.actor("ana"), TickCriterion("framing"), HERE)


def test_t3_a_gate_with_something_missing_is_not_passed(atlas: Team) -> None:
    with pytest.raises(GateClosed) as caught:
        move(atlas, Status.DONE)
    assert [text for _, text in caught.value.missing] == [
        "a success metric has a target",
        "approved by whoever is accountable",
    ]
    passing(atlas)
    done = move(atlas, Status.DONE)
    assert done.item is not None
    assert done.item.status is Status.DONE


def test_t3_to_pass_all_the_same_takes_a_reason_and_the_lead(atlas: Team) -> None:
    give(atlas, (Letter.A,), "bea", "framing")
    order = Move("framing", Status.DONE, "the pilot is over", override=True)
    for name in ("bea", "cy"):
        with pytest.raises(Forbidden):
            atlas.charter.stages.move(atlas.actor(name), order, HERE)
    done = atlas.charter.stages.move(atlas.actor("ana"), order, HERE)
    assert done.item is not None
    assert done.item.note == (
        "passed without: a success metric has a target, approved by whoever is accountable. "
        "the pilot is over"
    )
    atlas.charter.projects.undo(atlas.actor("ana"), done.seq)
    assert item(atlas, "framing").status is Status.NOT_STARTED


def test_t3_those_who_answer_for_it_tick_and_change_what_is_asked_for(atlas: Team) -> None:
    give(atlas, (Letter.A,), "bea", "annotation")
    gates: Gates = atlas.charter.gates
    asked = AddCriterion("annotation", "Two people agree")
    with pytest.raises(Forbidden) as caught:
        gates.add(atlas.actor("cy"), asked, HERE)
    assert "Bea Sample" in caught.value.who_can
    gates.add(atlas.actor("bea"), asked, HERE)
    with pytest.raises(GateClosed):
        move(atlas, Status.DONE, ref="annotation")
    tick = TickCriterion("annotation", "two people", note="on 200 labels")
    with pytest.raises(Forbidden):
        gates.tick(atlas.actor("cy"), tick, HERE)
    ticked = gates.tick(atlas.actor("bea"), tick, HERE)
    [line] = ticked.lines
    assert line.after == "Two people agree: on 200 labels"
    atlas.charter.projects.undo(atlas.actor("bea"), ticked.seq)
    [check] = gates.shown(atlas.actor("cy"), "annotation", None, HERE).checks
    assert not check.is_met
    assert not gates.shown(atlas.actor("cy"), "annotation", None, HERE).may_tick


def test_edge_17_who_approves_alone_is_marked(atlas: Team) -> None:
    give(atlas, (Letter.A, Letter.R), "ana", "framing")
    atlas.charter.gates.tick(atlas.actor("ana"), TickCriterion("framing", "approved"), HERE)
    shown = atlas.charter.gates.shown(atlas.actor("ana"), "framing", None, HERE)
    [tick] = [check.tick for check in shown.checks if check.tick]
    assert (tick.is_self, tick.by) == (True, atlas.person("ana").id)


def test_edge_17_an_approval_that_comes_back_is_that_of_who_gave_it(atlas: Team) -> None:
    give(atlas, (Letter.A, Letter.R), "bea", "framing")
    gates: Gates = atlas.charter.gates
    gates.tick(atlas.actor("bea"), TickCriterion("framing", "approved", note="read"), HERE)
    approved = gates.shown(atlas.actor("ana"), "framing", None, HERE).checks
    atlas.wait(days=2)
    taken = gates.tick(atlas.actor("ana"), TickCriterion("framing", "approved", ticked=False), HERE)
    atlas.wait(minutes=1)
    atlas.charter.projects.undo(atlas.actor("ana"), taken.seq)
    assert gates.shown(atlas.actor("ana"), "framing", None, HERE).checks == approved
    [tick] = [check.tick for check in approved if check.tick]
    assert (tick.is_self, tick.by, tick.at) == (True, atlas.person("bea").id, MONDAY)


def test_what_is_missing_at_a_gate_can_be_asked_for(atlas: Team) -> None:
    give(atlas, (Letter.A,), "bea", "framing")
    atlas.charter.gates.ask(atlas.actor("cy"), AskGate("framing", "we are ready"), HERE)
    assert any("we are ready" in text for text in written_to(atlas, "UBEA"))


# Blockers


def block(team: Team, text: str, by: str = "ana", owner: str | None = None) -> Done:
    order = Block("data pipeline", text, owner)
    return team.charter.stages.block(team.actor(by), order, HERE)


def test_t6_a_blocker_has_an_owner_and_an_age_and_stays_one(atlas: Team) -> None:
    give(atlas, (Letter.A,), "bea", "data pipeline")
    block(atlas, "no export", owner="Cy Sample")
    atlas.wait(days=1)
    with pytest.raises(Refused) as caught:
        block(atlas, "No export")
    assert caught.value.why is Why.BLOCKED_ALREADY
    block(atlas, "no disk")
    first, second = item(atlas, "data pipeline").blockers
    assert (first.text, first.owner, first.since) == ("no export", atlas.person("cy").id, MONDAY)
    assert second.owner == atlas.person("bea").id
    assert item(atlas, "data pipeline").note == "no export; no disk"


def test_t6_its_age_counts_from_the_day_that_it_was_for_whoever_looks(atlas: Team) -> None:
    far = Profile("UANA", "Ana Sample", "Ana", "America/Los_Angeles", is_admin=True)
    atlas.charter.people.learned(atlas.workspace, far)
    atlas.now = datetime(2026, 11, 24, 1, tzinfo=UTC)  # Monday afternoon there
    block(atlas, "no export")
    atlas.wait(days=3)
    ana = atlas.actor("ana")
    health = atlas.charter.standings.shown(ana, None, HERE).health
    assert health.reason == "Data pipeline is blocked for 3 working days: no export"
    shown = atlas.charter.projects.row(ana, "data pipeline", None, HERE)
    assert shown.item is not None
    assert "no export (nobody owns it, 3 working days)" in seats.standing(
        shown, shown.item, shown.people
    )


def test_t6_one_that_lasts_is_told_to_the_accountable_once(atlas: Team) -> None:
    give(atlas, (Letter.A,), "bea", "data pipeline")
    block(atlas, "no export", owner="Cy Sample")
    told = []
    for day in range(1, 9):
        atlas.now = MONDAY + timedelta(days=day)
        atlas.charter.timers.run_due(atlas.workspace)
        told.append(sum("still blocked" in text for text in written_to(atlas, "UBEA")))
    # Monday to Thursday are three working days.
    assert told == [0, 0, 1, 1, 1, 1, 1, 1]
    with atlas.database.read() as session:
        [row] = session.exec(select(BlockerRow)).all()
        assert row.escalated_at is not None
        assert row.escalated_at.date() == date(2026, 11, 26)


def written_to(team: Team, channel: str) -> list[str]:
    with team.database.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))
        return [row.text for row in rows if row.channel == channel]


def test_with_the_last_blocker_gone_it_is_where_it_was(atlas: Team) -> None:
    ana = atlas.actor("ana")
    move(atlas, Status.AT_RISK, "slow", "data pipeline")
    block(atlas, "no export")
    block(atlas, "no disk")
    atlas.charter.stages.unblock(ana, Unblock("data pipeline", "no exp", "it came"), HERE)
    assert item(atlas, "data pipeline").status is Status.BLOCKED
    assert [one.text for one in item(atlas, "data pipeline").blockers] == ["no disk"]
    done = atlas.charter.stages.unblock(ana, Unblock("data pipeline"), HERE)
    assert item(atlas, "data pipeline").status is Status.AT_RISK
    atlas.charter.projects.undo(ana, done.seq)
    [again] = item(atlas, "data pipeline").blockers
    assert (again.text, item(atlas, "data pipeline").status) == ("no disk", Status.BLOCKED)


def test_an_undone_blocker_never_was(atlas: Team) -> None:
    done = block(atlas, "no export")
    atlas.charter.projects.undo(atlas.actor("ana"), done.seq)
    assert item(atlas, "data pipeline").blockers == ()
    with atlas.database.read() as session:
        [row] = session.exec(select(BlockerRow)).all()
        assert row.since == row.until


# The project as a whole


def test_t5_what_somebody_says_stands_beside_what_is_computed(atlas: Team) -> None:
    ana = atlas.actor("ana")
    atlas.charter.stages.due(ana, Due("idea", date(2026, 11, 20)), HERE)
    standings = atlas.charter.standings
    with pytest.raises(BadInput):
        standings.say(ana, SetHealth(Light.RED), HERE)
    standings.say(ana, SetHealth(Light.GREEN, "it was agreed"), HERE)
    shown = standings.shown(ana, None, HERE)
    assert shown.health.words(shown.people) == (
        "Green (set by Ana Sample; computed Red: Feature choice is 3 days late)"
    )
    standings.say(ana, SetHealth(None), HERE)
    assert standings.shown(ana, None, HERE).health.opinion is None


def test_edge_22_a_missed_target_needs_a_reason(atlas: Team) -> None:
    ana, standings = atlas.actor("ana"), atlas.charter.standings
    with pytest.raises(Refused) as still:
        standings.finish(ana, FinishProject(), HERE)
    assert still.value.why is Why.STILL_OPEN
    passing(atlas)
    for one in atlas.charter.projects.shown(ana, None, HERE).project.items:
        order = Move(one.key, Status.DONE, "all in", override=True)
        atlas.charter.stages.move(ana, order, HERE)
    with pytest.raises(BadInput) as missed:
        standings.finish(ana, FinishProject(), HERE)
    assert missed.value.why is Why.METRIC_MISSED
    assert missed.value.facts["metrics"] == "Recall"
    with pytest.raises(Forbidden):
        standings.finish(atlas.actor("cy"), FinishProject(why="enough"), HERE)
    standings.finish(ana, FinishProject(why="good enough"), HERE)
    shown = standings.shown(ana, None, HERE)
    assert shown.health.reason == "Everything is done: good enough"
    standings.finish(ana, FinishProject(finished=False), HERE)
    assert standings.shown(ana, None, HERE).health.computed.value == "red"


# Two at once


def test_edge_46_what_others_changed_otherwise_is_no_conflict(atlas: Team) -> None:
    seen = item(atlas, "data pipeline").version
    atlas.charter.stages.due(atlas.actor("bea"), Due("data pipeline", date(2027, 1, 5)), HERE)
    mine = Move("data pipeline", Status.IN_PROGRESS, seen=seen)
    done = atlas.charter.stages.move(atlas.actor("ana"), mine, HERE)
    assert done.item is not None
    assert done.item.due == date(2027, 1, 5)
    other = Move("data pipeline", Status.ON_HOLD, seen=seen)
    with pytest.raises(Stale) as stale:
        atlas.charter.stages.move(atlas.actor("cy"), other, HERE)
    assert stale.value.changes[-1].what == "status: not started → in progress"
    again = Move("data pipeline", Status.ON_HOLD, seen=stale.value.version)
    atlas.charter.stages.move(atlas.actor("cy"), again, HERE)
    assert item(atlas, "data pipeline").status is Status.ON_HOLD


# How often the database is asked


def test_the_number_of_questions_does_not_grow_with_rows(atlas: Team) -> None:
    ana = atlas.actor("ana")

    def asked() -> list[int]:
        numbers = []
        for look in (
            lambda: atlas.charter.gates.shown(ana, "framing", None, HERE),
            lambda: atlas.charter.standings.shown(ana, None, HERE),
            lambda: atlas.charter.projects.shown(ana, None, HERE),
        ):
            look()
            with counted(atlas.database) as statements:
                look()
            numbers.append(len(statements))
        return numbers

    before = asked()
    for number in range(12):
        block(atlas, f"reason {number}")
        added = AddCriterion("framing", f"criterion {number}")
        atlas.charter.gates.add(ana, added, HERE)
        atlas.charter.gates.tick(ana, TickCriterion("framing", f"criterion {number}"), HERE)
    assert asked() == before
