"""What every use case of a project begins and ends with: a desk to read at, a change to write."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from bot import permissions
from bot.acting import standing_ins
from bot.changes import (
    ArchiveChanged,
    Change,
    LinkAdded,
    PullRequestLinked,
    RolesChanged,
    RunLinked,
    StageMoved,
    StandupEnded,
    StandupSet,
    StreamFollowed,
)
from bot.errors import Seen, Stale
from bot.outcome import Done, Place, Shown
from bot.people import Actor, Person
from bot.project import Gone, Item, Project
from bot.rights import Right
from bot.telling import lines
from handlers.service import (
    attendance,
    cards,
    consulting,
    escalation,
    notices,
    prompts,
    references,
    teams,
)
from handlers.service.facts import FactsCache
from handlers.service.notices import Written
from handlers.service.offers import Letterbox
from handlers.service.references import Desk
from handlers.service.undoing import UNDO_FOR
from storage import audit, ledger, projects
from storage.database import Database
from storage.ledger import Book


@dataclass(frozen=True, slots=True)
class Wish:
    """A decided change, and the project and item that it was decided on."""

    project: Project
    item: Item | None
    change: Change


@dataclass(frozen=True, slots=True)
class Together:
    """Changes that stand together. `seqs` are their audit lines, `projects` as they are now."""

    seqs: tuple[int, ...]
    projects: Mapping[int, Project]
    at: datetime
    undo_until: datetime | None
    undone: bool = False


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

    def _open_projects(self, desk: Desk) -> tuple[Project, ...]:
        """Every project that is not archived and that the actor sees, read at once."""
        keys = [known.id for known in desk.visible() if not known.archived]
        found = self._cache.projects(desk.session, desk.facts, keys, desk.now)
        return tuple(found.values())

    def _asked_about(self, desk: Desk, ref: str | None, *, whole: bool) -> Project | None:
        """The project that somebody means: the one that `ref` names, else the place's, if it has
        one; None where all are meant.
        """
        place = desk.place
        bound = desk.facts.by_channel.get(place.channel or "", ())
        if whole or (ref is None and not any(desk.sees(key) for key in bound)):
            return None
        return self._project(desk, references.project_id(desk, ref, place))

    def _change(
        self,
        actor: Actor,
        project_ref: str | None,
        item_ref: str | None,
        seen: int | None,
        place: Place,
        decide: Callable[[Desk, Project, Item | None], Change],
        about: tuple[str, ...] = (),
        takes: Right = Right.EDIT,
    ) -> Done:
        """Read, decide, write. Where somebody acts on what they have `seen`, nothing may have
        changed since; with `about` nothing of these kinds: what else changed is no conflict.

        `takes` is the least that it takes: who has not got that is told so first, whatever else
        would be in the way.
        """
        with self._writing(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, project_ref, place))
            item = references.item(desk, project, item_ref) if item_ref else None
            permissions.require_in(
                actor,
                takes,
                project,
                item,
                desk.facts.people,
                sight=desk.sight(project.id),
                stands_for=desk.stands_for(project),
            )
            if seen is not None:
                self._refuse_stale(desk, project, item, seen, about)
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
        together = self._write_together(
            desk, [Wish(project, item, change)], [undoes] if undoes is not None else []
        )
        renewed = together.projects[project.id]
        return Done(
            project=renewed,
            item=renewed.item(item.key) if item else None,
            lines=lines(change, desk.facts.people),
            seq=together.seqs[0],
            at=together.at,
            undo_until=together.undo_until,
            undone=together.undone,
            people=dict(desk.facts.people),
        )

    def _write_together(
        self,
        desk: Desk,
        wishes: Sequence[Wish],
        undoes: Sequence[int] = (),
    ) -> Together:
        """Write changes, all of them or none, and let follow what each of them sets going.

        `undoes` are the audit lines that they take back, one each.
        """
        people, now = desk.facts.people, desk.now
        for wish in wishes:
            self._check(desk, wish)
        with ledger.opened(desk.session, desk.actor, now) as book:
            seqs = _applied(book, wishes, people, undoes)
        before = {wish.project.id: wish.project for wish in wishes}
        read = projects.read(desk.session, list(before), now)
        after = {key: desk.facts.placed(read[key].project) for key in before}
        for wish in wishes:
            self._follow(desk, wish, after[wish.project.id])
        notices.follow_each(
            desk,
            [
                Written(wish.change, wish.project, after[wish.project.id], seq, undone)
                for wish, seq, undone in zip_longest(wishes, seqs, undoes)
            ],
        )
        box = Letterbox(desk.session, desk.facts.workspace, people, now)
        for key, project in before.items():
            box.tell(project, after[key])
        for wish in wishes:
            if isinstance(wish.change, RolesChanged) and wish.change.returns is not None:
                box.taken_back(after[wish.project.id], wish.change, desk.actor.person_id)
        moved = dict.fromkeys(one.project.id for one in wishes if attendance.matters(one.change))
        attendance.renew(
            desk.session, desk.facts.workspace, [after[key] for key in moved], people, now
        )
        for key in dict.fromkeys(
            one.project.id for one in wishes if isinstance(one.change, StandupSet | StandupEnded)
        ):
            prompts.put_right(desk, key)
        return Together(
            seqs=tuple(seqs),
            projects=after,
            at=now,
            undo_until=None if undoes else now + UNDO_FOR,
            undone=bool(undoes),
        )

    def _check(self, desk: Desk, wish: Wish) -> None:
        permissions.check(
            desk.actor,
            wish.change,
            wish.project,
            wish.item,
            desk.facts.people,
            sight=teams.sight_of(desk, wish.project),
            stands_for=desk.stands_for(wish.project),
        )

    def _follow(self, desk: Desk, wish: Wish, after: Project) -> None:
        """What a change that was just written sets going."""
        change = wish.change
        if isinstance(change, PullRequestLinked | RunLinked):
            cards.renew(desk, change, after)
        if isinstance(change, LinkAdded) and change.added:
            cards.keep_looking(desk.session, desk.facts.workspace, desk.now)
        if isinstance(change, ArchiveChanged) and not change.archived:
            cards.keep_looking(desk.session, desk.facts.workspace, desk.now)
            cards.keep_following(desk.session, desk.facts.workspace, desk.now)
            consulting.watch(desk.session, desk.facts.workspace, desk.now)
        if isinstance(change, StreamFollowed) and change.after is not None:
            cards.keep_following(desk.session, desk.facts.workspace, desk.now)
        if isinstance(change, StageMoved) and change.hurdles.opened:
            escalation.watch(desk.session, desk.facts.workspace, desk.now)

    def _shown(self, desk: Desk, project: Project, item: Item | None) -> Shown:
        """Something to look at now, with who acts for whom there."""
        people, now = desk.facts.people, desk.now
        acts = standing_ins(project, people, desk.facts.delegations, now)
        settings = desk.facts.settings
        return Shown(
            project,
            item,
            dict(people),
            acts,
            now,
            today=desk.today,
            zone=desk.zone,
            stale_days=settings.stale_days,
            review_days=settings.review_days,
        )

    def _refuse_stale(
        self,
        desk: Desk,
        project: Project,
        item: Item | Gone | None,
        seen: int,
        about: tuple[str, ...] = (),
    ) -> None:
        """Raise `Stale`, with what happened, if the item (or the project itself) moved on.

        A project's version moves with each of its items; only lines about itself count here, and
        of these only those of the kinds in `about`, if it names any.
        """
        entries = (
            audit.since_version(desk.session, desk.actor.workspace, item.id, seen)
            if item
            else audit.of_project_since(desk.session, desk.actor.workspace, project.id, seen)
        )
        told = tuple(
            Seen(who(desk.facts.people, entry.actor_id), entry.at, entry.summary)
            for entry in entries
            if not about or entry.action in about
        )
        if told:
            present = item.version if isinstance(item, Item) else project.version
            raise Stale(item.title if item else project.name, told, present)


def _applied(
    book: Book, wishes: Sequence[Wish], people: Mapping[int, Person], undoes: Sequence[int]
) -> list[int]:
    """Write them; letters in as many statements for many rows as for one."""
    pairs = list(zip_longest(wishes, undoes))
    seqs = {
        at: book.apply(wish.change, people, undoes=undone)
        for at, (wish, undone) in enumerate(pairs)
        if not isinstance(wish.change, RolesChanged)
    }
    letters = {
        at: (wish.change, undone)
        for at, (wish, undone) in enumerate(pairs)
        if isinstance(wish.change, RolesChanged)
    }
    if len(letters) == 1:
        [(at, (change, undone))] = letters.items()
        seqs[at] = book.apply(change, people, undoes=undone)
    elif letters:
        changes = [change for change, _ in letters.values()]
        taken_back = [undone for _, undone in letters.values()] if undoes else ()
        seqs |= zip(letters, book.apply_letters(changes, people, undoes=taken_back), strict=True)
    return [seqs[at] for at in range(len(pairs))]


def who(people: Mapping[int, Person], actor: int | None) -> str:
    return people[actor].name if actor in people and actor is not None else "the operator"
