"""Polling: from time to time everything that is linked and open is looked at again.

One pass has one effect, also where two processes come upon it at once: what was seen later counts,
and a card that says what holds already is not touched.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot import links as rules
from bot.again import given_up
from bot.announcing import Look
from bot.errors import NotFound
from bot.evidence import Sighting, looked, settled
from bot.links import Linked, Synced
from bot.sources.base import Kind, Ref, Seen, Trouble, Why
from handlers.service import accounts
from handlers.service.cards import EVERY, SYNC, Cards
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.links import again
from handlers.service.links.announcing import Announcer
from handlers.service.links.looking import Looking
from handlers.service.links.lookout import LONG_PATIENCE, Glance, Lookout
from handlers.service.links.pages import note, recognised
from handlers.service.links.registry import Registry
from handlers.service.links.streams import Streams
from handlers.service.links.telling import Telling
from handlers.service.reviewers import Reviewers
from handlers.service.timers import Duty, Occurrence, Shift
from storage import etags, links, pages, schedules
from storage.database import Database

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
CLOSELY = timedelta(hours=1)
"""How often at least everything is looked at closely, whatever its source says of it."""
KEPT_FOR = timedelta(days=30)
"""How long answers of sources are kept; the next look asks for the whole anew."""


class Polling(Looking):
    """Looks again at what is linked, in a workspace. Thread-safe."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        lookout: Lookout,
        streams: Streams,
        registry: Registry,
    ) -> None:
        super().__init__(database, clock, cache, lookout)
        self._streams = streams
        self._registry = registry

    def duty(self) -> Duty:
        """What the clock brings about: the look outside of any transaction, the rest within."""
        return Duty(act=self._on_time, fetch=lambda occurrence: self._look(occurrence.workspace))

    def _on_time(self, shift: Shift, occurrence: Occurrence, glance: Any) -> None:
        noting = _Noting(shift.session, shift.facts, shift.cache, shift.now, self._lookout)
        noting.note(glance)
        etags.forget(shift.session, shift.now - KEPT_FOR)
        addresses = pages.addresses(shift.session, occurrence.workspace)
        kept = recognised(self._lookout, addresses)
        pages.forget(shift.session, occurrence.workspace, frozenset(kept.values()))
        if not (
            any(addresses[url] for url in kept)
            or links.polled(shift.session, occurrence.workspace)
            or again.is_any(shift.session, shift.cache, occurrence.workspace, shift.now)
        ):
            schedules.drop(shift.session, occurrence.workspace, [SYNC])

    def sync(self, workspace: int, source: str | None = None) -> tuple[Synced, ...]:
        """One pass, now; of one source alone, if it is named. `NotFound` for one that is not set
        up.
        """
        if source is not None and source not in self._lookout.names:
            raise NotFound("source", source, self._lookout.names)
        linked = self._streams.sync(workspace, source)
        self._registry.sync(workspace, source)
        glance = self._look(workspace, source)
        with self._noting(workspace) as (session, facts, now):
            noted = _Noting(session, facts, self._cache, now, self._lookout).note(glance)
        names = [source] if source else self._lookout.names
        return tuple(
            replace(noted.get(name, Synced(name, 0)), linked=tuple(linked.get(name, ())))
            for name in names
        )

    def _look(self, workspace: int, source: str | None = None) -> Glance:
        now = self._clock()
        with self._db.read() as session:
            open_ones = [(one.ref, one.sighting) for one in links.polled(session, workspace)]
            old = again.due(session, self._cache, workspace, now, timedelta(minutes=EVERY.minutes))
            open_ones += [(one.ref, one) for one in old]
            papers = self._pages(session, workspace, source)
        # Those that wait longest come first: where a pass does not get round, the next one does.
        open_ones.sort(key=lambda one: one[1].seen_at or LONG_AGO)
        refs: dict[Ref, Sighting] = {}
        for told, sighting in open_ones:
            ref = self._lookout.still(told)
            if ref is not None and source in (None, ref.source):
                refs.setdefault(ref, sighting)  # of several the earliest: it has to move on
        wanted = [*refs, *(ref for ref in papers if ref not in refs)]
        return self._lookout.look(wanted, now, LONG_PATIENCE, _known(refs, now))

    def _pages(self, session: Session, workspace: int, source: str | None) -> list[Ref]:
        """Those among the links of open projects, the longest not looked at first."""
        every = pages.addresses(session, workspace)
        known = recognised(self._lookout, (url for url, is_open in every.items() if is_open))
        wanted = [ref for ref in known.values() if source in (None, ref.source)]
        seen = pages.seen(session, workspace, wanted)
        last = {ref: sight.looked_at or LONG_AGO for ref, sight in seen.items()}
        return sorted(dict.fromkeys(wanted), key=lambda ref: (last.get(ref, LONG_AGO), ref.key))


def _known(refs: Mapping[Ref, Sighting], now: datetime) -> dict[Ref, Seen]:
    """What was seen well, and not long ago."""
    return {
        ref: last.seen
        for ref, last in refs.items()
        if last.seen and not last.trouble and last.seen_at and now - last.seen_at < CLOSELY
    }


@dataclass(slots=True)
class _Noting:
    """Writes down what a pass has seen, within one transaction."""

    session: Session
    facts: WorkspaceFacts
    cache: FactsCache
    now: datetime
    lookout: Lookout
    _changed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _troubles: dict[str, Counter[Why]] = field(default_factory=lambda: defaultdict(Counter))

    def note(self, glance: Glance) -> dict[str, Synced]:
        """What changed, by source; all cards about what is open say what holds now, channels hear
        of the runs that they are to hear of, and people of the reviews that are asked of them.
        """
        workspace = self.facts.workspace
        accounts.learn(self.session, self.facts, self.now, glance.told.values())
        cards = Cards(self.session, self.facts, self.cache, self.now)
        quiet: list[Linked] = []
        after: list[Linked] = []
        looks: list[Look] = []
        polled = links.polled(self.session, workspace)
        for linked in (*polled, *self._again(polled, glance)):
            told = self._told(linked, glance)
            renewed = linked if told is None else self._renewed(linked, told, glance.at)
            after.append(renewed)
            if told is not None:
                looks.append((linked, renewed))
            if renewed == linked:
                continue
            if _differs(linked, renewed):
                links.record(self.session, renewed, cards.author(renewed))
                self._count(linked, renewed)
            else:
                quiet.append(renewed)
        links.looked_at(self.session, quiet, glance.at)
        self._note_pages(glance)
        cards.resay(after)
        Announcer(self.session, self.facts, cards, self.now).announce(looks)
        Reviewers(self.session, self.facts, cards, self.now).tell(looks)
        telling = Telling(self.session, self.facts, cards, self.now)
        telling.tell(looks)
        telling.post(looks)  # whoever looks first: the next look sees nothing move any more
        return self._summary(glance)

    def _again(self, polled: Sequence[Linked], glance: Glance) -> list[Linked]:
        """Where the runs are linked that were looked at beside what is still going on."""
        going_on = {(one.ref.source, one.ref.key) for one in polled if one.ref.kind is Kind.RUN}
        refs = [
            ref
            for ref in glance.told
            if ref.kind is Kind.RUN and (ref.source, ref.key) not in going_on
        ]
        if not refs:
            return []
        found = links.of_refs(self.session, self.facts.workspace, refs)
        return [
            one
            for some in found.values()
            for one in some
            if one.is_linked and not self.facts.projects[one.project].archived
        ]

    def _note_pages(self, glance: Glance) -> None:
        some = [ref for ref in glance.told if ref.kind is Kind.PAGE]
        for was, now in note(self.session, self.facts.workspace, some, glance):
            if now.page is not None and was.page is not None and now.page != was.page:
                self._changed[now.page.ref.source].append(now.page.title or now.page.ref.url)

    def _told(self, linked: Linked, glance: Glance) -> Seen | None:
        """What the pass was told of it, unless somebody has looked since, or it did not get that
        far.
        """
        ref = self.lookout.still(linked.ref)
        seen_at = linked.sighting.seen_at
        if ref is None or (seen_at is not None and seen_at > glance.at):
            return None
        told = glance.told.get(ref)
        return None if isinstance(told, Trouble) and told.is_postponed else told

    def _renewed(self, linked: Linked, told: Seen, at: datetime) -> Linked:
        sighting = given_up(looked(linked.sighting, told, at), linked.linked_at, at)
        goes_on = not settled(sighting, linked.linked_at, self.now)
        return replace(linked, sighting=sighting, is_polled=goes_on)

    def _count(self, before: Linked, after: Linked) -> None:
        if after.sighting.seen != before.sighting.seen:
            self._changed[after.ref.source].append(rules.seen_title(after))

    def _summary(self, glance: Glance) -> dict[str, Synced]:
        asked = Counter(ref.source for ref in (*glance.told, *glance.unmoved))
        for ref, told in glance.told.items():
            if isinstance(told, Trouble):
                self._troubles[ref.source][told.why] += 1
        return {
            name: Synced(name, count, tuple(self._changed[name]), self._troubles[name])
            for name, count in asked.items()
        }


def _differs(before: Linked, after: Linked) -> bool:
    """Whether more than the time of the last look is another one."""
    same_time = replace(after.sighting, seen_at=before.sighting.seen_at)
    return replace(after, sighting=same_time) != before
