"""Pull requests by REST, asked of GitHub's emulator: a server that somebody else wrote."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sources.base import Checks, PullRequest, PullState, Review, Seen, Source, Trouble, Why
from tests.sources.answering import Answer, Asked, answering
from tests.sources.support import Clock, Memory, github, rest
from tests.sources.worlds import Repository

pytestmark = pytest.mark.usefixtures("as_described")


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC))


@pytest.fixture
def there(github_emulator: str, clock: Clock) -> Iterator[Source]:
    with closing(github(github_emulator, clock=clock, token="test_token_cy")) as made:
        yield made


def seen(repository: Repository, there: Source, number: int) -> PullRequest:
    found = repository.look(there, number)
    assert isinstance(found, PullRequest), found
    return found


def test_a_pull_request_is_told_whole(repository: Repository, there: Source) -> None:
    number = repository.opens()
    found = seen(repository, there, number)
    assert (found.repo, found.number) == (f"ana/{repository.name}", number)
    assert (found.title, found.author, found.base) == ("Count once", "ana", "main")
    assert found.branch.startswith("fix-")
    assert found.head == repository.head(number)
    assert (found.state, found.private, found.merged) == (PullState.OPEN, False, None)
    assert (found.review, found.requested, found.approvals) == (Review.NONE, (), 0)
    assert (found.checks, found.failing) == (Checks.NONE, ())
    assert found.opened is not None
    assert found.updated is not None


def test_g1_what_rules_go_by_is_told(repository: Repository, there: Source) -> None:
    number = repository.opens(body="charter:churn/data-pipeline")
    repository.does("POST", f"/issues/{number}/labels", {"labels": ["data"]})
    found = seen(repository, there, number)
    assert (found.labels, found.marks) == (("data",), ("churn/data-pipeline",))
    assert (found.is_bot, found.is_fork, found.paths) == (False, False, ())
    assert there.stream(f"ana/{repository.name}") == there.stream(
        f"{repository.url}/ana/{repository.name}"
    ), "as its people say it"


def _files(asked: Asked) -> Answer:
    if asked.path.endswith("/files"):
        return Answer(200, [{"filename": "etl/load.sql"}])
    if asked.path.endswith("/reviews"):
        return Answer(200, [])
    if asked.path.endswith("/pulls"):
        return Answer(200, [{"number": 7, "updated_at": "2026-11-23T08:30:00Z"}])
    if asked.path.endswith("/pulls/7"):
        return Answer(200, {"number": 7, "state": "open", "head": {"sha": "abc", "repo": None}})
    return Answer(404, {})


def test_g1_files_are_asked_for_where_a_rule_goes_by_them() -> None:
    since = datetime(2026, 11, 20, tzinfo=UTC)
    found = {}
    with answering(_files) as server, closing(rest(server.url)) as there:
        stream = there.stream(f"{server.url}/acme/churn")
        assert stream is not None
        for wanted in (False, True):
            [told] = there.changed(replace(stream, wants_paths=wanted), since).seen.values()
            assert isinstance(told, PullRequest), told
            found[wanted] = told.paths
    assert found == {False: (), True: ("etl/load.sql",)}


def test_reviews_are_asked_for_and_given(repository: Repository, there: Source) -> None:
    number = repository.opens()
    repository.does("POST", f"/pulls/{number}/requested_reviewers", {"reviewers": ["bea", "cy"]})
    waiting = seen(repository, there, number)
    assert waiting.requested == ("bea", "cy")
    assert waiting.review is Review.REVIEW_REQUIRED
    repository.reviews(number, "bea", "APPROVE")
    approved = seen(repository, there, number)
    assert (approved.review, approved.approvals) == (Review.APPROVED, 1)
    repository.reviews(number, "cy", "REQUEST_CHANGES")
    repository.reviews(number, "cy", "COMMENT")
    assert seen(repository, there, number).review is Review.CHANGES_REQUESTED
    repository.reviews(number, "cy", "APPROVE")
    at_last = seen(repository, there, number)
    assert (at_last.review, at_last.approvals) == (Review.APPROVED, 2)
    assert at_last.opined.keys() == {"bea", "cy"}
    assert all(approved.opened <= at for at in at_last.opined.values() if approved.opened)
    assert at_last.accounts.keys() == {"ana", "bea", "cy"}
    assert len({*at_last.accounts.values()}) == 3


def test_checks_come_and_fail(repository: Repository, there: Source) -> None:
    number = repository.opens()
    repository.checks(number, "unit", "completed", "success")
    assert seen(repository, there, number).checks is Checks.PASSING
    repository.checks(number, "train", "in_progress")
    assert seen(repository, there, number).checks is Checks.PENDING
    repository.checks(number, "lint", "completed", "failure")
    failed = seen(repository, there, number)
    assert (failed.checks, failed.failing) == (Checks.FAILING, ("lint",))


def test_draft_closed_and_merged(repository: Repository, there: Source) -> None:
    draft, closed, merged = repository.opens(draft=True), repository.opens(), repository.opens()
    repository.does("PATCH", f"/pulls/{closed}", {"state": "closed"})
    repository.does("PUT", f"/pulls/{merged}/merge", {})
    states = {number: seen(repository, there, number) for number in (draft, closed, merged)}
    assert states[draft].state is PullState.DRAFT
    assert states[closed].state is PullState.CLOSED
    assert states[merged].state is PullState.MERGED
    assert states[merged].merged is not None


def test_the_list_tells_what_has_changed(
    repository: Repository, there: Source, clock: Clock
) -> None:
    one, other = repository.opens(), repository.opens()
    known: dict[Any, Seen] = {}
    for number in (one, other):
        known[seen(repository, there, number).ref] = seen(repository, there, number)
    assert there.fetch(list(known), known) == known, "what has just moved may not be through"
    clock.now += timedelta(minutes=30)
    assert there.fetch(list(known), known) == {}
    repository.does("PATCH", f"/pulls/{other}", {"title": "Count them once"})
    [changed] = there.fetch(list(known), known)
    assert changed.key.endswith(f"#{other}")


def test_edge_60_a_renamed_repository_is_followed_by_its_old_name() -> None:
    pull = {
        "number": 7,
        "state": "open",
        "title": "Count once",
        "updated_at": "2026-11-23T08:30:00Z",
        "head": {"sha": "0a1b2c3d", "ref": "fix"},
        "base": {"ref": "main", "repo": {"full_name": "Acme/Churn-Model", "private": False}},
    }

    def script(asked: Asked) -> Answer:
        moved = asked.path.removeprefix("/repos/acme/churn")
        if moved != asked.path:
            return Answer(301, {}, {"Location": f"/repositories/1{moved}"})
        match asked.path.removeprefix("/repositories/1").strip("/").split("/"):
            case ["pulls"]:
                assert asked.query["state"] == ["all"], "what was asked for goes along"
                return Answer(200, [pull])
            case ["pulls", "7"]:
                return Answer(200, pull)
            case ["commits", _, "check-runs"]:
                return Answer(200, {"total_count": 0, "check_runs": []})
            case ["commits", _, "status"]:
                return Answer(200, {"statuses": []})
        return Answer(200, [])

    with answering(script) as server, closing(rest(server.url)) as there:
        stream = there.stream("acme/churn")
        assert stream
        told = there.changed(stream, datetime(2026, 11, 20, tzinfo=UTC))
    assert told.trouble is None
    [(ref, found)] = told.seen.items()
    assert ref.key == "acme/churn#7"
    assert isinstance(found, PullRequest)
    assert found.repo == "Acme/Churn-Model"


def test_what_is_not_there(repository: Repository, there: Source) -> None:
    assert repository.look(there, 99) == Trouble(Why.NOT_FOUND)
    with closing(rest(repository.url)) as unknown:
        found = repository.look(unknown, 99)
    assert isinstance(found, Trouble)
    assert "GITHUB_TOKEN" in found.detail


def test_a_public_one_is_seen_without_a_token(repository: Repository) -> None:
    number = repository.opens()
    with closing(rest(repository.url)) as unknown:
        assert seen(repository, unknown, number).title == "Count once"


def test_it_answers(there: Source) -> None:
    told = there.answers()
    assert isinstance(told, str)
    assert told.endswith("of 5,000 requests left this hour")


@pytest.mark.parametrize(
    ("scopes", "more"),
    [
        ("read:org, repo, workflow", ", with a token that may write (repo, workflow)"),
        ("admin:org", ", with a token that may write (admin:org)"),
        ("read:org, repo:status", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_classic_token_that_may_write_is_told(scopes: str | None, more: str) -> None:
    headers = {} if scopes is None else {"X-OAuth-Scopes": scopes}
    left = {"resources": {"core": {"limit": 5000, "remaining": 12}}}
    with (
        answering(lambda _: Answer(200, left, headers)) as server,
        closing(github(server.url)) as there,
    ):
        assert there.answers() == f"12 of 5,000 requests left this hour{more}"


def _pages(asked: Asked) -> Answer:
    """A pull request with 130 reviews, the last of which takes back the first."""
    if asked.path.endswith("/reviews"):
        states = ["CHANGES_REQUESTED", *["COMMENTED"] * 128, "APPROVED"]
        page = int(asked.query["page"][0])
        told = [{"user": {"login": "bea"}, "state": state} for state in states]
        return Answer(200, told[(page - 1) * 100 : page * 100], {"ETag": f'"{page}"'})
    if asked.path.endswith("/status"):
        statuses = [{"context": "ci/old", "state": "failure"}, {"context": "x", "state": "pending"}]
        return Answer(200, {"state": "failure", "statuses": statuses})
    if asked.path.endswith("/check-runs"):
        return Answer(403, {"message": "Resource not accessible by personal access token"})
    pull = {
        "number": 7,
        "state": "open",
        "head": {"sha": "abc", "ref": "fix"},
        "requested_teams": [{"slug": "ml"}],
        "base": {"repo": {"full_name": "acme/churn", "owner": {"login": "acme"}}},
    }
    return Answer(200, pull, {"ETag": '"pull"'})


def test_what_the_emulator_does_not_have() -> None:
    """More than a page of reviews, commit statuses, teams, checks that a token may not see."""
    etags = Memory()
    with answering(_pages) as server, closing(rest(server.url, etags)) as there:
        ref = there.recognises(f"{server.url}/acme/churn/pull/7")
        assert ref
        first = there.fetch([ref])[ref]
        again = there.fetch([ref])[ref]
    assert isinstance(first, PullRequest)
    assert (first.review, first.approvals) == (Review.APPROVED, 1)
    assert (first.checks, first.failing) == (Checks.FAILING, ("ci/old",))
    assert first.requested == ("acme/ml",)
    assert first.private, "who does not say so may be private"
    assert again == first
    assert len(etags.kept) == 3
