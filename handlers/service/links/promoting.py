"""Tells whoever is accountable for the roll-out that a version of a model was promoted, once.

It is told of every project that the version belongs to: the one that its model names, else those
that the run which made it is linked to.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlmodel import Session

from bot import promotions as rules
from bot.gates import checks
from bot.hours import hours
from bot.people import Person
from bot.promotions import Promoted, Promotion
from bot.routing import Event, Happening, routed
from bot.routing.told import Told, stored, told
from bot.sources.base import Run
from bot.sources.models import Named, Registered
from handlers.service import mail
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.views import promotions as views
from handlers.views.kit import Message
from storage import links, outbox
from storage.gates import Gates

ABOUT: Final = "model/"
"""How the subjects, and behind "ask/" the keys, of these messages begin."""
SHORT: Final = 16
"""Signs by which a key tells one promotion from another."""

Places = Callable[[str], tuple[int, str | None] | None]
"""Finds the project, and the item of it, that a mark names."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one look at a registry found, `at` a moment; `runs` are those of its versions."""

    told: Registered
    runs: Mapping[str, Run]
    at: datetime


@dataclass(frozen=True, slots=True)
class _Letter:
    """One promotion as somebody is to be told of it, and why."""

    promotion: Promotion
    told: Told


@dataclass(frozen=True, slots=True)
class Promoter:
    """Tells of promotions in one transaction, after what was seen was written down."""

    session: Session
    facts: WorkspaceFacts
    cache: FactsCache
    now: datetime

    def tell(self, source: str, found: Found, new: Sequence[Promoted], places: Places) -> None:
        """Each to whoever is accountable, in their working hours; of many at once there is one
        message to each.
        """
        letters: dict[int, list[_Letter]] = defaultdict(list)
        logins = links.people_named(self.session, self.facts.workspace, source)
        for named, posts in rules.merged(new).items():
            for key, marked in self._belongs(found, posts, places):
                promotion = self._promotion(source, found, named, posts, key, marked, logins)
                if promotion is not None:
                    for person, letter in self._letters(promotion):
                        letters[person].append(letter)
        for person, some in letters.items():
            self._send(self.facts.people[person], some)

    def _belongs(
        self, found: Found, posts: Sequence[Promoted], places: Places
    ) -> Iterable[tuple[int, str | None]]:
        """The projects of a version (ids), each with the stage that its model names for it. One of
        which nothing tells belongs where the version did that held the same before it.
        """
        mark = rules.mark(found.told, posts[0].named)
        place = places(mark) if mark else None
        if place is not None:
            return [place]
        model = posts[0].post.model
        names = [posts[0].named, *((model, one.before) for one in posts if one.before)]
        linked = (self._linked(found, named) for named in names)
        return [(key, None) for key in next(filter(None, linked), ())]

    def _linked(self, found: Found, named: Named) -> list[int]:
        """The projects that the run which made a version is linked to."""
        version = found.told.versions.get(named)
        run = found.runs.get(version.run) if version else None
        if run is None:
            return []
        some = links.of_ref(self.session, self.facts.workspace, run.ref)
        open_ones = [one for one in some if not self.facts.projects[one.project].archived]
        return [one.project for one in open_ones if one.is_linked]

    def _promotion(
        self,
        source: str,
        found: Found,
        named: Named,
        posts: tuple[Promoted, ...],
        key: int,
        marked: str | None,
        logins: Mapping[str, int],
    ) -> Promotion | None:
        """None of a version that is not there any more."""
        version = found.told.versions[named]
        if version is None:
            return None
        project = self.cache.project(self.session, self.facts, key, self.now)
        item = rules.stage_of(project, marked)
        gate = Gates(self.session, [project.id]).of(item.id) if item else None
        return Promotion(
            posts=posts,
            version=version,
            project=project,
            item=item,
            source=source,
            seen_at=found.at,
            run=found.runs.get(version.run),
            says_by=rules.says_by(found.told, named),
            checks=checks(project, item, gate) if item and gate else (),
            people=self.facts.people,
            logins=logins,
        )

    def _letters(self, one: Promotion) -> Iterator[tuple[int, _Letter]]:
        """The people who are to hear of it: no group is accountable. Who promoted it is told as
        well: that is what a tag claims, and what it claims must not keep the news from anybody.
        """
        project, item = one.project, one.item
        happening = Happening(
            Event.MODEL_PROMOTED, project.id, item.id if item else None, note=views.short(one)
        )

        def sees(person: int) -> bool:
            return mail.sees(self.facts.people[person], project.id, self.facts)

        people, delegations = self.facts.people, self.facts.delegations
        for notice in routed(happening, project, item, people, delegations, self.now, sees):
            if notice.happening.event is Event.MODEL_PROMOTED and notice.person is not None:
                yield notice.person, _Letter(one, told(notice, project, item, self.now))

    # --- what is to stand in Slack ---

    def _send(self, person: Person, some: Sequence[_Letter]) -> None:
        if len(some) > rules.MOST:
            key = _key(person, some)
            told_of = [(one.promotion, one.told) for one in some]
            self._say(person, key, views.summed_up(told_of, key), some)
            return
        for one in some:
            key = _key(person, [one])
            self._say(person, key, views.promoted(one.promotion, one.told, key), [one])

    def _say(self, person: Person, key: str, said: Message, some: Sequence[_Letter]) -> None:
        """In their hours: neither in the evening nor on a day off."""
        projects = [self.facts.projects[one.promotion.project.id] for one in some]
        outbox.say(
            self.session,
            self.facts.workspace,
            key,
            person.slack_id or "",
            said.text,
            said.blocks,
            self.now,
            about=f"{ABOUT}{some[0].promotion.version.name}",
            confidential=any(one.private for one in projects),
            why=stored(one.told for one in some),
            due=hours(person, self.facts.presence(person.id)).next_open(self.now),
        )


def _key(person: Person, some: Sequence[_Letter]) -> str:
    named = "\n\n".join(_name(one) for one in some)
    return f"{mail.ASKING}{ABOUT}{sha256(named.encode()).hexdigest()[:SHORT]}/{person.id}"


def _name(one: _Letter) -> str:
    """What tells this message from every other: the same again, later, is another promotion."""
    made = one.promotion
    held = [f"{each.post.rank}:{each.post.name}" for each in made.posts]
    version = made.version
    return "\n".join(
        (
            made.source,
            version.name,
            version.version,
            *held,
            str(made.project.id),
            made.seen_at.isoformat(),
        )
    )
