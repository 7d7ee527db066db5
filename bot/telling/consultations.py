"""Input that was asked for, that came, and that did not."""

from collections.abc import Mapping

from bot.changes import ConsultationAnswered, ConsultationAsked, ConsultationChange
from bot.people import Person
from bot.project import PersonHolder
from bot.telling.holders import holder_name
from bot.telling.line import Line


def lines(change: ConsultationChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    label = f"input of {holder_name(PersonHolder(change.person), people)}"
    match change:
        case ConsultationAsked(due=due):
            return (Line(label, "", f"asked for by {due.isoformat()}"),)
        case ConsultationAnswered(before=before, after=after):
            return (Line(label, before, after),)
        case _:
            return (Line(label, f"asked for by {change.due.isoformat()}", "none came"),)
