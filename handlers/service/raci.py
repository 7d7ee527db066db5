"""The use cases of letters: who is accountable, responsible, consulted and informed."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot import deciding
from bot.changes import Change
from bot.errors import Refused, Why
from bot.orders import Assign, Clear
from bot.outcome import Done, Place
from bot.people import Actor
from bot.project import Item, Project
from handlers.service import references
from handlers.service.desks import Desks
from handlers.service.references import Desk


class Raci(Desks):
    """What may be done with the letters of an item."""

    def assign(self, actor: Actor, order: Assign, place: Place) -> Done:
        """Give letters to a holder; see `deciding.assign` for what is refused."""

        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            since = _moment(order.since, actor, desk.now)
            return deciding.assign(
                project,
                item,
                order.letters,
                references.holder(desk, order.holder),
                desk.facts.people,
                since=since,
                now=desk.now,
                hand_over=order.hand_over,
            )

        return self._change(actor, order.project, order.item, order.seen, place, decide)

    def clear(self, actor: Actor, order: Clear, place: Place) -> Done:
        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            holder = references.holder(desk, order.holder) if order.holder else None
            return deciding.clear(project, item, order.letters, holder, since=desk.now)

        return self._change(actor, order.project, order.item, order.seen, place, decide)


def _moment(day: date | None, actor: Actor, now: datetime) -> datetime:
    """When a letter begins: now, or the start of a day in the actor's zone. `Refused` for the
    future.
    """
    if day is None:
        return now
    zone = ZoneInfo(actor.person.timezone if actor.person else "UTC")
    moment = datetime.combine(day, time(), zone).astimezone(UTC)
    if moment > now:
        raise Refused(Why.FUTURE_DATE, {"date": day.isoformat()}, field="since")
    return moment
