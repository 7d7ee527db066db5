"""The standup of a Slack user group in a channel, which takes no project."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.commands import ShowStandups
from bot.errors import NotFound, Refused, Why
from bot.orders import (
    AdjustStandup,
    AnswerStandup,
    Assign,
    EndStandup,
    Judgement,
    NewProject,
    SetStandup,
)
from bot.outcome import Place
from bot.project import Group, Letter
from bot.standups import DAYS, QUESTIONS, Plan, State, Trouble, Verdict
from handlers.service.facts import FactsCache
from storage import dumping
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.standup_support import ASKED, REPORTED, TUESDAY, Standup

ML_TEAM = Group("S1", "ml-team")
DAILY = Place("C0DAILY", "ml-daily")
CLOSED = Place("C0CLOSED", "ml-closed", is_private=True)
HALF_PAST = AdjustStandup(at=time(9, 30), project="<!subteam^S1|@ml-team>")


def tells(team: Team, *users: str) -> None:
    team.charter.user_groups.learned(team.workspace, {ML_TEAM: users})


def met(team: Team, place: Place, *inside: str) -> None:
    """Charter knows the channel, and of a private one who is in it."""
    assert place.channel is not None
    team.charter.people.channel_learned(
        team.workspace, place.channel, place.name, place.is_private, place.is_shared
    )
    if inside:
        team.charter.circles.learned(team.workspace, place.channel, inside)


def begun(team: Team, place: Place = DAILY) -> Standup:
    """Ana lets the ML team, of which Bea and Cy are, have a standup at 9:30."""
    met(team, place)
    tells(team, "UBEA", "UCY")
    return Standup(team, team.charter.standups.adjust(team.actor("ana"), HALF_PAST, place))


def seats(team: Team, name: str = "ana", place: Place = DAILY) -> list[str]:
    shown = team.charter.standups.shown(team.actor(name), None, place)
    return sorted(shown.people[seat.person].first_name for seat in shown.seats)


def test_u1_a_user_group_has_a_standup_without_a_project(team: Team) -> None:
    standup = begun(team)
    assert standup.done.project.name == "@ml-team"
    assert [(line.label, line.after) for line in standup.done.lines] == [
        (
            "standup",
            "Monday to Friday at 09:30, local time, told in #ml-daily at 11:00 in Berlin, "
            "by person",
        )
    ]
    assert seats(team) == ["Bea", "Cy"]
    standup.at(ASKED)
    assert set(standup.entries()) == {"bea", "cy"}
    standup.answer("bea", "Cut the train set.", "Eval.", "No GPU quota.")
    standup.at(REPORTED)
    [report] = standup.report()
    assert report.channel == "C0DAILY"
    assert "Standup of @ml-team, Tuesday 24 November. 1 of 2 have answered." in report.text
    assert "Bea Sample: No GPU quota." in report.text


def test_u1_a_team_is_no_project_anywhere_else(team: Team) -> None:
    begun(team)
    ana, charter = team.actor("ana"), team.charter
    assert charter.projects.listed(ana).projects == ()
    with pytest.raises(NotFound):
        charter.projects.shown(ana, "@ml-team", DAILY)
    with pytest.raises(Refused) as caught:
        charter.projects.shown(ana, None, DAILY)
    assert caught.value.why is Why.NO_CHANNEL
    assert charter.projects.home(ana).projects.total == 0
    assert not charter.projects.is_bound(ana, DAILY)
    with team.database.read() as session:
        facts = FactsCache().current(session, team.workspace)
        assert (facts.projects, facts.by_channel, facts.by_spelling) == ({}, {}, {})
        assert [one.name for one in facts.teams.values()] == ["@ml-team"]
        told = dumping.dump(session, team.workspace, team.now)
    assert (told.projects, told.standups) == ([], [])


def test_u1_the_same_person_is_asked_once_for_project_and_team(team: Team) -> None:
    team.atlas()
    order = Assign("labels", (Letter.R,), "<@UBEA>")
    team.charter.raci.assign(team.actor("ana"), replace(order, item="data_pipeline"), HERE)
    wish = SetStandup(QUESTIONS, DAYS, time(9, 30), "C0ATLAS")
    team.charter.standups.set_up(team.actor("ana"), wish, HERE)
    standup = begun(team)
    standup.at(ASKED)
    [asked] = standup.said_to("bea")
    assert "Standup of Atlas and @ml-team, Tuesday 24 November" in asked


def test_u1_the_standup_of_a_team_ends_and_comes_back_by_an_undo(team: Team) -> None:
    standup = begun(team)
    ana, service = team.actor("ana"), team.charter.standups
    ended = service.end(ana, EndStandup(), DAILY)
    with pytest.raises(Refused) as caught:
        service.shown(ana, None, DAILY)
    assert caught.value.why is Why.NO_CHANNEL
    assert service.shown(ana, "@ml-team", DAILY).plan is None
    team.charter.projects.undo(ana, ended.seq)
    assert seats(team) == ["Bea", "Cy"]
    again = service.adjust(ana, AdjustStandup(at=time(8)), DAILY)
    assert again.project.id == standup.project
    team.charter.projects.undo(ana, again.seq)
    plan = service.shown(ana, None, DAILY).plan
    assert plan is not None
    assert plan.at == time(9, 30)


def test_u1_the_first_one_is_undone_as_well(team: Team) -> None:
    done = begun(team).done
    taken = team.charter.projects.undo(team.actor("ana"), done.seq)
    assert taken.undone
    assert team.charter.standups.shown(team.actor("ana"), "@ml-team", DAILY).plan is None
    # Begun again it is the same one, with what was said in it.
    again = team.charter.standups.adjust(team.actor("ana"), HALF_PAST, DAILY)
    assert again.project.id == done.project.id


@pytest.mark.parametrize("place", [DAILY, CLOSED], ids=["public", "private"])
def test_u1_a_channel_without_a_project_is_free_for_one(team: Team, place: Place) -> None:
    met(team, place)
    ana, service = team.actor("ana"), team.charter.standups
    assert not service.may_begin(ana, place)
    tells(team, "UBEA")
    assert service.may_begin(ana, place)
    assert not service.may_begin(ana, Place(is_direct=True))
    service.adjust(ana, HALF_PAST, place)
    assert not service.may_begin(ana, place)
    service.end(ana, EndStandup(), place)
    assert service.may_begin(ana, place)
    team.atlas()
    assert not service.may_begin(ana, HERE)


def test_u1_the_form_begins_one_and_sets_it_otherwise(team: Team) -> None:
    met(team, DAILY)
    tells(team, "UBEA")
    ana, service = team.actor("ana"), team.charter.standups
    offered = service.shown(ana, "@ml-team", DAILY, begins=True)
    assert (offered.project.key, offered.plan, offered.seen) == ("@S1/C0DAILY", None, 0)
    wish = SetStandup(QUESTIONS, DAYS, time(9, 30), "C0DAILY", project="@S1/C0DAILY", seen=0)
    service.set_up(ana, replace(wish, people=("<@UCY>",)), DAILY)
    assert seats(team) == ["Bea", "Cy"]
    shown = service.shown(ana, None, DAILY)
    service.set_up(ana, replace(wish, at=time(10), seen=shown.seen), Place())
    assert seats(team) == ["Bea"]
    plan = service.shown(ana, "@S1/C0DAILY", Place()).plan
    assert plan == Plan(
        QUESTIONS, DAYS, time(10), "Europe/Berlin", time(11, 30), "C0DAILY", group=ML_TEAM
    )


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (AdjustStandup(by_stage=True), Why.TEAM_STAGES),
        (AdjustStandup(group=""), Why.TEAM_STAYS),
        (AdjustStandup(channel="#proj-atlas"), Why.TEAM_STAYS),
        (AdjustStandup(at=time(9, 30)), Why.NOTHING_CHANGES),
    ],
)
def test_u1_what_a_team_does_not_have_is_refused(
    team: Team, order: AdjustStandup, why: Why
) -> None:
    begun(team)
    with pytest.raises(Refused) as caught:
        team.charter.standups.adjust(team.actor("ana"), order, DAILY)
    assert caught.value.why is why


def test_u1_a_team_needs_a_channel_and_a_user_group(team: Team) -> None:
    tells(team, "UBEA")
    ana, service = team.actor("ana"), team.charter.standups
    direct = Place(is_direct=True)
    with pytest.raises(Refused) as caught:
        service.adjust(ana, HALF_PAST, direct)
    assert caught.value.why is Why.TEAM_NOWHERE
    with pytest.raises(Refused) as caught:
        service.shown(ana, "@ml-team", direct)
    assert (caught.value.why, caught.value.facts) == (Why.NO_TEAM, {"name": "@ml-team"})
    with pytest.raises(Refused) as caught:
        service.adjust(ana, replace(HALF_PAST, project="@nobody"), DAILY)
    assert caught.value.why is Why.GROUP_UNKNOWN
    # From elsewhere the one that there is can be looked at, and ended.
    begun(team)
    assert service.shown(ana, "@ml-team", direct).project.name == "@ml-team"
    service.end(ana, EndStandup("@ml-team"), direct)


def test_u1_a_private_channel_s_standup_is_for_those_who_are_in_it(team: Team) -> None:
    standup = begun(team, CLOSED)
    assert seats(team, place=CLOSED) == []
    met(team, CLOSED, "UANA", "UBEA")
    assert seats(team, place=CLOSED) == ["Bea"]
    standup.at(team.now)
    standup.at(ASKED)
    assert set(standup.entries()) == {"bea"}
    standup.answer("bea", "Cut the train set.")
    standup.at(REPORTED)
    lookups = team.charter.lookups
    assert lookups.past(team.actor("ana"), ShowStandups(), Place()).total == 1
    assert lookups.past(team.actor("cy"), ShowStandups(), Place()).total == 0
    cy, elsewhere = team.actor("cy"), Place()
    with pytest.raises(NotFound):
        lookups.past(cy, ShowStandups(project="@ml-team"), elsewhere)
    with pytest.raises(Refused) as caught:
        team.charter.standups.shown(cy, "@ml-team", elsewhere)
    assert caught.value.why is Why.NO_TEAM
    with pytest.raises(NotFound):
        team.charter.projects.undo(cy, standup.done.seq)
    assert "Cut the train set." not in team.charter.personal.export(cy)
    assert "Cut the train set." in team.charter.personal.export(team.actor("bea"))
    # Who has left the channel is asked no more.
    met(team, CLOSED, "UANA")
    standup.at(ASKED + timedelta(days=1))
    assert standup.entries(TUESDAY + timedelta(days=1)) == {}


def test_edge_32_a_channel_that_turns_lets_its_standup_rest(team: Team) -> None:
    standup = begun(team, CLOSED)
    met(team, CLOSED, "UANA", "UBEA")
    opened = replace(CLOSED, is_private=False)
    met(team, opened)
    standup.at(ASKED)
    assert standup.entries() == {}
    # Ana, who is not known to be in there any more, hears of it all the same: she set it.
    met(team, CLOSED, "UANA", "UBEA")
    standup.at(ASKED)
    standup.at(ASKED + timedelta(days=1))
    assert set(standup.entries(TUESDAY + timedelta(days=1))) == {"bea"}
    met(team, opened)
    anew = team.charter.standups.adjust(team.actor("ana"), HALF_PAST, opened)
    assert anew.project.id != standup.project
    assert seats(team, place=opened) == ["Bea", "Cy"]
    # What was said while it was private stays there, and that one has ended.
    assert team.charter.lookups.past(team.actor("cy"), ShowStandups(), opened).total == 0
    met(team, CLOSED, "UANA", "UBEA")
    with pytest.raises(Refused) as caught:
        team.charter.standups.shown(team.actor("ana"), None, CLOSED)
    assert caught.value.why is Why.NO_CHANNEL


def test_edge_32_whoever_set_it_is_told_once_that_it_rests(team: Team) -> None:
    standup = begun(team)
    met(team, replace(DAILY, is_private=True))
    shown = team.charter.standups.shown(team.actor("ana"), "@ml-team", Place())
    assert shown.trouble is Trouble.TURNED
    standup.at(ASKED)
    standup.at(ASKED + timedelta(days=1))
    [told] = standup.said_to("ana")
    assert "The standup of @ml-team rests: its channel has become private" in told


def test_u9_the_history_of_a_team_by_its_group_and_in_its_channel(team: Team) -> None:
    standup = begun(team)
    standup.at(ASKED)
    standup.answer("bea", "Cut the train set.")
    lookups, cy = team.charter.lookups, team.actor("cy")
    for order, place in (
        (ShowStandups(project="@ml-team"), Place()),
        (ShowStandups(person="<!subteam^S1|@ml-team>"), Place()),
        (ShowStandups(project="@ml-team", person="@bea"), HERE),
        (ShowStandups(), DAILY),
        (ShowStandups(person="@bea"), Place()),
    ):
        assert [one.project for one in lookups.past(cy, order, place).entries] == [
            standup.project
        ], order
    other = ShowStandups(project="@ml-team", person="@cy")
    assert lookups.past(cy, other, Place()).total == 0
    found = lookups.past(cy, ShowStandups(project="@ml-team"), Place())
    assert found.project is not None
    assert found.project.name == "@ml-team"


def test_u2_a_line_is_about_an_item_of_a_project_that_the_channel_may_know(team: Team) -> None:
    atlas = team.atlas().project
    hidden = team.charter.projects.create(
        team.actor("bea"), NewProject("Night Owl", private=True, lead="<@UBEA>"), Place()
    ).project
    order = Assign("data_pipeline", (Letter.R,), "<@UBEA>")
    team.charter.raci.assign(team.actor("ana"), order, HERE)
    standup = begun(team)
    standup.at(ASKED)
    said = (
        "data pipeline: 200 more\nAtlas rollout: dry run\nAtlas: all of it\nNight Owl: new seed",
    )
    asked = standup.answer("bea", *said)
    items = {item.key: item.id for item in atlas.items}
    assert [(line.text, line.item) for line in asked.entry.said] == [
        ("data pipeline: 200 more", items["data_pipeline"]),
        ("Atlas rollout: dry run", items["rollout"]),
        ("Atlas: all of it", None),
    ]
    # Who holds nothing in the project names it, too.
    other = standup.answer("cy", "data pipeline: x")
    assert [line.item for line in other.entry.said] == [None]
    # A private project's line is told nowhere; its author finds it in the form again.
    assert [(one.text, one.project) for one in asked.entry.withheld] == [("new seed", hidden.id)]
    standup.at(REPORTED)
    assert "new seed" not in "".join(one.text for one in standup.report())
    about = ShowStandups(item="rollout", project="atlas")
    assert team.charter.lookups.past(team.actor("cy"), about, Place()).total == 1


def test_u7_what_is_there_still_for_the_third_time_is_told_to_whoever_set_it(team: Team) -> None:
    standup = begun(team)
    for number in range(4):
        day = timedelta(days=number)
        standup.at(ASKED + day)
        entry = standup.entries(TUESDAY + day)["bea"]
        if not number:
            standup.answer_to("bea", entry.id, "", "", "No GPU quota.")
            continue
        asked = team.charter.standups.asked(team.actor("bea"), entry.id)
        assert asked.drafted is not None
        [carried] = asked.drafted.carried
        order = AnswerStandup(
            entry.id,
            State.POSTED,
            ("", "", ""),
            judged=(Judgement(carried.key, Verdict.STILL),),
        )
        team.charter.standups.answer(team.actor("bea"), order)
    [told] = standup.said_to("ana")
    assert "Bea Sample says for the third time in the standup of @ml-team" in told
    assert "No GPU quota. (still there, for the 3rd time" in told
