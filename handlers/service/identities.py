"""Who people are: their names elsewhere, and two accounts that are one person's."""

from collections.abc import Sequence

from bot import deciding, permissions
from bot.changes import IdentityChanged, PeopleMerged, PersonChange
from bot.errors import NotFound, Refused, Why
from bot.identities import Name
from bot.orders import LinkNames, MergePeople, SplitPeople, UnlinkNames
from bot.outcome import PersonDone, PersonShown, Place
from bot.people import Actor, Person
from bot.telling import lines
from handlers.service import references
from handlers.service.desks import Desks
from handlers.service.references import Desk
from handlers.service.undoing import UNDO_FOR, stored_change
from storage import audit, identities, ledger, merging

ABOUT_PEOPLE = ("IdentityChanged", "PeopleMerged")
"""Lines of the record about who people are."""


class Identities(Desks):
    """What may be seen and said of who people are. Saying it is for admins."""

    def shown(self, actor: Actor, ref: str | None, place: Place) -> PersonShown:
        """Somebody, or (None) the actor themselves, by their names elsewhere."""
        with self._reading(actor, place) as desk:
            return _shown(desk, references.person(desk, ref or "me"))

    def link(self, actor: Actor, order: LinkNames, place: Place) -> PersonDone:
        with self._writing(actor, place) as desk:
            person = references.person(desk, order.person)
            names = identities.names(desk.session, actor.workspace)
            changes = deciding.link_names(person, order.names, names, desk.facts.people)
            return _written(desk, person, changes)

    def unlink(self, actor: Actor, order: UnlinkNames, place: Place) -> PersonDone:
        with self._writing(actor, place) as desk:
            person = references.person(desk, order.person)
            names = identities.names(desk.session, actor.workspace)
            return _written(desk, person, deciding.unlink_names(person, order.names, names))

    def merge(self, actor: Actor, order: MergePeople, place: Place) -> PersonDone:
        """Let one person be another; whatever is about them follows."""
        with self._writing(actor, place) as desk:
            permissions.require(actor, permissions.CHANGES[PeopleMerged], desk.facts.people)
            old = references.person(desk, order.old)
            into = references.person(desk, order.into)
            session, now = desk.session, desk.now
            moved = merging.moved(session, old.id, into.id) if old != into else ()
            doubled = merging.doubled(session, old.id, into.id, now) if old != into else ()
            return _written(desk, into, [deciding.merge(old, into, moved, doubled, now)])

    def split(self, actor: Actor, order: SplitPeople, place: Place) -> PersonDone:
        """Take a merge back, however long ago; `old` is the key of who was merged."""
        with self._writing(actor, place) as desk:
            permissions.require(actor, permissions.CHANGES[PeopleMerged], desk.facts.people)
            old = _keyed(desk, order.old)
            merged = _last_merge(desk, old)
            return _written(desk, old, [deciding.split(merged)])

    def undo(self, actor: Actor, seq: int) -> PersonDone:
        """Take a change back: within ten minutes, and only while nothing of its kind came after."""
        with self._writing(actor, Place()) as desk:
            entry = audit.entry(desk.session, actor.workspace, seq)
            if entry is None or entry.action not in ABOUT_PEOPLE:
                raise NotFound("change", str(seq))
            change = stored_change(entry)
            assert isinstance(change, IdentityChanged | PeopleMerged)
            person = desk.facts.people[_about(change)]
            later = audit.after(desk.session, actor.workspace, seq, ABOUT_PEOPLE)
            if any(_touches(change, stored_change(one)) for one in later if one.change):
                raise Refused(Why.UNDO_OVERTAKEN, {"item": person.name})
            if desk.now - entry.at > UNDO_FOR:
                raise Refused(Why.UNDO_LATE, {"item": person.name})
            back = deciding.reverse(change, None)
            assert isinstance(back, IdentityChanged | PeopleMerged)
            return _written(desk, person, [back], undoes=seq)


def _shown(desk: Desk, person: Person) -> PersonShown:
    names = identities.names(desk.session, desk.facts.workspace)
    merged = identities.merged_into(desk.session, person.id)
    accounts = {person.id, *merged}
    own: tuple[Name, ...] = tuple(one for one in names if one.person in accounts)
    people = desk.facts.people
    return PersonShown(person, own, tuple(people[key] for key in merged if key in people))


def _written(
    desk: Desk, person: Person, changes: Sequence[PersonChange], undoes: int | None = None
) -> PersonDone:
    people = desk.facts.people
    for change in changes:
        permissions.check_workspace(desk.actor, change, people)
    with ledger.opened(desk.session, desk.actor, desk.now) as book:
        seqs = [book.apply(change, people, undoes=undoes) for change in changes]
        for change in changes:
            if isinstance(change, PeopleMerged):
                for project in merging.projects_of(desk.session, change):
                    told = {"old": change.old, "into": change.into}
                    book.note("PeopleMergedHere", told, "", project=project)
    return PersonDone(
        person=person,
        lines=tuple(line for change in changes for line in lines(change, people)),
        seq=seqs[0],
        # Several at once are told apart by nobody, so they are taken back one by one.
        undo_until=None if undoes or len(changes) > 1 else desk.now + UNDO_FOR,
        undone=undoes is not None,
    )


def _keyed(desk: Desk, key: str) -> Person:
    wanted = key.removeprefix("key:").strip()
    found = next((one for one in desk.facts.people.values() if one.key == wanted), None)
    if found is None or found.merged_into is None:
        raise Refused(Why.NOT_MERGED, {"name": wanted})
    return found


def _last_merge(desk: Desk, old: Person) -> PeopleMerged:
    found = [
        change
        for entry in audit.after(desk.session, desk.facts.workspace, 0, ("PeopleMerged",))
        if entry.change and isinstance(change := stored_change(entry), PeopleMerged)
        if change.old == old.id
    ]
    if not found or found[-1].undone:
        raise Refused(Why.NOT_MERGED, {"name": old.key})
    return found[-1]


def _about(change: PersonChange) -> int:
    return change.person if isinstance(change, IdentityChanged) else change.into


def _touches(change: PersonChange, later: object) -> bool:
    """Whether a later change is of the same people."""
    return isinstance(later, IdentityChanged | PeopleMerged) and bool(_of(change) & _of(later))


def _of(change: PersonChange) -> set[int]:
    return {change.person} if isinstance(change, IdentityChanged) else {change.old, change.into}
