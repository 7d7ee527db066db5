"""Briefs that come by themselves: set, looked at, ended; and told when it is time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot import cadence, deciding, permissions
from bot.brief import Brief, BriefShown, setting
from bot.cadence import DigestPlan
from bot.changes import BriefEnded, BriefSet, OwnBriefEnded, OwnBriefSet
from bot.errors import NotFound, Refused, Why
from bot.orders import EndBrief, SetBrief
from bot.outcome import Place
from bot.people import Actor, Person
from bot.project import Channel
from bot.rights import Right
from bot.sight import admits
from handlers.service import digests as channels
from handlers.service import kinds, mail, resting
from handlers.service.briefs import made
from handlers.service.desks import Desks
from handlers.service.digesting import FEW, reach_of
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.references import Desk
from handlers.service.timers import Duty, Occurrence, Shift
from handlers.service.undoing import UNDO_FOR, stored_change
from handlers.views import brief as views
from storage import audit, briefs, directory, ledger, outbox, schedules, uptimes
from storage.briefs import Standing
from storage.database import Database
from storage.ledger import Book

KIND: Final = kinds.BRIEF
"""The kind of schedule that a brief comes by."""

_SETTING: Final = ("BriefSet", "BriefEnded", "OwnBriefSet", "OwnBriefEnded")
_Change = BriefSet | BriefEnded | OwnBriefSet | OwnBriefEnded
_KINDS = (BriefSet, BriefEnded, OwnBriefSet, OwnBriefEnded)


class BriefPlans(Desks):
    """When channels are briefed, and people by themselves. Who sets their own needs no right."""

    def set(self, actor: Actor, order: SetBrief, place: Place) -> BriefShown:
        """Let one come, in the zone of the one who sets it unless they name one. `Refused` where it
        is set so already.
        """
        with self._writing(actor, place) as desk:
            to = _to(desk, own=order.own)
            present = _standing(desk, to)
            before = present.plan if present else None
            said = order.wanted.beside(before)
            zone = said.zone or desk.zone
            plan = cadence.plan(said.cadence, said.days, said.at, zone, desk.now, said.nth)
            own = desk.actor.person.region if desk.actor.person else ""
            usual = own or desk.facts.settings.holiday_region
            plan = replace(plan, region=said.region or "")
            wanted = cadence.set_again(plan, before, None, usual)
            return _applied(desk, to, setting.begun(to, before, wanted))

    def end(self, actor: Actor, order: EndBrief, place: Place) -> BriefShown:
        """Let none come any more. `Refused` where none does."""
        with self._writing(actor, place) as desk:
            to = _to(desk, own=order.own)
            present = _standing(desk, to)
            return _applied(desk, to, setting.ended(to, present.plan if present else None))

    def undo(self, actor: Actor, seq: int, place: Place) -> BriefShown:
        """Take back how it was set: where that was, within ten minutes, and only while it was not
        set otherwise since.
        """
        with self._writing(actor, place) as desk:
            entry = audit.entry(desk.session, actor.workspace, seq)
            change = stored_change(entry) if entry and entry.action in _SETTING else None
            if entry is None or not isinstance(change, _KINDS):
                raise NotFound("change", str(seq))
            to = _to(desk, own=not isinstance(change, BriefSet | BriefEnded))
            if not _is_about(change, to):
                raise NotFound("change", str(seq))
            later = audit.after(desk.session, actor.workspace, seq, _SETTING)
            if any(_is_about(stored_change(one), to) for one in later):
                raise Refused(Why.UNDO_OVERTAKEN, setting.ITEM)
            if desk.now - entry.at > UNDO_FOR:
                raise Refused(Why.UNDO_LATE, setting.ITEM)
            back = deciding.reverse(change, None)
            assert isinstance(back, _KINDS)
            return _applied(desk, to, back, undoes=seq)

    def shown(self, actor: Actor, place: Place, *, own: bool) -> BriefShown:
        """How it is set, and when the next one comes."""
        with self._reading(actor, place) as desk:
            to = _to(desk, own=own, writes=False)
            return _shown(desk, to, _standing(desk, to))


def end_with(book: Book, person: Person, people: Mapping[int, Person]) -> None:
    """Let the own one of somebody who is erased end, and come no more."""
    present = briefs.of_person(book.session, person.id)
    if present is not None:
        book.apply(setting.ended(person.id, present.plan), people)
    schedules.drop(book.session, book.workspace_id, [_schedule(person.id)])


def _to(desk: Desk, *, own: bool, writes: bool = True) -> setting.To:
    """Who is briefed: the channel of the place, else the one who asks. `NotFound` for the operator,
    `Forbidden` for who may not say what a channel is told.
    """
    if not own and desk.place.channel is not None and not desk.place.is_direct:
        channel = channels.channel_of(desk.place)
        if writes:
            permissions.require(desk.actor, Right.EDIT, desk.facts.people)
        return channel
    if desk.actor.person is None:
        raise NotFound("person", "me")
    return desk.actor.person.id


def _standing(desk: Desk, to: setting.To) -> Standing | None:
    if isinstance(to, Channel):
        return briefs.of_channel(desk.session, desk.facts.workspace, to.slack_id or "")
    return briefs.of_person(desk.session, to)


def _is_about(change: object, to: setting.To) -> bool:
    if isinstance(to, Channel):
        return isinstance(change, BriefSet | BriefEnded) and change.channel.slack_id == to.slack_id
    return isinstance(change, OwnBriefSet | OwnBriefEnded) and change.person == to


def _applied(desk: Desk, to: setting.To, change: _Change, undoes: int | None = None) -> BriefShown:
    """Write it, and when the next one comes."""
    session, workspace = desk.session, desk.facts.workspace
    with ledger.opened(session, desk.actor, desk.now) as book:
        seq = book.apply(change, desk.facts.people, undoes=undoes)
    standing = _standing(desk, to)
    schedules.drop(session, workspace, [_schedule(to)])
    if standing is not None:
        recurrence, person = standing.plan.recurrence, standing.person
        key = _schedule(to)
        schedules.put(session, workspace, key, KIND, standing.id, recurrence, desk.now, person)
    return replace(
        _shown(desk, to, standing),
        seq=seq,
        undo_until=None if undoes else desk.now + UNDO_FOR,
        undone=undoes is not None,
    )


def _schedule(to: setting.To) -> str:
    return f"{KIND}/{to.slack_id}" if isinstance(to, Channel) else f"{KIND}/me/{to}"


def _shown(desk: Desk, to: setting.To, standing: Standing | None) -> BriefShown:
    facts, place = desk.facts, desk.place if isinstance(to, Channel) else None
    keys = _told_of(facts, place) if place else _seen_by(facts, facts.people[_person(to)])
    by = standing.set_by if standing else None
    return BriefShown(
        place=place,
        plan=standing.plan if standing else None,
        set_by=facts.people.get(by) if by is not None else None,
        next_at=standing.plan.next_after(desk.now) if standing else None,
        projects=tuple(facts.projects[key].name for key in keys if desk.sees(key)),
        missed=uptimes.missed_by(desk.session, facts.workspace, _schedule(to), desk.now)
        if standing
        else (),
    )


def _person(to: setting.To) -> int:
    assert isinstance(to, int)
    return to


def _told_of(facts: WorkspaceFacts, place: Place) -> list[int]:
    """The open projects that all who read a channel may know: its own, or else all public ones."""
    told = reach_of(facts, place).projects
    return [known.id for known in told if not known.archived]


def _seen_by(facts: WorkspaceFacts, person: Person) -> list[int]:
    every = sorted(facts.projects.values(), key=lambda known: known.id)
    return [one.id for one in every if not one.archived and admits(one, person.id)]


# By the clock


@dataclass(frozen=True, slots=True)
class _Readers:
    """Where a brief goes to, and of which projects it is."""

    to: str
    projects: list[int]
    confidential: bool


@dataclass(frozen=True, slots=True)
class _Made:
    """A brief as it was made, and for whom, as it was set then."""

    brief: Brief
    readers: _Readers
    standing: Standing


def duty(database: Database, clock: Callable[[], datetime], cache: FactsCache) -> Duty:
    """What the clock does for those who are briefed by themselves.

    A brief of very many projects is made before anything is written: meanwhile nobody waits for it.
    """

    def fetch(occurrence: Occurrence) -> _Made | None:
        with database.read() as session:
            facts = cache.current(session, occurrence.workspace)
            standing = briefs.keyed(session, occurrence.subject)
            if standing is None or standing.plan.rests(occurrence.slot):
                return None
            return _made(session, facts, cache, standing, occurrence.slot, clock())

    def is_errand(occurrence: Occurrence) -> bool:
        with database.read() as session:
            facts = cache.current(session, occurrence.workspace)
            if len(facts.projects) <= FEW:
                return False
            standing = briefs.keyed(session, occurrence.subject)
            readers = _readers(session, facts, standing, occurrence.slot) if standing else None
            return readers is not None and len(readers.projects) > FEW

    return Duty(_tell, fetch, awaited=_awaited, is_errand=is_errand)


def _made(
    session: Session,
    facts: WorkspaceFacts,
    cache: FactsCache,
    standing: Standing,
    slot: datetime,
    now: datetime,
) -> _Made | None:
    """The brief of a slot; None where nobody reads it."""
    readers = _readers(session, facts, standing, slot)
    if readers is None:
        return None
    brief = made(session, facts, cache, readers.projects, now, standing.plan.zone)
    return _Made(brief, readers, standing)


def _awaited(shift: Shift, occurrence: Occurrence, slot: datetime) -> bool:
    """Whether a channel or somebody is briefed at that time, and there is somebody who reads it."""
    standing = briefs.keyed(shift.session, occurrence.subject)
    if standing is None or standing.plan.rests(slot):
        return False
    return _readers(shift.session, shift.facts, standing, slot) is not None


def _readers(
    session: Session, facts: WorkspaceFacts, standing: Standing, slot: datetime
) -> _Readers | None:
    """Who reads it; None where there is nobody, or nothing may be told there."""
    if standing.person is not None:
        person = _reader(facts, slot, standing, standing.person)
        if person is None or not person.slack_id:
            return None
        keys = _seen_by(facts, person)
        private = any(facts.projects[key].private for key in keys)
        return _Readers(person.slack_id, keys, private)
    place = directory.place(session, facts.workspace, standing.channel)
    if place is None or place.is_shared or place.gone is not None:
        return None
    return _Readers(standing.channel, _told_of(facts, place), place.is_private)


def _reader(facts: WorkspaceFacts, slot: datetime, standing: Standing, key: int) -> Person | None:
    """Who is briefed by direct message; None where they are away: they asked for this very time."""
    person = facts.people.get(key)
    if person is None or not person.active or not person.slack_id or person.is_unreachable:
        return None
    return None if facts.presence(key).is_away(_day(slot, standing.plan)) else person


def _tell(shift: Shift, occurrence: Occurrence, fetched: _Made | None) -> None:
    """Say the brief of this slot; where there is nothing to say, that in one line. Of what was
    hidden since it was made is looked at before it is sent.
    """
    session, facts, slot = shift.session, shift.facts, occurrence.slot
    standing = briefs.keyed(session, occurrence.subject)
    if standing is None:  # it was ended by somebody else's key, after a merge
        schedules.drop(session, facts.workspace, [occurrence.key])
        return
    if standing.plan.rests(slot):
        return
    readers = _readers(session, facts, standing, slot)
    if readers is None:
        if standing.person is None:
            resting.tell(shift, "brief", standing.id, standing.channel, standing.set_by)
        return
    told = fetched
    if told is None or told.standing != standing:
        told = _made(session, facts, shift.cache, standing, slot, shift.now)
    if told is None:
        return
    late = uptimes.late(session, facts.workspace, slot, shift.now)
    message = views.brief(replace(told.brief, late=late))
    outbox.say(
        session,
        facts.workspace,
        f"brief/{standing.id}/{_day(slot, standing.plan).isoformat()}",
        readers.to,
        message.text,
        message.blocks,
        shift.now,
        about=f"brief/{standing.id}",
        confidential=told.readers.confidential or readers.confidential,
        why=mail.of_digest(told.readers.projects),
    )


def _day(slot: datetime, plan: DigestPlan) -> date:
    return slot.astimezone(ZoneInfo(plan.zone)).date()
