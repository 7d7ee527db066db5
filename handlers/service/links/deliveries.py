"""What GitHub says by itself: kept at once, and a moment later looked at anew, all in one pass.

A burst of deliveries about one pull request comes to one look at it. What is lost on the way
(GitHub tries once) is asked for again every hour, and polling finds the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel import Session

from bot.links import Linked, repo_and_number
from bot.recurrence import Every
from bot.sources.base import Evidence, PullRequest, Ref, Run, Seen, Stream, Trouble, Why
from bot.sources.github.hooks import Touched, touched
from handlers.service.cards import Cards
from handlers.service.links.attaching import Attaching
from handlers.service.links.looking import Looking
from handlers.service.links.lookout import LONG_PATIENCE
from handlers.service.timers import Duty, Occurrence, Shift
from storage import deliveries, following, links, schedules

log = structlog.get_logger("charter.links")

KIND = "deliveries"
"""The schedule of looking at what was said, by kind and by key."""
REPAIRS = "repairs"
"""The schedule of asking for what did not arrive."""
EVERY = Every(60)
SOON = timedelta(seconds=3)
"""How long is waited for more about the same: checks come in bursts."""
MOST = 5_000
"""Deliveries of one pass."""
KEPT_FOR = timedelta(days=4)
"""Longer than GitHub sends one again."""
AGAIN = timedelta(minutes=5)
"""When is tried again what could not be looked at, where nobody says when."""
TRIED_FOR = timedelta(days=1)
"""How long that is tried."""
REPAIRED_FOR = timedelta(days=3)
SOURCE = "github"


@dataclass(frozen=True, slots=True)
class Looked:
    """What one pass saw: by which deliveries, what of it lies in what is followed, and which
    repositories have become private. `held` are deliveries about what could not be looked at, to
    be tried `again` then.
    """

    at: datetime
    heard: tuple[int, ...]
    seen: Mapping[Ref, Evidence]
    lying: Mapping[Ref, Stream]
    hidden: frozenset[str]
    held: frozenset[int]
    again: datetime


class Deliveries(Looking):
    """Takes what GitHub says, and looks at it. Thread-safe."""

    def said_by_github(self, event: str, delivery: str, payload: Any) -> bool:
        """Take a delivery whose signature was right; whether it is about what can be followed.

        The same one again changes nothing.
        """
        about = touched(event, payload)
        if about is None:
            return False
        now = self._clock()
        with self._db.begin() as session:
            taken = deliveries.take(session, SOURCE, delivery, _kept(about), now)
            schedules.bring_forward(session, taken, KIND, now + SOON)
        return True

    def duty(self) -> Duty:
        """What the clock brings about: looks outside of any transaction, the rest within."""
        return Duty(act=self._note, fetch=self._look, comes=EVERY)

    def repairs(self) -> Duty:
        """What did not arrive is asked for, on the hour: it may take as long as a look does."""
        return Duty(act=_nothing, fetch=self._repair, comes=EVERY)

    def _look(self, occurrence: Occurrence) -> Looked | None:
        now = self._clock()
        with self._db.read() as session:
            waiting = deliveries.waiting(session, occurrence.workspace, SOURCE, MOST)
            if not waiting:
                return None
            said = {one.id: _told(one.about) for one in waiting}
            meant, lying = self._meant(session, occurrence.workspace, said)
        refs = list(dict.fromkeys(ref for some in meant.values() for ref in some))
        told = self._lookout.look(refs, now, LONG_PATIENCE).told
        unseen = {ref: one for ref, one in told.items() if _is_passing(one)}
        young = [one.id for one in waiting if now - one.received_at < TRIED_FOR]
        held = frozenset(key for key in young if not meant[key].keys().isdisjoint(unseen))
        untils = [one.until for one in unseen.values() if isinstance(one, Trouble) and one.until]
        return Looked(
            now,
            tuple(key for key in said if key not in held),
            {ref: one for ref, one in told.items() if isinstance(one, PullRequest | Run)},
            lying,
            frozenset(one.repo for one in said.values() if one.hidden),
            held,
            max(min(untils, default=now + AGAIN), now + SOON),
        )

    def _repair(self, _occurrence: Occurrence) -> None:
        """Have sent again what did not arrive. Several replicas may ask: what comes twice is taken
        once.
        """
        asked = self._lookout.repaired(SOURCE, self._clock() - REPAIRED_FOR)
        if asked:
            log.info("deliveries_asked_again", source=SOURCE, count=asked)

    def _meant(
        self, session: Session, workspace: int, said: Mapping[int, Touched]
    ) -> tuple[dict[int, dict[Ref, None]], dict[Ref, Stream]]:
        """The pull requests that are linked, or lie in what is followed, by the keys of what was
        said of them; and where the latter lie.
        """
        by_repo = _by_repo(session, workspace, said)
        refs: dict[int, dict[Ref, None]] = {key: {} for key in said}
        known = links.in_repos(session, workspace, list(by_repo))
        for linked in known:
            repo, _ = repo_and_number(linked.ref)
            for key in by_repo[repo]:
                if _is_meant(said[key], linked):
                    refs[key][self._lookout.still(linked.ref) or linked.ref] = None
        lying: dict[Ref, Stream] = {}
        for rule in following.rules(session, workspace):
            stream = rule.stream
            if stream.source != SOURCE:
                continue
            for key in by_repo.get(stream.key, ()):
                for number in said[key].numbers:
                    ref = self._lookout.recognises(f"{stream.url}/pull/{number}")
                    if ref is not None:
                        refs[key][ref], lying[ref] = None, stream
        return refs, lying

    def _note(self, shift: Shift, occurrence: Occurrence, looked: Looked | None) -> None:
        workspace = occurrence.workspace
        deliveries.forget(shift.session, workspace, shift.now - KEPT_FOR)
        held: Collection[int] = ()
        if looked is not None:
            held = looked.held
            self._hide(shift, looked)
            attaching = Attaching(shift.session, shift.facts, self._cache, shift.now)
            attaching.note(looked.seen, looked.at, looked.lying)
            deliveries.seen(shift.session, workspace, looked.heard, shift.now)
        left = deliveries.waiting(shift.session, workspace, SOURCE, len(held) + 1)
        if any(one.id not in held for one in left):
            schedules.put_off(shift.session, occurrence, shift.now + SOON)
        elif looked is not None:
            # One that is being taken is not seen here, nor does whoever takes it see that this
            # pass is over: after a pass that heard something another one comes.
            at = max(looked.again, shift.now + SOON) if held else shift.now + SOON
            schedules.put_off(shift.session, occurrence, at)

    def _hide(self, shift: Shift, looked: Looked) -> None:
        """Of repositories that have become private nothing more is told from now on, also of what
        has come to an end and of what could not be looked at.
        """
        cards = Cards(shift.session, shift.facts, self._cache, shift.now)
        hidden: list[Linked] = []
        workspace, names = shift.facts.workspace, sorted(looked.hidden)
        before = links.called_before(shift.session, workspace, names) if names else {}
        names = sorted(looked.hidden.union(*before.values()))
        for linked in links.in_repos(shift.session, workspace, names):
            pull = linked.sighting.seen
            if isinstance(pull, PullRequest) and not pull.private:
                known = replace(linked.sighting, seen=replace(pull, private=True))
                hidden.append(replace(linked, sighting=known))
                links.record(shift.session, hidden[-1], cards.author(linked))
        cards.resay(hidden)


def _nothing(_shift: Shift, _occurrence: Occurrence, _fetched: object) -> None:
    """Nothing is to be written down."""


def _is_passing(told: Seen) -> bool:
    """Whether it could not be looked at for now: what is not there is not."""
    return isinstance(told, Trouble) and told.why is not Why.NOT_FOUND


def _by_repo(
    session: Session, workspace: int, said: Mapping[int, Touched]
) -> Mapping[str, list[int]]:
    """The keys of what was said, by each name of its repository: today's, the one that it had
    before, and those by which something of it was linked.
    """
    before = links.called_before(session, workspace, sorted({one.repo for one in said.values()}))
    found: dict[str, list[int]] = defaultdict(list)
    for key, one in said.items():
        for name in {one.repo, one.was, *before.get(one.repo, ())} - {""}:
            found[name].append(key)
    return found


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
        about["repo"],
        frozenset(about["numbers"]),
        frozenset(about["commits"]),
        about["whole"],
        about.get("hidden", False),
        about.get("was", ""),
    )
