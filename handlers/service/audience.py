"""Which guests of the workspace read what is shared in a channel, as Slack tells at that moment."""

from collections.abc import Callable, Collection

from bot.errors import CharterError
from bot.sight import Guests
from handlers.service.facts import FactsCache
from storage.database import Database

Readers = Callable[[int, str, Collection[str]], tuple[frozenset[str], bool]]
"""Who is in a channel of a workspace, by Slack's ids, and whether there are guests among those whom
Charter has not met.
"""


class Audience:
    """Asks who is in a channel; without a Slack to ask (`readers` None), any guest may be."""

    def __init__(
        self, database: Database, cache: FactsCache, readers: Readers | None = None
    ) -> None:
        self._db = database
        self._cache = cache
        self._readers = readers

    def guests(self, workspace: int, channel: str | None) -> Guests:
        """The guests who are in a channel; where Slack does not tell, all whom Charter knows. Out
        of any transaction: Slack may let itself be waited for.
        """
        with self._db.read() as session:
            facts = self._cache.current(session, workspace)
        met = facts.by_slack
        known = {user: one.id for user, one in met.items() if one.is_guest and one.active}
        if self._readers is None or channel is None:
            return Guests(frozenset(known.values()))
        try:
            users, strangers = self._readers(workspace, channel, met.keys())
        except CharterError:
            return Guests(frozenset(known.values()))
        return Guests(frozenset(known[user] for user in users & known.keys()), strangers)
