"""What was seen where work happens is linked to the project and stage that the rules say.

All of it happens within one transaction. What a person linked, moved or unlinked stays as they left
it: a rule only says, on the card, where it would have it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from sqlmodel import Session

from bot import links as rules
from bot.announcing import Look
from bot.attaching import NOBODY, TAG, Attached, By, Names, attached
from bot.changes import TieChange
from bot.evidence import bounded, is_long_over, looked, settled
from bot.links import Linked
from bot.people import Actor, Surface
from bot.project import Project
from bot.sources.base import Evidence, PullRequest, Ref, Run, Stream
from bot.spelling import folded
from handlers.service import accounts
from handlers.service.cards import Cards, keep_looking
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.links.announcing import Announcer
from handlers.service.links.telling import Telling
from handlers.service.reviewers import Reviewers
from storage import following, identities, ledger, links

NO_MARKS: Mapping[Ref, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that was seen, as it stood before (None: it was not linked) and stands now."""

    before: Linked | None
    after: Linked


@dataclass(slots=True)
class Attaching:
    """Links by rule what was seen, in one transaction that holds the workspace's lock."""

    session: Session
    facts: WorkspaceFacts
    cache: FactsCache
    now: datetime
    _projects: dict[int, Project] = field(default_factory=dict)

    def note(
        self,
        seen: Mapping[Ref, Evidence],
        at: datetime,
        lying: Mapping[Ref, Stream],
        behind: Collection[Ref] = (),
        marked: Mapping[Ref, str] = NO_MARKS,
    ) -> list[Noted]:
        """Keep what was seen `at` a moment, and link what is to be; gives what is linked now.

        `lying` says in which stream it was found: a repository that was renamed goes on under the
        name that it was followed by. `behind` was found where nobody had looked for long. `marked`
        says of runs what the models that they made say of whose they are.
        """
        workspace = self.facts.workspace
        accounts.learn(self.session, self.facts, self.now, seen.values())
        moved = links.linked_as(self.session, workspace, [*seen])
        before = links.of_refs(self.session, workspace, [moved.get(ref, ref) for ref in seen])
        told = {
            (there := moved.get(ref, ref)): _with_known_paths(
                bounded(replace(one, ref=there)), before.get(there, [])
            )
            for ref, one in seen.items()
        }
        lying = {moved.get(ref, ref): stream for ref, stream in lying.items()}
        behind = {moved.get(ref, ref) for ref in behind}
        places = self.places(
            {ref: _lying(one, lying.get(ref), marked.get(ref)) for ref, one in told.items()}
        )
        ties = [tie for ref in told for tie in self._ties(ref, places[ref], before.get(ref, []))]
        actor = Actor(workspace, None, Surface.CLOCK, is_admin=False)
        with ledger.opened(self.session, actor, self.now) as book:
            for tie in ties:
                book.apply(tie, self.facts.people, moves=False)
        after = links.of_refs(self.session, workspace, list(told)) if ties else before
        cards = Cards(self.session, self.facts, self.cache, self.now)
        noted: list[Noted] = []
        looks: list[Look] = []
        for ref, one in told.items():
            known = {linked.id: linked for linked in before.get(ref, ()) if linked.is_linked}
            for linked in after.get(ref, ()):
                was = known.get(linked.id)
                if not linked.is_linked:
                    if was is not None:
                        noted.append(Noted(was, linked))
                    continue
                renewed = self._renewed(linked, one, at, places[ref], was)
                if renewed != linked:
                    links.record(self.session, renewed, cards.author(renewed))
                noted.append(Noted(was, renewed))
                looks.append((was or linked, renewed))
        if any(_wakes(one) for one in noted):
            keep_looking(self.session, workspace, self.now)
        cards.resay([one.after for one in noted])
        Announcer(self.session, self.facts, cards, self.now).announce(looks)
        Reviewers(self.session, self.facts, cards, self.now).tell(looks)
        telling = Telling(self.session, self.facts, cards, self.now, behind)
        telling.tell(looks)
        telling.post(looks)
        return noted

    def _renewed(
        self,
        linked: Linked,
        told: Evidence,
        at: datetime,
        place: Attached | None,
        was: Linked | None,
    ) -> Linked:
        """With what was seen, unless somebody has looked since, and the rule that holds."""
        seen_at = linked.sighting.seen_at
        if seen_at is None or seen_at <= at:
            sighting = looked(linked.sighting, told, at)
            long_over = was is None and is_long_over(told, self.now)
            goes_on = not (long_over or settled(sighting, linked.linked_at, self.now))
            linked = replace(linked, sighting=sighting, is_polled=goes_on)
        here = (linked.project, linked.item)
        others = (place, *place.overruled) if place else ()
        overruled = tuple(
            replace(one, overruled=())
            for one in others
            if (one.project, one.item) not in (here, (linked.project, None))
        )
        by_rule = was is None or was.by is not By.HAND
        if place is not None and by_rule and (place.project, place.item) == here:
            return replace(linked, by=place.by, why=place.why, overruled=overruled)
        return replace(linked, overruled=overruled if linked.by is By.HAND else linked.overruled)

    # --- where it belongs ---

    def named(self, mark: str) -> tuple[int, str | None] | None:
        """The project, and the item of it, that a mark names."""
        return self._names([mark]).place(mark)

    def places(self, told: Mapping[Ref, Evidence]) -> dict[Ref, Attached | None]:
        """Where the rules would have each, whatever anybody did with it; None: nowhere."""
        workspace = self.facts.workspace
        some = sorted(
            (one.rule for one in following.rules(self.session, workspace)),
            key=lambda rule: (-len(rule.pattern), rule.id),
        )
        names = self._names(mark for one in told.values() for mark in _marks(one))
        runs = {
            one.commit: one.repo for one in told.values() if isinstance(one, Run) and one.commit
        }
        commits = links.at_commits(self.session, workspace, runs) if runs else {}
        known = self._logins(one for one in told.values() if isinstance(one, PullRequest))
        return {
            ref: self._known(attached(one, some, names, commits, known.get(ref.source, NOBODY)))
            for ref, one in told.items()
        }

    def _logins(self, pulls: Iterable[PullRequest]) -> dict[str, set[str]]:
        """What people of the workspace are called at each host, in lower case, where one of these
        comes from a fork.
        """
        found: dict[str, set[str]] = defaultdict(set)
        if any(one.is_fork for one in pulls):
            people = self.facts.people
            for name in identities.names(self.session, self.facts.workspace):
                person = people.get(name.person)
                person = people.get(person.merged_into or person.id) if person else None
                if person is not None and person.active:
                    found[name.kind].add(name.value.lower())
        return found

    def _known(self, place: Attached | None) -> Attached | None:
        """The item of a rule may have been removed since."""
        if place is None or place.item is None:
            return place
        item = self._project(place.project).item(place.item)
        return place if item else replace(place, item=None)

    def _names(self, marks: Iterable[str]) -> Names:
        """The projects that any of these names, with what their items are called."""
        meant = {folded(mark.partition("/")[0]) for mark in marks}
        found: dict[str, int] = {}
        for name in sorted(meant):
            some = [
                key
                for key in self.facts.by_spelling.get(name, ())
                if not self.facts.projects[key].archived
            ]
            if len(some) == 1:
                found[name] = some[0]
        rungs = {stage.key: stage.aliases for stage in self.facts.ladder}
        items = {
            key: {
                folded(name): item.key
                for item in self._project(key).items
                for name in (*rungs.get(item.key, ()), *item.aliases, item.title, item.key)
            }
            for key in found.values()
        }
        return Names(found, items)

    def _project(self, key: int) -> Project:
        if key not in self._projects:
            self._projects[key] = self.cache.project(self.session, self.facts, key, self.now)
        return self._projects[key]

    # --- what is to be linked ---

    def _ties(self, ref: Ref, place: Attached | None, known: list[Linked]) -> list[TieChange]:
        known = [one for one in known if not self.facts.projects[one.project].archived]
        if place is None or any(one.is_linked and one.by is By.HAND for one in known):
            return []
        project = self._project(place.project)
        mine = next((one for one in known if one.project == place.project), None)
        if mine is not None and not mine.is_linked and mine.by is By.HAND:
            return []  # somebody took it away from there
        item = project.item(place.item) if place.item else None
        after, before = rules.spot(item), rules.spot_of(project, mine)
        ties = [] if before == after else [rules.linked(project.id, ref, before, after)]
        for other in known:
            if other.is_linked and other.project != place.project:
                there = self._project(other.project)
                ties.append(rules.linked(there.id, ref, rules.spot_of(there, other), None))
        return ties


def _with_known_paths(one: Evidence, known: Iterable[Linked]) -> Evidence:
    """With the files that were told of it last, where this look did not ask for them: a rule by
    path would else let go of it until the next one that does.
    """
    if not isinstance(one, PullRequest) or one.paths:
        return one
    last = (linked.sighting.seen for linked in known)
    found = (seen.paths for seen in last if isinstance(seen, PullRequest) and seen.paths)
    return replace(one, paths=next(found, ()))


def _wakes(one: Noted) -> bool:
    """Whether something is to be looked at from now on: checks, say, change no date that a list of
    what has moved would tell of.
    """
    return one.after.is_polled and not (one.before and one.before.is_polled)


def _lying(one: Evidence, stream: Stream | None, mark: str | None = None) -> Evidence:
    """As the rules are to see it: where it was found, and with what is said of it elsewhere."""
    if isinstance(one, Run) and mark:
        one = replace(one, tags={**one.tags, TAG: mark})
    if stream is None:
        return one
    if isinstance(one, PullRequest):
        return replace(one, repo=stream.key)
    return replace(one, experiment_id=stream.key)


def _marks(one: Evidence) -> tuple[str, ...]:
    if isinstance(one, PullRequest):
        return one.marks
    told = one.tags.get(TAG) or one.params.get(TAG)
    return (told.strip(),) if told else ()
