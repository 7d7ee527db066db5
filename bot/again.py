"""Runs that are looked at again however long ago they ended: those on which rests what is said of
the metrics of a project. Trackers tell nobody that a run is deleted, or back.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.burnup import MOST_STEPS, improvements
from bot.evidence import Sighting, best, is_gone
from bot.project import Project
from bot.sources.base import Ref, Run

AGAIN_AFTER = timedelta(days=1)


def leading(project: Project, runs: Iterable[Run], now: datetime) -> frozenset[Ref]:
    """The best run of each metric of the scope and the improvements that a forecast is made of;
    those, too, that would be such if nothing was deleted: what is restored leads again.
    """
    told = tuple(runs)
    undeleted = tuple(replace(run, deleted=False) for run in told)
    found: set[Ref] = set()
    for metric in project.scope.metrics:
        for some in (told, undeleted):
            steps = improvements(metric, some, now)
            found.update(step.run.ref for step in steps[-MOST_STEPS:])
            if (top := best(some, metric)) is not None:
                found.add(top[0].ref)
    return frozenset(found)


def is_due(sighting: Sighting, now: datetime, every: timedelta) -> bool:
    """Whether a run that nobody needs to look at is looked at again, by a pass that comes `every`
    so often: a day after it was seen last; of one that is gone, about once a day since.
    """
    if sighting.trouble is None:
        return sighting.seen_at is not None and now - sighting.seen_at >= AGAIN_AFTER
    # Its last good look stays where it is, and would have every pass look.
    since = sighting.changed_at
    return since is not None and now - since >= every and (now - since) % AGAIN_AFTER < every


def given_up(sighting: Sighting, linked_at: datetime | None, now: datetime) -> Sighting:
    """The same; a run that is gone counts as deleted, until it is seen again. What was exported of
    a tracker that is gone stays.
    """
    run = sighting.seen
    if not isinstance(run, Run) or run.deleted or run.is_archived:
        return sighting
    if not is_gone(sighting, now, linked_at):
        return sighting
    return replace(sighting, seen=replace(run, deleted=True), changed_at=now)
