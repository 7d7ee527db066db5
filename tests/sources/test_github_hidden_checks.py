"""Checks that the token may not see are not told as none, and not as green ones."""

from contextlib import closing
from typing import Any

import pytest
from graphql import GraphQLResolveInfo

from bot.sources.base import Checks, PullRequest
from tests.sources.answering import Answer, Asked, answering
from tests.sources.described import ODD
from tests.sources.graphql_server import Hub, Refusal, Value, pull_request, schema_of
from tests.sources.support import TOKEN, github, rest

pytestmark = pytest.mark.usefixtures("as_described")

REFUSED = Answer(403, {"message": "Resource not accessible by personal access token"})
UNKNOWN = Answer(404, {"message": "Not Found"})
GONE = Answer(422, {"message": "No commit found for SHA: abc"}, {ODD: "yes"})
PULL = {
    "number": 7,
    "state": "open",
    "head": {"sha": "abc", "ref": "fix"},
    "base": {"repo": {"full_name": "acme/churn", "owner": {"login": "acme"}}},
}


def runs(status: str, conclusion: str | None) -> Answer:
    return Answer(
        200, {"check_runs": [{"name": "unit", "status": status, "conclusion": conclusion}]}
    )


def statuses(state: str) -> Answer:
    return Answer(200, {"state": state, "statuses": [{"context": "ci/old", "state": state}]})


NO_RUNS, NO_STATUSES = Answer(200, {"check_runs": []}), Answer(200, {"statuses": []})


@pytest.mark.parametrize(
    ("runs", "status", "checks"),
    [
        (REFUSED, statuses("success"), Checks.HIDDEN),
        (REFUSED, statuses("pending"), Checks.HIDDEN),
        (REFUSED, statuses("failure"), Checks.FAILING),
        (REFUSED, NO_STATUSES, Checks.HIDDEN),
        (UNKNOWN, NO_STATUSES, Checks.HIDDEN),
        (runs("completed", "success"), REFUSED, Checks.HIDDEN),
        (UNKNOWN, UNKNOWN, Checks.HIDDEN),
        (runs("completed", "success"), UNKNOWN, Checks.PASSING),
        (GONE, GONE, Checks.NONE),
        (NO_RUNS, NO_STATUSES, Checks.NONE),
    ],
)
def test_by_rest(runs: Answer, status: Answer, checks: Checks) -> None:
    def script(asked: Asked) -> Answer:
        if asked.path.endswith("/check-runs"):
            return runs
        if asked.path.endswith("/status"):
            return status
        return Answer(200, [] if asked.path.endswith("/reviews") else PULL)

    with answering(script) as server, closing(rest(server.url)) as there:
        ref = there.recognises(f"{server.url}/acme/churn/pull/7")
        assert ref
        found = there.fetch([ref])[ref]
    assert isinstance(found, PullRequest)
    assert found.checks is checks
    assert "" not in found.failing


def test_by_graphql_one_that_is_refused_and_one_that_has_none(github_schema: str) -> None:
    def refused(_: GraphQLResolveInfo[None]) -> Any:
        raise Refusal("FORBIDDEN", "Resource not accessible by personal access token")

    hub = Hub(
        schema_of(github_schema),
        {"acme/churn": {"nameWithOwner": "acme/churn", "isPrivate": True}},
        token=TOKEN,
    )
    hidden: Value = {"nodes": [{"commit": {"statusCheckRollup": refused}}]}
    hub.pulls["acme/churn", 7] = pull_request(7, commits=hidden)
    hub.pulls["acme/churn", 8] = pull_request(8)
    with answering(hub) as server, closing(github(server.url)) as there:
        refs = [there.recognises(f"{server.url}/acme/churn/pull/{number}") for number in (7, 8)]
        seen = there.fetch([ref for ref in refs if ref])
    told = [one.checks for one in seen.values() if isinstance(one, PullRequest)]
    assert told == [Checks.HIDDEN, Checks.NONE]
