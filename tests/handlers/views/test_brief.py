"""The brief in words: within Slack's limits, each line numbered, each rule explained."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot import cadence
from bot.acting import Acting
from bot.brief import Age, Brief, BriefShown, Line, Named, Rule, Section
from bot.cadence import Cadence
from bot.hindsight import Mark
from bot.outcome import Place
from handlers.views import brief as views
from handlers.views.acts import Act, unpack
from handlers.views.digests.posted import moment
from tests.handlers.views.worlds import CHURN, PEOPLE, PIPELINE, T0, buttons, sound

HEALTH = Line(Rule.HEALTH, CHURN, PIPELINE, "▲ Red: Data pipeline is blocked", "green a week ago")
GATE = Line(
    Rule.GATE,
    CHURN,
    PIPELINE,
    "Data pipeline: tick its last criterion, and it is done",
    "due in 2 days",
    (2,),
    date(2026, 12, 1),
)
BLOCKER = Line(Rule.BLOCKER, CHURN, PIPELINE, "Data pipeline: no export", "for 6 working days")
ALL = dict.fromkeys(Section, 0)


def made(
    *lines: Line, found: Mapping[Section, int] | None = None, projects: int = 1, ages: int = 0
) -> Brief:
    counts = ALL | {line.rule.section: 0 for line in lines}
    for line in lines:
        counts[line.rule.section] += 1
    some = tuple(Named(CHURN.id + n, CHURN.name) for n in range(projects))
    old = tuple(Age(CHURN, PIPELINE, ages - n) for n in range(ages))
    since = T0 - timedelta(days=7)
    return Brief(lines, counts | dict(found or {}), some, PEOPLE, {}, old, (), since, T0, "UTC")


def test_moonshot_13_each_line_has_a_number_and_says_why_it_is_there() -> None:
    said = sound(views.brief(made(HEALTH, GATE, BLOCKER)))
    assert said.text.splitlines() == [
        "Brief: Churn Radar",
        f"Held against {moment(T0 - timedelta(days=7), 'UTC')}.",
        "Turned worse",
        "1. ▲ Red: Data pipeline is blocked (green a week ago)",
        "Decisions wanted",
        "2. Data pipeline: tick its last criterion, and it is done – Bea Lind decides by "
        "2026-12-01 (due in 2 days)",
        "Blocked longest",
        "3. Data pipeline: no export – nobody owns it (for 6 working days)",
    ]


def test_of_several_projects_each_line_names_its_own_and_tells_what_has_no_room() -> None:
    said = sound(views.brief(made(HEALTH, found={Section.WORSE: 9}, projects=4))).text
    assert "Brief: 4 projects" in said
    assert "Turned worse (1 of 9)" in said
    assert "1. Churn Radar – ▲ Red: Data pipeline is blocked (green a week ago)" in said
    assert "8 more have no room in twelve lines" in said
    one = views.brief(made(HEALTH, found={Section.WORSE: 2})).text
    assert one.endswith("1 more has no room in twelve lines.")


def test_whoever_acts_is_named_first() -> None:
    away = replace(made(GATE), acting={CHURN.id: {2: Acting(3, until=date(2027, 8, 14))}})
    assert "Cy Moss (acting until 2027-08-14; owner Bea Lind) decides" in views.brief(away).text
    both = replace(GATE, who=(2, 3))
    assert "Bea Lind and Cy Moss decide by" in views.brief(made(both)).text


def test_nothing_to_say_is_one_line() -> None:
    assert len(sound(views.brief(made())).text.splitlines()) == 1
    assert "in 12 projects" in views.brief(made(projects=12)).text
    assert "no open project" in views.brief(made(projects=0)).text


def test_charts_stand_below_where_they_say_more_than_one_line() -> None:
    def charts(told: Brief) -> list[str]:
        blocks = sound(views.brief(told)).blocks
        return [one["title"] for one in blocks if one["type"] == "data_visualization"]

    marks = (Mark(date(2026, 11, 16), 1, 9), Mark(date(2026, 11, 23), 2, 9))
    assert charts(made(BLOCKER, ages=1)) == []
    assert charts(made(BLOCKER, ages=14)) == ["Blockers by age"]
    told = replace(made(BLOCKER, ages=2), marks=marks)
    assert charts(told) == ["Blockers by age", "Stages done by the week"]


def test_moonshot_13_why_is_answered_by_the_rule_of_each_line() -> None:
    said = sound(views.brief(made(HEALTH, GATE, BLOCKER, BLOCKER)))
    [why] = [one for one in buttons(said.blocks) if one["action_id"] == Act.BRIEF_WHY]
    codes = str(unpack(why["value"])["r"])
    lines = sound(views.explained(codes)).text.splitlines()
    assert [line.split(":")[0] for line in lines[1:4]] == [
        "• Line 1",
        "• Line 2",
        "• Lines 3 and 4",
    ]
    assert lines[1].endswith(Rule.HEALTH.says)
    assert sound(views.explained("?!")).text.splitlines()[1] == "• This brief has no lines."


def test_when_a_brief_comes_is_told_to_a_channel_and_to_oneself() -> None:
    plan = cadence.plan(Cadence.WEEKLY, None, None, "Europe/Berlin", T0)
    here = Place("C1", "proj-churn")
    shown = BriefShown(here, plan, PEOPLE[1], T0, ("Churn Radar",), 7, T0)
    said = sound(views.planned(shown))
    assert said.text.splitlines()[0] == (
        "#proj-churn gets a brief weekly on Monday at 09:00 (Europe/Berlin). "
        "It is told of Churn Radar."
    )
    assert [one["text"]["text"] for one in buttons(said.blocks)] == ["Turn off", "Undo"]
    own = replace(shown, place=None, undo_until=None, projects=())
    said = sound(views.planned(own))
    assert said.text.startswith("You get a brief weekly on Monday at 09:00 (Europe/Berlin). There")
    [off] = buttons(said.blocks)
    assert unpack(off["value"]) == {"c": "brief me off"}
    none = replace(own, plan=None, next_at=None, undone=True)
    assert sound(views.planned(none)).text.startswith("Taken back. You get no brief unless")
