"""What waits to be told, and is not any more: it was taken back, or became somebody else's."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.changes import RolesChanged
from bot.people import Person
from bot.project import Assignment, Letter, Project
from bot.routing import accountable
from bot.routing.settled import may_be_settled
from bot.routing.told import Told, recalled, stored
from handlers.service.facts import WorkspaceFacts
from handlers.service.mail import OF_DIGEST
from handlers.service.undoing import UNDO_FOR
from handlers.views import notices as views
from storage import outbox
from storage.outbox import Draft, Unsent


def withdraw(
    session: Session, facts: WorkspaceFacts, lines: Collection[int], now: datetime
) -> Mapping[int, frozenset[int]]:
    """Take what these lines of the record were to tell out of the messages that were not sent yet,
    and give, by line, those who heard nothing of it and so need not hear that it is no more.

    What stands behind it by itself (a question that was asked) stays, and so does what is said in a
    channel.
    """
    spared: dict[int, set[int]] = defaultdict(set)
    waits = outbox.unsent(session, facts.workspace)
    for one, person in _taken_out(session, facts, waits, lambda one, _: one.line in lines, now):
        if one.line is not None:
            spared[one.line].add(person.id)
    _but_those_who_heard(session, facts, spared, now)
    return {line: frozenset(people) for line, people in spared.items()}


Handed = tuple[RolesChanged, Project, Project]
"""A change of letters, with its project before and after."""


def hand_on(
    session: Session, facts: WorkspaceFacts, handed: Iterable[Handed], now: datetime
) -> list[Told]:
    """Take what waits for somebody to see to it, because they are accountable for an item (or for
    the whole project), out of the messages to who is so no more, and to who acts for them; gives
    it, for whoever is accountable now. By as many statements for many changes as for one.
    """
    of_project: dict[int, list[Handed]] = defaultdict(list)
    for one in handed:
        of_project[one[1].id].append(one)
    gone = {
        (project, item): people
        for project, own in of_project.items()
        for item, people in _no_more_accountable(facts, own).items()
        if people
    }
    persons = frozenset[int]().union(*gone.values())
    acting = {one.delegate for one in facts.delegations if one.person in persons}

    def is_meant(one: Told, person: Person) -> bool:
        holder = one.acting_for or person.id
        is_theirs = one.to is Letter.A and holder in gone.get((one.project, one.item_key), ())
        return is_theirs and may_be_settled(one.event)

    channels = {
        channel
        for key in persons | acting
        if key in facts.people and (channel := facts.people[key].slack_id)
    }
    waits = outbox.unsent_to_each(session, facts.workspace, sorted(channels))
    taken = _taken_out(session, facts, waits, is_meant, now)
    return list(dict.fromkeys(replace(one, acting_for=None) for one, _ in taken))


def _no_more_accountable(
    facts: WorkspaceFacts, handed: Sequence[Handed]
) -> dict[str, frozenset[int]]:
    """Who was accountable and is not any more, after these changes of one project, by the keys of
    the items: of those that changed, of those that have their letters from them, and ("") of the
    whole project.
    """
    before, after = handed[0][1], handed[-1][2]
    changed = {change.item for change, *_ in handed if _is_of_accountable(change)}
    if not changed:
        return {}
    was = {item.id: item for item in before.items}
    gone = {
        item.key: accountable(before, was[item.id], facts.people)
        - accountable(after, item, facts.people)
        for item in after.items
        if item.id in was and not changed.isdisjoint({after.ruling(item).id, item.id})
    }
    gone[""] = accountable(before, None, facts.people) - accountable(after, None, facts.people)
    return gone


def _is_of_accountable(change: RolesChanged) -> bool:
    held: tuple[Assignment, ...] = (*change.ended, *change.restored, *change.voided)
    return Letter.A in {one.letter for one in held} | {one.letter for one in change.begun}


def _taken_out(
    session: Session,
    facts: WorkspaceFacts,
    waits: Sequence[Unsent],
    is_meant: Callable[[Told, Person], bool],
    now: datetime,
) -> list[tuple[Told, Person]]:
    """Take what is meant out of messages that wait, and give it with whom each was for."""
    taken: list[tuple[Told, Person]] = []
    emptied: list[int] = []
    lessened: list[Draft] = []
    for message in waits:
        person = facts.by_slack.get(message.channel)
        if person is None or OF_DIGEST in message.why:
            continue  # a digest is as good as told: it goes in the minute in which it is made
        tells = recalled(message.why)
        meant = [one for one in tells if is_meant(one, person)]
        if not meant:
            continue
        taken += [(one, person) for one in meant]
        kept = [one for one in tells if one not in meant]
        if kept:
            said = views.told(kept, facts.people, message.key)
            lessened.append(_lessened(message, said.text, said.blocks, stored(kept)))
        else:
            emptied.append(message.id)
    outbox.drop(session, emptied)
    outbox.put(session, facts.workspace, lessened, now)
    return taken


def _lessened(
    message: Unsent, text: str, blocks: list[dict[str, object]], why: Mapping[str, object]
) -> Draft:
    return Draft(
        key=message.key,
        channel=message.channel,
        text=text,
        blocks=blocks,
        why=why,
        due=message.due,
        confidential=message.confidential,
        id=message.id,
    )


def _but_those_who_heard(
    session: Session, facts: WorkspaceFacts, spared: Mapping[int, set[int]], now: datetime
) -> None:
    """Leave out whom another message, which is sent, told of the same line."""
    channels = {
        facts.people[person].slack_id or "" for people in spared.values() for person in people
    }
    for message in outbox.sent_since(session, facts.workspace, sorted(channels), now - UNDO_FOR):
        person = facts.by_slack[message.channel]
        for one in recalled(message.why):
            if one.line is not None and one.line in spared:
                spared[one.line].discard(person.id)
