"""The use cases of consultations: an answer is given, and silence is kept."""

from collections.abc import Iterator
from datetime import datetime

from bot import consultations as rules
from bot import deciding
from bot.changes import Asking, ConsultationSilent
from bot.consultations import Consultation
from bot.errors import NotFound, Refused, Why
from bot.hours import hours
from bot.orders import AskResponsible
from bot.outcome import Consulted, Place, Questioned
from bot.people import Actor
from bot.project import Project
from handlers.service import consulting, notices, references
from handlers.service.desks import Desks
from handlers.service.references import Desk
from handlers.service.timers import Duty, Occurrence, Shift
from handlers.views import notices as views
from storage import consultations, ledger, outbox, schedules

NOWHERE = Place()


class Consultations(Desks):
    """What may be done with what somebody was asked."""

    def asked(self, actor: Actor, key: int) -> Consulted:
        """A question that was put to the actor. `NotFound` for everybody else."""
        with self._reading(actor, NOWHERE) as desk:
            asked = _mine(desk, key)
            return _consulted(asked, self._project(desk, asked.project))

    def question(self, actor: Actor, order: AskResponsible, place: Place) -> Questioned:
        """Ask whoever is responsible for an item something, in one's own words. `Refused` where
        there is nobody else to ask.
        """
        text = deciding.checked_text(order.text, deciding.LONGEST_NOTE, "question")
        with self._writing(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, order.project, place))
            item = references.item(desk, project, order.item)
            deciding.refuse_archived(project)
            made = notices.question(desk, project, item, text)
            if not made:
                raise Refused(Why.NOBODY_TO_ASK, {"item": item.title})
            return Questioned(made, project, item, desk.facts.people)

    def answer(self, actor: Actor, key: int, text: str) -> Consulted:
        """Say something to it; those who answer for the item hear of it, and the question says so
        where it stands.
        """
        with self._writing(actor, NOWHERE) as desk:
            present = _mine(desk, key)
            deciding.refuse_archived(self._project(desk, present.project))
            change = deciding.answer_consultation(present, actor.person_id, text)
            with ledger.opened(desk.session, actor, desk.now) as book:
                book.apply(change, desk.facts.people)
            given = consultations.keyed(desk.session, actor.workspace, key)
            assert given is not None
            project = self._project(desk, given.project)
            happening = consulting.answered(given)
            notices.tell(desk.session, desk.facts, [happening], project, desk.now, actor=actor)
            answered = _consulted(given, project)
            _resay(desk, answered)
            return answered


def _mine(desk: Desk, key: int) -> Consultation:
    """What was asked of the actor, about a project that they may (still) see."""
    found = consultations.keyed(desk.session, desk.actor.workspace, key)
    if found is None or found.person != desk.actor.person_id or not desk.sees(found.project):
        raise NotFound("consultation", str(key))
    return found


def _consulted(asked: Consultation, project: Project) -> Consulted:
    item = next((one for one in project.items if one.id == asked.item), None)
    return Consulted(asked, project, item.title if item else project.name)


def _resay(desk: Desk, answered: Consulted) -> None:
    """The question in one's messages, as one that is answered."""
    given = answered.consultation
    key = notices.asking_key(consulting.asked(given, None).event, given.id, given.person)
    known = outbox.keyed(desk.session, desk.actor.workspace, key)
    if known is not None:
        message = views.answered(answered)
        outbox.say_anew(desk.session, known, message.text, message.blocks, desk.now)


def _listen(shift: Shift, occurrence: Occurrence, _fetched: None) -> None:
    """Keep it of those whose last day is over that they said nothing, and tell the Accountable if
    what they were asked for is still to come.
    """
    waiting = consultations.waiting(shift.session, occurrence.workspace)
    late = [one for one in waiting if _is_late(shift, one, shift.now)]
    if len(late) == len(waiting):
        schedules.drop(shift.session, occurrence.workspace, [consulting.KIND])
    if late:
        with ledger.opened(shift.session, shift.clockwork, shift.now) as book:
            for silent in _silences(late):
                book.apply(silent, shift.facts.people)
    for key in dict.fromkeys(one.project for one in late):
        project = shift.cache.project(shift.session, shift.facts, key, shift.now)
        items = {item.id: item for item in project.items}
        told = [
            consulting.silent(one)
            for one in late
            if one.project == key and rules.stands(one, items.get(one.item))
        ]
        notices.tell(shift.session, shift.facts, told, project, shift.now)


def _silences(late: list[Consultation]) -> Iterator[ConsultationSilent]:
    """What is kept of those who said nothing, an item at a time."""
    for item in dict.fromkeys(one.item for one in late):
        mine = [one for one in late if one.item == item]
        yield ConsultationSilent(
            mine[0].project,
            item,
            tuple(one.id for one in mine),
            tuple(Asking(one.person, one.due) for one in mine),
        )


def _is_late(shift: Shift, one: Consultation, now: datetime) -> bool:
    return hours(shift.facts.people[one.person]).day(now) > one.due


DUTIES = {consulting.KIND: Duty(_listen)}
"""What the clock finds out about consultations."""
