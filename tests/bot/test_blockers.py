"""What is in the way of an item: one or several, whose it is, and for how long."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot import blockers, deciding
from bot.changes import Hurdles, NewBlocker, StageMoved
from bot.condition import Blocker
from bot.errors import Refused, Why
from bot.project import Item, Kind, Letter, PersonHolder, Project, Status
from tests.bot.support import ANA, BEA, CY, DEE, PEOPLE, held
from tests.support.clock import T0

MONDAY = T0  # 2026-11-23, 09:00 UTC
OWNED = (held(Letter.A, PersonHolder(ANA), 1), held(Letter.R, PersonHolder(BEA), 2))
ROW = Item(7, "data_pipeline", Kind.STAGE, "Data pipeline", assignments=OWNED)
EXPORT = Blocker(1, "no export", BEA, MONDAY)
DISK = Blocker(2, "no disk", None, MONDAY + timedelta(days=1))
STUCK = replace(ROW, status=Status.BLOCKED, note="no export", blockers=(EXPORT,))
TWICE = replace(STUCK, note="no export; no disk", blockers=(EXPORT, DISK))


def within(*items: Item) -> Project:
    return Project(3, "atlas", "Atlas", lead=ANA, items=items)


def aged(blocker: Blocker, day: date, item: Item = STUCK) -> int | None:
    return blockers.age(within(item), item, blocker, PEOPLE, day)


def test_t6_a_blocker_of_monday_is_three_working_days_old_on_thursday() -> None:
    assert aged(EXPORT, date(2026, 11, 26)) == 3
    assert aged(EXPORT, date(2026, 11, 30)) == 5
    assert aged(replace(EXPORT, since=None), date(2026, 11, 30)) is None


def test_t6_its_age_counts_the_working_days_of_its_owner() -> None:
    part_time = {**PEOPLE, BEA: replace(PEOPLE[BEA], work_days=frozenset({0, 1}))}
    day = date(2026, 11, 30)
    assert blockers.age(within(STUCK), STUCK, EXPORT, part_time, day) == 2


def test_t6_it_is_the_responsibles_else_the_accountables() -> None:
    project = within(ROW)
    assert blockers.owner(project, ROW, PEOPLE) == BEA
    lone = replace(ROW, assignments=OWNED[:1])
    assert blockers.owner(within(lone), lone, PEOPLE) == ANA
    left = replace(ROW, assignments=(held(Letter.R, PersonHolder(DEE)),))
    assert blockers.owner(within(left), left, PEOPLE) is None
    assert block("no disk").hurdles.opened == (NewBlocker("no disk", BEA),)
    assert block("no disk", owner=CY).hurdles.opened == (NewBlocker("no disk", CY),)
    assert blockers.whose(project, ROW, replace(EXPORT, owner=DEE), PEOPLE) == BEA


def block(text: str, item: Item = ROW, owner: int | None = None) -> StageMoved:
    change = deciding.block(within(item), item, text, owner, PEOPLE)
    assert isinstance(change, StageMoved)
    return change


def test_t6_the_same_text_again_is_no_second_blocker() -> None:
    for text in ("no export", " No  EXPORT "):
        with pytest.raises(Refused) as caught:
            block(text, STUCK)
        assert caught.value.why is Why.BLOCKED_ALREADY
    loaded = replace(ROW, status=Status.BLOCKED, note="no export")
    assert blockers.of(loaded) == (Blocker(0, "no export", None, None),)
    with pytest.raises(Refused):
        block("no export", loaded)


def test_another_reason_is_another_blocker() -> None:
    change = block("no disk", STUCK)
    assert (change.before, change.after) == (Status.BLOCKED, Status.BLOCKED)
    assert change.note == "no export; no disk"
    assert change.hurdles == Hurdles(opened=(NewBlocker("no disk", BEA),))


def unblock(which: str = "", item: Item = TWICE, back: Status = Status.AT_RISK) -> StageMoved:
    return deciding.unblock(within(item), item, which, "it came", back)


def test_one_of_two_blockers_is_resolved_by_how_it_begins() -> None:
    change = unblock("no d")
    assert (change.after, change.note) == (Status.BLOCKED, "no export")
    assert change.hurdles == Hurdles(closed=(DISK,), resolution="it came")
    for which in ("no", "no printer"):
        with pytest.raises(Refused) as caught:
            unblock(which)
        assert caught.value.why is Why.NO_SUCH_BLOCKER
        assert caught.value.facts["known"] == "no export; no disk"


def test_with_the_last_one_resolved_it_is_where_it_was() -> None:
    change = unblock()
    assert (change.after, change.note) == (Status.AT_RISK, "it came")
    assert change.hurdles.closed == (EXPORT, DISK)
    assert unblock(back=Status.DONE).after is Status.IN_PROGRESS
    with pytest.raises(Refused) as caught:
        unblock(item=ROW)
    assert caught.value.why is Why.NOT_BLOCKED


def test_moving_on_resolves_what_was_in_the_way() -> None:
    change = deciding.move(within(TWICE), TWICE, Status.IN_PROGRESS, "it came", PEOPLE)
    assert change.hurdles == Hurdles(closed=(EXPORT, DISK), resolution="it came")


def test_an_undo_makes_it_as_if_nothing_had_been() -> None:
    opened = block("no disk", STUCK)
    back = deciding.reverse(opened, TWICE)
    assert isinstance(back, StageMoved)
    assert (back.after, back.note) == (Status.BLOCKED, "no export")
    assert back.hurdles == Hurdles(withdrawn=(DISK,))
    closed = deciding.reverse(unblock(), replace(ROW, status=Status.AT_RISK, note="it came"))
    assert isinstance(closed, StageMoved)
    assert closed.hurdles == Hurdles(reopened=(EXPORT, DISK))
    assert (closed.after, closed.note) == (Status.BLOCKED, "no export; no disk")


def test_a_blocker_begins_on_the_day_of_whoever_looks() -> None:
    late = replace(EXPORT, since=datetime.fromisoformat("2026-11-23T23:30:00+00:00"))
    day = date(2026, 11, 25)
    assert blockers.age(within(STUCK), STUCK, late, PEOPLE, day, "Europe/Berlin") == 1
    assert blockers.age(within(STUCK), STUCK, late, PEOPLE, day, "UTC") == 2
