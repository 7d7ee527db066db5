"""The team on the record: many letters at once, roles, load, the linter, start-up mode."""

from datetime import date, timedelta

import pytest

from bot.errors import Forbidden, NotFound, Refused, Stale, Why
from bot.orders import (
    AddRole,
    Assign,
    CloneRaci,
    EndStartUp,
    EndWaiver,
    GiveJob,
    NewProject,
    RemoveRole,
    RenameRole,
    Split,
    StartUp,
    Transfer,
    Waive,
)
from bot.outcome import Place
from bot.project import Letter, Mode, PersonHolder, Project
from bot.startup import solo
from bot.team import Moved, Previewed
from storage import audit
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.support.counting import counted

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


# Roles


def test_r1_a_role_of_ones_own_is_kept_renamed_and_taken_back(team: Team) -> None:
    team.atlas()
    roles, ana = team.charter.roles, team.actor("ana")
    made = roles.add(ana, AddRole("Annotation lead", "Checks labels."))
    roles.give(team.actor("bea"), GiveJob("me", "annotation leads"))
    assert team.person("bea").role == "annotation_lead"
    with pytest.raises(Refused) as caught:
        roles.remove(ana, RemoveRole("Annotation lead"))
    assert caught.value.facts["uses"] == "Bea Sample has it"
    renamed = roles.rename(ana, RenameRole("Annotation lead", "Labels lead"))
    assert [one.person.name for one in roles.shown(ana, "labels lead", HERE).holders] == [
        "Bea Sample"
    ]
    with pytest.raises(Refused):  # it was renamed since
        roles.undo(ana, made.seq)
    roles.undo(ana, renamed.seq)
    assert roles.shown(ana, "annotation lead", HERE).role.title == "Annotation lead"
    replica = team.replica()
    assert "annotation_lead" in replica.roles.listed(ana).roles
    roles.give(ana, GiveJob("Bea Sample", None))
    roles.remove(ana, RemoveRole("Annotation lead"))
    assert "annotation_lead" not in roles.listed(ana).roles


def test_r1_admins_run_the_catalogue_and_everybody_says_their_own_role(team: Team) -> None:
    bea = team.actor("bea")
    for act in (
        lambda: team.charter.roles.add(bea, AddRole("Labels lead")),
        lambda: team.charter.roles.remove(bea, RemoveRole("Developer")),
        lambda: team.charter.roles.give(bea, GiveJob("Cy Sample", "Developer")),
        lambda: team.charter.roles.form(bea, "Developer"),
    ):
        with pytest.raises(Forbidden):
            act()
    team.charter.roles.give(bea, GiveJob("me", "Developer"))
    assert team.person("bea").role == "developer"


def test_r1_a_shipped_role_that_is_gone_comes_back_with_undo(team: Team) -> None:
    ana = team.actor("ana")
    gone = team.charter.roles.remove(ana, RemoveRole("Engineering Manager"))
    assert "engineering_manager" not in team.charter.roles.listed(ana).roles
    with pytest.raises(NotFound):
        team.charter.roles.shown(ana, "Engineering Manager", HERE)
    team.charter.roles.undo(ana, gone.seq)
    assert not team.charter.roles.listed(ana).roles["engineering_manager"].is_own


def test_new_seats_bear_the_name_that_the_workspace_gives_a_role(team: Team) -> None:
    ana = team.actor("ana")
    team.charter.roles.rename(ana, RenameRole("Data Engineer", "Platform Engineer"))
    team.atlas()
    assert team.charter.roles.shown(ana, "Platform Engineer", HERE).vacant != ()
    assert "Platform Engineer" in repr(shown(team).item("data_pipeline"))


def test_r1_who_needs_a_role_in_a_hidden_project_does_not_show(team: Team) -> None:
    secret = NewProject("Secret", private=True, bind_here=False)
    team.charter.projects.create(team.actor("bea"), secret, ELSEWHERE)
    ana = team.actor("ana")
    assert team.charter.roles.shown(ana, "ML Engineer", NOWHERE).vacant == ()
    team.charter.roles.remove(ana, RemoveRole("ML Engineer"))


# Gaps, load and the linter


def test_r4_r11_a_hidden_project_leaves_no_trace_in_gaps_load_and_idle(team: Team) -> None:
    team.atlas()
    secret = NewProject("Secret", lead="me", private=True, bind_here=False)
    made = team.charter.projects.create(team.actor("bea"), secret, ELSEWHERE)
    for item in ("idea", "framing", "data_pipeline", "rollout", "metrics", "modelling"):
        order = Assign(item, (A, R), "me", made.project.key)
        team.charter.raci.assign(team.actor("bea"), order, ELSEWHERE)
    service, cy, bea = team.charter.team, team.actor("cy"), team.actor("bea")
    assert service.load(cy, None, NOWHERE).loads == ()
    assert [one.person.name for one in service.load(bea, None, NOWHERE).loads] == ["Bea Sample"]
    assert service.load(cy, "Bea Sample", NOWHERE).loads[0].accountable == ()
    assert "Bea Sample" in [one.name for one in service.idle(cy, NOWHERE).idle]
    assert "Bea Sample" not in [one.name for one in service.idle(bea, NOWHERE).idle]
    gaps = service.gaps(cy, None, NOWHERE, whole=True).missing
    assert {gap.project.name for gap in gaps.seats} == {"Atlas"}
    assert gaps.stages == 9
    found = team.charter.linter.found(cy, None, NOWHERE, whole=True)
    assert [report.project.name for report in found.reports] == ["Atlas"]


def test_moonshot_12_a_waiver_is_for_who_answers_ends_by_itself_and_can_be_ended(
    team: Team,
) -> None:
    team.atlas()
    linter, ana = team.charter.linter, team.actor("ana")
    today = team.now.date()
    order = Waive("no-a", today, "nobody hired yet", "rollout")
    with pytest.raises(Forbidden):
        linter.waive(team.actor("cy"), order, HERE)
    linter.waive(ana, order, HERE)

    def waived() -> list[tuple[str, date]]:
        report = linter.found(ana, None, HERE, whole=False).reports[0]
        return [
            (one.found.item.key, one.waiver.last_day)
            for one in report.waived
            if one.found.item and one.waiver
        ]

    assert waived() == [("rollout", today)]
    with pytest.raises(Refused) as caught:
        linter.waive(ana, order, HERE)
    assert caught.value.why is Why.NOTHING_CHANGES
    team.wait(days=1)
    assert waived() == []
    tomorrow = today + timedelta(days=1)
    done = linter.waive(ana, Waive("no-a", tomorrow, "still nobody", "rollout"), HERE)
    assert waived() == [("rollout", tomorrow)]
    team.charter.projects.undo(ana, done.seq)
    assert waived() == []
    with pytest.raises(Refused):
        linter.end(ana, EndWaiver("spof"), HERE)
    linter.waive(ana, Waive("no-a", tomorrow, "all of it"), HERE)
    assert len(waived()) == 9
    linter.end(ana, EndWaiver("no-a"), HERE)
    assert waived() == []
    for day in (today, today + timedelta(days=800)):
        with pytest.raises(Refused) as wrong:
            linter.waive(ana, Waive("no-a", day, "x"), HERE)
        assert wrong.value.why is Why.WAIVER_DAY


def test_looking_at_many_projects_takes_as_many_statements_as_looking_at_two(team: Team) -> None:
    ana = team.actor("ana")

    def made(number: int) -> None:
        new = NewProject(f"Project {number}", bind_here=False)
        team.charter.projects.create(ana, new, ELSEWHERE)

    def asked() -> list[int]:
        fresh = team.replica()
        fresh.projects.listed(ana, 99)  # the facts of the workspace are read once
        looks = (
            lambda: fresh.team.gaps(ana, None, NOWHERE, whole=True),
            lambda: fresh.team.idle(ana, NOWHERE),
            lambda: fresh.team.load(ana, None, NOWHERE),
            lambda: fresh.linter.found(ana, None, NOWHERE, whole=True),
            lambda: fresh.roles.shown(ana, "ML Engineer", NOWHERE),
            lambda: fresh.transfers.transfer(
                ana, Transfer("vacant", "Cy Sample", everywhere=True), NOWHERE
            ),
        )
        numbers = []
        for look in looks:
            with counted(team.database) as statements:
                look()
            numbers.append(len(statements))
        return numbers

    for number in range(2):
        made(number)
    few = asked()
    for number in range(2, 9):
        made(number)
    assert asked() == few
