"""What the record sets going, told to those whom the letters name: by what is to stand in Slack.

Called within the transaction that wrote the change, or in which the clock found out what there is
to tell; nothing is sent from here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session

from bot import people as origin
from bot.changes import Change, RolesChanged
from bot.consultations import Consultation
from bot.hours import hours
from bot.people import Actor, Person
from bot.project import Group, Item, Project
from bot.routing import (
    Deed,
    Event,
    Happening,
    Notice,
    Surface,
    When,
    gates,
    happenings,
    routed,
    routes,
)
from bot.routing.told import Told, told
from handlers.service import consulting, threads, unsaid
from handlers.service.facts import WorkspaceFacts
from handlers.service.mail import Mail, digest_key, draft
from handlers.service.references import Desk
from storage import outbox, schedules
from storage.gates import Gates
from storage.outbox import Draft


@dataclass(frozen=True, slots=True)
class Written:
    """A change that was just written, by its line of the record, and its project before and after.

    `undoes` is the line that it takes back.
    """

    change: Change
    before: Project
    after: Project
    line: int
    undoes: int | None = None


def follow_each(desk: Desk, written: Sequence[Written]) -> None:
    """Tell what changes that were just written set going. Of what is taken back before it was told
    nobody hears, neither that it was nor that it is no more.
    """
    if not written:
        return
    lines = {one.undoes for one in written if one.undoes is not None}
    spared = unsaid.withdraw(desk.session, desk.facts, lines, desk.now) if lines else {}
    pile = _Pile(desk.session, desk.facts, desk.actor, written[0].after, desk.now)
    for one in written:
        pile.turn_to(one, spared)
        for happening in happenings(one.change, one.before, one.after):
            pile.sort(happening)
    handed = [
        (one.change, one.before, one.after)
        for one in written
        if isinstance(one.change, RolesChanged)
    ]
    ends = {one.after.id: one for one in written}
    for waited in unsaid.hand_on(desk.session, desk.facts, handed, desk.now):
        pile.turn_to(ends[waited.project], spared)
        pile.hand_on(waited)
    for wanted, last in _opened(desk, written):
        pile.turn_to(last, spared)
        pile.sort(wanted)
    pile.put()


def _opened(desk: Desk, written: Sequence[Written]) -> Iterator[tuple[Happening, Written]]:
    """The gates that wait for approval by these changes, of all their projects; with the last."""
    opening = [one for one in written if gates.may_open(one.change)]
    projects = {one.after.id: one for one in opening}
    recorded = Gates(desk.session, list(projects)) if projects else None
    for key, last in projects.items():
        changes = [one.change for one in opening if one.after.id == key]
        assert recorded is not None
        for happening in gates.opened(changes, last.before, last.after, recorded.of):
            yield happening, last


def tell(
    session: Session,
    facts: WorkspaceFacts,
    found: Iterable[Happening],
    project: Project,
    now: datetime,
    *,
    actor: Actor | None = None,
) -> None:
    """Tell happenings of one project, as it is now, to whoever is to hear of them.

    They are deeds of the `actor` unless they say whose they are; None is the clock.
    """
    actor = actor or Actor(facts.workspace, None, origin.Surface.CLOCK)
    pile = _Pile(session, facts, actor, project, now)
    for happening in found:
        pile.sort(happening)
    pile.put()


@dataclass(slots=True)
class _Mentions:
    """Who is mentioned in a project's channel for one reason."""

    project: Project
    one: Told
    groups: list[Group] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)


@dataclass(slots=True)
class _Pile:
    """What is to be told, sorted by who hears it: few questions, however many they are.

    `project` is the one of which it is told just now, `line` the line of the record, and `spared`
    are those who hear nothing of it.
    """

    session: Session
    facts: WorkspaceFacts
    actor: Actor
    project: Project
    now: datetime
    line: int | None = None
    spared: Collection[int] = ()
    mail: dict[int, Mail] = field(default_factory=lambda: defaultdict(Mail))
    drafts: list[Draft] = field(default_factory=list)
    mentions: dict[tuple[Happening, str], _Mentions] = field(default_factory=dict)

    def turn_to(self, one: Written, spared: Mapping[int, Collection[int]]) -> None:
        """Tell of this from now on, but not to whoever did not hear of what it takes back."""
        self.project, self.line = one.after, one.line
        self.spared = spared.get(one.undoes, ()) if one.undoes is not None else ()

    def sort(self, happening: Happening) -> None:
        by = happening.by if happening.by is not None else self.actor.person_id
        happening = replace(happening, by=by)
        item = next((one for one in self.project.items if one.id == happening.item), None)
        facts = self.facts
        hear = routed(happening, self.project, item, facts.people, facts.delegations, self.now)
        notices = [one for one in hear if one.person is None or one.person not in self.spared]
        for notice in notices:
            if notice.person is None or notice.route.deed is not Deed.CONSULT:
                self._add(notice, item, self.line)
        if item is not None:
            self._consult(happening, item, notices)

    def hand_on(self, one: Told) -> None:
        """Tell whoever is accountable now what was still to be told to who was it before; also who
        is so again, and is spared all that is only told of the change.
        """
        facts = self.facts
        item = self.project.item(one.item_key)
        happening = Happening(
            one.event,
            one.project,
            item.id if item else None,
            one.by,
            one.concerned,
            one.note,
            one.letters,
            one.until,
            one.ref,
        )
        for notice in routed(
            happening, self.project, item, facts.people, facts.delegations, self.now
        ):
            if notice.happening.event is one.event and notice.route.to is one.to:
                self._add(notice, item, one.line, one.at)

    def _consult(self, happening: Happening, item: Item, notices: Iterable[Notice]) -> None:
        asked = {
            one.person: one
            for one in notices
            if one.person is not None and one.route.deed is Deed.CONSULT
        }
        if not asked:
            return
        asker = consulting.Asker(self.session, self.facts, self.actor, self.project.id, self.now)
        for one in asker.consult(happening.event, item, list(asked)):
            self.ask(one, asked[one.person], item)

    def ask(self, one: Consultation, notice: Notice, item: Item) -> None:
        """Put a question to somebody who is to hear it by this notice."""
        wanted = consulting.asked(one, notice.happening.by)
        route = next(each for each in routes(wanted.event) if each.to is notice.route.to)
        self._add(replace(notice, happening=wanted, route=route), item, self.line)

    def _add(
        self, notice: Notice, item: Item | None, line: int | None, at: datetime | None = None
    ) -> None:
        """Let somebody hear of it; it happened at `at`, else now."""
        line = line if notice.happening.ref is None else None
        one = told(notice, self.project, item, at or self.now, line)
        if notice.group is not None:
            self._mentioned(notice, one).groups.append(notice.group)
            return
        if notice.person is None or notice.surface is not Surface.DM:
            return
        person = self.facts.people[notice.person]
        deed = notice.route.deed
        if person.is_unreachable:
            if deed in {Deed.URGENT, Deed.ASK}:
                self._mentioned(notice, one).persons.append(person)
        elif deed is Deed.ASK:
            self.drafts.append(self._asking(notice, one, person))
        elif deed is Deed.URGENT:
            self.mail[person.id].urgent.append(one)
        else:
            self.mail[person.id].others.append((one, notice.route.when))

    def _mentioned(self, notice: Notice, one: Told) -> _Mentions:
        return self.mentions.setdefault((notice.happening, one.to), _Mentions(self.project, one))

    def _asking(self, notice: Notice, one: Told, person: Person) -> Draft:
        """A message of its own, which waits for what its reader does."""
        at_once = notice.route.when is When.AT_ONCE
        own = hours(person, self.facts.presence(person.id))
        due = self.now if at_once else own.next_open(self.now)
        key = (
            asking_key(one.event, one.ref, person.id)
            if one.ref is not None
            else f"ask/{one.event}/{one.project}/{one.item_key}/{one.at.isoformat()}/{person.id}"
        )
        return draft(key, person, [one], self.facts.people, due)

    def _marked(self, drafts: Sequence[Draft]) -> Sequence[Draft]:
        """The messages; those that tell of a private project, if among other things, are marked."""
        private = {key for key, known in self.facts.projects.items() if known.private}
        if not private:
            return drafts
        return [
            replace(one, confidential=any(each["project"] in private for each in one.why["tells"]))
            for one in drafts
        ]

    def _digests(self) -> Mapping[str, datetime]:
        """When the own digests of those come who are told something that can wait for them."""
        waits = [digest_key(key) for key, mail in self.mail.items() if mail.others]
        return schedules.next_of(self.session, self.facts.workspace, waits) if waits else {}

    def put(self) -> None:
        people = self.facts.people
        channels = [people[person].slack_id or "" for person in self.mail]
        known = outbox.unasked(self.session, self.facts.workspace, channels, self.now)
        digests = self._digests()
        for key, mail in self.mail.items():
            person = people[key]
            mine = known.get(person.slack_id or "", [])
            due = digests.get(digest_key(key))
            presence = self.facts.presence(key)
            self.drafts += mail.drafts(person, mine, people, self.now, due, presence)
        drafts = self._marked(self.drafts)
        outbox.put(self.session, self.facts.workspace, drafts, self.now)
        for seen in self.mentions.values():
            threads.tell(
                self.session,
                self.facts,
                seen.project,
                seen.one,
                seen.groups,
                seen.persons,
                self.now,
            )


def question(desk: Desk, project: Project, item: Item, text: str) -> tuple[Consultation, ...]:
    """Ask whoever is responsible for an item, or (where nobody is) accountable, what the actor
    wants to know; nobody where that is the actor alone.
    """
    wanted = Happening(Event.QUESTION, project.id, item.id, desk.actor.person_id, note=text)
    facts, now = desk.facts, desk.now
    notices = routed(wanted, project, item, facts.people, facts.delegations, now)
    heard = {one.person: one for one in notices if one.person is not None and _is_asked(one)}
    asker = consulting.Asker(desk.session, facts, desk.actor, project.id, now)
    made = asker.question(item, list(heard), text)
    pile = _Pile(desk.session, facts, desk.actor, project, now)
    for one in made:
        pile.ask(one, heard[one.person], item)
    pile.put()
    return tuple(made)


def _is_asked(notice: Notice) -> bool:
    return notice.happening.event is Event.QUESTION and notice.route.deed is Deed.ASK


def asking_key(event: Event, ref: int, person: int) -> str:
    """The key of a message that asks somebody about what stands behind it."""
    return f"ask/{event}/{ref}/{person}"
