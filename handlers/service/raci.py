"""The use cases of letters: who is accountable, responsible, consulted and informed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot import deciding, permissions
from bot.acting import standing_ins
from bot.changes import Change
from bot.commands import ShowHeld, ShowHistory
from bot.deciding import LONGEST_NOTE, Past, checked_text
from bot.errors import NotFound, Seen, Stale
from bot.history import held_between
from bot.orders import Assign, Clear, SayOfOffer, SettleOffer
from bot.outcome import Done, HeldOn, Place, RowHistory, Said, Shown
from bot.people import Actor
from bot.project import Holder, Item, Letter, Offer, OfferState, Project
from bot.rights import Right
from handlers.service import moments, outsiders, references
from handlers.service.desks import Desks
from handlers.service.offers import Letterbox
from handlers.service.references import Desk
from handlers.service.taking import refuse_taking
from storage import audit, history, offers

ANYWHERE = Place()
PAGE = 20
"""Changes on one page of a history."""


class Raci(Desks):
    """What may be done with the letters of an item."""

    def assign(self, actor: Actor, order: Assign, place: Place) -> Done:
        """Give letters to a holder; see `deciding.assign` for what is refused.

        To hand over is to offer, unless nobody must be asked: see `deciding.handed_over`. Somebody
        from outside becomes known by it.
        """
        with self._writing(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, order.project, place))
            item = references.item(desk, project, order.item)
            permissions.require_in(
                actor,
                Right.EDIT,
                project,
                item,
                desk.facts.people,
                sight=desk.sight(project.id),
                stands_for=desk.stands_for(project),
            )
            known = outsiders.introduced(desk, order.holder)
            change = self._given(known, project, item, order)
            return self._write(known, actor, project, item, change)

    def _given(self, desk: Desk, project: Project, item: Item, order: Assign) -> Change:
        holder = references.holder(desk, order.holder)
        if order.seen is not None:
            self._refuse_overtaken(desk, project, item, order, holder)
        change = deciding.assign(
            project,
            item,
            order.letters,
            holder,
            desk.facts.people,
            since=moments.beginning(order.since, desk.actor, desk.now),
            now=desk.now,
            dated=order.since is not None,
            hand_over=order.hand_over,
            past=_past(desk, item) if order.since is not None else deciding.NOT_ASKED,
        )
        if not order.hand_over:
            return change
        handed = deciding.handed_over(
            project,
            item,
            change,
            desk.facts.people,
            desk.actor,
            now=desk.now,
            dated=order.since is not None,
            unasked=order.unasked,
        )
        refuse_taking(desk, project, item, handed)
        return handed

    def _refuse_overtaken(
        self, desk: Desk, project: Project, item: Item, order: Assign, holder: Holder
    ) -> None:
        """Raise `Stale` if the item moved on; or, where it got another Accountable meanwhile and
        shall have one here, `SecondAccountable`, which says who it is now.
        """
        assert order.seen is not None
        moved = audit.since_version(desk.session, desk.actor.workspace, item.id, order.seen)
        present = deciding.holders(item.assignments, Letter.A)
        if moved and Letter.A in order.letters:
            for held in present:
                if held.holder != holder and held.recorded_at >= moved[0].at:
                    people = desk.facts.people
                    raise deciding.second(project, item, held, holder, people, desk.now)
        self._refuse_stale(desk, project, item, order.seen)

    def history(self, actor: Actor, order: ShowHistory, place: Place) -> RowHistory:
        """Every change of an item, the latest first."""
        with self._reading(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, order.project, place))
            item = references.item(desk, project, order.item)
            size = history.count(desk.session, actor.workspace, item.id)
            pages = max(1, -(-size // PAGE))
            page = min(order.page, pages)
            found = history.lines(desk.session, actor.workspace, item.id, PAGE, (page - 1) * PAGE)
            return RowHistory(project, item, tuple(found), page, pages, desk.facts.people)

    def held_on(self, actor: Actor, order: ShowHeld, place: Place) -> HeldOn:
        """Who held the letters of an item on a day (the actor's), those of its stage where it takes
        them, and who acted for whom at the end of it.
        """
        zone = ZoneInfo(actor.zone)
        begin = datetime.combine(order.day, time(), zone).astimezone(UTC)
        end = datetime.combine(order.day + timedelta(days=1), time(), zone).astimezone(UTC)
        with self._reading(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, order.project, place))
            item = references.item(desk, project, order.item)
            rows = history.letters(desk.session, project.ruling(item).id)
            moment = min(end - timedelta(seconds=1), max(begin, desk.now))
            acted = history.delegations_at(desk.session, actor.workspace, moment)
            people = desk.facts.people
            return HeldOn(
                project,
                item,
                order.day,
                zone,
                held_between(rows, begin, end),
                standing_ins(project, people, acted, moment),
                people,
            )

    def clear(self, actor: Actor, order: Clear, place: Place) -> Done:
        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            holder = references.holder(desk, order.holder) if order.holder else None
            people = desk.facts.people
            change = deciding.clear(project, item, order.letters, holder, people, since=desk.now)
            refuse_taking(desk, project, item, change)
            return change

        return self._change(actor, order.project, order.item, order.seen, place, decide)

    def settle(self, actor: Actor, order: SettleOffer, place: Place) -> Done:
        """Accept, decline or call off the hand-over that is offered.

        `Stale`, with who and when, where that offer was settled already.
        """
        with self._writing(actor, place) as desk:
            project, item, offer = self._meant(desk, order, place)
            change = _settled(desk, project, item, offer, order.state)
            return self._write(desk, actor, project, item, change)

    def say(self, actor: Actor, order: SayOfOffer) -> Said:
        """Pass on what one side of an offer says to the other, as it is. `Stale` where it was
        settled, `NotFound` for what is not the actor's.
        """
        text = checked_text(order.text, LONGEST_NOTE, "text")
        with self._writing(actor, ANYWHERE) as desk:
            project, item, offer = self._offered(desk, order.offer)
            by, sides = actor.person_id, (offer.asker, offer.answerer)
            if by is None or by not in sides:
                raise NotFound("offer", str(order.offer))
            people = desk.facts.people
            box = Letterbox(desk.session, actor.workspace, people, desk.now)
            return Said(box.said(project, item, offer, by, text), people)

    def offered(self, actor: Actor, offer: int) -> Shown:
        """The item of an open offer, for the form that says something about it."""
        with self._reading(actor, ANYWHERE) as desk:
            project, item, _offer = self._offered(desk, offer)
            return Shown(project, item, dict(desk.facts.people))

    def _meant(
        self, desk: Desk, order: SettleOffer, place: Place
    ) -> tuple[Project, Item, Offer | None]:
        if order.offer is not None:
            return self._offered(desk, order.offer)
        project = self._project(desk, references.project_id(desk, order.project, place))
        item = references.item(desk, project, order.item)
        return project, item, item.offer

    def _offered(self, desk: Desk, key: int) -> tuple[Project, Item, Offer]:
        offer = offers.one(desk.session, desk.actor.workspace, key)
        if offer is None or not desk.sees(offer.project):
            raise NotFound("offer", str(key))
        project = self._project(desk, offer.project)
        item = next((one for one in project.items if one.id == offer.item), None)
        if item is None:
            raise NotFound("offer", str(key))
        if offer.state is not OfferState.OPEN:
            raise Stale(item.title, (_became(desk, offer),))
        return project, item, offer


def _past(desk: Desk, item: Item) -> Past:
    return Past(history.letters(desk.session, item.id), desk.zone)


def _settled(
    desk: Desk, project: Project, item: Item, offer: Offer | None, state: OfferState
) -> Change:
    actor, people = desk.actor, desk.facts.people
    answers_for_it = desk.role(project, item).may(Right.ANSWER)
    settled = deciding.settled(
        project, item, offer, state, people, actor, answers_for_it=answers_for_it
    )
    if state is not OfferState.ACCEPTED or offer is None:
        return settled
    return deciding.accepted(project, item, offer, people, desk.now)


def _became(desk: Desk, offer: Offer) -> Seen:
    """Who settled an offer, when, and how."""
    by = desk.facts.people.get(offer.answered_by or 0)
    return Seen(
        by.name if by else "Charter",
        offer.answered_at or offer.offered_at,
        f"hand-over {offer.state.words}",
    )
