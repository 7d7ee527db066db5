"""Files that come by themselves: made and said when it is time.

A file is made before the slot is written down, for that takes longer than anybody should wait for.
Then three things are of one transaction: the step to the next slot, the message, and the file in
its thread, both rows of the outbox. Whoever is killed before leaves the slot to the next one, who
makes another file; whoever is killed after it leaves both to whoever carries them to Slack.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.errors import NotFound
from bot.exports.material import PORTFOLIO
from bot.exports.since import News, beside
from bot.outcome import Place
from bot.people import Actor, Person, Surface
from bot.sheets import Step, unheard
from bot.sight import NO_GUESTS, Guests, admits
from handlers.service import mail, resting
from handlers.service.audience import Audience
from handlers.service.elsewhere import Press
from handlers.service.export_material import Everybody, Subject, drawn
from handlers.service.exports import is_large, written
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.references import Desk
from handlers.service.timers import Duty, Occurrence, Shift
from handlers.views import exports as views
from storage import directory, export_plans, outbox, schedules, uptimes
from storage.database import Database
from storage.export_plans import Standing
from storage.kept_exports import BY_ITSELF, KeptExport, stored
from storage.outbox import Enclosed

DIRECT = Place(is_direct=True)


@dataclass(frozen=True, slots=True)
class Mailed(Desk):
    """The desk of somebody who is told by direct message: what they may know wherever they are."""

    def sees(self, project: int) -> bool:
        known, person = self.facts.projects.get(project), self.actor.person_id
        return known is not None and person is not None and admits(known, person)


@dataclass(frozen=True, slots=True)
class Made:
    """What a slot brings: what is told, what is kept, and the file; none where nothing changed."""

    news: News
    kept: KeptExport
    name: str = ""
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Rested:
    """Nothing: it may not be told where these guests read along, or who else does."""

    guests: Guests


@dataclass(frozen=True, slots=True)
class Due:
    """A file that is to be made `now` for a slot of a plan, to be read by these `guests`, too;
    another process takes it as well.
    """

    workspace: int
    plan: int
    slot: datetime
    now: datetime
    guests: Guests = NO_GUESTS

    def made(self, database: Database, _tell: Step) -> Made | None:
        cache = FactsCache()
        audience = Audience(database, cache)
        return Filing(database, lambda: self.now, cache, audience).made_here(self)


class Filing:
    """Makes the files that are due; large ones by the `press`, where there is one."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        audience: Audience,
        press: Press | None = None,
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache
        self._audience = audience
        self._press = press

    def duty(self) -> Duty:
        """What the clock does for those who get files by themselves."""
        return Duty(_say, fetch=self._made, awaited=_awaited)

    def _made(self, occurrence: Occurrence) -> Made | Rested | None:
        """The file of a slot, as of now; None where nobody is to have one."""
        workspace, plan = occurrence.workspace, occurrence.subject
        with self._db.read() as session:
            standing = export_plans.keyed(session, plan)
        if standing is None or standing.plan.when.rests(occurrence.slot):
            return None
        is_own = standing.person is not None
        guests = NO_GUESTS if is_own else self._audience.guests(workspace, standing.channel)
        if not is_own and self._rests(standing, guests):
            return Rested(guests)
        due = Due(workspace, plan, occurrence.slot, self._clock(), guests)
        if self._press and self._is_large(due):
            return self._press(due, unheard)
        return self.made_here(due)

    def _rests(self, standing: Standing, guests: Guests) -> bool:
        with self._db.read() as session:
            facts = self._cache.current(session, standing.workspace)
            place = directory.place(session, standing.workspace, standing.channel)
            known = facts.projects.get(standing.project or 0)
            return place is not None and resting.why(place, known, guests) is not None

    def made_here(self, due: Due) -> Made | None:
        """The same, in this process."""
        with self._db.read() as session:
            found = self._seat(session, due)
            if found is None:
                return None
            desk, standing = found
            project = standing.project
            title = PORTFOLIO if project is None else desk.facts.projects[project].name
            where = BY_ITSELF if standing.person else standing.channel
            zone = standing.plan.when.zone
            try:
                made = drawn(desk, Subject(title, project), where, zone)
            except NotFound:
                return None  # of a project that its readers may not know of any more
        told = beside(made.material)
        if made.material.same is not None and told.is_same:
            return Made(told, made.kept)
        return Made(told, made.kept, *written(made, standing.plan.form))

    def _is_large(self, due: Due) -> bool:
        with self._db.read() as session:
            found = self._seat(session, due)
            return found is not None and is_large(found[0], found[1].project)

    def _seat(self, session: Session, due: Due) -> tuple[Desk, Standing] | None:
        """The desk of those who read it, and how it is set; None where nobody is to have one."""
        facts = self._cache.current(session, due.workspace)
        standing = export_plans.keyed(session, due.plan)
        if standing is None or standing.plan.when.rests(due.slot):
            return None
        desk = self._desk(session, facts, standing, due)
        return (desk, standing) if desk else None

    def _desk(
        self, session: Session, facts: WorkspaceFacts, standing: Standing, due: Due
    ) -> Desk | None:
        """The desk of those who read it; None where there is nobody."""
        now = due.now
        if standing.person is not None:
            person = _reader(facts, standing, due.slot)
            actor = Actor(facts.workspace, person, Surface.CLOCK)
            return Mailed(session, facts, self._cache, actor, now, DIRECT) if person else None
        place = _place(session, facts, standing)
        actor = Actor(facts.workspace, None, Surface.CLOCK)
        if place is None:
            return None
        return Everybody(session, facts, self._cache, actor, now, place, due.guests)


def _awaited(shift: Shift, occurrence: Occurrence, slot: datetime) -> bool:
    """Whether somebody gets a file at that time, and there is somebody who reads it."""
    standing = export_plans.keyed(shift.session, occurrence.subject)
    if standing is None or standing.plan.when.rests(slot):
        return False
    return _whom(shift, standing, slot) is not None


def _whom(shift: Shift, standing: Standing, slot: datetime) -> Place | None:
    """Where it goes by now; None where nothing may be told there."""
    if standing.person is not None:
        return DIRECT if _reader(shift.facts, standing, slot) else None
    return _place(shift.session, shift.facts, standing)


def _place(session: Session, facts: WorkspaceFacts, standing: Standing) -> Place | None:
    place = directory.place(session, facts.workspace, standing.channel)
    return None if place is None or place.is_shared or place.gone is not None else place


def _reader(facts: WorkspaceFacts, standing: Standing, slot: datetime) -> Person | None:
    """Who gets it by direct message; None where they are away: they asked for this very time."""
    person = facts.people.get(standing.person or 0)
    if person is None or not person.active or not person.slack_id or person.is_unreachable:
        return None
    day = slot.astimezone(ZoneInfo(standing.plan.when.zone)).date()
    return None if facts.presence(person.id).is_away(day) else person


def _say(shift: Shift, occurrence: Occurrence, made: Made | Rested | None) -> None:
    """Say what changed, with the file in the thread; where nothing did, that or nothing at all."""
    session, facts, now = shift.session, shift.facts, shift.now
    standing = export_plans.keyed(session, occurrence.subject)
    if standing is None:  # it was ended by somebody else's key, after a merge
        schedules.drop(session, facts.workspace, [occurrence.key])
        return
    if isinstance(made, Rested):
        where, who = standing.channel, standing.set_by
        resting.tell(shift, "file", standing.id, where, who, standing.project, made.guests)
        return
    place = _whom(shift, standing, occurrence.slot)
    if made is None or place is None or not (made.content or standing.plan.when.heartbeat):
        return
    person = facts.people[standing.person] if standing.person else None
    to = (person.slack_id or "") if person else standing.channel
    told = made.news
    late = uptimes.late(session, facts.workspace, occurrence.slot, now)
    message = views.by_itself(told, made.name, late)
    day = occurrence.slot.astimezone(ZoneInfo(standing.plan.when.zone)).date()
    key, about = f"export/{standing.id}/{day.isoformat()}", f"export/{standing.id}"
    confidential = told.private or place.is_private
    why = mail.of_digest(told.projects)
    outbox.say(
        session,
        facts.workspace,
        key,
        to,
        message.text,
        message.blocks,
        now,
        about=about,
        confidential=confidential,
        why=why,
    )
    if made.content is None:
        return
    file = Enclosed(
        key,
        to,
        made.name,
        told.title,
        made.content,
        stored(made.kept),
        about,
        confidential,
        why,
    )
    outbox.enclose(session, facts.workspace, file, now)
