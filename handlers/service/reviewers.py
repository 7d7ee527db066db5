"""Tells people of the reviews that are asked of them: one message each, which is edited after."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot import links as rules
from bot.announcing import Look
from bot.hours import hours
from bot.links import Card, Linked, Sight, repo_and_number
from bot.people import Person
from bot.project import Group
from bot.reviewing import Came, Turn, is_old, turns
from bot.routing import Event, Happening, Notice, concerned, routed, routes
from bot.routing.told import Told, stored, told
from bot.sources.base import PullRequest, Ref
from handlers.service import mail, threads
from handlers.service.apart import apart
from handlers.service.cards import Cards
from handlers.service.facts import WorkspaceFacts
from handlers.views import reviewers as views
from storage import links, outbox, user_groups


@dataclass(frozen=True, slots=True)
class _Hearer:
    """Who is to hear of a review: a `person`, or a `group` in a project's channel."""

    channel: str
    linked: Linked
    told: Told
    person: Person | None = None
    group: Group | None = None

    @property
    def mark(self) -> str:
        return str(self.person.id) if self.person else "group"


@dataclass(frozen=True, slots=True)
class Reviewers:
    """Tells of reviews in one transaction, after what was seen was written down."""

    session: Session
    facts: WorkspaceFacts
    cards: Cards
    now: datetime

    def tell(self, looks: Sequence[Look]) -> None:
        """Whoever is asked for a review hears of it once, in their working hours; asked again, or
        asked no more, the same message says so. Where a pull request is linked to several projects
        it is told of one that they see. A login that nobody is known by is nobody's.
        """
        by_ref: dict[Ref, list[Look]] = defaultdict(list)
        for before, after in looks:
            if after.is_linked and isinstance(after.sighting.seen, PullRequest):
                by_ref[after.ref].append((before, after))
        for ref, mine in by_ref.items():
            before = next((one for one, _ in mine if one.sighting.seen is not None), mine[0][0])
            some = [one for _, one in mine]
            if before.sighting.seen != some[0].sighting.seen:
                apart(self.session, partial(self._of_one, ref, before, some), _about(ref))

    def _of_one(self, ref: Ref, before: Linked, some: Sequence[Linked]) -> None:
        was, now = before.sighting.seen, some[0].sighting.seen
        assert isinstance(now, PullRequest)
        for turn in turns(was if isinstance(was, PullRequest) else None, now):
            if turn.came is Came.ASKED:
                if was is None and is_old(now, turn.since, self.now):
                    continue
                self._ask(ref, turn, some, is_first_look=was is None)
            else:
                self._end(ref, turn, some)

    # --- asked ---

    def _ask(self, ref: Ref, turn: Turn, some: Sequence[Linked], *, is_first_look: bool) -> None:
        for one in self._hearers(turn, some):
            key = f"{_key(ref, turn)}{one.mark}"
            standing = outbox.keyed(self.session, self.facts.workspace, key)
            if standing is not None and is_first_look:
                continue  # of another project they heard of it already
            card = self._card(one.linked, one.channel, is_asked=one.told.event is Event.PULL_REVIEW)
            if card.project is None:
                continue  # not all who read it there may know of the project
            said = views.asked(
                card,
                turn,
                one.told,
                key,
                group=one.group,
                is_again=standing is not None and standing.ts is not None,
            )
            outbox.say(
                self.session,
                self.facts.workspace,
                key,
                one.channel,
                said.text,
                said.blocks,
                self.now,
                about=_about(ref),
                confidential=self.facts.projects[one.linked.project].private,
                why=stored([one.told]),
                due=self._due(one.person),
            )

    def _due(self, person: Person | None) -> datetime:
        """When they are there next: neither in the evening nor on a day off."""
        if person is None:
            return self.now
        return hours(person, self.facts.presence(person.id)).next_open(self.now)

    def _hearers(self, turn: Turn, some: Sequence[Linked]) -> Iterator[_Hearer]:
        if not turn.is_team:
            asked = self._known(turn.who, some[0])
            found = (self._one(asked, turn, each) for each in some) if asked else iter(())
            first = next((one for one in found if one is not None), None)
            if first is not None:
                yield first
            return
        group = user_groups.named(
            self.session, self.facts.workspace, turn.who.rpartition("/")[2].lower()
        )
        for each in some:
            heard = [*self._team(turn, each, group)]
            if heard:
                yield from heard
                return

    def _known(self, login: str, linked: Linked) -> Person | None:
        """Who goes by a login, if anybody is known to."""
        person = self.facts.people.get(self.cards.logins(linked).get(login.lower(), -1))
        if person is not None and person.merged_into is not None:
            person = self.facts.people.get(person.merged_into)
        return person

    def _one(self, asked: Person, turn: Turn, linked: Linked) -> _Hearer | None:
        happening = replace(self._happened(Event.PULL_REVIEW, turn, linked), concerned=(asked.id,))
        known = self.facts.projects[linked.project]

        def sees(person: int) -> bool:
            return mail.sees(self.facts.people[person], known.id, self.facts)

        notices = concerned(happening, self.facts.people, sees)
        return next((self._heard(one, linked) for one in notices), None)

    def _team(self, turn: Turn, linked: Linked, group: Group | None) -> Iterator[_Hearer]:
        """The user group of the team's name, in the project's channel; where there is none, whoever
        is responsible for the stage.
        """
        project = self.cards.project(linked)
        item = project.item(linked.item) if linked.item else None
        happening = self._happened(Event.TEAM_REVIEW, turn, linked)
        people, delegations = self.facts.people, self.facts.delegations
        channel = threads.channel(self.session, self.facts, project)
        if group is not None and channel is not None:
            [route] = routes(Event.TEAM_REVIEW)
            notice = Notice(happening, route, None, group)
            yield _Hearer(channel, linked, told(notice, project, item, self.now), None, group)
            return
        for notice in routed(happening, project, item, people, delegations, self.now):
            if notice.happening.event is not Event.TEAM_REVIEW:
                continue
            if notice.person is not None:
                yield self._heard(notice, linked)
            elif channel is not None:
                one = told(notice, project, item, self.now)
                yield _Hearer(channel, linked, one, None, notice.group)

    def _heard(self, notice: Notice, linked: Linked) -> _Hearer:
        assert notice.person is not None
        person = self.facts.people[notice.person]
        project = self.cards.project(linked)
        item = project.item(linked.item) if linked.item else None
        one = told(notice, project, item, self.now)
        return _Hearer(person.slack_id or "", linked, one, person)

    def _happened(self, event: Event, turn: Turn, linked: Linked) -> Happening:
        project = self.cards.project(linked)
        item = project.item(linked.item) if linked.item else None
        # Who opened it is not to review it, though a team of theirs is asked.
        by = self._known(rules.author(linked.sighting.seen) if turn.is_team else turn.by, linked)
        return Happening(
            event,
            project.id,
            item.id if item else None,
            by.id if by else None,
            note=f"#{repo_and_number(linked.ref)[1]}",
        )

    # --- asked no more ---

    def _end(self, ref: Ref, turn: Turn, some: Sequence[Linked]) -> None:
        """What was told is edited where it stands, which rings no bell; what still waits to be told
        is told to nobody.
        """
        workspace = self.facts.workspace
        for one in outbox.about(self.session, workspace, _about(ref)):
            if not one.key.startswith(_key(ref, turn)):
                continue
            waiting = outbox.all_unsent_to(self.session, workspace, one.channel)
            if any(each.id == one.id for each in waiting):
                outbox.drop(self.session, [one.id])
                continue
            linked = self._told_of(one.channel, some)
            if linked is None:
                continue
            card = self._card(linked, one.channel, is_asked=not turn.is_team)
            said = views.ended(card, turn, one.key)
            outbox.say_anew(
                self.session,
                one,
                said.text,
                said.blocks,
                self.now,
                confidential=self.facts.projects[linked.project].private,
            )

    def _told_of(self, channel: str, some: Sequence[Linked]) -> Linked | None:
        places = links.places(self.session, self.facts.workspace, [channel])
        return next((one for one in some if self.cards.knows(one.project, channel, places)), None)

    def _card(self, linked: Linked, channel: str, *, is_asked: bool) -> Card:
        """What may be said of it there; who is asked by name sees it at its host anyway."""
        places = links.places(self.session, self.facts.workspace, [channel])
        card = self.cards.card(linked, channel, places)
        return replace(card, sight=Sight.FULL) if is_asked and card.project else card


def _about(ref: Ref) -> str:
    return f"review/{ref.source}/{ref.key}"


def _key(ref: Ref, turn: Turn) -> str:
    """How the keys of the messages about one review begin."""
    return f"{mail.ASKING}{_about(ref)}/{turn.who.lower()}/"
