"""What Charter asks GitHub by REST, and what tests answer for it, is as GitHub describes it."""

from base64 import b64encode
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.sources.base import Page, PullRequest, PullState, Repairs, Source
from bot.sources.owning import Owned, Ownership
from tests.sources.answering import Answer, Asked, answering
from tests.sources.described import ODD, Described, Watch, description
from tests.sources.support import Clock, Memory, rest, source
from tests.sources.test_github_app import key, pem
from tests.support.tree import ROOT

__all__ = ["key"]  # a fixture

pytestmark = pytest.mark.usefixtures("as_described")

LONG_AGO = datetime(2008, 1, 1, tzinfo=UTC)
PULL, LIST = "/repos/acme/churn/pulls/7", "/repos/acme/churn/pulls"
ASKED = {
    "GET /app",
    "GET /app/hook/deliveries",
    "GET /app/installations",
    "GET /orgs/{org}/teams/{team_slug}/members",
    "GET /rate_limit",
    "GET /repos/{owner}/{repo}",
    "GET /repos/{owner}/{repo}/codeowners/errors",
    "GET /repos/{owner}/{repo}/collaborators",
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    "GET /repos/{owner}/{repo}/commits/{ref}/status",
    "GET /repos/{owner}/{repo}/contents/{path}",
    "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
    "GET /repos/{owner}/{repo}/issues",
    "GET /repos/{owner}/{repo}/issues/{issue_number}",
    "GET /repos/{owner}/{repo}/pulls",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    "GET /repos/{owner}/{repo}/releases/tags/{tag}",
    "POST /app/hook/deliveries/{delivery_id}/attempts",
    "POST /app/installations/{installation_id}/access_tokens",
}
"""All that Charter asks by REST."""


OWNERS = b"* @octocat/justice-league\n"


class Examples:
    """A GitHub that answers every question with the whole answer of its own documentation, which
    does not fit its description everywhere; a list of the newest is full.
    """

    def __init__(self, described: Described) -> None:
        self._described = described

    def __call__(self, asked: Asked) -> Answer:
        if asked.path.endswith("/graphql"):
            return Answer(404, {"message": "Not Found"})
        if asked.path.endswith("/attempts"):
            return Answer(202, {})
        status = 201 if asked.method == "POST" else 200
        told = self._described.example(asked.method, asked.path, status)
        if asked.path.endswith("/pulls"):
            told = [told[0] | {"number": number} for number in range(100)]
        if asked.path.endswith("/issues"):
            told = [told[0] | {"number": 1347}]
        if "/contents/" in asked.path:
            told |= {"size": 2_000_000}
        if "/blobs/" in asked.path:
            told |= {"content": b64encode(OWNERS).decode()}
        if asked.path.endswith("/deliveries"):
            told = [told[0] | {"status_code": 502}]
        return Answer(status, told, {ODD: "here and there"})


def look(there: Source, url: str) -> Any:
    found = there.recognises(url)
    assert found
    return there.fetch([found])[found]


def test_g1_the_answers_of_githubs_documentation_are_understood_whole(
    as_described: Watch, key: rsa.RSAPrivateKey
) -> None:
    with answering(Examples(description())) as server:
        app = source(
            Memory(),
            Clock(),
            github_api_url=server.url,
            github_app_id="7",
            github_app_private_key=pem(key),
        )
        with closing(app), closing(rest(server.url)) as everybody:
            _told(app, f"{server.url}/octocat/Hello-World")
            assert everybody.answers() == "4,999 of 5,000 requests left this hour"
            assert app.answers() == "as the app octoapp"
            assert isinstance(app, Repairs)
            assert app.repaired(LONG_AGO) == 1
    assert as_described.asked == ASKED


def _told(there: Source, repo: str) -> None:
    pull = look(there, f"{repo}/pull/1347")
    assert isinstance(pull, PullRequest), pull
    assert (pull.repo, pull.number, pull.state) == ("octocat/Hello-World", 1347, PullState.MERGED)
    assert (pull.title, pull.author, pull.labels) == ("Amazing new feature", "octocat", ("bug",))
    assert pull.requested == ("other_user", "octocat/justice-league")
    assert (pull.opinions, pull.approvals) == ({"octocat": "approved"}, 1)
    assert pull.failing == ()
    assert (pull.base, pull.branch) == ("master", "new-topic")
    assert (pull.private, pull.is_bot, pull.is_fork) == (False, False, False)
    assert pull.merged == datetime(2011, 1, 26, 19, 1, 12, tzinfo=UTC)
    for link, title in (("issues/1347", "Found a bug"), ("releases/tag/v1.0.0", "v1.0.0")):
        page = look(there, f"{repo}/{link}")
        assert isinstance(page, Page), page
        assert (page.title, page.owner, page.private) == (title, "octocat", False)
    stream = there.stream(repo)
    assert stream
    moved = there.changed(replace(stream, wants_paths=True), LONG_AGO)
    assert moved.trouble is None
    [(ref, again)] = moved.seen.items()
    assert isinstance(again, PullRequest), again
    assert (ref.key, again.paths) == ("octocat/hello-world#1347", ("file1.txt",))
    assert isinstance(there, Owned)
    owned = there.ownership(stream)
    assert isinstance(owned, Ownership), owned
    assert (owned.branch, owned.text) == ("master", OWNERS.decode())
    assert owned.writers == frozenset({"@octocat"})
    assert owned.teams == {"@octocat/justice-league": frozenset({"@octocat"})}
    assert [one.kind for one in owned.faults] == ["Invalid pattern", "Invalid owner"]


@pytest.mark.parametrize(
    ("method", "path", "query", "fault"),
    [
        ("GET", PULL, {}, ""),
        ("GET", LIST, {"state": ["all"], "per_page": ["100"]}, ""),
        ("GET", "/repos/acme/churn/pull/7", {}, "is nothing that GitHub can be asked"),
        ("POST", PULL, {}, "is nothing that GitHub can be asked"),
        ("GET", "/repos/acme/churn/pulls/seven", {}, "is not of type 'integer'"),
        ("GET", LIST, {"per": ["100"]}, "per is nothing that can be said there"),
        ("GET", LIST, {"sort": ["age"]}, "is not one of"),
        ("GET", LIST, {"per_page": ["all"]}, "is not of type 'integer'"),
        ("GET", "/search/issues", {}, "q is missing"),
    ],
)
def test_a_question_that_github_does_not_know_is_caught(
    method: str, path: str, query: dict[str, list[str]], fault: str
) -> None:
    told = "\n".join(description().asked(method, path, query))
    assert (fault in told) if fault else told == ""


@pytest.mark.parametrize(
    ("path", "status", "told", "fault"),
    [
        (PULL, 200, {"number": 7, "head": {"repo": None}, "merged_at": None}, ""),
        (PULL, 404, {"message": "Not Found"}, ""),
        (PULL, 502, "nonsense", ""),
        (PULL, 200, {"number": "7"}, ".number: '7' is not of type 'integer'"),
        (PULL, 200, {"number": None}, ".number: None is not of type 'integer'"),
        (PULL, 200, {"state": "merged"}, "is not one of ['open', 'closed']"),
        (PULL, 200, {"created_at": "yesterday"}, "is not a 'date-time'"),
        (PULL, 200, {"updatedAt": "2026-11-20T09:00:00Z"}, "'updatedAt' is nothing that GitHub"),
        (PULL, 200, [], ": [] is not of type 'object'"),
        (PULL, 202, {}, "202 is no answer to that"),
        (PULL, 404, {"message": 404}, ".message: 404 is not of type 'string'"),
        (LIST, 200, [{"user": {"login": 7}}], "[0].user.login: 7 is not of type 'string'"),
        (LIST, 200, [{"user": None}], ""),
        ("/app/installations", 200, [{"account": {"login": 7}}], "is not valid under any"),
    ],
)
def test_an_answer_that_github_does_not_give_is_caught(
    path: str, status: int, told: Any, fault: str
) -> None:
    found = "\n".join(description().answered("GET", path, status, told))
    assert (fault in found) if fault else found == ""


def test_a_whole_answer_leaves_nothing_out() -> None:
    told = description().example("GET", PULL)
    del told["requested_teams"]
    assert description().answered("GET", PULL, 200, told, whole=True) == []
    missing = {name: value for name, value in told.items() if name != "merged_by"}
    assert description().answered("GET", PULL, 200, missing) == []
    [fault] = description().answered("GET", PULL, 200, missing, whole=True)
    assert fault.endswith("'merged_by' is a required property")


@pytest.mark.parametrize(("headers", "caught"), [({}, True), ({ODD: "yes"}, False)])
def test_a_stand_in_that_slips_is_caught_where_it_is_asked(
    as_described: Watch, headers: dict[str, str], caught: bool
) -> None:
    with (
        answering(lambda _: Answer(200, {"number": "7"}, headers)) as server,
        closing(rest(server.url)) as there,
    ):
        look(there, f"{server.url}/acme/churn/pull/7")
    faults, as_described.faults = as_described.faults, []
    where = "GET /repos/{owner}/{repo}/pulls/{pull_number}: 200"
    assert faults == ([f"{where}: .number: '7' is not of type 'integer'"] if caught else [])


def test_every_test_that_asks_github_is_watched() -> None:
    """But those of hooks, which ask nobody, and those of an Enterprise server, whose paths have a
    prefix.
    """
    unwatched = {
        file.name
        for file in (ROOT / "tests" / "sources").glob("test_github_*.py")
        if 'usefixtures("as_described")' not in file.read_text(encoding="utf-8")
    }
    assert unwatched == {"test_github_enterprise.py", "test_github_hooks.py"}
