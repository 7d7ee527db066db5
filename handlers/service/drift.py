"""Letters held against work, once a week: who is told of what is found, and what they say.

Whoever a finding names is asked first, by a direct message, once. What they do not answer, or say
is right, is told after that to whoever can mend it, and never in a channel.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from sqlmodel import Session

from bot import drift as rules
from bot.drift import Answer, DriftShown, Finding, Ground, Kept, Kind, Shown
from bot.errors import NotFound
from bot.hours import hours
from bot.orders import AnswerDrift
from bot.outcome import Place
from bot.people import Actor
from bot.project import Item, Letter, Project
from bot.recurrence import Weekly
from bot.routing import Event, Happening, Notice, routed
from bot.routing.told import told
from handlers.service.desks import Desks
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.mail import draft
from handlers.service.notices import asking_key
from handlers.service.snapshots import A_FEW, few_of
from handlers.service.timers import Duty, Occurrence, Shift
from handlers.service.traces import traces
from storage import drift, outbox
from storage.database import Database

KIND = "drift"
WEEKLY = Weekly(frozenset({0}), time(4), "UTC")
_MENDED = {
    Kind.SILENT_A: Event.DRIFT_SILENT,
    Kind.SHADOW_R: Event.DRIFT_SHADOW,
    Kind.ORPHAN: Event.DRIFT_ORPHAN,
}
"""By which event it is told to whoever can mend it."""


class Drift(Desks):
    """What may be read of findings, and said of one's own."""

    def shown(self, actor: Actor, ref: str | None, place: Place) -> DriftShown:
        """What the actor may read, in a project, or in all that they see."""
        with self._reading(actor, place) as desk:
            one = self._asked_about(desk, ref, whole=False)
            some = (one,) if one is not None else self._open_projects(desk)
            projects = {project.id: project for project in some}
            kept = drift.standing(desk.session, actor.workspace)
            found = tuple(_readable(kept, projects, actor.person_id))
            return DriftShown(found, one, desk.facts.people, actor.person_id)

    def answer(self, actor: Actor, order: AnswerDrift) -> Shown:
        """What somebody says of a finding that names them. Raises `NotFound` for any other."""
        with self._writing(actor, Place()) as desk:
            kept = drift.one(desk.session, actor.workspace, order.number)
            known = desk.facts.projects.get(kept.finding.project) if kept else None
            if kept is None or known is None or known.archived or kept.finding.person is None:
                raise NotFound("finding", str(order.number))
            project = self._project(desk, known.id)
            found = [*_readable([kept], {project.id: project}, actor.person_id)]
            if kept.finding.person != actor.person_id or not found:
                raise NotFound("finding", str(order.number))
            said = Answer.RIGHT if order.is_right else Answer.WRONG
            drift.answer(desk.session, kept.id, said, desk.now)
            if order.is_right and kept.passed_at is None:
                _pass_on(desk.session, desk.facts, found[0].kept, project, found[0].item, desk.now)
                drift.passed(desk.session, [kept.id], desk.now)
            return found[0]


def _readable(
    kept: Sequence[Kept], projects: Mapping[int, Project], reader: int | None
) -> Iterator[Shown]:
    for one in kept:
        project = projects.get(one.finding.project)
        item = _item(project, one.finding.item) if project else None
        is_open = one.answer is not Answer.WRONG
        if project and item and is_open and rules.may_read(one, project, reader):
            yield Shown(one, project, item)


def _item(project: Project, key: int) -> Item | None:
    return next((one for one in project.items if one.id == key), None)


Found = Mapping[tuple[Kind, int, int | None], Finding]
"""What is found, by the key of each finding."""


def duty(database: Database, clock: Callable[[], datetime], cache: FactsCache) -> Duty:
    """What the clock does about letters and work. Of very many projects it is found out before
    anything is written: meanwhile nobody waits for it.
    """

    def fetch(occurrence: Occurrence) -> Found:
        with database.read() as session:
            facts = cache.current(session, occurrence.workspace)
            return _found(session, facts, cache, clock())

    def is_errand(occurrence: Occurrence) -> bool:
        with database.read() as session:
            return len(cache.current(session, occurrence.workspace).projects) > A_FEW

    return Duty(_look, fetch, comes=WEEKLY, is_errand=is_errand)


def _look(shift: Shift, _occurrence: Occurrence, fetched: Found | None) -> None:
    """Find out, tell what is new to whom it names, and what stands still to who can mend it."""
    session, facts, now = shift.session, shift.facts, shift.now
    found = fetched if fetched is not None else _found(session, facts, shift.cache, now)
    gone = [
        one.id for one in drift.standing(session, facts.workspace) if rules.is_over(one, found, now)
    ]
    drift.end(session, gone, now)
    known = {one.finding.key for one in drift.standing(session, facts.workspace)}
    new = [one for key, one in found.items() if key not in known]
    drift.keep(session, facts.workspace, new, now)
    for kept in drift.standing(session, facts.workspace):
        if kept.finding.key in found and (_is_to_ask(kept) or _is_to_pass_on(kept, now)):
            project = shift.cache.project(session, facts, kept.finding.project, now)
            item = _item(project, kept.finding.item)
            if item is not None and not project.archived_at:
                _follow(session, facts, kept, project, item, now)


def _found(session: Session, facts: WorkspaceFacts, cache: FactsCache, now: datetime) -> Found:
    """What is found in all open projects, of which a few are looked at at a time."""
    keys = [one.id for one in facts.projects.values() if not (one.archived or one.is_sample)]
    keep = None if len(keys) <= A_FEW else False
    groups = {
        key: frozenset(facts.by_slack[user].id for user in users if user in facts.by_slack)
        for key, users in drift.members(session, facts.workspace).items()
    }
    presences = {person: facts.presence(person) for person in facts.absences}
    found: dict[tuple[Kind, int, int | None], Finding] = {}
    for some in few_of(keys):
        projects = cache.projects(session, facts, some, now, keep=keep)
        done = traces(session, facts, projects, rules.window(now))
        for key, project in projects.items():
            ground = Ground(project, facts.people, facts.delegations, presences, now, groups)
            found |= {one.key: one for one in rules.findings(ground, done.get(key, ()))}
    return found


def _is_to_ask(kept: Kept) -> bool:
    return kept.finding.person is not None and kept.told_at is None


def _is_to_pass_on(kept: Kept, now: datetime) -> bool:
    if kept.finding.person is None and kept.passed_at is None:
        return True
    return rules.is_to_pass(kept, now)


def _follow(
    session: Session,
    facts: WorkspaceFacts,
    kept: Kept,
    project: Project,
    item: Item,
    now: datetime,
) -> None:
    """The next step of a finding that stands."""
    person = kept.finding.person
    if person is not None and _is_to_ask(kept):
        letter = Letter.A if kept.finding.kind is Kind.SILENT_A else Letter.R
        asked = Happening(
            Event.DRIFT_SEEN,
            project.id,
            item.id,
            concerned=(person,),
            letters=(letter,),
            ref=kept.id,
        )
        _tell(session, facts, asked, project, item, now)
        drift.told(session, [kept.id], now)
    else:
        _pass_on(session, facts, kept, project, item, now)
        drift.passed(session, [kept.id], now)


def _pass_on(
    session: Session,
    facts: WorkspaceFacts,
    kept: Kept,
    project: Project,
    item: Item,
    now: datetime,
) -> None:
    """Tell whoever can mend it; not whom it names, who knows."""
    person = kept.finding.person
    wanted = Happening(
        _MENDED[kept.finding.kind],
        project.id,
        item.id,
        by=person,
        concerned=(person,) if person is not None else (),
        ref=kept.id,
    )
    _tell(session, facts, wanted, project, item, now)


def _tell(
    session: Session,
    facts: WorkspaceFacts,
    happening: Happening,
    project: Project,
    item: Item,
    now: datetime,
) -> None:
    """By direct message, in their working hours; who cannot be written to is told nowhere else."""
    drafts = []
    for notice in routed(happening, project, item, facts.people, facts.delegations, now):
        if not _is_meant(notice, happening, facts):
            continue
        person = facts.people[notice.person or 0]
        own = hours(person, facts.presence(person.id))
        key = asking_key(happening.event, happening.ref or 0, person.id)
        if outbox.keyed(session, facts.workspace, key) is None:
            one = told(notice, project, item, now)
            drafts.append(draft(key, person, [one], facts.people, own.next_open(now)))
    marked = [replace(one, confidential=project.private) for one in drafts]
    outbox.put(session, facts.workspace, marked, now)


def _is_meant(notice: Notice, happening: Happening, facts: WorkspaceFacts) -> bool:
    """Whether it is for that person by themselves: whoever acts for the one it names, say, is not
    asked for them, and those who could not be told are nobody's business here.
    """
    if notice.person is None or notice.happening.event is not happening.event:
        return False
    is_stand_in = happening.event is Event.DRIFT_SEEN and notice.person not in happening.concerned
    return not is_stand_in and not facts.people[notice.person].is_unreachable
