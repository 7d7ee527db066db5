"""What is followed is asked from time to time what changed there, and what is to be is linked.

Each look begins a while before where the last one ended, by the source's own clock, and what was
told already changes nothing: nothing is missed and nothing is said twice, also where two processes
look at once, or one dies in between.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from bot import links as rules
from bot.attaching import By
from bot.filters import Trait
from bot.following import OVERLAP, Watermark, begin
from bot.sources.base import Changes, Evidence, PullRequest, Ref, Run, Stream
from handlers.service.cards import FOLLOW
from handlers.service.facts import WorkspaceFacts
from handlers.service.links.attaching import Attaching, Noted
from handlers.service.links.looking import Looking
from handlers.service.links.lookout import LONG_PATIENCE
from handlers.service.timers import Duty, Occurrence, Shift
from storage import following, schedules

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """What streams told, asked `at` a moment, and up to where each had been seen before."""

    at: datetime
    changes: Mapping[Stream, Changes]
    before: Mapping[Stream, Watermark]


class Streams(Looking):
    """Looks at what a workspace follows. Thread-safe."""

    def duty(self) -> Duty:
        """What the clock brings about: the look outside of any transaction, the rest within."""
        return Duty(act=self._on_time, fetch=lambda occurrence: self.look(occurrence.workspace))

    def _on_time(self, shift: Shift, occurrence: Occurrence, told: Any) -> None:
        self.note(shift.session, shift.facts, shift.now, told)
        if not following.rules(shift.session, occurrence.workspace):
            schedules.drop(shift.session, occurrence.workspace, [FOLLOW])

    def sync(self, workspace: int, source: str | None = None) -> dict[str, list[str]]:
        """One look, now; gives in words what was linked, by source."""
        told = self.look(workspace, source)
        if not told.changes:
            return {}
        with self._noting(workspace) as (session, facts, now):
            noted = self.note(session, facts, now, told)
        found: dict[str, list[str]] = defaultdict(list)
        for one in noted:
            if one.before is None:
                found[one.after.ref.source].append(rules.seen_title(one.after))
        return found

    def look(self, workspace: int, source: str | None = None) -> Told:
        """Ask every stream that is followed; who waits longest comes first."""
        now = self._clock()
        with self._db.read() as session:
            holding = following.rules(session, workspace)
            followed = {one.stream for one in holding}
            marks = following.watermarks(session, workspace) if followed else {}
            sifting = following.filtered_by(session, workspace, Trait.PATH) if followed else ()
        before = {
            stream: marks.get((stream.source, stream.key)) or begin(now)
            for stream in followed
            if source in (None, stream.source) and self._lookout.still_flows(stream)
        }
        waiting = sorted(
            before, key=lambda one: (before[one].looked_at or LONG_AGO, one.source, one.key)
        )
        by_paths = {
            one.stream for one in holding if one.rule.by is By.PATH or one.rule.project in sifting
        }
        asked = {
            replace(stream, wants_paths=stream in by_paths): before[stream].until - OVERLAP
            for stream in waiting
        }
        return Told(now, self._lookout.follow(asked, LONG_PATIENCE), before)

    def note(
        self, session: Session, facts: WorkspaceFacts, now: datetime, told: Told
    ) -> list[Noted]:
        """Write down what was told, within a transaction that holds the workspace's lock."""
        seen: dict[Ref, Evidence] = {}
        lying: dict[Ref, Stream] = {}
        for stream, changes in told.changes.items():
            for ref, one in changes.seen.items():
                if isinstance(one, PullRequest | Run):
                    seen[ref], lying[ref] = one, stream
        behind = {ref for ref, stream in lying.items() if told.before[stream].is_behind(told.at)}
        noted = Attaching(session, facts, self._cache, now).note(seen, told.at, lying, behind)
        marks = following.watermarks(session, facts.workspace)
        for stream, changes in told.changes.items():
            was, key = told.before[stream], (stream.source, stream.key)
            if marks.get(key, was) != was:
                continue  # somebody else has looked, or has set a rule that looks back, since
            mark = _moved_on(was, changes, told.at)
            following.keep(session, facts.workspace, *key, mark)
        return noted


def _moved_on(was: Watermark, changes: Changes, at: datetime) -> Watermark:
    """Where the next look begins: never before this one, and in trouble where it got to; where that
    goes on and lies with single things alone, past them. Not in the future either: where a clock
    out there is wrong, all that comes until then would be missed.
    """
    got_to = (changes.past or changes.until) if was.trouble else changes.until
    until = min(max(was.until, got_to), at)
    if changes.trouble is not None:
        return replace(was, until=until, trouble=changes.trouble)
    return Watermark(until, at)
