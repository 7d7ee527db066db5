"""A Slack user group in a standup: whoever is in it, as Slack tells, is asked, too."""

from dataclasses import replace

import pytest

from bot.errors import Refused, Why
from bot.orders import AdjustStandup
from bot.outcome import Place
from bot.project import Group
from storage import user_groups
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.standup_support import ASKED, WISH, Standup

ML_TEAM = Group("S1", "ml-team")
WITH_TEAM = replace(WISH, group="@ML-Team")
QUIET = Place("C0QUIET", "atlas-quiet", is_private=True)


def tells(team: Team, *users: str) -> None:
    """Slack tells who is in the user group; nobody: that there is none."""
    team.charter.user_groups.learned(team.workspace, {ML_TEAM: users} if users else {})


def seats(team: Team) -> list[str]:
    shown = team.charter.standups.shown(team.actor("ana"), "atlas", HERE)
    return sorted(shown.people[seat.person].first_name for seat in shown.seats)


def test_u1_whoever_is_in_the_user_group_now_is_asked(team: Team) -> None:
    done, service = team.atlas(), team.charter.standups
    tells(team, "UANA", "UBEA", "UCY", "UDAN", "UBUILD")
    service.set_up(team.actor("ana"), WITH_TEAM, HERE)
    assert seats(team) == ["Ana", "Bea", "Cy"]
    tells(team, "UBEA", "UNEW")
    assert team.charter.user_groups.unmet(team.workspace) == ("UNEW",)
    standup = Standup(team, done)
    standup.at(ASKED)
    # Cy was in it when it was set, and is out by the time that they would be asked.
    assert set(standup.entries()) == {"bea"}


def test_u1_a_user_group_is_taken_out_and_comes_back_by_an_undo(team: Team) -> None:
    team.atlas()
    service, ana = team.charter.standups, team.actor("ana")
    tells(team, "UBEA")
    service.adjust(ana, AdjustStandup(group="<!subteam^S1|@ml-team>"), HERE)
    assert seats(team) == ["Bea"]
    ended = service.adjust(ana, AdjustStandup(group=""), HERE)
    assert seats(team) == []
    team.charter.projects.undo(ana, ended.seq)
    assert seats(team) == ["Bea"]
    tells(team)
    assert seats(team) == []
    # One that is gone from Slack stays in what is set otherwise.
    service.adjust(ana, AdjustStandup(by_stage=True), HERE)
    shown = service.shown(ana, "atlas", HERE)
    assert shown.plan is not None
    assert (shown.plan.group, shown.groups) == (ML_TEAM, ())


def test_u1_who_cannot_see_a_private_project_is_not_asked(team: Team) -> None:
    team.charter.people.channel_learned(team.workspace, "C0QUIET", "atlas-quiet", True, False)
    done = team.atlas(private=True)
    ana = team.actor("ana")
    team.charter.projects.bind(ana, done.project.key, QUIET)
    tells(team, "UANA", "UBEA")
    wish = replace(WITH_TEAM, channel="C0QUIET")
    team.charter.standups.set_up(ana, wish, QUIET)
    assert seats(team) == ["Ana"]


def test_u1_a_user_group_that_slack_did_not_tell_of_is_refused(team: Team) -> None:
    team.atlas()
    with pytest.raises(Refused) as caught:
        team.charter.standups.set_up(team.actor("ana"), WITH_TEAM, HERE)
    assert (caught.value.why, caught.value.field) == (Why.GROUP_UNKNOWN, "group")
    assert caught.value.facts == {"name": "@ML-Team"}


def test_a7_who_is_erased_is_in_no_user_group(team: Team) -> None:
    team.atlas()
    tells(team, "UANA", "UBEA")
    team.charter.standups.set_up(team.actor("ana"), WITH_TEAM, HERE)
    assert seats(team) == ["Ana", "Bea"]
    team.charter.personal.erase(team.actor("ana"), "Bea Sample")
    assert seats(team) == ["Ana"]
    assert team.charter.user_groups.unmet(team.workspace) == ()
    with team.database.read() as session:
        assert user_groups.known(session, team.workspace) == (ML_TEAM,)
