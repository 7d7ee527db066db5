"""Which pull requests of a repository have moved since a moment."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.sources import reading
from bot.sources.base import Changes, Ref, Seen, Trouble, Why
from bot.sources.replies import Failed, Reply
from bot.sources.web import Visit

PAGE = 100
PAGES = 10
"""Pages that are read of a repository in one pass, where much has moved."""
A_SECOND = timedelta(seconds=1)
"""What GitHub's times are told in: several may have moved within one, on two pages."""


def moved(visit: Visit, api: str, repo: str, since: datetime) -> dict[int, datetime]:
    """The numbers of those that moved at `since` or later, and when. Raises `Failed`.

    The newest come in one page, which GitHub gives for nothing while it stays the same. Where that
    page does not reach back to `since`, they come oldest first, so that a pass that ends early is
    one that the next can go on from.
    """
    path = f"{api}/repos/{repo}/pulls"
    newest = visit.get(path, state="all", sort="updated", direction="desc", per_page=PAGE)
    listed = _listed(newest)
    found = _dated(listed, since)
    if len(listed) < PAGE or any(at < since for at in found.values()):
        return {number: at for number, at in found.items() if at >= since}
    return _from_the_oldest(visit, f"{api}/repos/{repo}/issues", since)


def _from_the_oldest(visit: Visit, path: str, since: datetime) -> dict[int, datetime]:
    """To GitHub a pull request is an issue too, and only issues are listed from a moment on.

    Each page is asked for from the last moment of the one before: what moves meanwhile goes to the
    end of the list, where pages by their numbers would all begin one later, and leave one out.
    """
    found: dict[int, datetime] = {}
    begin, page = since, 1
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
        if len(listed) < PAGE:
            break
        times = filter(None, (reading.moment(issue.get("updated_at")) for issue in listed))
        last = max(times, default=begin) - A_SECOND
        begin, page = (last, 1) if last > begin else (begin, page + 1)
    return found


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


def changes(refs: Mapping[Ref, datetime], seen: Mapping[Ref, Seen], since: datetime) -> Changes:
    """What was seen of those that moved; what could not be looked at now is moved once more."""
    missed = {
        ref: told
        for ref, told in seen.items()
        if isinstance(told, Trouble) and told.why is not Why.NOT_FOUND
    }
    until = min((refs[ref] for ref in missed), default=max(refs.values(), default=since))
    told = {ref: one for ref, one in seen.items() if ref not in missed}
    return Changes(told, max(until, since), next(iter(missed.values()), None))
