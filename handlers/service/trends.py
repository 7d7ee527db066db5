"""What the runs of projects say of their metrics, in one statement for many projects."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from bot.burnup import BurnUp, burn_ups
from bot.project import Project
from storage import evidence


def trends(
    session: Session, projects: Iterable[Project], now: datetime, zone: str
) -> dict[int, tuple[BurnUp, ...]]:
    """The way of each of these projects, by id, to the targets of its metrics; of one that names
    no metric there is none.
    """
    measured = {one.id: one for one in projects if one.scope.metrics}
    if not measured:
        return {}
    found = evidence.finished(session, list(measured))
    runs = {key: [run for run, _ in some] for key, some in found.items()}
    return {key: burn_ups(one, runs.get(key, ()), now, zone) for key, one in measured.items()}
