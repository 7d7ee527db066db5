"""Reviews that are asked for: what becomes of them from one look to the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.sources.base import PullRequest, PullState

OLD = timedelta(days=3)
"""What was asked for, or last moved, longer ago is told to nobody when it is seen first: whoever
links an old repository rings no bells.
"""


class Came(StrEnum):
    """What became of a review that is asked for."""

    ASKED = "asked"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"
    MERGED = "merged"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of one review. `who` is a login at the code host, or a team there ("acme/ml").

    `since` is when it was asked for last and `by` is who did so, as far as the host tells;
    `opinion` is what the reviewer said: approved, changes_requested, or nothing of the two.
    """

    who: str
    came: Came
    since: datetime | None = None
    by: str = ""
    opinion: str = ""

    @property
    def is_team(self) -> bool:
        return "/" in self.who


_ENDS = {
    PullState.MERGED: Came.MERGED,
    PullState.CLOSED: Came.CLOSED,
    PullState.DRAFT: Came.DRAFT,
}


def owed(pull: PullRequest | None) -> Mapping[str, str]:
    """Who owes it a review, as the host spells them, by their names in lower case.

    Nobody owes one to a draft, to what has come to an end, or to a program.
    """
    if pull is None or pull.state is not PullState.OPEN or pull.is_bot:
        return {}
    return {who.lower(): who for who in pull.requested}


def turns(before: PullRequest | None, after: PullRequest) -> Iterator[Turn]:
    """What became of its reviews between two looks; `before` None: it is seen for the first time.

    Asked again is who was asked before and owed nothing in between, or whom the host says was asked
    later than at the last look.
    """
    was, now = owed(before), owed(after)
    for key, who in now.items():
        since = asked_at(after, who)
        earlier = asked_at(before, was[key]) if before is not None and key in was else None
        if key not in was or (since is not None and earlier is not None and since > earlier):
            yield Turn(who, Came.ASKED, since, after.asked_by.get(who) or after.author)
    opinions = {login.lower(): said for login, said in after.opinions.items()}
    for key, who in was.items():
        if key in now:
            continue
        said = opinions.get(key, "")
        came = _ENDS.get(after.state)
        if came is None or (said and not _is_asked(after, key)):
            came = Came.REVIEWED if said else Came.WITHDRAWN
        yield Turn(who, came, opinion=said)


def _is_asked(pull: PullRequest, key: str) -> bool:
    """Whether it still says so, though nobody waits for it any more."""
    return key in {who.lower() for who in pull.requested}


def asked_at(pull: PullRequest, who: str) -> datetime | None:
    """When somebody was asked for their review, as far as the host tells."""
    return pull.asked.get(who)


def is_old(pull: PullRequest, since: datetime | None, now: datetime) -> bool:
    """Whether a review was asked for too long ago to be told of as news."""
    moved = min(filter(None, (since, pull.updated)), default=now)
    return now - moved > OLD
