"""Who people are: their names elsewhere, and two accounts that are one person's."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bot import deciding, permissions
from bot import identities as rules
from bot.changes import IdentityChanged, PeopleMerged, PersonChange
from bot.errors import BadDocument, NotFound, Problem, Refused, Why
from bot.identities import Name, Row
from bot.logins import Unknown, unknown
from bot.needed import CHANGES
from bot.orders import LinkNames, MergePeople, SetNames, SplitPeople, UnlinkNames
from bot.outcome import Place
from bot.people import Actor, Person, apart
from bot.personal import PersonDone, PersonShown
from bot.sheets import Value
from bot.spelling import folded
from bot.telling import lines
from handlers.service import references
from handlers.service.desks import Desks
from handlers.service.offers import withdraw
from handlers.service.references import Desk
from handlers.service.undoing import UNDO_FOR, stored_change
from storage import audit, evidence, identities, ledger, merging

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
            permissions.require(actor, CHANGES[IdentityChanged], desk.facts.people)
            person = references.person(desk, order.person)
            names = identities.names(desk.session, actor.workspace)
            changes = deciding.link_names(person, order.names, names, desk.facts.people)
            return _written(desk, person, changes)

    def unlink(self, actor: Actor, order: UnlinkNames, place: Place) -> PersonDone:
        with self._writing(actor, place) as desk:
            permissions.require(actor, CHANGES[IdentityChanged], desk.facts.people)
            person = references.person(desk, order.person)
            names = identities.names(desk.session, actor.workspace)
            return _written(desk, person, deciding.unlink_names(person, order.names, names))

    def form(self, actor: Actor, ref: str) -> PersonShown:
        """Somebody whose names are to be said. `Forbidden` to those who may not say them."""
        with self._reading(actor, Place()) as desk:
            permissions.require(actor, CHANGES[IdentityChanged], desk.facts.people)
            return _shown(desk, references.person(desk, ref))

    def set(self, actor: Actor, order: SetNames, place: Place) -> PersonDone:
        """Let somebody have just these names."""
        with self._writing(actor, place) as desk:
            permissions.require(actor, CHANGES[IdentityChanged], desk.facts.people)
            person = references.person(desk, order.person)
            names = identities.names(desk.session, actor.workspace)
            says, people = dict(order.says), desk.facts.people
            return _written(desk, person, deciding.name_people(person, says, names, people))

    def merge(self, actor: Actor, order: MergePeople, place: Place) -> PersonDone:
        """Let one person be another; whatever is about them follows. A hand-over between the two is
        called off.
        """
        with self._writing(actor, place) as desk:
            permissions.require(actor, CHANGES[PeopleMerged], desk.facts.people)
            old = references.person(desk, order.old)
            into = references.person(desk, order.into)
            session, now = desk.session, desk.now
            moved = merging.moved(session, old.id, into.id) if old != into else ()
            doubled = merging.doubled(session, old.id, into.id, now) if old != into else ()
            merged = deciding.merge(old, into, moved, doubled, now, actor.person_id)
            with ledger.opened(session, actor, now) as book:
                withdraw(book, desk.facts.people, old.id, into.id)
            return _written(desk, into, [merged])

    def split(self, actor: Actor, order: SplitPeople, place: Place) -> PersonDone:
        """Take a merge back, however long ago; `old` is the key of who was merged."""
        with self._writing(actor, place) as desk:
            permissions.require(actor, CHANGES[PeopleMerged], desk.facts.people)
            old = _keyed(desk, order.old)
            merged = _last_merge(desk, old)
            return _written(desk, old, [deciding.split(merged)])

    def table(self, actor: Actor) -> str:
        """Everybody's names elsewhere, as `load` takes them."""
        with self._reading(actor, Place()) as desk:
            everyone = [
                one for one in apart(desk.facts.people) if not one.is_bot and desk.knows(one)
            ]
            ordered = sorted(everyone, key=lambda one: one.key)
            return rules.written(ordered, identities.names(desk.session, actor.workspace))

    def load(
        self, actor: Actor, table: str | Sequence[Sequence[Value]], *, only_look: bool = False
    ) -> tuple[PersonDone, ...]:
        """Set names by a table, or by a sheet: all of it or, on any fault, nothing. `BadDocument`
        tells every fault at once, by line or cell. Loaded twice it changes nothing the second time.
        """
        read = rules.read(table) if isinstance(table, str) else rules.read_sheet(table)
        rows, problems = read
        with self._writing(actor, Place()) as desk:
            names = identities.names(desk.session, actor.workspace)
            changes, more = _of_rows(desk, rows, names)
            if problems or more:
                raise BadDocument((*problems, *more))
            people = desk.facts.people
            if not only_look and changes:
                for change in changes:
                    permissions.check_workspace(actor, change, people)
                with ledger.opened(desk.session, actor, desk.now) as book:
                    for change in sorted(changes, key=_takes_first):
                        book.apply(change, people)
            return tuple(
                PersonDone(people[change.person], lines(change, people), 0, None)
                for change in changes
            )

    def unknown(self, actor: Actor, place: Place) -> tuple[Unknown, ...]:
        """The names at sources that nobody is known by, in the projects that the actor sees."""
        with self._reading(actor, place) as desk:
            permissions.require(actor, CHANGES[IdentityChanged], desk.facts.people)
            keys = [one.id for one in desk.visible() if not one.archived]
            linked = evidence.of_projects(desk.session, keys) if keys else ()
            seen = [one.sighting.seen for one in linked if one.sighting.seen]
            names = identities.names(desk.session, actor.workspace)
            return unknown(seen, names, desk.facts.people)

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


def _of_rows(
    desk: Desk, rows: Sequence[Row], names: Sequence[Name]
) -> tuple[list[IdentityChanged], list[Problem]]:
    """What a table changes, and what of it cannot be: nobody, and names of somebody whom the table
    leaves alone.
    """
    changes: list[IdentityChanged] = []
    problems: list[Problem] = []
    said: dict[int, Row] = {}
    meant = _Meant(desk)
    for row in rows:
        person, alike = meant.by(row.person)
        if person is None:
            who = f"is the name of {alike}: name one by their e-mail" if alike else "is nobody here"
            problems.append(Problem(row.at("person"), f"“{row.person}” {who}"))
        elif person.id in said:
            first = said[person.id].at("person")
            message = f"“{row.person}” stands in {first} as well"
            problems.append(Problem(row.at("person"), message))
        else:
            said[person.id] = row
            changes.extend(deciding.set_names(person, row.says, names))
    for change in changes:
        problems.extend(_taken(desk, change, said, names))
    return changes, problems


class _Meant:
    """Who rows of a table name: by key, Slack id, e-mail address or full name."""

    def __init__(self, desk: Desk) -> None:
        people = [one for one in apart(desk.facts.people) if desk.knows(one)]
        self._exactly = (
            {one.key: one for one in people},
            {one.slack_id: one for one in people if one.slack_id},
            {one.email.casefold(): one for one in people if one.email},
        )
        self._named: dict[str, list[Person]] = defaultdict(list)
        for one in people:
            self._named[folded(one.name)].append(one)

    def by(self, ref: str) -> tuple[Person | None, int]:
        """Somebody, exactly or not at all, and how many have that name where they are several."""
        for found in self._exactly:
            for key in (ref, ref.casefold()):
                if key in found:
                    return found[key], 0
        named = self._named.get(folded(ref), [])
        named = [one for one in named if one.active] or named
        return (named[0], 0) if len(named) == 1 else (None, len(named))


def _taken(
    desk: Desk, change: IdentityChanged, said: Mapping[int, Row], names: Sequence[Name]
) -> Iterator[Problem]:
    for value in change.after:
        other = rules.holder(names, change.kind, value)
        if other is None or other == change.person:
            continue
        gives_up = said[other].says.get(change.kind) if other in said else None
        if gives_up is None:
            name = desk.facts.people[other].name if other in desk.facts.people else "somebody else"
            message = f"{change.kind} “{value}” is {name} already"
            yield Problem(said[change.person].at(change.kind), message)


def _takes_first(change: IdentityChanged) -> bool:
    """Names are free before others get them."""
    return bool(change.after)
