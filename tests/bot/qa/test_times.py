"""Times as they are said, and what they come to on a day and in a zone."""

import string
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.qa.past import readings, since_when
from bot.qa.periods import days, either, period
from bot.qa.times import Lead, languages

TODAY = date(2027, 3, 4)  # a Thursday


def _days(sentence: str, language: str) -> list[tuple[str, str]]:
    """The first and the last day of each time in a sentence."""
    found = [days(said, TODAY) for said in languages()[language].find(sentence)]
    return [
        (one[0].isoformat(), (one[1] - timedelta(days=1)).isoformat())
        for one in found
        if one is not None
    ]


@pytest.mark.parametrize(
    ("language", "said", "first", "last"),
    [
        ("en", "on 1 March", "2027-03-01", "2027-03-01"),
        ("en", "on March 3rd, 2026", "2026-03-03", "2026-03-03"),
        ("en", "on the 12th of June", "2026-06-12", "2026-06-12"),
        ("en", "on 5 March", "2026-03-05", "2026-03-05"),
        ("en", "on 29 February", "2024-02-29", "2024-02-29"),
        ("en", "as of 2026-12-31", "2026-12-31", "2026-12-31"),
        ("en", "on 14/3/2026", "2026-03-14", "2026-03-14"),
        ("en", "on 3/14/2026", "2026-03-14", "2026-03-14"),
        ("en", "in January", "2027-01-01", "2027-01-31"),
        ("en", "back in April", "2026-04-01", "2026-04-30"),
        ("en", "in Feb. 2024", "2024-02-01", "2024-02-29"),
        ("en", "in 2026-11", "2026-11-01", "2026-11-30"),
        ("en", "in 2025", "2025-01-01", "2025-12-31"),
        ("en", "in Q4", "2026-10-01", "2026-12-31"),
        ("en", "in Q1 2026", "2026-01-01", "2026-03-31"),
        ("en", "last week", "2027-02-22", "2027-02-28"),
        ("en", "this week", "2027-03-01", "2027-03-07"),
        ("en", "last month", "2027-02-01", "2027-02-28"),
        ("en", "last quarter", "2026-10-01", "2026-12-31"),
        ("en", "last year", "2026-01-01", "2026-12-31"),
        ("en", "two weeks ago", "2027-02-18", "2027-02-18"),
        ("en", "a month ago", "2027-02-04", "2027-02-04"),
        ("en", "since Monday", "2027-03-01", "2027-03-01"),
        ("en", "since Thursday", "2027-03-04", "2027-03-04"),
        ("en", "last Thursday", "2027-02-25", "2027-02-25"),
        ("en", "yesterday", "2027-03-03", "2027-03-03"),
        ("en", "the day before yesterday", "2027-03-02", "2027-03-02"),
        ("de", "am 1. März 2026", "2026-03-01", "2026-03-01"),
        ("de", "am 1.3.2026", "2026-03-01", "2026-03-01"),
        ("de", "seit Montag", "2027-03-01", "2027-03-01"),
        ("de", "letzten Monat", "2027-02-01", "2027-02-28"),
        ("de", "vor zwei Wochen", "2027-02-18", "2027-02-18"),
        ("es", "el 1 de marzo de 2026", "2026-03-01", "2026-03-01"),
        ("es", "en enero", "2027-01-01", "2027-01-31"),
        ("es", "la semana pasada", "2027-02-22", "2027-02-28"),
        ("es", "desde ayer", "2027-03-03", "2027-03-03"),
        ("zh", "2026年3月1日", "2026-03-01", "2026-03-01"),
        ("zh", "上个月", "2027-02-01", "2027-02-28"),
        ("zh", "自昨天", "2027-03-03", "2027-03-03"),
    ],
)
def test_q7_a_time_as_it_is_said(language: str, said: str, first: str, last: str) -> None:
    assert _days(said, language) == [(first, last)]


@pytest.mark.parametrize(
    "said",
    ["may I ask", "PR 2026", "run ab12-03-04", "version 1.2.3", "on 30 February", "mlf-8a31"],
)
def test_q7_what_is_no_time(said: str) -> None:
    assert _days(said, "en") == []


def test_q7_figures_that_can_be_read_in_two_ways_are_unclear() -> None:
    (said,) = languages()["en"].find("on 03/04/2026")
    both = either(said)
    assert both is not None
    assert [days(one, TODAY) for one in both] == [
        (date(2026, 4, 3), date(2026, 4, 4)),
        (date(2026, 3, 4), date(2026, 3, 5)),
    ]
    assert [either(one) for one in languages()["en"].find("on 4/4 and on 14/3")] == [None, None]


@pytest.mark.parametrize(
    ("zone", "begin", "end"),
    [
        ("Asia/Tokyo", datetime(2027, 2, 28, 15, tzinfo=UTC), datetime(2027, 3, 1, 15, tzinfo=UTC)),
        (
            "America/New_York",
            datetime(2027, 3, 1, 5, tzinfo=UTC),
            datetime(2027, 3, 2, 5, tzinfo=UTC),
        ),
    ],
)
def test_q7_a_day_is_that_of_the_asker(zone: str, begin: datetime, end: datetime) -> None:
    (said,) = languages()["en"].find("on 1 March 2027")
    found = period(said, TODAY, ZoneInfo(zone))
    assert found is not None
    assert (found.begin, found.end, found.words) == (begin, end, "on 2027-03-01")


def test_q7_a_day_on_which_the_clock_changes_is_shorter() -> None:
    (said,) = languages()["en"].find("on 28 March 2027")
    found = period(said, TODAY, ZoneInfo("Europe/Berlin"))
    assert found is not None
    assert found.begin is not None
    assert found.end is not None
    assert found.end - found.begin == timedelta(hours=23)


def test_q7_a_time_is_taken_out_and_the_rest_is_put_into_the_present() -> None:
    (then,) = readings("who signed off on labelling between 1 March and 3 April 2026?", "en")[:1]
    assert then.when.last is not None
    assert then.was
    assert " ".join(word.text for word in then.words) == "who signs off on labelling"


def test_q7_what_happened_then_is_told_by_a_clause() -> None:
    told = [
        (then.when.lead, then.when.event, " ".join(word.text for word in then.words))
        for sentence in (
            "When PR #41 merged, who owned the model?",
            "who owned the model before Sam?",
        )
        for then in readings(sentence, "en")
    ]
    assert told == [
        (Lead.AT, "PR #41 merged", "who owns the model"),
        (Lead.BEFORE, "Sam", "who owns the model"),
    ]


def test_q7_since_when_is_asked_of_what_is() -> None:
    words = since_when("how long has Kim been the owner of labelling?", "en")
    assert words is not None
    assert " ".join(word.text for word in words) == "has kim the owner of labelling"
    assert since_when("who owns labelling?", "en") is None


@given(
    st.text(alphabet=string.printable + "年月日周上三März", max_size=60),
    st.sampled_from(sorted(languages())),
    st.dates(date(1950, 1, 1), date(2100, 12, 31)),
)
def test_any_text_has_times_or_none(text: str, language: str, today: date) -> None:
    for said in languages()[language].find(text):
        found = days(said, today)
        assert found is None or found[0] < found[1]
