"""The use cases of one's own hours: when Charter writes nothing that nobody asked for."""

from bot import deciding
from bot.errors import NotFound
from bot.hours import hours
from bot.orders import SetQuiet
from bot.outcome import Place, QuietShown
from bot.people import Actor, Person
from handlers.service.desks import Desks
from handlers.service.references import Desk
from storage import ledger

NOWHERE = Place()


class Quiet(Desks):
    """What somebody may say of their own hours; nobody sets another's."""

    def shown(self, actor: Actor) -> QuietShown:
        with self._reading(actor, NOWHERE) as desk:
            own = hours(_self(desk))
            return QuietShown(own, opens=own.next_open(desk.now))

    def set(self, actor: Actor, order: SetQuiet) -> QuietShown:
        with self._writing(actor, NOWHERE) as desk:
            change = deciding.set_hours(
                _self(desk), order.days, order.quiet_from, order.quiet_until, is_off=order.is_off
            )
            with ledger.opened(desk.session, actor, desk.now) as book:
                book.apply(change, desk.facts.people)
            opens = change.after.next_open(desk.now)
            return QuietShown(change.after, opens=opens, before=change.before)


def _self(desk: Desk) -> Person:
    """Who asks. `NotFound` for the operator, who has no hours."""
    if desk.actor.person is None:
        raise NotFound("person", "me")
    return desk.facts.people[desk.actor.person.id]
