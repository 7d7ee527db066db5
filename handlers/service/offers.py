"""What is said to somebody of a hand-over: asked with buttons, put right when it is settled.

The words are those of the offer; to whom they go, and when, is for the table of routes to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot import offers as rules
from bot.acting import is_away
from bot.changes import HandOverSettled, RolesChanged
from bot.people import Delegation, Person
from bot.project import Item, Offer, OfferState, Project
from bot.recurrence import Every
from bot.routing import Event, Happening, concerned
from bot.routing.told import told
from handlers.service import notices
from handlers.service.mail import say
from handlers.service.timers import Duty, Occurrence, Shift
from handlers.views import offers as views
from handlers.views.kit import Message
from storage import circles, ledger, offers, outbox, projects, schedules
from storage.ledger import Book

WATCH = "offers"
"""The schedule of looking after offers that nobody answers, by kind and by key."""
EVERY = Every(60)


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Writes to people about what is offered, in one transaction."""

    session: Session
    workspace: int
    people: Mapping[int, Person]
    now: datetime

    def tell(self, before: Project, after: Project) -> None:
        """A project has changed: whoever has to answer a new offer is asked, and where one was
        settled this is said in the place of the question, and to who waits for it.
        """
        was = {item.id: item.offer for item in before.items if item.offer}
        for item in after.items:
            offer, earlier = item.offer, was.get(item.id)
            if offer is not None and (earlier is None or earlier.id != offer.id):
                self._ask(after, item, offer)
            if earlier is not None and (offer is None or earlier.id != offer.id):
                self.settled(after, item, earlier.id)

    def _ask(self, project: Project, item: Item, offer: Offer) -> None:
        message = views.asked(project, item, offer, self.people)
        happening = _about(Event.HANDOVER_OFFERED, offer, offer.answerer, by=offer.offered_by)
        self.write(project, item, happening, f"offer/{offer.id}", message)
        schedules.put(self.session, self.workspace, WATCH, WATCH, 0, EVERY, self.now)

    def settled(self, project: Project, item: Item, key: int) -> None:
        """Say what became of an offer: instead of the question, and to both but who did it."""
        offer = offers.one(self.session, self.workspace, key)
        if offer is None:
            return
        message = views.settled(project, item, offer, self.people)
        for question in (f"offer/{key}", _again(key)):
            self._say_instead(project, question, offer.answerer, message)
        event = _SETTLED.get(offer.state, Event.HANDOVER_ENDED)
        for side in {offer.asker, offer.giver} - {offer.answerer}:
            happening = _about(event, offer, side, by=offer.answered_by)
            self.write(project, item, happening, f"offer/{key}/settled/{side}", message)

    def taken_back(self, project: Project, change: RolesChanged, by: int | None) -> None:
        """An acceptance was undone: whatever told of it says so in its place."""
        offer = offers.one(self.session, self.workspace, change.returns or 0)
        item = next((one for one in project.items if one.id == change.item), None)
        if offer is None or item is None:
            return
        message = views.taken_back(project, item, offer, by, self.people)
        keys = {f"offer/{offer.id}": offer.answerer, _again(offer.id): offer.answerer}
        keys |= {f"offer/{offer.id}/settled/{one}": one for one in (offer.asker, offer.giver)}
        for key, reader in keys.items():
            self._say_instead(project, key, reader, message)

    def _say_instead(self, project: Project, key: str, reader: int, message: Message) -> None:
        """Put a message in the place of the one of this key, if there is one."""
        known = outbox.keyed(self.session, self.workspace, key)
        if known is not None and project.visible_to(reader):
            outbox.say_anew(
                self.session,
                known,
                message.text,
                message.blocks,
                self.now,
                confidential=project.private,
            )

    def said(self, project: Project, item: Item, offer: Offer, by: int, text: str) -> int:
        """Pass on what one side says to the other; gives who that is."""
        to = offer.asker if by == offer.answerer else offer.answerer
        message = views.said(project, item, offer, by, text, self.people)
        happening = _about(Event.HANDOVER_SAID, offer, to, by=by)
        key = f"offer/{offer.id}/said/{by}/{self.now.isoformat()}"
        self.write(project, item, happening, key, message)
        return to

    def write(
        self, project: Project, item: Item, happening: Happening, key: str, message: Message
    ) -> None:
        """Tell a happening in the words of the offer, to whom and when the table says; nothing to
        who does not see the project any more.
        """
        for notice in concerned(happening, self.people, project.visible_to):
            say(
                self.session,
                self.workspace,
                key,
                self.people[notice.person or 0],
                message,
                told(notice, project, item, self.now),
                self.now,
                confidential=project.private,
            )


_SETTLED = {
    OfferState.ACCEPTED: Event.HANDOVER_ACCEPTED,
    OfferState.DECLINED: Event.HANDOVER_DECLINED,
}
"""What a side of an offer hears that was answered; any other end of it is one event."""


def _again(offer: int) -> str:
    """The key of the message that asks once more."""
    return f"offer/{offer}/again"


def _about(event: Event, offer: Offer, to: int, by: int | None) -> Happening:
    return Happening(event, offer.project, offer.item, by, (to,), ref=offer.id)


def withdraw(
    book: Book, people: Mapping[int, Person], person: int, other: int | None = None
) -> int:
    """Call off every open offer from somebody or to them, who leaves, or (where an `other` is
    named) those between the two; gives how many there were.

    Those from them also go when their letters end: each is settled once.
    """
    found = offers.of_person(book.session, book.workspace_id, person)
    if other is not None:
        found = [offer for offer in found if other in (offer.giver, offer.receiver)]
    for offer in found:
        _settle(book, people, offer, OfferState.CANCELLED)
    return len(found)


def _settle(book: Book, people: Mapping[int, Person], offer: Offer, state: OfferState) -> None:
    change = HandOverSettled(
        offer.project, offer.item, offer.id, offer.giver, offer.receiver, state
    )
    book.apply(change, people)
    project = projects.one(book.session, offer.project, book.now)
    item = next((one for one in project.items if one.id == offer.item), None) if project else None
    if project is not None and item is not None:
        # What the book holds is sealed when it ends; the offer's own row is written already.
        Letterbox(book.session, book.workspace_id, people, book.now).settled(
            placed(book, project, people), replace(item, offer=None), offer.id
        )


def placed(book: Book, project: Project, people: Mapping[int, Person]) -> Project:
    """The project with those who are in its private channels, and who is a guest."""
    if not project.private:
        inside: set[str] = set()
    else:
        rooms = circles.everybody(book.session, book.workspace_id)
        inside = {user for one in project.own_channels for user in rooms.get(one or "", ())}
    return replace(
        project,
        inside=frozenset(one.id for one in people.values() if one.slack_id in inside),
        guests=frozenset(one.id for one in people.values() if one.is_guest or one.is_bot),
    )


def _watch(shift: Shift, _occurrence: Occurrence, _fetched: None) -> None:
    """Remind, once, who has not answered; end what nobody answers. Who is away has time."""
    workspace, people = shift.facts.workspace, shift.facts.people
    for offer, reminded_at in offers.open_ones(shift.session, workspace):
        if _away(people.get(offer.answerer), shift.facts.delegations, shift.now):
            continue
        if rules.is_over(reminded_at, shift.now):
            with ledger.opened(shift.session, shift.clockwork, shift.now) as book:
                _settle(book, people, offer, OfferState.EXPIRED)
        elif reminded_at is None and rules.is_waiting(offer, shift.now):
            _remind(shift, offer)


def _away(person: Person | None, delegations: tuple[Delegation, ...], now: datetime) -> bool:
    return person is not None and is_away(person, delegations, now)


def _remind(shift: Shift, offer: Offer) -> None:
    project = shift.cache.project(shift.session, shift.facts, offer.project, shift.now)
    item = next((one for one in project.items if one.id == offer.item), None)
    if item is None:
        return
    offers.reminded(shift.session, offer.id, shift.now)
    message = views.asked(project, item, offer, shift.facts.people, again=True)
    box = Letterbox(shift.session, shift.facts.workspace, shift.facts.people, shift.now)
    again = _about(Event.HANDOVER_WAITING, offer, offer.answerer, by=None)
    box.write(project, item, again, _again(offer.id), message)
    if not offer.is_request:
        waits = Happening(Event.HANDOVER_WAITING, offer.project, offer.item, ref=offer.id)
        notices.tell(shift.session, shift.facts, [waits], project, shift.now)


DUTIES = {WATCH: Duty(_watch)}
