"""GitHub's GraphQL where it does not get to the end of a question."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.sources.base import Ref, Source, Trouble, Why
from tests.sources.answering import Answer, Answering, Asked, answering
from tests.sources.graphql_server import Hub, pull_request, schema_of
from tests.sources.support import TOKEN, github

REPO = {"nameWithOwner": "Acme/Churn", "isPrivate": True}
WRONG = {"message": "Something went wrong while executing your query."}

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


def ref(there: Source, server: Answering, number: int) -> Ref:
    found = there.recognises(f"{server.url}/acme/churn/pull/{number}")
    assert found
    return found


def test_g7_a_question_that_is_too_much_for_github_is_asked_in_halves(
    hub: Hub, server: Answering, there: Source
) -> None:
    """It gives up after ten seconds; one that it cannot tell costs nobody else their card."""
    for number in range(1, 51):
        hub.pulls["acme/churn", number] = pull_request(number)

    def script(asked: Asked) -> Answer:
        asks = asked.json()["variables"]
        heavy = any(name.startswith("n") and value == 17 for name, value in asks.items())
        return Answer(200, {"data": None, "errors": [WRONG]}) if heavy else hub(asked)

    server.script = script
    seen = there.fetch([ref(there, server, number) for number in range(1, 51)])
    told = {seen_ref.key for seen_ref, one in seen.items() if isinstance(one, Trouble)}
    assert told == {"acme/churn#17"}
    assert {asked.path for asked in server.asked} == {"/graphql"}
    assert len(server.asked) <= 13


def test_g7_where_github_breaks_off_again_and_again_it_is_left_alone_and_rest_too(
    server: Answering, there: Source
) -> None:
    server.script = lambda _: Answer(200, {"data": None, "errors": [WRONG]})
    seen = there.fetch([ref(there, server, number) for number in range(1, 301)])
    assert {one.why for one in seen.values() if isinstance(one, Trouble)} == {Why.AWAY}
    assert [asked.path for asked in server.asked] == ["/graphql"] * 9


def test_g7_what_breaks_off_in_the_middle_is_not_gone(server: Answering, there: Source) -> None:
    half = {"p0": {**REPO, "pullRequest": None}}
    server.script = lambda _: Answer(200, {"data": half, "errors": [WRONG]})
    wanted = ref(there, server, 7)
    assert there.fetch([wanted]) == {wanted: Trouble(Why.AWAY)}
