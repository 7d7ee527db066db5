"""Digests of every cadence by the clock, and what one says where nothing has changed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import insert

from bot.cadence import Cadence
from bot.digests import DigestShown
from bot.orders import NewProject, SetDigest
from bot.outcome import Place
from bot.project import Status
from bot.recurrence import EVERY_DAY, LAST, WORKDAYS
from bot.standups import State
from handlers.views.digests import previewed, shown
from storage.tables import OutboxRow, StandupRow, table_of
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.digest_support import (
    DAILY,
    NINE,
    SECRET,
    move,
    posted,
    tell_of_atlas,
    until,
    watermark,
)


def comes(team: Team, moment: datetime) -> list[OutboxRow]:
    """What is posted anew where the clock stands at a moment, whatever was due before is done."""
    before = len(posted(team))
    team.now = moment
    team.charter.timers.run_due(team.workspace)
    return [row for row in posted(team)[before:] if row.channel == HERE.channel]


def slots(team: Team, order: SetDigest, count: int) -> tuple[DigestShown, list[datetime]]:
    """The next times of a digest of Atlas, in each of which there is something to tell."""
    said = team.charter.digests.set(team.actor("bea"), order, HERE)
    found: list[datetime] = []
    turns = (Status.IN_PROGRESS, Status.AT_RISK)
    for turn in range(count):
        due = team.charter.digests.shown(team.actor("bea"), HERE).next_at
        assert due is not None
        move(team, turns[turn % 2])
        assert comes(team, due - timedelta(seconds=1)) == []
        [message] = comes(team, due)
        assert message.key.endswith(due.date().isoformat())
        found.append(due)
    return said, found


def test_d1_a_digest_of_every_other_week(team: Team) -> None:
    team.atlas()
    order = SetDigest(Cadence.BIWEEKLY, frozenset({3}), time(9))
    said, found = slots(team, order, 3)
    assert [due.date() for due in found] == [
        date(2026, 11, 26),
        date(2026, 12, 10),
        date(2026, 12, 24),
    ]
    told = shown(said).text
    assert "every other week on Thursday at 09:00 (Europe/Berlin)" in told
    assert "The next one: Thursday 2026-11-26, 09:00 (Europe/Berlin)" in told
    first = next(row for row in posted(team) if row.channel == HERE.channel)
    assert "Biweekly digest of #proj-atlas" in first.text


@pytest.mark.parametrize(
    ("days", "nth", "told"),
    [
        (WORKDAYS, LAST, [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 29)]),
        (frozenset({4}), LAST, [date(2026, 11, 27), date(2026, 12, 25), date(2027, 1, 29)]),
        (EVERY_DAY, 31, [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)]),
    ],
)
def test_d1_a_digest_of_every_month(
    team: Team, days: frozenset[int], nth: int, told: list[date]
) -> None:
    team.atlas()
    _, found = slots(team, SetDigest(Cadence.MONTHLY, days, time(16), nth=nth), 3)
    assert [due.date() for due in found] == told
    assert {due.hour for due in found} == {15}, "at four in Berlin"


def test_edge_41_a_digest_of_a_week_from_sunday_to_thursday(team: Team) -> None:
    team.atlas()
    order = SetDigest(Cadence.DAILY, frozenset({6, 0, 1, 2, 3}), time(9))
    _, found = slots(team, order, 5)
    assert [due.weekday() for due in found] == [1, 2, 3, 6, 0]


def test_edge_39_a_daily_digest_does_not_come_on_a_public_holiday(team: Team) -> None:
    team.now = datetime(2026, 12, 23, 12, tzinfo=UTC)
    team.atlas()
    order = SetDigest(Cadence.DAILY, at=time(9), region="DE")
    said, found = slots(team, order, 2)
    assert [due.date() for due in found] == [date(2026, 12, 24), date(2026, 12, 28)]
    assert "not on public holidays (DE)" in shown(said).text
    move(team, Status.DONE)
    assert comes(team, datetime(2027, 1, 1, 8, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("region", "day"), [("GB-ENG", date(2027, 5, 28)), (None, date(2027, 5, 31))]
)
def test_edge_40_the_last_working_day_of_a_month_is_none_that_is_a_holiday(
    team: Team, region: str | None, day: date
) -> None:
    team.now = datetime(2027, 5, 20, 12, tzinfo=UTC)  # the last Monday of May is a bank holiday
    team.atlas()
    order = SetDigest(Cadence.MONTHLY, WORKDAYS, time(9), nth=LAST, region=region)
    _, found = slots(team, order, 1)
    assert [due.date() for due in found] == [day]


def test_set_to_another_cadence_before_it_came_it_tells_of_that_ones_time(team: Team) -> None:
    team.atlas()
    team.charter.digests.set(team.actor("ana"), SetDigest(Cadence.WEEKLY), HERE)
    team.charter.digests.set(team.actor("ana"), DAILY, HERE)
    assert watermark(team)[1] == team.now - timedelta(days=1)


@pytest.mark.parametrize(
    "asked_at", [NINE + timedelta(minutes=5), NINE - timedelta(hours=11), None]
)
def test_d1_a_digest_counts_the_answers_of_standups_and_names_nobody(
    team: Team, asked_at: datetime | None
) -> None:
    """By the day that they are of: somebody far east was asked before the last digest, and what a
    document brings was asked by nobody here.
    """
    tell_of_atlas(team)
    ana, bea, cy = (team.person(who).id for who in ("ana", "bea", "cy"))
    told = (
        (ana, State.POSTED, "no export yet"),
        (bea, State.POSTED, "None!"),
        (cy, State.ASKED, None),
        (team.person("dan").id, State.NOTHING_NEW, None),
    )
    atlas = team.charter.projects.shown(team.actor("ana"), "atlas", HERE).project.id
    rows = [
        {
            "workspace_id": team.workspace,
            "project_id": atlas,
            "person_id": person,
            "day": date(2026, 11, 24),
            "state": state.value,
            "blocker": blocker,
            "asked_at": asked_at,
            "recorded_at": NINE + timedelta(minutes=5),
            "source": "test",
        }
        for person, state, blocker in told
    ]
    with team.database.begin() as session:
        session.execute(insert(table_of(StandupRow)).values(rows))
    move(team, Status.IN_PROGRESS)
    [message] = comes(team, NINE + timedelta(days=1))
    assert "3 of 4 answers came; 1 told of something that blocks them" in message.text
    assert "no export yet" not in message.text
    assert "Cy" not in message.text


def test_edge_29_a_digest_follows_its_channel_by_its_id(team: Team) -> None:
    tell_of_atlas(team)
    team.charter.people.channel_learned(team.workspace, "C0ATLAS", "atlas-two", False, False)
    move(team, Status.IN_PROGRESS)
    [message] = comes(team, NINE + timedelta(days=1))
    assert "Daily digest of #atlas-two" in message.text
    assert "proj-atlas" not in message.text


def test_edge_33_two_projects_in_one_channel_and_one_in_three(team: Team) -> None:
    team.atlas()
    team.charter.projects.create(team.actor("ana"), NewProject("Berth"), HERE)
    third = Place("C0THIRD", "third")
    for place in (ELSEWHERE, third):
        channel = place.channel or ""
        team.charter.people.channel_learned(team.workspace, channel, place.name, False, False)
        team.charter.projects.bind(team.actor("ana"), "atlas", place)
    for place in (HERE, ELSEWHERE, third):
        team.charter.digests.set(team.actor("ana"), DAILY, place)
    team.now = NINE
    team.charter.timers.run_due(team.workspace)
    told = {row.channel: row.text for row in posted(team) if row.channel.startswith("C")}
    assert {channel: ("Atlas" in text, "Berth" in text) for channel, text in told.items()} == {
        "C0ATLAS": (True, True),
        "C0OTHER": (True, False),
        "C0THIRD": (True, False),
    }


def test_d2_where_nothing_changes_a_heartbeat_says_so_in_one_line(team: Team) -> None:
    tell_of_atlas(team)
    before = watermark(team)
    order = SetDigest(Cadence.DAILY, heartbeat=True)
    said = shown(team.charter.digests.set(team.actor("bea"), order, HERE)).text
    assert "with a heartbeat" in said
    assert "Where nothing has changed, one line says so." in said
    told = until(team, NINE + timedelta(days=2))
    assert [message.text for message in told] == [
        "No change here since Tuesday 2026-11-24, 09:00 (Europe/Berlin)."
    ] * 2
    assert watermark(team) == before, "and it goes on from where something was told last"
    move(team, Status.IN_PROGRESS)
    [message] = until(team, NINE + timedelta(days=3))
    assert "not started → in progress" in message.text
    [later] = comes(team, NINE + timedelta(days=6))
    assert later.text == "No change here since Friday 2026-11-27, 09:00 (Europe/Berlin)."


@pytest.mark.parametrize("heartbeat", [True, False])
def test_d2_a_preview_says_whether_it_would_be_silent(team: Team, heartbeat: bool) -> None:
    tell_of_atlas(team)
    order = SetDigest(Cadence.DAILY, at=time(10), heartbeat=heartbeat)
    team.charter.digests.set(team.actor("bea"), order, HERE)
    team.now = NINE + timedelta(hours=1)
    preview = previewed(team.charter.digests.preview(team.actor("ana"), HERE))
    before = len(posted(team))
    team.charter.timers.run_due(team.workspace)
    said = posted(team)[before:]
    if heartbeat:
        [message] = said
        assert preview.blocks[1:] == message.blocks
    else:
        assert said == []
        assert "Nothing is what #proj-atlas would be told now" in preview.text


def test_d2_of_nothing_at_all_not_even_a_heartbeat_is_told(team: Team) -> None:
    """A channel that may not know of its project is not told that it stands still, either."""
    team.charter.people.channel_learned(team.workspace, "C0SECRET", "secret", True, False)
    team.charter.projects.create(team.actor("ana"), NewProject("Hush", private=True), SECRET)
    team.charter.digests.set(team.actor("ana"), SetDigest(Cadence.DAILY, heartbeat=True), SECRET)
    team.charter.people.channel_learned(team.workspace, "C0SECRET", "secret", False, False)
    assert until(team, NINE + timedelta(days=1)) == []


def test_d2_a_heartbeat_goes_on_until_it_is_taken_away(team: Team) -> None:
    tell_of_atlas(team)
    set_it = team.charter.digests.set
    set_it(team.actor("bea"), SetDigest(Cadence.DAILY, heartbeat=True), HERE)
    later = set_it(team.actor("bea"), SetDigest(Cadence.DAILY, at=time(10)), HERE)
    assert later.plan is not None
    assert later.plan.heartbeat
    off = set_it(team.actor("bea"), SetDigest(Cadence.DAILY, at=time(10), heartbeat=False), HERE)
    assert off.plan is not None
    assert not off.plan.heartbeat
    back = team.charter.digests.undo(team.actor("bea"), off.seq, HERE)
    assert back.plan == later.plan
    assert set_it(team.actor("bea"), SetDigest(Cadence.DAILY, at=time(9)), HERE).plan != back.plan
