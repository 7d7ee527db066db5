"""What GitHub says by itself: kept at once, and a moment later looked at anew, all in one pass.

A burst of deliveries about one pull request comes to one look at it. What is lost on the way
(GitHub tries once) is asked for again every hour, and polling finds the rest.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.links import Linked, repo_and_number
from bot.recurrence import Every, latest
from bot.sources.base import Evidence, PullRequest, Ref, Run, Stream
from bot.sources.github.hooks import Touched, touched
from handlers.service.facts import FactsCache
from handlers.service.links.attaching import Attaching
from handlers.service.links.lookout import LONG_PATIENCE, Lookout
from handlers.service.timers import Duty, Occurrence, Shift
from storage import deliveries, following, links, schedules
from storage.database import Database

log = structlog.get_logger("charter.links")

KIND = "deliveries"
"""The schedule of looking at what was said, by kind and by key."""
EVERY = Every(60)
SOON = timedelta(seconds=3)
"""How long is waited for more about the same: checks come in bursts."""
MOST = 5_000
"""Deliveries of one pass."""
KEPT_FOR = timedelta(days=4)
"""Longer than GitHub sends one again."""
REPAIRED_FOR = timedelta(days=3)
SOURCE = "github"


@dataclass(frozen=True, slots=True)
class Looked:
    """What one pass saw: up to which delivery, and what of it lies in what is followed."""

    at: datetime
    last: int
    seen: Mapping[Ref, Evidence]
    lying: Mapping[Ref, Stream]


class Deliveries:
    """Takes what GitHub says, and looks at it. Thread-safe."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        lookout: Lookout,
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache
        self._lookout = lookout

    def said_by_github(self, event: str, delivery: str, payload: Any) -> bool:
        """Take a delivery whose signature was right; whether it is about what can be followed.

        The same one again changes nothing.
        """
        about = touched(event, payload)
        if about is None:
            return False
        now = self._clock()
        with self._db.begin() as session:
            for workspace in deliveries.take(session, SOURCE, delivery, _kept(about), now):
                schedules.bring_forward(session, workspace, KIND, now + SOON)
        return True

    def duty(self) -> Duty:
        """What the clock brings about: looks outside of any transaction, the rest within."""
        return Duty(act=self._note, fetch=self._look, comes=EVERY)

    def _look(self, occurrence: Occurrence) -> Looked | None:
        now = self._clock()
        if occurrence.slot == latest(EVERY, occurrence.slot):  # on the hour, not brought forward
            self._repair(now)
        with self._db.read() as session:
            waiting = deliveries.waiting(session, occurrence.workspace, SOURCE, MOST)
            if not waiting:
                return None
            said = [_told(about) for _, about in waiting]
            refs, lying = self._meant(session, occurrence.workspace, said)
        told = self._lookout.look(refs, now, LONG_PATIENCE).told
        seen = {ref: one for ref, one in told.items() if isinstance(one, PullRequest | Run)}
        return Looked(now, waiting[-1][0], seen, lying)

    def _repair(self, now: datetime) -> None:
        """Have sent again what did not arrive. Several replicas may ask: what comes twice is taken
        once.
        """
        asked = self._lookout.repaired(SOURCE, now - REPAIRED_FOR)
        if asked:
            log.info("deliveries_asked_again", source=SOURCE, count=asked)

    def _meant(
        self, session: Any, workspace: int, said: Iterable[Touched]
    ) -> tuple[list[Ref], dict[Ref, Stream]]:
        """The pull requests that are linked, or lie in what is followed; and where those lie."""
        by_repo: dict[str, list[Touched]] = defaultdict(list)
        for one in said:
            by_repo[one.repo].append(one)
        refs: dict[Ref, None] = {}
        known = links.in_repos(session, workspace, list(by_repo))
        for linked in known:
            repo, _ = repo_and_number(linked.ref)
            if any(_is_meant(one, linked) for one in by_repo[repo]):
                refs[self._lookout.still(linked.ref) or linked.ref] = None
        lying: dict[Ref, Stream] = {}
        for rule in following.rules(session, workspace):
            stream = rule.stream
            if stream.source != SOURCE:
                continue
            for number in {n for one in by_repo.get(stream.key, ()) for n in one.numbers}:
                ref = self._lookout.recognises(f"{stream.url}/pull/{number}")
                if ref is not None:
                    refs[ref], lying[ref] = None, stream
        return list(refs), lying

    def _note(self, shift: Shift, occurrence: Occurrence, looked: Looked | None) -> None:
        workspace = occurrence.workspace
        deliveries.forget(shift.session, workspace, shift.now - KEPT_FOR)
        if looked is not None:
            attaching = Attaching(shift.session, shift.facts, self._cache, shift.now)
            attaching.note(looked.seen, looked.at, looked.lying)
            deliveries.seen(shift.session, workspace, SOURCE, looked.last, shift.now)
        if deliveries.waiting(shift.session, workspace, SOURCE, 1):
            schedules.put_off(shift.session, occurrence, shift.now + SOON)


def _is_meant(said: Touched, linked: Linked) -> bool:
    seen = linked.sighting.seen
    head = seen.head if isinstance(seen, PullRequest) else ""
    _, number = repo_and_number(linked.ref)
    return said.whole or number in said.numbers or head in said.commits


def _kept(said: Touched) -> dict[str, Any]:
    plain = asdict(said)
    return {**plain, "numbers": sorted(said.numbers), "commits": sorted(said.commits)}


def _told(about: Mapping[str, Any]) -> Touched:
    return Touched(
        about["repo"], frozenset(about["numbers"]), frozenset(about["commits"]), about["whole"]
    )
