"""Very many projects at a moment, of which few are read: how each stands, by its sketch, and which
of them moved since a digest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.digests import Window
from bot.digests.edits import net
from bot.digests.outlook import Sketch
from handlers.service import edits
from handlers.service.composing import ARCHIVED
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.known import Known
from handlers.service.once import Once
from storage import digests, evidence
from storage.digests import Standing
from storage.evidence import Stamp


@dataclass
class Many:
    """What they are read with, and what is known of all."""

    session: Session
    facts: WorkspaceFacts
    cache: FactsCache
    projects: Sequence[Known]
    now: datetime
    zone: str

    @Once
    def open(self) -> list[int]:
        return sorted(known.id for known in self.projects if not known.archived)

    @Once
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    @Once
    def stamps(self) -> Mapping[int, Stamp]:
        return evidence.stamps(self.session, self.open)

    @Once
    def sketches(self) -> Mapping[int, Sketch]:
        sketches = self.cache.sketches
        return sketches.of(self.session, self.facts, self.open, self.now, self.today, self.stamps)

    def happened(self, standing: Standing, window: Window) -> tuple[set[int], frozenset[int]]:
        """The projects in which something was decided, or is otherwise by now, since the last
        digest; and those that were archived since.
        """
        workspace, people = self.facts.workspace, self.facts.people
        found = digests.decided_since(self.session, workspace, window.since)
        archived = set()
        since_then = digests.all_lines_since(
            self.session, workspace, standing.told_revision, edits.ACTIONS
        )
        for project, lines in since_then:
            if any(line.action == ARCHIVED for line in lines):
                archived.add(project)
            if net(edits.told(lines, standing.channel), people):
                found.add(project)
        closed = {known.id for known in self.projects if known.archived}
        return found, frozenset(archived & closed)

    def seen_since(self, window: Window) -> frozenset[int]:
        """Those in which something was seen elsewhere since, or may be gone there."""
        return frozenset(
            key
            for key, stamp in self.stamps.items()
            if stamp.is_lost or (stamp.moved_at is not None and stamp.moved_at >= window.since)
        )
