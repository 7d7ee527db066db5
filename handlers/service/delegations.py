"""The use cases of delegations: who acts for whom, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot import acting, deciding, permissions, sight
from bot.changes import DelegationChange, DelegationEnded, DelegationSet
from bot.errors import Ambiguous, Forbidden, NotFound, Refused, Why
from bot.orders import Delegate, EndDelegation
from bot.outcome import Delegated, Place, Standins
from bot.people import Actor, Delegation, Person
from bot.permissions import in_workspace, who_can
from bot.project import Project
from bot.rights import Right
from bot.routing import Event, Happening, concerned
from bot.routing.told import EVERYWHERE, told
from bot.telling import lines, person_ref
from handlers.service import mail, offers, references, rights
from handlers.service.desks import Desks
from handlers.service.references import Desk
from handlers.views import delegations as views
from storage import directory, ledger, people, projects
from storage.ledger import Book


def withdraw(book: Book, everyone: Mapping[int, Person], gone: int, reason: str) -> None:
    """End what somebody who leaves was to do for others, and others for them. Those who lose a
    deputy by it are told.
    """
    present = people.delegations(book.session, book.workspace_id)
    for change in deciding.ended_by_leaving(present, gone, everyone, book.now):
        book.apply(change, everyone, reason=reason)
        if change.delegate == gone:
            _tell_owner(book, everyone, change)


def _tell_owner(book: Book, everyone: Mapping[int, Person], change: DelegationEnded) -> None:
    found = projects.one(book.session, change.only_in, book.now) if change.only_in else None
    project = offers.placed(book, found, everyone) if found else None
    happening = Happening(
        Event.DELEGATE_LEFT,
        project.id if project else EVERYWHERE,
        concerned=(change.person,),
        until=change.last_day,
    )
    made = Delegated(change, lines(change, everyone), project, everyone, book.now)
    sees = project.visible_to if project else lambda _person: True
    for notice in concerned(happening, everyone, sees):
        mail.say(
            book.session,
            book.workspace_id,
            f"delegation/{change.delegation}/left",
            everyone[change.person],
            views.lost(made),
            told(notice, project, None, book.now),
            book.now,
            confidential=project is not None and project.private,
        )


class Delegations(Desks):
    """What may be done with delegations. One's own are one's own to set; those of others are for
    admins, and in one project for its lead.
    """

    def set_up(self, actor: Actor, order: Delegate, place: Place) -> Delegated:
        """Let somebody act for somebody; see `deciding.delegate` for what is refused."""
        with self._writing(actor, place) as desk:
            project = self._in(desk, order.project, place)
            owner = _owner(desk, order.person, project)
            _refuse_others(desk, owner, project)
            deputy = references.person(desk, order.holder)
            change = deciding.delegate(
                owner,
                deputy,
                (order.first, order.last),
                acting.today(owner, desk.now),
                desk.facts.delegations,
                only_in=project.id if project else None,
                reason=order.reason,
                unseen=self._unseen(desk, owner, deputy, project),
            )
            made = _written(desk, change, project)
            _tell(desk, made)
            return made

    def end(self, actor: Actor, order: EndDelegation, place: Place) -> Delegated:
        """Call it off, now and for every further period of the same two; `Refused` where nobody
        acts.
        """
        with self._writing(actor, place) as desk:
            project = self._in(desk, order.project, place)
            owner = _owner(desk, order.person, project)
            _refuse_others(desk, owner, project)
            today = acting.today(owner, desk.now)
            found = [
                one
                for one in desk.facts.delegations
                if one.person == owner.id
                and one.end >= today
                and (project is None or one.project == project.id)
                and (one.project is None or desk.sees(one.project))
            ]
            if order.holder is not None:
                deputy = references.person(desk, order.holder)
                found = [one for one in found if one.delegate == deputy.id]
            if not found:
                raise Refused(Why.NO_DELEGATE, {"name": owner.name})
            if len({one.delegate for one in found}) > 1:
                raise Ambiguous("person", "", _deputies(desk, found))
            ended = [(one, self._only_in(desk, one)) for one in found]
            for _, where in ended:
                _refuse_others(desk, owner, where)
            done = [_written(desk, deciding.end_delegation(one), where) for one, where in ended]
            return replace(done[0], also=tuple(done[1:]))

    def shown(self, actor: Actor, person: str | None, place: Place) -> Standins:
        """For whom somebody acts, and who acts for them, from today on; to a guest it tells their
        own alone.
        """
        with self._reading(actor, place) as desk:
            if person is not None and rights.is_guest(desk) and not rights.oneself(desk, person):
                permissions.require(actor, Right.EDIT, desk.facts.people)
            who = _owner(desk, person)
            if who.id != actor.person_id:
                permissions.require(actor, Right.EDIT, desk.facts.people)
            people = desk.facts.people
            found = [
                one
                for one in desk.facts.delegations
                if who.id in (one.person, one.delegate)
                and one.end >= acting.today(people[one.person], desk.now)
                and (one.project is None or desk.sees(one.project))
            ]
            found.sort(key=lambda one: (one.start, one.id))
            projects = {
                one.project: self._project(desk, one.project)
                for one in found
                if one.project is not None
            }
            return Standins(who, tuple(found), projects, people, is_own=who.id == actor.person_id)

    def _only_in(self, desk: Desk, one: Delegation) -> Project | None:
        return self._project(desk, one.project) if one.project is not None else None

    def _in(self, desk: Desk, ref: str | None, place: Place) -> Project | None:
        if ref is None:
            return None
        return self._project(desk, references.project_id(desk, ref, place))

    def _unseen(
        self, desk: Desk, owner: Person, deputy: Person, project: Project | None
    ) -> Sequence[Project]:
        """Projects that the deputy may not know of, of those that the actor sees: the one that it
        is for, or all in which the owner holds a letter.
        """
        if project is not None:
            return [] if project.visible_to(deputy.id) else [project]
        held = {key for key, _, _ in directory.held_by(desk.session, owner.id, desk.now)}
        known = (desk.facts.projects[key] for key in sorted(held) if desk.sees(key))
        hidden = [one.id for one in known if not one.archived and not sight.admits(one, deputy.id)]
        return [self._project(desk, key) for key in hidden[:1]]


def _owner(desk: Desk, ref: str | None, project: Project | None = None) -> Person:
    """Whom it is about. A guest who names somebody else is refused before it is looked who that
    would be.
    """
    if ref is not None:
        if rights.is_guest(desk) and not rights.oneself(desk, ref):
            _refuse_guest(desk, project)
        return references.person(desk, ref)
    if desk.actor.person is None:
        raise NotFound("person", "me")
    return desk.facts.people[desk.actor.person.id]


def _refuse_guest(desk: Desk, project: Project | None) -> None:
    """Raise `Forbidden`: a guest answers for nothing."""
    if project is None:
        permissions.require(desk.actor, Right.RUN, desk.facts.people)
    else:
        rights.require(desk, Right.ANSWER, project)


def _refuse_others(desk: Desk, owner: Person, project: Project | None) -> None:
    """Raise `Forbidden` where this is not the actor's to decide."""
    if owner.id == desk.actor.person_id:
        return
    if project is None:
        if not in_workspace(desk.actor).may(Right.RUN):
            raise Forbidden(Right.RUN, "", (owner.name, *_admins(desk)))
    elif not desk.role(project).may(Right.ANSWER):
        raise Forbidden(Right.ANSWER, project.name, who_can(project, None, desk.facts.people))


def _admins(desk: Desk) -> tuple[str, ...]:
    return tuple(sorted(one.name for one in desk.facts.people.values() if one.is_admin))


def _deputies(desk: Desk, found: Sequence[Delegation]) -> tuple[tuple[str, str], ...]:
    people = [desk.facts.people[key] for key in dict.fromkeys(one.delegate for one in found)]
    return tuple((one.name, person_ref(one)) for one in people)


def _written(desk: Desk, change: DelegationChange, project: Project | None) -> Delegated:
    people = desk.facts.people
    with ledger.opened(desk.session, desk.actor, desk.now) as book:
        book.apply(change, people)
    return Delegated(change, lines(change, people), project, people, desk.now)


def _tell(desk: Desk, made: Delegated) -> None:
    """Whoever is to act for somebody hears of it, unless it was their own doing."""
    change, people, project = made.change, made.people, made.project
    happening = Happening(
        Event.DELEGATED,
        project.id if project else EVERYWHERE,
        by=desk.actor.person_id,
        concerned=(change.delegate,),
        note=change.reason if isinstance(change, DelegationSet) else "",
        until=change.last_day,
    )
    key = f"delegation/{change.person}/{change.delegate}/{desk.now.isoformat()}"
    sees = project.visible_to if project else lambda _person: True
    for notice in concerned(happening, people, sees):
        mail.say(
            desk.session,
            desk.facts.workspace,
            key,
            people[change.delegate],
            views.named(made),
            told(notice, project, None, desk.now),
            desk.now,
            confidential=project is not None and project.private,
        )
