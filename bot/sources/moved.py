"""What a look at those that moved in a stream comes to, and where the next one begins."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.sources.base import Changes, Ref, Seen, Trouble, Why

GIVEN_UP_AFTER: Final = timedelta(hours=1)
"""How long ago something moved that may be left behind, because it alone is in trouble."""

_OF_ITS_OWN: Final = frozenset({Why.FORBIDDEN, Why.AWAY, Why.GARBAGE})
"""What may be wrong with one thing alone: too large, kept from Charter, nonsense."""


def changes(
    refs: Mapping[Ref, datetime],
    seen: Mapping[Ref, Seen],
    since: datetime,
    now: datetime,
    reached: datetime | None = None,
) -> Changes:
    """What was seen of those that moved, with when each did, in the order of that; what could not
    be looked at now is moved once more. `reached` is up to where the stream was read for them.
    """
    missed = {
        ref: told
        for ref, told in seen.items()
        if isinstance(told, Trouble) and told.why is not Why.NOT_FOUND
    }
    told = {ref: one for ref, one in seen.items() if ref not in missed}
    whole = max([*refs.values(), reached or since, since])
    if not missed:
        return Changes(told, whole)
    order = list(refs)
    last = max((place for place, ref in enumerate(order) if ref not in missed), default=-1)
    # Only where something was told after it, the server is not what is wrong.
    alone = {
        ref
        for ref in order[: last + 1]
        if ref in missed and missed[ref].why in _OF_ITS_OWN and refs[ref] < now - GIVEN_UP_AFTER
    }
    until = min(refs[ref] for ref in missed)
    past = min((refs[ref] for ref in missed if ref not in alone), default=whole)
    return Changes(told, max(until, since), next(iter(missed.values())), max(past, since))
