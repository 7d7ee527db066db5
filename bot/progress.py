"""What happened to a pull request between two looks, as far as it is worth a word."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.pulls import checks_words
from bot.sources.base import Checks, PullRequest, PullState

_OVER = (PullState.MERGED, PullState.CLOSED)
_OPINIONS = {"approved": "Approved by", "changes_requested": "Changes requested by"}


@dataclass(frozen=True, slots=True)
class Step:
    """One of these, in words; `bare` where no more may be said than where it stands."""

    words: str
    bare: str = ""


def steps(before: PullRequest, after: PullRequest, called: Callable[[str], str]) -> list[Step]:
    """Reviews asked for and given, a check that fails, and where it stands; `called` gives names
    of people by their names at the source.
    """
    found = []
    if after.state not in _OVER:
        asked = [called(login) for login in after.requested if login not in before.requested]
        if asked:
            found.append(Step(f"Review asked of {', '.join(asked)}"))
    for login, said in after.opinions.items():
        if said in _OPINIONS and before.opinions.get(login) != said:
            found.append(Step(f"{_OPINIONS[said]} {called(login)}"))
    if after.checks is Checks.FAILING and before.checks is not Checks.FAILING:
        found.append(Step(checks_words(after)))
    if after.state is not before.state:
        found.append(_stands(before.state, after, called))
    return found


def _stands(was: PullState, after: PullRequest, called: Callable[[str], str]) -> Step:
    match after.state:
        case PullState.MERGED:
            by = f" by {called(after.merged_by)}" if after.merged_by else ""
            return Step(f"Merged{by}", "Merged")
        case PullState.CLOSED:
            said = "Closed without being merged"
        case PullState.OPEN:
            said = "Ready for review" if was is PullState.DRAFT else "Reopened"
        case _:
            said = "Draft again"
    return Step(said, said)
