"""What was last seen of the pull requests and runs of many projects, in two statements.

What a server told stands whole in `details`; what a document told, and no server since, in the
columns alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import BindParameter, RowMapping, bindparam, select
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
from storage.database import plainly
from storage.tables import PullRequestRow, RunRow, columns, table_of

_PULLS: Final = TypeAdapter(PullRequest)
_RUNS: Final = TypeAdapter(Run)
_OF: BindParameter[Any] = bindparam("projects", expanding=True)
_STATEMENTS = {
    kind: select(table_of(model))
    .where(columns(model).project_id.in_(_OF))
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


def _linked(kind: Kind, rows: Any) -> Iterator[Linked]:
    for row in rows:
        if row.get("unlinked_at") is not None:
            continue
        trouble = Trouble(Why(row["trouble"]), row["trouble_until"]) if row["trouble"] else None
        seen = _seen(_ref(kind, row), row)
        sighting = Sighting(_ref(kind, row), seen, row["seen_at"], row["changed_at"], trouble)
        yield Linked(row["id"], row["project_id"], sighting, row["recorded_at"])


def _ref(kind: Kind, row: RowMapping) -> Ref:
    """The row's own; that of a pull request which a document told names no source."""
    if kind is Kind.RUN:
        return Ref(row["tracker"], kind, row["run_id"], row["url"])
    key = f"{row['repo']}#{row['number']}".lower()
    return Ref(str(row["details"].get("source", "")), kind, key, row["url"])


def _seen(ref: Ref, row: RowMapping) -> PullRequest | Run | None:
    """As its server told it, else as a document did; None for what was linked and never seen."""
    told = row["details"].get("seen")
    is_pull = ref.kind is Kind.PULL_REQUEST
    if told and is_pull:
        return _PULLS.validate_python({**told, "ref": ref})
    if told:
        run = _RUNS.validate_python({**told, "ref": ref, "metrics": {}})
        return replace(run, metrics={name: float(text) for name, text in told["metrics"].items()})
    if row["url"]:
        return None
    return _pull(ref, row) if is_pull else _run(ref, row)


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
