"""Many letters at once, on the record: transfers, clones, start-ups and splits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Forbidden, NotFound, Refused, Stale, Why
from bot.orders import (
    Assign,
    CloneRaci,
    EndStartUp,
    NewProject,
    Split,
    StartUp,
    Transfer,
)
from bot.people import Profile
from bot.project import Mode, PersonHolder
from bot.startup import solo
from bot.team import Moved, Previewed
from storage import audit
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.moving import (
    NOWHERE,
    A,
    R,
    carried_out,
    give,
    holders,
    previewed,
    shown,
)
from tests.support.counting import counted

BEA_TO_CY = Transfer("Bea Sample", "Cy Sample")


def test_r13_a_transfer_writes_a_line_a_row_and_is_undone_as_a_whole(team: Team) -> None:
    team.atlas()
    for item in ("data_pipeline", "rollout"):
        give(team, item, (A, R), "Bea Sample")
    before = shown(team)
    moved = carried_out(team, BEA_TO_CY)
    cy = team.person("cy").id
    assert len(moved.seqs) == 2
    for item in ("data_pipeline", "rollout"):
        assert (holders(team, item, A), holders(team, item, R)) == ([cy], [cy])
    team.wait(minutes=5)
    undone = team.charter.transfers.undo(team.actor("ana"), moved.seqs[0], moved.seqs[-1])
    assert len(undone.plan.moving) == 2
    after = shown(team)
    for was in before.items:
        now = after.item(was.key)
        assert now is not None
        assert {(one.letter, one.holder, one.since) for one in now.assignments} == {
            (one.letter, one.holder, one.since) for one in was.assignments
        }
    with team.database.read() as session:
        assert audit.verify(session).faults == ()


def test_r13_an_offer_that_a_transfer_overtakes_is_settled_by_it(team: Team) -> None:
    team.atlas()
    for item in ("data_pipeline", "rollout"):
        give(team, item, (A,), "Bea Sample")
    offered = Assign("rollout", (A,), "Ana Sample", "atlas", hand_over=True)
    team.charter.raci.assign(team.actor("bea"), offered, ELSEWHERE)
    found = shown(team).item("rollout")
    assert found is not None
    assert found.offer is not None
    moved = carried_out(team, BEA_TO_CY)
    found = shown(team).item("rollout")
    assert found is not None
    assert found.offer is None
    team.charter.transfers.undo(team.actor("ana"), min(moved.seqs), max(moved.seqs))
    assert holders(team, "rollout", A) == [team.person("bea").id]


def test_r13_many_rows_take_as_many_statements_as_two(team: Team) -> None:
    team.atlas()

    def asked(*items: str) -> int:
        for item in items:
            give(team, item, (A, R), "Bea Sample")
        order = Transfer("Bea Sample", "Cy Sample", mark=previewed(team, BEA_TO_CY).plan.mark)
        with counted(team.database) as statements:
            moved = team.charter.transfers.transfer(team.actor("ana"), order, HERE)
        assert isinstance(moved, Moved)
        assert len(moved.plan.moving) == len(items)
        team.charter.transfers.undo(team.actor("ana"), min(moved.seqs), max(moved.seqs))
        return len(statements)

    few = asked("idea", "framing")
    many = ("data_pipeline", "data_quality", "annotation", "modelling", "resourcing", "rollout")
    order = Transfer("Bea Sample", "Ana Sample", reason="makes room")
    carried_out(team, order)
    assert asked(*many) <= few


def test_r13_many_projects_take_as_many_statements_as_two(team: Team) -> None:
    ana, transfers = team.actor("ana"), team.charter.transfers

    def asked(*names: str) -> list[int]:
        """What it takes to give Bea's rows to Cy, to take that back, and to fill her seats."""
        for name in names:
            team.charter.projects.create(ana, NewProject(name), ELSEWHERE)
            given_to = Assign("rollout", (A,), "Bea Sample", name)
            team.charter.raci.assign(ana, given_to, ELSEWHERE)
        order = Transfer("Bea Sample", "Cy Sample", everywhere=True)
        shown = transfers.transfer(ana, order, ELSEWHERE)
        assert isinstance(shown, Previewed)
        with counted(team.database) as given:
            moved = transfers.transfer(ana, replace(order, mark=shown.plan.mark), ELSEWHERE)
        assert isinstance(moved, Moved)
        with counted(team.database) as undone:
            transfers.undo(ana, min(moved.seqs), max(moved.seqs))
        for deleted in (True, False):
            profile = Profile("UBEA", "Bea Sample", "Bea", deleted=deleted)
            team.charter.people.learned(team.workspace, profile)
        with counted(team.database) as filled:
            done = team.charter.leaving.give_back(ana, "bea")
        assert len(done.seats) == len(moved.plan.moving)
        return [len(given), len(undone), len(filled)]

    few = asked("Borealis", "Cirrus")
    many = asked("Deneb", "Electra", "Fornax", "Gemini")
    assert [one for one, before in zip(many, few, strict=True) if one > before] == []


def test_r13_the_whole_is_not_undone_once_a_row_moved_on_or_time_is_over(team: Team) -> None:
    team.atlas()
    for item in ("data_pipeline", "rollout"):
        give(team, item, (A,), "Bea Sample")
    moved = carried_out(team, BEA_TO_CY)
    give(team, "rollout", (R,), "Ana Sample")
    with pytest.raises(Stale) as caught:
        team.charter.transfers.undo(team.actor("ana"), moved.seqs[0], moved.seqs[-1])
    assert [seen.by for seen in caught.value.changes] == ["Ana Sample"]
    team.wait(minutes=11)
    with pytest.raises(Refused) as late:
        team.charter.transfers.undo(team.actor("ana"), moved.seqs[0], moved.seqs[-1])
    assert late.value.why is Why.UNDO_LATE
    for first, last in ((1, moved.seqs[-1]), (9999, 9999), (moved.seqs[0], 0)):
        with pytest.raises(NotFound):
            team.charter.transfers.undo(team.actor("ana"), first, last)


def test_r13_nothing_is_written_where_a_row_changed_since_the_preview(team: Team) -> None:
    team.atlas()
    give(team, "rollout", (A,), "Bea Sample")
    mark = previewed(team, BEA_TO_CY).plan.mark
    give(team, "rollout", (R,), "Ana Sample")
    with pytest.raises(Stale):
        team.charter.transfers.transfer(
            team.actor("ana"), Transfer("Bea Sample", "Cy Sample", mark=mark), HERE
        )
    assert holders(team, "rollout", A) == [team.person("bea").id]


def test_r13_letters_go_in_all_projects_that_one_sees_and_no_others(team: Team) -> None:
    team.atlas()
    secret = NewProject("Secret", private=True, bind_here=False)
    made = team.charter.projects.create(team.actor("bea"), secret, ELSEWHERE)
    team.charter.raci.assign(
        team.actor("bea"), Assign("rollout", (A,), "me", made.project.key), ELSEWHERE
    )
    give(team, "rollout", (A,), "Bea Sample")
    whole = Transfer("Bea Sample", "Cy Sample", everywhere=True)
    plan = previewed(team, whole, place=NOWHERE).plan
    assert [(row.project.name, row.item.key) for row in plan.moving] == [("Atlas", "rollout")]
    assert plan.staying == ()
    own = previewed(team, whole, by="bea", place=NOWHERE).plan
    assert [row.project.name for row in own.moving] == ["Atlas"]
    assert {(row.project.name, row.detail) for row in own.staying} == {("Secret", "Cy Sample")}


def test_r13_whose_letters_they_are_and_who_answers_for_them_may_give_them(team: Team) -> None:
    team.atlas()
    give(team, "rollout", (A, R), "Bea Sample")
    assert previewed(team, BEA_TO_CY, by="bea").plan.letters == 2
    refused = previewed(team, BEA_TO_CY, by="cy").plan
    assert refused.moving == ()
    assert "Ana Sample" in refused.staying[0].detail
    with pytest.raises(Refused) as caught:
        previewed(team, Transfer("Cy Sample", "Bea Sample"))
    assert caught.value.why is Why.NOTHING_TO_MOVE
    with pytest.raises(Refused):
        previewed(team, Transfer("Bea Sample", "Bea Sample"))


def test_vacant_seats_go_to_somebody_new(team: Team) -> None:
    team.atlas()
    moved = carried_out(team, Transfer("vacant Data Engineer", "Cy Sample"), by="cy")
    assert moved.plan.letters >= 2
    assert team.person("cy").id in holders(team, "data_pipeline", A)


def test_r13_a_clone_gives_vacant_seats_and_people_only_if_asked(team: Team) -> None:
    team.atlas()
    give(team, "resourcing", (A,), "Bea Sample")
    team.charter.projects.create(team.actor("ana"), NewProject("Beta", bind_here=False), ELSEWHERE)
    service, ana = team.charter.transfers, team.actor("ana")
    plan = service.clone(ana, CloneRaci("Atlas", "Beta"), ELSEWHERE).plan
    [row] = plan.moving
    assert row.item.key == "resourcing"
    people = service.clone(ana, CloneRaci("Atlas", "Beta", with_people=True), ELSEWHERE)
    order = CloneRaci("Atlas", "Beta", with_people=True, mark=people.plan.mark)
    assert isinstance(service.clone(ana, order, ELSEWHERE), Moved)
    assert holders(team, "resourcing", A, "Beta") == [team.person("bea").id]


# Start-up mode


def test_r10_a_start_up_is_one_step_there_and_back(team: Team) -> None:
    team.atlas()
    before = shown(team)
    done = team.charter.transfers.start_up(team.actor("ana"), StartUp("Bea Sample"), HERE)
    alone = solo(done.project)
    assert alone is not None
    assert len(alone.items) == 9
    team.charter.transfers.undo(team.actor("ana"), done.seqs[0], done.seqs[-1])
    after = shown(team)
    assert after.mode is Mode.TEAM
    assert [len(item.assignments) for item in after.items] == [
        len(item.assignments) for item in before.items
    ]


def test_r10_only_who_answers_for_it_makes_it_a_start_up(team: Team) -> None:
    team.atlas()
    with pytest.raises(Forbidden):
        team.charter.transfers.start_up(team.actor("cy"), StartUp("me"), HERE)
    assert shown(team).mode is Mode.TEAM


def test_edge_16_a_role_is_split_off_from_a_day_on(team: Team) -> None:
    team.atlas()
    team.charter.transfers.start_up(team.actor("ana"), StartUp("Bea Sample"), HERE)
    team.wait(days=30)
    since = (team.now - timedelta(days=3)).date()
    order = Split("ML Engineer", "Cy Sample", since)
    with pytest.raises(Forbidden):
        team.charter.transfers.split(team.actor("cy"), order, HERE)
    team.charter.transfers.split(team.actor("bea"), order, HERE)
    cy, bea = team.person("cy").id, team.person("bea").id
    assert (holders(team, "rollout", A), holders(team, "rollout", R)) == ([cy], [cy])
    found = shown(team).item("rollout")
    assert found is not None
    were = {one.holder: one.until for one in found.accountable}
    assert were[PersonHolder(bea)] == next(
        one.since for one in found.assignments if one.letter is A
    )
    assert holders(team, "framing", A) == [bea]
    ended = team.charter.transfers.end_start_up(team.actor("ana"), EndStartUp(), HERE)
    assert ended.project.mode is Mode.TEAM
    assert holders(team, "framing", A) == [bea]
