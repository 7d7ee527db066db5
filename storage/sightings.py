"""What was seen of pull requests and runs, as rows keep it."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import TypeAdapter

from bot.document.fields import one_line
from bot.sources.base import Checks, Kind, PullRequest, Ref, Review, Run

_PULLS: Final = TypeAdapter(PullRequest)
_RUNS: Final = TypeAdapter(Run)
_UNTOLD: Final = (Checks.NONE, Checks.HIDDEN)
"""A document has no word for these."""


def pull_columns(pull: PullRequest) -> dict[str, Any]:
    """What a row of pull requests has columns for."""
    return {
        "title": one_line(pull.title, ""),
        "state": pull.state.value,
        "review_state": "" if pull.review is Review.NONE else pull.review.value,
        "ci_state": "" if pull.checks in _UNTOLD else pull.checks.value,
        "opened": pull.opened.date() if pull.opened else None,
    }


def run_columns(run: Run) -> dict[str, Any]:
    """Only what a workspace document may hold: numbers that are some, names of one line."""
    return {
        "name": one_line(run.name, ""),
        "state": run.state.value,
        "started": run.started.date() if run.started else None,
        "metrics": {
            name: value
            for name, value in run.metrics.items()
            if math.isfinite(value) and _is_line(name)
        },
        "params": {name: value for name, value in run.params.items() if _is_line(name)},
    }


def _is_line(name: str) -> bool:
    return bool(name) and one_line(name, "") == name


def details(seen: PullRequest | Run | None) -> dict[str, Any]:
    """What was seen, as JSON, which holds no NaN and no infinity: numbers are spelled out."""
    match seen:
        case PullRequest() as pull:
            return {"seen": _PULLS.dump_python(pull, mode="json", exclude={"ref"})}
        case Run() as run:
            whole = _RUNS.dump_python(run, mode="json", exclude={"ref", "metrics", "usage"})
            return {
                "seen": {**whole, "metrics": _spelled(run.metrics), "usage": _spelled(run.usage)}
            }
        case None:
            return {}


def _spelled(numbers: Mapping[str, float]) -> dict[str, str]:
    return {name: repr(value) for name, value in numbers.items()}


def seen(ref: Ref, row: Any) -> PullRequest | Run | None:
    """What a row says that was seen of `ref`; None where nothing was."""
    told = row["details"].get("seen")
    if not told:
        return None
    if ref.kind is Kind.PULL_REQUEST:
        return _PULLS.validate_python({**told, "ref": ref})
    run = _RUNS.validate_python({**told, "ref": ref, "metrics": {}, "usage": {}})
    return replace(run, metrics=_read(told["metrics"]), usage=_read(told.get("usage", {})))


def _read(spelled: Mapping[str, str]) -> dict[str, float]:
    return {name: _number(text) for name, text in spelled.items()}


def _number(text: str) -> float:
    """NaN is always the same object, so that two looks at a run are equal."""
    value = float(text)
    return math.nan if math.isnan(value) else value
