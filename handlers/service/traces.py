"""What people did of late, read at once for all projects from Charter's own store."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import RowMapping
from sqlmodel import Session

from bot.drift import Did, Trace
from bot.evidence import Sighting
from bot.project import Project
from bot.sources.base import Kind, PullRequest, Run
from handlers.service.facts import WorkspaceFacts
from storage import digests, drift, evidence, links

_HOST = "github"
_WORK: Final = {
    "StageMoved": Did.MOVED,
    "DueMoved": Did.MOVED,
    "TickChanged": Did.MOVED,
    "GateAsked": Did.MOVED,
    "DecisionKept": Did.DECIDED,
}
"""Lines of the record that are work on an item. All others tell that somebody was there: giving
letters to others, say, is no work on the row.
"""


def traces(
    session: Session, facts: WorkspaceFacts, projects: Mapping[int, Project], since: datetime
) -> Mapping[int, list[Trace]]:
    """What was done in these projects since then, by project."""
    found: dict[int, list[Trace]] = defaultdict(list)
    if not projects:
        return found
    keys = list(projects)
    logins = links.people_named(session, facts.workspace, _HOST)
    for kind in (Kind.PULL_REQUEST, Kind.RUN):
        for row, sighting in evidence.rows(session, kind, keys):
            for one in _left(row, sighting, projects[row["project_id"]], logins):
                found[one.project].append(one)
    for said in drift.said(session, keys, since):
        about = said.items or {_item(projects[said.project], said.key)}
        for item in about:
            one = Trace(said.project, item, said.person, Did.REPORTED, said.at)
            found[said.project].append(one)
    revision = digests.revision_at(session, facts.workspace, since)
    for line in drift.lines(session, facts.workspace, keys, revision, since):
        work = _WORK.get(line.action)
        item = line.item if work else None
        one = Trace(line.project, item, line.person, work or Did.MOVED, line.at)
        found[line.project].append(one)
    return found


def _item(project: Project, key: str | None) -> int | None:
    item = project.item(key) if key else None
    return item.id if item else None


def _left(
    row: RowMapping, sighting: Sighting, project: Project, logins: Mapping[str, int]
) -> Iterator[Trace]:
    """What a pull request or run tells of who worked on it; each once, when they did so last. Runs
    nested in another are told of by that one: a sweep is one piece of work.
    """
    item, author = _item(project, row["item_key"]), row["author_id"]
    match sighting.seen:
        case PullRequest(is_bot=is_bot) as pull:
            last = pull.merged or pull.closed or pull.updated or pull.opened
            last = last or sighting.changed_at or row["recorded_at"]
            told: list[Trace] = []
            if not is_bot:
                told.append(Trace(project.id, item, author, Did.AUTHORED, last))
            for login in sorted(pull.opinions):
                who = logins.get(login.lower())
                told.append(Trace(project.id, item, who, Did.REVIEWED, last))
            if pull.merged and pull.merged_by:
                who = logins.get(pull.merged_by.lower())
                told.append(Trace(project.id, item, who, Did.MERGED, pull.merged))
            yield from _each_once(told)
        case Run(deleted=False, parent="") as run:
            at = run.ended or run.started or sighting.changed_at or row["recorded_at"]
            yield Trace(project.id, item, author, Did.RAN, at)


def _each_once(some: Sequence[Trace]) -> Iterator[Trace]:
    """The first of each person; of people whom nobody knows, all."""
    known: set[int] = set()
    for one in some:
        if one.person is None:
            yield one
        elif one.person not in known:
            known.add(one.person)
            yield one
