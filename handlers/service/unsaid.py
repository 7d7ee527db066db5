"""What waits to be told, and is not any more: it was taken back, or became somebody else's."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.changes import RolesChanged, Seat
from bot.people import Person
from bot.project import Assignment, Letter, PersonHolder, Project
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
    for one, person in _taken_out(session, facts, waits, lambda one: one.line in lines, now):
        if one.line is not None:
            spared[one.line].add(person.id)
    _but_those_who_heard(session, facts, spared, now)
    return {line: frozenset(people) for line, people in spared.items()}


def hand_on(
    session: Session, facts: WorkspaceFacts, change: RolesChanged, after: Project, now: datetime
) -> list[Told]:
    """Take what waits for somebody to see to it, because they are accountable for an item, out of
    the messages to who is so no more; gives it, for whoever is accountable now.
    """
    item = next((one for one in after.items if one.id == change.item), None)
    was, now_is = _accountable(change.ended), _accountable(change.begun)
    gone = [facts.people[one].slack_id for one in was - now_is if one in facts.people]
    if item is None or not gone:
        return []

    def is_meant(one: Told) -> bool:
        is_there = (one.project, one.item_key) == (after.id, item.key)
        is_theirs = one.to is Letter.A and not one.as_contact
        return is_there and is_theirs and may_be_settled(one.event)

    waits = [
        message
        for channel in gone
        if channel
        for message in outbox.all_unsent_to(session, facts.workspace, channel)
    ]
    taken = _taken_out(session, facts, waits, is_meant, now)
    return list(dict.fromkeys(one for one, _ in taken))


def _accountable(held: Iterable[Seat | Assignment]) -> set[int]:
    return {
        one.holder.person
        for one in held
        if one.letter is Letter.A and isinstance(one.holder, PersonHolder)
    }


def _taken_out(
    session: Session,
    facts: WorkspaceFacts,
    waits: Sequence[Unsent],
    is_meant: Callable[[Told], bool],
    now: datetime,
) -> list[tuple[Told, Person]]:
    """Take what is meant out of messages that wait, and give it with whom each was for."""
    taken: list[tuple[Told, Person]] = []
    emptied: list[int] = []
    lessened: list[Draft] = []
    for message in waits:
        person = facts.by_slack.get(message.channel)
        tells = recalled(message.why)
        kept = [one for one in tells if not is_meant(one)]
        if person is None or len(kept) == len(tells) or OF_DIGEST in message.why:
            continue  # a digest is as good as told: it goes in the minute in which it is made
        taken += [(one, person) for one in tells if is_meant(one)]
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
