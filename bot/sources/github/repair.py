"""Deliveries that GitHub made and nobody took: it tries once, so Charter asks for them again."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.sources import reading
from bot.sources.replies import Failed
from bot.sources.web import Visit

PAGE = 100
PAGES = 10
MOST = 100
"""Deliveries that are asked for again in one pass."""
TOO_LARGE = 413
"""What Charter itself did not want: it would not want it again."""


def repaired(visit: Visit, api: str, since: datetime) -> int:
    """Have GitHub send again, to the app's webhook, what failed since then; how much that was."""
    taken: set[str] = set()
    failed: dict[str, int] = {}
    try:
        for one in _deliveries(visit, f"{api}/app/hook/deliveries", since):
            guid, id = reading.text(one.get("guid")), reading.whole(one.get("id"))
            status = reading.whole(one.get("status_code")) or 0
            if 200 <= status < 300 or status == TOO_LARGE:
                taken.add(guid)
            elif guid and id is not None:
                failed.setdefault(guid, id)  # the newest try of each comes first
    except Failed:
        pass  # what was listed so far is a beginning
    count = 0
    for guid, id in failed.items():
        if guid in taken or count == MOST:
            continue
        try:
            visit.post(f"{api}/app/hook/deliveries/{id}/attempts", {})
        except Failed:
            break
        count += 1
    return count


def _deliveries(visit: Visit, path: str, since: datetime) -> Iterator[Mapping[str, Any]]:
    """The newest first, down to `since`. Raises `Failed`."""
    cursor = ""
    for _ in range(PAGES):
        if cursor:
            reply = visit.get(path, per_page=PAGE, cursor=cursor)
        else:
            reply = visit.get(path, per_page=PAGE)
        listed = list(reading.objects(reply.json()))
        for one in listed:
            at = reading.moment(one.get("delivered_at"))
            if at is not None and at < since:
                return
            yield one
        if len(listed) < PAGE:
            return
        cursor = reading.text(listed[-1].get("id"))
