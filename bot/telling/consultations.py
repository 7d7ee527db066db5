"""Input that was asked for, that came, and that did not."""

from collections.abc import Mapping

from bot.changes import (
    Asking,
    ConsultationAnswered,
    ConsultationAsked,
    ConsultationChange,
    ConsultationWithdrawn,
)
from bot.people import Person
from bot.project import PersonHolder
from bot.telling.holders import holder_name
from bot.telling.line import Line


def lines(change: ConsultationChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    match change:
        case ConsultationAnswered(person=person, before=before, after=after):
            return (Line(_input(person, people), before, after),)
        case ConsultationAsked(asked=asked):
            return tuple(Line(_input(one.person, people), "", _until(one)) for one in asked)
        case ConsultationWithdrawn(unasked=one):
            return (Line(_input(one.person, people), _until(one), "not needed any more"),)
        case _:
            return tuple(
                Line(_input(one.person, people), _until(one), "none came") for one in change.silent
            )


def _input(person: int, people: Mapping[int, Person]) -> str:
    return f"input of {holder_name(PersonHolder(person), people)}"


def _until(one: Asking) -> str:
    return f"asked for by {one.due.isoformat()}"
