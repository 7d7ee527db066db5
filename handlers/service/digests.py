"""Digests of channels: set, looked at, previewed; and told when it is time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot import cadence, deciding, permissions
from bot.cadence import Cadence, DigestPlan
from bot.changes import DigestEnded, DigestSet
from bot.digests import (
    Audience,
    DigestPreview,
    DigestShown,
    Window,
    setting,
)
from bot.errors import NotFound, Refused, Why
from bot.orders import SetDigest
from bot.outcome import Place
from bot.people import Actor
from bot.project import Channel
from bot.rights import Right
from handlers.service import kinds, mail, resting
from handlers.service.desks import Desks
from handlers.service.digesting import FEW, Composed, Reach, composed, marks, reach_of, since
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.references import Desk
from handlers.service.timers import Duty, Occurrence, Shift
from handlers.service.undoing import UNDO_FOR, stored_change
from handlers.views import digests as views
from storage import audit, digests, directory, ledger, outbox, schedules, uptimes
from storage.database import Database
from storage.digests import Standing

KIND: Final = kinds.DIGEST
"""The kind of schedule that a digest comes by."""

_SETTING: Final = ("DigestSet", "DigestEnded")
"""Lines of the record about how a channel's digest is set."""


class Digests(Desks):
    """What may be done with the digest of a channel."""

    def set(self, actor: Actor, order: SetDigest, place: Place) -> DigestShown:
        """Let the channel have a digest, in the zone of the one who sets it unless they name one.

        The first one tells of the day or the week before it was set; one that is set otherwise goes
        on where the last one ended. `Refused` outside of channels, and where it is set so already.
        """
        channel = channel_of(place)
        self._look_ahead(actor, place)
        with self._writing(actor, place) as desk:
            permissions.require(actor, Right.EDIT, desk.facts.people)
            present = _standing(desk)
            plan = present.plan if present else None
            change = setting.begun(channel, plan, _wanted(order, plan, desk))
            return _applied(desk, change, present)

    def end(self, actor: Actor, place: Place) -> DigestShown:
        """Let it have none any more. `Refused` where it has none."""
        channel = channel_of(place)
        with self._writing(actor, place) as desk:
            permissions.require(actor, Right.EDIT, desk.facts.people)
            present = _standing(desk)
            change = setting.ended(channel, present.plan if present else None)
            return _applied(desk, change, present)

    def undo(self, actor: Actor, seq: int, place: Place) -> DigestShown:
        """Take back how the channel's digest was set: in that channel, within ten minutes, and only
        while it was not set otherwise since. One that had ended goes on where it was told last.
        """
        channel = channel_of(place)
        self._look_ahead(actor, place)
        with self._writing(actor, place) as desk:
            permissions.require(actor, Right.EDIT, desk.facts.people)
            entry = audit.entry(desk.session, actor.workspace, seq)
            if entry is None or entry.action not in _SETTING:
                raise NotFound("change", str(seq))
            change = _set_by(entry)
            if change.channel.slack_id != channel.slack_id:
                raise NotFound("change", str(seq))
            item = {"item": "the digest of this channel"}
            later = audit.after(desk.session, actor.workspace, seq, _SETTING)
            if any(_set_by(one).channel.slack_id == channel.slack_id for one in later):
                raise Refused(Why.UNDO_OVERTAKEN, item)
            if desk.now - entry.at > UNDO_FOR:
                raise Refused(Why.UNDO_LATE, item)
            back = deciding.reverse(change, None)
            assert isinstance(back, DigestSet | DigestEnded)
            last = digests.last_of_channel(desk.session, actor.workspace, place.channel or "")
            return _applied(desk, back, last, undoes=seq)

    def _look_ahead(self, actor: Actor, place: Place) -> None:
        """Find out how very many projects stand before anybody has to wait for that."""
        with self._reading(actor, place) as desk:
            if reach_of(desk.facts, place).is_wide:
                _marks(desk, desk.zone)

    def shown(self, actor: Actor, place: Place) -> DigestShown:
        """How the channel's digest is set, and when the next one comes."""
        channel_of(place)
        with self._reading(actor, place) as desk:
            return _shown(desk, _standing(desk))

    def preview(self, actor: Actor, place: Place) -> DigestPreview:
        """What the channel would be told now; nothing moves on by it.

        Where no digest is set, a weekly one in the zone of the one who asks.
        """
        channel_of(place)
        with self._reading(actor, place) as desk:
            present = _standing(desk)
            standing = present or _weekly(desk)
            reach = _reach_for(desk)
            made = composed(desk.session, desk.facts, self._cache, reach, standing, desk.now)
            return DigestPreview(
                Audience(place, standing.plan.cadence, reach.is_portfolio),
                Window(since(standing, desk.now), desk.now, standing.plan.zone),
                made.digest,
                is_set=present is not None,
                heartbeat=_beats(standing, reach),
            )


def _applied(
    desk: Desk, change: DigestSet | DigestEnded, last: Standing | None, undoes: int | None = None
) -> DigestShown:
    """Write how the digest is set, when the next one comes, and where it goes on: `last` is the one
    that its readers were told by until now.
    """
    session, workspace = desk.session, desk.facts.workspace
    with ledger.opened(session, desk.actor, desk.now) as book:
        seq = book.apply(change, desk.facts.people, undoes=undoes)
    standing = _standing(desk)
    key = _schedule(desk.place.channel or "")
    if standing is None:
        schedules.drop(session, workspace, [key])
    else:
        digests.begin(session, workspace, standing, last, desk.now)
        known = last.findings if last is not None else None
        if known is None:
            known = _marks(desk, standing.plan.zone)
        digests.found(session, standing.id, known)
        schedules.put(
            session, workspace, key, KIND, standing.id, standing.plan.recurrence, desk.now
        )
    return replace(
        _shown(desk, standing),
        seq=seq,
        undo_until=None if undoes else desk.now + UNDO_FOR,
        undone=undoes is not None,
    )


def _marks(desk: Desk, zone: str) -> tuple[str, ...]:
    reach = reach_of(desk.facts, desk.place)
    return marks(desk.session, desk.facts, desk.cache, reach, desk.now, zone)


def _set_by(entry: audit.Entry) -> DigestSet | DigestEnded:
    change = stored_change(entry)
    assert isinstance(change, DigestSet | DigestEnded)
    return change


def _standing(desk: Desk) -> Standing | None:
    return digests.of_channel(desk.session, desk.facts.workspace, desk.place.channel or "")


def _wanted(order: SetDigest, present: DigestPlan | None, desk: Desk) -> DigestPlan:
    order = order.beside(present)
    zone = order.zone or desk.actor.zone
    wanted = cadence.plan(order.cadence, order.days, order.at, zone, desk.now, order.nth)
    wanted = replace(wanted, region=order.region or "")
    own = desk.actor.person.region if desk.actor.person else ""
    usual = own or desk.facts.settings.holiday_region
    return cadence.set_again(wanted, present, order.heartbeat, usual)


def _beats(standing: Standing, reach: Reach) -> bool:
    """Whether it says so where nothing has changed: of nothing at all it says nothing."""
    return standing.plan.heartbeat and any(not known.archived for known in reach.projects)


def _weekly(desk: Desk) -> Standing:
    """What a channel that has no digest is shown as one."""
    plan = cadence.plan(Cadence.WEEKLY, None, None, desk.actor.zone, desk.now)
    since = desk.now - plan.cadence.period
    revision = digests.revision_at(desk.session, desk.facts.workspace, since)
    return Standing(0, desk.place.channel or "", plan, None, None, revision, since)


def _shown(desk: Desk, standing: Standing | None) -> DigestShown:
    reach = _reach_for(desk)
    set_by = standing.set_by if standing else None
    key = _schedule(desk.place.channel or "")
    return DigestShown(
        place=desk.place,
        plan=standing.plan if standing else None,
        set_by=desk.facts.people.get(set_by) if set_by is not None else None,
        since=standing.since if standing else None,
        next_at=standing.plan.next_after(desk.now) if standing else None,
        projects=tuple(known.name for known in reach.projects if not known.archived),
        is_portfolio=reach.is_portfolio,
        missed=uptimes.missed_by(desk.session, desk.facts.workspace, key, desk.now)
        if standing
        else (),
    )


def duty(database: Database, clock: Callable[[], datetime], cache: FactsCache) -> Duty:
    """What the clock does for the channels that have a digest.

    One of very many projects is composed before anything is written: meanwhile nobody waits for it.
    """

    def fetch(occurrence: Occurrence) -> Composed | None:
        with database.read() as session:
            facts = cache.current(session, occurrence.workspace)
            standing = digests.keyed(session, occurrence.subject)
            place = _place(session, facts, standing) if standing else None
            if standing is None or place is None or standing.plan.rests(occurrence.slot):
                return None
            return composed(session, facts, cache, reach_of(facts, place), standing, clock())

    def is_errand(occurrence: Occurrence) -> bool:
        with database.read() as session:
            facts = cache.current(session, occurrence.workspace)
            if len(facts.projects) <= FEW:
                return False
            standing = digests.keyed(session, occurrence.subject)
            place = _place(session, facts, standing) if standing else None
            return place is not None and reach_of(facts, place).is_wide

    return Duty(_tell, fetch, awaited=_awaited, is_errand=is_errand)


def _awaited(shift: Shift, occurrence: Occurrence, slot: datetime) -> bool:
    """Whether a channel gets a digest at that time, and there is somebody who reads it."""
    standing = digests.keyed(shift.session, occurrence.subject)
    if standing is None or standing.plan.rests(slot):
        return False
    return _place(shift.session, shift.facts, standing) is not None


def _place(session: Session, facts: WorkspaceFacts, standing: Standing) -> Place | None:
    """The channel of a digest; None where nothing may be told there."""
    place = directory.place(session, facts.workspace, standing.channel)
    return None if place is None or place.is_shared or place.gone is not None else place


def _tell(shift: Shift, occurrence: Occurrence, fetched: Composed | None) -> None:
    """Say the digest of this slot, or that nothing has changed, and note up to where its readers
    know.

    Both are of one transaction: what is not said is told next time.
    """
    session, facts = shift.session, shift.facts
    standing = digests.keyed(session, occurrence.subject)
    if standing is None:
        return
    if standing.plan.rests(occurrence.slot):
        return
    place = _place(session, facts, standing)
    if place is None:
        resting.tell(shift, "digest", standing.id, standing.channel, standing.set_by)
        return
    reach = reach_of(facts, place)
    made = fetched
    if made is None or not _still_holds(made, standing, reach):
        made = composed(session, facts, shift.cache, reach, standing, shift.now)
    told, now = made.digest, made.now
    if told is not None or standing.findings is None:
        digests.found(session, standing.id, made.marks)
    if told is not None:
        digests.told(session, standing.id, made.revision, now)
    message = views.said(
        told,
        Audience(place, standing.plan.cadence, made.reach.is_portfolio),
        _window(session, occurrence, standing, now),
        heartbeat=_beats(standing, made.reach),
    )
    if message is None:
        return
    day = occurrence.slot.astimezone(ZoneInfo(standing.plan.zone)).date()
    projects = [one.id for one in made.reach.projects]
    outbox.say(
        session,
        facts.workspace,
        f"digest/{standing.id}/{day.isoformat()}",
        standing.channel,
        message.text,
        message.blocks,
        shift.now,
        about=f"digest/{standing.id}",
        confidential=place.is_private,
        why=mail.of_digest(projects, standing if told else None, now),
    )


def _still_holds(made: Composed, standing: Standing, reach: Reach) -> bool:
    """Whether what was composed before is for these readers, as they know the record by now. What
    was hidden from them since is looked at before it is sent.
    """
    return made.standing == standing and made.reach.is_portfolio == reach.is_portfolio


def _window(session: Session, occurrence: Occurrence, standing: Standing, now: datetime) -> Window:
    """The time since the last one, with how this one comes late and which did not come."""
    workspace, begin = occurrence.workspace, since(standing, now)
    missed = uptimes.missed_by(session, workspace, occurrence.key, now)
    return Window(
        begin,
        now,
        standing.plan.zone,
        uptimes.late(session, workspace, occurrence.slot, now),
        tuple(one for one in missed if one.slot > begin),
    )


def _reach_for(desk: Desk) -> Reach:
    """What of it the actor may know: a guest less than the channel is told."""
    reach = reach_of(desk.facts, desk.place)
    told, around = (
        tuple(one for one in some if desk.sees(one.id)) for some in (reach.projects, reach.around)
    )
    return replace(reach, projects=told, around=around)


def channel_of(place: Place) -> Channel:
    """The channel that is meant. `Refused` where the place is none, or Slack hides it."""
    if place.channel is None or place.is_direct:
        raise Refused(Why.NOT_A_CHANNEL)
    if not place.name:
        raise Refused(Why.CHANNEL_UNREADABLE)
    return Channel(place.channel, place.name, place.is_private)


def _schedule(channel: str) -> str:
    return f"{KIND}/{channel}"
