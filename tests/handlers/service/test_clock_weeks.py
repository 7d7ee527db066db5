"""The weeks in which clocks are changed, through the timers: one question a person and day."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from sqlmodel import select

from bot.people import Actor, Profile, Surface
from bot.presence import Half
from storage import ledger
from storage.tables import AbsenceRow, StandupRow
from tests.bot.year import DAY, Seen, first_shown, walked
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.standup_support import WISH

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

CROWD = (
    *("Pacific/Apia", "Pacific/Chatham", "Australia/Lord_Howe", "Australia/Sydney", "Asia/Tokyo"),
    *("Asia/Kathmandu", "Asia/Kolkata", "Asia/Beirut", "Africa/Cairo", "Europe/Berlin"),
    *("Europe/Lisbon", "America/Sao_Paulo", "America/Santiago", "America/New_York"),
)
LEAVE, TRAVELS = "Europe/Lisbon", "Asia/Tokyo"
THERE = "America/New_York"


def joined(team: Team, zones: dict[str, str]) -> dict[str, int]:
    """People with these Slack ids, each in a zone."""
    for slack_id, zone in zones.items():
        team.charter.people.learned(team.workspace, Profile(slack_id, slack_id, slack_id, zone))
    return {
        slack_id: person.id
        for slack_id in zones
        if (person := team.charter.people.known(team.workspace, slack_id)) is not None
    }


def on_leave(team: Team, person: int, first: date, last: date) -> None:
    actor = Actor(team.workspace, None, Surface.CLI)
    with team.database.begin() as session, ledger.opened(session, actor, team.now) as book:
        row = {"workspace_id": team.workspace, "person_id": person, "half": Half.DAY.value}
        row |= {"first_day": first, "last_day": last}
        book.insert("AbsenceSet", AbsenceRow, [{**row, **book.recorded()}])


def run(team: Team, until: datetime) -> None:
    while (due := team.charter.timers.next_due(team.workspace, errands=False)) is not None:
        if due > until:
            break
        team.now = max(team.now, due)
        team.charter.timers.run_due(team.workspace)
    team.now = until


def asked(team: Team) -> dict[int, dict[date, datetime]]:
    """Who was asked, for which day of theirs, and when; each day is there once."""
    found: dict[int, dict[date, datetime]] = defaultdict(dict)
    with team.database.read() as session:
        for row in session.exec(select(StandupRow)).all():
            assert row.asked_at is not None
            assert row.asked_at == row.due_at
            assert row.day not in found[row.person_id]
            found[row.person_id][row.day] = row.asked_at
    return found


@pytest.mark.parametrize(
    ("first", "days", "at"),
    [
        (datetime(2027, 3, 27, 12, tzinfo=UTC), 8, time(2, 30)),
        (datetime(2027, 10, 30, 12, tzinfo=UTC), 8, time(9, 30)),
    ],
    ids=["spring in Europe, autumn in Australia", "autumn in Europe and America"],
)
def test_u1_each_is_asked_once_a_day_through_the_weeks_in_which_clocks_change(
    team: Team, first: datetime, days: int, at: time
) -> None:
    team.now = first
    zones = {f"UCROWD{number}": zone for number, zone in enumerate(CROWD)}
    keys = joined(team, zones)
    team.atlas()
    people = tuple(f"<@{slack_id}>" for slack_id in zones)
    wish = replace(WISH, at=at, days=frozenset(range(7)), people=people)
    team.charter.standups.set_up(team.actor("ana"), wish, HERE)
    with_leave, traveller = (f"UCROWD{CROWD.index(zone)}" for zone in (LEAVE, TRAVELS))
    leave = [(first + n * DAY).date() for n in range(3, 6)]
    on_leave(team, keys[with_leave], leave[0], leave[-1])
    moves = first + 5 * DAY
    run(team, moves)
    joined(team, {traveller: THERE})
    end = first + days * DAY
    run(team, end)

    found = asked(team)
    for slack_id, zone in zones.items():
        own = _wanted(walked(zone, first, days), at, first, end)
        if slack_id == with_leave:
            own = {day: when for day, when in own.items() if day not in leave}
        if slack_id == traveller:
            later = _wanted(walked(THERE, first, days), at, moves, end)
            before = {day: when for day, when in own.items() if when <= moves}
            own = {**later, **before}
        assert found[keys[slack_id]] == own, zone


def _wanted(seen: Seen, at: time, after: datetime, until: datetime) -> dict[date, datetime]:
    moments = {day: first_shown(seen, day, at) for day in seen}
    return {day: when for day, when in moments.items() if when and after < when <= until}
