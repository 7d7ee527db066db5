"""Row R12: the table of routes against all that was sent in a week that the clock ran through."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.hours import hours
from bot.orders import SetQuiet
from bot.people import Profile
from bot.project import Letter, Status
from bot.routing import Deed, Event, Party, Surface, When, routes
from bot.routing.told import Told, recalled
from storage.tables import OutboxRow, columns
from tests.handlers.service.conftest import Team
from tests.handlers.service.mailing import MONDAY, delivered, give, move, take, until

ITEM = "data pipeline"
BERLIN = ZoneInfo("Europe/Berlin")
HOLDERS = {Letter.A: "bea", Letter.R: "cy", Letter.C: "eve", Letter.I: "fay"}


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing that somebody was told, in which message, and when."""

    at: datetime
    to: str
    key: str
    is_unasked: bool
    tells: Told


def by_route(event: Event, by: str) -> Iterator[tuple[Event, str, str]]:
    """Who hears of an event of the one stage by message, as the table alone says."""
    for route in routes(event):
        if route.surface is not Surface.DM or route.deed is Deed.CONSULT:
            continue
        if route.to is Party.LEAD:
            who = "ana"
        elif isinstance(route.to, Letter):
            who = HOLDERS[route.to]
        else:
            continue
        if who != by:
            yield event, route.to.name, who


def log(team: Team) -> list[Sent]:
    """All that was sent to people, a line for each thing that it told."""
    with team.database.read() as session:
        rows = session.scalars(
            select(OutboxRow)
            .where(columns(OutboxRow).sent_at.is_not(None))
            .order_by(columns(OutboxRow).id)
        ).all()
    return [
        Sent(row.sent_at, row.channel.removeprefix("U").lower(), row.key, row.is_unasked, one)
        for row in rows
        if row.sent_at is not None
        for one in recalled(row.why)
    ]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


@pytest.fixture
def week(team: Team) -> Team:
    """A week of Atlas: it is staffed, blocked, unblocked, done, opened again and left alone."""
    for first in ("Eve", "Fay"):
        profile = Profile(f"U{first.upper()}", f"{first} Sample", first, "Europe/Berlin")
        team.charter.people.learned(team.workspace, profile)
    team.atlas()
    team.charter.quiet.set(team.actor("cy"), SetQuiet(days=frozenset({0, 1, 2, 3})))
    for letter, name in HOLDERS.items():
        give(team, letter, name)
    until(team, at(0, 16))
    move(team, Status.BLOCKED, "the labels are late", by="cy")
    until(team, at(0, 21))
    move(team, Status.IN_PROGRESS, by="bea")
    until(team, at(1, 9))
    for stage in ("annotation", "modelling", "rollout"):
        give(team, "R", "cy", stage)
        team.wait(seconds=5)
    until(team, at(2, 15))
    move(team, Status.DONE, by="ana")
    until(team, at(4, 12))
    move(team, Status.IN_PROGRESS, by="ana")
    take(team, "R", "cy", "rollout")
    until(team, at(10, 12))
    return team


def test_r12_what_the_table_says_is_what_was_sent(week: Team) -> None:
    wanted = {
        *by_route(Event.STAGE_BLOCKED, "cy"),
        *by_route(Event.CONSULTATION_ASKED, "cy"),
        *by_route(Event.STAGE_UNBLOCKED, "bea"),
        *by_route(Event.GATE_PASSED, "ana"),
        *by_route(Event.STAGE_REOPENED, "ana"),
    }
    about = {Event.LETTER_GIVEN, Event.LETTER_TAKEN}
    sent = {
        (one.tells.event, one.tells.to.name, one.to)
        for one in log(week)
        if one.tells.event not in about and one.tells.item_key == "data_pipeline"
    }
    assert sent == wanted
    letters = {(one.tells.event, one.to) for one in log(week) if one.tells.event in about}
    assert letters == {
        (Event.LETTER_GIVEN, "bea"),
        (Event.LETTER_GIVEN, "cy"),
        (Event.LETTER_GIVEN, "eve"),
        (Event.LETTER_TAKEN, "cy"),
    }
    assert "fay" not in {one.to for one in log(week)}, "the informed read digests"
    assert delivered(week) == [], "nothing waits"


def test_d5_in_a_whole_week_one_unasked_message_a_day_and_none_in_quiet_hours(
    week: Team,
) -> None:
    messages = {one.key: one for one in log(week) if one.is_unasked}
    days = Counter(
        (one.to, one.at.astimezone(BERLIN).date())
        for one in messages.values()
        if not one.key.startswith("urgent/")
    )
    assert days
    assert set(days.values()) == {1}
    urgent = {
        (one.to, one.at.astimezone(BERLIN).date())
        for one in messages.values()
        if one.key.startswith("urgent/")
    }
    later = {
        (one.to, one.at.astimezone(BERLIN).date())
        for one in messages.values()
        if one.key.startswith("daily/") and one.at.astimezone(BERLIN).hour >= 16
    }
    assert not urgent & later, "what is not urgent waits for the morning after"
    for one in log(week):
        route = one.tells.route
        assert route is not None
        if route.when is not When.AT_ONCE:
            assert hours(week.person(one.to)).is_open(one.at), (one.to, one.at)
