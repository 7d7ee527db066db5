"""A clock that stood still: what comes late says so, what is missed is written down and told."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.orders import SetAway
from bot.people import Profile
from bot.project import Status
from handlers.service.health import of_workspace
from handlers.views import brief as brief_views
from handlers.views import digests as digest_views
from handlers.views import standups as standup_views
from storage import uptimes
from tests.handlers.service import mailing
from tests.handlers.service import test_brief_plans as planned
from tests.handlers.service import test_own_digests as own
from tests.handlers.service import test_reminders as remind
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.digest_support import NINE, move, posted, tell_of_atlas
from tests.handlers.service.standup_support import ASKED, REPORTED, TUESDAY, WISH, Standup, begun

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def standup(team: Team) -> Standup:
    return begun(team)


def down(team: Team, since: datetime, until: datetime) -> None:
    """Nobody keeps the clock in between."""
    for moment in (since, until):
        team.now = moment
        team.charter.timers.run_due(team.workspace)


def shown(standup: Standup) -> str:
    team = standup.team
    told = team.charter.standups.shown(team.actor("bea"), "atlas", HERE)
    return standup_views.shown(told).text


def ill(team: Team) -> list[str]:
    with team.database.read() as session:
        return [one.what for one in of_workspace(session, team.workspace, (), (), team.now)]


def test_u11_who_is_asked_late_is_told_so_until_they_answer(standup: Standup) -> None:
    down(standup.team, ASKED - 25 * MINUTE, ASKED + 20 * MINUTE)
    [asked] = standup.said_to("ana")
    assert "This comes late: it was due at 2026-11-24 08:30 UTC; I was down from " in asked
    assert "2026-11-24 08:05 UTC to 2026-11-24 08:50 UTC." in asked
    standup.answer("ana", "Loader")
    [said] = standup.said_to("ana")
    assert "comes late" not in said
    assert "Missed" not in shown(standup)
    assert ill(standup.team) == []


def test_u11_who_is_asked_in_time_is_told_nothing_of_it(standup: Standup) -> None:
    down(standup.team, ASKED - 3 * MINUTE, ASKED + MINUTE)
    [asked] = standup.said_to("ana")
    assert "comes late" not in asked


def test_u11_a_late_report_says_so_also_when_it_is_put_right(standup: Standup) -> None:
    standup.at(ASKED)
    down(standup.team, REPORTED - MINUTE, REPORTED + 100 * MINUTE)
    words = "it was due at 2026-11-24 10:00 UTC; I was down from 2026-11-24 09:59 UTC to "
    assert words in standup.report()[0].text
    standup.answer("ana", "Loader")
    [again] = standup.report()
    assert words in again.text
    assert "Loader" in again.text


def test_u11_what_nobody_could_ask_in_time_is_missed_and_told(standup: Standup) -> None:
    down(standup.team, ASKED - 10 * MINUTE, ASKED + 6 * 60 * MINUTE)
    assert standup.said_to("ana") == []
    assert standup.report() == []
    assert "Missed Tuesday 24 November: 3 people were not asked, and nothing was reported; " in (
        shown(standup)
    )
    assert "I was down from 2026-11-24 08:20 UTC to 2026-11-24 14:30 UTC." in shown(standup)
    [told] = ill(standup.team)
    assert told == (
        "I missed 3 questions of standups, 1 report "
        "(down from 2026-11-24 08:20 UTC to 2026-11-24 14:30 UTC)"
    )
    standup.at(ASKED + 15 * DAY)
    assert "24 November" not in shown(standup)


def test_edge_43_after_three_days_each_is_asked_once_and_the_rest_is_missed(
    standup: Standup,
) -> None:
    monday = ASKED + 6 * DAY
    down(standup.team, ASKED - 10 * MINUTE, monday + 30 * MINUTE)
    assert [len(standup.said_to(name)) for name in ("ana", "bea", "cy")] == [1, 1, 1]
    assert "Monday 30 November" in standup.said_to("ana")[0]
    with standup.team.database.read() as session:
        missed = uptimes.missed(session, standup.team.workspace, standup.team.now)
    days = sorted({(one.kind, one.slot) for one in missed})
    assert days == [
        *(("standup_ask", ASKED + n * DAY) for n in range(4)),
        *(("standup_report", REPORTED + n * DAY) for n in range(4)),
    ]
    assert len(missed) == 3 * 4 + 4
    standup.at(monday + 40 * MINUTE)
    with standup.team.database.read() as session:
        again = uptimes.missed(session, standup.team.workspace, standup.team.now)
    assert again == missed


def test_u11_who_was_out_then_has_missed_nothing(standup: Standup) -> None:
    team = standup.team
    left = Profile("UBEA", "Bea Sample", "Bea", "Europe/Berlin", deleted=True)
    team.charter.people.learned(team.workspace, left)
    team.now = ASKED + 6 * 60 * MINUTE
    team.charter.timers.run_due(team.workspace)
    assert "2 people were not asked" in shown(standup)


def test_u11_what_a_private_project_missed_is_not_counted_for_an_admin(standup: Standup) -> None:
    down(standup.team, ASKED - 10 * MINUTE, ASKED + 6 * 60 * MINUTE)
    assert ill(standup.team) != []
    with standup.team.database.begin() as session:
        session.connection().exec_driver_sql("UPDATE projects SET private = true")
    assert ill(standup.team) == []


def test_u11_a_report_that_was_due_before_its_standup_was_set_so_is_not_late(
    standup: Standup,
) -> None:
    standup.at(ASKED)
    standup.answer("ana", "Loader")
    standup.at(REPORTED - 10 * MINUTE)
    standup.team.now = REPORTED + 30 * MINUTE
    order = replace(WISH, questions=("How goes it?",))
    standup.charter.standups.set_up(standup.team.actor("ana"), order, HERE)
    standup.at(REPORTED + 40 * MINUTE)
    assert "Loader" in standup.report()[0].text
    assert "comes late" not in standup.report()[0].text


def test_u11_a_late_digest_says_so(team: Team) -> None:
    tell_of_atlas(team)
    move(team, Status.BLOCKED, "no export")
    down(team, NINE + DAY - 5 * MINUTE, NINE + DAY + 90 * MINUTE)
    told = posted(team)[-1].text
    assert "This comes late: it was due at 2026-11-25 08:00 UTC; I was down from " in told
    assert "Left out" not in told


def test_u11_a_digest_that_was_missed_is_named_by_the_next_one(team: Team) -> None:
    tell_of_atlas(team)
    move(team, Status.BLOCKED, "no export")
    before = len(posted(team))
    down(team, NINE + DAY - 5 * MINUTE, NINE + DAY + 121 * MINUTE)
    assert len(posted(team)) == before
    set_so = digest_views.shown(team.charter.digests.shown(team.actor("ana"), HERE)).text
    left_out = "Left out: Wednesday 2026-11-25, 09:00 (Europe/Berlin); I was down from 2026-11-25"
    assert left_out in set_so
    assert ill(team)[-1].startswith("I missed 1 digest (down from 2026-11-25 07:55 UTC to ")
    team.now = NINE + 2 * DAY
    team.charter.timers.run_due(team.workspace)
    [told] = posted(team)[before:]
    assert left_out in told.text
    assert "This comes late" not in told.text
    move(team, Status.IN_PROGRESS)
    team.now = NINE + 3 * DAY
    team.charter.timers.run_due(team.workspace)
    assert "Left out" not in posted(team)[-1].text


def kept(team: Team) -> list[tuple[str, int | None, datetime]]:
    """Which kind was missed, by whom, when."""
    with team.database.read() as session:
        missed = uptimes.missed(session, team.workspace, team.now)
    return [(one.kind, one.person, one.slot) for one in missed]


def test_u11_a_reminder_that_helps_nobody_any_more_is_missed(team: Team) -> None:
    remind.begin(team, "Atlas")
    remind.run(team, 8, 30)
    bea, due = team.person("bea").id, TUESDAY.replace(hour=9, minute=30)
    down(team, due - 5 * MINUTE, TUESDAY.replace(hour=14, minute=30))  # the report was at 14:00
    assert remind.reminders(team) == []
    assert [one for one in kept(team) if one[0] == "standup_remind"] == [
        ("standup_remind", bea, due)
    ]
    with team.database.read() as session:
        assert remind.planned(session) == []
    assert all("reminder" not in one for one in ill(team)), "it is somebody's own"


def test_u11_a_reminder_that_comes_late_is_not_missed(team: Team) -> None:
    remind.begin(team, "Atlas")
    remind.run(team, 8, 30)
    down(team, TUESDAY.replace(hour=9, minute=25), TUESDAY.replace(hour=12, minute=45))
    assert len(remind.reminders(team)) == 1
    assert "standup_remind" not in [kind for kind, _, _ in kept(team)]


@pytest.mark.parametrize("own", [False, True])
def test_u11_a_brief_that_was_missed_is_told_where_it_is_set(team: Team, *, own: bool) -> None:
    team.atlas()
    order = planned.MINE if own else planned.WEEKLY
    planned.set_up(team, order)
    person = team.person("ana").id if own else None
    down(team, planned.MONDAY - 5 * MINUTE, planned.MONDAY + 121 * MINUTE)
    assert planned.briefs(posted(team)) == []
    assert kept(team) == [("brief", person, planned.MONDAY)]
    shown = team.charter.brief_plans.shown(team.actor("ana"), HERE, own=own)
    left_out = "Left out: Monday 2026-11-30, 08:00 (Europe/Berlin); I was down from 2026-11-30"
    assert left_out in brief_views.planned(shown).text
    told = [] if own else ["I missed 1 brief (down from 2026-11-30 "]
    assert [one.split("06:55")[0] for one in ill(team)] == told


def test_u11_who_was_away_has_missed_no_brief(team: Team) -> None:
    team.atlas()
    planned.set_up(team, planned.MINE)
    away = SetAway(planned.MONDAY.date(), planned.MONDAY.date())
    team.charter.presences.set_away(team.actor("ana"), away)
    down(team, planned.MONDAY - 5 * MINUTE, planned.MONDAY + 121 * MINUTE)
    assert kept(team) == []


def test_u11_ones_own_digest_that_was_missed_is_named_by_the_next_one(team: Team) -> None:
    own.staffed(team)
    own.own(team, "bea")
    mailing.move(team, Status.IN_PROGRESS)
    down(team, own.TUESDAY - 5 * MINUTE, own.TUESDAY + 121 * MINUTE)
    assert own.digests(mailing.delivered(team), "bea") == []
    assert kept(team) == [("own_digest", team.person("bea").id, own.TUESDAY)]
    assert ill(team) == [], "it is somebody's own"
    left_out = "Left out: Tuesday 2026-11-24, 08:00 (Europe/Berlin); I was down from 2026-11-24"
    shown = team.charter.own_digests.shown(team.actor("bea"))
    assert left_out in digest_views.shown_own(shown).text
    [told] = own.digests(own.until(team, own.TUESDAY + DAY), "bea")
    assert left_out in told.text
    mailing.move(team, Status.DONE)
    [told] = own.digests(own.until(team, own.TUESDAY + 2 * DAY), "bea")
    assert "Left out" not in told.text


def test_u11_who_was_away_has_missed_no_digest_of_their_own(team: Team) -> None:
    own.staffed(team)
    own.own(team, "bea")
    day = own.TUESDAY.date()
    team.charter.presences.set_away(team.actor("bea"), SetAway(day, day))
    down(team, own.TUESDAY - 5 * MINUTE, own.TUESDAY + 121 * MINUTE)
    assert kept(team) == []


def test_u11_what_was_missed_long_ago_is_forgotten(standup: Standup) -> None:
    team = standup.team
    down(team, ASKED - 10 * MINUTE, ASKED + 6 * 60 * MINUTE)
    team.now = TUESDAY + 121 * DAY
    team.charter.timers.sweep(team.workspace)
    with team.database.read() as session:
        assert uptimes.missed(session, team.workspace, ASKED + DAY) == ()
