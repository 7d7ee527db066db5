"""Which runs a pass looks at again, beside what is still going on."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.again import AGAIN_AFTER, is_due, leading
from bot.evidence import Sighting
from bot.project import Project
from bot.sources.base import Run
from handlers.service.facts import FactsCache
from storage import evidence


def due(
    session: Session, cache: FactsCache, workspace: int, now: datetime, every: timedelta
) -> list[Sighting]:
    """What was last seen of those that are due in the open projects of a workspace. Nobody is asked
    for what was exported of a tracker that is gone.
    """
    measured = _measured(session, cache, workspace, now - AGAIN_AFTER, now)
    found: list[Sighting] = []
    for key, some in evidence.ended(session, list(measured)).items() if measured else ():
        runs = [one.seen for one, _ in some if isinstance(one.seen, Run)]
        lead = leading(measured[key], runs, now)
        resting = [one for one, is_polled in some if not is_polled and one.ref in lead]
        found += [one for one in resting if not _is_archived(one) and is_due(one, now, every)]
    return found


def is_any(session: Session, cache: FactsCache, workspace: int, now: datetime) -> bool:
    """Whether a pass may have something to look at again, now or on a later day."""
    return bool(_measured(session, cache, workspace, now, now))


def _measured(
    session: Session, cache: FactsCache, workspace: int, before: datetime, now: datetime
) -> dict[int, Project]:
    """The open projects whose scope names metrics, and that have runs at rest since then."""
    keys = evidence.at_rest(session, workspace, before)
    if not keys:
        return {}
    facts = cache.current(session, workspace)
    projects = cache.projects(session, facts, keys, now)
    return {key: one for key, one in projects.items() if one.scope.metrics}


def _is_archived(sighting: Sighting) -> bool:
    return isinstance(sighting.seen, Run) and sighting.seen.is_archived
