"""Where reports of standups go: to the channel that was chosen, as long as it may know of them."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.orders import Assign, NewProject
from bot.outcome import Place
from bot.project import Letter
from bot.standups import Trouble
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.standup_support import ASKED, REPORTED, TUESDAY, WISH, Standup, begun

WEDNESDAY = TUESDAY + timedelta(days=1)


def on(day: datetime, moment: datetime) -> datetime:
    return day + (moment - TUESDAY)


def test_edge_33_two_projects_in_one_channel_report_each_its_own(team: Team) -> None:
    atlas, ana = begun(team), team.actor("ana")
    done = team.charter.projects.create(ana, NewProject("Comet"), HERE)
    order = Assign("modelling", (Letter.R,), "<@UANA>", project="Comet")
    team.charter.raci.assign(ana, order, HERE)
    team.charter.standups.set_up(ana, replace(WISH, project="Comet"), HERE)
    comet = Standup(team, done)
    atlas.at(ASKED)
    for standup, said in ((atlas, "of Atlas alone"), (comet, "of Comet alone")):
        standup.answer_to("ana", standup.entries()["ana"].id, said)
    atlas.at(REPORTED)
    [one], [other] = atlas.report(), comet.report()
    assert (one.channel, other.channel) == ("C0ATLAS", "C0ATLAS")
    assert ("of Atlas alone" in one.text, "of Comet alone" in one.text) == (True, False)
    assert ("of Atlas alone" in other.text, "of Comet alone" in other.text) == (False, True)


def test_edge_33_a_project_of_three_channels_reports_in_the_chosen_one(team: Team) -> None:
    standup, ana = begun(team), team.actor("ana")
    for channel, name in (("C0OTHER", "random"), ("C0THIRD", "third")):
        team.charter.people.channel_learned(team.workspace, channel, name, False, False)
        team.charter.projects.bind(ana, "atlas", Place(channel, name))
    team.charter.standups.set_up(ana, replace(WISH, channel="C0THIRD"), HERE)
    standup.at(ASKED)
    standup.answer("bea", "did")
    standup.at(REPORTED)
    assert [page.channel for page in standup.report()] == ["C0THIRD"]


def test_edge_34_what_another_organisation_reads_is_told_nothing_more(team: Team) -> None:
    standup = begun(team)
    standup.at(ASKED)
    standup.answer("bea", "for us")
    standup.at(REPORTED)
    [before] = standup.report()
    team.charter.people.channel_learned(team.workspace, "C0ATLAS", "proj-atlas", False, True)
    standup.answer("cy", "for us too")
    assert standup.report() == [before]
    standup.at(on(WEDNESDAY, REPORTED))
    assert standup.report(WEDNESDAY) == []
    shown = standup.charter.standups.shown(team.actor("ana"), "atlas", ELSEWHERE)
    assert shown.trouble is Trouble.SHARED


def test_edge_32_a_channel_that_closes_goes_on_with_a_public_project(team: Team) -> None:
    standup = begun(team)
    standup.at(ASKED)
    team.charter.people.channel_learned(team.workspace, "C0ATLAS", "proj-atlas", True, False)
    standup.answer("bea", "did")
    standup.at(REPORTED)
    [report] = standup.report()
    assert "did" in report.text
    shown = standup.charter.standups.shown(team.actor("cy"), "atlas", ELSEWHERE)
    assert (shown.trouble, shown.channel) == (None, "a private channel")
