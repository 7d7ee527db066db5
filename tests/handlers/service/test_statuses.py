"""A status in Slack that says that somebody is away: what follows from it, and until when."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import select

from bot.orders import EndAway, SetAway
from bot.people import Profile
from bot.presence import Absence, Half, Told
from storage import outbox
from storage.tables import OutboxRow, columns
from tests.handlers.service.conftest import Team
from tests.handlers.service.mailing import MONDAY


def test_u3_a_status_lets_somebody_be_away_until_it_ends_is_cleared_or_they_say_otherwise(
    team: Team,
) -> None:
    people, presences, bea = team.charter.people, team.charter.presences, team.actor("bea")
    team.now = MONDAY.replace(hour=9)
    today = MONDAY.date()
    friday = MONDAY.replace(hour=22, minute=59) + timedelta(days=4)  # 23:59 in Berlin

    def status(*, is_away: bool = True, until: datetime | None = None) -> list[Absence]:
        team.wait(minutes=1)
        profile = Profile("UBEA", "Bea Sample", "Bea", "Europe/Berlin")
        people.learned(team.workspace, replace(profile, is_away=is_away, away_until=until))
        return [one for one in presences.shown(bea, None).presence.absences if one.covers(today)]

    [first] = status(until=friday)
    assert (first.first, first.last, first.told) == (today, friday.date(), Told.STATUS)
    assert status(until=friday) == [first]
    assert status(is_away=False) == []
    [one_day] = status()
    assert (one_day.first, one_day.last) == (today, today)
    [renewed] = status(until=friday)[:1]
    assert renewed.last == today
    presences.end_away(bea, EndAway())
    assert status(until=friday) == []
    assert not presences.shown(bea, None).presence.is_away(today + timedelta(days=1))
    presences.set_away(bea, SetAway(today, today, half=Half.MORNING))
    status(until=friday + timedelta(days=3))
    shown = presences.shown(bea, None).presence
    assert shown.off(today) is Half.MORNING
    assert shown.off(today + timedelta(days=7)) is Half.DAY
    presences.end_away(bea, EndAway())
    assert presences.shown(bea, None).presence.off(today) is None


def test_what_waits_comes_when_a_status_says_that_somebody_is_away_or_back(team: Team) -> None:
    team.now = MONDAY.replace(hour=11)
    later = team.now + timedelta(hours=3)
    back = (MONDAY + timedelta(days=3)).replace(hour=7)  # eight o'clock in Berlin
    row = columns(OutboxRow)
    with team.database.begin() as session:
        for first in ("bea", "cy"):
            key, to = f"ask/{first}", f"U{first.upper()}"
            outbox.say(session, team.workspace, key, to, "?", [], team.now, due=later)

    def waits(*, is_away: bool) -> list[datetime | None]:
        team.wait(minutes=1)
        profile = Profile("UBEA", "Bea Sample", "Bea", "Europe/Berlin", is_away=is_away)
        ends = MONDAY.replace(hour=22, minute=59) + timedelta(days=2)
        said = replace(profile, away_until=ends if is_away else None)
        team.charter.people.learned(team.workspace, said)
        asked = select(row.due_at).where(row.key.startswith("ask/")).order_by(row.key)
        with team.database.read() as session:
            return list(session.execute(asked).scalars())

    assert waits(is_away=True) == [back, later]
    assert waits(is_away=False) == [team.now, later]
