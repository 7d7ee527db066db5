"""Seats that somebody left vacant: who is told, and how they are filled again in one go."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot import deciding
from bot.errors import NotFound, Refused, Why
from bot.hours import hours
from bot.leaving import Circle, Filled, OpenSeat, circles, filled, left_by
from bot.outcome import Place
from bot.people import Actor, Person
from bot.project import PersonHolder
from bot.routing import Event
from bot.routing.table import Party
from bot.routing.told import Told, stored
from handlers.service import references
from handlers.service.desks import Desks, Wish
from handlers.service.references import Desk
from handlers.views import leaving as views
from storage import outbox, people, projects

NOWHERE = Place()


def tell(
    session: Session, workspace: int, left: Sequence[int], returned: Sequence[int], now: datetime
) -> None:
    """One message to each who looks after seats of somebody who left, or is back."""
    everyone = people.everyone(session, workspace)
    seats = _seats(session, (*left, *returned), now)
    for person in (*left, *returned):
        gone, is_back = everyone[person], person in returned
        for circle in circles(seats[person], gone, everyone):
            message = views.returned(circle) if is_back else views.left(circle)
            event = Event.PERSON_RETURNED if is_back else Event.PERSON_LEFT
            outbox.say(
                session,
                workspace,
                f"ask/{event}/{person}/{now.isoformat()}/{circle.keeper.id}",
                circle.keeper.slack_id or "",
                message.text,
                message.blocks,
                now,
                about=f"person/{person}",
                confidential=any(seat.project.private for seat in circle.seats),
                why=stored(_tells(circle, event, now)),
                due=hours(circle.keeper).next_open(now),
            )


def _tells(circle: Circle, event: Event, now: datetime) -> list[Told]:
    """Why it is told, project by project."""
    return [
        Told(
            event=event,
            to=Party.LEAD if project.lead == circle.keeper.id else Party.ADMIN,
            at=now,
            project=project.id,
            project_key=project.key,
            project_name=project.name,
            concerned=(circle.gone.id,),
        )
        for project in {seat.project.id: seat.project for seat in circle.seats}.values()
    ]


def _seats(session: Session, gone: Sequence[int], now: datetime) -> dict[int, list[OpenSeat]]:
    """The seats that these people left and that are vacant still, by person."""
    left = people.projects_left(session, gone, now)
    read = projects.read(session, sorted({key for keys in left.values() for key in keys}), now)
    return {
        person: [
            seat
            for project in left.get(person, ())
            for seat in left_by(read[project].project, person, now)
        ]
        for person in gone
    }


class Leaving(Desks):
    """What may be done with the seats of somebody who left."""

    def vacant(self, actor: Actor, key: str) -> Circle:
        """The seats that somebody (by the document's key) left vacant, and that the actor looks
        after. `Refused` where there are none any more.
        """
        with self._reading(actor, NOWHERE) as desk:
            return _circle(desk, _keyed(desk, key))

    def fill(self, actor: Actor, key: str, chosen: Sequence[int], holder: str) -> Filled:
        """Give the chosen seats (by number) to somebody; those filled meanwhile stay as they are.

        `Refused` for a holder who may not have one of them, and where none is vacant any more.
        """
        with self._writing(actor, NOWHERE) as desk:
            circle = _circle(desk, _keyed(desk, key))
            seats = [seat for seat in circle.seats if seat.held.id in chosen]
            return self._fill(desk, circle, seats, references.person(desk, holder), len(chosen))

    def give_back(self, actor: Actor, key: str) -> Filled:
        """Give somebody who is back what is vacant still."""
        with self._writing(actor, NOWHERE) as desk:
            circle = _circle(desk, _keyed(desk, key))
            return self._fill(desk, circle, circle.seats, circle.gone, len(circle.seats))

    def _fill(
        self, desk: Desk, circle: Circle, seats: Sequence[OpenSeat], person: Person, asked: int
    ) -> Filled:
        if not seats:
            raise Refused(Why.SEATS_FILLED, {"name": circle.gone.name})
        done = self._write_together(desk, [_wish(desk, seat, person) for seat in seats])
        return Filled(circle.gone, person, tuple(seats), asked - len(seats), done.seqs)


def _wish(desk: Desk, seat: OpenSeat, person: Person) -> Wish:
    holder, people = PersonHolder(person.id), desk.facts.people
    deciding.may_hold((seat.held.letter,), holder, people)
    deciding.refuse_outsider(seat.project, holder, people)
    return Wish(seat.project, seat.item, filled(seat, person, desk.now))


def _keyed(desk: Desk, key: str) -> Person:
    found = next((one for one in desk.facts.people.values() if one.key == key), None)
    if found is None:
        raise NotFound("person", key)
    return found


def _circle(desk: Desk, gone: Person) -> Circle:
    seats = _seats(desk.session, [gone.id], desk.now)[gone.id]
    mine = circles(seats, gone, desk.facts.people)
    found = next((one for one in mine if one.keeper.id == desk.actor.person_id), None)
    if found is None:
        raise Refused(Why.SEATS_FILLED, {"name": gone.name})
    return found
