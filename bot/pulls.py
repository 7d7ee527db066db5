"""What pull requests say, in the words that cards, answers and digests share."""

from collections.abc import Callable, Sequence
from typing import assert_never

from bot.sources.base import Checks, PullRequest, PullState, Review
from bot.text import clip

MOST_NAMES = 4
"""Names of reviewers or checks in one line; the rest is counted."""
LONGEST_BRANCH = 60


def _itself(login: str) -> str:
    return login


def review_words(pull: PullRequest, name_of: Callable[[str], str] = _itself) -> str:
    """ "approved by 2, waiting for Bea Lind": names are given by `name_of`."""
    match pull.review:
        case Review.APPROVED:
            said = f"approved by {pull.approvals}" if pull.approvals else "approved"
        case Review.CHANGES_REQUESTED:
            said = "changes requested"
        case Review.REVIEW_REQUIRED | Review.NONE:
            said = f"approved by {pull.approvals}" if pull.approvals else ""
        case _:
            assert_never(pull.review)
    waiting = _few([name_of(login) for login in pull.requested])
    if not waiting and pull.review is Review.REVIEW_REQUIRED:
        waiting = "another review" if pull.approvals else "a review"
    parts = [said, f"waiting for {waiting}" if waiting else ""]
    return ", ".join(part for part in parts if part) or "no review asked for"


def checks_words(pull: PullRequest) -> str:
    """ "CI failing: build, lint"."""
    match pull.checks:
        case Checks.FAILING if pull.failing:
            return f"CI failing: {_few(pull.failing)}"
        case Checks.NONE:
            return "no CI"
        case Checks.HIDDEN:
            return "CI cannot be seen"
        case _:
            return f"CI {pull.checks.value}"


def conflict_words(pull: PullRequest) -> str:
    """ "conflicts with main": the branch it is to go to; empty where it can be merged, is over, or
    its host does not tell (yet).
    """
    if pull.mergeable is not False or pull.state not in (PullState.OPEN, PullState.DRAFT):
        return ""
    return f"conflicts with {clip(pull.base, LONGEST_BRANCH) or 'its base branch'}"


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown
