"""Several workspaces of one app: how they install it, and whose token opens what."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.manifest import manifest
from handlers.playground.double import App, Double
from handlers.playground.double.teams import Teams
from tests.handlers.playground.conftest import Clock


@pytest.fixture
def teams(clock: Clock) -> Iterator[Teams]:
    made = Teams(clock, App.from_manifest(manifest()), rotates=True)
    made.add("T0ACME", "Acme")
    made.add("T0BOLT", "Bolt")
    with made.serve():
        yield made


@pytest.fixture
def acme(teams: Teams) -> Double:
    return teams.doubles["T0ACME"]


def code(teams: Teams, double: Double, **more: str) -> str:
    asked = {"client_id": teams.client_id, "scope": "chat:write,users:read", "state": "s"}
    back = teams.approve(double, f"https://slack.example/?{urlencode(asked | more)}")
    assert parse_qs(urlsplit(back).query)["state"] == ["s"]
    return parse_qs(urlsplit(back).query)["code"][0]


def access(teams: Teams, secret: str = "", **asked: str) -> dict[str, object]:
    told = WebClient(base_url=teams.api_url).oauth_v2_access(
        client_id=teams.client_id, client_secret=secret or teams.client_secret, **asked
    )
    assert isinstance(told.data, dict)
    return told.data


def refused(teams: Teams, secret: str = "", **asked: str) -> str:
    with pytest.raises(SlackApiError) as caught:
        access(teams, secret, **asked)
    return str(caught.value.response["error"])


def said_by_slack(teams: Teams, token: object) -> str:
    try:
        return str(WebClient(str(token), base_url=teams.api_url).auth_test()["team_id"])
    except SlackApiError as error:
        return str(error.response["error"])


def test_a_code_gives_tokens_once_and_for_ten_minutes(
    teams: Teams, acme: Double, clock: Clock
) -> None:
    word = code(teams, acme)
    assert refused(teams, "another-secret", code=word) == "bad_client_secret"
    told = access(teams, code=word)
    assert (told["scope"], told["expires_in"]) == ("chat:write,users:read", 43200)
    assert said_by_slack(teams, told["access_token"]) == "T0ACME"
    assert refused(teams, code=word) == "code_already_used"
    late = code(teams, acme)
    clock.passes(minutes=11)
    assert refused(teams, code=late) == "invalid_code"
    assert refused(teams, code="nonsense") == "invalid_code"


def test_an_app_asks_for_no_scope_that_its_manifest_does_not_name(
    teams: Teams, acme: Double
) -> None:
    with pytest.raises(LookupError, match="invalid_scope: admin"):
        code(teams, acme, scope="chat:write,admin")
    with pytest.raises(LookupError, match="invalid_client_id"):
        code(teams, acme, client_id="nobody")


def test_a_token_ends_and_is_renewed_once(teams: Teams, acme: Double, clock: Clock) -> None:
    first = access(teams, code=code(teams, acme))
    refresh = str(first["refresh_token"])
    clock.passes(hours=11)
    second = access(teams, grant_type="refresh_token", refresh_token=refresh)
    assert said_by_slack(teams, first["access_token"]) == "T0ACME", "while it lasts"
    spent = refused(teams, grant_type="refresh_token", refresh_token=refresh)
    assert spent == "invalid_refresh_token"
    clock.passes(hours=2)
    assert said_by_slack(teams, first["access_token"]) == "token_expired"
    assert said_by_slack(teams, second["access_token"]) == "T0ACME"


def test_what_is_taken_back_opens_nothing(teams: Teams, acme: Double) -> None:
    one = access(teams, code=code(teams, acme))
    other = access(teams, code=code(teams, teams.doubles["T0BOLT"]))
    teams.take_away(acme)
    assert said_by_slack(teams, one["access_token"]) == "account_inactive"
    assert said_by_slack(teams, other["access_token"]) == "T0BOLT"
    assert WebClient(str(other["access_token"]), base_url=teams.api_url).auth_revoke()["revoked"]
    assert said_by_slack(teams, other["access_token"]) == "token_revoked"
    assert said_by_slack(teams, "xoxb-made-up") == "invalid_auth"
