"""What was said, put together by stage."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.project import Item, Kind
from bot.standups import QUESTIONS, Entry, Plan, SaidLine, State, by_stage, report, told_lines
from tests.bot.support import ANA, BEA, PEOPLE, project

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PLAN = Plan(QUESTIONS, frozenset(range(5)), time(9, 30), "UTC", time(11), "C1")
DATA = Item(10, "data", Kind.STAGE, "Data")
MODEL = Item(11, "model", Kind.STAGE, "Model")
LOADER = Item(12, "loader", Kind.COMPONENT, "Loader", parent="data")
ATLAS = project(DATA, MODEL, LOADER)


def said(who: int, *lines: SaidLine, state: State = State.POSTED, blocker: str = "") -> Entry:
    answers = tuple(zip(QUESTIONS, ("x", "y", blocker), strict=True))
    return Entry(who, 3, who, DAY, state, answers, asked_at=NOW, said=lines)


def test_u5_by_stage_the_ladder_decides_and_what_is_of_no_stage_comes_last() -> None:
    entries = (
        said(ANA, SaidLine(0, "at large"), SaidLine(1, "train", 11), SaidLine(0, "loaded", 12)),
        said(BEA, SaidLine(0, "cleaned", 10), SaidLine(0, "of what is gone", 99)),
        said(9, SaidLine(0, "kept to myself", 10), state=State.SKIPPED),
    )
    told = [
        (one.item and one.item.key, [(entry.person, line.text) for entry, line in one.lines])
        for one in by_stage(ATLAS, entries)
    ]
    assert told == [
        ("data", [(BEA, "cleaned")]),
        ("loader", [(ANA, "loaded")]),
        ("model", [(ANA, "train")]),
        (None, [(ANA, "at large"), (BEA, "of what is gone")]),
    ]


def test_u5_what_blocks_somebody_is_told_above_and_not_again() -> None:
    lines = (SaidLine(0, "done", 10), SaidLine(2, "no export", 10))
    assert told_lines(said(ANA, *lines, blocker="no export")) == lines[:1]
    nothing = (SaidLine(0, "done", 10), SaidLine(2, "none", 10))
    assert told_lines(said(ANA, *nothing, blocker="none")) == nothing
    carried = SaidLine(2, "no export, still", 10, evidence="blocker/4")
    assert told_lines(said(ANA, lines[0], carried)) == lines[:1]


def test_u5_the_plan_says_which_order() -> None:
    entries = [said(ANA, SaidLine(0, "done", 10))]
    by_person = report(ATLAS, PLAN, DAY, entries, (ANA,), PEOPLE, NOW)
    assert by_person is not None
    assert by_person.sections is None
    staged = report(ATLAS, replace(PLAN, by_stage=True), DAY, entries, (ANA,), PEOPLE, NOW)
    assert staged is not None
    assert staged.sections == by_stage(ATLAS, entries)
