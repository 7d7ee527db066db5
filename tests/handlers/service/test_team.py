"""The team on the record: job roles, gaps, load and the linter."""

from datetime import date, timedelta

import pytest

from bot.errors import Forbidden, NotFound, Refused, Why
from bot.orders import (
    AddRole,
    Assign,
    EndWaiver,
    GiveJob,
    NewProject,
    RemoveRole,
    RenameRole,
    Transfer,
    Waive,
)
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.moving import (
    NOWHERE,
    A,
    R,
    shown,
)
from tests.support.counting import counted

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
