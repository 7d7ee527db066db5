"""Workbooks: what the one who asks may see, read in bulk, as a file."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot import exports
from bot.acting import standing_ins
from bot.brief import all_found
from bot.digests.values import Window
from bot.errors import NotFound, Unavailable
from bot.exports import MOST_CHANGES, Form, Material, Since, Told
from bot.exports.material import PORTFOLIO, STANDUP_WEEKS
from bot.hindsight import WEEK
from bot.moments import own_day
from bot.outcome import Place
from bot.people import Actor, Person, Surface
from bot.project import Project
from bot.sight import admits
from handlers.service import briefs, references
from handlers.service.facts import FactsCache
from handlers.service.references import Desk
from handlers.service.trends import trends
from handlers.views.names import told_apart
from storage import decisions, kept_exports, projects
from storage import exports as records
from storage.database import Database
from storage.exports import Line, Past
from storage.gates import Gates
from storage.kept_exports import KeptExport, Whose

WHERE = {
    Surface.COMMAND: "/charter",
    Surface.BUTTON: "a button",
    Surface.MODAL: "a form",
    Surface.EVENT: "Slack",
    Surface.CLI: "command line",
    Surface.LOAD: "a document",
    Surface.CLOCK: "the clock",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be exported: one project, or (`project` None) all that may be seen."""

    title: str
    project: int | None = None


@dataclass(frozen=True, slots=True)
class Workbook:
    """A finished file. `projects` counts what it holds, `private` names the private ones. Where it
    could not be kept, what comes back of it is held against the present alone.
    """

    name: str
    title: str
    content: bytes
    projects: int
    private: tuple[str, ...]
    is_kept: bool = True


@dataclass(frozen=True, slots=True)
class _Anybody(Desk):
    """The desk where nobody is named: it knows of what everybody may know."""

    def sees(self, project: int) -> bool:
        known = self.facts.projects.get(project)
        return known is not None and admits(known, None)


class Exports:
    """Makes workbooks."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], cache: FactsCache
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache

    def subject(self, actor: Actor, ref: str | None, place: Place, *, whole: bool) -> Subject:
        """What somebody means: the `whole` portfolio, the project that `ref` names, or the

        place's project where it has one, else the portfolio. Raises what a wrong name raises.
        """
        with self._desk(actor, place) as desk:
            if whole or (ref is None and not _is_bound(desk, place)):
                return Subject(PORTFOLIO)
            key = references.project_id(desk, ref, place)
            return Subject(desk.facts.projects[key].name, key)

    def made(
        self,
        actor: Actor,
        subject: Subject,
        place: Place,
        now: datetime | None = None,
        form: Form = Form.XLSX,
        sheet: str | None = None,
    ) -> Workbook:
        """The workbook, or its content in another form, or one `sheet` of it. It takes as many
        statements for one project as for hundreds. Raises `NotFound` for a sheet there is not.

        `now` defaults to the clock. An actor without a person gets what everybody may see.
        """
        with self._desk(actor, place, now) as desk:
            material = _material(desk, subject)
            base = exports.base(material)
            whose = Whose(actor.workspace, actor.person_id, subject.project)
            kept = KeptExport(exports.code(base), whose, desk.facts.revision, desk.now, base)
            other = kept_exports.last_other(desk.session, whose, kept.code, desk.now)
        since = Since(other.code, other.at, other.base) if other else None
        material = replace(material, code=kept.code, since=since)
        # Out of the transaction: writing takes longer than reading.
        content = exports.rendered(exports.book(material), form, sheet)
        private = tuple(project.name for project in material.projects if project.private)
        name = exports.file_name(material, form)
        is_kept = self._keep(kept)
        return Workbook(name, material.title, content, len(material.projects), private, is_kept)

    def _keep(self, made: KeptExport) -> bool:
        """Whether it could be kept: a file is worth having also where nothing can be written."""
        try:
            with self._db.begin() as session:
                kept_exports.keep(session, made)
        except Unavailable:
            return False
        return True

    @contextmanager
    def _desk(self, actor: Actor, place: Place, now: datetime | None = None) -> Iterator[Desk]:
        make = Desk if actor.person else _Anybody
        with self._db.read() as session:
            facts = self._cache.current(session, actor.workspace)
            yield make(session, facts, self._cache, actor, now or self._clock(), place)


def _is_bound(desk: Desk, place: Place) -> bool:
    return any(desk.sees(key) for key in desk.facts.by_channel.get(place.channel or "", ()))


def _material(desk: Desk, subject: Subject) -> Material:
    seen = [
        known.id
        for known in desk.visible()
        if (known.id == subject.project if subject.project else not known.archived)
    ]
    if subject.project and not seen:  # it was taken out of sight meanwhile
        raise NotFound("project", subject.title)
    read = projects.read(desk.session, seen, desk.now)
    found = sorted(
        (snapshot.project for snapshot in read.values()),
        key=lambda project: (project.name.casefold(), project.id),
    )
    most = MOST_CHANGES + 1
    lines = records.recent(desk.session, desk.facts.workspace, seen, most)
    past = records.past(desk.session, desk.facts.workspace, seen, most)
    people = told_apart(desk.facts.people)
    gates = Gates(desk.session, seen)
    changes = [*map(_line, lines), *_past(past, found, people)]
    changes.sort(key=_moment, reverse=True)
    reader = desk.actor.person
    zone = reader.timezone if reader else "UTC"
    told = briefs.material(desk.session, desk.facts, tuple(found), desk.now)
    today = own_day(desk.now, zone)
    weeks = timedelta(weeks=STANDUP_WEEKS)
    return Material(
        title=subject.title,
        projects=tuple(found),
        people=people,
        changes=tuple(changes[:MOST_CHANGES]),
        more_changes=len(changes) > MOST_CHANGES,
        now=desk.now,
        zone=zone,
        reader=reader.name if reader else "",
        decisions=decisions.of_projects(desk.session, seen),
        gates={item.id: gates.of(item.id) for project in found for item in project.items},
        acting={
            project.id: standing_ins(project, people, desk.facts.delegations, desk.now)
            for project in found
        },
        roles=desk.facts.roles,
        trends=trends(desk.session, found, desk.now, zone),
        courses=told.courses,
        linked=told.evidence,
        lines=all_found(told, Window(desk.now - WEEK, desk.now, zone)),
        attended=records.attended(desk.session, desk.facts.workspace, seen, today - weeks, today),
        load_limit=desk.facts.settings.load_limit,
    )


def _line(line: Line) -> Told:
    source = WHERE.get(Surface(line.surface), line.surface)
    return Told(line.at, line.project, line.item, line.summary, line.by, source)


def _past(
    past: Iterable[Past], found: Sequence[Project], people: Mapping[int, Person]
) -> Iterator[Told]:
    keys = {(project.id, item.key): item.id for project in found for item in project.items}
    names = {person.key: person.name for person in people.values()}
    for one in past:
        before, after = (names.get(value or "", value) for value in (one.before, one.after))
        moved = f": {before or '–'} → {after or '–'}" if before or after else ""
        item = keys.get((one.project, one.item_key or ""))
        yield Told(one.day, one.project, item, f"{one.summary}{moved}", one.by, "before the record")


def _moment(told: Told) -> datetime:
    at = told.at
    return at if isinstance(at, datetime) else _start(at)


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
