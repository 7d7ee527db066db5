"""Pull requests that are followed, in the channels of their projects: one card each, and what
happens to it in the card's thread, never in the channel.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from sqlmodel import Session

from bot.announcing import Look
from bot.attaching import By
from bot.filters import Filter, admits
from bot.following import BEHIND
from bot.links import Linked, Sight
from bot.progress import steps
from bot.sources.base import PullRequest, PullState, Ref
from handlers.service import threads
from handlers.service.apart import apart
from handlers.service.cards import Cards, Where
from handlers.service.facts import WorkspaceFacts
from handlers.views import following as views
from handlers.views.kit import Message
from handlers.views.names import at_source, told_apart
from storage import following, links, outbox

CARD: Final = "followed"
"""What the card of something followed answers: nothing that anybody said."""
MOST: Final = 10
"""Cards that come to a channel from one look; of more there is one line."""
MOST_BEHIND: Final = 3
"""The same where much may have happened since the last look."""
_OPEN = (PullState.OPEN, PullState.DRAFT)


@dataclass(slots=True)
class Telling:
    """Tells of pull requests in one transaction, after what was seen was written down.

    `behind` are those that were found where nobody had looked for long.
    """

    session: Session
    facts: WorkspaceFacts
    cards: Cards
    now: datetime
    behind: Collection[Ref] = ()
    _filters: dict[int, list[Filter]] = field(default_factory=dict)

    def tell(self, looks: Sequence[Look]) -> None:
        """Of what moved, in the threads of the cards that stand; of what has none, nothing."""
        moved = [look for look in looks if _has_moved(look)]
        standing = outbox.about_each(
            self.session, self.facts.workspace, [after.about for _, after in moved]
        )
        for before, after in moved:
            for card in standing.get(after.about, ()):
                if card.key == after.card_key(card.channel, CARD):
                    reply = partial(self._reply, before, after, card)
                    apart(self.session, reply, after.about)

    def post(self, looks: Sequence[Look]) -> None:
        """Cards of what a rule linked and that has none yet, where it is open and moved."""
        by_project: dict[int, list[Linked]] = defaultdict(list)
        for look in looks:
            after = look[1]
            if _has_moved(look) and after.by is not By.HAND and after.is_linked:
                by_project[after.project].append(after)
        for key, mine in by_project.items():
            apart(self.session, partial(self._post, key, mine), f"followed/{key}")

    def _post(self, key: int, some: Sequence[Linked]) -> None:
        channel = threads.channel(self.session, self.facts, self.cards.project(some[0]))
        if channel is None:
            return
        new = [one for one in some if not stands(self.session, self.facts, one, channel)]
        wanted = [one for one in new if self._is_wanted(one)]
        behind = any(one.ref in self.behind for one in new)
        if len(wanted) > (MOST_BEHIND if behind else MOST):
            project = self.cards.project(some[0])
            pulls = [one.sighting.seen for one in new]
            told = [pull for pull in pulls if isinstance(pull, PullRequest)]
            said = views.summed_up(told, project)
            self._say(f"followed/{key}/{self.now:%Y%m%d%H%M%S}", channel, said, key)
            return
        for one in wanted:
            self.cards.say(one, Where(channel, CARD))

    def _is_wanted(self, one: Linked) -> bool:
        pull = one.sighting.seen
        if not isinstance(pull, PullRequest) or pull.state not in _OPEN:
            return False
        return self._admits(one.project, pull)

    def _admits(self, project: int, pull: PullRequest) -> bool:
        if project not in self._filters:
            self._filters[project] = following.filters(self.session, project)
        return admits(self._filters[project], pull)

    def _reply(self, before: Linked, after: Linked, card: outbox.Standing) -> None:
        was, pull = before.sighting.seen, after.sighting.seen
        seen_at = before.sighting.seen_at
        if not isinstance(was, PullRequest) or not isinstance(pull, PullRequest):
            return
        if seen_at is None or self.now - seen_at > BEHIND:
            return  # the card says how it stands; of a week nobody hears step by step
        people, logins = told_apart(self.facts.people), self.cards.logins(after)
        found = steps(was, pull, lambda login: at_source(login, logins, people))
        places = links.places(self.session, self.facts.workspace, [card.channel])
        sight = self.cards.card(after, card.channel, places).sight
        if sight is Sight.BARE or not self._admits(after.project, pull):
            return
        words = [one.words if sight is Sight.FULL else one.bare for one in found]
        if told := [each for each in words if each]:
            key = f"{card.key}/{self.now:%Y%m%d%H%M%S%f}"
            self._say(key, card.channel, views.step(told), after.project, under=card.key)

    def _say(
        self, key: str, channel: str, said: Message, project: int, under: str | None = None
    ) -> None:
        outbox.say(
            self.session,
            self.facts.workspace,
            key,
            channel,
            said.text,
            said.blocks,
            self.now,
            under=under,
            confidential=self.facts.projects[project].private,
        )


def stands(session: Session, facts: WorkspaceFacts, one: Linked, channel: str) -> bool:
    """Whether a channel has the card of something that it follows."""
    return outbox.keyed(session, facts.workspace, one.card_key(channel, CARD)) is not None


def _has_moved(look: Look) -> bool:
    before, after = look
    return (
        isinstance(after.sighting.seen, PullRequest) and before.sighting.seen != after.sighting.seen
    )
