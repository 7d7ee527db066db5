"""Who had a letter before: nobody is given one for days on which they had it already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import Refused, Why
from bot.people import Person
from bot.project import Assignment, Holder, Item, Letter
from bot.telling import holder_name


@dataclass(frozen=True, slots=True)
class Past:
    """Every letter of an item that the record has, over or not; its days are told in `zone`."""

    letters: Sequence[Assignment] = ()
    zone: str = "UTC"


NOT_ASKED = Past()
"""Where a letter begins now: whatever was before it is over."""


def refuse_held(
    item: Item,
    letter: Letter,
    holder: Holder,
    people: Mapping[int, Person],
    past: Past,
    *,
    since: datetime,
    now: datetime,
) -> None:
    """Raise `Refused` where they had the letter already at `since` or after it, until some day.

    The two are not joined: that they had it not in between is history as well.
    """
    over = [
        held for held in _over(past.letters, now) if held.letter is letter and held.holder == holder
    ]
    later = [(held.until, held) for held in over if held.until and held.until > since]
    if not later:
        return
    until, held = max(later, key=lambda one: one[0])
    last, following = _days(until, past.zone)
    began = f"from {_day(held.since, past.zone)} to" if held.since else "until"
    facts = {
        "name": holder_name(holder, people),
        "letters": letter.value,
        "item": item.title,
        "when": f"{began} {last.isoformat()}",
    }
    if following <= _day(now, past.zone):
        facts["next"] = following.isoformat()
    raise Refused(Why.HELD_THEN, facts, field="since")


def _over(letters: Iterable[Assignment], now: datetime) -> Iterable[Assignment]:
    return (
        held
        for held in letters
        if not held.is_void and held.until is not None and held.until <= now
    )


def _days(until: datetime, zone: str) -> tuple[date, date]:
    """The last day of what ends then, and the first on which something may begin after it."""
    local = until.astimezone(ZoneInfo(zone))
    if local.time() == time():
        return local.date() - timedelta(days=1), local.date()
    return local.date(), local.date() + timedelta(days=1)


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
