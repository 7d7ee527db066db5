"""Messages that have not reached Slack: told to admins by place, and let go once more."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session

from bot import deciding, permissions
from bot.orders import RetryMessages
from bot.outcome import Place
from bot.people import Actor
from bot.rights import Right
from bot.undelivered import Held, OutboxShown
from handlers.service.desks import Desks
from handlers.service.references import Desk
from storage import ledger, outbox
from storage.outbox import Stuck

NOWHERE = Place()
SOMEWHERE = "a channel that I do not know"
MEND = "See the log for `message_given_up`; what is said next is not affected."
MENDS = {
    "channel_not_found": "Invite Charter to the channel, or set another one.",
    "is_archived": "Unarchive the channel, or set another one.",
    "not_in_channel": "Invite Charter to the channel.",
    "the channel is not private any more": "Make the channel private again, or bind another one.",
    "the message above it was never posted": "Let the message above it go first.",
}


class Undelivered(Desks):
    """What admins see of the outbox, and may do about it."""

    def shown(self, actor: Actor) -> OutboxShown:
        with self._reading(actor, NOWHERE) as desk:
            permissions.require(actor, Right.RUN, desk.facts.people)
            return _shown(desk)

    def retry(self, actor: Actor, order: RetryMessages) -> OutboxShown:
        """Let one go once more, or all that the actor may know of."""
        with self._writing(actor, NOWHERE) as desk:
            permissions.require(actor, Right.RUN, desk.facts.people)
            known = given_up(desk.session, actor.workspace, private_channels(desk))
            numbers = [number for held in known for number in held.numbers]
            change = deciding.retry_messages(numbers, order.message)
            people = desk.facts.people
            permissions.check_workspace(actor, change, people)
            with ledger.opened(desk.session, actor, desk.now) as book:
                book.apply(change, people)
            return _shown(desk, retried=len(change.messages))


def _shown(desk: Desk, retried: int = 0) -> OutboxShown:
    session, workspace, seen = desk.session, desk.facts.workspace, private_channels(desk)
    waiting = outbox.held_up(session, workspace, desk.now)
    return OutboxShown(
        waiting=_held(session, workspace, waiting, seen),
        given_up=given_up(session, workspace, seen),
        retried=retried,
    )


def private_channels(desk: Desk) -> frozenset[str]:
    """Slack's ids of the private channels that somebody knows of."""
    return frozenset(channel for known in desk.visible() for channel in known.own_channels)


def given_up(
    session: Session, workspace: int, seen: Collection[str] | None = None
) -> tuple[Held, ...]:
    """What was given up, as far as somebody may know of it who knows of the private channels in
    `seen`; None: all of it.
    """
    return _held(session, workspace, outbox.given_up(session, workspace), seen)


def _held(
    session: Session, workspace: int, stuck: Sequence[Stuck], seen: Collection[str] | None
) -> tuple[Held, ...]:
    """Together what goes to one place and is held for one reason, the place of the first one first.

    What tells of something private counts for those alone who know of the private channel to which
    it goes: elsewhere it would tell that there is something.
    """
    known = outbox.addressees(session, workspace, sorted({one.channel for one in stuck}))
    found: dict[tuple[str, str], list[Stuck]] = defaultdict(list)
    for one in stuck:
        where = known.get(one.channel)
        is_private = one.confidential or (where is not None and where.is_private)
        if seen is None or not is_private or one.channel in seen:
            found[where.name if where else SOMEWHERE, one.why].append(one)
    return tuple(
        Held(place, _first(some), why, tuple(one.id for one in some), MENDS.get(why, MEND))
        for (place, why), some in found.items()
    )


def _first(some: Sequence[Stuck]) -> datetime:
    return min(one.since for one in some)
