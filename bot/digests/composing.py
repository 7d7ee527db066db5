"""From what is known of projects to what a digest says of each, and whether that is news."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol, TypeVar

from bot.acting import standing_ins
from bot.burnup import burn_ups
from bot.digests import findings, standing
from bot.digests.edits import Edit, net
from bot.digests.outlook import weight
from bot.digests.values import Decision, Digest, Linked, Material, Part, Window
from bot.health import health
from bot.lint import Report
from bot.project import Project
from bot.sources.base import Run


class _OfProject(Protocol):
    @property
    def project(self) -> int: ...


Told = TypeVar("Told", bound=_OfProject)


def compose(material: Material, window: Window) -> Digest | None:
    """The digest of a channel's projects for the time since the last one, or None: silence.

    Silence is where nothing became otherwise in that time, in any of the projects:

    - no change that still stands (one that was taken back, or changed back, is none), no decision;
    - no pull request and no run that was linked, or that its own server tells otherwise of now;
    - no open item that became late, or whose due date came within 14 days;
    - no risk or the like whose day has gone by since;
    - nothing that the linter finds anew or no more, but for empty seats;
    - no blocker that became three or five working days old, or another five.

    What only goes on being as it was (a gap, a blocker of two days, a pull request that still
    waits) is told whenever there is a digest, but brings none about. A server that does not answer
    changes neither: what it told last is told with its age.
    """
    found = parts(material, window)
    if not any(part.is_news for part in found):
        return None
    told = sorted((part for part in found if not part.is_empty), key=weight)
    quiet = len(found) - len(told)
    return Digest(window, tuple(told), quiet, material.people, material.logins)


def parts(material: Material, window: Window) -> list[Part]:
    """What there is to say of each project, in their order."""
    edits = _sorted_out(material.edits)
    decisions = _sorted_out(material.decisions)
    evidence = _sorted_out(material.evidence)
    reports = {one.project.id: one for one in material.reports}
    known = findings.by_project(material.known)
    return [
        _part(
            project,
            material,
            window,
            edits[project.id],
            decisions[project.id],
            evidence[project.id],
            reports.get(project.id),
            None if known is None else known[project.id],
        )
        for project in material.projects
    ]


def _sorted_out(things: Iterable[Told]) -> Mapping[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    for thing in things:
        found[thing.project].append(thing)
    return found


def _part(
    project: Project,
    material: Material,
    window: Window,
    edits: list[Edit],
    decisions: list[Decision],
    evidence: list[Linked],
    report: Report | None,
    known: Collection[str] | None,
) -> Part:
    people = material.people
    changes = net(edits, people)
    told = tuple(one for one in decisions if one.at >= window.since)
    if project.archived_at:
        return Part(project, changes, told, (), (), (), (), None)
    runs = [seen for one in evidence if isinstance(seen := one.sighting.seen, Run)]
    trends = burn_ups(project, runs, window.now, window.zone)
    told_of_runs = standing.runs(
        project, evidence, material.aims.get(project.id, ""), material.highers, window
    )
    found, mended = findings.turned(report, known, people) if report else ((), ())
    return Part(
        project=project,
        changes=changes,
        decisions=told,
        blockers=tuple(standing.blockers(project, people, window)),
        gaps=standing.unheld(project, people),
        deadlines=tuple(standing.deadlines(project, people, window)),
        worries=tuple(standing.worries(project.raid, window)),
        pulls=tuple(standing.waiting(evidence, material.logins, material.hours, window)),
        runs=told_of_runs,
        health=health(project, people, standing.day(window.now, window.zone), window.zone, trends),
        trends=trends,
        closer=standing.closer(trends, told_of_runs),
        unconfirmed=project.review.overdue(window.now, material.review_days, window.zone)
        if project.review
        else 0,
        found=found,
        mended=mended,
        documents=tuple(standing.documents(project, people, window)),
        acting=standing_ins(project, people, material.delegations, window.now),
        standups=material.standups.get(project.id),
    )
