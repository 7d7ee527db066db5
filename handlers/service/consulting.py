"""The Consulted are asked for input, once, and it is kept that they were.

Asking is part of what a change sets going; what becomes of it is in `consultations`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from bot import consultations as rules
from bot.changes import Asking, ConsultationAsked
from bot.consultations import Consultation, Occasion
from bot.hours import hours
from bot.people import Actor
from bot.project import Item
from bot.recurrence import Every
from bot.routing import Event, Happening
from handlers.service.facts import WorkspaceFacts
from storage import consultations, ledger, schedules

KIND = "consultations"
"""The kind of schedule by which it is found out that nobody answered."""
EVERY = Every(60)
OCCASIONS: Mapping[Event, Occasion] = {
    Event.STAGE_BLOCKED: Occasion.BLOCKED,
    Event.GATE_OPENED: Occasion.GATE,
}


def ask(
    session: Session,
    facts: WorkspaceFacts,
    actor: Actor,
    happening: Happening,
    item: Item,
    people: Sequence[int],
    now: datetime,
) -> list[Consultation]:
    """Ask those of these people who were not asked yet, and keep it in the record."""
    occasion = OCCASIONS[happening.event]
    earlier = consultations.of_item(session, facts.workspace, item.id)
    reopened = consultations.reopened_at(session, item.id)
    wanted = rules.to_ask(people, earlier, occasion, reopened)
    if not wanted:
        return []
    days = facts.settings.consultation_days
    asked = tuple(
        Asking(person, hours(facts.people[person]).last_day(now, days)) for person in wanted
    )
    words = rules.question(occasion, item)
    change = ConsultationAsked(happening.project, item.id, occasion, words, asked)
    with ledger.opened(session, actor, now) as book:
        book.apply(change, facts.people)
    schedules.put(session, facts.workspace, KIND, KIND, 0, EVERY, now)
    known = {one.id for one in earlier}
    every = consultations.of_item(session, facts.workspace, item.id)
    return [one for one in every if one.id not in known]


def happening(consultation: Consultation, event: Event, by: int | None = None) -> Happening:
    """What becomes of a consultation, as it is told."""
    words = consultation.question if event is Event.CONSULTATION_ASKED else consultation.answer
    return Happening(
        event,
        consultation.project,
        consultation.item,
        by,
        concerned=(consultation.person,),
        note=words,
        until=consultation.due,
        ref=consultation.id,
    )
