"""How much fits into a minute."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.pace import Excess, Pace
from tests.support.clock import T0

SECOND = timedelta(seconds=1)


def test_one_person_is_told_once_and_the_others_go_on() -> None:
    pace = Pace(person=2, workspace=10)
    found = [pace.asked("T1", "ana", T0 + number * SECOND) for number in range(5)]
    assert found == [None, None, Excess(2, False, True), Excess(2, False, False), found[3]]
    assert pace.asked("T1", "bea", T0) is None
    assert pace.asked("T2", "ana", T0) is None, "the same id elsewhere is somebody else"
    assert pace.asked("T1", "ana", T0 + 60 * SECOND) is None, "in the next minute"


def test_a_workspace_is_full_for_everybody_in_it_and_for_no_other() -> None:
    pace = Pace(workspace=3)
    assert [pace.asked("T1", who, T0) for who in ("ana", "bea", "cy")] == [None] * 3
    assert [pace.asked("T1", who, T0) for who in ("ana", "ana", "bea")] == [
        Excess(3, True, True),
        Excess(3, True, False),
        Excess(3, True, True),
    ]
    assert pace.asked("T2", "dan", T0) is None


def test_a_flood_of_one_leaves_room_for_the_others() -> None:
    pace = Pace(person=2, workspace=4)
    for _ in range(100):
        pace.asked("T1", "ana", T0)
    assert [pace.asked("T1", who, T0) for who in ("bea", "cy")] == [None, None]


def test_a_clock_that_is_put_back_holds_nobody_up() -> None:
    pace = Pace(person=1)
    assert pace.asked("T1", "ana", T0) is None
    assert pace.asked("T1", "ana", T0 - timedelta(days=1)) is None


asked = st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.integers(0, 200))


@given(st.integers(0, 4), st.integers(0, 6), st.lists(asked, max_size=60))
def test_never_more_than_fits_and_never_less(
    person: int, workspace: int, asks: list[tuple[str, str, int]]
) -> None:
    """Held against a plain count of what was let through in each minute."""
    pace = Pace(person, workspace)
    let: list[tuple[str, str, datetime]] = []
    for team, who, after in sorted(asks, key=lambda ask: ask[2]):
        now = (T0 + after * SECOND).replace(second=0)
        mine = sum(one == (team, who, now) for one in let)
        all_of_us = sum((one[0], one[2]) == (team, now) for one in let)
        fits = not (0 < person <= mine) and not (0 < workspace <= all_of_us)
        assert (pace.asked(team, who, T0 + after * SECOND) is None) is fits
        if fits:
            let.append((team, who, now))
