"""Standups in words: within Slack's limits, nothing lost, nothing that pings."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import NotFound, Stale
from bot.home import HomePage
from bot.orders import SetStandup
from bot.project import Channel, Project
from bot.rounds import Answered, Asked, DayAsked, Seat, StandupShown
from bot.standups import (
    LONGEST_ANSWER,
    LONGEST_BLOCKER,
    QUESTIONS,
    Entry,
    Later,
    Plan,
    Report,
    SaidLine,
    State,
    Trouble,
    by_stage,
    tagged,
)
from handlers.views import errors, home, modals, standups
from handlers.views.acts import Act, Form, unpack
from handlers.views.kit import length
from tests.handlers.views.homes import home_page
from tests.handlers.views.test_modals import filled
from tests.handlers.views.worlds import (
    CHURN,
    PEOPLE,
    T0,
    button_of,
    buttons,
    names,
    person,
    sound,
    sound_view,
    words,
)

slowly = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
DAY = date(2026, 11, 24)
PLAN = Plan(QUESTIONS, frozenset(range(5)), time(9, 30), "Europe/Berlin", time(11), "C1", (2,))
SHOWN = StandupShown(
    project=CHURN,
    plan=PLAN,
    seen=4,
    zone="Europe/Berlin",
    channel="#churn-radar",
    seats=(Seat(1, T0 + timedelta(hours=22, minutes=30), "Europe/Berlin"),),
    next_report=T0,
    trouble=None,
    set_by=1,
    people=PEOPLE,
)


def entry(state: State, *said: str, who: int = 1, blocked: int | None = None) -> Entry:
    answers = tuple(zip(QUESTIONS, (*said, "", "", ""), strict=False))
    lines = tagged([answer for _, answer in answers], {})
    return Entry(7, 1, who, DAY, state, answers, asked_at=T0, blocked_item=blocked, said=lines)


def asked(state: State, *said: str, blocked: int | None = None, plan: Plan | None = PLAN) -> Asked:
    return Asked(CHURN, entry(state, *said, blocked=blocked), plan, "#churn-radar")


def a_day(*found: Asked) -> DayAsked:
    return DayAsked(DAY, found)


def report(*entries: Entry, **more: object) -> Report:
    told = Report("Churn Radar", DAY, entries, (), (), {10: "Data pipeline"}, PEOPLE)
    return replace(told, **more)  # type: ignore[arg-type]  # some of its fields


# The question to one person


@pytest.mark.parametrize(
    ("state", "said", "labels"),
    [
        (State.ASKED, "What comes next?", ["Answer", "Nothing new", "Skip"]),
        (State.POSTED, "What comes next? the tests", ["Change"]),
        (State.SKIPPED, "You skip it this time.", ["Answer", "Nothing new"]),
        (State.NOTHING_NEW, "Nothing new, you said.", ["Answer", "Skip"]),
    ],
)
def test_the_question_becomes_what_was_said(state: State, said: str, labels: list[str]) -> None:
    message = sound(standups.asked(a_day(asked(state, "", "the tests"))))
    assert message.text.startswith("Standup of Churn Radar, Tuesday 24 November")
    assert said in message.text
    assert [one["text"]["text"] for one in buttons(message.blocks)] == labels
    assert all(unpack(one["value"]) == {"e": 7} for one in buttons(message.blocks))
    assert "#churn-radar at 11:00 in Berlin" in message.text


def test_an_answer_tells_what_it_marked_and_whether_the_standup_stands() -> None:
    marked = asked(State.POSTED, "", "", "no export", blocked=10)
    assert "It marked Data pipeline as blocked." in standups.asked(a_day(marked)).text
    ended = sound(standups.asked(a_day(asked(State.ASKED, plan=None))))
    assert "This standup has ended. Nothing more is asked." in ended.text
    assert "What comes next?" not in ended.text
    assert buttons(ended.blocks) == []
    said = standups.asked(a_day(asked(State.POSTED, "x", plan=None)))
    assert [one["text"]["text"] for one in buttons(said.blocks)] == ["Change"]
    assert (
        "Noted for the standup of Churn Radar"
        in sound(standups.noted(Answered((marked,), a_day(marked)), "Ana")).text
    )


def test_long_answers_are_told_short_in_the_direct_message_and_kept_whole_in_the_form() -> None:
    """One message has to hold them all, and Slack takes no message of any length."""
    said = tuple((f"{n} " + "Q" * 140, f"{n} " + "a" * (LONGEST_ANSWER - 2)) for n in range(8))
    lines = tagged([answer for _, answer in said], {})
    whole = replace(entry(State.POSTED), answers=said, said=lines)
    long = Asked(CHURN, whole, PLAN, "#churn-radar")
    for message in (
        standups.asked(a_day(long)),
        standups.noted(Answered((long,), a_day(long)), "Ana"),
    ):
        assert length(words(sound(message).blocks)) <= 8_000
    assert all(f"{n} aaa" in standups.asked(a_day(long)).text for n in range(4))
    assert button_of(standups.asked(a_day(long)).blocks, "Change")
    form = sound_view(modals.answers([long]), "modal")
    last = next(one for one in form["blocks"] if one.get("block_id") == "a7")
    assert last["element"]["initial_value"] == said[7][1]
    short = asked(State.POSTED, "b" * 700)
    assert "b" * 700 in standups.asked(a_day(short)).text


# How it is set


def test_how_it_is_set() -> None:
    message = sound(standups.shown(SHOWN))
    assert "Churn Radar: everybody is asked Monday to Friday at 09:30" in message.text
    assert "Ana Ruiz: next Tuesday 24 November at 09:30 in Berlin" in message.text
    assert "Set by Ana Ruiz." in message.text
    assert button_of(message.blocks, "Change")["action_id"] == Act.STANDUP_OPEN
    none = sound(standups.shown(replace(SHOWN, plan=None, seats=())))
    assert button_of(none.blocks, "Set one up")["action_id"] == Act.STANDUP_OPEN
    away = replace(CHURN, archived_at=T0)
    assert buttons(standups.shown(replace(SHOWN, project=away)).blocks) == []


@pytest.mark.parametrize("trouble", Trouble)
def test_why_it_rests_and_what_to_do(trouble: Trouble) -> None:
    assert "It rests: " in sound(standups.shown(replace(SHOWN, trouble=trouble))).text
    notice = sound(standups.resting(replace(SHOWN.project, name="Churn <!channel>"), trouble))
    assert "I say this once." in notice.text


# The report


def test_the_report_of_a_small_team() -> None:
    [page] = standups.reported(
        report(
            entry(State.POSTED, "the loader", "its tests", "no export", who=1, blocked=10),
            entry(State.POSTED, "reviews", "", "none", who=3),
            entry(State.NOTHING_NEW, who=2),
            later=(Later(4, time(9, 30), "America/New_York"),),
        )
    )
    assert sound(page).text.splitlines() == [
        "Standup of Churn Radar, Tuesday 24 November. 3 of 3 asked have answered.",
        "Blocked",
        "• Ana Ruiz: no export (Data pipeline is blocked)",
        "Ana Ruiz",
        "• Done the loader",
        "• Next its tests",
        "Cy Moss",
        "• Done reviews",
        "Nothing new: Bea Lind",
        "Later today: Leo Park (asked at 09:30 in New York)",
    ]


def test_u5_what_was_ticked_stands_beside_what_was_written_with_its_link() -> None:
    pull = "https://code.example/churn/pull/12"
    ticked = (
        SaidLine(0, "the loader", 10),
        SaidLine(0, "Load faster (#12)", 10, evidence="pull/12", url=pull),
        SaidLine(2, "no export, for the 3rd time", 10, evidence="blocker/4"),
    )
    one = replace(entry(State.POSTED, "the loader", who=1), said=ticked)
    people = ["Ana Ruiz", "Done the loader", "Done Load faster (#12)"]
    stages = ["Data pipeline (in progress)", "Ana Ruiz Done the loader"]
    for told, lines in (
        (report(one), people),
        (report(one, sections=by_stage(CHURN, [one])), stages),
    ):
        [page] = standups.reported(told)
        sound(page)
        said = [line.removeprefix("• ") for line in page.text.splitlines()]
        assert said[1:3] == ["Blocked", "Ana Ruiz: no export, for the 3rd time"]
        assert said[3 : 3 + len(lines)] == lines
        assert pull in str(page.blocks)


def test_u3_who_is_away_is_told_as_away_and_misses_nothing() -> None:
    [page] = standups.reported(report(entry(State.NOTHING_NEW, who=1), away=(2, 3)))
    assert sound(page).text.splitlines() == [
        "Standup of Churn Radar, Tuesday 24 November. 1 of 1 have answered.",
        "Nothing new: Ana Ruiz",
        "Away: Bea Lind, Cy Moss",
    ]


def test_u1_who_has_time_left_and_who_took_longer_are_told_apart() -> None:
    still = (Later(2, time(12), "America/New_York"),)
    late = entry(State.POSTED, "the loader", who=1)
    open_one, silent = entry(State.ASKED, who=2), entry(State.ASKED, who=3)
    told = report(late, open_one, silent, still=still, overdue=frozenset({1}))
    [page] = standups.reported(told)
    assert sound(page).text.splitlines()[1:] == [
        "Ana Ruiz (late)",
        "• Done the loader",
        "Not answered yet: Cy Moss",
        "Still has time: Bea Lind (until 12:00 in New York)",
    ]


def test_who_only_tells_a_blocker_is_named_once() -> None:
    [page] = standups.reported(report(entry(State.POSTED, "", "", "no export")))
    assert page.text.count("Ana Ruiz") == 1


@pytest.mark.parametrize("size", [0, 120, LONGEST_ANSWER])
def test_forty_people_fit_whatever_they_say(size: int) -> None:
    """Page after page, each within Slack's limits; not a word is lost."""
    team = {key: person(key, f"Person {key:02} Sample") for key in range(1, 41)}
    entries = [
        Entry(
            key,
            1,
            key,
            DAY,
            State.POSTED if size else State.ASKED,
            (
                (QUESTIONS[0], f"<{key}a>" + "x" * max(size - 5, 0)),
                (QUESTIONS[2], f"<{key}b>" + "y" * min(max(size - 5, 0), LONGEST_BLOCKER - 5)),
            ),
            asked_at=T0,
        )
        for key in team
    ]
    pages = standups.reported(report(*entries, people=team))
    assert len(pages) == 1 if size == 0 else len(pages) > 1
    told = ""
    for page in pages:
        sound(page)
        assert len(page.blocks) <= 50
        assert length(words(page.blocks)) <= 12_000
        told += words(page.blocks)
    assert all(one.name in told for one in team.values())
    assert all(answer in told for one in entries if size for _, answer in one.answers)


def test_a_long_list_of_names_is_told_whole() -> None:
    team = {key: person(key, f"{'N' * 90} {key:03}") for key in range(1, 91)}
    silent = [replace(entry(State.ASKED, who=key)) for key in team]
    pages = standups.reported(report(*silent, people=team))
    told = "".join(words(page.blocks) for page in pages)
    assert all(one.name in told for one in team.values())


entries = st.builds(
    Entry,
    id=st.integers(1, 9),
    project=st.just(1),
    person=st.sampled_from([1, 2, 3, 4, 99]),
    day=st.just(DAY),
    state=st.sampled_from(State),
    answers=st.lists(st.tuples(names, names), max_size=8).map(tuple),
    asked_at=st.just(T0),
    blocked_item=st.none() | st.just(10),
)
plans = st.builds(
    Plan,
    questions=st.lists(names, min_size=1, max_size=8).map(tuple),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    at=st.times(),
    zone=st.just("Asia/Kolkata"),
    report_at=st.times(),
    channel=st.sampled_from(["C1", "C9"]),
    people=st.lists(st.sampled_from([1, 2, 4]), unique=True).map(tuple),
)


@slowly
@given(st.lists(entries, max_size=6), names, st.lists(names, min_size=5, max_size=5), plans)
def test_whatever_people_say(told: list[Entry], title: str, said: list[str], plan: Plan) -> None:
    people = {key: person(key, name) for key, name in enumerate(said, start=1)}
    project = replace(CHURN, name=title, channels=(Channel("C1", said[0]),))
    known = Report(
        project=title,
        day=DAY,
        entries=tuple(told),
        later=(Later(2, time(9), "Asia/Kolkata"),),
        unasked=(3,),
        titles={10: title},
        people=people,
    )
    for page in standups.reported(known):
        sound(page)
    sound(standups.emptied(known))
    for one in told:
        question = Asked(project, one, plan, title)
        sound(standups.asked(a_day(question)))
        sound(standups.noted(Answered((question,), a_day(question)), title))
        sound_view(modals.answers([question]), "modal")
        sound_view(home.home(_page(project), [question]), "home")
    seats = tuple(Seat(key, T0, "Asia/Kolkata") for key in people)
    shown = replace(SHOWN, project=project, plan=plan, seats=seats, channel=title, people=people)
    sound(standups.shown(shown))
    sound_view(modals.standup(shown, "C1"), "modal")


def _page(project: Project) -> HomePage:
    return home_page(projects=(project,))


def test_home_shows_a_standup_that_waits_and_no_room_for_none() -> None:
    page = _page(CHURN)
    view = sound_view(home.home(page, [asked(State.ASKED)]), "home")
    assert "My standup" in words(view["blocks"])
    assert unpack(button_of(view["blocks"], "Answer")["value"]) == {"e": 7}
    assert "My standup" not in words(home.home(page)["blocks"])


# The forms


def test_the_form_of_a_first_standup_knows_good_answers() -> None:
    none = replace(SHOWN, plan=None, seen=0, seats=())
    view = sound_view(modals.standup(none, "C1"), "modal")
    assert view["callback_id"] == Form.STANDUP
    assert modals.read_standup(filled(view)) == SetStandup(
        QUESTIONS, frozenset(range(5)), time(9, 30), "C1", None, (), "churn", 0
    )


def test_the_form_of_one_that_stands_keeps_it() -> None:
    view = sound_view(modals.standup(SHOWN), "modal")
    assert modals.read_standup(filled(view)) == SetStandup(
        QUESTIONS, frozenset(range(5)), time(9, 30), "C1", time(11), ("<@U2>",), "churn", 4
    )
    sent = filled(view, questions="Mood?\n\nBlocked?", days=["0", "6"], at="08:05", report_at=None)
    order = modals.read_standup(sent)
    assert not order.by_stage
    assert modals.read_standup(filled(view, order="stage")).by_stage
    staged = sound_view(modals.standup(replace(SHOWN, plan=replace(PLAN, by_stage=True))), "modal")
    assert modals.read_standup(filled(staged)).by_stage
    assert order.questions == ("Mood?", "", "Blocked?")
    assert (order.days, order.at, order.report_at) == (frozenset({0, 6}), time(8, 5), None)


def test_only_channels_that_may_know_are_offered() -> None:
    channels = (Channel("C1", "open"), Channel("C2", "quiet", is_private=True), Channel(None, "x"))
    hidden = replace(CHURN, private=True, channels=channels)
    view = modals.standup(replace(SHOWN, project=hidden, plan=None), "C1")
    channel = next(one for one in view["blocks"] if one.get("block_id") == "channel")
    assert [one["value"] for one in channel["element"]["options"]] == ["C2"]
    assert not modals.has_channel(replace(hidden, channels=channels[:1]))
    with pytest.raises(ValueError, match="no channel"):
        modals.standup(replace(SHOWN, project=replace(CHURN, channels=())))


# What goes wrong


def test_of_a_form_that_came_too_late_the_standup_is_shown() -> None:
    order = modals.read_standup(filled(modals.standup(SHOWN)))
    late = sound(errors.worded(Stale("The standup of Churn Radar"), order))
    run = unpack(button_of(late.blocks, "Show how it stands now")["value"])
    assert run == {"c": "standup show in churn"}
    gone = sound(errors.worded(NotFound("project", "churn", ("Churn Radar",)), order))
    assert buttons(gone.blocks) == []
