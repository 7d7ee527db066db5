"""The use cases that write many letters at once: a transfer, a clone, a start-up, a split.

What a preview showed is what is carried out, row for row, in one transaction with an audit line a
row; all of it can be taken back at once.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot import deciding, permissions
from bot.changes import Change, ModeChanged, RolesChanged
from bot.deciding import Past
from bot.deciding import transfer as plans
from bot.deciding.transfer import Bar, Chosen, Plan
from bot.errors import Forbidden, NotFound, Refused, Seen, Stale, Why
from bot.orders import CloneRaci, EndStartUp, Split, StartUp, Transfer
from bot.outcome import Place
from bot.people import Actor, Person
from bot.project import Item, Letter, Project
from bot.rights import Right
from bot.roles import of as role_of
from bot.roles import title
from bot.sight import Sight
from bot.stages import seed
from bot.startup import solo
from bot.team import Moved, Previewed, StartUpDone
from handlers.service import moments, references, rights
from handlers.service.desks import Desks, Together, Wish
from handlers.service.references import Desk
from handlers.service.taking import refuse_undoing
from handlers.service.undoing import UNDO_FOR, stored_change
from storage import audit, history
from storage.audit import Entry

ANYWHERE = Place()
_TAKEN_BACK = {kind.__name__ for kind in (RolesChanged, ModeChanged)}


class Transfers(Desks):
    """What may be done with many letters at once."""

    def transfer(self, actor: Actor, order: Transfer, place: Place) -> Previewed | Moved:
        """Give somebody's letters, or vacant seats, to somebody else: a preview, or what the
        preview of that mark showed. `Stale` where it would not be the same any more.
        """
        opened = self._writing if order.mark else self._reading
        with opened(actor, place) as desk:
            projects = self._in_question(desk, order.project, whole=order.everywhere)
            rights.require_in_one(desk, Right.EDIT, projects)
            to = references.person(desk, order.to)
            chosen, source = _source(desk, order.source)
            if source is not None and source.id == to.id:
                raise Refused(Why.NOTHING_CHANGES, {"item": to.name})
            plan = plans.transfer(
                projects,
                chosen,
                to,
                desk.facts.people,
                lambda project, item: _objection(desk, project, item, source),
                lambda project: project.visible_to(to.id),
                desk.now,
                order.reason,
            )
            named = source.name if source else order.source
            return self._carried_out(desk, plan, order.mark, named, to.name)

    def clone(self, actor: Actor, order: CloneRaci, place: Place) -> Previewed | Moved:
        """Copy the letters of one project to another, likewise."""
        opened = self._writing if order.mark else self._reading
        with opened(actor, place) as desk:
            target = self._project(desk, references.project_id(desk, order.project, place))
            source = self._project(desk, references.project_id(desk, order.source, place))
            deciding.refuse_archived(target)
            if source.id == target.id:
                raise Refused(Why.NOTHING_CHANGES, {"item": target.name})
            plan = plans.clone(
                source,
                target,
                desk.facts.people,
                lambda letter, item, person: _seat(desk, letter, item, person),
                lambda project, item: _cannot_edit(desk, project, item),
                target.visible_to,
                desk.now,
                with_people=order.with_people,
            )
            return self._carried_out(desk, plan, order.mark, source.name, target.name)

    def start_up(self, actor: Actor, order: StartUp, place: Place) -> StartUpDone:
        """Let one person hold every role of a project."""
        with self._writing(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, order.project, place))
            rights.require(desk, Right.ANSWER, project)
            person = references.person(desk, order.person)
            if not project.visible_to(person.id):
                raise Refused(Why.HOLDER_BLIND, {"name": person.name, "project": project.name})
            changes = deciding.start_up(project, person, desk.facts.people, desk.now)
            return self._started(desk, project, changes, person)

    def end_start_up(self, actor: Actor, order: EndStartUp, place: Place) -> StartUpDone:
        with self._writing(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, order.project, place))
            return self._started(desk, project, (deciding.end_start_up(project),), None)

    def split(self, actor: Actor, order: Split, place: Place) -> Moved:
        """Move the usual stages of a role to somebody new, from a day on."""
        with self._writing(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, order.project, place))
            alone = solo(project)
            rights.require(desk, Right.EDIT, project)
            if alone and alone.person != actor.person_id:
                _must_answer(desk, project)
            role, to = references.role(desk, order.role), references.person(desk, order.to)
            if not project.visible_to(to.id):
                raise Refused(Why.HOLDER_BLIND, {"name": to.name, "project": project.name})
            since = moments.beginning(order.since, actor, desk.now)
            people = desk.facts.people
            changes = deciding.split_role(
                project,
                role,
                alone,
                to,
                people,
                since=since,
                now=desk.now,
                past=_pasts(desk, project) if order.since is not None else None,
            )
            plan = Plan(tuple(_moving(project, changes)), ())
            giver = people[alone.person].name if alone else ""
            return self._written(desk, plan, giver, to.name)

    def undo(self, actor: Actor, first: int, last: int) -> Moved:
        """Take back what was written together, from one line of the record to another: within ten
        minutes, all of it or nothing. Offers that it settled besides stay settled.
        """
        with self._writing(actor, ANYWHERE) as desk:
            lines = audit.between(desk.session, actor.workspace, first, last)
            entries = [one for one in lines if one.action in _TAKEN_BACK]
            if not entries or not _is_together(lines):
                raise NotFound("change", str(first))
            if not all(one.project_id and desk.sees(one.project_id) for one in entries):
                raise NotFound("change", str(first))
            if desk.now - entries[0].at > UNDO_FOR:
                raise Refused(Why.UNDO_LATE, {"item": "these rows"})
            self._refuse_overtaken(desk, entries)
            keys = dict.fromkeys(one.project_id for one in entries if one.project_id)
            found = self._cache.projects(desk.session, desk.facts, list(keys), desk.now)
            wishes = [_reversed(desk, entry, found[entry.project_id or 0]) for entry in entries]
            done = self._write_together(desk, wishes, [entry.seq for entry in entries])
            return Moved(_undone(wishes), "", "", done.seqs, done.at, None, desk.facts.people)

    # --- steps ---

    def _in_question(self, desk: Desk, ref: str | None, *, whole: bool) -> Sequence[Project]:
        if whole:
            return self._open_projects(desk)
        return (self._project(desk, references.project_id(desk, ref, desk.place)),)

    def _carried_out(
        self, desk: Desk, plan: Plan, mark: str, source: str, target: str
    ) -> Previewed | Moved:
        if not plan.moving and not plan.staying:
            raise Refused(Why.NOTHING_TO_MOVE, {"name": source})
        if not mark:
            return Previewed(plan, source, target, desk.facts.people)
        if plan.mark != mark:
            raise Stale(f"What {source} holds")
        return self._written(desk, plan, source, target)

    def _written(self, desk: Desk, plan: Plan, source: str, target: str) -> Moved:
        wishes = [Wish(row.project, row.item, row.change) for row in plan.moving]
        done = self._write_together(desk, wishes)
        return Moved(plan, source, target, done.seqs, done.at, done.undo_until, desk.facts.people)

    def _started(
        self,
        desk: Desk,
        project: Project,
        changes: Sequence[ModeChanged | RolesChanged],
        person: Person | None,
    ) -> StartUpDone:
        items = {item.id: item for item in project.items}
        wishes = [Wish(project, items.get(_item(change)), change) for change in changes]
        done = self._write_together(desk, wishes)
        return _start_up_done(done, project, person, desk)

    def _refuse_overtaken(self, desk: Desk, entries: Sequence[Entry]) -> None:
        """Raise `Stale`, with what happened, where one of the rows moved on since."""
        keys = [one.item_id for one in entries if one.item_id is not None]
        later = audit.of_items_after(desk.session, desk.actor.workspace, keys, entries[-1].seq)
        if later:
            people = desk.facts.people
            told = tuple(
                Seen(
                    people[one.actor_id].name
                    if one.actor_id in people and one.actor_id
                    else "the operator",
                    one.at,
                    one.summary,
                )
                for one in later
            )
            raise Stale("One of these rows", told)


def _reversed(desk: Desk, entry: Entry, project: Project) -> Wish:
    item = next((one for one in project.items if one.id == entry.item_id), None)
    done = stored_change(entry)
    change = deciding.reverse(done, item)
    if change is None:
        raise Refused(Why.UNDO_OVERTAKEN, {"item": project.name})
    refuse_undoing(desk, project, item, entry, done, change)
    if isinstance(change, RolesChanged):
        for held in change.restored:
            deciding.may_hold((held.letter,), held.holder, desk.facts.people)
    return Wish(project, item, change)


def _source(desk: Desk, ref: str) -> tuple[Chosen, Person | None]:
    """Which letters are meant: somebody's, or vacant seats (of one job role)."""
    first, _, rest = ref.strip().partition(" ")
    if first.casefold() == "vacant":
        return plans.vacant(rest.strip(" :()")), None
    if first.casefold() == "was":
        person = references.person(desk, rest)
        return plans.vacant(was=person.id), None
    person = references.person(desk, ref)
    return plans.held_by(person.id), person


def _objection(
    desk: Desk, project: Project, item: Item, source: Person | None
) -> tuple[Bar, str] | None:
    """Somebody’s letters are theirs to give, and for whoever answers for them; a vacant seat is for
    whoever may edit.
    """
    if source is None or source.id == desk.actor.person_id:
        return _cannot_edit(desk, project, item)
    return _lacks(desk, project, item, Right.ANSWER)


def _cannot_edit(desk: Desk, project: Project, item: Item) -> tuple[Bar, str] | None:
    return _lacks(desk, project, item, Right.EDIT)


def _lacks(desk: Desk, project: Project, item: Item, right: Right) -> tuple[Bar, str] | None:
    role = permissions.in_project(desk.actor, project, item, desk.stands_for(project))
    if role.may(right) and desk.sight(project.id) is Sight.PLAIN:
        return None
    return Bar.NOT_YOURS, ", ".join(permissions.who_can(project, item, desk.facts.people))


def _seat(desk: Desk, letter: Letter, item: Item, person: Person) -> str:
    """The job role behind somebody’s letter: the usual one of that row if they have it, else their
    own, else the usual one.
    """
    usual = [role for each, role in seed(item.key) if each is letter]
    if person.role in usual or not usual:
        return role_of(person, desk.facts.roles) or "anybody"
    return role_of(person, desk.facts.roles) or title(usual[0], desk.facts.roles)


def _moving(project: Project, changes: Iterable[RolesChanged]) -> Iterable[plans.Moving]:
    items = {item.id: item for item in project.items}
    for change in changes:
        letters = {held.letter for held in change.ended} | {seat.letter for seat in change.begun}
        told = tuple(letter for letter in Letter if letter in letters)
        yield plans.Moving(project, items[change.item], told, change)


def _pasts(desk: Desk, project: Project) -> Mapping[int, Past]:
    """What the record has of the letters of each item of a project, by the item."""
    held = history.letters_of(desk.session, project.id)
    return {item: Past(letters, desk.zone) for item, letters in held.items()}


def _must_answer(desk: Desk, project: Project) -> None:
    """Raise `Forbidden` where the letters in question are not the actor's to give away."""
    role = permissions.in_project(desk.actor, project, None, desk.stands_for(project))
    if not role.may(Right.ANSWER):
        names = permissions.who_can(project, None, desk.facts.people)
        raise Forbidden(Right.ANSWER, project.name, names)


def _item(change: Change) -> int:
    return change.item if isinstance(change, RolesChanged) else 0


def _start_up_done(
    done: Together, project: Project, person: Person | None, desk: Desk
) -> StartUpDone:
    after = done.projects[project.id]
    return StartUpDone(
        project=after,
        person=person,
        alone=solo(after),
        seqs=done.seqs,
        at=done.at,
        undo_until=done.undo_until,
        people=desk.facts.people,
    )


def _is_together(entries: Sequence[Entry]) -> bool:
    """Whether these lines were written at once, by one person."""
    return len({(one.at, one.actor_id) for one in entries}) == 1


def _undone(wishes: Sequence[Wish]) -> Plan:
    rows = [
        row
        for wish in wishes
        if isinstance(wish.change, RolesChanged)
        for row in _moving(wish.project, [wish.change])
    ]
    return Plan(tuple(rows), ())
