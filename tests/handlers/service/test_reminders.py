"""U10: one reminder a day, of all that is open, and none to whom it does not help."""

from dataclasses import replace
from datetime import datetime, time

import pytest
from sqlmodel import Session, col, select

from bot.errors import Refused
from bot.orders import AdjustStandup, AnswerStandup, Assign, NewProject, SetAway, SetReminders
from bot.outcome import Place
from bot.project import Letter
from bot.recurrence import DAY
from bot.standups import State
from storage.tables import OutboxRow, ScheduleRow
from tests.handlers.service.conftest import Team
from tests.handlers.service.standup_support import TUESDAY, WISH

WINDOW = replace(WISH, report_at=time(15))


def begin(team: Team, name: str, at: time = time(9, 30)) -> Place:
    place = Place(f"C0{name.upper()}", name.casefold())
    team.charter.people.channel_learned(team.workspace, place.channel or "", name, False, False)
    ana = team.actor("ana")
    team.charter.projects.create(ana, NewProject(name), place)
    team.charter.raci.assign(ana, Assign("modelling", (Letter.R,), "<@UBEA>"), place)
    wish = replace(WINDOW, channel=place.channel or "", at=at)
    team.charter.standups.set_up(ana, wish, place)
    return place


def run(team: Team, hour: int, minute: int = 0, day: datetime = TUESDAY) -> None:
    team.now = day.replace(hour=hour, minute=minute)
    team.charter.timers.run_due(team.workspace)


def skip(team: Team, entry: int) -> None:
    team.charter.standups.answer(team.actor("bea"), AnswerStandup(entry, State.SKIPPED))


def reminders(team: Team) -> list[OutboxRow]:
    with team.database.read() as session:
        mine = select(OutboxRow).where(col(OutboxRow.key).endswith("/reminder"))
        return list(session.exec(mine.order_by(col(OutboxRow.id))).all())


def planned(session: Session) -> list[ScheduleRow]:
    mine = select(ScheduleRow).where(ScheduleRow.kind == "standup_remind")
    return list(session.exec(mine).all())


def test_u10_one_reminder_a_day_for_all_that_is_open_and_it_says_when_nothing_is(
    team: Team,
) -> None:
    begin(team, "Atlas")
    begin(team, "Radar", time(10))
    run(team, 8, 30)
    run(team, 9, 29)
    assert reminders(team) == []
    run(team, 9, 30)
    [told] = reminders(team)
    asked = f"standup/asked/{team.person('bea').id}/2026-11-24"
    assert (told.key, told.under, told.channel) == (f"{asked}/reminder", asked, "UBEA")
    assert told.text.startswith("Still open: Atlas and Radar.")
    begin(team, "Wake", time(12))  # asked later that day: she has had her reminder
    run(team, 11)
    run(team, 13)
    assert [one.text for one in reminders(team)] == [told.text]
    bea = team.actor("bea")
    day = team.charter.standups.day(bea, TUESDAY.date())
    assert [one.project.name for one in day.asked] == ["Atlas", "Radar", "Wake"]
    skip(team, day.asked[0].entry.id)
    assert reminders(team)[0].text.startswith("Still open: Radar.")
    skip(team, day.asked[1].entry.id)
    assert reminders(team)[0].text == "Nothing is open any more, thanks."
    with team.database.read() as session:
        assert planned(session) == []
    run(team, 8, 30, TUESDAY + DAY)
    run(team, 9, 30, TUESDAY + DAY)
    assert len(reminders(team)) == 2


def test_u10_nobody_is_reminded_who_has_answered_is_away_or_does_not_want_it(team: Team) -> None:
    place = begin(team, "Atlas")
    bea = team.actor("bea")
    run(team, 8, 30)
    entry = team.charter.standups.day(bea, TUESDAY.date()).asked[0].entry
    skip(team, entry.id)
    run(team, 9, 30)
    wednesday, thursday = TUESDAY + DAY, TUESDAY + 2 * DAY
    run(team, 8, 30, wednesday)
    team.charter.presences.set_away(bea, SetAway(wednesday.date(), wednesday.date()))
    run(team, 9, 30, wednesday)
    run(team, 8, 30, thursday)
    change = team.charter.presences.set_reminders(bea, SetReminders(wanted=False))
    assert (change.before, change.after) == (True, False)
    with pytest.raises(Refused):
        team.charter.presences.set_reminders(team.actor("bea"), SetReminders(wanted=False))
    run(team, 9, 30, thursday)
    assert reminders(team) == []
    team.charter.presences.set_reminders(team.actor("bea"), SetReminders(wanted=True))
    friday = TUESDAY + 3 * DAY
    run(team, 8, 30, friday)
    ana = team.actor("ana")
    done = team.charter.standups.adjust(ana, AdjustStandup(reminds=False), place)
    assert done.lines[0].label == "reminder"
    run(team, 9, 30, friday)
    assert reminders(team) == []
    plan = team.charter.standups.shown(ana, None, place).plan
    assert plan is not None
    assert not plan.reminds


def test_u10_killed_or_run_twice_there_is_one_reminder_and_none_after_the_end(team: Team) -> None:
    begin(team, "Atlas")
    run(team, 8, 30)
    first, second = team.charter.timers, team.replica().timers
    team.now = TUESDAY.replace(hour=9, minute=30)
    claimed = first.claim(team.workspace)
    assert [one.kind for one in claimed].count("standup_remind") == 1
    # It dies with the claim; another one goes on when the lease is over.
    team.wait(minutes=3)
    second.run_due(team.workspace)
    for occurrence in claimed:
        first.see_to(occurrence)
    assert len(reminders(team)) == 1
    run(team, 8, 30, TUESDAY + DAY)
    run(team, 14, 1, TUESDAY + DAY)  # down until after the report
    run(team, 16, 0, TUESDAY + DAY)
    assert len(reminders(team)) == 1
    with team.database.read() as session:
        assert planned(session) == []
