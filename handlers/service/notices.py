"""What the record sets going, told to those whom the letters name: by what is to stand in Slack.

Called within the transaction that wrote the change, or found out by the clock what there is to
tell; nothing is sent from here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.changes import Change
from bot.hours import hours
from bot.people import Person
from bot.project import Item, Project
from bot.routing import Deed, Happening, Notice, Surface, When, happenings, routed
from bot.routing.budget import Budget
from bot.routing.told import Told, recalled, stored, told
from handlers.service.facts import WorkspaceFacts
from handlers.service.references import Desk
from handlers.views import notices as views
from handlers.views.kit import Message
from storage import outbox
from storage.outbox import Draft, Unasked

BURST = timedelta(minutes=1)
"""What is told without delay within this of an earlier such message is told in its place."""


def follow(desk: Desk, change: Change, before: Project, after: Project) -> None:
    """Tell what a change that was just written sets going."""
    by = desk.actor.person_id
    found = [replace(one, by=by) for one in happenings(change, before, after)]
    tell(desk.session, desk.facts, found, after, desk.now)


def tell(
    session: Session,
    facts: WorkspaceFacts,
    found: Iterable[Happening],
    project: Project,
    now: datetime,
) -> None:
    """Tell happenings of one project, as it is now, to whoever is to hear of them."""
    items = {item.id: item for item in project.items}
    pile = _Pile(session, facts, project, now)
    for happening in found:
        item = items.get(happening.item or 0)
        for notice in routed(happening, project, item, facts.people, facts.delegations, now):
            pile.add(notice, item)
    pile.put()


@dataclass(slots=True)
class _Mail:
    """What one person is to be told: without delay, and when their day allows it."""

    urgent: list[Told] = field(default_factory=list)
    others: list[tuple[Told, When]] = field(default_factory=list)


@dataclass(slots=True)
class _Pile:
    """What is to be told, sorted by who hears it: few questions, however many they are."""

    session: Session
    facts: WorkspaceFacts
    project: Project
    now: datetime
    mail: dict[int, _Mail] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)

    def add(self, notice: Notice, item: Item | None) -> None:
        if notice.person is None or notice.surface is not Surface.DM:
            return
        one = told(notice, self.project, item, self.now)
        match notice.route.deed:
            case Deed.URGENT:
                self._mail(notice.person).urgent.append(one)
            case Deed.TELL:
                self._mail(notice.person).others.append((one, notice.route.when))
            case Deed.ASK:
                self.drafts.append(self._asking(notice, one))
            case Deed.CONSULT | Deed.SHOW:
                pass

    def _mail(self, person: int) -> _Mail:
        return self.mail.setdefault(person, _Mail())

    def put(self) -> None:
        people = self.facts.people
        channels = [people[person].slack_id or "" for person in self.mail]
        known = outbox.unasked(self.session, self.facts.workspace, channels, self.now)
        for person, mail in self.mail.items():
            channel = people[person].slack_id or ""
            self.drafts += _drafts(people[person], mail, known.get(channel, []), people, self.now)
        outbox.put(self.session, self.facts.workspace, self.drafts, self.now)

    def _asking(self, notice: Notice, one: Told) -> Draft:
        """A message of its own, which waits for what its reader does."""
        person = self.facts.people[notice.person or 0]
        happening = notice.happening
        at_once = notice.route.when is When.AT_ONCE
        due = self.now if at_once else hours(person).next_open(self.now)
        what = f"{happening.event}/{self.project.id}/{happening.item or 0}"
        which = happening.ref if happening.ref is not None else self.now.isoformat()
        return _draft(f"ask/{what}/{which}/{person.id}", person, [one], self.facts.people, due)


def _drafts(
    person: Person,
    mail: _Mail,
    known: Sequence[Unasked],
    people: Mapping[int, Person],
    now: datetime,
) -> list[Draft]:
    """What goes to one person: the urgent at once, all else in the one message of a day."""
    made: list[Draft] = []
    urgent = [one for one in known if one.key.startswith("urgent/")]
    waiting = next(
        (one for one in known if one.sent_at is None and one.key.startswith("daily/")), None
    )
    spent = [moment for one in known if (moment := _sent(one, waiting)) is not None]
    if mail.urgent:
        open_one = next((one for one in urgent if now - (one.sent_at or now) < BURST), None)
        made.append(_gathered("urgent", person, open_one, mail.urgent, people, now, now))
        spent.append(now)
    budget = Budget(hours(person), waiting.due if waiting else None, spent)
    if mail.others:
        due = min(budget.due(when, now) for _, when in mail.others)
        tells = [one for one, _ in mail.others]
        made.append(_gathered("daily", person, waiting, tells, people, due, now))
    elif waiting and waiting.due and (due := budget.unspent(waiting.due)) != waiting.due:
        made.append(_gathered("daily", person, waiting, [], people, due, now))
    return made


def _sent(one: Unasked, waiting: Unasked | None) -> datetime | None:
    """When a message used up somebody's day, or will."""
    return None if one is waiting else one.sent_at or one.due


def _gathered(
    kind: str,
    person: Person,
    into: Unasked | None,
    tells: Sequence[Told],
    people: Mapping[int, Person],
    due: datetime,
    now: datetime,
) -> Draft:
    """These things in a message of their own, or in one that waits."""
    if into is None:
        return _draft(
            f"{kind}/{person.id}/{now.isoformat()}", person, tells, people, due, is_unasked=True
        )
    every = [*recalled(into.why), *tells]
    draft = _draft(into.key, person, every, people, due, is_unasked=True)
    return replace(draft, id=into.id)


def _draft(
    key: str,
    person: Person,
    tells: Sequence[Told],
    people: Mapping[int, Person],
    due: datetime,
    *,
    is_unasked: bool = False,
) -> Draft:
    message: Message = views.told(tells, people)
    return Draft(
        key=key,
        channel=person.slack_id or "",
        text=message.text,
        blocks=message.blocks,
        why=stored(tells),
        due=due,
        is_unasked=is_unasked,
    )
