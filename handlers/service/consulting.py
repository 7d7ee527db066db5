"""People are asked for input, and it is kept that they were: the Consulted, by what a change sets
going, and the Responsible, by whoever has a question. What becomes of it is in `consultations`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot import consultations as rules
from bot.changes import Asking, ConsultationAsked, ConsultationWithdrawn
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


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks people about items of one project, for an actor, in one transaction."""

    session: Session
    facts: WorkspaceFacts
    actor: Actor
    project: int
    now: datetime

    def consult(self, event: Event, item: Item, people: Sequence[int]) -> list[Consultation]:
        """Ask those of the Consulted who were not asked yet."""
        occasion = OCCASIONS[event]
        earlier = consultations.of_item(self.session, self.facts.workspace, item.id)
        reopened = consultations.reopened_at(self.session, item.id)
        wanted = rules.to_ask(people, earlier, occasion, reopened)
        return self._ask(item, occasion, rules.question(occasion, item), wanted)

    def question(self, item: Item, people: Sequence[int], text: str) -> list[Consultation]:
        """Ask these people what the actor wants to know, in their own words."""
        return self._ask(item, Occasion.QUESTION, text, people)

    def _ask(
        self, item: Item, occasion: Occasion, words: str, people: Sequence[int]
    ) -> list[Consultation]:
        if not people:
            return []
        days, everyone = self.facts.settings.consultation_days, self.facts.people
        asked = tuple(Asking(one, hours(everyone[one]).last_day(self.now, days)) for one in people)
        change = ConsultationAsked(self.project, item.id, occasion, words, asked)
        with ledger.opened(self.session, self.actor, self.now) as book:
            book.apply(change, everyone)
        watch(self.session, self.facts.workspace, self.now)
        every = consultations.of_item(self.session, self.facts.workspace, item.id)
        return every[-len(asked) :]


def withdraw(
    session: Session, facts: WorkspaceFacts, clockwork: Actor, key: int, now: datetime
) -> bool:
    """Take back a question to one of the Consulted that was never put to them: they are asked anew
    when there is something to ask. False where there is none that waits.
    """
    one = consultations.keyed(session, facts.workspace, key)
    if one is None or not one.is_waiting or not one.is_consulting:
        return False
    change = ConsultationWithdrawn(one.project, one.item, one.id, Asking(one.person, one.due))
    with ledger.opened(session, clockwork, now) as book:
        book.apply(change, facts.people)
    return True


def watch(session: Session, workspace: int, now: datetime) -> None:
    """Let it be looked from time to time whether somebody did not answer."""
    schedules.put(session, workspace, KIND, KIND, 0, EVERY, now)


def asked(one: Consultation, by: int | None) -> Happening:
    """Somebody is asked, by whom."""
    is_question = one.occasion is Occasion.QUESTION
    event = Event.QUESTION if is_question else Event.CONSULTATION_ASKED
    return _told(one, event, by, one.person, one.question)


def answered(one: Consultation) -> Happening:
    """They said something: to whoever asked them, else to those who answer for the item."""
    if one.occasion is Occasion.QUESTION:
        return _told(one, Event.QUESTION_ANSWERED, one.person, one.asked_by, one.answer)
    return _told(one, Event.CONSULTATION_ANSWERED, one.person, one.person, one.answer)


def silent(one: Consultation) -> Happening:
    """They said nothing, and their last day is over."""
    if one.occasion is Occasion.QUESTION:
        return _told(one, Event.QUESTION_SILENT, one.person, one.asked_by, one.question)
    return _told(one, Event.CONSULTATION_SILENT, None, one.person, "")


def _told(
    one: Consultation, event: Event, by: int | None, concerned: int | None, note: str
) -> Happening:
    return Happening(
        event,
        one.project,
        one.item,
        by,
        concerned=(concerned,) if concerned is not None else (),
        note=note,
        until=one.due,
        ref=one.id,
    )
