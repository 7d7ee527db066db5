"""Looking up what was said in standups: what the reader may know of, and no more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.commands import ShowStandups
from bot.errors import NotFound, Refused
from bot.outcome import Place
from bot.past_standups import OF_NONE, PastStandups, Sought
from bot.people import Actor, Person
from bot.project import Item, Kind, Project
from bot.teams import is_named
from handlers.service import references, rights, teams
from handlers.service.desks import Desks
from handlers.service.known import Known
from handlers.service.references import Desk
from storage import past_standups

PAGE = 10
"""Standups on one page."""


class Lookups(Desks):
    """What was said in standups, by whom, when and about what."""

    def past(self, actor: Actor, order: ShowStandups, place: Place) -> PastStandups:
        """A page of it, the latest first; with the nearest days where there is none."""
        with self._reading(actor, place) as desk:
            of_teams = _teams(desk, order)
            if of_teams:
                person, item = _person(desk, _but_a_team(order)), None
                project = self._project(desk, of_teams[0].id) if len(of_teams) == 1 else None
            else:
                person, project, item = self._meant(desk, order)
            about = () if project is None or item is None else _with_parts(project, item)
            sought = Sought(
                projects=_places(desk, of_teams, project, item),
                loose=project is None and not of_teams and not rights.is_guest(desk),
                person=person.id if person else None,
                first=order.first,
                last=order.last,
                items=tuple((one.id, one.key) for one in about),
                blockers=order.blockers,
            )
            return self._found(desk, order, sought, (person, project, item))

    def _found(
        self,
        desk: Desk,
        order: ShowStandups,
        sought: Sought,
        meant: tuple[Person | None, Project | None, Item | None],
    ) -> PastStandups:
        session, workspace, (person, project, item) = desk.session, desk.actor.workspace, meant
        total = past_standups.count(session, workspace, sought)
        pages = max(1, -(-total // PAGE))
        page = min(order.page, pages)
        found = past_standups.page(session, workspace, sought, PAGE, (page - 1) * PAGE)
        nearest: tuple[date | None, date | None] = (None, None)
        if not total and (sought.first or sought.last):
            nearest = past_standups.nearest(session, workspace, sought)
        of = sorted({one.project for one in found} - {OF_NONE})
        days = desk.facts.settings.standup_text_days
        return PastStandups(
            order=replace(order, page=page),
            entries=tuple(found),
            total=total,
            pages=pages,
            projects=self._cache.projects(session, desk.facts, of, desk.now),
            people=desk.facts.people,
            person=person,
            item=item,
            project=project,
            about=frozenset(key for key, _ in sought.items),
            nearest=nearest,
            kept_since=desk.now.date() - timedelta(days=days) if days else None,
            kept_days=days,
            today=desk.today,
        )

    def _meant(
        self, desk: Desk, order: ShowStandups
    ) -> tuple[Person | None, Project | None, Item | None]:
        """Whom, which project and which item an order names. A name that is no item's may be
        somebody's.
        """
        if order.item is None:
            whole = order.person is not None
            project = self._asked_about(desk, order.project, whole=whole and not order.project)
            return _person(desk, order.person), project, None
        try:
            project = self._project(desk, references.project_id(desk, order.project, desk.place))
            return (
                _person(desk, order.person),
                project,
                references.item(desk, project, order.item),
            )
        except (NotFound, Refused):
            if order.person is not None or (named := _somebody(desk, order.item)) is None:
                raise
        return named, self._asked_about(desk, order.project, whole=not order.project), None


def _teams(desk: Desk, order: ShowStandups) -> Sequence[Known]:
    """The teams whose standups are meant: those of a user group that is named, or, where nothing
    is, those of the place.
    """
    if order.item is not None:
        return ()
    for ref in (order.project, order.person):
        if ref is not None and is_named(ref) and (found := teams.of_group(desk, ref)):
            return found
    return teams.here(desk) if (order.project, order.person) == (None, None) else ()


def _but_a_team(order: ShowStandups) -> str | None:
    """Whom an order names beside a user group."""
    return order.person if order.project is not None and is_named(order.project) else None


def _places(
    desk: Desk, of_teams: Sequence[Known], project: Project | None, item: Item | None
) -> tuple[int, ...]:
    """Where is looked. What was said of an item may have been said in a team, too."""
    if of_teams:
        return tuple(one.id for one in of_teams)
    every = [one.id for one in teams.visible(desk)]
    if project is not None:
        return (project.id, *(every if item is not None else ()))
    return (*(known.id for known in desk.visible()), *every)


def _person(desk: Desk, ref: str | None) -> Person | None:
    """Who is named; to a guest only who stands in a project that they see."""
    if ref is None:
        return None
    found = references.person(desk, ref)
    if not desk.is_told_of(found):
        raise NotFound("person", ref)
    return found


def _somebody(desk: Desk, ref: str) -> Person | None:
    try:
        return _person(desk, ref)
    except NotFound:
        return None


def _with_parts(project: Project, item: Item) -> tuple[Item, ...]:
    """An item; of a stage, its components as well."""
    parts = project.components(item.key) if item.kind is Kind.STAGE else ()
    return (item, *parts)
