"""Which pull requests of a repository have moved since a moment."""

from collections.abc import Mapping
from datetime import datetime

from bot.sources import reading
from bot.sources.base import Changes, Ref, Seen, Trouble, Why
from bot.sources.web import Visit

PAGE = 100
PAGES = 10
"""Pages that are read of a repository in one pass, where much has moved."""


def moved(visit: Visit, api: str, repo: str, since: datetime) -> dict[int, datetime]:
    """The numbers of those that moved at `since` or later, and when. Raises `Failed`.

    The newest come in one page, which GitHub gives for nothing while it stays the same. Where that
    page does not reach back to `since`, they come oldest first, so that a pass that ends early is
    one that the next can go on from.
    """
    path = f"{api}/repos/{repo}/pulls"
    newest = visit.get(path, state="all", sort="updated", direction="desc", per_page=PAGE).json()
    listed = list(reading.objects(newest))
    found = dict(_dated(listed))
    if len(listed) < PAGE or any(at < since for at in found.values()):
        return {number: at for number, at in found.items() if at >= since}
    return _from_the_oldest(visit, f"{api}/repos/{repo}/issues", since)


def _from_the_oldest(visit: Visit, path: str, since: datetime) -> dict[int, datetime]:
    """To GitHub a pull request is an issue too, and only issues are listed from a moment on."""
    found: dict[int, datetime] = {}
    for page in range(1, PAGES + 1):
        listed = list(
            reading.objects(
                visit.get(
                    path,
                    since=f"{since:%Y-%m-%dT%H:%M:%SZ}",
                    state="all",
                    sort="updated",
                    direction="asc",
                    per_page=PAGE,
                    page=page,
                ).json()
            )
        )
        found |= _dated([issue for issue in listed if issue.get("pull_request")])
        if len(listed) < PAGE:
            break
    return found


def _dated(listed: list[Mapping[str, object]]) -> dict[int, datetime]:
    return {
        number: at
        for one in listed
        if (number := reading.whole(one.get("number"))) is not None
        and (at := reading.moment(one.get("updated_at"))) is not None
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
