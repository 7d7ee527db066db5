"""What was last seen of the pull requests and runs of many projects, in two statements.

What a server told stands whole in `details`; what a document told, and no server since, in the
columns alone. It is read to be told: where a project shows the titles of what is in private
repositories, these count as open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import BindParameter, Executable, RowMapping, bindparam, case, func, select
from sqlmodel import Session

from bot.digests import Linked
from bot.evidence import Sighting
from bot.sources.base import (
    Checks,
    Kind,
    PullRequest,
    PullState,
    Ref,
    Review,
    Run,
    RunState,
    Trouble,
    Why,
)
from storage import links
from storage.database import plainly
from storage.portions import in_portions
from storage.tables import ProjectRow, PullRequestRow, RunRow, columns, table_of

_PROJECT = columns(ProjectRow)
_OF: BindParameter[Any] = bindparam("projects", expanding=True)
_STATEMENTS = {
    kind: select(table_of(model), _PROJECT.shows_titles)
    .where(
        _PROJECT.id == columns(model).project_id,
        columns(model).project_id.in_(_OF),
        columns(model).unlinked_at.is_(None),
    )
    .order_by(columns(model).id)
    for kind, model in ((Kind.PULL_REQUEST, PullRequestRow), (Kind.RUN, RunRow))
}


def of_projects(session: Session, projects: Sequence[int]) -> tuple[Linked, ...]:
    """All that is linked to these projects, as it was last seen."""
    asked = {"projects": list(projects)}
    return tuple(
        linked
        for kind, statement in _STATEMENTS.items()
        for linked in _linked(kind, plainly(session).execute(statement, asked).mappings())
    )


def by_project(session: Session, projects: Sequence[int]) -> dict[int, list[Linked]]:
    """The same, by project; nothing is asked where there are none."""
    found: dict[int, list[Linked]] = {}
    for one in of_projects(session, projects) if projects else ():
        found.setdefault(one.project, []).append(one)
    return found


def rows(
    session: Session, kind: Kind, projects: Sequence[int]
) -> Iterator[tuple[RowMapping, Sighting]]:
    """The rows of one kind that these projects have, each with what was last seen of it."""
    found = plainly(session).execute(_STATEMENTS[kind], {"projects": list(projects)})
    return ((row, _sighting(kind, row)) for row in found.mappings())


def _linked(kind: Kind, rows: Any) -> Iterator[Linked]:
    for row in rows:
        sighting = _sighting(kind, row)
        yield Linked(row["id"], row["project_id"], sighting, row["recorded_at"])


def _sighting(kind: Kind, row: RowMapping) -> Sighting:
    sighting = links.sighting(kind, row)
    if row["url"]:
        seen_there = sighting.seen
        if row["shows_titles"] and isinstance(seen_there, PullRequest):
            return replace(sighting, seen=replace(seen_there, private=False))
        return sighting
    seen = _pull if kind is Kind.PULL_REQUEST else _run
    return replace(sighting, seen=seen(sighting.ref, row))


def _pull(ref: Ref, row: RowMapping) -> PullRequest:
    return PullRequest(
        ref=ref,
        repo=row["repo"],
        number=row["number"],
        title=row["title"],
        author="",
        state=PullState(row["state"]),
        review=Review(row["review_state"] or Review.NONE),
        requested=(),
        approvals=0,
        checks=Checks(row["ci_state"] or Checks.NONE),
        failing=(),
        head="",
        base="",
        branch="",
        private=False,
        opened=_noon(row["opened"]),
        updated=None,
    )


def _run(ref: Ref, row: RowMapping) -> Run:
    return Run(
        ref=ref,
        name=row["name"],
        state=RunState(row["state"]),
        user="",
        experiment="",
        started=_noon(row["started"]),
        ended=None,
        metrics={
            name: float(value)
            for name, value in row["metrics"].items()
            if isinstance(value, int | float)
        },
    )


def _noon(day: date | None) -> datetime | None:
    """A day as a moment that falls on it in nearly every zone."""
    return datetime.combine(day, time(12), UTC) if day else None


# --- only whether any of it moved -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is linked to a project in so far as it may be otherwise: as long as this stands, so does
    what was seen. `moved_at` is the last time that any of it was linked or turned out otherwise;
    `is_lost`: some of it was not found when it was last looked for, and may be gone by now.
    """

    pulls: int = 0
    runs: int = 0
    last_pull: int = 0
    last_run: int = 0
    moved_at: datetime | None = None
    is_lost: bool = False


def _stamp(model: type[PullRequestRow | RunRow]) -> Executable:
    found = columns(model)
    return (
        select(
            found.project_id,
            func.count(),
            func.max(found.id),
            func.max(found.recorded_at),
            func.max(found.changed_at),
            func.max(case((found.trouble == Why.NOT_FOUND.value, 1), else_=0)),
        )
        .where(found.project_id.in_(_OF), found.unlinked_at.is_(None))
        .group_by(found.project_id)
    )


_STAMPS = {"pull": _stamp(PullRequestRow), "run": _stamp(RunRow)}


def stamps(session: Session, projects: Sequence[int]) -> dict[int, Stamp]:
    """Those of the projects to which anything is linked."""
    found: dict[int, Stamp] = {}
    for what, statement in _STAMPS.items():
        rows = in_portions(session, statement, projects)
        for project, number, last, linked_at, changed_at, lost in rows:
            before = found.get(project, Stamp())
            moments = (before.moved_at, linked_at, changed_at)
            found[project] = replace(
                before,
                moved_at=max((one for one in moments if one is not None), default=None),
                is_lost=before.is_lost or bool(lost),
                **{f"{what}s": number, f"last_{what}": last},
            )
    return found


# --- only what burn-ups are made of ---------------------------------------------------------------

_RUN = columns(RunRow)
_IS_FINISHED = (_RUN.unlinked_at.is_(None), _RUN.state == RunState.FINISHED.value)
_FINISHED = (
    select(
        _RUN.project_id,
        _RUN.tracker,
        _RUN.run_id,
        _RUN.url,
        _RUN.name,
        _RUN.started,
        _RUN.metrics,
        _RUN.details,
        _RUN.author_id,
        _RUN.is_polled,
        _RUN.seen_at,
        _RUN.changed_at,
        _RUN.trouble,
    )
    .where(_RUN.project_id.in_(_OF), *_IS_FINISHED)
    .order_by(_RUN.id)
)


def finished(session: Session, projects: Sequence[int]) -> dict[int, list[tuple[Run, int | None]]]:
    """The finished runs of projects (ids), each with the person (id) whose it is, if that is known:
    what it is called, when it was and its metrics that are numbers, and no more of it. Deleted ones
    are left out.
    """
    found: dict[int, list[tuple[Run, int | None]]] = {}
    for row, run in _finished(session, projects):
        if not run.deleted:
            found.setdefault(row["project_id"], []).append((run, row["author_id"]))
    return found


def ended(session: Session, projects: Sequence[int]) -> dict[int, list[tuple[Sighting, bool]]]:
    """The same runs and the deleted ones, as they were last seen, and whether each is still looked
    at with every pass.
    """
    found: dict[int, list[tuple[Sighting, bool]]] = {}
    for row, run in _finished(session, projects):
        trouble = Trouble(Why(row["trouble"])) if row["trouble"] else None
        seen = Sighting(run.ref, run, row["seen_at"], row["changed_at"], trouble)
        found.setdefault(row["project_id"], []).append((seen, row["is_polled"]))
    return found


def at_rest(session: Session, workspace: int, before: datetime) -> list[int]:
    """The open projects (ids) that have finished runs which no pass looks at, and which were last
    seen before, or at, that moment.
    """
    asked = (
        select(_RUN.project_id)
        .distinct()
        .join(table_of(ProjectRow), _PROJECT.id == _RUN.project_id)
        .where(
            _PROJECT.workspace_id == workspace,
            _PROJECT.archived_at.is_(None),
            *_IS_FINISHED,
            _RUN.is_polled.is_(False),
            _RUN.seen_at <= before,
        )
        .order_by(_RUN.project_id)
    )
    return list(plainly(session).execute(asked).scalars())


def _finished(session: Session, projects: Sequence[int]) -> Iterator[tuple[RowMapping, Run]]:
    for row in plainly(session).execute(_FINISHED, {"projects": list(projects)}).mappings():
        seen = row["details"].get("seen", {})
        yield (
            row,
            Run(
                ref=Ref(row["tracker"], Kind.RUN, row["run_id"], row["url"]),
                name=row["name"],
                state=RunState.FINISHED,
                user=seen.get("user", ""),
                experiment="",
                started=_moment(seen.get("started")) or _noon(row["started"]),
                ended=_moment(seen.get("ended")),
                metrics={
                    name: float(value)
                    for name, value in row["metrics"].items()
                    if isinstance(value, int | float)
                },
                deleted=bool(seen.get("deleted")),
                is_archived=bool(seen.get("is_archived")),
            ),
        )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
