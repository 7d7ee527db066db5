"""What a leader's brief says, in which order, and why."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.brief import MOST_LINES, Brief, Material, Rule, Section, compose
from bot.condition import Blocker, Light, Opinion
from bot.consultations import Consultation, Occasion
from bot.digests import Linked
from bot.evidence import Sighting
from bot.gates import Criterion, Gate, Knows
from bot.hindsight import Course, Measured, Stood, WasDue, WasInTheWay, WasSaid
from bot.milestones import Forecast, Milestone
from bot.project import (
    Approval,
    Item,
    Kind,
    Letter,
    Metric,
    Offer,
    PersonHolder,
    Project,
    Scope,
    Status,
)
from bot.raid import Level, RaidEntry, RaidKind, Revision, Said
from bot.sources.base import RunState
from tests.bot.support import ANA, BEA, CY, PEOPLE, held
from tests.support.clock import T0
from tests.support.evidence import RUN
from tests.support.tree import ROOT

DAY, WEEK = timedelta(days=1), timedelta(days=7)
THEN, TODAY = T0 - WEEK, T0.date()
OWNED = (held(Letter.A, PersonHolder(BEA), 1), held(Letter.R, PersonHolder(CY), 2))
RECALL = Metric("Recall", (), True, "", 0.7, 0.8, 0.78, None)


def stage(number: int = 7, **more: Any) -> Item:
    made = Item(number, f"s{number}", Kind.STAGE, f"Stage {number}", assignments=OWNED)
    return replace(made, accountable=OWNED[:1], **more)


def project(*items: Item, key: int = 3, name: str = "Atlas", **more: Any) -> Project:
    return replace(Project(key, f"p{key}", name, lead=ANA, items=items), **more)


def blocked(number: int = 7, days: int = 3, text: str = "no export") -> Item:
    since = T0 - days * DAY
    hurdle = Blocker(number, text, CY, since)
    return stage(number, status=Status.BLOCKED, blockers=(hurdle,), updated=since)


def was(item: Item, status: Status, until: datetime = T0 - 3 * DAY) -> Course:
    """It stood so for long, and since `until` as it does now."""
    stood = (Stood(status, None, None, until), Stood(item.status, item.note, until, None))
    hurdles = tuple(WasInTheWay(one, one.since, None) for one in item.blockers)
    return Course(statuses={item.id: stood}, hurdles={item.id: hurdles})


def as_now(some: Iterable[Project]) -> dict[int, Course]:
    """All of them stood a week ago as they do now."""
    return {
        one.id: Course(
            statuses={it.id: (Stood(it.status, it.note, None, None),) for it in one.items},
            dues={it.id: (WasDue(it.due, None, None),) for it in one.items},
            hurdles={
                it.id: tuple(WasInTheWay(each, None, None) for each in it.blockers)
                for it in one.items
            },
            metrics=tuple(Measured(each, None, None) for each in one.scope.metrics),
        )
        for one in some
    }


def told(*projects: Project, courses: dict[int, Course] | None = None, **more: Any) -> Brief:
    known = as_now(projects) | (courses or {})
    gates = {item.id: Gate() for one in projects for item in one.items}
    material = Material(projects, PEOPLE, courses=known, **{"gates": gates, **more})
    return compose(material, T0, "Europe/Berlin")


def rules(brief: Brief) -> list[Rule]:
    return [line.rule for line in brief.lines]


def only(brief: Brief, rule: Rule) -> tuple[str, str]:
    [line] = [one for one in brief.lines if one.rule is rule]
    return line.what, line.why


# What turned worse


def test_health_that_fell_is_told_with_what_it_was() -> None:
    item = blocked()
    brief = told(project(item), courses={3: was(item, Status.IN_PROGRESS)})
    what, why = only(brief, Rule.HEALTH)
    assert what.startswith("▲ Red: Stage 7 is blocked")
    assert what.endswith(": no export")
    assert why == "green a week ago"


def test_health_that_is_as_bad_as_it_was_is_none() -> None:
    assert Rule.HEALTH not in rules(told(project(blocked(days=30))))


def test_what_somebody_says_of_a_project_counts_for_its_health() -> None:
    said = Opinion(Light.AMBER, "the vendor is late", ANA, T0 - DAY)
    now = project(stage(status=Status.IN_PROGRESS), opinion=said)
    assert only(told(now), Rule.HEALTH) == ("◆ Amber: the vendor is late", "green a week ago")
    before = replace(as_now([now])[3], opinions=(WasSaid(said, None, None),))
    assert Rule.HEALTH not in rules(told(now, courses={3: before}))


def test_the_blocker_that_a_health_names_is_not_told_again() -> None:
    """The other one is: no line above tells of it."""
    first, other = blocked(7, 3), blocked(8, 2, "no labels")
    both = was(first, Status.IN_PROGRESS), was(other, Status.IN_PROGRESS)
    course = Course(
        statuses={**both[0].statuses, **both[1].statuses},
        hurdles={**both[0].hurdles, **both[1].hurdles},
    )
    brief = told(project(first, other), courses={3: course})
    assert rules(brief) == [Rule.HEALTH, Rule.BLOCKER]
    assert brief.lines[1].item == other
    assert sum(brief.found.values()) == 2


def test_a_project_that_is_new_cannot_have_turned_worse() -> None:
    item = blocked(days=1)
    begun = Course(statuses={7: (Stood(Status.NOT_STARTED, None, T0 - 2 * DAY, None),)})
    assert rules(told(project(item), courses={3: begun})) == [Rule.BLOCKER]


def test_a_due_date_that_moved_out_is_told_with_both_days() -> None:
    item = stage(due=date(2026, 12, 24))
    course = replace(
        as_now([project(item)])[3],
        dues={
            7: (
                WasDue(date(2026, 12, 10), None, T0 - DAY),
                WasDue(date(2026, 12, 24), T0 - DAY, None),
            )
        },
    )
    brief = told(project(item), courses={3: course})
    assert only(brief, Rule.SLIP) == (
        "Stage 7: due 2026-12-24 instead of 2026-12-10",
        "14 days later than a week ago",
    )
    done = replace(item, status=Status.DONE)
    assert Rule.SLIP not in rules(told(project(done), courses={3: course}))


def test_a_milestone_that_moved_out_is_told_once_it_did() -> None:
    def forecast(day: int, at: datetime) -> Forecast:
        return Forecast(date(2027, 5, day), "late contract", ANA, at)

    told_of = (forecast(1, T0 - 9 * WEEK), forecast(3, THEN - DAY), forecast(15, T0 - DAY))
    pilot = Milestone(1, "pilot", "Pilot live", None, date(2027, 5, 1), told_of)
    brief = told(project(stage(), milestones=(pilot,)))
    assert only(brief, Rule.SLIP) == (
        "Pilot live: due 2027-05-15 instead of 2027-05-03",
        "12 days later than a week ago",
    )
    for other in (replace(pilot, met_on=TODAY), replace(pilot, removed=True)):
        assert rules(told(project(stage(), milestones=(other,)))) == []


def test_a_metric_that_fell_is_told_against_its_target() -> None:
    now = project(stage(), scope=Scope(metrics=(replace(RECALL, current=0.74),)))
    course = replace(as_now([now])[3], metrics=(Measured(RECALL, None, T0 - DAY),))
    brief = told(now, courses={3: course})
    assert only(brief, Rule.METRIC) == ("Recall is 0.74, target 0.80", "0.78 a week ago")
    lower = project(stage(), scope=Scope(metrics=(replace(RECALL, higher=False, current=0.74),)))
    fell = Measured(replace(RECALL, higher=False), None, T0 - DAY)
    assert rules(told(lower, courses={3: replace(course, metrics=(fell,))})) == []


@pytest.mark.parametrize(("lately", "is_told"), [(0.72, True), (0.77, False), (0.79, False)])
def test_runs_of_a_week_that_are_worse_than_the_best_before(lately: float, is_told: bool) -> None:
    def run(number: int, value: float, at: datetime) -> Linked:
        ref = replace(RUN.ref, key=f"r{number}")
        seen = replace(RUN, ref=ref, state=RunState.FINISHED, metrics={"Recall": value})
        return Linked(number, 3, Sighting(ref, seen, at, at), at)

    runs = (run(1, 0.77, T0 - 9 * DAY), run(2, 0.71, T0 - 2 * DAY), run(3, lately, T0 - DAY))
    brief = told(project(stage(), scope=Scope(metrics=(RECALL,))), evidence=runs)
    assert (Rule.RUNS in rules(brief)) is is_told
    if is_told:
        said = only(brief, Rule.RUNS)
        assert said == ("the best run of the week has Recall 0.72", "0.77 before")


# Decisions


def test_a_gate_that_lacks_nothing_but_a_tick_is_for_whoever_is_accountable() -> None:
    item = stage(status=Status.IN_PROGRESS, due=TODAY + 2 * DAY)
    gate = Gate(own=(Criterion("legal", Knows.TICK, "Legal agrees"),))
    brief = told(project(item), gates={7: gate})
    [line] = brief.lines
    assert (line.rule, line.who, line.by) == (Rule.GATE, (BEA,), item.due)
    assert (line.what, line.why) == (
        "Stage 7: tick its last criterion, and it is done",
        "due in 2 days",
    )


def test_a_scope_that_nobody_approved_is_for_its_lead() -> None:
    written = Scope(fields={"problem": "Churn"}, version=2)
    [line] = told(project(stage(), scope=written)).lines
    assert (line.rule, line.who, line.what) == (Rule.APPROVAL, (ANA,), "Approve scope v2")
    assert (line.why, line.by) == ("never approved", None)
    stale = replace(written, approval=Approval(1, "other", ANA, T0))
    [line] = told(project(stage(), scope=stale)).lines
    assert line.why == "changed since it was approved"


def test_a_scope_is_to_be_approved_while_it_is_framed_not_long_after() -> None:
    def why(status: Status) -> str:
        framing = stage(key="framing", status=status, due=TODAY - DAY)
        written = Scope(fields={"problem": "Churn"}, version=2)
        brief = told(project(framing, scope=written))
        return only(brief, Rule.APPROVAL)[1]

    assert why(Status.NOT_STARTED) == "never approved, 1 day overdue"
    assert why(Status.DONE) == "never approved"


def test_a_hand_over_waits_for_whoever_answers() -> None:
    offer = Offer(1, 3, 7, BEA, CY, (Letter.A,), None, T0 - 2 * DAY, BEA)
    [line] = told(project(stage(offer=offer))).lines
    assert (line.rule, line.who) == (Rule.OFFER, (CY,))
    assert (line.what, line.why) == ("Take Stage 7, or decline", "offered 2 d ago")


def test_input_that_the_consulted_owe_is_one_line_an_item() -> None:
    def asked(person: int, due: date, occasion: Occasion = Occasion.BLOCKED) -> Consultation:
        return Consultation(person, 3, 7, person, occasion, "What?", T0 - DAY, due)

    item = blocked(days=30)
    brief = told(project(item), asked=(asked(CY, TODAY), asked(ANA, TODAY - DAY)))
    [line] = [one for one in brief.lines if one.rule is Rule.INPUT]
    assert (line.who, line.by, line.why) == ((ANA, CY), TODAY - DAY, "1 day overdue")
    own = asked(CY, TODAY, Occasion.QUESTION)
    assert Rule.INPUT not in rules(told(project(item), asked=(own,)))


# What else there is


def risk(number: int, likelihood: Level, impact: Level, **more: Any) -> RaidEntry:
    said = Said("the vendor leaves", owner=BEA, likelihood=likelihood, impact=impact, **more)
    return RaidEntry(RaidKind.RISK, number, (Revision(said, ANA, T0),))


def test_heavy_risks_and_such_as_are_past_their_day_are_told() -> None:
    entries = (
        risk(1, Level.LOW, Level.HIGH),
        risk(2, Level.HIGH, Level.MEDIUM),
        risk(3, Level.HIGH, Level.HIGH),
        risk(4, Level.LOW, Level.LOW, due=TODAY - DAY),
        risk(5, Level.HIGH, Level.HIGH, closed=True),
    )
    brief = told(project(stage(), raid=entries))
    assert [(line.what[:3], line.why) for line in brief.lines] == [
        ("R-3", "high × high"),
        ("R-2", "high × medium"),
        ("R-4", "low × low, its day was 2026-11-22"),
    ]


def test_what_is_under_way_with_nobody_accountable_is_told_the_longest_first() -> None:
    def orphan(number: int, days: int) -> Item:
        since = T0 - days * DAY
        made = stage(number, status=Status.IN_PROGRESS, assignments=OWNED[1:], updated=since)
        return replace(made, accountable=())

    later = replace(orphan(9, 2), status=Status.NOT_STARTED)
    brief = told(project(orphan(7, 2), orphan(8, 20), later))
    unowned = [line for line in brief.lines if line.rule is Rule.UNOWNED]
    assert [line.what for line in unowned] == ["Stage 8", "Stage 7"]
    assert unowned[0].why == "in progress, and nobody is accountable"


def test_the_oldest_blockers_come_first_and_before_all_what_no_record_knows() -> None:
    old = stage(9, status=Status.BLOCKED, note="always so")
    brief = told(project(blocked(7, 30), blocked(8, 40), old))
    assert [(line.what, line.why) for line in brief.lines] == [
        ("Stage 9: always so", "from before the record"),
        ("Stage 8: no export", "for 28 working days"),
        ("Stage 7: no export", "for 21 working days"),
    ]
    assert [(age.item.id, age.days) for age in brief.ages] == [(8, 28), (7, 21)]


def test_where_all_is_well_there_is_no_line() -> None:
    brief = told(project(stage(status=Status.IN_PROGRESS)))
    assert brief.lines == ()
    assert set(brief.found.values()) == {0}


# Twelve lines


def team(number: int) -> tuple[Project, Course]:
    """A project in which about everything is wrong that can be."""
    chance = random.Random(number)
    worse = blocked(number * 10, chance.randint(1, 6))
    long = blocked(number * 10 + 1, chance.randint(8, 60))
    orphan = stage(
        number * 10 + 2,
        status=Status.IN_PROGRESS,
        assignments=OWNED[1:],
        updated=T0 - chance.randint(1, 90) * DAY,
    )
    made = project(
        worse,
        long,
        orphan,
        key=number,
        name=f"Project {number % 7}",
        scope=Scope(fields={"problem": "x"}, version=1),
        raid=(risk(1, chance.choice(list(Level)), Level.HIGH),),
    )
    course = as_now([made])[number]
    statuses = {**course.statuses, **was(worse, Status.IN_PROGRESS, worse.updated or T0).statuses}
    if number % 3:
        statuses |= was(long, Status.IN_PROGRESS, T0 - DAY).statuses
    return made, replace(course, statuses=statuses)


def test_moonshot_13_two_hundred_projects_are_twelve_lines_in_one_order() -> None:
    worlds = [team(number) for number in range(1, 201)]
    courses = {one.id: course for one, course in worlds}
    brief = told(*(one for one, _ in worlds), courses=courses)
    assert len(brief.lines) == MOST_LINES
    sections = [line.rule.section for line in brief.lines]
    assert sections == sorted(sections, key=list(Section).index)
    assert {section: sections.count(section) for section in Section} == {
        Section.WORSE: 4,
        Section.WANTED: 3,
        Section.RISKS: 2,
        Section.UNOWNED: 1,
        Section.BLOCKED: 2,
    }
    assert all(brief.found[section] > 60 for section in Section)
    for seed in range(3):
        random.Random(seed).shuffle(worlds)
        again = told(*(one for one, _ in worlds), courses=courses)
        assert again.lines == brief.lines
        assert again.ages == brief.ages


def test_places_that_a_section_does_not_need_go_to_the_others() -> None:
    some = [project(blocked(number, 10 + number), key=number) for number in range(1, 20)]
    brief = told(*some)
    assert rules(brief) == [Rule.BLOCKER] * MOST_LINES
    assert brief.found[Section.BLOCKED] == 19


def test_every_rule_has_a_code_of_its_own() -> None:
    assert len({rule.code for rule in Rule}) == len(Rule)
    assert all(len(rule.code) == 1 for rule in Rule)


def test_the_documentation_says_each_rule_as_it_is_explained() -> None:
    page = (ROOT / "docs" / "brief.md").read_text(encoding="utf-8")
    for rule in Rule:
        said = rule.says.split(". ")[0].rstrip(".")
        assert f"{rule.name.lower()} | {said}." in page
