"""Pull requests by GraphQL, asked of GitHub's own schema."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from graphql import parse, validate

from bot.sources.base import (
    Checks,
    PullRequest,
    PullState,
    Ref,
    Review,
    Seen,
    Source,
    Trouble,
    Why,
)
from bot.sources.github.graphql import AT_ONCE, question
from tests.sources.answering import Answer, Answering, Asked, answering
from tests.sources.graphql_server import (
    Hub,
    Refusal,
    asked,
    check,
    listed,
    listing,
    login,
    number_of,
    pull_request,
    requests,
    reviews,
    rollup,
    schema_of,
    status,
)
from tests.sources.support import TOKEN, Clock, github, rest
from tests.support.clock import T0

LIST = "/repos/acme/churn/pulls"
TEAM = {"__typename": "Team", "combinedSlug": "acme/ml"}
REPO = {"nameWithOwner": "Acme/Churn", "isPrivate": True}

pytestmark = pytest.mark.usefixtures("as_described")


@pytest.fixture
def hub(github_schema: str) -> Hub:
    return Hub(schema_of(github_schema), {"acme/churn": REPO}, token=TOKEN)


@pytest.fixture
def server(hub: Hub) -> Iterator[Answering]:
    with answering(hub) as running:
        yield running


@pytest.fixture
def there(server: Answering) -> Iterator[Source]:
    with closing(github(server.url)) as made:
        yield made


def ref(there: Source, server: Answering, number: int = 7, repo: str = "acme/churn") -> Ref:
    found = there.recognises(f"{server.url}/{repo}/pull/{number}")
    assert found
    return found


def look(there: Source, server: Answering, number: int = 7) -> Seen:
    wanted = ref(there, server, number)
    return there.fetch([wanted])[wanted]


def pull(there: Source, server: Answering) -> PullRequest:
    found = look(there, server)
    assert isinstance(found, PullRequest)
    return found


@pytest.mark.parametrize("count", [1, 2, AT_ONCE])
def test_the_question_is_one_that_github_understands(github_schema: str, count: int) -> None:
    assert validate(schema_of(github_schema), parse(question(count))) == []


def test_a_pull_request_is_told_whole(hub: Hub, server: Answering, there: Source) -> None:
    hub.pulls["acme/churn", 7] = pull_request(
        7,
        reviewDecision="CHANGES_REQUESTED",
        reviewRequests=requests(
            login("cy"),
            TEAM,
            login("dependabot", "Bot"),
        ),
        timelineItems={
            "nodes": [
                asked("2026-11-20T17:00:00Z", login("cy")),
                asked("2026-11-20T17:00:00Z", login("bea")),
                asked("2026-11-21T08:00:00Z", TEAM, None),
                asked("2026-11-23T08:00:00Z", login("cy"), "dan"),
            ]
        },
        latestOpinionatedReviews=reviews(bea="CHANGES_REQUESTED", dan="APPROVED"),
        commits=rollup(
            "FAILURE",
            check("unit", "COMPLETED", "SUCCESS"),
            check("lint", "COMPLETED", "FAILURE"),
            check("slow", "IN_PROGRESS"),
            status("ci/train", "ERROR"),
        ),
    )
    wanted = ref(there, server)
    assert there.fetch([wanted]) == {
        wanted: PullRequest(
            ref=wanted,
            repo="Acme/Churn",
            number=7,
            title="Do not count churned users twice",
            author="ana",
            state=PullState.OPEN,
            review=Review.CHANGES_REQUESTED,
            requested=("cy", "acme/ml", "dependabot"),
            approvals=1,
            checks=Checks.FAILING,
            failing=("ci/train", "lint"),
            head="0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
            base="main",
            branch="fix-count",
            private=True,
            opened=datetime(2026, 11, 20, 9, tzinfo=UTC),
            updated=datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
            asked={
                "cy": datetime(2026, 11, 23, 8, tzinfo=UTC),
                "acme/ml": datetime(2026, 11, 21, 8, tzinfo=UTC),
            },
            asked_by={"cy": "dan"},
            opinions={"bea": "changes_requested", "dan": "approved"},
            accounts={who: number_of(who) for who in ("ana", "bea", "cy", "dan")},
        )
    }
    assert len(server.asked) == 1


def test_g1_what_rules_go_by_is_told_and_the_text_is_not_kept(
    hub: Hub, server: Answering, there: Source
) -> None:
    hub.pulls["acme/churn", 7] = pull_request(
        7,
        author=login("renovate", "Bot"),
        body="Counts once.\n\nCharter:Churn/Data-Pipeline",
        state="MERGED",
        mergedAt="2026-11-23T09:00:00Z",
        closedAt="2026-11-23T09:00:00Z",
        mergedBy=login("bea"),
        mergeCommit={"oid": "f" * 40},
        isCrossRepository=True,
        mergeable="CONFLICTING",
        labels={"nodes": [{"name": "data"}, {"name": "needs review"}]},
        files={"nodes": [{"path": "etl/load.sql"}]},
    )
    found = pull(there, server)
    assert (found.labels, found.paths) == (("data", "needs review"), ("etl/load.sql",))
    assert (found.marks, found.commits) == (("churn/data-pipeline",), ("f" * 40,))
    assert (found.is_bot, found.is_fork, found.mergeable) == (True, True, False)
    assert (found.merged_by, found.closed) == ("bea", datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert "Counts once" not in str(found)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"isDraft": True}, PullState.DRAFT),
        ({"state": "CLOSED"}, PullState.CLOSED),
        ({"state": "CLOSED", "isDraft": True}, PullState.CLOSED),
        ({"state": "MERGED", "mergedAt": "2026-11-23T09:00:00Z"}, PullState.MERGED),
    ],
)
def test_states(
    hub: Hub, server: Answering, there: Source, fields: dict[str, object], state: PullState
) -> None:
    hub.pulls["acme/churn", 7] = pull_request(7, **fields)
    found = pull(there, server)
    assert found.state is state
    assert (found.merged is not None) is (state is PullState.MERGED)


def test_g7_everybody_who_is_asked_for_a_review_is_told_of(
    hub: Hub, server: Answering, there: Source
) -> None:
    everybody = [f"reviewer-{number}" for number in range(100)]

    def asked_first(_info: object, first: int) -> object:
        return requests(*map(login, everybody[:first]))

    hub.pulls["acme/churn", 7] = pull_request(7, reviewRequests=asked_first)
    assert pull(there, server).requested == tuple(everybody)


@pytest.mark.parametrize(
    ("fields", "review"),
    [
        ({}, Review.NONE),
        ({"reviewRequests": requests(login("cy"))}, Review.REVIEW_REQUIRED),
        ({"latestOpinionatedReviews": reviews(bea="APPROVED")}, Review.APPROVED),
        ({"latestOpinionatedReviews": reviews(bea="DISMISSED")}, Review.NONE),
        (
            {"latestOpinionatedReviews": reviews(bea="APPROVED", cy="CHANGES_REQUESTED")},
            Review.CHANGES_REQUESTED,
        ),
        (
            {
                "reviewDecision": "REVIEW_REQUIRED",
                "latestOpinionatedReviews": reviews(bea="APPROVED"),
            },
            Review.REVIEW_REQUIRED,
        ),
    ],
)
def test_reviews(
    hub: Hub, server: Answering, there: Source, fields: dict[str, object], review: Review
) -> None:
    hub.pulls["acme/churn", 7] = pull_request(7, **fields)
    told = pull(there, server)
    assert told.review is review
    assert told.opined == dict.fromkeys(told.opinions, datetime(2026, 11, 20, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("state", "checks"),
    [
        ("SUCCESS", Checks.PASSING),
        ("FAILURE", Checks.FAILING),
        ("ERROR", Checks.FAILING),
        ("PENDING", Checks.PENDING),
        ("EXPECTED", Checks.PENDING),
    ],
)
def test_checks(hub: Hub, server: Answering, there: Source, state: str, checks: Checks) -> None:
    hub.pulls["acme/churn", 7] = pull_request(7, commits=rollup(state))
    assert pull(there, server).checks is checks


def test_without_checks_and_author_there_is_still_a_card(
    hub: Hub, server: Answering, there: Source
) -> None:
    hub.pulls["acme/churn", 7] = pull_request(7, author=None, title="\x00\x07 ok")
    found = pull(there, server)
    assert (found.checks, found.failing) == (Checks.NONE, ())
    assert (found.author, found.title) == ("ghost", " ok")


def test_some_are_there_and_others_not(hub: Hub, server: Answering, there: Source) -> None:
    hub.pulls["acme/churn", 7] = pull_request(7)
    hub.repositories["acme/closed"] = Refusal("FORBIDDEN", "Resource protected by SAML")
    hub.repositories["acme/odd"] = Refusal("SOMETHING_NEW")
    hub.pulls["acme/churn", 9] = Refusal("FORBIDDEN")
    wanted = {
        "there": ref(there, server),
        "no such number": ref(there, server, 8),
        "forbidden": ref(there, server, 9),
        "no such repository": ref(there, server, 1, "acme/gone"),
        "signed on": ref(there, server, 1, "acme/closed"),
        "odd": ref(there, server, 1, "acme/odd"),
    }
    seen = there.fetch(list(wanted.values()))
    told = {
        name: found.why if isinstance(found := seen[wanted[name]], Trouble) else found.ref.key
        for name in wanted
    }
    assert told == {
        "there": "acme/churn#7",
        "no such number": Why.NOT_FOUND,
        "forbidden": Why.FORBIDDEN,
        "no such repository": Why.NOT_FOUND,
        "signed on": Why.FORBIDDEN,
        "odd": Why.AWAY,
    }
    closed = seen[wanted["signed on"]]
    assert isinstance(closed, Trouble)
    assert "single sign-on" in closed.detail
    assert len(server.asked) == 1


def test_fifty_at_once(hub: Hub, server: Answering, there: Source) -> None:
    for number in range(1, 121):
        hub.pulls["acme/churn", number] = pull_request(number)
    seen = there.fetch([ref(there, server, number) for number in range(1, 121)])
    assert {found.number for found in seen.values() if isinstance(found, PullRequest)} == set(
        range(1, 121)
    )
    assert len(server.asked) == 3


def test_what_a_schema_has_not_heard_of_yet_is_tolerated(server: Answering, there: Source) -> None:
    """A later GitHub may say words that today's schema refuses to send."""
    told = pull_request(
        7,
        state="PAUSED",
        reviewDecision="UNSURE",
        latestOpinionatedReviews=reviews(bea="SHRUGGED"),
        commits=rollup("UNHEARD_OF", check("unit", "COMPLETED", "FLAKY")),
    )
    server.script = lambda _: Answer(200, {"data": {"p0": {**REPO, "pullRequest": told}}})
    found = pull(there, server)
    assert (found.state, found.review) == (PullState.OPEN, Review.NONE)
    assert (found.checks, found.failing) == (Checks.PENDING, ())


def test_the_limit_of_graphql_comes_as_a_good_answer(server: Answering, there: Source) -> None:
    reset = T0 + timedelta(minutes=20)
    server.script = lambda _: Answer(
        200,
        {"data": None, "errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]},
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(reset.timestamp()))},
    )
    for _ in range(2):
        assert look(there, server) == Trouble(Why.RATE_LIMITED, reset)
    assert len(server.asked) == 1


REST_PULL = {
    "number": 7,
    "title": "By REST",
    "state": "open",
    "head": {"sha": "abc", "ref": "fix"},
    "base": {"ref": "main", "repo": {"full_name": "acme/churn", "private": False}},
}


def test_where_the_server_does_not_understand_the_question_rest_answers(
    server: Answering,
) -> None:
    """An old Enterprise server lacks a field, others answer 404; an hour later they are asked."""
    clock = Clock()
    fault = {"message": "Field 'x' doesn't exist", "path": ["fragment Pull", "x"]}

    def script(asked: Asked) -> Answer:
        if asked.path == "/graphql":
            return Answer(200, {"errors": [fault]})
        return Answer(200, REST_PULL) if asked.path.endswith("/pulls/7") else Answer(404, {})

    server.script = script
    with closing(github(server.url, clock=clock)) as there:
        for minutes, asked in ((0, 1), (59, 1), (60, 2)):
            clock.now = T0 + timedelta(minutes=minutes)
            seen = look(there, server)
            if isinstance(seen, PullRequest):
                assert seen.title == "By REST"
            assert [each.path for each in server.asked].count("/graphql") == asked


def test_what_has_changed_is_found_by_one_list(hub: Hub, server: Answering, there: Source) -> None:
    for number in (*range(1, 8), 10):
        hub.pulls["acme/churn", number] = pull_request(number)
    hub.pulls["acme/churn", 7] = pull_request(7, commits=rollup("PENDING"))
    refs = {number: ref(there, server, number) for number in range(1, 11)}
    known: dict[Ref, Seen] = dict(there.fetch(list(refs.values())))
    same = known[refs[1]]
    assert isinstance(same, PullRequest)
    pulls = [
        listed(1, same),
        listed(2, same, updated_at="2026-11-23T08:31:00Z"),
        listed(3, same, head={"sha": "another"}),
        listed(4, same, state="closed", merged_at="2026-11-23T08:31:00Z"),
        listed(5, same, draft=True),
        listed(6, same, base={"repo": {"private": False}}),
        *({"number": number} for number in range(1000, 1094)),
        # 7 waits for its checks, 8 and 9 were not seen, 10 is older than this
    ]
    server.script = lambda asked: listing(asked, pulls)
    with closing(rest(server.url)) as cheap:
        server.asked.clear()
        moved = {refs[number] for number in (2, 3, 4, 5, 6, 7, 8, 9)}
        assert set(cheap.fetch(list(refs.values()), known)) == moved
        assert [asked.path for asked in server.asked].count(LIST) == 1
        assert len(server.asked) == 1 + len(moved)
        server.asked.clear()
        assert cheap.fetch([refs[1], refs[10]], known) == {}
        assert [asked.path for asked in server.asked] == [LIST]
        server.script = lambda asked: listing(asked, pulls[:99])
        assert set(cheap.fetch([refs[1], refs[10]], known)) == {refs[10]}, "it should be there"
        server.script = lambda _: Answer(404, {})
        assert set(cheap.fetch(list(refs.values()), known)) == set(refs.values())


def test_graphql_looks_at_all_for_as_little(hub: Hub, server: Answering, there: Source) -> None:
    hub.pulls["acme/churn", 7] = pull_request(7)
    seen = there.fetch([ref(there, server)])
    server.asked.clear()
    assert there.fetch(list(seen), seen) == seen
    assert [asked.path for asked in server.asked] == ["/graphql"]


def test_a_run_is_no_pull_request(hub: Hub, server: Answering, there: Source) -> None:
    strange = replace(ref(there, server), url="https://evil.tld/acme/churn/pull/7")
    assert set(there.fetch([strange], {strange: Trouble(Why.AWAY)})) == {strange}
    assert server.asked == []
