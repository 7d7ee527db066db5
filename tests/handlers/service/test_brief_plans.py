"""Briefs that come by themselves: to channels and to people, with what each may know."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.brief import BriefShown
from bot.cadence import Cadence
from bot.errors import Forbidden, NotFound, Refused, Why
from bot.orders import EndBrief, MergePeople, Move, NewProject, SetBrief, SetDigest
from bot.outcome import Place
from bot.people import Actor, Profile, Surface
from bot.project import Status
from handlers.views import brief as views
from storage.tables import OutboxRow, ScheduleRow, columns
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.digest_support import posted, until
from tests.handlers.service.test_away import written

WEEKLY = SetBrief(SetDigest(Cadence.WEEKLY, frozenset({0}), time(8)))
MINE = SetBrief(WEEKLY.wanted, own=True)
DIRECT = Place("D0ANA", "", is_direct=True)
MONDAY = datetime(2026, 11, 30, 7, tzinfo=UTC)
"""Eight in Berlin."""
MINUTE = timedelta(minutes=1)


def blocked(team: Team, name: str, *, private: bool, place: Place = HERE) -> None:
    ana = team.actor("ana")
    team.charter.projects.create(ana, NewProject(name, private=private), place)
    move = Move("data pipeline", Status.BLOCKED, f"no export of {name}", project=name)
    team.charter.stages.move(ana, move, place)


def briefs(rows: list[OutboxRow]) -> list[tuple[str, str]]:
    """To whom, and what."""
    return [(row.channel, row.text) for row in rows if row.key.startswith("brief/")]


def set_up(team: Team, order: SetBrief = WEEKLY, place: Place = HERE) -> BriefShown:
    return team.charter.brief_plans.set(team.actor("ana"), order, place)


def test_moonshot_13_a_channel_is_briefed_by_the_week(team: Team) -> None:
    blocked(team, "Atlas", private=False)
    shown = set_up(team)
    assert (shown.next_at, shown.projects) == (MONDAY, ("Atlas",))
    assert "#proj-atlas gets a brief weekly on Monday at 08:00 (Europe/Berlin)" in (
        views.planned(shown).text
    )
    [(channel, text)] = briefs(until(team, MONDAY + timedelta(minutes=1)))
    assert channel == "C0ATLAS"
    assert "1. ▲ Red: Data pipeline is blocked" in text or "no export of Atlas" in text
    [again] = briefs(until(team, MONDAY + timedelta(days=7, minutes=1)))
    assert again[0] == "C0ATLAS"
    assert len(briefs(until(team, MONDAY + timedelta(days=13)))) == 0


def test_moonshot_13_a_channel_is_told_only_what_all_who_read_it_may_know(team: Team) -> None:
    """Also where somebody set it who sees more."""
    blocked(team, "Vault", private=True, place=DIRECT)
    blocked(team, "Atlas", private=False, place=DIRECT)
    everywhere = Place("C0LEADS", "leads")
    team.charter.people.channel_learned(team.workspace, "C0LEADS", "leads", False, False)
    assert set_up(team, place=everywhere).projects == ("Atlas",)
    set_up(team, MINE)
    told = dict(briefs(until(team, MONDAY + timedelta(minutes=1))))
    assert "Vault" not in told["C0LEADS"]
    assert "no export of Atlas" in told["C0LEADS"]
    assert "no export of Vault" in told["UANA"]
    rows = {row.channel: row for row in posted(team) if row.key.startswith("brief/")}
    assert (rows["C0LEADS"].confidential, rows["UANA"].confidential) == (False, True)


def test_in_a_direct_message_it_is_ones_own(team: Team) -> None:
    shown = set_up(team, place=DIRECT)
    assert shown.place is None
    assert "You get a brief weekly" in views.planned(shown).text
    assert team.charter.brief_plans.shown(team.actor("ana"), HERE, own=True).plan == shown.plan
    assert team.charter.brief_plans.shown(team.actor("ana"), HERE, own=False).plan is None
    assert team.charter.brief_plans.shown(team.actor("bea"), DIRECT, own=True).plan is None


def test_nothing_to_say_is_said_in_one_line(team: Team) -> None:
    team.atlas()
    set_up(team)
    [(_, text)] = briefs(until(team, MONDAY + timedelta(minutes=1)))
    assert text.startswith("Nothing to brief you of in Atlas")
    assert len(text.splitlines()) == 1


def test_what_was_ended_comes_no_more_and_can_be_taken_back(team: Team) -> None:
    blocked(team, "Atlas", private=False)
    set_up(team)
    ana = team.actor("ana")
    ended = team.charter.brief_plans.end(ana, EndBrief(), HERE)
    assert (ended.plan, ended.next_at) == (None, None)
    back = team.charter.brief_plans.undo(ana, ended.seq, HERE)
    assert (back.undone, back.next_at) == (True, MONDAY)
    assert len(briefs(until(team, MONDAY + timedelta(minutes=1)))) == 1
    team.charter.brief_plans.end(ana, EndBrief(), HERE)
    assert briefs(until(team, MONDAY + timedelta(days=8))) == []


def test_only_where_it_was_set_it_is_undone_and_not_after_another_change(team: Team) -> None:
    first = set_up(team)
    service, ana = team.charter.brief_plans, team.actor("ana")
    with pytest.raises(NotFound):
        service.undo(ana, first.seq, Place("C0OTHER", "random"))
    with pytest.raises(NotFound):
        service.undo(ana, set_up(team, MINE).seq + 7, HERE)
    daily = SetBrief(SetDigest(Cadence.DAILY))
    second = set_up(team, daily)
    with pytest.raises(Refused) as overtaken:
        service.undo(ana, first.seq, HERE)
    assert overtaken.value.why is Why.UNDO_OVERTAKEN
    back = service.undo(ana, second.seq, HERE)
    assert back.plan == first.plan
    team.wait(minutes=11)
    third = set_up(team, daily)
    team.wait(minutes=11)
    with pytest.raises(Refused) as late:
        service.undo(ana, third.seq, HERE)
    assert late.value.why is Why.UNDO_LATE


def test_what_is_so_already_and_what_is_not_there_is_refused(team: Team) -> None:
    set_up(team)
    service, ana = team.charter.brief_plans, team.actor("ana")
    with pytest.raises(Refused) as same:
        set_up(team)
    assert same.value.why is Why.NOTHING_CHANGES
    with pytest.raises(Refused) as none:
        service.end(ana, EndBrief(own=True), HERE)
    assert none.value.why is Why.NO_BRIEF
    nobody = Actor(team.workspace, None, Surface.CLI, is_admin=True)
    with pytest.raises(NotFound):
        service.set(nobody, MINE, HERE)
    bot = team.actor("build")
    with pytest.raises(Forbidden):
        service.set(bot, WEEKLY, HERE)


def test_edge_12_a_brief_that_followed_its_person_is_ended_for_good(team: Team) -> None:
    """The clock forgets the time that was set before two accounts became one person's."""
    team.charter.brief_plans.set(team.actor("bea"), MINE, DIRECT)
    team.charter.identities.merge(team.actor("ana"), MergePeople("Bea", "Cy"), HERE)
    assert [channel for channel, _ in briefs(until(team, MONDAY + MINUTE))] == ["UCY"]
    team.charter.brief_plans.end(team.actor("cy"), EndBrief(own=True), DIRECT)
    assert briefs(until(team, MONDAY + timedelta(days=7, minutes=1))) == []
    with team.database.read() as session:
        assert "brief" not in session.scalars(select(columns(ScheduleRow).kind)).all()


def test_who_is_away_or_has_left_is_not_briefed(team: Team) -> None:
    blocked(team, "Atlas", private=False)
    for name in ("ana", "bea", "cy"):
        team.charter.brief_plans.set(team.actor(name), MINE, HERE)
    written(team, "bea", MONDAY.date(), MONDAY.date())
    left = Profile("UCY", "Cy Sample", "Cy", "Europe/Berlin", deleted=True)
    team.charter.people.learned(team.workspace, left)
    told = briefs(until(team, MONDAY + timedelta(minutes=1)))
    assert [channel for channel, _ in told] == ["UANA"]
    later = briefs(until(team, MONDAY + timedelta(days=7, minutes=1)))
    assert sorted(channel for channel, _ in later) == ["UANA", "UBEA"]
