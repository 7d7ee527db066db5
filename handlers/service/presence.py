"""The use cases of people's own days: when they are away, and by which clock they live."""

from dataclasses import replace
from datetime import date
from typing import Final

from bot import deciding, permissions
from bot.changes import AbsenceEnded, AbsenceSet, Change, RemindersSet
from bot.errors import Forbidden, NotFound
from bot.moments import own_day
from bot.orders import EndAway, SetAway, SetRegion, SetReminders, SetZone
from bot.outcome import Place
from bot.people import Actor, Person
from bot.permissions import in_workspace
from bot.presence import Absence, Half, Presence, Reason
from bot.presence.shown import AwayEnded, AwayList, AwaySaid, AwayShown, Gone, ZoneShown
from bot.project import CLOSED, Letter, PersonHolder, Project
from bot.rights import Right
from handlers.service import attendance, homes, mail, references, rights
from handlers.service.desks import Desks
from handlers.service.facts import WorkspaceFacts
from handlers.service.references import Desk
from handlers.views import away as views
from storage import directory, ledger, outbox

NOWHERE: Final = Place()


class Presences(Desks):
    """What people say of when and where they are there. One's own days are one's own to say; those
    of others are for admins, and for the leads of projects that they work in.
    """

    def shown(self, actor: Actor, person: str | None) -> AwayShown:
        """When somebody is away: to others nothing but days, and only of those whom they know."""
        with self._reading(actor, NOWHERE) as desk:
            return _shown(desk, desk.facts, self._known(desk, person))

    def listed(self, actor: Actor) -> AwayList:
        """Who is away today, of those in the projects that the actor sees."""
        with self._reading(actor, NOWHERE) as desk:
            known = self._colleagues(desk) - {actor.person_id}
            gone = (_gone(desk, key) for key in known)
            people = desk.facts.people
            return AwayList(
                tuple(
                    sorted(
                        (one for one in gone if one is not None),
                        key=lambda one: (one.back, people[one.person].name.casefold()),
                    )
                ),
                len(known),
                people,
            )

    def set_away(self, actor: Actor, order: SetAway) -> AwaySaid:
        """Somebody is away; whoever is told so by another hears of it. See `deciding.set_away`."""
        with self._writing(actor, NOWHERE) as desk:
            person = self._theirs(desk, order.person)
            today = own_day(desk.now, person.timezone)
            before = desk.facts.presence(person.id)
            change, within = deciding.set_away(before, order, today, person.name)
            self._written(desk, (change, *within), person)
            facts = self._cache.current(desk.session, desk.facts.workspace)
            said = Absence(person.id, change.first_day, change.last_day, change.half)
            shown = _shown(desk, facts, person)
            self._tell(desk, shown, said, is_set=True)
            offers = shown.is_own and self._answers_for(desk, person, change)
            ended = tuple(_absence(one) for one in within)
            return AwaySaid(shown, said, ended, offers_deputy=offers)

    def end_away(self, actor: Actor, order: EndAway) -> AwayEnded:
        """They are back, or will not go."""
        with self._writing(actor, NOWHERE) as desk:
            person = self._theirs(desk, order.person)
            today = own_day(desk.now, person.timezone)
            before = desk.facts.presence(person.id)
            change = deciding.end_away(before, order.day, today, person.name)
            also = deciding.also_back(before, change, today)
            self._written(desk, (change, *also), person)
            facts = self._cache.current(desk.session, desk.facts.workspace)
            shown, days = _shown(desk, facts, person), _absence(change)
            self._tell(desk, shown, days, is_set=False)
            return AwayEnded(shown, days)

    def set_region(self, actor: Actor, order: SetRegion) -> AwayShown:
        with self._writing(actor, NOWHERE) as desk:
            person = self._theirs(desk, None)
            self._written(desk, (deciding.set_region(person, order.region),), person)
            facts = self._cache.current(desk.session, desk.facts.workspace)
            return replace(_shown(desk, facts, person), region_before=person.region)

    def set_reminders(self, actor: Actor, order: SetReminders) -> RemindersSet:
        """Whether standups may remind them, in every project."""
        with self._writing(actor, NOWHERE) as desk:
            person = self._theirs(desk, None)
            change = deciding.set_reminders(person, wanted=order.wanted)
            self._written(desk, (change,), person)
            return change

    def zone(self, actor: Actor) -> ZoneShown:
        with self._reading(actor, NOWHERE) as desk:
            return ZoneShown(self._theirs(desk, None), desk.now)

    def set_zone(self, actor: Actor, order: SetZone) -> ZoneShown:
        """Somebody lives by another clock: for standups from the next day on."""
        with self._writing(actor, NOWHERE) as desk:
            person = self._theirs(desk, None)
            self._written(desk, (deciding.set_zone(person, order.zone),), person)
            attendance.moved(desk.session, desk.facts.workspace, [person.id], desk.now)
            facts = self._cache.current(desk.session, desk.facts.workspace)
            return ZoneShown(facts.people[person.id], desk.now, own_before=person.own_zone)

    # Who may

    def _theirs(self, desk: Desk, ref: str | None) -> Person:
        """Whose days are to change. A guest who names somebody else is refused before it is looked
        who that would be.
        """
        if ref is None:
            return _self(desk)
        if rights.is_guest(desk) and not rights.oneself(desk, ref):
            permissions.require(desk.actor, Right.RUN, desk.facts.people)
        person = references.person(desk, ref)
        if person.id == desk.actor.person_id or in_workspace(desk.actor).may(Right.RUN):
            return person
        led = [one for one in desk.visible() if one.lead == desk.actor.person_id]
        if any(desk.is_of(known, person.id) for known in led if not known.archived):
            return person
        raise Forbidden(Right.RUN, "", self._who_may(desk, person))

    def _who_may(self, desk: Desk, person: Person) -> tuple[str, ...]:
        """Who may say when somebody is away: they, who leads a project of theirs that the actor
        sees, and whoever runs the workspace.
        """
        people = desk.facts.people
        keys = (
            known.lead
            for known in desk.visible()
            if not known.archived and desk.is_of(known, person.id)
        )
        leads = {people[key].name for key in keys if key is not None and key in people}
        admins = {one.name for one in people.values() if one.is_admin and one.active}
        return tuple(dict.fromkeys((person.name, *sorted(leads), *sorted(admins))))

    def _known(self, desk: Desk, ref: str | None) -> Person:
        """Whom somebody looks at: themselves, or one of those whom they work with."""
        if ref is None:
            return _self(desk)
        if rights.is_guest(desk) and not rights.oneself(desk, ref):
            permissions.require(desk.actor, Right.EDIT, desk.facts.people)
        return references.person(desk, ref)

    def _colleagues(self, desk: Desk) -> set[int]:
        """Who leads, is listed or holds a letter in an open project that the actor sees."""
        found: set[int] = set()
        for project in self._open_projects(desk):
            found |= _people_of(project)
        people = desk.facts.people
        return {
            key for key in found if key in people and people[key].active and not people[key].is_bot
        }

    # What follows

    def _written(self, desk: Desk, changes: tuple[Change, ...], person: Person) -> None:
        with ledger.opened(desk.session, desk.actor, desk.now) as book:
            for change in changes:
                book.apply(change, desk.facts.people)
        if any(isinstance(change, AbsenceSet | AbsenceEnded) for change in changes):
            facts = self._cache.current(desk.session, desk.facts.workspace)
            presence = facts.presence(person.id)
            mail.reckon(desk.session, facts.workspace, person, presence, desk.now)
        homes.call_for(desk.session, desk.facts.workspace, {person.id}, desk.now)

    def _tell(self, desk: Desk, shown: AwayShown, days: Absence, *, is_set: bool) -> None:
        """Whose days somebody else has set hears of it."""
        person = shown.person
        if shown.is_own or not person.slack_id or not person.active:
            return
        by = desk.actor.person.name if desk.actor.person else desk.actor.name
        said = views.told(shown, days, by, is_set=is_set)
        outbox.say(
            desk.session,
            desk.facts.workspace,
            f"away/{person.id}/{desk.now.isoformat()}",
            person.slack_id,
            said.text,
            said.blocks,
            desk.now,
        )

    def _answers_for(self, desk: Desk, person: Person, change: AbsenceSet) -> bool:
        """Whether they are accountable for something open, with nobody to act for them on the first
        day; a half day needs nobody.
        """
        if change.half is not Half.DAY:
            return False
        if any(
            one.person == person.id and one.project is None and one.covers(change.first_day)
            for one in desk.facts.delegations
        ):
            return False
        held = directory.held_by(desk.session, person.id, desk.now)
        keys = {project for project, _item, letter in held if letter is Letter.A}
        seen = [key for key in sorted(keys) if desk.sees(key)]
        found = self._cache.projects(desk.session, desk.facts, seen, desk.now)
        return any(_answers_in(project, person.id) for project in found.values())


def _self(desk: Desk) -> Person:
    """Who asks. `NotFound` for the operator, who has no days of their own."""
    if desk.actor.person is None:
        raise NotFound("person", "me")
    return desk.facts.people[desk.actor.person.id]


def _shown(desk: Desk, facts: WorkspaceFacts, person: Person) -> AwayShown:
    return AwayShown(
        person=facts.people[person.id],
        presence=facts.presence(person.id),
        today=own_day(desk.now, person.timezone),
        is_own=person.id == desk.actor.person_id,
    )


def _answers_in(project: Project, person: int) -> bool:
    """Whether somebody is accountable for something that is open in a project."""
    if project.archived_at:
        return False
    return any(
        one.letter is Letter.A and one.holder == PersonHolder(person)
        for item in project.items
        if item.status not in CLOSED
        for one in project.raci(item)
    )


def _absence(ended: AbsenceEnded) -> Absence:
    return Absence(ended.person, ended.first_day, ended.last_day, ended.half)


def _people_of(project: Project) -> set[int]:
    held = (one.holder for item in project.items for one in item.assignments)
    found = {holder.person for holder in held if isinstance(holder, PersonHolder)}
    lead = {project.lead} if project.lead is not None else set()
    return found | lead | set(project.members)


def _gone(desk: Desk, key: int) -> Gone | None:
    """Somebody who is away today, in whole or in part; days that are never theirs do not count."""
    presence: Presence = desk.facts.presence(key)
    day: date = own_day(desk.now, desk.facts.people[key].timezone)
    off = presence.off(day)
    if off is None or presence.why(day) is Reason.WEEK:
        return None
    return Gone(key, presence.back(day), is_half=off is not Half.DAY)
