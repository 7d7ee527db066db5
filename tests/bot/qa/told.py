"""What a workspace document tells beside who holds what, as the values that questions read."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from bot.evidence import Sighting
from bot.project import Metric, Scope
from bot.qa.evidence import Aims, Known, Past, Pull, Said, Tried
from bot.sources.base import Checks, Kind, PullRequest, PullState, Ref, Review, Run, RunState
from bot.standups import State
from bot.upkeep import Link

Document = Mapping[str, Any]
Ids = Mapping[str, int]


def day(written: str | None) -> date | None:
    return date.fromisoformat(written[:10]) if written else None


def scope_of(row: Document, ids: Ids) -> Scope:
    """The scope of one project of a document."""
    said = row.get("scope") or {}
    fields = {
        name: str(value)
        for name, value in said.items()
        if isinstance(value, str) and name not in ("in_scope", "out_of_scope")
    }
    return Scope(
        fields=fields,
        in_scope=tuple(said.get("in_scope", ())),
        out_of_scope=tuple(said.get("out_of_scope", ())),
        metrics=tuple(
            Metric(
                one["name"],
                tuple(one.get("aliases", ())),
                one["direction"] == "higher",
                one.get("unit", ""),
                one.get("baseline"),
                one.get("target"),
                one.get("current"),
                day(one.get("updated")),
            )
            for one in said.get("success_metrics", ())
        ),
        stakeholders=tuple(ids[key] for key in said.get("stakeholders", ())),
        links=tuple(Link(one["title"], one["url"]) for one in said.get("links", ())),
    )


def known(document: Document, ids: Ids, projects: Ids) -> Known:
    """Everything that is evidence in a document."""
    return Known(
        standups=tuple(
            Said(
                person=ids[row["person"]],
                project=projects.get(row.get("project") or ""),
                item=row.get("stage"),
                day=date.fromisoformat(row["date"]),
                state=State(row["state"]),
                yesterday=row.get("yesterday") or "",
                today=row.get("today") or "",
                blocker=row.get("blocker") or "",
                note=row.get("note") or "",
            )
            for row in document.get("standups", ())
        ),
        pull_requests=tuple(pull(row, ids, projects) for row in document.get("pull_requests", ())),
        tried=tuple(_tried(row, ids, projects) for row in document.get("runs", ())),
        history=tuple(
            sorted(
                (_past(row, ids, projects) for row in document.get("history", ())),
                key=lambda one: one.day,
                reverse=True,
            )
        ),
        aimed=Aims(
            primary={
                projects[row["key"]]: row["primary_run_metric"]
                for row in document["projects"]
                if row.get("primary_run_metric")
            },
            less_is_better=frozenset(
                name
                for name, way in (document["meta"].get("run_metric_direction") or {}).items()
                if way == "min"
            ),
        ),
    )


def _noon(written: str | None) -> datetime | None:
    begun = day(written)
    return datetime.combine(begun, time(12), UTC) if begun else None


def pull(row: Document, ids: Ids, projects: Ids) -> Pull:
    ref = Ref("github", Kind.PULL_REQUEST, f"{row['repo']}#{row['number']}", "")
    seen = PullRequest(
        ref=ref,
        repo=row["repo"],
        number=row["number"],
        title=row["title"],
        author="",
        state=PullState(row["state"]),
        review=Review(row.get("review_state") or "none"),
        requested=(),
        approvals=0,
        checks=Checks(row.get("ci_state") or "none"),
        failing=(),
        head="",
        base="",
        branch="",
        private=False,
        opened=_noon(row.get("opened")),
        updated=None,
    )
    author = ids.get(row.get("author") or "")
    return Pull(projects[row["project"]], row.get("stage"), author, seen, Sighting(ref, seen))


def _tried(row: Document, ids: Ids, projects: Ids) -> Tried:
    ref = Ref(row["tracker"], Kind.RUN, row["id"], "")
    seen = Run(
        ref=ref,
        name=row.get("name", ""),
        state=RunState(row["state"]),
        user="",
        experiment="",
        started=_noon(row.get("started")),
        ended=None,
        metrics={name: float(value) for name, value in row.get("metrics", {}).items()},
    )
    author = ids.get(row.get("author") or "")
    where = projects[row["project"]]
    params = row.get("params", {})
    return Tried(
        where, row.get("stage"), author, seen, Sighting(ref, seen), day(row.get("started")), params
    )


def _past(row: Document, ids: Ids, projects: Ids) -> Past:
    return Past(
        project=projects.get(row.get("project") or ""),
        item=row.get("stage"),
        day=date.fromisoformat(row["date"]),
        kind=row["kind"],
        summary=row["summary"],
        before=row.get("from") or "",
        after=row.get("to") or "",
        by=ids.get(row.get("by") or ""),
        approved_by=ids.get(row.get("approved_by") or ""),
    )
