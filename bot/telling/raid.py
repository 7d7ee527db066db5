"""What becomes of risks, assumptions, issues and dependencies, in words."""

from collections.abc import Iterator, Mapping

from bot.changes import RaidChange, RaidRaised
from bot.people import Person
from bot.raid import Level, Said, label
from bot.telling.line import Line, came

WHOLE = "the whole project"


def lines(change: RaidChange, everyone: Mapping[int, Person]) -> tuple[Line, ...]:
    what = f"{change.kind.value} {label(change.kind, change.number)}"
    if isinstance(change, RaidRaised):
        first = came(what, change.said.text, added=not change.taken_back)
        if change.taken_back:
            return (first,)
        about = (came(f"{what} of", change.place, added=True),) if change.place else ()
        nothing = Said(change.said.text)
        return (first, *about, *_parts(what, nothing, change.said, everyone))
    before, after = change.before, change.after
    told = [*_parts(what, before, after, everyone)]
    if before.item != after.item:
        places = (change.place_before or WHOLE, change.place_after or WHOLE)
        told.append(Line(f"{what} of", *places))
    if (before.closed, before.because) != (after.closed, after.because):
        told.append(Line(what, _state(before), _state(after)))
    return tuple(told)


def _parts(what: str, before: Said, after: Said, everyone: Mapping[int, Person]) -> Iterator[Line]:
    """What is said otherwise, but for where it belongs and whether it is open."""
    pairs = (
        ("", before.text, after.text),
        (" likelihood", _level(before.likelihood), _level(after.likelihood)),
        (" impact", _level(before.impact), _level(after.impact)),
        (" owner", _name(before.owner, everyone), _name(after.owner, everyone)),
        (" mitigation", before.mitigation, after.mitigation),
        (" due", _day(before), _day(after)),
    )
    for name, was, now in pairs:
        if was != now:
            yield Line(f"{what}{name}", was, now)


def _state(said: Said) -> str:
    why = f" ({said.because})" if said.because else ""
    return f"{'closed' if said.closed else 'open'}{why}"


def _level(level: Level | None) -> str:
    return level.value if level else ""


def _day(said: Said) -> str:
    return said.due.isoformat() if said.due else ""


def _name(person: int | None, everyone: Mapping[int, Person]) -> str:
    if person is None:
        return ""
    return everyone[person].name if person in everyone else "somebody"
