"""When a project is asked about, and that it is still true."""

from dataclasses import replace

from bot.changes import ProjectConfirmed, ReviewChange, ReviewSet
from bot.deciding.projects import refuse_archived
from bot.errors import BadInput, Refused, Why
from bot.project import Project

MOST_DAYS = 365


def confirm(project: Project) -> ProjectConfirmed:
    refuse_archived(project)
    return ProjectConfirmed(project.id)


def set_review(project: Project, days: int | None) -> ReviewSet:
    """Ask after so many days: 0 never, None as in the whole workspace."""
    refuse_archived(project)
    if days is not None and not 0 <= days <= MOST_DAYS:
        raise BadInput(Why.BAD_REVIEW, {"days": str(days)}, field="days")
    before = project.review.every if project.review else None
    if before == days:
        raise Refused(Why.NOTHING_CHANGES, {"item": f"the review of {project.name}"})
    return ReviewSet(project.id, before, days)


def review_reversed(change: ReviewChange) -> ReviewChange | None:
    if isinstance(change, ReviewSet):
        return replace(change, before=change.after, after=change.before)
    return None if change.taken_back else replace(change, taken_back=True)
