"""What waits to be told of something that is taken back: nobody is to hear of it any more."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session

from bot.routing.told import recalled, stored
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
    emptied: list[int] = []
    lessened: list[Draft] = []
    for message in outbox.unsent(session, facts.workspace):
        person = facts.by_slack.get(message.channel)
        tells = recalled(message.why)
        kept = [one for one in tells if one.line not in lines]
        if person is None or len(kept) == len(tells) or OF_DIGEST in message.why:
            continue  # a digest is as good as told: it goes in the minute in which it is made
        for one in tells:
            if one.line is not None and one.line in lines:
                spared[one.line].add(person.id)
        if kept:
            said = views.told(kept, facts.people, message.key)
            lessened.append(_lessened(message, said.text, said.blocks, stored(kept)))
        else:
            emptied.append(message.id)
    outbox.drop(session, emptied)
    outbox.put(session, facts.workspace, lessened, now)
    _but_those_who_heard(session, facts, spared, now)
    return {line: frozenset(people) for line, people in spared.items()}


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
