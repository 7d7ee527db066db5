"""GitHub as an app sees it: a proof, an installation, a token that is renewed in time."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.sources.base import PullRequest, Source, Trouble, Why
from bot.sources.github import Visits
from bot.sources.owning import Owned
from tests.sources.answering import Answer, Answering, Asked, answering
from tests.sources.described import ODD
from tests.sources.support import Clock, Memory, source
from tests.support.clock import T0

TOKEN = "ghs_12345_" + "eyJhbGciOi." * 46
"""About as long as those that GitHub gives: 520 characters, and none of Charter's business."""

pytestmark = pytest.mark.usefixtures("as_described")


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey) -> str:
    form = serialization.PrivateFormat.TraditionalOpenSSL
    bare = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, bare).decode()


PLAIN = {
    "number": 7,
    "state": "open",
    "title": "Count once",
    "head": {"sha": "0a1b2c3d", "ref": "fix"},
    "base": {"ref": "main", "repo": {"full_name": "Acme/Churn", "private": True}},
}


class Hub:
    """A GitHub with two accounts that have installed the app, one that has it suspended."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.given: list[str] = []
        self.acme = 7
        self.proofs: list[str] = []
        self.granted = {"metadata", "contents", "pull_requests", "issues", "checks", "statuses"}
        self.granted |= {"members"}

    def __call__(self, asked: Asked) -> Answer:
        said = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if asked.path.startswith("/app"):
            self.proofs.append(said)
            return self._of_app(asked)
        if said not in self.given[-2:]:
            return Answer(401, {"message": "Bad credentials"})
        if "/pulls/" in asked.path and asked.path.count("/") == 5:
            return Answer(200, PLAIN)
        if "/commits/" in asked.path:
            return Answer(200, {"check_runs": []} if "check-runs" in asked.path else {})
        return Answer(404 if asked.path == "/graphql" else 200, [])

    def _of_app(self, asked: Asked) -> Answer:
        if asked.path == "/app":
            return Answer(200, {"slug": "charter-acme"})
        if asked.path == "/app/installations":
            listed = [
                {"id": self.acme, "account": {"login": "Acme"}, "suspended_at": None},
                {"id": 8, "account": {"login": "other"}, "suspended_at": None},
                {"id": 9, "account": {"login": "gone"}, "suspended_at": "2026-01-01T00:00:00Z"},
            ]
            return Answer(200, listed)
        installation = asked.path.split("/")[3]
        if installation not in (str(self.acme), "8"):
            return Answer(404, {"message": "Not Found"})
        if not self.granted >= asked.json().get("permissions", {}).keys():
            said = "The permissions requested are not granted to this installation."
            return Answer(422, {"message": said})
        token = f"{TOKEN}{installation}.{len(self.given)}"
        self.given.append(token)
        until = self.clock.now + timedelta(hours=1)
        return Answer(201, {"token": token, "expires_at": f"{until:%Y-%m-%dT%H:%M:%SZ}"})


@pytest.fixture
def clock() -> Clock:
    return Clock(T0)


@pytest.fixture
def hub(clock: Clock) -> Iterator[Answering]:
    with answering(Hub(clock)) as server:
        yield server


@pytest.fixture
def there(hub: Answering, key: rsa.RSAPrivateKey, clock: Clock) -> Iterator[Source]:
    made = source(
        Memory(),
        clock,
        github_api_url=hub.url,
        github_app_id="Iv1.77",
        github_app_private_key=pem(key),
    )
    with closing(made):
        yield made


def look(there: Source, hub: Answering, *repos: str) -> list[Any]:
    refs = [there.recognises(f"{hub.url}/{repo}/pull/7") for repo in repos]
    assert all(refs)
    seen = there.fetch([ref for ref in refs if ref])
    return [seen[ref] for ref in refs if ref]


def asked_tokens(hub: Answering) -> list[str]:
    return [one.path for one in hub.asked if one.path.endswith("/access_tokens")]


def test_the_proof_is_what_github_asks_for(
    there: Source, hub: Answering, key: rsa.RSAPrivateKey
) -> None:
    assert there.answers() == "as the app charter-acme"
    said = hub.asked[0].headers["authorization"].removeprefix("Bearer ")
    head = json.loads(urlsafe_b64decode(said.partition(".")[0] + "=="))
    assert head["alg"] == "RS256"
    told = jwt.decode(
        said, key.public_key(), ["RS256"], options={"verify_exp": False, "verify_iat": False}
    )
    assert told["iss"] == "Iv1.77"
    assert told["iat"] == int(T0.timestamp()) - 60
    assert told["exp"] - T0.timestamp() <= 600


def test_each_account_is_asked_with_a_token_of_its_own_which_lasts(
    there: Source, hub: Answering, clock: Clock
) -> None:
    for _ in range(2):
        seen = look(there, hub, "acme/churn", "other/size")
        assert all(isinstance(one, PullRequest) for one in seen)
    assert asked_tokens(hub) == [
        "/app/installations/7/access_tokens",
        "/app/installations/8/access_tokens",
    ]
    used = {
        one.path.split("/")[2]: one.headers["authorization"]
        for one in hub.asked
        if one.path.startswith("/repos/")
    }
    assert used["acme"].endswith("7.0")
    assert used["other"].endswith("8.1")
    clock.now += timedelta(minutes=56)
    assert isinstance(look(there, hub, "acme/churn")[0], PullRequest)
    assert len(asked_tokens(hub)) == 3


_READS = ("metadata", "contents", "pull_requests", "issues", "checks", "statuses")


@pytest.mark.parametrize(
    ("lacks", "given"),
    [
        (set(), {"permissions": dict.fromkeys((*_READS, "members"), "read")}),
        ({"members"}, {"permissions": dict.fromkeys(_READS, "read")}),
        ({"checks"}, {}),
    ],
)
def test_a_token_is_asked_for_to_read_and_for_no_more_than_the_app_was_given(
    there: Source, hub: Answering, lacks: set[str], given: dict[str, Any]
) -> None:
    script = hub.script
    assert isinstance(script, Hub)
    script.granted -= lacks
    [seen] = look(there, hub, "acme/churn")
    assert isinstance(seen, PullRequest)
    bodies = [one.json() for one in hub.asked if one.path.endswith("/access_tokens")]
    assert bodies[-1] == given
    assert len(script.given) == 1


def test_where_the_app_is_not_installed_it_says_so_and_the_rest_is_seen(
    there: Source, hub: Answering
) -> None:
    for owner in ("gone", "stranger"):
        trouble, seen = look(there, hub, f"{owner}/x", "acme/churn")
        detail = f"The GitHub App is not installed at {owner}."
        assert trouble == Trouble(Why.FORBIDDEN, detail=detail)
        assert isinstance(seen, PullRequest)


def test_an_app_that_is_installed_anew_is_let_in_again_and_nothing_is_gone_meanwhile(
    there: Source, hub: Answering, clock: Clock
) -> None:
    script = hub.script
    assert isinstance(script, Hub)
    look(there, hub, "acme/churn")
    script.acme, script.given = 17, []
    detail = "The GitHub App is not installed there any more."
    assert look(there, hub, "acme/churn") == [Trouble(Why.FORBIDDEN, detail=detail)]
    clock.now += timedelta(minutes=1)
    [seen] = look(there, hub, "acme/churn")
    assert isinstance(seen, PullRequest)
    script.acme = 18
    clock.now += timedelta(minutes=11)
    look(there, hub, "acme/churn")
    assert asked_tokens(hub)[-1] == "/app/installations/18/access_tokens"


def test_a_pass_over_several_accounts_ends_when_one_over_a_single_one_would(
    there: Source,
) -> None:
    visits = Visits(there._doors)  # type: ignore[attr-defined]  # the ways in of each account
    first, second = visits.to("acme"), visits.to("other")
    assert first is not second
    assert first.deadline == second.deadline
    assert visits.to("acme") is first


def test_a_token_that_was_taken_back_is_asked_for_anew(there: Source, hub: Answering) -> None:
    script = hub.script
    assert isinstance(script, Hub)
    look(there, hub, "acme/churn")
    script.given = ["another", "and another"]
    [seen] = look(there, hub, "acme/churn")
    assert isinstance(seen, PullRequest)
    assert len(asked_tokens(hub)) == 2


def test_what_was_kept_under_one_token_holds_under_the_next_and_for_nobody_else(
    there: Source, hub: Answering, clock: Clock
) -> None:
    """Kept answers go by the installation: its token is another every hour."""
    scopes = set()
    for minutes in (0, 56):
        clock.now += timedelta(minutes=minutes)
        for owner in ("acme", "other"):
            look(there, hub, f"{owner}/churn")
            scopes.add(there._doors.to(owner).credentials.scope)  # type: ignore[attr-defined]  # what the key of a kept answer is made of
    assert scopes == {"installation/7", "installation/8"}


def test_neither_key_nor_token_shows_anywhere(
    there: Source, hub: Answering, key: rsa.RSAPrivateKey
) -> None:
    look(there, hub, "acme/churn")
    doors = there._doors  # type: ignore[attr-defined]  # what holds them
    shown = repr(there) + repr(vars(there)) + repr(vars(doors)) + repr(doors.to("acme"))
    assert TOKEN[:20] not in shown
    assert pem(key).splitlines()[1] not in shown


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(401, {"message": "A JSON web token could not be decoded"}), Why.UNAUTHORISED),
        (Answer(404, {"message": "Integration not found"}), Why.NOT_FOUND),
        (Answer(200, {"token": 7}, {ODD: "yes"}), Why.GARBAGE),
        (Answer(502, "broken"), Why.AWAY),
        (Answer(429, {}, {"retry-after": "900"}), Why.RATE_LIMITED),
    ],
)
def test_g7_what_goes_wrong_at_the_door_is_a_trouble(
    key: rsa.RSAPrivateKey, clock: Clock, answer: Answer, why: Why
) -> None:
    with answering(lambda _: answer) as server:
        made = source(
            None,
            clock,
            github_api_url=server.url,
            github_app_id="7",
            github_app_private_key=pem(key),
        )
        with closing(made):
            [seen] = look(made, server, "acme/churn")
            assert isinstance(seen, Trouble)
            assert seen.why is why
            told = made.answers()
            assert isinstance(told, Trouble)


def test_a_key_that_is_none_says_which_setting_to_mend(clock: Clock) -> None:
    with answering(lambda _: Answer(200, {})) as server:
        wrong = "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----"
        made = source(
            None, clock, github_api_url=server.url, github_app_id="7", github_app_private_key=wrong
        )
        with closing(made):
            told = made.answers()
    assert isinstance(told, Trouble)
    assert told.detail == "GITHUB_APP_PRIVATE_KEY is no RSA key that can be read."


def test_codeowners_where_the_app_is_not_installed_says_so(there: Source) -> None:
    assert isinstance(there, Owned)
    stream = there.stream("stranger/x")
    assert stream
    detail = "The GitHub App is not installed at stranger."
    assert there.ownership(stream) == Trouble(Why.FORBIDDEN, detail=detail)
