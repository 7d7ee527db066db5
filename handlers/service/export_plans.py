"""Files that come by themselves: set, looked at, ended. What the clock does is in `filing`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot import cadence, deciding, export_plans, permissions
from bot.cadence import ExportPlan
from bot.changes import ExportChange, ExportEnded, ExportSet
from bot.errors import NotFound, Refused, Why
from bot.export_plans import ExportShown
from bot.exports.material import PORTFOLIO
from bot.orders import EndExport, SetDigest, SetExport
from bot.orders.routines import ME
from bot.outcome import Place
from bot.people import Actor, Person
from bot.project import Channel
from bot.rights import Right
from bot.sheets.forms import Form
from bot.sight import NO_GUESTS, Guests, is_told_beside
from handlers.service import digests as channels
from handlers.service import kinds, resting
from handlers.service.audience import Audience
from handlers.service.desks import Desks
from handlers.service.exports import project_meant
from handlers.service.facts import FactsCache
from handlers.service.references import Desk
from handlers.service.undoing import UNDO_FOR, stored_change
from storage import audit, directory, ledger, schedules, uptimes
from storage import export_plans as plans
from storage.database import Database
from storage.export_plans import Standing
from storage.ledger import Book

KIND: Final = kinds.EXPORT
"""The kind of schedule that a file comes by."""

_SETTING: Final = ("ExportSet", "ExportEnded", "OwnExportSet", "OwnExportEnded")


class ExportPlans(Desks):
    """When files come to channels, and to people by direct message. Who sets their own needs no
    right.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        audience: Audience,
    ) -> None:
        super().__init__(database, clock, cache)
        self._audience = audience

    def set(self, actor: Actor, order: SetExport, place: Place) -> ExportShown:
        """Let one come, in the zone of the one who sets it unless they name one. `Refused` where it
        is set so already, and where not all who read the channel may know of the project.
        """
        if order.number is not None:
            return self._adjust(actor, order.number, order, place)
        own = order.to == ME or place.channel is None or place.is_direct
        guests = NO_GUESTS if own else self._audience.guests(actor.workspace, place.channel)
        with self._writing(actor, place) as desk:
            to = _to(desk, own=own)
            project = _project(desk, order)
            _refuse_hidden(desk, to, project, guests)
            present = _standing(desk, to, project)
            before = present.plan if present else None
            wanted = _wanted(desk, order.wanted, order.form, before)
            change = export_plans.begun(to, project, before, wanted)
            return _applied(desk, to, project, change, guests=guests)

    def _adjust(self, actor: Actor, number: int, order: SetExport, place: Place) -> ExportShown:
        """Let the one of that number come otherwise: what it is of, and where it goes, stays."""
        with self._writing(actor, place) as desk:
            present, to = _numbered(desk, number)
            wanted = _wanted(desk, order.wanted, order.form, present.plan)
            change = export_plans.begun(to, present.project, present.plan, wanted)
            return _applied(desk, to, present.project, change)

    def end(self, actor: Actor, order: EndExport, place: Place) -> ExportShown:
        """Let it come no more: what is named, or the only one that comes there."""
        with self._writing(actor, place) as desk:
            to = _to(desk, own=order.to == ME)
            is_named = order.project is not None or order.whole
            project = _project(desk, order) if is_named else None
            seen = [one for one in _there(desk, to) if _sees(desk, one)]
            found = [one for one in seen if not is_named or one.project == project]
            if not found:
                raise Refused(Why.NO_EXPORT)
            if len(found) > 1:
                files = ", ".join(_title(desk, one.project) for one in found)
                raise Refused(Why.EXPORT_WHICH, {"files": files})
            change = export_plans.ended(to, found[0].project, found[0].plan)
            return _applied(desk, to, found[0].project, change)

    def stop(self, actor: Actor, number: int, place: Place) -> ExportShown:
        """Let the one of that number come no more."""
        with self._writing(actor, place) as desk:
            present, to = _numbered(desk, number)
            change = export_plans.ended(to, present.project, present.plan)
            return _applied(desk, to, present.project, change)

    def undo(self, actor: Actor, seq: int, place: Place) -> ExportShown:
        """Take back how one was set, by who set it, within ten minutes, and only while it was not
        set otherwise since.
        """
        with self._writing(actor, place) as desk:
            entry = audit.entry(desk.session, actor.workspace, seq)
            change = stored_change(entry) if entry and entry.action in _SETTING else None
            if entry is None or not isinstance(change, ExportChange):
                raise NotFound("change", str(seq))
            if entry.actor_id != actor.person_id:
                raise NotFound("change", str(seq))
            to = _to_of(change)
            if isinstance(to, Channel):
                permissions.require(actor, Right.EDIT, desk.facts.people)
            later = audit.after(desk.session, actor.workspace, seq, _SETTING)
            if any(_is_same(stored_change(one), change) for one in later):
                raise Refused(Why.UNDO_OVERTAKEN, export_plans.ITEM)
            if desk.now - entry.at > UNDO_FOR:
                raise Refused(Why.UNDO_LATE, export_plans.ITEM)
            back = deciding.reverse(change, None)
            assert isinstance(back, ExportChange)
            return _applied(desk, to, change.project, back, undoes=seq)

    def listed(self, actor: Actor, place: Place) -> tuple[ExportShown, ...]:
        """What comes here, to the one who asks, and what they have set elsewhere; nothing of what
        they may not see.
        """
        with self._reading(actor, place) as desk:
            if actor.person is None:
                return ()
            channels = _rooms(desk, actor.person)
        guests = {one: self._audience.guests(actor.workspace, one) for one in channels}
        with self._reading(actor, place) as desk:
            return tuple(
                _shown(
                    desk,
                    _where(desk, one),
                    one.project,
                    one,
                    NO_GUESTS if one.project is None else guests.get(one.channel, NO_GUESTS),
                )
                for one in _known(desk, actor.person)
            )

    def one(self, actor: Actor, number: int, place: Place) -> ExportShown:
        """The one of that number, for whoever may set it otherwise."""
        with self._reading(actor, place) as desk:
            present, to = _numbered(desk, number)
            return _shown(desk, to, present.project, present)


def end_with(book: Book, person: Person, people: Mapping[int, Person]) -> None:
    """Let what comes to somebody who is erased end, and come no more."""
    for one in plans.of_person(book.session, person.id):
        book.apply(export_plans.ended(person.id, one.project, one.plan), people)
        schedules.drop(book.session, book.workspace_id, [_schedule(person.id, one.project)])


def _to(desk: Desk, *, own: bool) -> export_plans.To:
    """To whom a file comes: the channel of the place, else the one who asks. `NotFound` for the
    operator, `Forbidden` for who may not say what a channel is told.
    """
    if not own and desk.place.channel is not None and not desk.place.is_direct:
        channel = channels.channel_of(desk.place)
        if desk.place.is_shared:
            raise Refused(Why.CHANNEL_SHARED)
        permissions.require(desk.actor, Right.EDIT, desk.facts.people)
        return channel
    if desk.actor.person is None:
        raise NotFound("person", "me")
    return desk.actor.person.id


def _project(desk: Desk, order: SetExport | EndExport) -> int | None:
    """What a file is of; None for the portfolio."""
    if order.whole:
        return None
    if order.project is None and not _bound(desk):
        return None
    return project_meant(desk, order.project, desk.place)


def _bound(desk: Desk) -> bool:
    return any(desk.sees(key) for key in desk.facts.by_channel.get(desk.place.channel or "", ()))


def _refuse_hidden(desk: Desk, to: export_plans.To, project: int | None, guests: Guests) -> None:
    if project is None or not isinstance(to, Channel):
        return
    known = desk.facts.projects[project]
    if not is_told_beside(known, desk.place, guests):
        facts = {"project": known.name, "channel": f"#{to.name}"}
        raise Refused(Why.EXPORT_HIDDEN, facts, field="project")


def _there(desk: Desk, to: export_plans.To) -> list[Standing]:
    session, workspace = desk.session, desk.facts.workspace
    if isinstance(to, Channel):
        return plans.there(session, workspace, to.slack_id or "", None)
    return plans.there(session, workspace, "", to)


def _standing(desk: Desk, to: export_plans.To, project: int | None) -> Standing | None:
    return next((one for one in _there(desk, to) if one.project == project), None)


def _numbered(desk: Desk, number: int) -> tuple[Standing, export_plans.To]:
    """The one of that number, for who may set it otherwise: their own; what comes to the channel
    that they are in, or what they have set themselves.
    """
    found, me = plans.keyed(desk.session, number), desk.actor.person_id
    if found is None or found.workspace != desk.facts.workspace or not _sees(desk, found):
        raise Refused(Why.NO_EXPORT)
    if found.person is None:
        if found.set_by != me and found.channel != desk.place.channel:
            raise Refused(Why.NO_EXPORT)
        permissions.require(desk.actor, Right.EDIT, desk.facts.people)
    elif found.person != me:
        raise Refused(Why.NO_EXPORT)
    return found, _where(desk, found)


def _where(desk: Desk, found: Standing) -> export_plans.To:
    if found.person is not None:
        return found.person
    place = directory.place(desk.session, desk.facts.workspace, found.channel)
    if place is None:
        return Channel(found.channel, found.channel, is_private=True)
    return Channel(found.channel, place.name, place.is_private)


def _sees(desk: Desk, found: Standing) -> bool:
    return found.project is None or desk.sees(found.project)


def _known(desk: Desk, me: Person) -> list[Standing]:
    """What comes here, to somebody, and what they have set elsewhere, as far as they see it."""
    channel = desk.place.channel or ""
    found = plans.known_to(desk.session, desk.facts.workspace, channel, me.id)
    return [one for one in found if _sees(desk, one)]


def _rooms(desk: Desk, me: Person) -> set[str]:
    """The channels to which a file of a project comes that is not at home there: it may rest for a
    guest.
    """
    return {
        one.channel
        for one in _known(desk, me)
        if one.person is None
        and one.project is not None
        and one.channel not in desk.facts.projects[one.project].own_channels
    }


def _title(desk: Desk, project: int | None) -> str:
    return PORTFOLIO if project is None else desk.facts.projects[project].name


def _wanted(
    desk: Desk, said: SetDigest, form: Form | None, present: ExportPlan | None
) -> ExportPlan:
    before = present.when if present else None
    said = said.beside(before)
    zone = said.zone or desk.zone
    when = cadence.plan(said.cadence, said.days, said.at, zone, desk.now, said.nth)
    own = desk.actor.person.region if desk.actor.person else ""
    usual = own or desk.facts.settings.holiday_region
    when = cadence.set_again(replace(when, region=said.region or ""), before, said.heartbeat, usual)
    return ExportPlan(when, form or (present.form if present else Form.XLSX))


def _to_of(change: ExportChange) -> export_plans.To:
    return change.channel if isinstance(change, ExportSet | ExportEnded) else change.person


def _is_same(one: object, other: ExportChange) -> bool:
    """Whether two changes are of the same file to the same readers."""
    if not isinstance(one, ExportChange) or one.project != other.project:
        return False
    return _schedule(_to_of(one), None) == _schedule(_to_of(other), None)


def _schedule(to: export_plans.To, project: int | None) -> str:
    whom = to.slack_id if isinstance(to, Channel) else f"me/{to}"
    return f"{KIND}/{whom}/{project or 'all'}"


def _applied(
    desk: Desk,
    to: export_plans.To,
    project: int | None,
    change: ExportChange,
    undoes: int | None = None,
    guests: Guests = NO_GUESTS,
) -> ExportShown:
    """Write it, and when the next one comes."""
    session, workspace = desk.session, desk.facts.workspace
    with ledger.opened(session, desk.actor, desk.now) as book:
        seq = book.apply(change, desk.facts.people, undoes=undoes)
    standing, key = _standing(desk, to, project), _schedule(to, project)
    schedules.drop(session, workspace, [key])
    if standing is not None:
        recurrence, person = standing.plan.when.recurrence, standing.person
        schedules.put(session, workspace, key, KIND, standing.id, recurrence, desk.now, person)
    return replace(
        _shown(desk, to, project, standing, guests),
        seq=seq,
        undo_until=None if undoes else desk.now + UNDO_FOR,
        undone=undoes is not None,
    )


def _shown(
    desk: Desk,
    to: export_plans.To,
    project: int | None,
    standing: Standing | None,
    guests: Guests = NO_GUESTS,
) -> ExportShown:
    facts, title = desk.facts, _title(desk, project)
    place = None
    if isinstance(to, Channel):
        known = directory.place(desk.session, facts.workspace, to.slack_id or "")
        place = known or Place(to.slack_id, to.name, is_private=to.is_private)
    if standing is None:
        return ExportShown(place, title, None)
    by, now = standing.set_by, desk.now
    key = _schedule(to, project)
    rest = resting.why(place, facts.projects.get(project or 0), guests) if place else None
    return ExportShown(
        place,
        title,
        standing.plan,
        standing.id,
        facts.people.get(by) if by is not None else None,
        standing.plan.when.next_after(now),
        _left_out(desk, place, project, guests),
        _rests(desk, place, project) or rest is not None,
        rest,
        missed=uptimes.missed_by(desk.session, facts.workspace, key, now),
    )


def _left_out(
    desk: Desk, place: Place | None, project: int | None, guests: Guests
) -> tuple[str, ...]:
    """What the actor sees of a portfolio, and not all who read the channel do."""
    if place is None or project is not None:
        return ()
    open_ones = (known for known in desk.visible() if not known.archived)
    hidden = (known.name for known in open_ones if not is_told_beside(known, place, guests))
    return tuple(sorted(hidden))


def _rests(desk: Desk, place: Place | None, project: int | None) -> bool:
    """Whether there is no place for it, or no project, now."""
    if place is not None and place.gone is not None:
        return True
    known = desk.facts.projects.get(project) if project is not None else None
    return project is not None and (known is None or known.archived)
