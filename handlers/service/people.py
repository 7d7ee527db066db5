"""Who is speaking, and where: Slack's users and channels as people and places of the workspace."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.outcome import Place
from bot.people import Actor, Person, Profile, Surface
from handlers.service import circles, reach, roster
from handlers.service.facts import FactsCache
from storage import directory, ledger
from storage.database import Database
from storage.ledger import Book
from storage.tables import BindingRow, ChannelRow, Workspace


class People:
    """Finds people and places, and learns from Slack what has changed about them."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        admins: frozenset[str],
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache
        self._admins = admins

    def known(self, workspace: int, slack_id: str) -> Person | None:
        with self._db.read() as session:
            return self._cache.current(session, workspace).by_slack.get(slack_id)

    def met(
        self, workspace: int, slack_id: str, channel: str | None
    ) -> tuple[Person | None, Place | None]:
        """Somebody, and the channel that they are in, as far as Charter has met them: for all that
        comes from Slack, by one transaction.
        """
        with self._db.read() as session:
            person = self._cache.current(session, workspace).by_slack.get(slack_id)
            return person, directory.place(session, workspace, channel) if channel else None

    def keyed(self, workspace: int, key: str) -> Person | None:
        """Somebody by the key of the workspace document, in capitals or not where that is one."""
        with self._db.read() as session:
            people = self._cache.current(session, workspace).people.values()
        alike = [person for person in people if person.key.casefold() == key.casefold()]
        exact = [person for person in alike if person.key == key]
        return next(iter(exact or (alike if len(alike) == 1 else [])), None)

    def keys(self, workspace: int) -> dict[int, str]:
        """The document's key of everybody, by id."""
        with self._db.read() as session:
            people = self._cache.current(session, workspace).people.values()
            return {person.id: person.key for person in people}

    def actor(self, workspace: int, person: Person, surface: Surface) -> Actor:
        is_admin = person.is_admin or (person.slack_id or "") in self._admins
        return Actor(workspace, person, surface, is_admin)

    def is_foreign(self, workspace: int, profile: Profile) -> bool:
        """Whether a user belongs to another organisation: Slack tells of those, too, who are in a
        channel that is shared with theirs.
        """
        with self._db.read() as session:
            row = session.get_one(Workspace, workspace)
            known = bool(profile.team and row.team_id)
            return known and profile.team not in (row.team_id, row.enterprise_id)

    def heard_from(self, actor: Actor) -> None:
        """Somebody turned to Charter: who could not be written to can be now."""
        if actor.person is not None and actor.person.is_unreachable:
            with self._db.begin() as session:
                reach.heard_from(session, actor, self._clock())

    def learned(self, workspace: int, profile: Profile) -> Person:
        """Keep what Slack says of a user; writes (and audits) only what differs."""
        self.kept(workspace, [profile], meets=True)
        # Read only now: facts of a transaction that may yet fail must not be kept.
        person = self.known(workspace, profile.slack_id)
        assert person is not None
        return person

    def kept(self, workspace: int, profiles: Sequence[Profile], *, meets: bool) -> None:
        """Keep what Slack says of its users; see `roster.keep`."""
        system = Actor(workspace, None, Surface.EVENT, is_admin=True)
        with self._db.begin() as session:
            roster.keep(session, system, profiles, self._clock(), meets=meets)

    def channel(self, workspace: int, slack_id: str) -> Place | None:
        """A channel that Charter has met."""
        with self._db.read() as session:
            return directory.place(session, workspace, slack_id)

    def channel_named(self, workspace: int, name: str) -> Place | None:
        """The same, by its name."""
        with self._db.read() as session:
            return directory.channel_named(session, workspace, name)

    def channel_learned(
        self, workspace: int, slack_id: str, name: str, is_private: bool, is_shared: bool
    ) -> Place:
        """Keep what Slack says of a channel; a channel that a document named is recognised by its
        name.
        """
        with self._db.begin() as session:
            system = Actor(workspace, None, Surface.EVENT, is_admin=True)
            ledger.lock(session, workspace)
            facts = self._cache.current(session, workspace)
            with ledger.opened(session, system, self._clock()) as book:
                row = _channel_row(session, workspace, slack_id, name)
                says = {
                    "slack_id": slack_id,
                    "name": name,
                    "is_private": is_private,
                    "is_shared": is_shared,
                }
                if row is None:
                    book.insert("ChannelMet", ChannelRow, [{"workspace_id": workspace, **says}])
                elif before := {
                    k: getattr(row, k) for k, v in says.items() if getattr(row, k) != v
                }:
                    if {"is_private", "is_shared"} & before.keys():
                        circles.turn(session, self._cache, facts, slack_id, is_private, book.now)
                    _rename(book, row, {key: says[key] for key in before}, before)
        return Place(slack_id, name, is_private=is_private, is_shared=is_shared)


def _channel_row(session: Session, workspace: int, slack_id: str, name: str) -> ChannelRow | None:
    of_workspace = select(ChannelRow).where(ChannelRow.workspace_id == workspace)
    by_id = session.exec(of_workspace.where(ChannelRow.slack_id == slack_id)).first()
    by_name = of_workspace.where(col(ChannelRow.slack_id).is_(None), ChannelRow.name == name)
    return by_id if by_id is not None else session.exec(by_name).first()


def _rename(book: Book, row: ChannelRow, after: dict[str, Any], before: dict[str, Any]) -> None:
    """Change a channel; the projects bound to it move too, for their snapshots name it."""
    assert row.id is not None
    book.update("ChannelChanged", ChannelRow, row.id, after, before)
    bound = book.session.exec(
        select(BindingRow.project_id).where(
            BindingRow.channel_id == row.id, col(BindingRow.until).is_(None)
        )
    )
    for project in bound:
        book.note("ChannelNamed", after, "", project=project)
