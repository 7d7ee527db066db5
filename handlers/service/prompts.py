"""What one person is asked on one day: one message, whatever number of projects it is about."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from sqlmodel import Session

from bot.hours import hours
from bot.lateness import Late
from bot.people import Person
from bot.planning import channel_name
from bot.recurrence import DAY
from bot.rounds import Asked, DayAsked, Stays
from bot.standups import DRAFT_KEPT, Entry, State, Timing, open_until, timing
from handlers.service import answering, mail
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.views import standups as views
from handlers.views.kit import Message
from storage import outbox, standups, uptimes
from storage.outbox import Parcel

ASKED = "standup/asked/"
"""How the keys of all that is said to whoever is asked begin."""


class At(Protocol):
    """One transaction, by the clock or by somebody, in which nobody else changes the workspace."""

    @property
    def session(self) -> Session: ...
    @property
    def facts(self) -> WorkspaceFacts: ...
    @property
    def cache(self) -> FactsCache: ...
    @property
    def now(self) -> datetime: ...


def of_day(at: At, person: Person, day: date) -> DayAsked:
    """All that somebody is asked on a day, of the projects that they (still) may know of; what
    they have not answered of one that is archived waits no more.
    """
    found = asked(at, person, standups.of_person(at.session, person.id, day))
    return DayAsked(day, tuple(one for one in found if not _is_over(one)))


def _is_over(one: Asked) -> bool:
    return one.project.archived_at is not None and one.entry.state is State.ASKED


def asked(at: At, person: Person, entries: Sequence[Entry]) -> tuple[Asked, ...]:
    """These as the one who is asked sees them."""
    keys = [entry.project for entry in entries if at.facts.known(entry.project)]
    projects = at.cache.projects(at.session, at.facts, keys, at.now)
    seen = {key: one for key, one in projects.items() if one.visible_to(person.id)}
    standing = standups.standing_in(at.session, list(seen))
    subjects = [subject_of(one.project, one.day) for one in entries if one.project in standing]
    reports = outbox.about_each(at.session, at.facts.workspace, subjects)
    found: list[Asked] = []
    for one in entries:
        if one.project not in seen:
            continue
        is_old = one.drafted_at is not None and at.now - one.drafted_at >= DRAFT_KEPT
        entry = replace(one, draft=(), drafted_at=None) if is_old else one
        project = seen[entry.project]
        plan = standing[project.id].plan if project.id in standing else None
        channel = channel_name(project, plan) if plan else ""
        others = answering.names_of_others(at.facts, person.id, entry)
        late = _late(at, entry) if plan else None
        when = timing(plan, entry, person.timezone, at.now) if plan else Timing.FREE
        told = subject_of(project.id, entry.day) in reports
        found.append(
            Asked(project, entry, plan, channel, others, late, timing=when, is_reported=told)
        )
    return tuple(found)


def subject_of(project: int, day: date) -> str:
    """What the messages of a day's report are about."""
    return f"standup/{project}/{day.isoformat()}"


def _late(at: At, entry: Entry) -> Late | None:
    """How a question came late that still waits for its answer."""
    if entry.state is not State.ASKED or not entry.due_at or not entry.asked_at:
        return None
    return uptimes.late(at.session, at.facts.workspace, entry.due_at, entry.asked_at)


def tell(at: At, person: Person, day: date, new: Collection[int] = ()) -> DayAsked:
    """Let what somebody is asked on a day, and what they have said, stand in their DM.

    Where they have that message by now, the `new` ones join it, and a line in its thread says so.
    """
    whole = of_day(at, person, day)
    if person.slack_id is None or not whole.asked:
        return whole
    key = _key(person, day)
    before = outbox.keyed(at.session, at.facts.workspace, key)
    _say(at, person.slack_id, key, views.asked(whole), whole.asked)
    joined = [one for one in whole.asked if one.entry.id in new]
    if before is not None and before.ts is not None and joined:
        also = f"{key}/also/{joined[0].entry.id}"
        _say(at, person.slack_id, also, views.joined(joined), joined, under=key)
    if before is not None:
        _put_reminder_right(at, person, whole)
    return whole


def put_right(at: At, project: int) -> None:
    """Let the direct messages that still ask for a project's standup say how that stands now: it
    may have ended, or be back.
    """
    today = at.now.date()
    for entry in standups.unanswered(at.session, project, today - 2 * DAY):
        person = at.facts.people.get(entry.person)
        if person is not None and outbox.keyed(
            at.session, at.facts.workspace, _key(person, entry.day)
        ):
            tell(at, person, entry.day)


def tell_stays(at: At, person: Person, stays: Stays, ts: str) -> None:
    """Say, in the thread of the day's message, that what was said in the message `ts` stays."""
    if person.slack_id is None:
        return
    day = _key(person, stays.asked.entry.day)
    known = outbox.keyed(at.session, at.facts.workspace, day)
    under = day if known is not None else None
    said = views.said(stays, person.name)
    _say(at, person.slack_id, f"{day}/stays/{ts}", said, [stays.asked], under=under)


def is_reminded(at: At, person: Person, day: date) -> bool:
    return outbox.keyed(at.session, at.facts.workspace, _reminder_key(person, day)) is not None


def remind(at: At, person: Person, waiting: DayAsked) -> None:
    """Say in the thread of the day's message which of it is open still, once."""
    if person.slack_id is not None and waiting.asked:
        message, key = views.reminded(waiting), _reminder_key(person, waiting.day)
        under = _key(person, waiting.day)
        _say(at, person.slack_id, key, message, waiting.asked, under=under)


# As it goes out


def is_of_standup(parcel: Parcel) -> bool:
    """Whether it asks somebody, or says to them what they were asked or answered."""
    return parcel.key.startswith(ASKED)


def fresh(at: At, parcel: Parcel) -> Parcel | None:
    """Such a message as it may be told by now: without what whoever is asked may not see any more.
    None where nothing of it is left.
    """
    key, day, *rest = [*parcel.key.removeprefix(ASKED).split("/"), ""]
    person = at.facts.people.get(int(key))
    if person is None or not day:
        return parcel
    entries = standups.of_person(at.session, person.id, date.fromisoformat(day))
    if all(mail.sees(person, one.project, at.facts) for one in entries):
        return parcel
    whole = of_day(at, person, date.fromisoformat(day))
    message, about = _anew(at, person, whole, entries, rest[:-1])
    return _said_anew(parcel, message, about) if about else None


def _anew(
    at: At, person: Person, whole: DayAsked, entries: Sequence[Entry], rest: Sequence[str]
) -> tuple[Message, tuple[Asked, ...]]:
    """One of the day's messages, by the `rest` of its key, and what it is about; that is nothing
    where it was about one project alone.
    """
    told = outbox.keyed(at.session, at.facts.workspace, "/".join((_key(person, whole.day), *rest)))
    match rest:
        case []:
            return views.asked(whole), whole.asked
        case ["reminder"] if told is not None:
            waiting = _waiting(person, whole, told)
            return views.reminded(waiting), waiting.asked
        case ["also", first]:
            when = {one.asked_at for one in entries if one.id == int(first)}
            joined = tuple(one for one in whole.asked if one.entry.asked_at in when)
            return views.joined(joined), joined
        case _:
            return views.asked(whole), ()


def _said_anew(parcel: Parcel, message: Message, about: Sequence[Asked]) -> Parcel:
    """The same message with other words, where they differ."""
    is_private, blocks = any(one.project.private for one in about), tuple(message.blocks)
    if (parcel.text, parcel.blocks, parcel.confidential) == (message.text, blocks, is_private):
        return parcel
    return replace(parcel, text=message.text, blocks=blocks, confidential=is_private)


def _put_reminder_right(at: At, person: Person, whole: DayAsked) -> None:
    """What a reminder was about may be answered by now; what came after it is not in it."""
    key = _reminder_key(person, whole.day)
    told = outbox.keyed(at.session, at.facts.workspace, key)
    if told is None:
        return
    waiting = _waiting(person, whole, told)
    message = views.reminded(waiting)
    outbox.say_anew(
        at.session,
        told,
        message.text,
        message.blocks,
        at.now,
        confidential=any(one.project.private for one in waiting.asked),
    )


def _waiting(person: Person, whole: DayAsked, told: outbox.Standing) -> DayAsked:
    """What a reminder is about: what was asked by then, and is open still."""
    asked = [(one.plan, one.entry) for one in whole.asked if one.plan is not None]
    left = open_until(asked, hours(person).zone, told.said_at)
    waiting = tuple(one for one in whole.asked if one.entry.id in left and _was_asked(one, told))
    return replace(whole, asked=waiting)


def _was_asked(one: Asked, told: outbox.Standing) -> bool:
    return one.entry.asked_at is not None and one.entry.asked_at < told.said_at


def _key(person: Person, day: date) -> str:
    return f"{ASKED}{person.id}/{day.isoformat()}"


def _reminder_key(person: Person, day: date) -> str:
    return f"{_key(person, day)}/reminder"


def _say(
    at: At,
    channel: str,
    key: str,
    message: Message,
    about: Sequence[Asked],
    under: str | None = None,
) -> None:
    outbox.say(
        at.session,
        at.facts.workspace,
        key,
        channel,
        message.text,
        message.blocks,
        at.now,
        under=under,
        confidential=any(one.project.private for one in about),
    )
