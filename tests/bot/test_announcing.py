"""Of which runs a channel hears, and of which it does not."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.announcing import Announcement, Look, News, announcements
from bot.evidence import Sighting
from bot.links import Linked
from bot.project import Metric
from bot.sources.base import Run, RunState
from tests.support.clock import T0
from tests.support.evidence import RUN

DAY = timedelta(days=1)
RECALL = Metric("Recall", (), True, "", 0.70, 0.90, None, None)
LOSS = Metric("loss", (), False, "", None, 0.3, None, None)


def run(number: int, state: RunState = RunState.FINISHED, **metrics: float) -> Run:
    return replace(
        RUN, ref=replace(RUN.ref, key=f"r{number}"), state=state, ended=T0, metrics=metrics
    )


def look(number: int, before: Run | None, after: Run, ago: timedelta = DAY / 144) -> Look:
    was = Sighting(after.ref, before, T0 - ago if before else None)
    now = Sighting(after.ref, after, T0, T0)
    return Linked(number, 3, None, was), Linked(number, 3, None, now)


def told(*looks: Look, others: tuple[Run, ...] = ()) -> list[tuple[News, str, float | None]]:
    found = announcements(looks, others, (RECALL, LOSS), T0)
    return [(one.news, one.run.ref.key, one.before) for one in found]


RUNNING = run(1, RunState.RUNNING, recall=0.6)


@pytest.mark.parametrize(
    ("recall", "earlier", "heard"),
    [
        (0.75, (), [(News.BEST, "r1", None)]),
        (0.75, (0.72,), [(News.BEST, "r1", 0.72)]),
        (0.75, (0.75,), []),
        (0.75, (0.8, 0.72), []),
        (0.70, (), []),
        (0.65, (0.6,), []),
        (0.90, (0.8,), [(News.REACHED, "r1", 0.8)]),
        (0.92, (0.91,), [(News.BEST, "r1", 0.91)]),
        (0.90, (0.91,), []),
        (math.nan, (), []),
        (math.inf, (), []),
    ],
)
def test_e5_the_best_so_far_and_a_target_that_is_reached_are_told(
    recall: float, earlier: tuple[float, ...], heard: list[tuple[News, str, float | None]]
) -> None:
    others = tuple(run(10 + number, recall=value) for number, value in enumerate(earlier))
    assert told(look(1, RUNNING, run(1, recall=recall)), others=others) == heard


def test_without_a_baseline_the_first_run_is_better_than_nothing() -> None:
    first = look(1, RUNNING, run(1, loss=0.6))
    assert told(first) == []
    assert told(first, others=(run(9, loss=0.7),)) == [(News.BEST, "r1", 0.7)]
    assert told(look(1, RUNNING, run(1, loss=0.2))) == [(News.REACHED, "r1", None)]


def test_e5_what_is_not_finished_or_gone_is_never_the_best() -> None:
    others = (replace(run(8, recall=0.89), deleted=True), run(9, RunState.FAILED, recall=0.89))
    assert told(look(1, RUNNING, run(1, recall=0.75)), others=others) == [(News.BEST, "r1", None)]
    for state in (RunState.RUNNING, RunState.KILLED, RunState.SCHEDULED):
        assert told(look(1, RUNNING, run(1, state, recall=0.75))) == []
    assert told(look(1, RUNNING, replace(run(1, recall=0.75), deleted=True))) == []


def test_of_several_in_one_pass_the_furthest_is_told_and_one_that_stays_as_it_was_is_not() -> None:
    looks = [look(number, RUNNING, run(number, recall=0.7 + number / 100)) for number in (1, 5, 3)]
    assert told(*looks) == [(News.BEST, "r5", None)]
    still = run(7, recall=0.74)
    assert told(*looks[2:], look(7, still, still)) == []
    late = look(7, still, run(7, recall=0.76))
    assert told(late) == [(News.BEST, "r7", 0.74)]


def test_two_metrics_are_told_each() -> None:
    done = look(1, RUNNING, run(1, recall=0.75, loss=0.2))
    assert told(done) == [(News.BEST, "r1", None), (News.REACHED, "r1", None)]
    keys = [one.key for one in announcements([done], (), (RECALL, LOSS), T0)]
    assert keys == ["run/1/best/Recall", "run/1/reached/loss"]


def test_e5_a_run_that_failed_is_told_unless_it_is_an_old_story_or_another_ones_part() -> None:
    failed = run(1, RunState.FAILED)
    assert told(look(1, RUNNING, failed)) == [(News.FAILED, "r1", None)]
    assert told(look(1, failed, replace(failed, name="renamed"))) == []
    assert told(look(1, RUNNING, replace(failed, parent="r0"))) == []
    assert told(look(1, RUNNING, replace(failed, deleted=True))) == []
    assert told(look(1, None, failed)) == [(News.FAILED, "r1", None)]
    assert told(look(1, None, replace(failed, ended=T0 - 2 * DAY))) == []


def test_edge_62_a_run_that_runs_for_nine_days_is_told_once() -> None:
    since = [RUNNING, replace(RUNNING, started=T0 - 9 * DAY)]
    assert told(look(1, since[1], since[1])) == [(News.LONG, "r1", None)]
    assert told(look(1, since[0], since[0])) == []
    older = replace(RUNNING, started=T0 - 9 * DAY - timedelta(minutes=10))
    assert told(look(1, older, older)) == []
    assert told(look(1, older, older, ago=DAY)) == [(News.LONG, "r1", None)]
    assert told(look(1, None, replace(older, started=None))) == []


def test_what_is_told_of_a_run_has_one_key() -> None:
    linked = look(4, RUNNING, run(4, RunState.FAILED))[1]
    assert Announcement(News.FAILED, linked, RUNNING).key == "run/4/failed"
