"""Who is there: leave, half days, holidays by region, weeks of one's own."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.changes import AbsenceEnded, AbsenceSet
from bot.deciding import follow_status
from bot.errors import NotFound
from bot.presence import NO_HOLIDAYS, Absence, Half, Presence, Reason, Told, day_off, region
from bot.presence.status import away_until, says_away
from bot.standups import QUESTIONS, Later, Plan, State, next_ask, report
from tests.bot.support import ANA, BEA, CY, PEOPLE, project
from tests.bot.test_standups import PLAN, TEAM, TUESDAY, entry

MONDAY = date(2026, 11, 23)
NINE_THIRTY = time(9, 30)


def away(first: date, last: date | None = None, half: Half = Half.DAY) -> Absence:
    return Absence(ANA, first, last or first, half)


def presence(*absences: Absence, **also: object) -> Presence:
    return replace(Presence(ANA, absences), **also)  # type: ignore[arg-type] # any of its fields


# A day


def test_u3_who_is_on_leave_is_away_on_each_day_of_it_and_on_no_other() -> None:
    bea = presence(away(date(2026, 8, 3), date(2026, 8, 7)))
    days = [date(2026, 8, 1) + timedelta(days=n) for n in range(9)]
    assert [day.day for day in days if bea.is_away(day)] == [3, 4, 5, 6, 7]
    assert bea.why(date(2026, 8, 5)) is Reason.LEAVE
    assert bea.why(date(2026, 8, 8)) is None


@pytest.mark.parametrize(
    ("half", "at", "asked"),
    [
        (Half.MORNING, time(9, 30), time(13)),
        (Half.MORNING, time(12, 59), time(13)),
        (Half.MORNING, time(13), time(13)),
        (Half.MORNING, time(16), time(16)),
        (Half.AFTERNOON, time(9, 30), time(9, 30)),
        (Half.AFTERNOON, time(12, 59), time(12, 59)),
        (Half.AFTERNOON, time(13), None),
        (Half.DAY, time(9, 30), None),
        (Half.DAY, time(16), None),
    ],
)
def test_u3_a_half_day_moves_the_question_to_the_half_that_is_worked(
    half: Half, at: time, asked: time | None
) -> None:
    assert presence(away(TUESDAY, half=half)).asked_at(TUESDAY, at) == asked
    assert presence(away(MONDAY, half=half)).asked_at(TUESDAY, at) == at


def test_two_halves_are_a_day() -> None:
    both = presence(away(TUESDAY, half=Half.MORNING), away(TUESDAY, half=Half.AFTERNOON))
    assert both.is_away(TUESDAY)
    assert not presence(away(TUESDAY, half=Half.MORNING)).is_away(TUESDAY)


def test_edge_39_half_a_holiday_and_half_a_day_of_leave_are_a_day() -> None:
    eve = date(2026, 10, 28)  # Republic Day begins at one in the afternoon
    assert presence(region="TR").off(eve) is Half.AFTERNOON
    assert presence(region="TR").asked_at(eve, time(9, 30)) == time(9, 30)
    assert presence(region="TR").asked_at(eve, time(15)) is None
    assert presence(away(eve, half=Half.MORNING), region="TR").is_away(eve)


def test_edge_41_weeks_that_end_on_thursday() -> None:
    """Sunday to Thursday: of a standup on Monday to Friday they are asked on four days."""
    week = [MONDAY + timedelta(days=n) for n in range(7)]
    sunday_first = presence(week=frozenset({6, 0, 1, 2, 3}))
    asked = [day.strftime("%a") for day in week if sunday_first.asked_at(day, NINE_THIRTY)]
    assert asked == ["Mon", "Tue", "Wed", "Thu", "Sun"]
    assert sunday_first.why(MONDAY + timedelta(days=4)) is Reason.WEEK
    never_said = presence()
    assert all(never_said.asked_at(day, NINE_THIRTY) for day in week)


def test_back_is_the_first_day_that_they_work_again() -> None:
    friday = MONDAY + timedelta(days=4)
    assert presence(away(friday)).back(friday) == MONDAY + timedelta(days=7)
    assert presence(away(friday), week=frozenset({5, 6})).back(friday) == date(2026, 11, 28)
    christmas = presence(away(date(2026, 12, 21), date(2026, 12, 24)), region="DE-BY")
    assert christmas.back(date(2026, 12, 22)) == date(2026, 12, 28)
    assert presence(away(TUESDAY, half=Half.MORNING)).back(TUESDAY) == TUESDAY
    for_good = presence(away(date(2026, 1, 1), date(2030, 1, 1)))
    assert for_good.back(TUESDAY) > TUESDAY + timedelta(days=399)


def test_what_somebody_said_goes_before_what_their_status_says() -> None:
    said, status = away(TUESDAY), replace(away(TUESDAY), told=Told.STATUS)
    assert presence(status).why(TUESDAY) is Reason.STATUS
    assert presence(status, said).why(TUESDAY) is Reason.LEAVE


def test_the_leave_that_covers_a_day_is_the_one_that_lasts_longest() -> None:
    short, long = away(MONDAY, TUESDAY), away(TUESDAY, date(2026, 11, 30))
    half = away(TUESDAY, date(2026, 12, 24), Half.MORNING)
    assert presence(short, long, half).leave(TUESDAY) == long
    assert presence(short, half).leave(date(2026, 12, 1)) == half
    assert presence(short).leave(date(2026, 12, 1)) is None


def test_working_days_are_counted_without_those_off() -> None:
    bea = presence(away(TUESDAY), region="US")
    assert bea.working(MONDAY, MONDAY + timedelta(days=6)) == 3  # Thanksgiving is on Thursday


# Regions


@pytest.mark.parametrize(
    ("where", "day", "off"),
    [
        ("DE-BY", date(2026, 6, 4), Half.DAY),  # Corpus Christi, in Bavaria
        ("DE-BE", date(2026, 6, 4), None),
        ("DE", date(2026, 10, 3), Half.DAY),
        ("US-CA", date(2027, 12, 24), Half.DAY),  # kept on Friday: Christmas is a Saturday
        ("US", date(2027, 7, 5), Half.DAY),  # kept on Monday: the 4th is a Sunday
        ("GB-SCT", date(2026, 11, 30), Half.DAY),
        ("GB-ENG", date(2026, 11, 30), None),
        ("IN-KA", date(2026, 11, 1), Half.DAY),
        ("IN-MH", date(2026, 11, 1), None),
        ("NZ", date(2026, 2, 6), Half.DAY),
        ("GR", date(2026, 12, 24), Half.AFTERNOON),
        ("AU-NT", date(2026, 12, 24), None),  # from seven in the evening on
        ("CN", date(2026, 6, 1), None),  # for children
        (NO_HOLIDAYS, date(2026, 12, 25), None),
    ],
)
def test_edge_39_holidays_are_those_of_a_region(where: str, day: date, off: Half | None) -> None:
    assert day_off(where, day) is off


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("DE-BY", "DE-BY"),
        ("de by", "DE-BY"),
        ("Germany", "DE"),
        ("germany bayern", "DE-BY"),
        ("United States California", "US-CA"),
        ("India Karnataka", "IN-KA"),
        ("Scotland", "GB-SCT"),
        ("uk", "GB"),
        ("USA", "US"),
        (" None ", NO_HOLIDAYS),
    ],
)
def test_a_region_is_known_by_its_code_and_by_its_name(said: str, meant: str) -> None:
    assert region(said) == meant


@pytest.mark.parametrize(
    ("said", "near"), [("DE-XX", "DE"), ("Germanny", "DE"), ("Scottland", "GB-SCT")]
)
def test_of_what_is_no_region_the_near_ones_are_told(said: str, near: str) -> None:
    with pytest.raises(NotFound) as caught:
        region(said)
    assert caught.value.suggestions[0] == near


@pytest.mark.parametrize("said", ["", "???", "Atlantis and more", "🏝"])
def test_of_what_is_like_no_region_none_are_told(said: str) -> None:
    with pytest.raises(NotFound) as caught:
        region(said)
    assert caught.value.suggestions == ()


# A standup


def who(*absent: Absence) -> dict[int, Presence]:
    return {key: Presence(key, tuple(one for one in absent if one.person == key)) for key in PEOPLE}


def test_u3_the_away_are_away_in_the_report_and_not_missing() -> None:
    away_all_day = Absence(BEA, MONDAY, TUESDAY)
    told = report(
        project(),
        PLAN,
        TUESDAY,
        [entry(ANA, State.POSTED, "did")],
        (ANA, BEA, CY),
        TEAM,
        datetime(2026, 11, 24, 10, tzinfo=UTC),
        who(away_all_day, Absence(CY, TUESDAY, TUESDAY, Half.MORNING)).__getitem__,
    )
    assert told is not None
    assert told.away == (BEA,)
    assert told.later == (Later(CY, time(13), "Europe/Berlin"),)
    assert told.unasked == ()


def test_who_was_asked_before_they_said_that_they_are_away_stays_in_the_report() -> None:
    told = report(
        project(),
        PLAN,
        TUESDAY,
        [entry(ANA, State.POSTED, "did")],
        (ANA,),
        TEAM,
        datetime(2026, 11, 24, 10, tzinfo=UTC),
        who(Absence(ANA, TUESDAY, TUESDAY)).__getitem__,
    )
    assert told is not None
    assert [one.person for one in told.entries] == [ANA]
    assert told.away == ()


MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
"""09:30 in Berlin, on that Tuesday."""


@pytest.mark.parametrize(
    ("absences", "now", "asked"),
    [
        ((), MORNING - timedelta(minutes=1), MORNING),
        ((), MORNING, MORNING + timedelta(days=1)),
        ((away(TUESDAY),), MORNING - timedelta(minutes=1), MORNING + timedelta(days=1)),
        ((away(TUESDAY, half=Half.MORNING),), MORNING, MORNING.replace(hour=12, minute=0)),
        ((away(TUESDAY, date(2026, 11, 27)),), MORNING, MORNING + timedelta(days=6)),
        ((away(TUESDAY, date(2030, 1, 1)),), MORNING, None),
    ],
)
def test_when_somebody_is_asked_next_is_told_with_their_days_off(
    absences: tuple[Absence, ...], now: datetime, asked: datetime | None
) -> None:
    plan = Plan(QUESTIONS, frozenset(range(5)), NINE_THIRTY, "UTC", time(11), "C1")
    assert next_ask(plan, "Europe/Berlin", presence(*absences), now) == asked


# A status in Slack


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        *(("Vacationing", ":palm_tree:"), ("Out sick", ":face_with_thermometer:")),
        *(("", ":baby::skin-tone-3:"), ("OOO, back Monday", ""), ("PTO", ":spiral_calendar_pad:")),
        *(("Out of office until tomorrow", ""), ("on leave", ""), ("On parental leave", "")),
        *(("Im Urlaub", ""), ("Außer Haus", ""), ("Nicht im Büro", ""), ("Krankgeschrieben", "")),
        *(("En congé jusqu’à lundi", ""), ("Arrêt maladie", ""), ("En vacances !", "")),
        *(("De vacaciones", ""), ("De baja por enfermedad", ""), ("休假中", ""), ("病假", "")),
    ],
)
def test_u3_a_status_of_leave_says_that_somebody_is_away(text: str, emoji: str) -> None:
    assert says_away(text, emoji)


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        *(("", ""), ("In a meeting", ":spiral_calendar_pad:"), ("oooh shiny", "")),
        *(("Back from vacation", ""), ("OOO tomorrow", ""), ("Vacation next week", ":palm_tree:")),
        *(("Working remotely", ":palm_tree:"), ("sick of meetings", ""), ("not on leave", "")),
        *(("Urlaub ab Montag", ""), ("Kein Urlaub", ""), ("Vacances demain", "")),
        *(("明天休假", ""), ("Vacaciones pronto", ""), ("Commuting", ":bus:")),
    ],
)
def test_u3_a_status_of_something_else_or_another_time_does_not(text: str, emoji: str) -> None:
    assert not says_away(text, emoji)


def test_u3_a_status_counts_until_it_ends_or_until_it_is_looked_at_again() -> None:
    now = datetime(2026, 11, 23, 14, tzinfo=UTC)
    look = datetime(2026, 11, 24, 2, 40, tzinfo=UTC)
    midnight = datetime(2026, 11, 26, tzinfo=UTC)
    assert away_until(midnight, now, look) == midnight - timedelta(seconds=1)
    assert away_until(now, now, look) is None
    open_ended = away_until(None, now, look)
    assert open_ended is not None
    assert open_ended.date() == now.date()


def test_u3_a_status_that_lasts_ends_moves_or_was_called_off() -> None:
    today, later = MONDAY, MONDAY + timedelta(days=3)
    one = replace(away(today - timedelta(days=1), later), told=Told.STATUS, id=7)

    def follow(last: date | None, *standing: Absence, off: tuple[date, ...] = ()) -> object:
        return follow_status(ANA, standing, off, last, today)

    def gone(first: date, last: date) -> AbsenceSet:
        return AbsenceSet(ANA, first, last, told=Told.STATUS)

    over = AbsenceEnded(7, ANA, one.first, later, today)
    assert follow(later) == (gone(today, later),)
    assert follow(later, one) == ()
    assert follow(later + timedelta(days=2), one) == (
        gone(later + timedelta(days=1), later + timedelta(days=2)),
    )
    assert follow(today, one) == (over, gone(today, today))
    assert follow(None, one) == (over,)
    assert follow(None) == ()
    assert follow(later, off=(later,)) == ()
    assert follow(today, off=(later,)) == (gone(today, today),)


def test_u3_what_was_said_goes_before_a_status_on_each_of_its_days() -> None:
    status = replace(away(MONDAY, MONDAY + timedelta(days=2)), told=Told.STATUS, id=1)
    bea = presence(status, replace(away(MONDAY, half=Half.MORNING), id=2))
    assert bea.off(MONDAY) is Half.MORNING
    assert bea.off(MONDAY + timedelta(days=1)) is Half.DAY
    assert bea.why(MONDAY) is Reason.LEAVE
    assert bea.why(MONDAY + timedelta(days=1)) is Reason.STATUS
