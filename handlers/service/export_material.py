"""What a file is made of, read in bulk: of what its readers may know, and of nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot import exports
from bot.acting import standing_ins
from bot.brief import all_found
from bot.digests.values import Window
from bot.errors import NotFound
from bot.exports import MOST_CHANGES, Material, Since, Told
from bot.exports.material import STANDUP_WEEKS
from bot.hindsight import WEEK
from bot.moments import own_day
from bot.people import Person, Surface
from bot.project import Project
from bot.sight import NO_GUESTS, Guests, is_told_beside
from handlers.service import briefs
from handlers.service.references import Desk
from handlers.service.trends import trends
from handlers.views.names import told_apart
from storage import consultations, decisions, kept_exports, projects
from storage import exports as records
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
    """What is to be exported: one project (with its `key`), or (`project` None) all that may be
    seen.
    """

    title: str
    project: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Everybody(Desk):
    """The desk of all who read a place, these `guests` among them: what they all may know; of none,
    what anybody may.
    """

    guests: Guests = NO_GUESTS

    def sees(self, project: int) -> bool:
        known = self.facts.projects.get(project)
        return known is not None and is_told_beside(known, self.place, self.guests)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file that can be made: what it is made of, and what is kept of it."""

    material: Material
    kept: KeptExport


def drawn(desk: Desk, subject: Subject, destination: str = "", zone: str | None = None) -> Drawn:
    """All that a file takes, for whoever sits at the desk: by as many statements for one project as
    for hundreds. Days are those of the `zone`, else of theirs. Raises `NotFound` where they may not
    see the project (any more).
    """
    zone = zone or desk.zone
    material = _material(desk, subject, zone)
    code, base = exports.kept(material)
    viewer = None if isinstance(desk, Everybody) else desk.actor.person_id
    whose = Whose(desk.facts.workspace, viewer, subject.project, destination)
    kept = KeptExport(code, whose, desk.facts.revision, desk.now, base, zone)
    other = kept_exports.last_other(desk.session, whose, kept.code, desk.now)
    since = Since(other.code, other.at, _unpacked(other)) if other else None
    same = kept_exports.unchanged_since(desk.session, whose, kept.code, desk.now)
    return Drawn(replace(material, code=kept.code, since=since, same=same), kept)


def _unpacked(other: KeptExport) -> exports.Base:
    return exports.unpacked(other.base) if other.base else {}


def _readers(desk: Desk) -> str:
    """For whom a file is, in words."""
    if isinstance(desk, Everybody):
        return f"everybody in #{desk.place.name}" if desk.place.channel else ""
    return desk.actor.person.name if desk.actor.person else ""


def _left(desk: Desk, subject: Subject) -> tuple[str, ...]:
    """What all of a portfolio leaves out, as far as its readers may know of that."""
    if subject.project:
        return ()
    put_away = sum(known.archived for known in desk.visible())
    some = f"{put_away} archived project{'' if put_away == 1 else 's'}"
    hidden = ""
    if isinstance(desk, Everybody):
        which = "projects" if desk.guests else "private projects"
        hidden = f"{which}, if there are any that not all of its readers may see"
    words = (some if put_away else "", hidden)
    return tuple(one for one in words if one)


def _material(desk: Desk, subject: Subject, zone: str) -> Material:
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
    asked = consultations.waiting(desk.session, desk.facts.workspace)
    told = briefs.material(desk.session, desk.facts, tuple(found), desk.now, asked)
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
        reader=_readers(desk),
        left=_left(desk, subject),
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
