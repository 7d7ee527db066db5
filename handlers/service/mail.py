"""One person's mail: what is urgent goes at once, all else in the one message of their day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.hours import hours
from bot.outcome import Place
from bot.people import Person
from bot.presence import Presence
from bot.routing import When
from bot.routing.budget import Budget
from bot.routing.told import EVERYWHERE, Told, recalled, stored
from bot.sight import admits, is_told_in
from handlers.service.facts import WorkspaceFacts
from handlers.views import notices as views
from handlers.views.kit import Message
from storage import digests, outbox, schedules
from storage.digests import Standing
from storage.outbox import Draft, Parcel, Unasked

BURST = timedelta(minutes=1)
"""What is told without delay within this of an earlier such message is told in its place."""
URGENT = "urgent/"
DAILY = "daily/"
ASKING = "ask/"
"""How the keys of the kinds begin; what asks for something is no part of the day's message."""
PERSON = ("U", "W")
"""How Slack's ids of people begin."""
OF_DIGEST = "projects"
"""Why a digest or a brief is sent: the projects that it tells of, beside the mail it took along."""
BACK = "back"
"""Beside them, where a digest that is withheld goes on from, so that the next one tells it."""

People = Mapping[int, Person]


@dataclass(slots=True)
class Mail:
    """What one person is to be told: without delay, and when their day allows it."""

    urgent: list[Told] = field(default_factory=list)
    others: list[tuple[Told, When]] = field(default_factory=list)

    def drafts(
        self,
        person: Person,
        known: Sequence[Unasked],
        people: People,
        now: datetime,
        digest: datetime | None = None,
        presence: Presence | None = None,
    ) -> list[Draft]:
        """The messages that tell it; `known` are those that they were told lately, or will be, and
        `digest` is when their own comes next. What can wait does so while they are away.
        """
        made: list[Draft] = []
        waiting = next((one for one in known if _gathers(one)), None)
        others = [one.sent_at or one.due for one in known if one is not waiting]
        spent = [moment for moment in others if moment is not None]
        if self.urgent:
            lately = next((one for one in known if _is_fresh(one, now)), None)
            made.append(_gathered(URGENT, person, lately, self.urgent, people, now, now))
            spent.append(now)
        own = hours(person, presence)
        budget = Budget(own, waiting.due if waiting else None, spent, digest)
        if self.others:
            due = min(budget.due(when, now) for _, when in self.others)
            tells = [one for one, _ in self.others]
            made.append(_gathered(DAILY, person, waiting, tells, people, due, now))
        elif waiting and waiting.due and (due := budget.unspent(waiting.due)) != waiting.due:
            made.append(_gathered(DAILY, person, waiting, [], people, due, now))
        return made


def digest_key(person: int) -> str:
    """The key of the schedule by which somebody's own digest comes."""
    return f"digest/me/{person}"


def day_is_free(person: Person, known: Sequence[Unasked], now: datetime) -> datetime:
    """`now`, or the first morning of a day on which they were told nothing yet that they did not
    ask for; what waits and gathers does not count.
    """
    sent = (one.sent_at or one.due for one in known if not _gathers(one))
    return Budget(hours(person), None, [at for at in sent if at is not None]).unspent(now)


def reckon(
    session: Session, workspace: int, person: Person, presence: Presence, now: datetime
) -> None:
    """Let what waits for somebody come when their days off, as they are now, allow it: later where
    they go away before, sooner where they are back.
    """
    channel = person.slack_id or ""
    waits = outbox.all_unsent_to(session, workspace, channel)
    own, known = hours(person, presence), outbox.unasked(session, workspace, [channel], now)
    sent = (one.sent_at or one.due for one in known.get(channel, []) if not _gathers(one))
    digest = schedules.next_of(session, workspace, [digest_key(person.id)])
    spent = [at for at in sent if at is not None]
    budget = Budget(own, None, spent, digest.get(digest_key(person.id)))
    for one in waits:
        whens = [told.route.when for told in recalled(one.why) if told.route] or [When.WORKING]
        if one.key.startswith(DAILY):
            outbox.put_off(session, one.id, min(budget.due(when, now) for when in whens))
        elif one.key.startswith(ASKING) and When.AT_ONCE not in whens:
            outbox.put_off(session, one.id, own.next_open(now))


def _gathers(one: Unasked) -> bool:
    return one.sent_at is None and one.key.startswith(DAILY)


def _is_fresh(one: Unasked, now: datetime) -> bool:
    return one.key.startswith(URGENT) and now - (one.sent_at or now) < BURST


def _gathered(
    kind: str,
    person: Person,
    into: Unasked | None,
    tells: Sequence[Told],
    people: People,
    due: datetime,
    now: datetime,
) -> Draft:
    """These things in a message of their own, or in one that waits."""
    key = into.key if into else f"{kind}{person.id}/{now.isoformat()}"
    every = [*recalled(into.why), *tells] if into else tells
    made = draft(key, person, every, people, due, is_unasked=True)
    return replace(made, id=into.id if into else None)


def is_mail(parcel: Parcel) -> bool:
    """Whether it is looked at anew before it goes: it tells a person what letters route, or
    anybody what became of projects.
    """
    return OF_DIGEST in parcel.why or (bool(parcel.why) and is_to_person(parcel))


def is_to_person(parcel: Parcel) -> bool:
    return parcel.channel.startswith(PERSON)


def fresh(parcel: Parcel, facts: WorkspaceFacts, place: Place | None) -> Parcel | None:
    """The message as it may be told by now: without what its reader may not see any more. None
    where nothing is left, or nobody to read it. `place` is the channel that it goes to, as it is
    now; None for a person, or where nothing is known of it.
    """
    of = parcel.why.get(OF_DIGEST, ())
    if not is_to_person(parcel):
        may_go = place is not None and all(_is_told_in(place, key, facts) for key in of)
        return parcel if may_go else None
    person = facts.by_slack.get(parcel.channel)
    if person is None or not person.active:
        return None
    tells = recalled(parcel.why)
    kept = [one for one in tells if sees(person, one.project, facts)]
    is_whole = all(sees(person, key, facts) for key in of)
    if is_whole and len(kept) == len(tells):
        return parcel
    # A digest is made of one piece: nothing of it goes, but the mail that it took along does.
    return _said_of(kept, parcel, facts) if kept else None


def lessened(parcel: Parcel, kept: Sequence[Told], facts: WorkspaceFacts) -> Parcel | None:
    """The message without what is settled by now; `kept` is what still waits for somebody. None
    where nothing does. One in words of its own stays whole, and so does one that stands there
    already, or may.
    """
    tells = recalled(parcel.why)
    is_there = parcel.ts is not None or parcel.is_uncertain
    if is_there or OF_DIGEST in parcel.why or len(kept) == len(tells):
        return parcel
    if not kept:
        return None
    if not parcel.key.startswith((URGENT, DAILY)):
        return parcel
    return _said_of(kept, parcel, facts)


def _said_of(kept: Sequence[Told], parcel: Parcel, facts: WorkspaceFacts) -> Parcel:
    message = views.told(kept, facts.people, parcel.key)
    return replace(parcel, text=message.text, blocks=tuple(message.blocks), why=stored(kept))


def sees(person: Person, project: int, facts: WorkspaceFacts) -> bool:
    """Whether somebody may be told of a project, or a team."""
    if project == EVERYWHERE:
        return True
    known = facts.known(project)
    return known is not None and admits(known, person.id)


def _is_told_in(place: Place, project: int, facts: WorkspaceFacts) -> bool:
    known = facts.projects.get(project)
    return known is not None and is_told_in(known, place)


def of_digest(
    projects: Iterable[int], standing: Standing | None = None, now: datetime | None = None
) -> dict[str, Any]:
    """Why something is sent that tells of projects. `standing` is the digest as it was until
    `now`, where its readers know more by this.
    """
    why: dict[str, Any] = {OF_DIGEST: sorted(projects)}
    if standing is not None and now is not None:
        until = standing.told_until
        why[BACK] = {
            "digest": standing.id,
            "revision": standing.told_revision,
            "until": until.isoformat() if until else None,
            "findings": None if standing.findings is None else list(standing.findings),
            "told": now.isoformat(),
        }
    return why


def take_back(session: Session, why: Mapping[str, Any]) -> None:
    """Let the next digest tell what this one was to tell, unless another did since."""
    back = why.get(BACK)
    if back is None:
        return
    until = datetime.fromisoformat(back["until"]) if back["until"] else None
    told = datetime.fromisoformat(back["told"])
    findings = back["findings"]
    digests.take_back(session, back["digest"], told, back["revision"], until, findings)


def say(
    session: Session,
    workspace: int,
    key: str,
    person: Person,
    message: Message,
    one: Told,
    now: datetime,
    *,
    confidential: bool,
) -> None:
    """Tell somebody one thing in words of its own, when the table says, and keep why."""
    say_all(session, workspace, key, person, message, [one], now, confidential=confidential)


def say_all(
    session: Session,
    workspace: int,
    key: str,
    person: Person,
    message: Message,
    tells: Sequence[Told],
    now: datetime,
    *,
    confidential: bool,
) -> None:
    """The same of several things in one message: it goes when the first of them does."""
    route = tells[0].route
    at_once = route is None or route.when is When.AT_ONCE
    outbox.say(
        session,
        workspace,
        key,
        person.slack_id or "",
        message.text,
        message.blocks,
        now,
        confidential=confidential,
        why=stored(tells),
        due=now if at_once else hours(person).next_open(now),
    )


def draft(
    key: str,
    person: Person,
    tells: Sequence[Told],
    people: People,
    due: datetime,
    *,
    is_unasked: bool = False,
) -> Draft:
    """A message that tells somebody these things, and keeps why."""
    message = views.told(tells, people, key)
    return Draft(
        key=key,
        channel=person.slack_id or "",
        text=message.text,
        blocks=message.blocks,
        why=stored(tells),
        due=due,
        is_unasked=is_unasked,
    )
