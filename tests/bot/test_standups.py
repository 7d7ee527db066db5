"""Standups: who is in, when they are asked, which day it is for them, what the report tells."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.moments import known, own_day
from bot.people import Person
from bot.project import Channel, Group, Item, Kind, Letter, PersonHolder, Project, Status, Vacancy
from bot.recurrence import next_after
from bot.standups import (
    QUESTIONS,
    Entry,
    Later,
    Plan,
    State,
    Trouble,
    ask_times,
    blocker,
    blocker_at,
    city,
    in_document,
    members,
    report,
    report_day,
    report_is_due,
    report_time,
    report_times,
    says_nothing,
    trouble,
)
from bot.workdays import days_in_words
from tests.bot.support import ANA, BEA, BOT, CY, DEE, PEOPLE, held, item, project
from tests.support.clock import T0

A, R, C = Letter.A, Letter.R, Letter.C
PLAN = Plan(QUESTIONS, frozenset(range(5)), time(9, 30), "Europe/Berlin", time(11), "C1")
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
PLANS = st.builds(
    Plan,
    questions=st.just(QUESTIONS),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    at=TIMES,
    zone=ZONES,
    report_at=TIMES,
    channel=st.just("C1"),
)
MOMENTS = st.integers(0, 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
TUESDAY = date(2026, 11, 24)


def everybody(_person: int) -> bool:
    return True


def with_slack(*keys: int) -> dict[int, Person]:
    return {
        key: replace(person, slack_id=f"U{key}", timezone="Europe/Berlin")
        for key, person in PEOPLE.items()
        if key in keys
    }


TEAM = with_slack(ANA, BEA, CY, DEE, BOT)

# Who


def test_in_are_those_with_an_r_or_an_a_of_what_is_open() -> None:
    rows = (
        item(held(A, PersonHolder(ANA)), held(C, PersonHolder(CY)), held(R, Vacancy("Dev"))),
        replace(item(held(R, PersonHolder(BEA)), key="rollout"), status=Status.DONE),
        replace(item(held(R, PersonHolder(ANA)), held(R, Group("S1", "x")), key="b")),
    )
    assert members(project(*rows), TEAM, PLAN, everybody) == (ANA,)
    assert members(project(*rows), TEAM, replace(PLAN, people=(CY, ANA)), everybody) == (ANA, CY)


def test_a_component_counts_with_the_letters_it_inherits() -> None:
    stage = replace(item(held(R, PersonHolder(BEA))), status=Status.DONE)
    part = Item(9, "loader", Kind.COMPONENT, "Loader", parent=stage.key, inherits_raci=True)
    assert members(project(stage, part), TEAM, PLAN, everybody) == (BEA,)


def test_u1_in_are_those_of_the_user_group_who_may_be_asked() -> None:
    row = item(held(A, PersonHolder(ANA)))
    grouped = {"U1", "U2", f"U{DEE}", f"U{BOT}", f"U{BEA}", f"U{CY}", "U0NOBODY"}
    assert members(project(row), TEAM, PLAN, everybody, grouped) == (ANA, BEA, CY)
    assert members(project(row), TEAM, PLAN, lambda one: one != CY, grouped) == (ANA, BEA)
    people = {**TEAM, CY: replace(TEAM[CY], slack_id=None)}
    assert members(project(row), people, PLAN, everybody, ()) == (ANA,)


def test_nobody_is_in_who_cannot_be_asked() -> None:
    plan = replace(PLAN, people=(ANA, BEA, CY, DEE, BOT, 99))
    people = {**TEAM, CY: replace(TEAM[CY], slack_id=None)}
    assert members(project(), people, plan, everybody) == (ANA, BEA)
    assert members(project(), people, plan, lambda person: person == BEA) == (BEA,)


# When


def test_three_people_in_three_zones() -> None:
    asked = {
        zone: next_after(ask_times(PLAN, zone), T0)
        for zone in ("Europe/Berlin", "Asia/Kolkata", "America/New_York")
    }
    assert asked == {
        "Europe/Berlin": datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
        "Asia/Kolkata": datetime(2026, 11, 24, 4, 0, tzinfo=UTC),
        "America/New_York": datetime(2026, 11, 23, 14, 30, tzinfo=UTC),
    }
    assert next_after(report_times(PLAN), T0) == datetime(2026, 11, 24, 10, tzinfo=UTC)


@given(PLANS, ZONES, MOMENTS)
@example(replace(PLAN, at=time(2, 30)), "Europe/Berlin", datetime(2026, 3, 28, tzinfo=UTC))
@example(replace(PLAN, at=time(2, 30)), "Europe/Berlin", datetime(2026, 10, 24, tzinfo=UTC))
@example(replace(PLAN, at=time(2, 15)), "Australia/Lord_Howe", datetime(2026, 10, 3, tzinfo=UTC))
@example(replace(PLAN, at=time(0, 0)), "Pacific/Chatham", datetime(2026, 4, 4, tzinfo=UTC))
def test_everybody_is_asked_once_a_day_of_theirs(plan: Plan, zone: str, start: datetime) -> None:
    """Over two weeks from anywhere in the year, the days that clocks change included."""
    moment = start
    days: list[date] = []
    for _ in range(2 * len(plan.days)):
        moment = next_after(ask_times(plan, zone), moment)
        there = moment.astimezone(ZoneInfo(zone))
        days.append(own_day(moment, zone))
        skipped = there.time() != plan.at
        assert there.time() > plan.at if skipped else there.time() == plan.at
    assert len(set(days)) == len(days)
    assert all(day.weekday() in plan.days for day in days)
    assert days[-1] - days[0] <= timedelta(days=14)


@given(PLANS, MOMENTS)
def test_a_report_is_about_a_day_of_the_plan(plan: Plan, start: datetime) -> None:
    slot = next_after(report_times(plan), start)
    day = report_day(plan, slot)
    assert day.weekday() in plan.days
    assert report_is_due(plan, day, slot)
    assert not report_is_due(plan, day, slot - timedelta(hours=25))


def test_a_report_after_midnight_belongs_to_the_day_before() -> None:
    plan = replace(PLAN, at=time(23), report_at=report_time(time(23)))
    assert plan.report_at == time(0, 30)
    slot = next_after(report_times(plan), T0)
    assert slot == datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert report_day(plan, slot) == date(2026, 11, 23)
    friday = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
    assert report_day(plan, friday) == date(2026, 11, 27)
    assert next_after(report_times(plan), friday).astimezone(ZoneInfo(plan.zone)).weekday() == 1


def test_a_zone_that_nobody_knows_is_utc() -> None:
    assert [known(zone) for zone in ("Asia/Tokyo", "Mars/Base", "../etc", "")] == [
        "Asia/Tokyo",
        "UTC",
        "UTC",
        "UTC",
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({0, 1, 2, 3, 4}, "Monday to Friday"),
        ({6, 0, 1, 2, 3}, "Sunday to Thursday"),
        ({0, 2}, "Monday, Wednesday"),
        ({5, 6}, "Saturday, Sunday"),
        ({6, 0, 2}, "Monday, Wednesday, Sunday"),
        ({4, 5, 6, 0}, "Friday to Monday"),
        (set(range(7)), "every day"),
    ],
)
def test_days_in_words(days: set[int], words: str) -> None:
    assert days_in_words(days) == words


def test_a_zone_as_people_call_it() -> None:
    zones = ("America/New_York", "UTC", "America/Indiana/Knox")
    assert [city(zone) for zone in zones] == ["New York", "UTC", "Knox"]


# What is in its way


@pytest.mark.parametrize(
    ("changes", "more", "expected"),
    [
        ({}, {}, None),
        ({"archived_at": T0}, {}, Trouble.ARCHIVED),
        ({"channels": ()}, {}, Trouble.UNBOUND),
        ({"private": True}, {}, Trouble.EXPOSED),
        ({}, {"is_shared": True}, Trouble.SHARED),
        ({}, {"is_refused": True}, Trouble.REFUSED),
    ],
)
def test_what_lets_it_rest(
    changes: dict[str, object], more: dict[str, bool], expected: Trouble | None
) -> None:
    here = replace(project(), channels=(Channel("C1", "atlas"),))
    found: Project = replace(here, **changes)  # type: ignore[arg-type]  # cases of a table
    told = {"is_shared": False, "is_refused": False, **more}
    assert trouble(found, PLAN, **told) is expected


# What was said


@pytest.mark.parametrize("said", ["", " none. ", "Nope", "–", "N/A", "No blockers!", "nothing"])
def test_a_blocker_that_is_none(said: str) -> None:
    assert says_nothing(said)
    assert blocker([(QUESTIONS[0], "x"), (QUESTIONS[2], said)]) == ""


def test_the_blocker_is_what_answers_the_question_about_it() -> None:
    assert blocker_at(("Mood?", "What blocks you?")) == 1
    assert blocker_at(("Mood?", "Unblocked anybody?")) is None
    assert blocker([("Mood?", "good"), ("What blocks you?", " no GPUs ")]) == "no GPUs"
    assert blocker([("Mood?", "blocked")]) == ""


def test_what_was_said_in_the_fields_of_a_document() -> None:
    answers = [*zip(QUESTIONS, ("did", " ", "stuck"), strict=True), ("Mood?", "fine\nreally")]
    assert in_document(answers) == {
        "yesterday": "did",
        "today": None,
        "blocker": "stuck",
        "note": "Mood? fine\nreally",
    }
    endless = in_document([("Mood?", "x" * 20_000)])["note"]
    assert endless is not None
    assert len(endless) == 10_000


# The report


def entry(person: int, state: State, *said: str) -> Entry:
    answers = tuple(zip(QUESTIONS, (*said, "", "", ""), strict=False))
    return Entry(person, 3, person, TUESDAY, state, answers, asked_at=T0)


def test_a_report_is_ordered_by_name_and_tells_who_is_asked_later() -> None:
    people = {**TEAM, CY: replace(TEAM[CY], timezone="America/New_York")}
    people[9] = Person(9, "eve", "Eve Sample", "Eve", slack_id="U9", timezone="Asia/Tokyo")
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)
    entries = [entry(BEA, State.ASKED), entry(ANA, State.POSTED, "did")]
    told = report(project(), PLAN, TUESDAY, entries, (ANA, BEA, CY, 9), people, now)
    assert told is not None
    assert [one.person for one in told.entries] == [ANA, BEA]
    assert told.later == (Later(CY, time(9, 30), "America/New_York"),)
    assert told.unasked == (9,)


def test_who_is_out_by_now_and_said_nothing_is_left_out() -> None:
    entries = [entry(BEA, State.ASKED), entry(ANA, State.POSTED, "did")]
    told = report(project(), PLAN, TUESDAY, entries, (), TEAM, T0)
    assert told is not None
    assert [one.person for one in told.entries] == [ANA]
    assert report(project(), PLAN, TUESDAY, entries[:1], (), TEAM, T0) is None
    assert report(project(), PLAN, TUESDAY, [], (ANA, BEA), TEAM, T0) is None


def test_what_a_document_told_is_no_answer_to_charter() -> None:
    told = [replace(entry(ANA, State.POSTED, "did"), asked_at=None)]
    assert report(project(), PLAN, TUESDAY, told, (ANA,), TEAM, T0) is None
