"""Which runs a pass looks at again, beside what is still going on."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.again import AGAIN_AFTER, is_due, leading
from bot.evidence import Sighting
from bot.sources.base import Run
from handlers.service.facts import FactsCache
from storage import evidence


def due(
    session: Session, cache: FactsCache, workspace: int, now: datetime, every: timedelta
) -> list[Sighting]:
    """What was last seen of those that are due in the open projects of a workspace. Nobody is asked
    for what was exported of a tracker that is gone.
    """
    keys = evidence.at_rest(session, workspace, now - AGAIN_AFTER)
    if not keys:
        return []
    facts = cache.current(session, workspace)
    projects = cache.projects(session, facts, keys, now)
    measured = {key: one for key, one in projects.items() if one.scope.metrics}
    found: list[Sighting] = []
    for key, some in evidence.ended(session, list(measured)).items():
        runs = [one.seen for one, _ in some if isinstance(one.seen, Run)]
        lead = leading(measured[key], runs, now)
        resting = [one for one, is_polled in some if not is_polled and one.ref in lead]
        found += [one for one in resting if not _is_archived(one) and is_due(one, now, every)]
    return found


def _is_archived(sighting: Sighting) -> bool:
    return isinstance(sighting.seen, Run) and sighting.seen.is_archived
