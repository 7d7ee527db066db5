"""`away` and `zone`: what people write, and what it means."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import deciding
from bot.commands import ListAway, OpenDelegate, Order, ShowAway, ShowZone, parse, said, spoken
from bot.commands.times import read_zone
from bot.errors import BadInput, Refused, Why
from bot.orders import EndAway, SetAway, SetRegion, SetZone
from bot.presence import Absence, Half, Presence, Told
from tests.support.understood import understood

TODAY = date(2026, 11, 26)
"""A Thursday."""


def days(first: int, last: int | None = None, month: int = 11, half: Half = Half.DAY) -> SetAway:
    begin = date(2026, month, first)
    return SetAway(begin, begin.replace(day=last or first), half=half)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("away", ShowAway()),
        ("away show", ShowAway()),
        ("away list", ListAway()),
        ("away off", EndAway()),
        ("away back", EndAway()),
        ("away today", days(26)),
        ("away tomorrow", days(27)),
        ("away until today", days(26)),
        ("away until Friday", days(26, 27)),
        ("away til Sunday", days(26, 29)),
        ("ooo until 2026-11-30", days(26, 30)),
        ("away Friday", days(27)),
        ("away on Thursday", days(26)),
        ("away next Thursday", days(3, month=12)),
        ("away next Friday", days(27)),
        ("away this afternoon", days(26, half=Half.AFTERNOON)),
        ("away tomorrow morning", days(27, half=Half.MORNING)),
        ("away Fri pm", days(27, half=Half.AFTERNOON)),
        ("away mornings until 30 November", days(26, 30, half=Half.MORNING)),
        ("away 3-7 Dec", days(3, 7, month=12)),
        ("away 3 - 7 December", days(3, 7, month=12)),
        ("away 3 to 7 December", days(3, 7, month=12)),
        ("away from 3 Dec to 7 Dec", days(3, 7, month=12)),
        ("vacation 3 Dec – 7 Dec", days(3, 7, month=12)),
        ("away 2026-12-03 to 2026-12-07", days(3, 7, month=12)),
        ("away Mon-Wed", SetAway(date(2026, 11, 30), date(2026, 12, 2))),
        ("away this week", days(26, 29)),
        ("away next week", SetAway(date(2026, 11, 30), date(2026, 12, 6))),
        ("ooo 3 days", SetAway(TODAY, None, 3)),
        ("ooo for three working days", SetAway(TODAY, None, 3)),
        ("away a week", SetAway(TODAY, date(2026, 12, 2))),
        ("away 2 weeks", SetAway(TODAY, date(2026, 12, 9))),
        ("out until Monday because of a wedding", SetAway(TODAY, date(2026, 11, 30))),
        ("away <@U1> until Friday", SetAway(TODAY, date(2026, 11, 27), person="<@U1>")),
        ("away <@U1>", ShowAway("<@U1>")),
        ("away off <@U1>", EndAway(None, "<@U1>")),
        ("away off 3 December", EndAway(date(2026, 12, 3))),
        ("away region DE-BY", SetRegion("DE-BY")),
        ("away region default", SetRegion("")),
        ("away region", ShowAway()),
        ("zone", ShowZone()),
        ("zone Europe/Berlin", SetZone("Europe/Berlin")),
        ("zone berlin", SetZone("Europe/Berlin")),
        ("zone is new york", SetZone("America/New_York")),
        ("zone slack", SetZone("")),
        ("delegate from 3 Dec to 7 Dec", OpenDelegate(None, date(2026, 12, 3), date(2026, 12, 7))),
    ],
)
def test_u3_days_are_read_as_people_say_them(text: str, order: Order) -> None:
    assert understood(text, TODAY) == order
    assert understood(spoken(order), TODAY) == order


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("away until", Why.EMPTY_TEXT),
        ("away 0 days", Why.EMPTY_TEXT),
        ("away sometimes", Why.BAD_DATE),
        ("away until 03/04/2027", Why.BAD_DATE),
        ("away 7 Dec to 2026-12-03", Why.AWAY_BACKWARDS),
        ("away until 2029-01-01", Why.AWAY_LONG),
        ("away 999 days", Why.AWAY_LONG),
        ("zone Atlantis", Why.BAD_ZONE),
    ],
)
def test_what_says_no_days_is_told(text: str, why: Why) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text, TODAY)
    assert caught.value.why is why


def test_it_counts_as_a_command_also_without_the_slash_and_a_question_does_not() -> None:
    assert said("ooo 3 days", TODAY) == SetAway(TODAY, None, 3)
    assert said("please out until Friday", TODAY) == days(26, 27)
    assert said("who is away today?", TODAY) is None
    assert said("away today?", TODAY) is None


@pytest.mark.parametrize(
    ("said", "hours"),
    [("UTC+5", 5), ("gmt-5", -5), ("GMT+05:00", 5), ("Etc/GMT+5", -5), ("Etc/GMT-5", 5)],
)
def test_edge_37_utc_plus_five_is_ahead_and_the_name_etc_gmt_plus_five_is_not(
    said: str, hours: int
) -> None:
    zone = ZoneInfo(read_zone(said))
    assert datetime(2026, 11, 26, tzinfo=zone).utcoffset() == timedelta(hours=hours)


# What it becomes


def presence(*absences: Absence, region: str = "", week: frozenset[int] | None = None) -> Presence:
    return Presence(1, absences, region, week)


def set_away(order: SetAway, of: Presence | None = None) -> tuple[date, date]:
    change, _ = deciding.set_away(of or presence(), order, TODAY, "Bea")
    return change.first_day, change.last_day


def test_so_many_days_are_days_that_they_work() -> None:
    three = SetAway(TODAY, None, 3)
    assert set_away(three) == (TODAY, date(2026, 11, 30))
    assert set_away(three, presence(region="US")) == (TODAY, date(2026, 12, 1))
    sunday_first = presence(week=frozenset({6, 0, 1, 2, 3}))
    assert set_away(three, sunday_first) == (TODAY, date(2026, 11, 30))
    assert set_away(SetAway(TODAY, None, 1)) == (TODAY, TODAY)


def test_what_covers_the_days_already_is_told_and_what_lies_within_ends() -> None:
    long = Absence(1, TODAY, date(2026, 12, 10), id=7)
    with pytest.raises(Refused) as caught:
        set_away(SetAway(date(2026, 12, 1), date(2026, 12, 2)), presence(long))
    assert caught.value.why is Why.AWAY_ALREADY
    wider = SetAway(TODAY, date(2026, 12, 24))
    change, within = deciding.set_away(presence(long), wider, TODAY, "Bea")
    assert (change.first_day, change.last_day) == (TODAY, date(2026, 12, 24))
    assert [(one.absence, one.ended_on) for one in within] == [(7, TODAY)]
    half = Absence(1, TODAY, TODAY, Half.MORNING, id=8)
    assert set_away(days(26), presence(half)) == (TODAY, TODAY)
    assert set_away(days(26, half=Half.AFTERNOON), presence(half)) == (TODAY, TODAY)


def test_what_a_status_says_is_in_the_way_of_nothing() -> None:
    status = Absence(1, TODAY, date(2026, 12, 10), told=Told.STATUS, id=7)
    assert set_away(days(26, 27), presence(status)) == (TODAY, date(2026, 11, 27))


def test_days_that_are_over_are_told() -> None:
    with pytest.raises(BadInput) as caught:
        set_away(days(24, 25))
    assert caught.value.why is Why.AWAY_OVER
    assert set_away(days(24, 27)) == (TODAY, date(2026, 11, 27))


def test_off_ends_what_is_under_way_else_what_comes_next() -> None:
    now = Absence(1, date(2026, 11, 20), date(2026, 11, 30), id=1)
    later = Absence(1, date(2026, 12, 7), date(2026, 12, 8), id=2)
    last = Absence(1, date(2026, 12, 20), date(2026, 12, 24), id=3)

    def ended(of: Presence, day: date | None = None) -> tuple[int, date]:
        change = deciding.end_away(of, day, TODAY, "Bea")
        return change.absence, change.ended_on

    assert ended(presence(now, later)) == (1, TODAY)
    assert ended(presence(later, last)) == (2, date(2026, 12, 7))
    assert ended(presence(now, later, last), date(2026, 12, 22)) == (3, date(2026, 12, 20))
    for nothing in (None, date(2026, 12, 1)):
        with pytest.raises(Refused) as caught:
            ended(presence(), nothing)
        assert caught.value.why is Why.NOT_AWAY
