"""What pull requests say, in the words that cards, answers and digests share."""

from collections.abc import Callable, Sequence
from typing import assert_never

from bot.sources.base import Checks, PullRequest, Review

MOST_NAMES = 4
"""Names of reviewers or checks in one line; the rest is counted."""


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


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown
