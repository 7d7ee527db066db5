"""Runs of MLflow that are larger than what is read of one answer, together or alone."""

from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from bot.sources import web
from bot.sources.base import Changes, Trouble, Why
from tests.sources.answering import Answer, Asked, answering
from tests.sources.cases import CASES, Runs
from tests.support.clock import T0

CASE = next(case for case in CASES if case.name == "mlflow")
SINCE = T0 - timedelta(days=3)


def changed(heavy: dict[int, int]) -> tuple[Changes, list[int]]:
    """What is told of twenty runs, an hour apart, some of which have a value of so many letters;
    and how many each question asked for.
    """
    runs = Runs({f"{n:032x}": SINCE + timedelta(hours=n) for n in range(1, 21)})

    def script(asked: Asked) -> Answer:
        body = asked.json() if asked.body else {}
        if "DESC" in str(body.get("order_by")):
            found = runs._found({**body, "max_results": 1000, "page_token": "0"})["runs"][::-1]
            begin = int(body.get("page_token", 0))
            end = begin + int(body["max_results"])
            more = {"next_page_token": str(end)} if end < len(found) else {}
            return Answer(200, {"runs": [*map(weighed, found[begin:end])], **more})
        answer = runs(asked)
        if asked.path.endswith("runs/search"):
            answer.body["runs"] = [*map(weighed, answer.body["runs"])]
        return answer

    def weighed(run: dict[str, Any]) -> dict[str, Any]:
        length = heavy.get(int(run["info"]["run_id"], 16), 0)
        run["data"]["params"].append({"key": "notes", "value": "x" * length})
        return run

    with answering(script) as server, closing(CASE.made(server.url)) as there:
        told = there.changed(CASE.stream(there, server.url), SINCE)
        searches = [one.json() for one in server.asked if one.path.endswith("runs/search")]
    return told, [one["max_results"] for one in searches if "start_time" in one["filter"]]


def numbers(told: Changes) -> list[int]:
    return sorted(int(ref.key, 16) for ref in told.seen)


def test_e6_runs_that_are_too_large_together_come_in_smaller_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web, "LARGEST", 20_000)
    told, asked = changed(dict.fromkeys(range(1, 21), 2_000))
    assert numbers(told) == list(range(1, 21))
    assert (told.until, told.trouble) == (SINCE + timedelta(hours=20), None)
    assert asked == [100, 50, 25, 12, 6, 6, 6, 6]


def test_e6_one_run_that_is_too_large_by_itself_is_stepped_over_and_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web, "LARGEST", 20_000)
    told, asked = changed({7: 30_000})
    assert numbers(told) == [n for n in range(1, 21) if n != 7]
    assert told.until == SINCE + timedelta(hours=20)
    assert told.trouble == Trouble(Why.GARBAGE, detail=web.TOO_LARGE)
    assert len(asked) < 40
