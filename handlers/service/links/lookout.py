"""Looks at things where they are: several servers beside one another, in few threads."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Event
from typing import ParamSpec, TypeVar

import structlog

from bot.errors import Refused
from bot.errors import Why as Unfit
from bot.fence import Fenced
from bot.sources import ARCHIVES, archive_of
from bot.sources.base import (
    NOTHING,
    Changes,
    Copies,
    Ref,
    Repairs,
    Seen,
    Source,
    Stream,
    Trouble,
    Why,
)
from bot.sources.budget import waited_for
from bot.sources.models import Post, Registered, Registers
from bot.sources.owning import Owned, Ownership
from handlers import observe

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger("charter.links")

HANDS = 4
"""Looks under way at once; people who link something wait for one another beyond that."""
PATIENCE = timedelta(seconds=8)
"""How long a person waits for the first look at what they linked."""
LONG_PATIENCE = timedelta(seconds=105)
"""How long a pass may take: longer than a source goes on, so that nothing it was told is lost, and
shorter than the lease of its slot, which begins when the pass does.
"""
NO_ANSWER = Trouble(Why.AWAY)


@dataclass(frozen=True, slots=True)
class Glance:
    """What was told, and when it was asked for. `unmoved`: their last look stands."""

    at: datetime
    told: Mapping[Ref, Seen]
    unmoved: frozenset[Ref] = frozenset()


class Lookout:
    """The sources that are set up, by name. Thread-safe; raises nothing for what happens there."""

    def __init__(self, sources: Iterable[Source]) -> None:
        asked = {source.name: source for source in sources}
        self._names = tuple(asked)
        self._sources: dict[str, Source] = {**ARCHIVES, **asked}
        self._pool = ThreadPoolExecutor(HANDS, thread_name_prefix="lookout")

    @property
    def names(self) -> tuple[str, ...]:
        """Those that can be asked."""
        return self._names

    def recognises(self, url: str) -> Ref | None:
        """What an address leads to, if it is one of a source that is set up; asks nobody."""
        found = (source.recognises(url) for source in self._sources.values())
        return next((ref for ref in found if ref is not None), None)

    def stream(self, where: str) -> Stream | None:
        """The repository or experiment at an address, if it is one of a source that is set up."""
        found = (source.stream(where) for source in self._sources.values())
        return next((stream for stream in found if stream is not None), None)

    def check_barred(self, where: str) -> None:
        """`Refused` for an address of a repository that may not be read; asks nobody."""
        fenced = (one for one in self._sources.values() if isinstance(one, Fenced))
        if repo := next(filter(None, (one.barred(where) for one in fenced)), ""):
            raise Refused(Unfit.REPOSITORY_BARRED, {"repository": repo}, field="url")

    def still_flows(self, stream: Stream) -> bool:
        """Whether its source is still set up for the address that it was followed by."""
        source = self._sources.get(stream.source)
        return source is not None and source.stream(stream.url) == stream

    def copy_of(self, ref: Ref) -> Ref | None:
        """Where a run of a tracker that is gone was loaded into, as far as the others know."""
        archive = archive_of(ref)
        if archive is None:
            return None
        project, run = archive.names_in(ref)
        with waited_for():
            for source in self._sources.values():
                if isinstance(source, Copies) and (found := source.copy_of(project, run)):
                    return found
        return None

    def still(self, ref: Ref) -> Ref | None:
        """The same thing, if its source is still set up for the address that it was linked by."""
        source = self._sources.get(ref.source)
        known = source.recognises(ref.url) if source else None
        return ref if known == ref else known

    def look(
        self,
        refs: Collection[Ref],
        now: datetime,
        patience: timedelta = PATIENCE,
        known: Mapping[Ref, Seen] = NOTHING,
    ) -> Glance:
        """Look at each; whoever does not answer in time is away. Of what is `known`, as it was last
        seen, the look may stand. Somebody waits for it, but where there is patience for a pass.
        """
        by_source: dict[str, list[Ref]] = defaultdict(list)
        for ref in refs:
            by_source[ref.source].append(ref)
        asked = {
            self._begin(self._fetch, name, wanted, known, patience < LONG_PATIENCE): wanted
            for name, wanted in by_source.items()
        }
        done, late = wait(asked, patience.total_seconds())
        told: dict[Ref, Seen] = {}
        for future in late:
            future.cancel()
        for future, wanted in asked.items():
            if future not in done:
                told |= dict.fromkeys(wanted, NO_ANSWER)
                continue
            answers = future.result()
            missing = (ref for ref in wanted if ref not in answers and ref not in known)
            told |= {**answers} | dict.fromkeys(missing, NO_ANSWER)
        return Glance(now, told, frozenset(refs) - told.keys())

    def _fetch(
        self, name: str, refs: Sequence[Ref], known: Mapping[Ref, Seen], does_somebody_wait: bool
    ) -> Mapping[Ref, Seen]:
        try:
            with waited_for(does_somebody_wait):
                return self._sources[name].fetch(refs, known)
        except Exception as error:
            log.error("source_failed", source=name, **observe.fault(error))
            return dict.fromkeys(refs, NO_ANSWER)

    def follow(
        self, streams: Mapping[Stream, datetime], patience: timedelta = PATIENCE
    ) -> Mapping[Stream, Changes]:
        """What changed in each since its moment, in the order given where one source has several;
        of one that was not got round to in time nothing is told.
        """
        by_source: dict[str, dict[Stream, datetime]] = defaultdict(dict)
        for stream, since in streams.items():
            by_source[stream.source][stream] = since
        told: dict[Stream, Changes] = {}
        late = Event()
        asked = [
            self._begin(self._changed, name, wanted, told, late)
            for name, wanted in by_source.items()
        ]
        for future in wait(asked, patience.total_seconds()).not_done:
            future.cancel()
        late.set()
        return dict(told)

    def _changed(
        self, name: str, wanted: Mapping[Stream, datetime], told: dict[Stream, Changes], late: Event
    ) -> None:
        for stream, since in wanted.items():
            try:
                changes = self._sources[name].changed(stream, since)
            except Exception as error:
                log.error("source_failed", source=name, **observe.fault(error))
                changes = Changes({}, since, NO_ANSWER)
            if late.is_set():
                return
            told[stream] = changes

    @property
    def knows_owners(self) -> bool:
        """Whether a code host is set up that knows who owns what."""
        return any(isinstance(source, Owned) for source in self._sources.values())

    def repository(self, where: str) -> Stream | None:
        """The repository at an address, or of a name, of such a code host; asks nobody."""
        hosts = (source for source in self._sources.values() if isinstance(source, Owned))
        return next((stream for host in hosts if (stream := host.stream(where))), None)

    def ownership(self, stream: Stream) -> Ownership | Trouble:
        """Who owns what in a repository; a host that does not answer in time is away."""
        asked = self._begin(self._owned, stream)
        if asked not in wait([asked], PATIENCE.total_seconds()).done:
            asked.cancel()
            return NO_ANSWER
        return asked.result()

    def _owned(self, stream: Stream) -> Ownership | Trouble:
        host = self._sources.get(stream.source)
        if not isinstance(host, Owned):
            return NO_ANSWER
        try:
            with waited_for():
                return host.ownership(stream)
        except Exception as error:
            log.error("source_failed", source=stream.source, **observe.fault(error))
            return NO_ANSWER

    @property
    def registries(self) -> tuple[str, ...]:
        """The sources that have a registry of models."""
        known = self._sources.items()
        return tuple(name for name, source in known if isinstance(source, Registers))

    def registered(
        self,
        known: Mapping[str, Mapping[Post, str] | None],
        patience: timedelta = LONG_PATIENCE,
    ) -> Mapping[str, Registered]:
        """Ask these registries which version holds what, by what was known of each; of one that
        does not answer in time nothing is told.
        """
        asked = {name: self._begin(self._registered, name, one) for name, one in known.items()}
        done, late = wait(asked.values(), patience.total_seconds())
        for future in late:
            future.cancel()
        return {name: future.result() for name, future in asked.items() if future in done}

    def _registered(self, name: str, known: Mapping[Post, str] | None) -> Registered:
        source = self._sources[name]
        assert isinstance(source, Registers)
        try:
            return source.registered(known)
        except Exception as error:
            log.error("source_failed", source=name, **observe.fault(error))
            return Registered(is_whole=False, trouble=NO_ANSWER)

    def repaired(self, source: str, since: datetime) -> int:
        """Have a source send again what it said since a moment and nobody heard; how much it was.
        0 where it cannot, or is in trouble: the next hour asks again.
        """
        known = self._sources.get(source)
        if not isinstance(known, Repairs):
            return 0
        try:
            return known.repaired(since)
        except Exception as error:
            log.error("source_failed", source=source, **observe.fault(error))
            return 0

    def _begin(self, look: Callable[P, T], *args: P.args, **named: P.kwargs) -> Future[T]:
        return self._pool.submit(observe.carried(partial(look, *args, **named)))

    def close(self) -> None:
        """Give threads and connections back; what is under way is waited for."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        for source in self._sources.values():
            source.close()
