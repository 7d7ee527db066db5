"""Workbooks: what the one who asks may see, or all who read a place, as a file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot import exports
from bot.errors import NotFound, Refused, Unavailable, Why
from bot.exports import Form
from bot.exports.material import PORTFOLIO
from bot.outcome import Place
from bot.people import Actor
from bot.sheets import Step, unheard
from bot.sight import NO_GUESTS, Guests
from bot.spelling import folded, near
from handlers.service import references
from handlers.service.audience import Audience
from handlers.service.elsewhere import Press
from handlers.service.export_material import Drawn, Everybody, Subject, drawn
from handlers.service.facts import FactsCache
from handlers.service.references import Desk
from storage import kept_exports
from storage.database import Database
from storage.kept_exports import KeptExport

__all__ = ["Exports", "Subject", "Wanted", "Workbook", "written"]

FEW = 20
"""Projects of which a workbook is made in the process that is asked: in less than half a second."""

ANYWHERE = Place()
WHOLE = "portfolio"
"""By what word a command means all projects."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which workbook is to be made, for whom and as of when; another process takes it as well.

    `here`: for all who read the place, these `guests` among them.
    """

    actor: Actor
    subject: Subject
    place: Place
    now: datetime
    form: Form = Form.XLSX
    sheet: str | None = None
    here: bool = False
    guests: Guests = NO_GUESTS

    def made(self, database: Database, tell: Step) -> "Workbook":
        cache = FactsCache()
        exports = Exports(database, lambda: self.now, cache, Audience(database, cache))
        return exports.made_here(self, tell)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A finished file. `projects` counts what it holds, `private` names the private ones.

    `left_out` names what of it the one who asks may see, and not all who read it. Where it could
    not be kept, what comes back of it is held against the present alone.
    """

    name: str
    title: str
    content: bytes
    projects: int
    private: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    is_kept: bool = True


def written(
    made: Drawn, form: Form, sheet: str | None = None, tell: Step = unheard
) -> tuple[str, bytes]:
    """The file's name and content. Out of any transaction: it takes longer than reading. Raises
    `NotFound` for a sheet there is not.
    """
    content = exports.rendered(exports.book(made.material), form, sheet, tell)
    return exports.file_name(made.material, form), content


def is_large(desk: Desk, project: int | None) -> bool:
    """Whether a workbook, of one project or all, takes longer to make than a process to start."""
    return project is None and sum(1 for _ in desk.visible()) > FEW


class Exports:
    """Makes workbooks; large ones by the `press`, where there is one."""

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

    def subject(self, actor: Actor, ref: str | None, place: Place, *, whole: bool) -> Subject:
        """What somebody means: the `whole` portfolio, the project that `ref` names, or the

        place's project where it has one, else the portfolio. Raises what a wrong name raises.
        """
        with self._desk(actor, place) as own:
            desk = own if actor.person else _everybody(own, here=False)
            if whole or (ref is None and not _is_bound(desk, place)):
                return Subject(PORTFOLIO)
            key = project_meant(desk, ref, place)
            return Subject(desk.facts.projects[key].name, key, desk.facts.projects[key].key)

    def refuse_hidden(self, actor: Actor, subject: Subject, place: Place) -> None:
        """`Refused` where not all who read a place may know of a project."""
        if not subject.project:
            return
        guests = self._audience.guests(actor.workspace, place.channel)
        with self._desk(actor, place) as desk:
            if not _everybody(desk, here=True, guests=guests).sees(subject.project):
                facts = {"project": subject.title, "channel": f"#{place.name}"}
                raise Refused(Why.EXPORT_HIDDEN, facts, field="project")

    def made(
        self,
        actor: Actor,
        subject: Subject,
        place: Place,
        now: datetime | None = None,
        form: Form = Form.XLSX,
        sheet: str | None = None,
        *,
        here: bool = False,
        tell: Step = unheard,
    ) -> Workbook:
        """The workbook, or its content in another form, or one `sheet` of it. Raises `NotFound` for
        a sheet there is not.

        `now` defaults to the clock. An actor without a person gets what everybody may see; `here`,
        it is what all who read the place may. `tell` is told how far it is.
        """
        guests = self._audience.guests(actor.workspace, place.channel) if here else NO_GUESTS
        wanted = Wanted(actor, subject, place, now or self._clock(), form, sheet, here, guests)
        if self._press and self._is_large(wanted):
            return self._press(wanted, tell)
        return self.made_here(wanted, tell)

    def made_here(self, wanted: Wanted, tell: Step = unheard) -> Workbook:
        """The same, in this process."""
        actor, subject, here = wanted.actor, wanted.subject, wanted.here
        tell("reading", 0, 0)
        with self._desk(actor, wanted.place, wanted.now) as desk:
            everybody = _everybody(desk, here=here, guests=wanted.guests)
            reader = desk if actor.person and not here else everybody
            made = drawn(reader, subject, (wanted.place.channel or "") if here else "")
            seen = {project.id for project in made.material.projects}
            asked = [one for one in desk.visible() if subject.project in (None, one.id)]
            left_out = tuple(
                sorted(one.name for one in asked if not one.archived and one.id not in seen)
            )
        name, content = written(made, wanted.form, wanted.sheet, tell)
        projects = made.material.projects
        private = tuple(project.name for project in projects if project.private)
        is_kept = self._keep(made.kept)
        return Workbook(
            name, made.material.title, content, len(projects), private, left_out, is_kept
        )

    def _is_large(self, wanted: Wanted) -> bool:
        with self._desk(wanted.actor, wanted.place, wanted.now) as desk:
            return is_large(desk, wanted.subject.project)

    def _keep(self, made: KeptExport) -> bool:
        """Whether it could be kept: a file is worth having also where nothing can be written."""
        try:
            with self._db.begin() as session:
                return kept_exports.keep(session, made, self._clock())
        except Unavailable:
            return False

    @contextmanager
    def _desk(self, actor: Actor, place: Place, now: datetime | None = None) -> Iterator[Desk]:
        with self._db.read() as session:
            facts = self._cache.current(session, actor.workspace)
            yield Desk(session, facts, self._cache, actor, now or self._clock(), place)


def _everybody(desk: Desk, *, here: bool, guests: Guests = NO_GUESTS) -> Everybody:
    place = desk.place if here else ANYWHERE
    return Everybody(desk.session, desk.facts, desk.cache, desk.actor, desk.now, place, guests)


def project_meant(desk: Desk, ref: str | None, place: Place) -> int:
    """The project that is meant. Raises `NotFound` also with the portfolio, where that is near."""
    try:
        return references.project_id(desk, ref, place)
    except NotFound as error:
        whole = near(error.text, {folded(WHOLE): WHOLE})
        raise replace(error, suggestions=(*whole, *error.suggestions)) from None


def _is_bound(desk: Desk, place: Place) -> bool:
    return any(desk.sees(key) for key in desk.facts.by_channel.get(place.channel or "", ()))
