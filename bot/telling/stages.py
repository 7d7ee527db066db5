"""An item that moves, what is in its way, and its due date."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.changes import BlockerHanded, Hurdles, StageChange, StageMoved
from bot.people import Person
from bot.project import Status
from bot.telling.line import Line
from bot.text import clip

_LONGEST = 60
"""Characters of a blocker in a label."""


def lines(change: StageChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    if isinstance(change, StageMoved):
        before = _status(change.before, change.before_note)
        moved = Line("status", before, _status(change.after, change.note))
        return (moved, *_hurdles(change.hurdles, people))
    if isinstance(change, BlockerHanded):
        owners = _owner(change.before, people), _owner(change.after, people)
        return (Line(f"owner of the blocker “{clip(change.text, _LONGEST)}”", *owners),)
    return (Line("due", _day(change.before), _day(change.after)),)


def _hurdles(hurdles: Hurdles, people: Mapping[int, Person]) -> Iterator[Line]:
    for new in hurdles.opened:
        yield Line("blocker", "", f"{new.text} (owner {_owner(new.owner, people)})")
    for one in (*hurdles.closed, *hurdles.withdrawn):
        yield Line("blocker", one.text, "")
    for one in hurdles.reopened:
        yield Line("blocker", "", one.text)


def _owner(owner: int | None, people: Mapping[int, Person]) -> str:
    return people[owner].name if owner in people and owner is not None else "nobody"


def _status(status: Status, note: str | None) -> str:
    return f"{status.words} ({note})" if note else status.words


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
