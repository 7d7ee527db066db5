"""What is due in a time that is said, and which projects nobody leads: asked of all projects."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.milestones import Forecast, Milestone
from bot.people import Person
from bot.project import Project, Status
from bot.qa.ahead import Span, span
from bot.qa.answer import answer
from bot.qa.replies import Answer, AnswerKind
from bot.qa.times import languages
from tests.bot.qa.tables import world
from tests.bot.qa.worlds import NOW, facts, project, seat, somebody, stages

TODAY = date(2027, 3, 4)  # a Thursday
ANA = somebody(1, "Ana Cruz")
BEA = somebody(2, "Bea Lind", active=False)


def due(said: str, *, language: str = "en", past: bool = False) -> Span | None:
    found = languages()[language].find(said)
    last = found[-1] if len(found) > 1 else None
    return span(found[0], TODAY, last, past=past)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("today", "2027-03-04", "2027-03-04"),
        ("tomorrow", "2027-03-05", "2027-03-05"),
        ("this week", "2027-03-01", "2027-03-07"),
        ("next week", "2027-03-08", "2027-03-14"),
        ("next month", "2027-04-01", "2027-04-30"),
        ("next quarter", "2027-04-01", "2027-06-30"),
        ("in the next 2 weeks", "2027-03-04", "2027-03-18"),
        ("within three days", "2027-03-04", "2027-03-07"),
        ("soon", "2027-03-04", "2027-03-17"),
        ("on Friday", "2027-03-05", "2027-03-05"),
        ("on Thursday", "2027-03-04", "2027-03-04"),
        ("next Thursday", "2027-03-11", "2027-03-11"),
        ("in March", "2027-03-01", "2027-03-31"),
        ("in February", "2028-02-01", "2028-02-29"),
        ("on 1 March", "2028-03-01", "2028-03-01"),
        ("on 29 February", "2028-02-29", "2028-02-29"),
        ("in Q1", "2027-01-01", "2027-03-31"),
        ("last week", "2027-02-22", "2027-02-28"),
        ("between 1 March and 10 April", "2027-03-01", "2027-04-10"),
        ("from 20 December to 10 January", "2027-12-20", "2028-01-10"),
    ],
)
def test_a_time_is_read_ahead_where_something_is_to_come(said: str, first: str, last: str) -> None:
    assert due(said) == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ("by Friday", "2027-03-05"),
        ("by the end of March", "2027-03-31"),
        ("no later than 2027-05-01", "2027-05-01"),
        ("before Friday", "2027-03-04"),
    ],
)
def test_up_to_a_time_everything_that_is_open_counts(said: str, last: str) -> None:
    assert due(said) == Span(None, date.fromisoformat(last))


def test_a_month_of_the_past_is_the_last_one_and_no_day_is_none() -> None:
    assert due("in February", past=True) == Span(date(2027, 2, 1), date(2027, 2, 28))
    assert due("on 30 February") is None


def atlas(**more: object) -> Project:
    begun = stages(intake=[seat("A", ANA.id)])
    days = (TODAY, TODAY + timedelta(days=4), TODAY + timedelta(days=1))
    status = (Status.IN_PROGRESS, Status.BLOCKED, Status.DONE)
    items = tuple(
        replace(item, due=day, status=state)
        for item, day, state in zip(begun, days, status, strict=True)
    )
    return project(1, "Atlas", items=items, lead=ANA.id, **more)


def ask(said: str, *projects: Project, asker: Person | None = ANA, at: datetime = NOW) -> Answer:
    return answer(said, facts(projects or (atlas(),), (ANA, BEA), asker=asker, now=at))


THURSDAY = datetime(2027, 3, 4, 9, tzinfo=UTC)


def test_q1_what_is_due_this_week_is_told_of_all_projects_that_the_asker_sees() -> None:
    borea = replace(atlas(), id=2, key="borea", name="Borea")
    found = ask("what's due this week?", atlas(), borea, at=THURSDAY)
    assert found.kind is AnswerKind.ANSWER
    assert found.text == (
        "Due from 2027-03-01 to 2027-03-07: Data intake in Atlas (2027-03-04, in progress); "
        "Data intake in Borea (2027-03-04, in progress)."
    )  # what is done is due no more, and Monday is another week
    assert found.stages == (("atlas", "intake"), ("borea", "intake"))


def test_edge_53_what_is_due_in_a_private_project_is_told_to_its_members_alone() -> None:
    private = atlas(private=True, members=frozenset({ANA.id}))
    said = "what is due this week?"
    assert ask(said, private, at=THURSDAY).stages == (("atlas", "intake"),)
    cleo = somebody(3, "Cleo Ray")
    hidden = answer(said, facts([private], (ANA, BEA, cleo), asker=cleo, now=THURSDAY))
    assert hidden.text == "Nothing is due from 2027-03-01 to 2027-03-07."


def test_the_day_is_the_askers_own() -> None:
    late = datetime(2027, 3, 3, 20, tzinfo=UTC)
    tokyo = replace(ANA, timezone="Asia/Tokyo")
    assert late.astimezone(ZoneInfo("Asia/Tokyo")).date() == TODAY
    assert ask("what is due today?", asker=tokyo, at=late).stages == (("atlas", "intake"),)
    assert ask("what is due today?", asker=ANA, at=late).stages == ()


def test_milestones_and_deadlines_are_due_as_well() -> None:
    forecast = Forecast(TODAY, "", None, NOW)
    pilot = Milestone(1, "pilot", "Pilot", None, TODAY, (forecast,))
    met = replace(pilot, id=2, title="Kick-off", met_on=TODAY)
    whole = atlas(milestones=(pilot, met))
    scoped = replace(whole, scope=replace(whole.scope, fields={"deadline": "2027-03-05"}))
    found = ask("any deadlines this week?", scoped, at=THURSDAY)
    assert "milestone Pilot in Atlas (2027-03-04)" in found.text
    assert "the deadline of Atlas (2027-03-05)" in found.text
    assert "Kick-off" not in found.text


@pytest.mark.parametrize(
    ("said", "verdict", "stages"),
    [
        ("is the data intake in Atlas due this week?", "yes", (("atlas", "intake"),)),
        ("is labelling in Atlas due this week?", "no", (("atlas", "labels"),)),
        ("is anything due next week in Atlas?", "yes", (("atlas", "labels"),)),
        ("is anything due in June?", "no", ()),
        ("what do I have due this week?", None, (("atlas", "intake"),)),
        ("what do I have due next week?", None, ()),
        ("what was due this week?", None, (("atlas", "intake"),)),
        ("was ist diese Woche fällig?", None, (("atlas", "intake"),)),
    ],
)
def test_q3_what_is_due_in_anyones_words(
    said: str, verdict: str | None, stages: tuple[tuple[str, str], ...]
) -> None:
    found = ask(said, at=THURSDAY)
    assert (found.verdict, found.stages) == (verdict, stages), found.text


def test_when_something_is_due_is_asked_of_one_thing() -> None:
    found = ask("when is the data intake in Atlas due?", at=THURSDAY)
    assert found.text.startswith("Data intake in Atlas is due 2027-03-04, today.")


def test_figures_that_can_be_read_in_two_ways_are_asked_back() -> None:
    found = ask("what is due on 03/05/2027?", at=THURSDAY)
    assert [one.label for one in found.options] == ["2027-05-03", "2027-03-05"]
    assert ask(found.options[0].question, at=THURSDAY).kind is AnswerKind.ANSWER


# --- projects without a lead ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "which projects have no lead?",
        "which projects have no owner?",
        "which projects lack an owner?",
        "projects without a lead",
        "is there a project without a lead?",
    ],
)
def test_q3_projects_without_a_lead_are_projects_and_not_stages(said: str) -> None:
    led, left = atlas(), replace(atlas(), id=2, key="borea", name="Borea", lead=BEA.id)
    found = ask(said, led, left, replace(atlas(), id=3, key="cetus", name="Cetus", lead=None))
    assert found.kind is AnswerKind.ANSWER
    told = found.text.removeprefix("Yes. ")
    assert told == "Without a lead: Borea (last Bea Lind, who has left); Cetus."
    assert found.stages == ()


def test_where_every_project_has_a_lead_it_is_said() -> None:
    assert ask("which projects have no lead?").text == "Every project has a lead."


def test_stages_without_an_owner_stay_stages_where_projects_are_named_too() -> None:
    found = ask("which projects have stages with no owner?")
    assert found.stages == (("atlas", "labels"), ("atlas", "serving"))


# --- ids ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["run gf-301", "show run gf-301", "show me run gf-301"])
def test_a_run_that_is_named_is_no_order_to_run_it(said: str) -> None:
    found = answer(said, world("grid").facts("nadia"))
    assert found.kind is AnswerKind.ANSWER
    assert found.text.startswith("gf-301 tcn-masts (Gust Forecaster")


@pytest.mark.parametrize("said", ["start run gf-301", "run tagging for gust", "merge PR 74"])
def test_what_shall_be_done_stays_an_order(said: str) -> None:
    found = answer(said, world("grid").facts("nadia"))
    assert (found.kind, found.people, found.stages) == (AnswerKind.UNKNOWN, (), ())


def test_an_id_that_is_not_on_record_is_named_as_such() -> None:
    found = answer("run zz-999", world("grid").facts("nadia"))
    assert found.text.startswith('I have nothing called "zz-999" on record.')
