"""Which pull requests of a repository have moved since a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sources import reading
from bot.sources.base import Trouble, Why
from bot.sources.replies import Failed, Reply
from bot.sources.web import Visit

PAGE = 100
PAGES = 10
"""Pages that are read of a repository in one pass, where much has moved."""
A_SECOND = timedelta(seconds=1)
"""What GitHub's times are told in: several may have moved within one, on two pages."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Numbers and when each moved, the earliest first; up to which moment all of it was read."""

    at: Mapping[int, datetime]
    reached: datetime


def moved(visit: Visit, api: str, repo: str, since: datetime) -> Moved:
    """Those that moved at `since` or later. Raises `Failed`.

    The newest come in one page, which GitHub gives for nothing while it stays the same. Where that
    page does not reach back to `since`, they come oldest first, so that a pass that ends early is
    one that the next can go on from.
    """
    path = f"{api}/repos/{repo}/pulls"
    newest = visit.get(path, state="all", sort="updated", direction="desc", per_page=PAGE)
    listed = _listed(newest)
    found = _dated(listed, since)
    if len(listed) < PAGE or any(at < since for at in found.values()):
        return _moved({number: at for number, at in found.items() if at >= since}, since)
    return _from_the_oldest(visit, f"{api}/repos/{repo}/issues", since)


def _moved(found: Mapping[int, datetime], reached: datetime) -> Moved:
    at = dict(sorted(found.items(), key=lambda one: (one[1], one[0])))
    return Moved(at, max([*at.values(), reached]))


def _from_the_oldest(visit: Visit, path: str, since: datetime) -> Moved:
    """To GitHub a pull request is an issue too, and only issues are listed from a moment on.

    Each page is asked for from the last moment of the one before: what moves meanwhile goes to the
    end of the list, where pages by their numbers would all begin one later, and leave one out.
    Issues count for how far it got: a thousand of them may come before the first pull request.
    """
    found: dict[int, datetime] = {}
    begin, page, reached = since, 1, since
    for _ in range(PAGES):
        listed = _listed(
            visit.get(
                path,
                since=f"{begin:%Y-%m-%dT%H:%M:%SZ}",
                state="all",
                sort="updated",
                direction="asc",
                per_page=PAGE,
                page=page,
            )
        )
        found |= _dated([issue for issue in listed if issue.get("pull_request")], since)
        times = filter(None, (reading.moment(issue.get("updated_at")) for issue in listed))
        reached = max([*times, reached])
        if len(listed) < PAGE:
            break
        last = reached - A_SECOND
        begin, page = (last, 1) if last > begin else (begin, page + 1)
    return _moved(found, reached)


def _listed(reply: Reply) -> list[Mapping[str, object]]:
    """The objects of a list. Raises `Failed` for an answer that is none: nothing is not told so."""
    told = reply.json()
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise Failed(Trouble(Why.GARBAGE))
    return told


def _dated(listed: list[Mapping[str, object]], since: datetime) -> dict[int, datetime]:
    """What has no time that can be read is looked at, as if it had moved at that moment."""
    return {
        number: reading.moment(one.get("updated_at")) or since
        for one in listed
        if (number := reading.whole(one.get("number"))) is not None
    }
