"""What became of a row, and who held it when, by a clock that the test moves."""

from tests.handlers.mornings import Morning
from tests.handlers.talk import new_project, typed, written


def test_r7_who_it_was_on_a_day_and_who_it_is(morning: Morning) -> None:
    ana, bea, cy = (morning.person(name) for name in ("ana", "bea", "cy"))
    morning.until("09:00")
    new_project(morning.workspace)
    typed(ana, "raci data pipeline A @Bea Lind")
    morning.until("15:00", day=26)
    typed(bea, "raci data pipeline A @Cy Moss hand over")
    typed(cy, "raci data pipeline accept hand over")
    morning.until("12:00", day=28)

    before = typed(ana, "raci data pipeline on 25 Nov").said
    assert "Data pipeline (Fraud Radar) on 2026-11-25:" in before
    assert "Accountable: Bea Lind (since 2026-11-24 09:00 UTC)" in before
    assert "Cy Moss" not in before
    turn = typed(ana, "raci data pipeline on 2026-11-26").said
    assert "Accountable: Bea Lind (since 2026-11-24 09:00 UTC, until 15:00); " in turn
    assert "Cy Moss (from 15:00)" in turn
    after = typed(ana, "raci data pipeline on 27 Nov").said
    assert "Accountable: Cy Moss (since 2026-11-26 15:00 UTC)" in after
    assert "since 2026-11-26 15:00 UTC" in written(ana, "who owns the data pipeline?").said


def test_r7_what_is_entered_late_is_marked(morning: Morning) -> None:
    ana = morning.person("ana")
    morning.until("09:00")
    new_project(morning.workspace)
    morning.until("12:00", day=27)
    typed(ana, "raci rollout A @Bea Lind since 25 Nov")
    mark = "back-dated by Ana Silva on 2026-11-27 12:00 UTC"
    assert f"since 2026-11-25, {mark}" in written(ana, "who owns the roll-out?").said
    assert mark in " ".join(typed(ana, "raci rollout").said.split())
    assert mark in typed(ana, "raci rollout on 26 Nov").said
    assert "back-dated by Ana Silva to 2026-11-25" in typed(ana, "history rollout").said


def test_r7_a_beginning_is_put_right_both_ways(morning: Morning) -> None:
    ana = morning.person("ana")
    new_project(morning.workspace)
    typed(ana, "raci data pipeline A @Bea Lind")  # on the 23rd
    morning.until("12:00", day=28)
    typed(ana, "raci data pipeline A @Cy Moss since 25 Nov hand over now because agreed")
    moved = typed(ana, "raci data pipeline A @Cy Moss since 27 Nov")
    assert "Cy Moss, since 2026-11-25 → Cy Moss, since 2026-11-27" in moved.said
    between = typed(ana, "raci data pipeline on 26 Nov").said
    assert "Accountable: Bea Lind" in between, "whoever it was goes on until then"
    assert "Cy Moss" not in between
    ana.presses(moved, "Undo")
    ana.hears("Taken back", "ml-fraud")
    assert "Accountable: Cy Moss" in typed(ana, "raci data pipeline on 26 Nov").said
    typed(ana, "raci data pipeline A @Cy Moss since 24 Nov")
    assert "Accountable: Cy Moss" in typed(ana, "raci data pipeline on 24 Nov").said
    assert "Accountable: Bea Lind" in typed(ana, "raci data pipeline on 23 Nov").said


def test_r7_the_history_tells_every_change_of_a_row(morning: Morning) -> None:
    ana, bea = morning.person("ana"), morning.person("bea")
    morning.until("09:00")
    new_project(morning.workspace)
    typed(ana, "raci data pipeline A @Bea Lind")
    typed(bea, "raci data pipeline A @Cy Moss hand over")
    typed(ana, "raci data pipeline A @Cy Moss hand over now because Bea is on leave")
    done = typed(bea, "stage data pipeline blocked: no export")
    bea.presses(done, "Undo")
    bea.hears("Taken back", "ml-fraud")
    said = typed(ana, "history data pipeline").said
    told = [
        "Bea Lind (button): taken back: status: blocked (no export) → not started",
        "Bea Lind (command): status: not started → blocked (no export)",
        "Ana Silva (command): accountable: Bea Lind → Cy Moss, because Bea is on leave",
        "hand-over: Bea Lind to Cy Moss → overtaken by another change",
        "Bea Lind (command): hand-over: – → Bea Lind to Cy Moss, offered",
        "Ana Silva (command): accountable: vacant (Data Engineer) → Bea Lind",
    ]
    assert [said.index(each) for each in told] == sorted(said.index(each) for each in told)

    for turn in range(12):
        typed(ana, f"stage data pipeline {'in progress' if turn % 2 else 'at risk'}")
        typed(ana, f"due data pipeline 2027-01-{turn + 1:02}")
    first = typed(ana, "history data pipeline")
    assert "Page 1 of 2" in first.said
    ana.presses(first, "Earlier")
    assert "vacant (Data Engineer) → Bea Lind" in ana.hears("Page 2 of 2", "ml-fraud").said


def test_r7_on_may_stand_in_a_name(morning: Morning) -> None:
    ana = morning.person("ana")
    new_project(morning.workspace)
    typed(ana, "alias focus on users = rollout")
    assert "Roll-out" in typed(ana, "raci focus on users").said
