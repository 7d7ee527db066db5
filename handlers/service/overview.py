"""What a person sees first: what waits for them, their letters, and what is missing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot import permissions, waiting
from bot.consultations import Consultation
from bot.gaps import missing
from bot.home import Holding, HomePage, Turned, holding, leaf
from bot.outcome import Gap
from bot.project import Letter, Project
from bot.rights import Right
from bot.sight import Sight
from bot.waiting import Waiting
from handlers.service.references import Desk
from storage import consultations, directory, outbox
from storage.gates import Gates

WAITING, LETTERS, GAPS, PROJECTS = 6, 6, 8, 8
"""Entries on a page of each list: so many that all of them fit Home's hundred blocks."""


def home(desk: Desk, turned: Turned) -> HomePage:
    """Home of the desk's actor, who must be a person. Archived projects are left out."""
    assert desk.actor.person is not None
    me, people = desk.actor.person.id, desk.facts.people
    held = _held(desk, me)
    projects = _projects(desk)
    mine = [project for project in projects if project.id in held or project.lead == me]
    letters = [holding(project, held[project.id]) for project in projects if project.id in held]
    waits = leaf(list(_waiting(desk, me, projects)), turned.waiting, WAITING)
    gaps = leaf(_gaps(desk, projects, mine), turned.gaps, GAPS)
    listed = leaf(projects, turned.projects, PROJECTS)
    told = [*mine, *listed.shown, *(one.project for one in (*waits.shown, *gaps.shown))]
    page = HomePage(
        person=people[me],
        accountable=sum(_accountable(one) for one in letters),
        waiting=waits,
        letters=leaf([one for one in letters if one.rows], turned.letters, LETTERS),
        gaps=gaps,
        projects=listed,
        people=dict(people),
        leans=frozenset(project.id for project in told),
        revision=desk.facts.revision,
        sample=next((project for project in projects if project.is_sample), None),
    )
    return _of_admins(desk, page) if desk.actor.is_admin else page


def _projects(desk: Desk) -> list[Project]:
    """The open projects that the actor sees, by name: read at once, as far as they moved."""
    known = [one for one in desk.visible() if not one.archived]
    keys = [one.id for one in sorted(known, key=lambda one: (one.name.casefold(), one.id))]
    return list(desk.cache.projects(desk.session, desk.facts, keys, desk.now).values())


def _held(desk: Desk, me: int) -> Mapping[int, Sequence[tuple[int, Letter]]]:
    """What they hold by project: items by id, with a letter."""
    found: dict[int, list[tuple[int, Letter]]] = defaultdict(list)
    for project, item, letter in directory.held_by(desk.session, me, desk.now):
        found[project].append((item, letter))
    return found


def _accountable(holding: Holding) -> int:
    return sum(Letter.A in letters for _, letters in holding.rows)


def _waiting(desk: Desk, me: int, projects: Sequence[Project]) -> Iterator[Waiting]:
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
        yield from waiting.reviews(project, me, desk.now, desk.facts.settings.review_days)


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


def _of_admins(desk: Desk, page: HomePage) -> HomePage:
    """With what only those see who run the workspace."""
    workspace = desk.facts.workspace
    return replace(
        page,
        is_admin=True,
        held_since=directory.held_since(desk.session, workspace),
        undelivered=len(outbox.waiting(desk.session, workspace).dead),
    )
