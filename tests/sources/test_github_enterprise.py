"""GitHub Enterprise Server: REST stands under /api/v3, GraphQL beside it under /api/graphql."""

from contextlib import closing
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import rsa

from bot.sources.base import PullRequest
from tests.sources.answering import Answer, Asked, answering
from tests.sources.graphql_server import Hub, pull_request, schema_of
from tests.sources.support import TOKEN, Clock, Memory, github, source
from tests.sources.test_github_app import Hub as AppHub
from tests.sources.test_github_app import key, pem
from tests.support.clock import T0

__all__ = ["key"]  # a fixture

REST = "/api/v3"


def test_g1_graphql_is_asked_beside_rest(github_schema: str) -> None:
    repo = {"nameWithOwner": "Acme/Churn", "isPrivate": True}
    hub = Hub(schema_of(github_schema), {"acme/churn": repo}, token=TOKEN)
    hub.pulls["acme/churn", 7] = pull_request(7)

    def script(asked: Asked) -> Answer:
        if asked.path != "/api/graphql":
            return Answer(404, {"message": "Not Found"})
        return hub(replace(asked, path="/graphql"))

    with answering(script) as server, closing(github(f"{server.url}{REST}")) as there:
        ref = there.recognises(f"{server.url}/Acme/Churn/pull/7")
        assert ref
        found = there.fetch([ref])[ref]
        assert isinstance(found, PullRequest), found
        assert (found.repo, found.number) == ("Acme/Churn", 7)
        assert [(one.method, one.path) for one in server.asked] == [("POST", "/api/graphql")]


def test_g1_the_app_gets_in_under_the_path_of_rest(key: rsa.RSAPrivateKey) -> None:
    clock = Clock(T0)
    hub = AppHub(clock)

    def script(asked: Asked) -> Answer:
        if not asked.path.startswith(f"{REST}/"):
            return Answer(404, {"message": "Not Found"})
        return hub(replace(asked, path=asked.path.removeprefix(REST)))

    with answering(script) as server:
        made = source(
            Memory(),
            clock,
            github_api_url=f"{server.url}{REST}",
            github_app_id="Iv1.77",
            github_app_private_key=pem(key),
        )
        with closing(made):
            ref = made.recognises(f"{server.url}/acme/churn/pull/7")
            assert ref
            found = made.fetch([ref])[ref]
            assert isinstance(found, PullRequest), found
            assert made.answers() == "as the app charter-acme"
        assert [one.path for one in server.asked][:3] == [
            f"{REST}/app/installations",
            f"{REST}/app/installations/7/access_tokens",
            "/api/graphql",
        ], "where GraphQL is not there, REST does"
        rest = [one.path for one in server.asked][3:]
        assert rest[0] == f"{REST}/repos/acme/churn/pulls/7"
        assert all(path.startswith(f"{REST}/") for path in rest)
