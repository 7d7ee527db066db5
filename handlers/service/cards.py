"""Cards: what stands in Slack of something linked, said anew wherever it stands.

What a card may say depends on who reads it, and is decided each time that it is said: a project may
have become private since, or a channel public.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from bot import following as follows
from bot import links as rules
from bot.acting import standing_ins
from bot.changes import Change, FilterSet, PullRequestLinked, RunLinked, StreamFollowed, TieChange
from bot.errors import Refused, Why
from bot.links import Card, Linked, Sight, sight
from bot.project import Project
from bot.recurrence import Every
from bot.sight import admits, is_own_room, is_told_in
from bot.sources.base import Kind, PullRequest, Ref, Run, Stream
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.references import Desk
from handlers.views import links as views
from handlers.views.kit import Message
from storage import evidence, following, links, outbox, schedules

SYNC = "sync"
"""The schedule of polling, by kind and by key."""
FOLLOW = "follow"
"""The schedule of looking at what is followed, by kind and by key."""
REGISTRY = "registry"
"""The schedule of looking at what became of models, by kind and by key."""
EVERY = Every(10)

PERSON = ("U", "W")
"""How the ids of people begin: a card to one of them stands in their direct messages."""
SHORTEST_COMMIT = 7
"""Signs of a commit by which it is known."""
MOST = 20
"""Cards about one thing that are kept up to date, the latest ones."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a card stands: a channel or a person, and what it stands under.

    `said` is the message, or moment, that it answers.
    """

    channel: str
    said: str
    thread_ts: str | None = None


@dataclass(slots=True)
class Cards:
    """Says cards in one transaction. `renewed` is a project as this transaction has changed it."""

    session: Session
    facts: WorkspaceFacts
    cache: FactsCache
    now: datetime
    renewed: Project | None = None
    _logins: dict[str, dict[str, int]] = field(default_factory=dict)
    _pulls: dict[int, list[PullRequest]] = field(default_factory=dict)
    _last: tuple[tuple[object, ...], Message] | None = None

    def say(self, linked: Linked, where: Where) -> None:
        """Let a card about it stand there."""
        places = links.places(self.session, self.facts.workspace, [where.channel])
        message, secret = self._said(linked, where.channel, places)
        outbox.say(
            self.session,
            self.facts.workspace,
            linked.card_key(where.channel, where.said),
            where.channel,
            message.text,
            message.blocks,
            self.now,
            thread_ts=where.thread_ts,
            about=linked.about,
            confidential=secret,
        )

    def resay(self, some: Sequence[Linked]) -> None:
        """Let every card about these say what holds now; one that says it already stays.

        What stands is read at once for all, so that a pass in which nothing changed writes nothing.
        """
        workspace = self.facts.workspace
        standing = outbox.about_each(self.session, workspace, [one.about for one in some])
        posted = {about: _kept(cards) for about, cards in standing.items()}
        channels = {card.channel for cards in posted.values() for card in cards}
        places = links.places(self.session, workspace, sorted(channels))
        for linked in some:
            for card in posted.get(linked.about, ()):
                message, secret = self._said(linked, card.channel, places)
                outbox.say_anew(
                    self.session,
                    card,
                    message.text,
                    message.blocks,
                    self.now,
                    confidential=secret,
                )

    def _said(self, linked: Linked, channel: str, places: links.Places) -> tuple[Message, bool]:
        """What a card says there, and whether that tells of a private project."""
        card = self.card(linked, channel, places)
        told = (linked, card.sight, card.project is not None, tuple(card.places))
        if self._last is None or self._last[0] != told:  # alike in most places where it stands
            self._last = told, views.card(card)
        secret = self.facts.projects[linked.project].private and card.sight is not Sight.BARE
        return self._last[1], secret

    def card(self, linked: Linked, channel: str, places: links.Places) -> Card:
        """What everybody who reads this channel, or this person, may know."""
        knows = self.knows(linked.project, channel, places)
        if channel.startswith(PERSON):
            person = self.facts.by_slack.get(channel)
            inside = person is not None and self.takes_part(linked, person.id)
        else:
            project, room = self.facts.projects[linked.project], places.get(channel)
            inside = room is not None and is_own_room(project, room)
        shown = inside or self.facts.projects[linked.project].shows_titles
        seen = sight(linked, knows_project=knows, inside=shown)
        if not knows:
            return Card(linked, seen)
        told, people = self.project(linked), self.facts.people
        acts = standing_ins(told, people, self.facts.delegations, self.now)
        elsewhere = self._elsewhere(linked, channel, places)
        commit_of = self.commit_of(linked)
        return Card(linked, seen, told, people, self.logins(linked), acts, elsewhere, commit_of)

    def commit_of(self, linked: Linked) -> Ref | None:
        """The pull request of its project that the commit of a run belongs to; none in a private
        repository, of which not everybody may know.
        """
        run = linked.sighting.seen
        if not isinstance(run, Run) or len(run.commit) < SHORTEST_COMMIT:
            return None
        if linked.project not in self._pulls:
            rows = evidence.rows(self.session, Kind.PULL_REQUEST, [linked.project])
            seen = [one.seen for _, one in rows]
            self._pulls[linked.project] = [
                pull for pull in seen if isinstance(pull, PullRequest) and not pull.private
            ]
        found = [
            pull
            for pull in self._pulls[linked.project]
            if any(one.startswith(run.commit) for one in (pull.head, *pull.commits))
        ]
        found.sort(key=lambda pull: pull.repo.lower() != run.repo)  # it may have been renamed
        return found[0].ref if found else None

    def _elsewhere(
        self, linked: Linked, channel: str, places: links.Places
    ) -> dict[tuple[int, str | None], str]:
        """Where rules would have it, as far as all who read the channel may know of that."""
        found: dict[tuple[int, str | None], str] = {}
        for one in linked.overruled:
            if one.project not in self.facts.projects or not self.knows(
                one.project, channel, places
            ):
                continue
            project = self.cache.project(self.session, self.facts, one.project, self.now)
            item = project.item(one.item) if one.item else None
            found[one.project, one.item] = (
                f"{item.title} ({project.name})" if item else project.name
            )
        return found

    def knows(self, project: int, channel: str, places: links.Places) -> bool:
        """Whether all who read the channel may know of the project."""
        known = self.facts.projects.get(project)
        if known is None:
            return False
        if channel.startswith(PERSON):
            person = self.facts.by_slack.get(channel)
            return admits(known, person.id if person else None)
        room = places.get(channel)
        return room is not None and is_told_in(known, room)

    def takes_part(self, linked: Linked, person: int) -> bool:
        """Whether somebody is its author or owes it a review, and so sees it at its host anyway."""
        seen, logins = linked.sighting.seen, self.logins(linked)
        if not isinstance(seen, PullRequest):
            return False
        return any(logins.get(login.lower()) == person for login in (seen.author, *seen.requested))

    def logins(self, linked: Linked) -> dict[str, int]:
        """People's names at its source."""
        source = linked.ref.source
        if source not in self._logins:
            workspace = self.facts.workspace
            self._logins[source] = links.people_named(self.session, workspace, source)
        return self._logins[source]

    def author(self, linked: Linked) -> int | None:
        """The person behind its author, if that one is known."""
        login = rules.author(linked.sighting.seen)
        return self.logins(linked).get(login.lower()) if login else None

    def project(self, linked: Linked) -> Project:
        if self.renewed is not None and self.renewed.id == linked.project:
            return self.renewed
        return self.cache.project(self.session, self.facts, linked.project, self.now)


def _kept(cards: Sequence[outbox.Standing]) -> Sequence[outbox.Standing]:
    """The latest that Slack takes; of what it refused also what says too much: it is reduced."""
    return [card for card in cards if card.confidential or not card.refused][-MOST:]


def refuse_overtaken(desk: Desk, change: Change, project: Project) -> None:
    """Raise `Refused` for a change that takes a link back which stands otherwise by now."""
    if isinstance(change, FilterSet):
        holding = following.filters(desk.session, project.id)
        if follows.mode_of(holding, change.trait, change.value) is not change.before:
            raise Refused(Why.UNDO_OVERTAKEN, {"item": project.name})
    if isinstance(change, StreamFollowed):
        stream = Stream(change.at, change.kind, change.stream, change.url)
        known = following.of_project(desk.session, project.id)
        present = follows.standing(known, stream, change.by, change.pattern)
        if follows.spot_of(project, present) != change.before:
            raise Refused(Why.UNDO_OVERTAKEN, {"item": project.name})
    if isinstance(change, PullRequestLinked | RunLinked):
        found = links.of_ref(desk.session, desk.actor.workspace, rules.ref_of(change))
        mine = next((linked for linked in found if linked.project == project.id), None)
        if rules.spot_of(project, mine) != change.before:
            raise Refused(Why.UNDO_OVERTAKEN, {"item": project.name})


def renew(desk: Desk, change: TieChange, project: Project) -> None:
    """After something was linked, moved or unlinked: its cards say so."""
    ref = rules.ref_of(change)
    found = links.of_ref(desk.session, desk.actor.workspace, ref)
    mine = [linked for linked in found if linked.project == change.project]
    Cards(desk.session, desk.facts, desk.cache, desk.now, project).resay(mine)
    if change.after is not None:
        keep_looking(desk.session, desk.actor.workspace, desk.now)


def keep_looking(session: Session, workspace: int, now: datetime) -> None:
    """Let everything that is linked and open be looked at from time to time."""
    schedules.put(session, workspace, SYNC, SYNC, 0, EVERY, now)


def keep_following(session: Session, workspace: int, now: datetime) -> None:
    """Let what is followed be asked from time to time what changed there."""
    schedules.put(session, workspace, FOLLOW, FOLLOW, 0, EVERY, now)
