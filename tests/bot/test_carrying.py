"""Blockers that carry over from standup to standup, and when somebody else is told of them."""

from dataclasses import replace
from datetime import date, timedelta

from bot.condition import Blocker
from bot.project import Item, Letter, PersonHolder, Project, Status
from bot.project import Kind as ItemKind
from bot.standups import (
    QUESTIONS,
    Carried,
    Entry,
    SaidLine,
    State,
    Verdict,
    carried_lines,
    carried_over,
    is_to_be_told,
    judged,
)
from tests.bot.support import ANA, BEA, CY, PEOPLE, held
from tests.support.clock import T0

MONDAY = T0.date()
TUESDAY = MONDAY + timedelta(days=1)
OWNED = (held(Letter.A, PersonHolder(ANA), 1), held(Letter.R, PersonHolder(BEA), 2))
EXPORT = Blocker(5, "no export", BEA, T0)
DISK = Blocker(6, "no disk", CY, T0 + timedelta(days=1))
STUCK = Item(
    7,
    "labels",
    ItemKind.STAGE,
    "Labels",
    status=Status.BLOCKED,
    blockers=(EXPORT, DISK),
    assignments=OWNED,
)
ATLAS = Project(3, "atlas", "Atlas", items=(STUCK,))
FREE = replace(ATLAS, items=(replace(STUCK, status=Status.IN_PROGRESS, blockers=()),))
BLOCK = 2


def entry(day: date, *said: SaidLine, key: int = 20) -> Entry:
    questions = tuple((one, "") for one in QUESTIONS)
    return Entry(key, 3, BEA, day, State.POSTED, questions, said=said)


def over(
    before: Entry | None,
    day: date,
    project: Project = ATLAS,
    raised: frozenset[int] = frozenset(),
) -> tuple[Carried, ...]:
    return carried_over(project, PEOPLE, entry(day), before, raised, day)


def test_u7_what_is_in_ones_way_is_carried_over_with_its_age() -> None:
    [one] = over(None, MONDAY + timedelta(days=3))
    assert one == Carried("blocker/5", "no export", 7, MONDAY, 3)
    # What somebody else has to see to is theirs, unless one raised it oneself.
    both = over(None, MONDAY + timedelta(days=3), raised=frozenset({6}))
    assert [(one.key, one.age) for one in both] == [("blocker/5", 3), ("blocker/6", 2)]
    assert over(None, TUESDAY, FREE) == ()
    done = replace(ATLAS, items=(replace(STUCK, status=Status.DONE),))
    assert over(None, TUESDAY, done) == ()


def test_u7_what_was_written_last_time_is_carried_over_line_by_line() -> None:
    before = entry(MONDAY, SaidLine(BLOCK, "no badge", 7), SaidLine(BLOCK, "None."), key=19)
    assert over(before, TUESDAY, FREE) == (Carried("said/19/0", "no badge", 7, MONDAY, 1),)
    # What it marked as blocked is in the record: the record says whether it is there still.
    assert over(replace(before, blocked_item=7), TUESDAY, FREE) == ()
    # What is written as it stands in the record is that.
    same = entry(MONDAY, SaidLine(BLOCK, "No export"), key=19)
    assert [one.key for one in over(same, TUESDAY)] == ["blocker/5"]


def test_u7_it_is_carried_over_until_it_is_resolved() -> None:
    before = entry(MONDAY, SaidLine(BLOCK, "no badge"), key=19)
    [one] = over(before, TUESDAY, FREE)
    unsaid = replace(entry(TUESDAY), carried=(one,))
    [one] = over(unsaid, TUESDAY + timedelta(days=1), FREE)
    assert (one.key, one.since, one.age, one.times) == ("said/19/0", MONDAY, 2, 0)
    resolved = replace(unsaid, carried=(judged(one, Verdict.RESOLVED, None),))
    assert over(resolved, TUESDAY + timedelta(days=2), FREE) == ()
    # It may come back.
    again = replace(resolved, said=(SaidLine(BLOCK, "no badge"),))
    assert [one.since for one in over(again, MONDAY + timedelta(days=2), FREE)] == [TUESDAY]


def test_u7_the_third_still_in_a_row_is_told_once() -> None:
    before: Entry | None = None
    told = []
    for number in range(1, 6):
        day = MONDAY + timedelta(days=number)
        [one] = over(before, day)
        now = judged(one, Verdict.STILL, None)
        told.append((now.times, is_to_be_told(now)))
        now = replace(now, told=now.told or is_to_be_told(now))
        before = replace(entry(day, key=20 + number), carried=(now,))
    assert told == [(1, False), (2, False), (3, True), (4, False), (5, False)]


def test_u7_saying_it_otherwise_on_the_same_day_counts_once_and_tells_once() -> None:
    [one] = over(replace(entry(MONDAY), carried=(Carried("blocker/5", "", times=2),)), TUESDAY)
    first = judged(one, Verdict.STILL, None)
    assert (first.times, is_to_be_told(first)) == (3, True)
    first = replace(first, told=True)
    taken_back = judged(one, Verdict.OPEN, first)
    assert (taken_back.times, is_to_be_told(taken_back)) == (2, False)
    again = judged(one, Verdict.STILL, taken_back)
    assert (again.times, is_to_be_told(again)) == (3, False)


def test_u7_what_is_said_of_them_becomes_lines_of_the_answer() -> None:
    still = Carried("blocker/5", "no export", 7, MONDAY, 3, Verdict.STILL, 3)
    found = carried_lines(
        [
            still,
            replace(still, key="blocker/6", times=1, age=None),
            replace(still, key="said/19/0", item=None, verdict=Verdict.RESOLVED),
            replace(still, key="blocker/8", verdict=Verdict.HANDED),
            replace(still, key="blocker/9", verdict=Verdict.OPEN),
        ],
        QUESTIONS,
        {"blocker/8": "Cy Sample"},
    )
    third = "no export (still there, for the 3rd time, 3 working days)"
    assert list(found) == [
        SaidLine(BLOCK, third, 7, "blocker/5"),
        SaidLine(BLOCK, "no export (still there)", 7, "blocker/6"),
        SaidLine(0, "Resolved: no export", None, "said/19/0"),
        SaidLine(BLOCK, "no export (handed on to Cy Sample)", 7, "blocker/8"),
    ]


def test_u7_where_nobody_asks_what_blocks_nothing_is_carried_over() -> None:
    other = replace(entry(TUESDAY), answers=(("How is it going?", ""),))
    assert carried_over(ATLAS, PEOPLE, other, None, frozenset(), TUESDAY) == ()
