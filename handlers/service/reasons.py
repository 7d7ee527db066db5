"""Why Charter wrote something: of the latest messages to somebody, or of one that they point at."""

from collections.abc import Iterable, Iterator

from bot.errors import NotFound
from bot.outcome import Explained, Place, Sent
from bot.people import Actor
from bot.routing.told import EVERYWHERE, Told, recalled
from handlers.service.desks import Desks
from handlers.service.mail import OF_DIGEST
from handlers.service.references import Desk
from storage import outbox
from storage.outbox import Said

LATEST = 3
"""Messages that are explained where somebody points at none."""
LOOKED_AT = 50
"""Of so many of the last ones, those that somebody may still be told of are explained."""


class Reasons(Desks):
    """Tells by which rule what was sent. Of a project that somebody may not see (any more) it says
    nothing, not even that there was something to say.
    """

    def latest(self, actor: Actor, place: Place) -> Explained:
        """The last messages to the actor, the latest first."""
        with self._reading(actor, place) as desk:
            mine = actor.person.slack_id if actor.person else None
            known = outbox.latest(desk.session, actor.workspace, mine, LOOKED_AT) if mine else []
            return Explained(tuple(_seen(desk, known))[:LATEST], desk.facts.people)

    def keyed(self, actor: Actor, key: str, place: Place) -> Explained:
        """One message, by its key."""
        with self._reading(actor, place) as desk:
            found = outbox.said(desk.session, actor.workspace, key)
            return _one(desk, found, key)

    def at(self, actor: Actor, channel: str, ts: str, place: Place) -> Explained:
        """One message, by where it stands in Slack."""
        with self._reading(actor, place) as desk:
            found = outbox.standing_at(desk.session, actor.workspace, channel, ts)
            return _one(desk, found, ts)


def _one(desk: Desk, found: Said | None, named: str) -> Explained:
    """A message of the actor's own, or one in the channel in which they ask. `NotFound` else."""
    person = desk.actor.person
    mine = person.slack_id if person else None
    here = desk.place.channel
    if found is None or (found.channel != mine and here not in {found.channel, found.posted_in}):
        raise NotFound("message", named)
    sent = tuple(_seen(desk, [found]))
    if not sent:
        raise NotFound("message", named)
    return Explained(sent, desk.facts.people)


def _seen(desk: Desk, found: Iterable[Said]) -> Iterator[Sent]:
    """The messages with what their reader may know of; none of which nothing is left."""
    for one in found:
        tells = tuple(each for each in recalled(one.why) if _is_seen(desk, each))
        of_digest = OF_DIGEST in one.why
        if tells or not one.why or of_digest:
            is_routed = bool(tells) if of_digest else bool(one.why)
            yield Sent(key=one.key, at=one.sent_at, tells=tells, is_routed=is_routed)


def _is_seen(desk: Desk, one: Told) -> bool:
    return one.project == EVERYWHERE or desk.sees(one.project)
