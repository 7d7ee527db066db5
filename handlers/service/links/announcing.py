"""Tells the channels of projects of their runs: what stands in Slack is a row first, and once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.announcing import MOST, Announcement, Look, announcements
from bot.links import Linked
from bot.sources.base import Run
from handlers.service import threads
from handlers.service.apart import apart
from handlers.service.cards import Cards
from handlers.service.facts import WorkspaceFacts
from handlers.views import announcing as views
from handlers.views.kit import Message
from storage import evidence, links, outbox


@dataclass(frozen=True, slots=True)
class Announcer:
    """Announces runs in one transaction, after what was seen of them was written down."""

    session: Session
    facts: WorkspaceFacts
    cards: Cards
    now: datetime

    def announce(self, looks: Sequence[Look]) -> None:
        """Tell of what one pass saw. A project with much to tell at once gets a summary, so that
        no channel is flooded after a tracker was away.
        """
        by_project: dict[int, list[Look]] = defaultdict(list)
        for before, after in looks:
            if isinstance(after.sighting.seen, Run) and after.is_linked:
                by_project[after.project].append((before, after))
        others = self._others(by_project)
        for key, mine in by_project.items():
            metrics = self.cards.project(mine[0][1]).scope.metrics
            if found := announcements(mine, others.get(key, ()), metrics, self.now):
                apart(self.session, partial(self._tell, key, found), f"runs/{key}")

    def _others(self, by_project: dict[int, list[Look]]) -> dict[int, list[Run]]:
        """The other runs of those projects where any was seen otherwise than before."""
        moved = [
            key
            for key, looks in by_project.items()
            if any(before.sighting.seen != after.sighting.seen for before, after in looks)
        ]
        found: dict[int, list[Run]] = defaultdict(list)
        if not moved:
            return found
        mine = {after.about for looks in by_project.values() for _, after in looks}
        for one in evidence.of_projects(self.session, moved):
            seen = one.sighting.seen
            about = Linked(one.id, one.project, None, one.sighting).about
            if isinstance(seen, Run) and about not in mine:
                found[one.project].append(seen)
        return found

    def _tell(self, key: int, found: Sequence[Announcement]) -> None:
        project = self.cards.project(found[0].linked)
        channel = threads.channel(self.session, self.facts, project)
        if channel is None:
            return
        room = links.places(self.session, self.facts.workspace, [channel])
        told = [(one, self.cards.card(one.linked, channel, room)) for one in found]
        if len(told) > MOST:
            self._say(
                key, f"runs/{key}/{self.now:%Y%m%d%H%M%S}", channel, views.summed_up(told, project)
            )
            return
        for one, card in told:
            self._say(key, one.key, channel, views.announced(one, card))

    def _say(self, project: int, key: str, channel: str, said: Message) -> None:
        outbox.say(
            self.session,
            self.facts.workspace,
            key,
            channel,
            said.text,
            said.blocks,
            self.now,
            confidential=self.facts.projects[project].private,
        )
