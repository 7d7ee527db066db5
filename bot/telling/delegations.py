"""Who acts for whom, and until when. In which project is not told here: it may be private."""

from collections.abc import Mapping

from bot.changes import DelegationChange, DelegationSet
from bot.people import Person
from bot.telling.line import Line, came


def lines(change: DelegationChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    owner, delegate = (
        people[key].name if key in people else "somebody unknown"
        for key in (change.person, change.delegate)
    )
    days = f"{change.first_day.isoformat()} to {change.last_day.isoformat()}"
    where = " in one project" if change.only_in is not None else ""
    told = f"{delegate} for {owner}{where}, {days}"
    return (came("acting", told, added=isinstance(change, DelegationSet)),)
