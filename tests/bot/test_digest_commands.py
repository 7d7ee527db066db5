"""`/charter digest`: what people type, and what Charter takes it for."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cadence import Cadence, DigestPlan, ordinal, plan, set_again
from bot.commands import (
    OpenDigest,
    OpenOwnDigest,
    Order,
    PreviewDigest,
    PreviewOwnDigest,
    ShowDigest,
    ShowOwnDigest,
    as_slack_sends,
    parse,
    spoken,
)
from bot.errors import BadInput, Why
from bot.orders import EndDigest, EndOwnDigest, SetDigest, SetOwnDigest
from bot.recurrence import EVERY_DAY, LAST, WORKDAYS, latest, next_after
from tests.support.understood import understood

TODAY = date(2026, 11, 23)
DAILY, WEEKLY, BIWEEKLY, MONTHLY = Cadence
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
"""A Wednesday."""
KOLKATA, NEW_YORK = "Asia/Kolkata", "America/New_York"


def days(*some: int) -> frozenset[int]:
    return frozenset(some)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("digest", ShowDigest()),
        ("digest show", ShowDigest()),
        ("digest preview", PreviewDigest()),
        ("digest off", EndDigest()),
        ("digest daily", SetDigest(DAILY)),
        ("digest Daily at 9:30", SetDigest(DAILY, at=time(9, 30))),
        ("digest daily 5pm", SetDigest(DAILY, at=time(17))),
        ("digest daily at 12 am", SetDigest(DAILY, at=time(0))),
        (
            "digest daily 17.30 in Asia/Kolkata",
            SetDigest(DAILY, None, time(17, 30), KOLKATA),
        ),
        ("digest weekly", SetDigest(WEEKLY)),
        ("digest weekly Fridays", SetDigest(WEEKLY, days(4))),
        ("digest weekly on mon at 9", SetDigest(WEEKLY, days(0), time(9))),
        ("digest weekly 9am on Sunday", SetDigest(WEEKLY, days(6), time(9))),
        ("digest weekly in berlin", SetDigest(WEEKLY, zone="Europe/Berlin")),
        (
            "digest weekly Wed 8:05 in new york",
            SetDigest(WEEKLY, days(2), time(8, 5), NEW_YORK),
        ),
        ("digest daily Sun-Thu at 9:00", SetDigest(DAILY, days(6, 0, 1, 2, 3), time(9))),
        ("digest daily Mon, Wed and Fri", SetDigest(DAILY, days(0, 2, 4))),
        ("digest daily everyday", SetDigest(DAILY, EVERY_DAY)),
        ("digest biweekly", SetDigest(BIWEEKLY)),
        ("digest fortnightly Tuesday at 8", SetDigest(BIWEEKLY, days(1), time(8))),
        ("digest monthly", SetDigest(MONTHLY)),
        (
            "digest monthly last working day at 16:00 in Europe/Berlin",
            SetDigest(MONTHLY, WORKDAYS, time(16), "Europe/Berlin", LAST),
        ),
        ("digest monthly last Friday 16:00", SetDigest(MONTHLY, days(4), time(16), nth=LAST)),
        ("digest monthly on the first workday", SetDigest(MONTHLY, WORKDAYS, nth=1)),
        ("digest monthly on the 15th", SetDigest(MONTHLY, EVERY_DAY, nth=15)),
        ("digest monthly 15 at 9", SetDigest(MONTHLY, EVERY_DAY, time(9), nth=15)),
        ("digest monthly 31st 9:30", SetDigest(MONTHLY, EVERY_DAY, time(9, 30), nth=31)),
        ("digest monthly 9am", SetDigest(MONTHLY, at=time(9))),
        ("digest monthly the last day of each month", SetDigest(MONTHLY, EVERY_DAY, nth=LAST)),
        ("digest monthly second Tuesday", SetDigest(MONTHLY, days(1), nth=2)),
        (
            "digest monthly last working day Sun-Thu",
            SetDigest(MONTHLY, days(6, 0, 1, 2, 3), nth=LAST),
        ),
        ("digest daily with heartbeat", SetDigest(DAILY, heartbeat=True)),
        (
            "digest weekly Monday in new york without a heartbeat",
            SetDigest(WEEKLY, days(0), zone=NEW_YORK, heartbeat=False),
        ),
        ("digest daily 9:00 heartbeat", SetDigest(DAILY, at=time(9), heartbeat=True)),
        (
            "digest monthly last working day at 16:00 in berlin holidays DE-BY with heartbeat",
            SetDigest(MONTHLY, WORKDAYS, time(16), "Europe/Berlin", LAST, True, "DE-BY"),
        ),
        ("digest daily holidays Scotland", SetDigest(DAILY, region="GB-SCT")),
        ("digest daily holidays none", SetDigest(DAILY, region="none")),
        ("digest set", OpenDigest()),
        ("digest me form", OpenOwnDigest()),
        ("digest me", ShowOwnDigest()),
        ("digest mine preview", PreviewOwnDigest()),
        ("digest me off", EndOwnDigest()),
        ("digest me daily", SetOwnDigest(SetDigest(DAILY))),
        (
            "digest me weekly Monday at 8:00",
            SetOwnDigest(SetDigest(WEEKLY, days(0), time(8))),
        ),
    ],
)
def test_understood(text: str, order: Order) -> None:
    assert understood(text, TODAY) == order


@pytest.mark.parametrize(
    ("text", "why", "field"),
    [
        ("digest hourly", Why.WORDS_LEFT_OVER, "digest"),
        ("digest off please", Why.WORDS_LEFT_OVER, "digest"),
        ("digest daily Monday", Why.WORDS_LEFT_OVER, "digest"),
        ("digest daily at", Why.EMPTY_TEXT, "time"),
        ("digest daily at noon", Why.BAD_TIME, "at"),
        ("digest daily at 25:00", Why.BAD_TIME, "at"),
        ("digest daily at 13pm", Why.BAD_TIME, "at"),
        ("digest weekly Noday", Why.BAD_WEEKDAY, "day"),
        ("digest daily Sun-Noday", Why.BAD_WEEKDAY, "day"),
        ("digest biweekly 2nd Monday", Why.BAD_TIME, "at"),
        ("digest monthly sometimes", Why.BAD_MONTH_DAY, "day"),
        ("digest monthly 32", Why.BAD_MONTH_DAY, "day"),
        ("digest monthly 5th Friday", Why.BAD_MONTH_DAY, "day"),
        ("digest monthly last Noday", Why.BAD_WEEKDAY, "day"),
        ("digest daily with sugar", Why.WORDS_LEFT_OVER, "digest"),
        ("digest daily with", Why.EMPTY_TEXT, "heartbeat"),
        ("digest weekly Monday holidays DE", Why.WORDS_LEFT_OVER, "digest"),
        ("digest monthly last Friday holidays DE", Why.WORDS_LEFT_OVER, "digest"),
        ("digest daily holidays", Why.EMPTY_TEXT, "region"),
        ("digest me hourly", Why.WORDS_LEFT_OVER, "digest"),
        ("digest you weekly", Why.WORDS_LEFT_OVER, "digest"),
        ("digest weekly Monday in Atlantis", Why.BAD_ZONE, "zone"),
    ],
)
def test_bad_input(text: str, why: Why, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text, TODAY)
    assert (caught.value.why, caught.value.field) == (why, field)


TIMES = st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0))
ZONES = st.none() | st.sampled_from(sorted(available_timezones()))
BEATS = st.sampled_from([None, True, False])
OFTEN: st.SearchStrategy[SetDigest] = st.one_of(
    st.builds(
        SetDigest,
        st.just(DAILY),
        st.none() | st.frozensets(st.integers(0, 6), min_size=2),
        TIMES,
        ZONES,
        heartbeat=BEATS,
        region=st.sampled_from([None, "DE-BY", "none"]),
    ),
    st.builds(
        SetDigest,
        st.sampled_from([WEEKLY, BIWEEKLY]),
        st.none() | st.integers(0, 6).map(days),
        TIMES,
        ZONES,
        heartbeat=BEATS,
    ),
    st.builds(SetDigest, st.just(MONTHLY), st.none(), TIMES, ZONES, heartbeat=BEATS),
    st.builds(
        SetDigest,
        st.just(MONTHLY),
        st.frozensets(st.integers(0, 6), min_size=1),
        TIMES,
        ZONES,
        st.just(LAST) | st.integers(1, 4),
        BEATS,
    ),
)


LOOKS: list[Order] = [
    *(ShowDigest(), PreviewDigest(), EndDigest()),
    *(ShowOwnDigest(), PreviewOwnDigest(), EndOwnDigest()),
    *(OpenDigest(), OpenOwnDigest()),
]
ORDERS: st.SearchStrategy[Order] = st.one_of(
    st.sampled_from(LOOKS), OFTEN, st.builds(SetOwnDigest, OFTEN)
)


@given(ORDERS)
def test_an_order_said_and_read_again_is_the_same(order: Order) -> None:
    assert understood(as_slack_sends(spoken(order)), TODAY) == order


def made(command: str, now: datetime = NOW, zone: str = "Europe/Berlin") -> DigestPlan:
    order = parse(f"digest {command}", TODAY)
    assert isinstance(order, SetDigest)
    wanted = plan(order.cadence, order.days, order.at, order.zone or zone, now, order.nth)
    return set_again(wanted, None, order.heartbeat)


@pytest.mark.parametrize(
    ("command", "words", "due"),
    [
        ("daily", "daily from Monday to Friday at 09:00 (Europe/Berlin)", "2026-11-26T08:00"),
        (
            "daily Sun-Thu at 8",
            "daily from Sunday to Thursday at 08:00 (Europe/Berlin)",
            "2026-11-26T07:00",
        ),
        ("daily everyday", "daily at 09:00 (Europe/Berlin)", "2026-11-26T08:00"),
        (
            "weekly Friday 17:05 in UTC with heartbeat",
            "weekly on Friday at 17:05 (UTC), with a heartbeat",
            "2026-11-27T17:05",
        ),
        (
            "biweekly Tuesday",
            "every other week on Tuesday at 09:00 (Europe/Berlin)",
            "2026-12-01T08:00",
        ),
        (
            "monthly last Friday at 16:00",
            "monthly on the last Friday at 16:00 (Europe/Berlin)",
            "2026-11-27T15:00",
        ),
        (
            "monthly",
            "monthly on the last working day at 09:00 (Europe/Berlin)",
            "2026-11-30T08:00",
        ),
        ("monthly 31", "monthly on the 31st at 09:00 (Europe/Berlin)", "2026-11-30T08:00"),
        (
            "monthly last day at 23:30",
            "monthly on the last day at 23:30 (Europe/Berlin)",
            "2026-11-30T22:30",
        ),
        (
            "monthly first working day Sun-Thu",
            "monthly on the 1st working day (Sunday to Thursday) at 09:00 (Europe/Berlin)",
            "2026-12-01T08:00",
        ),
    ],
)
def test_d1_a_plan_in_words_and_when_it_comes_first(command: str, words: str, due: str) -> None:
    found = made(command)
    assert found.words == words
    assert next_after(found.recurrence, NOW).isoformat()[:16] == due


def test_d1_every_other_week_is_counted_from_the_day_it_was_set() -> None:
    found = made("biweekly Wednesday at 9:00")
    assert found.first == date(2026, 12, 2), "nine o'clock has gone by on the day itself"
    early = made("biweekly Wednesday at 9:00", datetime(2026, 11, 25, 7, tzinfo=UTC))
    assert early.first == date(2026, 11, 25)
    due = next_after(found.recurrence, NOW)
    assert [due.day, next_after(found.recurrence, due).day] == [2, 16]
    assert latest(found.recurrence, NOW).date() == date(2026, 11, 18)


def test_d1_set_again_it_goes_on_being_counted_and_beating() -> None:
    present = made("biweekly Wednesday at 9:00 with heartbeat")
    later = datetime(2026, 12, 3, tzinfo=UTC)
    assert set_again(made("biweekly Wednesday at 9:00", later), present, None) == present
    moved = set_again(made("biweekly Wednesday at 16:00", later), present, None)
    assert (moved.first, moved.heartbeat) == (present.first, True)
    other = set_again(made("biweekly Thursday", later), present, heartbeat=False)
    assert (other.first, other.heartbeat) == (date(2026, 12, 3), False)


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ("daily", "daily from Monday to Friday at 16:00 (Asia/Tokyo)"),
        ("weekly", "weekly on Friday at 16:00 (Asia/Tokyo)"),
        ("weekly at 9:30", "weekly on Friday at 09:30 (Asia/Tokyo)"),
        ("weekly Monday", "weekly on Monday at 16:00 (Asia/Tokyo)"),
        ("weekly in UTC", "weekly on Friday at 16:00 (UTC)"),
    ],
)
def test_d1_what_is_not_named_stays(said: str, stays: str) -> None:
    present = made("weekly Friday at 16:00 in Asia/Tokyo with heartbeat")
    order = parse(f"digest {said}", TODAY)
    assert isinstance(order, SetDigest)
    order = order.beside(present)
    again = plan(order.cadence, order.days, order.at, order.zone or "", NOW, order.nth)
    assert set_again(again, present, order.heartbeat).words == f"{stays}, with a heartbeat"


def test_d1_holidays_stay_as_they_were_and_are_those_of_whoever_sets_it_first() -> None:
    daily = plan(DAILY, None, None, "Europe/Berlin", NOW)
    mine = set_again(daily, None, None, "DE-BE")
    assert mine.words.endswith("(Europe/Berlin), not on public holidays (DE-BE)")
    assert set_again(daily, mine, None, "US").region == "DE-BE"
    assert set_again(replace(daily, region="none"), mine, None).region == "none"
    weekly = plan(WEEKLY, None, None, "Europe/Berlin", NOW)
    assert set_again(weekly, mine, None, "DE").region == "", "it comes on its day, holiday or not"
    christmas = datetime(2026, 12, 24, 12, tzinfo=UTC)
    assert mine.next_after(christmas).date() == date(2026, 12, 28)
    assert weekly.next_after(christmas).date() == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *((1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th")),
        *((21, "21st"), (22, "22nd"), (23, "23rd"), (30, "30th"), (31, "31st")),
    ],
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words
