"""What every use case of a project begins and ends with: a desk to read at, a change to write."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from bot import permissions
from bot.changes import ArchiveChanged, Change, PullRequestLinked, RunLinked
from bot.errors import Seen, Stale
from bot.outcome import Done, Place
from bot.people import Actor, Person
from bot.project import Item, Project
from bot.telling import lines
from handlers.service import attendance, cards, notices, references
from handlers.service.facts import FactsCache
from handlers.service.references import Desk
from handlers.service.undoing import UNDO_FOR
from storage import audit, ledger, projects
from storage.database import Database


class Desks:
    """Opens desks in one database, and writes what was decided at them."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], cache: FactsCache
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache

    @contextmanager
    def _reading(self, actor: Actor, place: Place) -> Iterator[Desk]:
        with self._db.read() as session:
            facts = self._cache.current(session, actor.workspace)
            yield Desk(session, facts, self._cache, actor, self._clock(), place)

    @contextmanager
    def _writing(self, actor: Actor, place: Place) -> Iterator[Desk]:
        """A transaction in which nobody else changes the workspace: what is read stays true."""
        with self._db.begin() as session:
            workspace = ledger.lock(session, actor.workspace)
            now = ledger.not_before(session, workspace, self._clock())
            facts = self._cache.current(session, actor.workspace)
            yield Desk(session, facts, self._cache, actor, now, place)

    def _project(self, desk: Desk, key: int) -> Project:
        return self._cache.project(desk.session, desk.facts, key, desk.now)

    def _change(
        self,
        actor: Actor,
        project_ref: str | None,
        item_ref: str | None,
        seen: int | None,
        place: Place,
        decide: Callable[[Desk, Project, Item | None], Change],
    ) -> Done:
        with self._writing(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, project_ref, place))
            item = references.item(desk, project, item_ref) if item_ref else None
            if seen is not None:
                self._refuse_stale(desk, project, item, seen)
            return self._write(desk, actor, project, item, decide(desk, project, item))

    def _write(
        self,
        desk: Desk,
        actor: Actor,
        project: Project,
        item: Item | None,
        change: Change,
        undoes: int | None = None,
    ) -> Done:
        people = desk.facts.people
        permissions.check(
            actor,
            change,
            project,
            item,
            people,
            sees=desk.sees(project.id),
            stands_for=desk.stands_for(project),
        )
        now = desk.now
        with ledger.opened(desk.session, actor, now) as book:
            seq = book.apply(change, people, undoes=undoes)
        renewed = projects.one(desk.session, project.id, now)
        assert renewed is not None
        if attendance.matters(change):
            attendance.renew(desk.session, actor.workspace, renewed, people, now)
        if isinstance(change, PullRequestLinked | RunLinked):
            cards.renew(desk, change, renewed)
        if isinstance(change, ArchiveChanged) and not change.archived:
            cards.keep_looking(desk.session, actor.workspace, now)
        notices.follow(desk, change, project, renewed)
        return Done(
            project=renewed,
            item=renewed.item(item.key) if item else None,
            lines=lines(change, people),
            seq=seq,
            at=now,
            undo_until=None if undoes else now + UNDO_FOR,
            undone=undoes is not None,
            people=dict(people),
        )

    def _refuse_stale(self, desk: Desk, project: Project, item: Item | None, seen: int) -> None:
        """Raise `Stale`, with what happened, if the item (or the project itself) moved on.

        A project's version moves with each of its items; only lines about itself count here.
        """
        entries = (
            audit.since_version(desk.session, desk.actor.workspace, item.id, seen)
            if item
            else audit.of_project_since(desk.session, desk.actor.workspace, project.id, seen)
        )
        if entries:
            told = tuple(
                Seen(_who(desk.facts.people, entry.actor_id), entry.at, entry.summary)
                for entry in entries
            )
            raise Stale(item.title if item else project.name, told)


def _who(people: Mapping[int, Person], actor: int | None) -> str:
    return people[actor].name if actor in people and actor is not None else "the operator"
