"""Who is in Slack's user groups, as Slack tells: they are in the standups that name one."""

from collections.abc import Collection, Mapping

from bot.project import Group
from storage import ledger, user_groups
from storage.database import Database


class UserGroups:
    """Keeps what Slack tells of its user groups."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def learned(self, workspace: int, told: Mapping[Group, Collection[str]]) -> None:
        """Slack told of all of them, or (nothing) that it tells of none."""
        with self._db.begin() as session:
            ledger.lock(session, workspace)
            user_groups.learned(session, workspace, told)

    def unmet(self, workspace: int) -> tuple[str, ...]:
        """Slack's ids of those whom a standup is to ask, and whom Charter does not know yet."""
        with self._db.read() as session:
            return user_groups.unmet(session, workspace)
