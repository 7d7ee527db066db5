"""The use cases of one's own hours: when Charter writes nothing that nobody asked for."""

from datetime import datetime

from bot import deciding
from bot.errors import NotFound
from bot.hours import Hours, hours
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
            return QuietShown(own, opens=_opens(own, desk))

    def set(self, actor: Actor, order: SetQuiet) -> QuietShown:
        with self._writing(actor, NOWHERE) as desk:
            change = deciding.set_hours(
                _self(desk), order.days, order.quiet_from, order.quiet_until, is_off=order.is_off
            )
            with ledger.opened(desk.session, actor, desk.now) as book:
                book.apply(change, desk.facts.people)
            return QuietShown(change.after, opens=_opens(change.after, desk), before=change.before)


def _opens(hours: Hours, desk: Desk) -> datetime | None:
    """When it is quiet no more; None where it is not quiet now."""
    opens = hours.next_open(desk.now)
    return opens if opens > desk.now else None


def _self(desk: Desk) -> Person:
    """Who asks. `NotFound` for the operator, who has no hours."""
    if desk.actor.person is None:
        raise NotFound("person", "me")
    return desk.facts.people[desk.actor.person.id]
