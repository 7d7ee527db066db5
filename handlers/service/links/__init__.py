"""Links: what is linked to a project, the cards that say so, and the looks that keep them true.

A look at another server never happens within a transaction: what is wanted is read first, then
looked at, then decided and written on what holds by then.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot import documents
from bot import links as rules
from bot.changes import DocumentPlanned, LinkAdded, PullRequestLinked, RunLinked, Upkeep
from bot.errors import NotFound, Refused
from bot.errors import Why as Unfit
from bot.evidence import looked, settled
from bot.links import Card, Linked, LinkKept, LinkMade, Posted, Question, sight
from bot.orders import AddLink, MoveLink
from bot.outcome import Done, Place
from bot.pages import PageSight
from bot.people import Actor
from bot.project import Item, Project
from bot.sources.base import Kind, Page, PullRequest, Ref, Seen, Trouble, Why
from handlers.service import accounts, references
from handlers.service.cards import Cards, Where, keep_looking
from handlers.service.facts import FactsCache
from handlers.service.links import pasting
from handlers.service.links.announcing import Announcer
from handlers.service.links.choosing import chosen, known_here
from handlers.service.links.following import Follows
from handlers.service.links.importing import Imports, imported
from handlers.service.links.looking import LookingDesks
from handlers.service.links.lookout import Glance, Lookout
from handlers.service.links.pages import Pages, note
from handlers.service.links.polling import Polling
from handlers.service.links.streams import Streams
from handlers.service.links.telling import Telling, stands
from handlers.service.references import Desk
from handlers.service.reviewers import Reviewers
from storage import links
from storage.database import Database

__all__ = ["Follows", "Imports", "Links", "Lookout", "Polling", "Streams", "Where"]

FRESH = timedelta(minutes=1)
"""What was seen this lately is not looked at again for one more card."""
MOST_PASTED = 5
"""Addresses of one message that are looked at."""

Change = PullRequestLinked | RunLinked


class Links(LookingDesks):
    """What may be done with links."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        lookout: Lookout,
    ) -> None:
        super().__init__(database, clock, cache, lookout)
        self._pages = Pages(database, clock, lookout)

    def recognised(self, text: str) -> tuple[Ref, ...]:
        """The pull requests and runs that a text names by their addresses."""
        found = map(self._lookout.recognises, rules.addresses(text))
        works = (ref for ref in found if ref and ref.kind is not Kind.PAGE)
        return tuple(dict.fromkeys(works))[:MOST_PASTED]

    def pages_in(self, text: str) -> tuple[Ref, ...]:
        """The pages that a text names by their addresses."""
        found = map(self._lookout.recognises, rules.addresses(text))
        some = (ref for ref in found if ref and ref.kind is Kind.PAGE)
        return tuple(dict.fromkeys(some))[:MOST_PASTED]

    def paste_page(self, actor: Actor, ref: Ref, place: Place, where: Where) -> None:
        """Say under a message what is known of a page that was pasted there, if it is kept."""
        with self._writing(actor, place) as desk:
            pasting.tell_of(desk, self._lookout, ref, where)

    def close(self) -> None:
        """Hang up on all sources."""
        self._lookout.close()

    def pages(self, actor: Actor, project: Project) -> Mapping[str, PageSight]:
        """What was seen last of the pages among its links, by their addresses."""
        return self._pages.of(actor.workspace, project)

    # --- linking ---

    def link(
        self, actor: Actor, order: AddLink, place: Place, where: Where | None = None
    ) -> LinkMade | LinkKept:
        """Link an address to the project that the order names or the place means.

        The card goes to `where` if given, else into the place as a message of its own; to the
        actor alone where not all may know of the project. An address that no source knows is kept
        with the project.
        """
        ref = self._lookout.recognises(order.url)
        if ref is None:
            self._lookout.check_barred(order.url)
            return self._keep(actor, order, place)
        if ref.kind is Kind.PAGE:
            return self._keep(actor, order, place, ref, self._glance(actor, order, place, ref))
        if order.review or order.unreviewed:
            raise Refused(Unfit.NO_DOCUMENT, {"name": rules.ref_title(ref)}, field="date")
        with self._reading(actor, place) as desk:
            project, _item = self._named(desk, order, place)
            old, there = imported(desk, ref), _before_moving(desk, ref)
            present = _of_project(desk, there, project.id)
        asked_at = self._clock()
        ref, told = _moved_to(there, ref, *self._told(ref, present, old))
        with self._writing(actor, place) as desk:
            project, item = self._named(desk, order, place)
            return self._tied(desk, project, item, ref, told, asked_at, where)

    def paste(self, actor: Actor, ref: Ref, place: Place, where: Where) -> Question | None:
        """Put a card under a message in which an address was pasted; the question to be asked where
        nothing says which project it belongs to.
        """
        with self._reading(actor, place) as desk:
            old, there = imported(desk, ref), _before_moving(desk, ref)
            found = chosen(desk, old.ref if old else there)
            if isinstance(found, Question):
                return found if found.options else None
            present = _of_project(desk, there, found)
        asked_at = self._clock()
        ref, told = _moved_to(there, ref, *self._told(ref, present, old))
        with self._writing(actor, place) as desk:
            self._tied(desk, self._project(desk, found), None, ref, told, asked_at, where)
        return None

    def _named(self, desk: Desk, order: AddLink, place: Place) -> tuple[Project, Item | None]:
        project = self._project(desk, references.project_id(desk, order.project, place))
        return project, references.item(desk, project, order.item) if order.item else None

    def _told(
        self, ref: Ref, present: Linked | None, old: Linked | None
    ) -> tuple[Ref, Seen | None]:
        """What is to be linked, and what is told of it: of a tracker that is gone what was imported
        (`old`), else the copy of it that lies in another tracker.
        """
        if old is not None:
            return old.ref, old.sighting.seen
        copy = self._lookout.copy_of(ref)
        return (copy, self._look(copy, None)) if copy else (ref, self._look(ref, present))

    def _look(self, ref: Ref, present: Linked | None) -> Seen | None:
        """A look at it, if there was none just now."""
        now = self._clock()
        seen_at = present.sighting.seen_at if present else None
        if seen_at is not None and now - seen_at < FRESH:
            return None
        return self._lookout.look([ref], now).told[ref]

    def _tied(
        self,
        desk: Desk,
        project: Project,
        item: Item | None,
        ref: Ref,
        told: Seen | None,
        asked_at: datetime,
        where: Where | None,
    ) -> LinkMade:
        before = _of_project(desk, ref, project.id)
        change = rules.link(project, ref, rules.spot_of(project, before), item)
        done = self._write(desk, desk.actor, project, item, change) if change else None
        linked = _of_project(desk, ref, project.id)
        assert linked is not None
        if told is not None:
            linked = self._seen(desk, linked, told, asked_at)
        cards = Cards(
            desk.session, desk.facts, desk.cache, desk.now, done.project if done else None
        )
        posted = _post(desk, cards, linked, where)
        cards.resay([linked])
        return LinkMade(_full(desk, cards, linked), posted, done)

    def _seen(self, desk: Desk, linked: Linked, told: Seen, asked_at: datetime) -> Linked:
        """Keep a look, unless somebody has looked since it began, tell of it like any other, and
        let more follow while there is something to come.
        """
        seen_at = linked.sighting.seen_at
        if seen_at is not None and seen_at > asked_at:
            return linked
        accounts.learn(desk.session, desk.facts, desk.now, [told])
        sighting = looked(linked.sighting, told, desk.now)
        goes_on = linked.is_linked and not settled(sighting, linked.linked_at, desk.now)
        before, linked = linked, replace(linked, sighting=sighting, is_polled=goes_on)
        cards = Cards(desk.session, desk.facts, desk.cache, desk.now)
        links.record(desk.session, linked, cards.author(linked))
        looks = [(before, linked)]
        Announcer(desk.session, desk.facts, cards, desk.now).announce(looks)
        Reviewers(desk.session, desk.facts, cards, desk.now).tell(looks)
        telling = Telling(desk.session, desk.facts, cards, desk.now)
        telling.tell(looks)
        telling.post(looks)
        if goes_on:
            keep_looking(desk.session, desk.actor.workspace, desk.now)
        return linked

    def _glance(self, actor: Actor, order: AddLink, place: Place, ref: Ref) -> Glance:
        """A look at a page, once it is clear that the address may be kept."""
        with self._reading(actor, place) as desk:
            project, item = self._named(desk, order, place)
            self._decided(project, item, order, ref)
        return self._lookout.look([ref], self._clock())

    def _keep(
        self,
        actor: Actor,
        order: AddLink,
        place: Place,
        ref: Ref | None = None,
        glance: Glance | None = None,
    ) -> LinkKept:
        told = next((_of_page(one) for one in glance.told.values()), None) if glance else None
        title = order.title or (told.title if isinstance(told, Page) else "")
        with self._writing(actor, place) as desk:
            project, item = self._named(desk, order, place)
            change = self._decided(project, item, order, ref, title)
            done = self._write(desk, actor, project, None, change)
            if glance is not None:
                note(desk.session, actor.workspace, glance.told, glance)
            link = documents.kept(done.project, change.url)
            assert link is not None
            return LinkKept(
                change.url,
                change.title,
                done,
                known_here(desk, project.id),
                told,
                link,
                is_new=isinstance(change, LinkAdded),
                keeper=desk.facts.people.get(
                    documents.keeper(done.project, link, desk.facts.people) or 0
                ),
            )

    def _decided(
        self, project: Project, item: Item | None, order: AddLink, ref: Ref | None, title: str = ""
    ) -> LinkAdded | DocumentPlanned:
        """A new link; or, of an address that is kept, another day or item for it. One page may have
        several addresses.
        """
        present = documents.kept(project, rules.checked_url(order.url))
        if present is None and ref is not None:
            some = project.scope.links
            same = (one for one in some if self._lookout.recognises(one.url) == ref)
            present = next(same, None)
        if present is None:
            upkeep = Upkeep(order.review, rules.spot(item))
            return documents.keep(project, order.url, title, upkeep)
        if order.review is None and not order.unreviewed and item is None:
            return documents.keep(project, present.url)  # which refuses it
        before = documents.upkeep_of(project, present)
        day = None if order.unreviewed else order.review or before.review
        return documents.plan(
            project, present, Upkeep(day, rules.spot(item) if item else before.spot)
        )

    # --- what stands already ---

    def shown(self, actor: Actor, kind: Kind, number: int, place: Place) -> Card:
        """A linked thing, as the actor may see it. `NotFound` where it is not linked any more."""
        with self._reading(actor, place) as desk:
            linked = self._standing(desk, kind, number)
            cards = Cards(desk.session, desk.facts, desk.cache, desk.now)
            return _full(desk, cards, linked)

    def move(self, actor: Actor, order: MoveLink, place: Place) -> Done:
        """Give it another item, or none."""

        def decide(project: Project, linked: Linked) -> tuple[Change, Item | None]:
            item = project.item(order.item) if order.item else None
            if order.item and item is None:
                raise NotFound("item", order.item)
            return rules.move(project, linked.ref, rules.spot_of(project, linked), item), item

        return self._changed(actor, order.kind, order.number, place, decide)

    def unlink(self, actor: Actor, kind: Kind, number: int, place: Place) -> Done:
        def decide(project: Project, linked: Linked) -> tuple[Change, Item | None]:
            item = project.item(linked.item) if linked.item else None
            return rules.unlink(project, linked.ref, rules.spot_of(project, linked)), item

        return self._changed(actor, kind, number, place, decide)

    def _changed(
        self,
        actor: Actor,
        kind: Kind,
        number: int,
        place: Place,
        decide: Callable[[Project, Linked], tuple[Change, Item | None]],
    ) -> Done:
        with self._writing(actor, place) as desk:
            linked = self._standing(desk, kind, number)
            project = self._project(desk, linked.project)
            change, item = decide(project, linked)
            return self._write(desk, actor, project, item, change)

    def _standing(self, desk: Desk, kind: Kind, number: int) -> Linked:
        linked = links.keyed(desk.session, desk.actor.workspace, kind, number)
        if linked is None or not linked.is_linked or not desk.sees(linked.project):
            raise NotFound("link", str(number))
        return linked


def _before_moving(desk: Desk, ref: Ref) -> Ref:
    """The same pull request as it was linked before its repository was called otherwise."""
    return links.linked_as(desk.session, desk.actor.workspace, [ref]).get(ref, ref)


def _moved_to(there: Ref, asked: Ref, ref: Ref, told: Seen | None) -> tuple[Ref, Seen | None]:
    """What was told of it, as it was linked before."""
    if there == asked:
        return ref, told
    return there, replace(told, ref=there) if isinstance(told, PullRequest) else told


def _of_project(desk: Desk, ref: Ref, project: int) -> Linked | None:
    found = links.of_ref(desk.session, desk.actor.workspace, ref)
    return next((one for one in found if one.project == project), None)


def _of_page(told: Seen) -> Page | Trouble:
    return told if isinstance(told, Page | Trouble) else Trouble(Why.GARBAGE)


def _full(desk: Desk, cards: Cards, linked: Linked) -> Card:
    """For the actor alone, who sees the project; the operator sees what Charter's token does."""
    person = desk.actor.person
    inside = person is None or cards.takes_part(linked, person.id)
    inside = inside or desk.facts.projects[linked.project].shows_titles
    seen = sight(linked, knows_project=True, inside=inside)
    project, people, logins = cards.project(linked), desk.facts.people, cards.logins(linked)
    return Card(linked, seen, project, people, logins, commit_of=cards.commit_of(linked))


def _post(desk: Desk, cards: Cards, linked: Linked, where: Where | None) -> Posted:
    """Let a card stand where it was asked for, unless the channel has one of what it follows; where
    not all may know of the project, nothing stands there, as if there were none, and the actor
    alone gets it.
    """
    person = desk.actor.person
    here = desk.place.channel if not desk.place.is_direct else None
    moment = f"{desk.now:%Y%m%d%H%M%S%f}"
    if here and known_here(desk, linked.project):
        if not stands(desk.session, desk.facts, linked, here):
            cards.say(linked, where or Where(here, moment))
        return Posted.HERE
    if person is None or person.slack_id is None:
        return Posted.NOWHERE
    thread = where.thread_ts if where and desk.place.is_direct else None
    said = where.said if where else moment
    cards.say(linked, Where(person.slack_id, said, thread))
    return Posted.DIRECT
