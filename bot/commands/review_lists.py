"""`reviews`: what waits for a review, whose and for how long."""

from dataclasses import dataclass
from datetime import date

from bot.commands.reading import reference, without_project
from bot.commands.speaking import within
from bot.commands.words import joined, words

_MINE = {"me", "mine"}


@dataclass(frozen=True, slots=True)
class ShowReviews:
    """The reviews that are waited for: in a project (None: the channel's, else all that one sees),
    or of these `mine`, those that one owes.
    """

    mine: bool = False
    project: str | None = None


def read_reviews(rest: str, today: date) -> ShowReviews:
    """`reviews`, `reviews me`, `reviews in Churn Radar`, `reviews me in Churn Radar`."""
    some, project = without_project(words(rest))
    if some and joined(some).casefold() in _MINE:
        return ShowReviews(True, project)
    if some and project is None:
        return ShowReviews(project=reference(some, "project"))
    return ShowReviews(project=project)


def reviews_spoken(order: ShowReviews) -> str:
    """Such an order as the command that gives it."""
    return f"reviews{' me' if order.mine else ''}{within(order.project)}"
