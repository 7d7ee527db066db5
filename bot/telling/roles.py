"""Letters that end and begin."""

from collections.abc import Mapping
from datetime import datetime

from bot.changes import RolesChanged, Seat
from bot.moments import day
from bot.people import Person
from bot.project import Assignment, Letter
from bot.telling.holders import holder_name
from bot.telling.line import Line


def lines(change: RolesChanged, people: Mapping[int, Person]) -> tuple[Line, ...]:
    restored = tuple(Seat(held.letter, held.holder) for held in change.restored)
    begun = change.begun + restored
    ended = change.ended + change.voided
    gone = {held.letter for held in change.ended}
    told: list[Line] = []
    for letter in Letter:
        late = [held for held in change.voided if held.letter is letter and letter not in gone]
        before = [holder_name(held.holder, people) for held in ended if held.letter is letter]
        after = [holder_name(seat.holder, people) for seat in begun if seat.letter is letter]
        if late:
            told.extend(_put_right(held, change.since, people) for held in late)
        elif before or after:
            told.append(Line(letter.word, ", ".join(before), ", ".join(after)))
    return tuple(told)


def _put_right(held: Assignment, since: datetime | None, people: Mapping[int, Person]) -> Line:
    """The same holder, from another day on."""
    name = holder_name(held.holder, people)
    return Line(held.letter.word, f"{name}, {_since(held.since)}", f"{name}, {_since(since)}")


def _since(moment: datetime | None) -> str:
    return f"since {day(moment)}" if moment else "since before the record began"
