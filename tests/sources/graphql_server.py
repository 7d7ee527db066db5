"""GitHub's GraphQL as far as it can be had without GitHub: its schema, executed over values.

A question that the schema does not allow, or a value that it does not know, is an error here as it
is there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    graphql_sync,
    parse,
    validate,
)

from bot.sources.base import PullRequest
from tests.sources.answering import Answer, Asked

Value = dict[str, Any]
_LIST = re.compile(r"/repos/(?P<repo>[^/]+/[^/]+)/pulls")


@cache
def schema_of(sdl: str) -> GraphQLSchema:
    return build_schema(sdl, assume_valid=True)


class Refusal(Exception):
    """An error that GitHub tells with a type, such as NOT_FOUND."""

    def __init__(self, type: str, message: str = "refused") -> None:
        super().__init__(message)
        self.type = type


@dataclass
class Hub:
    """Repositories and pull requests by name; a `Refusal` in the place of one is told as such."""

    schema: GraphQLSchema
    repositories: dict[str, Value | Refusal] = field(default_factory=dict)
    pulls: dict[tuple[str, int], Value | Refusal] = field(default_factory=dict)
    token: str = ""
    questions: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answer:
        """The script of a server that has GraphQL, and of REST the lists of repositories."""
        if self.token and asked.headers.get("authorization") != f"Bearer {self.token}":
            return Answer(401, {"message": "Bad credentials"})
        if asked.path == "/rate_limit":
            return Answer(200, {"resources": {"core": {"limit": 5000, "remaining": 4987}}})
        if asked.method == "GET" and (found := _LIST.fullmatch(asked.path)):
            return Answer(200, self._listed(found["repo"]))
        if asked.path != "/graphql" or asked.method != "POST":
            return Answer(404, {"message": "Not Found"})
        body = asked.json()
        return Answer(200, self.executed(body["query"], body["variables"]))

    def _listed(self, repo: str) -> list[Value]:
        """The list of REST, the last touched first."""
        mine = [pull for (place, _), pull in self.pulls.items() if place == repo]
        listed = [
            {"number": pull["number"], "updated_at": pull["updatedAt"]}
            for pull in mine
            if not isinstance(pull, Refusal)
        ]
        return sorted(listed, key=lambda pull: str(pull["updated_at"]), reverse=True)

    def executed(self, question: str, variables: Value) -> Value:
        self.questions.append(question)
        faults = validate(self.schema, parse(question))
        if faults:
            return {"errors": [{"message": fault.message} for fault in faults]}
        root = {"repository": self._repository}
        done = graphql_sync(self.schema, question, root, variable_values=variables)
        answer: Value = {"data": done.data}
        if done.errors:
            answer["errors"] = [_told(error) for error in done.errors]
        return answer

    def _repository(
        self, _: GraphQLResolveInfo[None], owner: str, name: str, **more: bool
    ) -> Value:
        found = self.repositories.get(f"{owner}/{name}")
        if found is None:
            raise Refusal("NOT_FOUND", f"Could not resolve to a Repository {owner}/{name}.")
        if isinstance(found, Refusal):
            raise found

        def pull(_: GraphQLResolveInfo[None], number: int) -> Value:
            there = self.pulls.get((f"{owner}/{name}", number))
            if there is None:
                raise Refusal("NOT_FOUND", f"Could not resolve to a PullRequest {number}.")
            if isinstance(there, Refusal):
                raise there
            return there

        return {**found, "pullRequest": pull}


def _told(error: GraphQLError) -> Value:
    told: Value = {"message": error.message, "path": error.path}
    if isinstance(error.original_error, Refusal):
        told["type"] = error.original_error.type
    return told


def listed(number: int, found: PullRequest, **other: object) -> dict[str, object]:
    """A pull request in a list of REST, as it was seen."""
    assert found.updated
    return {
        "number": number,
        "state": "open",
        "updated_at": found.updated.isoformat(),
        "head": {"sha": found.head},
        **other,
    }


def listing(asked: Asked, pulls: Sequence[object]) -> Answer:
    return Answer(200, pulls) if asked.path.endswith("/pulls") else Answer(404, {})


def login(name: str, kind: str = "User") -> Value:
    return {"__typename": kind, "login": name, "databaseId": number_of(name)}


def number_of(name: str) -> int:
    """The number by which this GitHub knows somebody."""
    return sum(map(ord, name))


def pull_request(number: int, **other: Any) -> Value:
    """A pull request as GitHub has it, with these of its fields otherwise."""
    return {
        "number": number,
        "title": "Do not count churned users twice",
        "state": "OPEN",
        "isDraft": False,
        "createdAt": "2026-11-20T09:00:00Z",
        "updatedAt": "2026-11-23T08:30:00Z",
        "mergedAt": None,
        "closedAt": None,
        "body": "",
        "isCrossRepository": False,
        "mergeable": "UNKNOWN",
        "mergedBy": None,
        "mergeCommit": None,
        "labels": {"nodes": []},
        "files": {"nodes": []},
        "author": login("ana"),
        "baseRefName": "main",
        "headRefName": "fix-count",
        "headRefOid": "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
        "reviewDecision": None,
        "reviewRequests": {"nodes": []},
        "timelineItems": {"nodes": []},
        "latestOpinionatedReviews": {"nodes": []},
        "commits": {"nodes": [{"commit": {"statusCheckRollup": None}}]},
        **other,
    }


def requests(*reviewers: Value) -> Value:
    return {"nodes": [{"requestedReviewer": reviewer} for reviewer in reviewers]}


def asked(at: str, reviewer: Value, by: str | None = "ana") -> Value:
    """A line of a pull request's story: somebody is asked for a review."""
    return {
        "__typename": "ReviewRequestedEvent",
        "createdAt": at,
        "actor": login(by) if by else None,
        "requestedReviewer": reviewer,
    }


SUBMITTED = "2026-11-20T10:00:00Z"


def reviews(**opinions: str) -> Value:
    return {
        "nodes": [
            {"state": state, "submittedAt": SUBMITTED, "author": login(name)}
            for name, state in opinions.items()
        ]
    }


def rollup(state: str, *contexts: Value) -> Value:
    checks = {"state": state, "contexts": {"nodes": list(contexts)}}
    return {"nodes": [{"commit": {"statusCheckRollup": checks}}]}


def check(name: str, status: str, conclusion: str | None = None) -> Value:
    return {
        "__typename": "CheckRun",
        "name": name,
        "status": status,
        "conclusion": conclusion,
    }


def status(context: str, state: str) -> Value:
    return {"__typename": "StatusContext", "context": context, "state": state}
