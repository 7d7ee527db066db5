"""Home: what waits for somebody, read in as many statements however much there is."""

from datetime import timedelta
from typing import Any

import pytest

from bot.home import HomePage
from bot.lint import besides
from bot.orders import (
    ApproveScope,
    Assign,
    ChangeSetting,
    Confirm,
    Grant,
    Move,
    NewProject,
    SetScope,
    SettleOffer,
)
from bot.project import Letter, OfferState, Status
from bot.rights import Role
from bot.waiting import ApprovalWaits, InputWaits, OfferWaits, ReviewWaits, TickWaits
from handlers.service import overview
from storage.tables import ChannelRow, OutboxRow
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.support import give
from tests.support.counting import counted


def home(team: Team, who: str) -> HomePage:
    return team.charter.projects.home(team.actor(who))


def kinds(team: Team, who: str) -> list[type]:
    return [type(one) for one in home(team, who).waiting.shown]


def hold(team: Team, item: str, letter: Letter, who: str, project: str = "atlas") -> None:
    order = Assign(item, (letter,), f"<@U{who.upper()}>", project=project)
    team.charter.raci.assign(team.actor("ana"), order, HERE)


def test_o2_a_hand_over_waits_for_whoever_answers_it(team: Team) -> None:
    team.atlas()
    give(team, "<@UBEA>")
    give(team, "<@UCY>", by="bea", hand_over=True)
    assert kinds(team, "cy") == [OfferWaits]
    assert kinds(team, "bea") == []
    [offer] = home(team, "cy").waiting.shown
    assert isinstance(offer, OfferWaits)
    order = SettleOffer(OfferState.ACCEPTED, offer=offer.offer.id)
    team.charter.raci.settle(team.actor("cy"), order, HERE)
    assert kinds(team, "cy") == []


def test_who_sees_very_many_projects_has_their_own_in_view(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "MANY", 2)
    team.atlas()
    for name in ("Boreas", "Castor", "Doris"):
        team.charter.projects.create(team.actor("ana"), NewProject(name), ELSEWHERE)
    hold(team, "data_pipeline", Letter.A, "bea")
    hold(team, "rollout", Letter.A, "bea", "boreas")
    give(team, "<@UCY>", by="bea", hand_over=True)
    seen = home(team, "bea")
    assert {gap.project.name for gap in seen.gaps.shown} == {"Atlas"}, "a page of it"
    assert seen.gaps.total == 2 * len(home(team, "cy").gaps.shown[0].project.items) * 2 - 2
    assert [one.name for one in seen.projects.shown] == ["Atlas", "Boreas", "Castor", "Doris"]
    assert seen.projects.total == 4
    assert seen.accountable == 2
    offered = home(team, "cy")
    assert [type(one) for one in offered.waiting.shown] == [OfferWaits]
    assert {gap.project.name for gap in offered.gaps.shown} == {"Atlas"}
    led = home(team, "ana")
    monkeypatch.setattr(overview, "MANY", 4)
    assert led == home(team, "ana"), "she leads all of them"


def test_o2_input_waits_until_it_is_given_or_stands_no_more(team: Team) -> None:
    team.atlas()
    hold(team, "data_pipeline", Letter.A, "bea")
    hold(team, "data_pipeline", Letter.C, "cy")
    ana = team.actor("ana")
    team.charter.stages.move(ana, Move("data_pipeline", Status.BLOCKED, "no export"), HERE)
    [asked] = home(team, "cy").waiting.shown
    assert isinstance(asked, InputWaits)
    assert asked.item.key == "data_pipeline"
    team.charter.stages.move(ana, Move("data_pipeline", Status.IN_PROGRESS), HERE)
    assert kinds(team, "cy") == []
    team.charter.stages.move(ana, Move("data_pipeline", Status.BLOCKED, "again"), HERE)
    key = home(team, "cy").waiting.shown[0]
    assert isinstance(key, InputWaits)
    team.charter.consultations.answer(team.actor("cy"), key.asked.id, "Ask the vendor")
    assert kinds(team, "cy") == []


def test_o2_a_tick_waits_only_where_nothing_else_is_missing(team: Team) -> None:
    team.atlas()
    hold(team, "rollout", Letter.A, "bea")
    hold(team, "framing", Letter.A, "bea")
    ana = team.actor("ana")
    team.charter.stages.move(ana, Move("rollout", Status.IN_PROGRESS), HERE)
    team.charter.stages.move(ana, Move("framing", Status.IN_PROGRESS), HERE)
    assert kinds(team, "bea") == []  # earlier stages are open, and no metric has a target
    for stage in home(team, "ana").projects.shown[0].stages():
        if stage.key != "rollout" and stage.status is not Status.SKIPPED:
            skip = Move(stage.key, Status.SKIPPED, "not here")
            team.charter.stages.move(ana, skip, HERE)
    [tick] = home(team, "bea").waiting.shown
    assert isinstance(tick, TickWaits)
    assert (tick.item.key, [one.key for one in tick.missing]) == ("rollout", ["approved"])


def test_o2_a_scope_waits_to_be_signed_off_and_again_when_it_is_stale(team: Team) -> None:
    team.atlas()
    assert kinds(team, "ana") == []
    scopes = team.charter.scopes
    scopes.scope(team.actor("bea"), SetScope("problem", "Churn is high"), HERE)
    assert kinds(team, "ana") == [ApprovalWaits]
    assert kinds(team, "bea") == []
    scopes.approve(team.actor("ana"), ApproveScope(), HERE)
    assert kinds(team, "ana") == []
    scopes.scope(team.actor("bea"), SetScope("problem", "Churn is low"), HERE)
    [again] = home(team, "ana").waiting.shown
    assert again == ApprovalWaits(home(team, "ana").projects.shown[0], is_stale=True)
    hold(team, "framing", Letter.A, "bea")
    assert kinds(team, "ana") == []
    assert kinds(team, "bea") == [ApprovalWaits]


def test_o2_a_project_that_nobody_confirmed_waits_for_its_lead(team: Team) -> None:
    team.atlas()
    assert kinds(team, "ana") == []
    team.wait(days=40)
    [late] = home(team, "ana").waiting.shown
    assert late == ReviewWaits(home(team, "ana").projects.shown[0], 40)
    assert kinds(team, "bea") == []
    team.charter.reviews.confirm(team.actor("ana"), Confirm(), HERE)
    assert kinds(team, "ana") == []


def test_a_load_that_is_too_much_and_findings_of_ones_own_projects_are_told(team: Team) -> None:
    team.atlas()
    order = ChangeSetting("load_limit", "1")
    team.charter.settings.change(team.actor("ana"), order)
    for stage in ("framing", "rollout"):
        hold(team, stage, Letter.A, "bea")
        hold(team, stage, Letter.R, "bea")
    page = home(team, "bea")
    assert page.load is not None
    assert (len(page.load.accountable), len(page.load.alone)) == (2, 2)
    [report] = page.reports
    assert {one.rule.id for one in besides(report)} == {"load"}
    assert home(team, "cy").reports == ()
    assert home(team, "cy").load is None


def test_health_tells_admins_what_is_amiss_and_nothing_that_is_private(team: Team) -> None:
    team.atlas()
    admin = team.actor("ana")
    gone: dict[str, Any] = {
        "workspace_id": admin.workspace,
        "gone_since": team.now,
        "gone_why": "archived",
    }
    dead: dict[str, Any] = {
        "workspace_id": admin.workspace,
        "created_at": team.now,
        "dead_at": team.now,
    }
    with team.database.begin() as session:
        session.add(ChannelRow(slack_id="C1", name="open", **gone))
        session.add(ChannelRow(slack_id="C2", name="closed", is_private=True, **gone))
        for n, is_private in enumerate((False, False, True)):
            why = "is_archived" if is_private else "not_in_channel"
            said: dict[str, Any] = {"key": f"k{n}", "channel": "C1", "text": "", "trouble": why}
            session.add(OutboxRow(confidential=is_private, **said, **dead))
    running = team.charter.projects.home(admin).running
    assert running is not None
    assert [(one.what, one.mend) for one in running.findings] == [
        (
            f"2 messages to #open were given up since {team.now:%Y-%m-%d %H:%M} UTC"
            " (not_in_channel)",
            "Invite Charter to the channel. Then an admin says /charter outbox retry all.",
        ),
        (
            f"#open is archived since {team.now:%Y-%m-%d}",
            "Unarchive the channel, or bind its projects to another one.",
        ),
    ]
    assert home(team, "bea").running is None


def test_what_a_viewer_cannot_fill_is_no_gap_of_theirs(team: Team) -> None:
    team.atlas()
    assert home(team, "bea").gaps.total
    team.charter.access.grant(team.actor("ana"), Grant("<@UBEA>", Role.VIEWER), HERE)
    assert home(team, "bea").gaps.total == 0


def test_home_is_read_in_as_many_statements_for_many_projects(team: Team) -> None:
    def asked(number: int) -> int:
        for n in range(number):
            key = f"P{n} of {number}"
            made = team.charter.projects.create(
                team.actor("ana"), NewProject(key, bind_here=False), HERE
            )
            hold(team, "framing", Letter.A, "bea", made.project.key)
            move = Move("framing", Status.IN_PROGRESS, project=made.project.key)
            team.charter.stages.move(team.actor("ana"), move, HERE)
        team.now += timedelta(seconds=1)
        cold = team.replica()
        with counted(team.database) as statements:
            page = cold.projects.home(team.actor("bea"))
        assert page.projects.total >= number
        return len(statements)

    assert asked(1) == asked(12)
