"""Letters that end and begin."""

from collections.abc import Mapping

from bot.changes import RolesChanged, Seat
from bot.people import Person
from bot.project import Letter
from bot.telling.holders import holder_name
from bot.telling.line import Line


def lines(change: RolesChanged, people: Mapping[int, Person]) -> tuple[Line, ...]:
    restored = tuple(Seat(held.letter, held.holder) for held in change.restored)
    begun = change.begun + restored
    touched = {held.letter for held in change.ended} | {seat.letter for seat in begun}
    return tuple(
        Line(
            letter.word,
            ", ".join(
                holder_name(held.holder, people) for held in change.ended if held.letter is letter
            ),
            ", ".join(holder_name(seat.holder, people) for seat in begun if seat.letter is letter),
        )
        for letter in Letter
        if letter in touched
    )
