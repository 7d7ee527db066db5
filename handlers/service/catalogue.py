"""The use cases of job roles: what each does here, who has it, and how that is said otherwise."""

from collections.abc import Callable, Iterator, Mapping

from bot import deciding, permissions
from bot.changes import CatalogueChange, JobGiven, RoleDefined
from bot.deciding import Use
from bot.errors import NotFound, Refused, Stale, Why
from bot.orders import AddRole, EditRole, GiveJob, RemoveRole, RenameRole
from bot.outcome import HeldLetter, Place
from bot.people import Actor, Person
from bot.project import PersonHolder, Project, Vacancy
from bot.rights import Right
from bot.roles import Role, called, having
from bot.spelling import folded
from bot.stages import with_modelling
from bot.team import CatalogueDone, Holding, RoleShown, RolesShown, VacantSeat
from bot.telling import lines
from handlers.service import references, rights
from handlers.service.desks import Desks
from handlers.service.references import Desk
from handlers.service.undoing import UNDO_FOR, stored_change
from storage import audit, ledger
from storage.audit import Entry

ANYWHERE = Place()
_ACTIONS = (RoleDefined.__name__, JobGiven.__name__)


class Roles(Desks):
    """What may be done with job roles. Everybody looks; running the catalogue is for admins."""

    def listed(self, actor: Actor) -> RolesShown:
        with self._reading(actor, ANYWHERE) as desk:
            roles = desk.facts.roles
            holders = {key: _having(desk, role) for key, role in roles.items()}
            return RolesShown(roles, _titles(desk), holders, _may_edit(desk))

    def shown(self, actor: Actor, ref: str, place: Place) -> RoleShown:
        """What a role does here: its own words, and what those who have it really hold."""
        with self._reading(actor, place) as desk:
            role = references.role(desk, ref)
            projects = self._open_projects(desk)
            people = _having(desk, role)
            return RoleShown(
                role=role,
                roles=desk.facts.roles,
                titles=_titles(desk),
                holders=tuple(holdings(people, projects)),
                vacant=tuple(_waiting(role, desk, projects)),
                may_edit=_may_edit(desk),
            )

    def form(self, actor: Actor, ref: str) -> RoleShown:
        """A role as whoever may edit it needs it; `Forbidden` for everybody else."""
        with self._reading(actor, ANYWHERE) as desk:
            permissions.require(actor, Right.RUN, desk.facts.people)
            return RoleShown(
                references.role(desk, ref), desk.facts.roles, _titles(desk), (), (), may_edit=True
            )

    def add(self, actor: Actor, order: AddRole) -> CatalogueDone:
        return self._apply(
            actor, lambda desk: deciding.add_role(desk.facts.roles, order.title, order.does)
        )

    def rename(self, actor: Actor, order: RenameRole) -> CatalogueDone:
        def decide(desk: Desk) -> CatalogueChange:
            role = references.role(desk, order.role)
            return deciding.edit_role(desk.facts.roles, role, title=order.title)

        return self._apply(actor, decide)

    def edit(self, actor: Actor, order: EditRole) -> CatalogueDone:
        """Say a role otherwise. `Stale` where somebody else did since it was looked at."""

        def decide(desk: Desk) -> CatalogueChange:
            role = references.role(desk, order.role)
            if order.seen and order.seen != role.mark:
                raise Stale(role.title)
            return deciding.edit_role(
                desk.facts.roles,
                role,
                title=order.title if folded(order.title) != folded(role.title) else None,
                does=order.does,
                stages=order.stages,
                works_with=order.works_with,
            )

        return self._apply(actor, decide)

    def remove(self, actor: Actor, order: RemoveRole) -> CatalogueDone:
        """Take a role out. `Refused` with its uses, as far as the actor may know of them."""

        def decide(desk: Desk) -> CatalogueChange:
            role = references.role(desk, order.role)
            permissions.require(actor, Right.RUN, desk.facts.people)
            return deciding.remove_role(role, list(self._uses(desk, role)))

        return self._apply(actor, decide)

    def give(self, actor: Actor, order: GiveJob) -> CatalogueDone:
        """Say somebody's role: for everybody of themselves, for admins of everybody."""

        def decide(desk: Desk) -> CatalogueChange:
            if rights.oneself(desk, order.person) is None:
                permissions.require(actor, Right.RUN, desk.facts.people)
            person = references.person(desk, order.person)
            role = references.role(desk, order.role) if order.role is not None else None
            return deciding.give_job(person, role, desk.facts.roles)

        return self._apply(actor, decide)

    def undo(self, actor: Actor, seq: int) -> CatalogueDone:
        """Take back how a role was said: within ten minutes, and while nothing came after it."""
        with self._writing(actor, ANYWHERE) as desk:
            entry = audit.entry(desk.session, actor.workspace, seq)
            if entry is None or entry.action not in _ACTIONS:
                raise NotFound("change", str(seq))
            change = _change_of(entry)
            item = {"item": _subject(change, desk.facts.people)}
            later = audit.after(desk.session, actor.workspace, seq, _ACTIONS)
            if any(_same(_change_of(one), change) for one in later):
                raise Refused(Why.UNDO_OVERTAKEN, item)
            if desk.now - entry.at > UNDO_FOR:
                raise Refused(Why.UNDO_LATE, item)
            back = deciding.reverse(change, None)
            assert isinstance(back, RoleDefined | JobGiven)
            return _write(desk, back, undoes=seq)

    def _apply(self, actor: Actor, decide: Callable[[Desk], CatalogueChange]) -> CatalogueDone:
        with self._writing(actor, ANYWHERE) as desk:
            return _write(desk, decide(desk))

    def _uses(self, desk: Desk, role: Role) -> Iterator[Use]:
        for person in _having(desk, role):
            yield Use(f"{person.name} has it")
        for seat in _waiting(role, desk, self._open_projects(desk)):
            yield Use(f"a vacant seat of {seat.item.title} in {seat.project.name}")
        for other in desk.facts.roles.values():
            if role.key in other.works_with and other.is_own:
                yield Use(f"{other.title} works with it")


def _write(desk: Desk, change: CatalogueChange, undoes: int | None = None) -> CatalogueDone:
    own = isinstance(change, JobGiven) and change.person == desk.actor.person_id
    if not own:
        permissions.check_workspace(desk.actor, change, desk.facts.people)
    with ledger.opened(desk.session, desk.actor, desk.now) as book:
        seq = book.apply(change, desk.facts.people, undoes=undoes)
    return CatalogueDone(
        change=change,
        lines=lines(change, desk.facts.people),
        seq=seq,
        at=desk.now,
        undo_until=None if undoes else desk.now + UNDO_FOR,
        undone=undoes is not None,
    )


def _change_of(entry: Entry) -> CatalogueChange:
    change = stored_change(entry)
    assert isinstance(change, RoleDefined | JobGiven)
    return change


def _same(one: CatalogueChange, other: CatalogueChange) -> bool:
    """Whether two changes are about the same role, or the same person."""
    return _about(one) == _about(other)


def _about(change: CatalogueChange) -> int | str:
    if isinstance(change, JobGiven):
        return change.person
    role = change.after or change.before
    return role.key if role else ""


def _subject(change: CatalogueChange, people: Mapping[int, Person]) -> str:
    if isinstance(change, JobGiven):
        return people[change.person].name
    role = change.after or change.before
    return role.title if role else ""


def _may_edit(desk: Desk) -> bool:
    return permissions.in_workspace(desk.actor).may(Right.RUN)


def _titles(desk: Desk) -> dict[str, str]:
    """The titles of stages by their keys, in their order."""
    return {rung.key: rung.title for rung in with_modelling(desk.facts.ladder)}


def _having(desk: Desk, role: Role) -> tuple[Person, ...]:
    return having(role, desk.facts.roles, desk.facts.people.values())


def holdings(people: tuple[Person, ...], projects: tuple[Project, ...]) -> Iterator[Holding]:
    """What these people hold, by project and stage."""
    ordered = sorted(projects, key=lambda project: (project.name.casefold(), project.id))
    held: dict[int, list[HeldLetter]] = {person.id: [] for person in people}
    for project in ordered:
        for item in project.items:
            for one in item.assignments:
                if isinstance(one.holder, PersonHolder) and one.holder.person in held:
                    held[one.holder.person].append(HeldLetter(project, item, one.letter))
    for person in people:
        yield Holding(person, tuple(held[person.id]))


def _waiting(role: Role, desk: Desk, projects: tuple[Project, ...]) -> Iterator[VacantSeat]:
    for project in sorted(projects, key=lambda one: (one.name.casefold(), one.id)):
        for item in project.items:
            for held in item.assignments:
                seat = held.holder
                if isinstance(seat, Vacancy) and called(seat.role, desk.facts.roles) == role:
                    yield VacantSeat(project, item, held.letter)
