"""Setting a standup, as a decision: what is taken, what is refused, what is taken back."""

from dataclasses import replace
from datetime import time

import pytest

from bot import deciding
from bot.changes import ChannelChanged, StandupEnded, StandupSet
from bot.errors import BadInput, CharterError, Refused, Why
from bot.orders import AdjustStandup, SetStandup
from bot.people import Person
from bot.planning import adjusted, channel_name, end_standup, set_standup
from bot.project import Channel, Group
from bot.standups import QUESTIONS, Plan
from bot.telling import lines, summary
from tests.bot.support import ANA, BEA, BOT, DEE, PEOPLE, project
from tests.support.clock import T0

ATLAS = replace(
    project(), channels=(Channel("C1", "atlas"), Channel("C2", "atlas-quiet", is_private=True))
)
WISH = SetStandup(QUESTIONS, frozenset(range(5)), time(9, 30), "C1")
PLAN = Plan(QUESTIONS, frozenset(range(5)), time(9, 30), "Europe/Berlin", time(11), "C1")


def test_one_begins_in_the_zone_of_who_sets_it() -> None:
    change = set_standup(ATLAS, None, WISH, [PEOPLE[BEA], PEOPLE[ANA]], "Europe/Berlin")
    assert change == StandupSet(3, None, replace(PLAN, people=(ANA, BEA)), "", "#atlas")
    [line] = lines(change, PEOPLE)
    assert (line.before, line.after) == (
        "",
        "Monday to Friday at 09:30, local time, told in #atlas at 11:00 in Berlin, by person",
    )


def test_set_otherwise_it_keeps_its_zone_and_tells_what_changed() -> None:
    wish = replace(WISH, at=time(8), report_at=time(12), channel="C2", questions=("Mood?",))
    wish = replace(wish, by_stage=True)
    change = set_standup(ATLAS, PLAN, wish, [PEOPLE[BEA]], "Asia/Tokyo")
    assert change.after.zone == "Europe/Berlin"
    assert [(line.label, line.before, line.after) for line in lines(change, PEOPLE)] == [
        (
            "standup",
            "Monday to Friday at 09:30, local time",
            "Monday to Friday at 08:00, local time",
        ),
        ("report", "11:00 in Berlin", "12:00 in Berlin"),
        ("order of the report", "by person", "by stage"),
        ("standup channel", "#atlas", "a private channel"),
        ("questions", "\n".join(QUESTIONS), "Mood?"),
        ("also asked", "", "Bea Sample"),
    ]


def test_u1_a_user_group_is_set_kept_and_taken_out() -> None:
    group = Group("S1", "ml-team")
    change = set_standup(ATLAS, PLAN, replace(WISH, report_at=time(11)), [], "UTC", group=group)
    assert change.after == replace(PLAN, group=group)
    assert [(line.label, line.before, line.after) for line in lines(change, PEOPLE)] == [
        ("also asked", "", "@ml-team"),
    ]
    assert deciding.reverse(change, None) == replace(change, before=change.after, after=PLAN)
    kept = adjusted(ATLAS, change.after, AdjustStandup(at=time(8)), "C1")
    assert kept.group == "S1"
    assert adjusted(ATLAS, change.after, AdjustStandup(group=""), "C1").group == ""
    assert adjusted(ATLAS, None, AdjustStandup(group="@ml-team"), "C1").group == "@ml-team"


def test_questions_are_lines_each_once() -> None:
    wish = replace(WISH, questions=(" Mood?  ", "", "Mood?", "What\tnext?\0"))
    assert set_standup(ATLAS, None, wish, [], "UTC").after.questions == ("Mood?", "What next?")


@pytest.mark.parametrize(
    ("changes", "also", "why", "field"),
    [
        ({"questions": (" ",)}, [], Why.EMPTY_TEXT, "questions"),
        ({"questions": tuple(map(str, range(9)))}, [], Why.TOO_MANY, "questions"),
        ({"questions": ("x" * 151,)}, [], Why.TEXT_TOO_LONG, "questions"),
        ({"days": frozenset()}, [], Why.EMPTY_TEXT, "days"),
        ({"channel": "C9"}, [], Why.STANDUP_CHANNEL, "channel"),
        ({}, [PEOPLE[BOT]], Why.HOLDER_IS_BOT, "people"),
        ({}, [PEOPLE[DEE]], Why.HOLDER_LEFT, "people"),
        (
            {},
            [replace(PEOPLE[ANA], id=key) for key in range(100, 151)],
            Why.TOO_MANY,
            "people",
        ),
    ],
)
def test_what_cannot_be_taken_is_said_under_its_field(
    changes: dict[str, object], also: list[Person], why: Why, field: str
) -> None:
    wish: SetStandup = replace(WISH, **changes)  # type: ignore[arg-type]  # cases of a table
    with pytest.raises(CharterError) as caught:
        set_standup(ATLAS, None, wish, also, "UTC")
    assert isinstance(caught.value, BadInput | Refused)
    assert (caught.value.why, caught.value.field) == (why, field)


def test_a_private_project_is_told_in_a_private_channel() -> None:
    hidden = replace(ATLAS, private=True)
    with pytest.raises(Refused) as caught:
        set_standup(hidden, None, WISH, [], "UTC")
    assert caught.value.why is Why.STANDUP_EXPOSED
    told = set_standup(hidden, None, replace(WISH, channel="C2"), [], "UTC")
    assert told.after.channel == "C2"


def test_nothing_changes_but_for_another_try() -> None:
    wish = replace(WISH, report_at=time(11))
    with pytest.raises(Refused) as caught:
        set_standup(ATLAS, PLAN, wish, [], "UTC")
    assert caught.value.why is Why.NOTHING_CHANGES
    change = set_standup(ATLAS, PLAN, wish, [], "UTC", again=True)
    assert change.after == PLAN
    assert lines(change, PEOPLE)


def test_an_archived_project_begins_none() -> None:
    with pytest.raises(Refused) as caught:
        set_standup(replace(ATLAS, archived_at=T0), None, WISH, [], "UTC")
    assert caught.value.why is Why.ARCHIVED


def test_only_one_that_stands_can_end() -> None:
    with pytest.raises(Refused) as caught:
        end_standup(ATLAS, None)
    assert caught.value.why is Why.NO_STANDUP
    change = end_standup(ATLAS, PLAN)
    assert change == StandupEnded(3, PLAN, "#atlas")
    assert summary(change, PEOPLE) == "standup: Monday to Friday at 09:30, local time → –"


def test_each_is_taken_back_by_its_opposite() -> None:
    begun = set_standup(ATLAS, None, WISH, [], "Europe/Berlin")
    ended = deciding.reverse(begun, None)
    assert ended == StandupEnded(3, PLAN, "#atlas")
    assert deciding.reverse(StandupEnded(3, PLAN, "#atlas"), None) == begun
    other = set_standup(ATLAS, PLAN, replace(WISH, channel="C2"), [], "UTC")
    back = deciding.reverse(other, None)
    assert back == StandupSet(3, other.after, PLAN, "a private channel", "#atlas")


def test_the_record_names_no_private_channel_and_a_view_only_that_of_a_private_project() -> None:
    plan = replace(PLAN, channel="C2")
    for is_private, words in ((False, "a private channel"), (True, "#atlas-quiet")):
        atlas = replace(ATLAS, private=is_private)
        assert channel_name(atlas, plan) == words
        begun = set_standup(atlas, None, replace(WISH, channel="C2"), [], "UTC")
        otherwise = set_standup(atlas, plan, replace(WISH, channel="C2", at=time(8)), [], "UTC")
        for change in (begun, otherwise, end_standup(atlas, plan)):
            assert "atlas-quiet" not in repr(change)
    for is_bound in (True, False):
        told = summary(ChannelChanged(3, ATLAS.channels[1], is_bound), PEOPLE)
        assert "a private channel" in told
        assert "atlas-quiet" not in told


def test_a_few_words_leave_the_rest_as_it_is() -> None:
    before = replace(PLAN, by_stage=True, closes_at=time(10), people=(BEA,), channel="C2")
    days = adjusted(ATLAS, before, AdjustStandup(frozenset({0})), "C1")
    change = set_standup(ATLAS, before, days, [PEOPLE[BEA]], "UTC")
    assert change.after == replace(before, days=frozenset({0}))
    # When the time moves, so does the report, unless it is said as well.
    window = AdjustStandup(at=time(8), closes_at=time(9, 30))
    moved = set_standup(ATLAS, before, adjusted(ATLAS, before, window, None), [], "UTC").after
    assert (moved.at, moved.closes_at, moved.report_at) == (time(8), time(9, 30), time(9, 30))
    endless = AdjustStandup(never_closes=True, by_stage=False, report_at=time(17))
    after = set_standup(ATLAS, before, adjusted(ATLAS, before, endless, None), [], "UTC").after
    assert (after.closes_at, after.by_stage, after.report_at) == (None, False, time(17))


def test_a_few_words_begin_one_that_is_as_usual_but_for_them() -> None:
    wish = adjusted(ATLAS, None, AdjustStandup(at=time(8)), "C2")
    assert wish == replace(WISH, at=time(8), channel="C2")
    assert adjusted(ATLAS, None, AdjustStandup(at=time(8)), "C9").channel == "C1"
    named = AdjustStandup(channel="#atlas-quiet")
    assert adjusted(ATLAS, None, named, "C1").channel == "C2"
    with pytest.raises(Refused) as caught:
        set_standup(
            ATLAS, None, adjusted(ATLAS, None, AdjustStandup(channel="#x"), None), [], "UTC"
        )
    assert caught.value.why is Why.STANDUP_CHANNEL
    with pytest.raises(Refused) as caught:
        adjusted(replace(ATLAS, channels=()), None, AdjustStandup(at=time(8)), "C1")
    assert caught.value.why is Why.STANDUP_NOWHERE


@pytest.mark.parametrize(
    ("at", "report_at", "told"),
    [
        (time(9, 30), time(9, 31), "09:31 in Berlin"),
        (time(0, 30), time(23), "23:00 in Berlin"),
        (time(22), time(2), "02:00 the next day in Berlin"),
        (time(15), time(9), "09:00 the next day in Berlin"),
        (time(9, 30), time(9), None),
        (time(9, 30), time(9, 30), None),
        (time(14, 59), time(9), None),
    ],
)
def test_a_report_comes_after_the_question(at: time, report_at: time, told: str | None) -> None:
    wish = replace(WISH, at=at, report_at=report_at, by_stage=True)
    if told is None:
        with pytest.raises(BadInput) as caught:
            set_standup(ATLAS, None, wish, [], "Europe/Berlin")
        assert (caught.value.why, caught.value.field) == (Why.REPORT_BEFORE, "report_at")
        return
    [line] = lines(set_standup(ATLAS, None, wish, [], "Europe/Berlin"), PEOPLE)
    assert line.after.endswith(f"told in #atlas at {told}, by stage")


def test_a_window_is_told_and_has_to_be_one() -> None:
    change = set_standup(ATLAS, PLAN, replace(WISH, closes_at=time(12)), [], "UTC")
    [line, report] = lines(change, PEOPLE)
    assert line.after == "Monday to Friday from 09:30 until 12:00, local time"
    assert report.after == "12:00 in Berlin"
    with pytest.raises(BadInput) as caught:
        set_standup(ATLAS, PLAN, replace(WISH, closes_at=time(9, 30)), [], "UTC")
    assert (caught.value.why, caught.value.field) == (Why.NO_WINDOW, "closes_at")
