"""What many checks and many reviews say together, as GitHub reckons it.

Words that GitHub may add one day are read carefully: an unknown outcome of a check is one that is
still to come.
"""

from collections.abc import Iterable, Mapping

from bot.sources.base import Checks, Review

MOST_NAMED = 10
"""Failing checks that are named; of more the first ones."""

_RUN = {
    "success": Checks.PASSING,
    "neutral": Checks.PASSING,
    "skipped": Checks.PASSING,
    "failure": Checks.FAILING,
    "timed_out": Checks.FAILING,
    "cancelled": Checks.FAILING,
    "action_required": Checks.FAILING,
    "startup_failure": Checks.FAILING,
}
_STATE = {"success": Checks.PASSING, "failure": Checks.FAILING, "error": Checks.FAILING}
_DECISION = {
    "approved": Review.APPROVED,
    "changes_requested": Review.CHANGES_REQUESTED,
    "review_required": Review.REVIEW_REQUIRED,
}
OPINIONS = frozenset({"approved", "changes_requested", "dismissed"})
"""Reviews that count; a later comment takes none of them back."""


def of_run(status: str, conclusion: str) -> Checks:
    """What one check run says."""
    if status.lower() != "completed":
        return Checks.PENDING
    return _RUN.get(conclusion.lower(), Checks.PENDING)


def of_status(state: str) -> Checks:
    """What one commit status says; also the sum of all checks, which has the same words."""
    return _STATE.get(state.lower(), Checks.PENDING)


def together(checks: Iterable[Checks]) -> Checks:
    """One that fails decides; else one that may not be seen, which may fail; else one that is still
    to come.
    """
    found = set(checks)
    for verdict in (Checks.FAILING, Checks.HIDDEN, Checks.PENDING, Checks.PASSING):
        if verdict in found:
            return verdict
    return Checks.NONE


def failing(checks: Iterable[tuple[str, Checks]]) -> tuple[str, ...]:
    """The names of those that fail, each once."""
    named = dict.fromkeys(name for name, says in checks if says is Checks.FAILING and name)
    return tuple(sorted(named)[:MOST_NAMED])


def reviewed(opinions: Mapping[str, str], requested: bool, decision: str = "") -> Review:
    """GitHub's own decision, where it has one: only where a branch is protected.

    Else what the last opinion of each reviewer comes to.
    """
    if decision.lower() in _DECISION:
        return _DECISION[decision.lower()]
    found = set(opinions.values())
    if "changes_requested" in found:
        return Review.CHANGES_REQUESTED
    if "approved" in found:
        return Review.APPROVED
    return Review.REVIEW_REQUIRED if requested else Review.NONE


def approvals(opinions: Mapping[str, str]) -> int:
    return sum(opinion == "approved" for opinion in opinions.values())
