"""One's own digest: set, looked at, previewed; and told when it is time, with the day's mail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot import cadence, deciding
from bot.cadence import Cadence, DigestPlan
from bot.changes import OwnDigestEnded, OwnDigestSet
from bot.digests import OwnDigestPreview, OwnDigestShown, Window, setting
from bot.errors import NotFound, Refused, Why
from bot.hours import NEVER, hours
from bot.lateness import Missed
from bot.moments import known as known_zone
from bot.orders import SetOwnDigest
from bot.outcome import Place
from bot.people import Actor, Person, Surface
from bot.recurrence import DAY, at_local, latest, next_after
from bot.routing.told import Told, recalled, stored
from handlers.service import kinds, mail
from handlers.service.desks import Desks
from handlers.service.digesting import FEW
from handlers.service.facts import FactsCache
from handlers.service.own_digesting import Composed, composed, plan_of, reach_of, window_of
from handlers.service.references import Desk
from handlers.service.timers import Duty, Occurrence, Shift
from handlers.service.undoing import UNDO_FOR, stored_change
from handlers.service.unsettled import unsettled
from handlers.views import digests as views
from storage import audit, digests, ledger, outbox, schedules, uptimes
from storage.database import Database
from storage.digests import Standing
from storage.ledger import Book
from storage.outbox import Draft, Unsent

KIND: Final = kinds.OWN_DIGEST
"""The kind of schedule that one's own digest comes by."""

_SETTING: Final = ("OwnDigestSet", "OwnDigestEnded")
_ITEM: Final = {"item": "your digest"}
NOWHERE = Place()


class OwnDigests(Desks):
    """What may be done with one's own digest; nobody sets another's."""

    def set(self, actor: Actor, order: SetOwnDigest) -> OwnDigestShown:
        """Let it come. Daily is on one's working days, where nothing else is said."""
        with self._writing(actor, NOWHERE) as desk:
            me, present = _self(desk), _standing(desk)
            plan = present.plan if present else None
            change = setting.begun_own(me.id, plan, _wanted(order, plan, me, desk.now))
            return _applied(desk, change, present)

    def end(self, actor: Actor) -> OwnDigestShown:
        with self._writing(actor, NOWHERE) as desk:
            me, present = _self(desk), _standing(desk)
            return _applied(desk, setting.ended_own(me.id, present.plan if present else None), None)

    def undo(self, actor: Actor, seq: int) -> OwnDigestShown:
        """Take back how it was set: within ten minutes, and only while it was not set otherwise
        since. One that had ended goes on where it was told last.
        """
        with self._writing(actor, NOWHERE) as desk:
            me = _self(desk)
            change = _set_by(audit.entry(desk.session, actor.workspace, seq), me, seq)
            later = audit.after(desk.session, actor.workspace, seq, _SETTING)
            if any(_is_about(stored_change(one), me) for one in later):
                raise Refused(Why.UNDO_OVERTAKEN, _ITEM)
            if desk.now - _at(desk, seq) > UNDO_FOR:
                raise Refused(Why.UNDO_LATE, _ITEM)
            back = deciding.reverse(change, None)
            assert isinstance(back, OwnDigestSet | OwnDigestEnded)
            return _applied(desk, back, digests.last_of_person(desk.session, me.id), undoes=seq)

    def shown(self, actor: Actor) -> OwnDigestShown:
        """How it is set, and when it comes next."""
        with self._reading(actor, NOWHERE) as desk:
            return _shown(desk, _standing(desk))

    def preview(self, actor: Actor) -> OwnDigestPreview:
        """What they would be told now; nothing moves on by it. Where none is set, a weekly one."""
        with self._reading(actor, NOWHERE) as desk:
            me, present = _self(desk), _standing(desk)
            standing = present or _weekly(desk, me)
            waits = _waiting(outbox.unsent_to(desk.session, actor.workspace, me.slack_id or ""))
            made = composed(desk, me, standing, reach_of(desk, me))
            return OwnDigestPreview(
                standing.plan.cadence,
                window_of(standing, me, desk.now),
                made.digest.told_with(_mail(desk, me, waits)),
                is_set=present is not None,
                heartbeat=standing.plan.heartbeat,
            )


def duty(database: Database, clock: Callable[[], datetime], cache: FactsCache) -> Duty:
    """What the clock does for people who have a digest of their own.

    One of very many projects is composed before anything is written: meanwhile nobody waits for it.
    """

    def fetch(occurrence: Occurrence) -> Composed | None:
        with database.read() as session:
            shift = Shift(session, clock(), cache.current(session, occurrence.workspace), cache)
            whose = _whose(shift, occurrence)
            if whose is None or not _is_within_reach(whose[1]):
                return None
            standing, me = whose
            if _free_at(shift, me) > shift.now:
                return None
            desk = _desk(shift, me)
            return composed(desk, me, standing, reach_of(desk, me))

    def is_errand(occurrence: Occurrence) -> bool:
        with database.read() as session:
            shift = Shift(session, clock(), cache.current(session, occurrence.workspace), cache)
            if len(shift.facts.projects) <= FEW:
                return False
            whose = _whose(shift, occurrence)
            return whose is not None and reach_of(_desk(shift, whose[1]), whose[1]).is_wide

    return Duty(_tell, fetch, awaited=_awaited, is_errand=is_errand)


def end_with(book: Book, person: Person, people: Mapping[int, Person]) -> None:
    """Let the one of somebody who is erased end, and come no more."""
    present = digests.of_person(book.session, person.id)
    if present is not None:
        book.apply(setting.ended_own(person.id, present.plan), people)
    schedules.drop(book.session, book.workspace_id, [mail.digest_key(person.id)])


def _self(desk: Desk) -> Person:
    """Who asks. `NotFound` for the operator, who holds nothing."""
    if desk.actor.person is None:
        raise NotFound("person", "me")
    return desk.facts.people[desk.actor.person.id]


def _standing(desk: Desk) -> Standing | None:
    return digests.of_person(desk.session, _self(desk).id)


def _wanted(
    order: SetOwnDigest, present: DigestPlan | None, me: Person, now: datetime
) -> DigestPlan:
    said = order.wanted.beside(present)
    days = said.days
    if days is None and said.cadence is Cadence.DAILY:
        days = hours(me).days
    zone = said.zone or known_zone(me.timezone)
    made = cadence.plan(said.cadence, days, said.at, zone, now, said.nth)
    if said.region is not None:
        raise Refused(Why.OWN_HOLIDAYS)
    return cadence.set_again(replace(made, zone=said.zone or ""), present, said.heartbeat)


def _applied(
    desk: Desk,
    change: OwnDigestSet | OwnDigestEnded,
    last: Standing | None,
    undoes: int | None = None,
) -> OwnDigestShown:
    """Write how it is set, when it comes next, and where it goes on."""
    session, workspace = desk.session, desk.facts.workspace
    with ledger.opened(session, desk.actor, desk.now) as book:
        seq = book.apply(change, desk.facts.people, undoes=undoes)
    me, standing = _self(desk), _standing(desk)
    key = mail.digest_key(me.id)
    if standing is None:
        schedules.drop(session, workspace, [key])
    else:
        digests.begin(session, workspace, standing, last, desk.now)
        recurrence = plan_of(standing, me).recurrence
        schedules.put(session, workspace, key, KIND, standing.id, recurrence, desk.now, me.id)
    return replace(
        _shown(desk, standing),
        seq=seq,
        undo_until=None if undoes else desk.now + UNDO_FOR,
        undone=undoes is not None,
    )


def _set_by(entry: audit.Entry | None, me: Person, seq: int) -> OwnDigestSet | OwnDigestEnded:
    change = stored_change(entry) if entry and entry.action in _SETTING else None
    if not isinstance(change, OwnDigestSet | OwnDigestEnded) or change.person != me.id:
        raise NotFound("change", str(seq))
    return change


def _is_about(change: object, me: Person) -> bool:
    return isinstance(change, OwnDigestSet | OwnDigestEnded) and change.person == me.id


def _at(desk: Desk, seq: int) -> datetime:
    entry = audit.entry(desk.session, desk.facts.workspace, seq)
    assert entry is not None
    return entry.at


def _weekly(desk: Desk, me: Person) -> Standing:
    """What somebody without one is shown as one."""
    plan = cadence.plan(Cadence.WEEKLY, None, None, "", desk.now)
    since = desk.now - plan.cadence.period
    revision = digests.revision_at(desk.session, desk.facts.workspace, since)
    return Standing(0, "", plan, None, None, revision, since, person=me.id)


def _shown(desk: Desk, standing: Standing | None) -> OwnDigestShown:
    me = _self(desk)
    reach = reach_of(desk, me)
    plan = plan_of(standing, me) if standing else None
    return OwnDigestShown(
        plan=standing.plan if standing else None,
        zone=plan.zone if plan else known_zone(me.timezone),
        since=standing.since if standing else None,
        next_at=next_after(plan.recurrence, desk.now) if plan else None,
        projects=tuple(known.name for known in reach.projects if not known.archived),
        holds=reach.holds,
        missed=_missed(desk, me) if standing else (),
    )


def _missed(desk: Desk, me: Person) -> tuple[Missed, ...]:
    key = mail.digest_key(me.id)
    return uptimes.missed_by(desk.session, desk.facts.workspace, key, desk.now)


# By the clock


def _awaited(shift: Shift, occurrence: Occurrence, slot: datetime) -> bool:
    """Whether somebody gets theirs at that time, as it is set now, and is not away."""
    standing = digests.keyed(shift.session, occurrence.subject)
    me = shift.facts.people.get(standing.person or 0) if standing else None
    if standing is None or me is None or not _is_within_reach(me):
        return False
    if occurrence.recurrence != plan_of(standing, me).recurrence:
        return False
    there = slot.astimezone(ZoneInfo(known_zone(me.timezone)))
    return not shift.facts.presence(me.id).is_away_at(there.date(), there.time())


def _is_within_reach(me: Person) -> bool:
    return me.active and bool(me.slack_id) and not me.is_unreachable


def _whose(shift: Shift, occurrence: Occurrence) -> tuple[Standing, Person] | None:
    """How it is set, and by whom; None where it is set no more."""
    standing = digests.keyed(shift.session, occurrence.subject)
    me = shift.facts.people.get(standing.person or 0) if standing else None
    return (standing, me) if standing and me else None


def _desk(shift: Shift, me: Person) -> Desk:
    actor = Actor(shift.facts.workspace, me, Surface.CLOCK)
    return Desk(shift.session, shift.facts, shift.cache, actor, shift.now, NOWHERE)


def _free_at(shift: Shift, me: Person) -> datetime:
    """Now, or when they may be written to, and their day has no message yet."""
    channel = me.slack_id or ""
    known = outbox.unasked(shift.session, shift.facts.workspace, [channel], shift.now)
    return mail.day_is_free(me, known.get(channel, []), _there(shift, me))


def _tell(shift: Shift, occurrence: Occurrence, fetched: Composed | None) -> None:
    """Say the digest of this slot, if there is one, with the mail that waits for its reader.

    It comes when they may be written to, and as the one message of its day: until then it is put
    off, and looked at anew.
    """
    session, facts, now = shift.session, shift.facts, shift.now
    whose = _whose(shift, occurrence)
    if whose is None:
        schedules.drop(session, facts.workspace, [occurrence.key])
        return
    standing, me = whose
    if not _is_within_reach(me) or not _is_due(shift, occurrence, standing, me):
        return
    free = _free_at(shift, me)
    if free > now:
        if free < next_after(plan_of(standing, me).recurrence, now):
            schedules.put_off(session, occurrence, free)
        return
    desk, made = _desk(shift, me), fetched
    reach = reach_of(desk, me)
    if made is None or not made.still_holds(standing, reach):
        made = composed(desk, me, standing, reach)
    channel = me.slack_id or ""
    waits = _waiting(outbox.unsent_to(session, facts.workspace, channel))
    tells = _mail(desk, me, waits)
    told = made.digest.told_with(tells)
    if told is not None:
        digests.told(session, standing.id, made.revision, made.now)
        outbox.drop(session, [one.id for one in waits])
    key = f"digest/me/{standing.id}/{occurrence.slot.isoformat()}"
    window = _window(shift, occurrence, window_of(standing, me, made.now))
    message = views.said_own(
        told, standing.plan.cadence, window, key, heartbeat=standing.plan.heartbeat
    )
    if message is None:
        return
    projects = sorted(told.projects) if told else []
    known = (facts.projects.get(each) for each in projects)
    draft = Draft(
        key=key,
        channel=channel,
        text=message.text,
        blocks=message.blocks,
        why={**stored(tells), **mail.of_digest(projects, standing if told else None, made.now)},
        due=now,
        confidential=any(one is None or one.private for one in known),
        about=f"digest/{standing.id}",
    )
    outbox.put(session, facts.workspace, [draft], now)


def _window(shift: Shift, occurrence: Occurrence, window: Window) -> Window:
    """With how this one comes late, and which did not come."""
    session, workspace = shift.session, occurrence.workspace
    missed = uptimes.missed_by(session, workspace, occurrence.key, window.now)
    return replace(
        window,
        late=uptimes.late(session, workspace, occurrence.slot, window.now),
        missed=tuple(one for one in missed if one.slot > window.since),
    )


def _there(shift: Shift, me: Person) -> datetime:
    """The first moment from now on at which they may be written to, and are not away."""
    own, zone = hours(me), ZoneInfo(known_zone(me.timezone))
    presence = shift.facts.presence(me.id)
    opens = own.next_open(shift.now)
    here = opens.astimezone(zone)
    if not presence.is_away_at(here.date(), here.time()):
        return opens
    wanted = presence.asked_at(here.date(), here.time())
    back = here.date() if wanted else presence.back(here.date() + DAY)
    return own.next_open(at_local(back, wanted or NEVER, zone) or opens)


def _is_due(shift: Shift, occurrence: Occurrence, standing: Standing, me: Person) -> bool:
    """Whether it is due where they are by now: who has moved gets it there, on one day once."""
    wanted, key = plan_of(standing, me).recurrence, mail.digest_key(me.id)
    if occurrence.recurrence == wanted and occurrence.key == key:
        return True
    session, workspace = shift.session, shift.facts.workspace
    if occurrence.key != key:
        schedules.drop(session, workspace, [occurrence.key])
    schedules.put(session, workspace, key, KIND, standing.id, wanted, shift.now, me.id)
    zone = ZoneInfo(plan_of(standing, me).zone)
    due = latest(wanted, shift.now)
    return due.astimezone(zone).date() == shift.now.astimezone(zone).date()


def _waiting(unsent: Sequence[Unsent]) -> list[Unsent]:
    return [one for one in unsent if one.key.startswith(mail.DAILY)]


def _mail(desk: Desk, me: Person, waits: Sequence[Unsent]) -> tuple[Told, ...]:
    """What waits to be told and is not settled by now, as far as they may know of it."""
    tells = tuple(
        one
        for message in waits
        for one in recalled(message.why)
        if mail.sees(me, one.project, desk.facts)
    )
    return unsettled(desk.session, desk.facts, desk.cache, tells, desk.now).of(tells)
