"""What a person sees first: what waits for them, their letters, and what is missing."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from bot import permissions, waiting
from bot.burnup import BurnUp
from bot.consultations import Consultation
from bot.gaps import missing
from bot.home import Holding, HomePage, Leaf, Running, Turned, holding, leaf
from bot.identities import people_map
from bot.lint import Report, besides, weight
from bot.load import Load, borne
from bot.moments import own_day
from bot.outcome import Gap
from bot.presence.shown import AwayShown
from bot.project import Letter, Project
from bot.rights import Right
from bot.sight import Sight
from bot.waiting import Waiting
from handlers.service import attendance, health, teams, undelivered
from handlers.service.known import Known
from handlers.service.linter import reported
from handlers.service.references import Desk
from handlers.service.trends import trends
from storage import consultations, directory, identities, offers, standups
from storage.gates import Gates

WAITING, LETTERS, GAPS, PROJECTS, PEOPLE = 6, 6, 8, 8, 5
"""Entries on a page of each list: so many that all of them fit Home's hundred blocks."""
MANY = 500
"""Projects that somebody sees, beyond which Home is about their own: they wait for it."""


def home(desk: Desk, turned: Turned) -> HomePage:
    """Home of the desk's actor, who must be a person. Archived projects are left out."""
    assert desk.actor.person is not None
    me, people = desk.actor.person.id, desk.facts.people
    held = _held(desk, me)
    known = _open(desk)
    projects = _read(desk, _near(desk, me, held, known))
    mine = [project for project in projects if project.id in held or project.lead == me]
    letters = [holding(project, held[project.id]) for project in projects if project.id in held]
    holdings = leaf([one for one in letters if one.rows], turned.letters, LETTERS)
    shown = [one.project.id for one in holdings.shown]
    waits = leaf(list(waiting_for(desk, me, projects)), turned.waiting, WAITING)
    gaps = leaf(_gaps(desk, projects, mine), turned.gaps, GAPS)
    page = leaf(known, turned.projects, PROJECTS)
    listed = Leaf(tuple(_read(desk, page.shown)), page.page, page.pages, page.total)
    told = [*mine, *listed.shown, *(one.project for one in (*waits.shown, *gaps.shown))]
    load, reports = _mending(desk, me, projects, mine)
    in_teams = _teams(desk, me)
    return HomePage(
        person=people[me],
        accountable=sum(_accountable(one) for one in letters),
        waiting=waits,
        letters=holdings,
        gaps=gaps,
        projects=listed,
        people=dict(people),
        load=load,
        reports=reports,
        leans=frozenset(project.id for project in (*told, *in_teams)),
        standups=frozenset(standups.standing_in(desk.session, shown)),
        teams=in_teams,
        revision=desk.facts.revision,
        sample=next((project for project in projects if project.is_sample), None),
        running=_running(desk, turned) if desk.actor.is_admin else None,
        away=_away(desk, me),
        ways=_ways(desk, mine[:LETTERS]),
    )


def _ways(desk: Desk, mine: Sequence[Project]) -> tuple[tuple[Project, BurnUp], ...]:
    """How far the targets of some projects of theirs are, as far as runs tell."""
    found = trends(desk.session, mine, desk.now, desk.zone)
    return tuple((one, way) for one in mine for way in found.get(one.id, ()) if way.steps)


def _teams(desk: Desk, me: int) -> tuple[Project, ...]:
    """The teams in whose standup they are, by name."""
    keys = [one.id for one in teams.visible(desk)]
    found = desk.cache.projects(desk.session, desk.facts, keys, desk.now)
    standing = standups.standing_in(desk.session, keys) if keys else {}
    mine = [
        found[key]
        for key, one in standing.items()
        if me in attendance.inside(found[key], desk.facts.people, one)
    ]
    return tuple(sorted(mine, key=lambda one: (one.name.casefold(), one.id)))


def _away(desk: Desk, me: int) -> AwayShown | None:
    """That they are away today because they, or their status, say so."""
    person, presence = desk.facts.people[me], desk.facts.presence(me)
    today = own_day(desk.now, person.timezone)
    if presence.leave(today) is None:
        return None
    return AwayShown(person, presence, today, is_own=True)


def _open(desk: Desk) -> list[Known]:
    """The open projects that the actor sees, by name."""
    known = [one for one in desk.visible() if not one.archived]
    return sorted(known, key=lambda one: (one.name.casefold(), one.id))


def _near(desk: Desk, me: int, held: Collection[int], known: Sequence[Known]) -> Sequence[Known]:
    """Those that Home is about: all of them, or of very many those in which somebody waits for
    the actor, and that they lead or hold something in.
    """
    if len(known) <= MANY:
        return known
    near = {*held, *asked_in(desk, me)}
    return [one for one in known if one.id in near or one.lead == me or one.is_sample]


def asked_in(desk: Desk, me: int) -> set[int]:
    """The projects in which somebody asked them for something, or offers it to them."""
    workspace = desk.facts.workspace
    asked = {one.project for one in consultations.waiting_for(desk.session, workspace, me)}
    return asked | {one.project for one in offers.of_person(desk.session, workspace, me)}


def _read(desk: Desk, known: Sequence[Known]) -> list[Project]:
    """Read at once, as far as they moved."""
    keys = [one.id for one in known]
    return list(desk.cache.projects(desk.session, desk.facts, keys, desk.now).values())


def _held(desk: Desk, me: int) -> Mapping[int, Sequence[tuple[int, Letter]]]:
    """What they hold by project: items by id, with a letter."""
    found: dict[int, list[tuple[int, Letter]]] = defaultdict(list)
    for project, item, letter in directory.held_by(desk.session, me, desk.now):
        found[project].append((item, letter))
    return found


def _accountable(holding: Holding) -> int:
    return sum(Letter.A in letters for _, letters in holding.rows)


def waiting_for(desk: Desk, me: int, projects: Sequence[Project]) -> Iterator[Waiting]:
    """What others asked first, then what is theirs to approve."""
    asked: dict[int, list[Consultation]] = defaultdict(list)
    for one in consultations.waiting_for(desk.session, desk.facts.workspace, me):
        asked[one.project].append(one)
    for project in projects:
        yield from waiting.offers(project, me)
    for project in projects:
        yield from waiting.inputs(project, iter(asked[project.id]))
    answered = [project for project in projects if waiting.is_under_way_for(project, me)]
    gates = Gates(desk.session, [project.id for project in answered])
    for project in answered:
        yield from waiting.ticks(project, me, gates.of)
    for project in projects:
        yield from waiting.approvals(project, me, desk.facts.people)
    for project in projects:
        usual = desk.facts.settings.review_days
        yield from waiting.reviews(project, me, desk.now, usual, desk.zone)


def _gaps(desk: Desk, projects: Sequence[Project], mine: Sequence[Project]) -> list[Gap]:
    """Seats that the actor may fill: in their own projects first, in the one order besides."""
    own = {project.id for project in mine}
    found = [gap for gap in missing(projects, desk.facts.people).seats if _may_fill(desk, gap)]
    return sorted(found, key=lambda gap: gap.project.id not in own)


def _may_fill(desk: Desk, gap: Gap) -> bool:
    if desk.sight(gap.project.id) is Sight.THROUGH_GLASS:
        return False
    stands_for = desk.stands_for(gap.project)
    role = permissions.in_project(desk.actor, gap.project, gap.item, stands_for)
    return role.may(Right.EDIT)


def _mending(
    desk: Desk, me: int, projects: Sequence[Project], mine: Sequence[Project]
) -> tuple[Load | None, tuple[Report, ...]]:
    """What they bear, where that is too much or nobody else could do it; and what the linter finds
    in those projects of theirs that they may change, the worst first.
    """
    people = desk.facts.people
    everyone = borne(projects, people, desk.facts.settings.load_limit)
    own = everyone.get(me)
    load = own if own is not None and (own.is_over or own.alone) else None
    some = [project for project in mine if _may_edit(desk, project)]
    rows = {key: len(one.accountable) for key, one in everyone.items()}
    reports = reported(desk.session, desk.facts, some, rows, desk.today)
    return load, tuple(sorted((one for one in reports if besides(one)), key=weight))


def _may_edit(desk: Desk, project: Project) -> bool:
    if desk.sight(project.id) is Sight.THROUGH_GLASS:
        return False
    role = permissions.in_project(desk.actor, project, None, desk.stands_for(project))
    return role.may(Right.EDIT)


def _running(desk: Desk, turned: Turned) -> Running:
    """What those see besides who run the workspace."""
    session, workspace = desk.session, desk.facts.workspace
    people = people_map(desk.facts.people, identities.names(session, workspace))
    seen = undelivered.private_channels(desk)
    given_up = undelivered.given_up(session, workspace, seen)
    return Running(
        map=people,
        unmapped=leaf(people.unmapped, turned.people, PEOPLE),
        findings=health.of_workspace(session, workspace, given_up, seen, desk.now),
        given_up=sum(len(held.numbers) for held in given_up),
        held_since=directory.held_since(session, workspace),
    )
