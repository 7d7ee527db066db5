"""Of which runs a project's channel hears: the best so far, one that failed, one that reached the
target, and one that has been running for so long that it may be dead. Of nothing else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.burnup import counts
from bot.evidence import Comparison, Standing, best
from bot.links import Linked
from bot.project import Metric
from bot.sources.base import Ref, Run, RunState

LONG = timedelta(days=9)
"""How long a run may take before somebody is asked whether it still does anything."""
RECENT = timedelta(days=1)
"""How old the failure of a run may be that was not seen before."""
MOST = 3
"""Messages about one project from one pass; of more than that there is a summary."""


class News(StrEnum):
    """What a run is told for."""

    REACHED = "reached"
    BEST = "best"
    FAILED = "failed"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Announcement:
    """One thing to tell of a run: for the best so far how it stands, and what the best was before
    it (None: none; then it is better than the baseline).
    """

    news: News
    linked: Linked
    run: Run
    comparison: Comparison | None = None
    before: float | None = None

    @property
    def key(self) -> str:
        """By which it is told once."""
        metric = f"/{self.comparison.metric.name}" if self.comparison else ""
        return f"{self.linked.about}/{self.news.value}{metric}"


Look = tuple[Linked, Linked]
"""Something linked before and after a look."""


def announcements(
    looks: Sequence[Look], others: Iterable[Run], metrics: Sequence[Metric], now: datetime
) -> list[Announcement]:
    """What there is to tell of the runs of one project that were looked at in one pass. `others`
    are its runs that were not.

    Of several that improved on a metric in one pass it is the last word alone.
    """
    found = list(_furthest(looks, others, metrics))
    for before, after in looks:
        run = after.sighting.seen
        if isinstance(run, Run) and not run.deleted and (news := _ailing(before, run, now)):
            found.append(Announcement(news, after, run))
    return found


def _furthest(
    looks: Sequence[Look], others: Iterable[Run], metrics: Sequence[Metric]
) -> Iterator[Announcement]:
    earlier = [run for run in others if counts(run)]
    now: dict[Ref, tuple[Linked, Run]] = {}
    for before, after in looks:
        was, run = before.sighting.seen, after.sighting.seen
        if isinstance(was, Run) and counts(was):
            earlier.append(was)
        if isinstance(run, Run) and counts(run) and run != was:
            now[run.ref] = after, run
    for metric in metrics:
        top = best((run for _, run in now.values()), metric)
        if top is None:
            continue
        run, comparison = top
        was_best = best(earlier, metric)
        value = was_best[1].value if was_best else None
        news = _news(comparison, was_best[1] if was_best else None)
        if news is not None:
            yield Announcement(news, now[run.ref][0], run, comparison, value)


def _news(one: Comparison, before: Comparison | None) -> News | None:
    """Whether it reaches what nothing reached before, or is better than all there was: without a
    baseline, the first is better than nothing.
    """
    if one.standing is Standing.REACHED and (
        before is None or before.standing is not Standing.REACHED
    ):
        return News.REACHED
    bars = [one.metric.baseline, before.value if before else None]
    known = [bar for bar in bars if bar is not None]
    way = 1 if one.metric.higher else -1
    is_better = one.value is not None and all((one.value - bar) * way > 0 for bar in known)
    return News.BEST if known and is_better else None


def _ailing(before: Linked, run: Run, now: datetime) -> News | None:
    """Whether a run failed, or has been running for too long, since it was looked at before. One
    that is nested in another is told of by that one.
    """
    was, seen_at = before.sighting.seen, before.sighting.seen_at
    if run.state is RunState.FAILED and not run.parent:
        if isinstance(was, Run):
            return News.FAILED if was.state is not RunState.FAILED else None
        return News.FAILED if run.ended is not None and now - run.ended <= RECENT else None
    if run.state is RunState.RUNNING and run.started is not None:
        ripe = run.started + LONG
        if ripe <= now and (seen_at is None or seen_at < ripe):
            return News.LONG
    return None
