"""Whether somebody must be asked before a row changes hands, and who may answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.changes import HandOverOffered, HandOverSettled, RolesChanged
from bot.deciding.projects import refuse_archived
from bot.deciding.roles import assign
from bot.deciding.texts import LONGEST_NOTE, checked_text
from bot.errors import Refused, Why
from bot.people import Actor, Person
from bot.project import Item, Letter, Offer, OfferState, PersonHolder, Project


def handed_over(
    project: Project,
    item: Item,
    change: RolesChanged,
    people: Mapping[int, Person],
    actor: Actor,
    *,
    now: datetime,
    dated: bool,
    unasked: str | None = None,
) -> RolesChanged | HandOverOffered:
    """A hand-over that was decided: the same where nobody must be asked, else the offer of it.

    Nobody is asked where nobody active is accountable, where the one who would have to answer has
    no account to answer with, and by the operator; nor where a reason is given (`unasked`), which
    is not for everybody. `dated`: its beginning was said; else it is held from the answer on.
    To give what is offered, by who has to answer, is to accept it as it was offered; `Refused`
    where something else is asked for while an offer is open.
    """
    giver, receiver = _giver(change, people), _receiver(change)
    if giver is None or receiver is None or giver == receiver or actor.person is None:
        return change
    if unasked is not None:
        reason = checked_text(unasked, LONGEST_NOTE, "reason")
        return replace(change, forced=True, reason=reason)
    if item.offer is not None:
        if _is_met(item.offer, change, actor.person.id, dated=dated):
            return accepted(project, item, item.offer, people, now)
        facts = {"item": item.title, "name": people[item.offer.receiver].name}
        raise Refused(Why.OFFER_OPEN, facts, field="holder")
    is_request = receiver == actor.person.id
    if people[giver if is_request else receiver].slack_id is None:
        return change
    letters = tuple(seat.letter for seat in change.begun)
    since = change.since if dated else None
    return HandOverOffered(project.id, item.id, giver, receiver, letters, since, is_request)


def _giver(change: RolesChanged, people: Mapping[int, Person]) -> int | None:
    """Who is accountable and would be no more, if it is somebody who can be asked."""
    for held in change.ended:
        if held.letter is Letter.A and isinstance(held.holder, PersonHolder):
            person = people.get(held.holder.person)
            if person is not None and person.active:
                return person.id
    return None


def _receiver(change: RolesChanged) -> int | None:
    for seat in change.begun:
        if seat.letter is Letter.A and isinstance(seat.holder, PersonHolder):
            return seat.holder.person
    return None


def _is_met(offer: Offer, change: RolesChanged, actor: int, *, dated: bool) -> bool:
    """Whether a hand-over is what an open offer offers, and comes from who has to answer it."""
    is_between = offer.receiver == _receiver(change) and offer.answerer == actor
    letters = {seat.letter for seat in change.begun}
    is_more = not letters <= set(offer.letters) or (dated and change.since != offer.since)
    return is_between and not is_more


def settled(
    project: Project,
    item: Item,
    offer: Offer | None,
    state: OfferState,
    people: Mapping[int, Person],
    actor: Actor,
    *,
    answers_for_it: bool,
) -> HandOverSettled:
    """An offer declined by who has to answer, or called off by somebody who may.

    These are who made it, who is accountable, who has to answer, and whoever answers for the
    item. `Refused` where none is open, or where it is not theirs.
    """
    refuse_archived(project)
    if offer is None:
        raise Refused(Why.NO_OFFER, {"item": item.title})
    person = actor.person_id
    if state is OfferState.CANCELLED:
        may = answers_for_it or person in (offer.offered_by, offer.giver, offer.answerer)
    else:
        may = person == offer.answerer
    if not may:
        raise Refused(Why.NOT_YOUR_OFFER, {"name": people[offer.answerer].name})
    return HandOverSettled(project.id, item.id, offer.id, offer.giver, offer.receiver, state)


def accepted(
    project: Project, item: Item, offer: Offer, people: Mapping[int, Person], now: datetime
) -> RolesChanged:
    """What changes hands with an offer: from the day that it said, else from now on."""
    change = assign(
        project,
        item,
        offer.letters,
        PersonHolder(offer.receiver),
        people,
        since=offer.since or now,
        now=now,
        dated=offer.since is not None,
        hand_over=True,
    )
    return replace(change, accepts=offer.id)


def overtaken(offer: Offer, change: RolesChanged) -> HandOverSettled | None:
    """What becomes of an open offer when letters of its item change; None where it stays open.

    It stays as long as its giver is accountable.
    """
    ended = {held.holder for held in (*change.ended, *change.voided) if held.letter is Letter.A}
    begun = {seat.holder for seat in change.begun if seat.letter is Letter.A}
    begun |= {held.holder for held in change.restored if held.letter is Letter.A}
    giver = PersonHolder(offer.giver)
    if giver not in ended or giver in begun:
        return None
    state = OfferState.ACCEPTED if change.accepts == offer.id else OfferState.OVERTAKEN
    return HandOverSettled(
        change.project, change.item, offer.id, offer.giver, offer.receiver, state
    )
