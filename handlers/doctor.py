"""What `app.py doctor` looks at: settings, database, Slack. Writes nothing, shows no secret."""

from collections.abc import Iterator

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import Unavailable
from bot.outcome import Finding
from bot.settings import RunMode, Settings
from handlers.manifest import scopes
from handlers.service import health
from handlers.slack import Slack

REINSTALL = "Set the app's manifest to what `app.py manifest` prints, and install the app again."

MODES = {
    RunMode.PLAYGROUND: "no Slack tokens: `app.py` starts the playground",
    RunMode.SOCKET: "Socket Mode (SLACK_BOT_TOKEN and SLACK_APP_TOKEN are set)",
    RunMode.HTTP: "HTTP (SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are set)",
}


def examined(settings: Settings) -> list[Finding]:
    mode = settings.mode()
    findings = [Finding(f"settings: {MODES[mode]}"), *health.of_database(settings.database_url)]
    if mode is not RunMode.PLAYGROUND:
        findings.extend(_of_slack(settings))
    return findings


def _of_slack(settings: Settings) -> Iterator[Finding]:
    assert settings.slack_bot_token is not None
    slack = Slack.reach(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        told = slack.client.auth_test()
        yield Finding(f"bot token: team {told['team']}, as {told['user']}")
        yield _scopes(str(told.headers.get("x-oauth-scopes") or ""))
        if settings.slack_app_token:
            token = settings.slack_app_token.get_secret_value()
            yield _app_token(slack.client, token)
    except SlackApiError as error:
        yield _refused("SLACK_BOT_TOKEN", error)
    except (Unavailable, OSError):
        mend = f"Check the network, and that SLACK_API_URL ({settings.slack_api_url}) is right."
        yield Finding("Slack does not answer", is_well=False, mend=mend)
    finally:
        slack.close()


def _scopes(granted: str) -> Finding:
    """Slack names the granted scopes in a header; without it there is nothing to compare."""
    if not granted:
        return Finding("scopes: Slack does not say which are granted")
    missing = sorted(set(scopes()) - {scope.strip() for scope in granted.split(",")})
    if missing:
        return Finding(f"scopes: {', '.join(missing)} missing", is_well=False, mend=REINSTALL)
    return Finding("scopes: all granted")


def _app_token(client: WebClient, token: str) -> Finding:
    try:
        client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        return _refused("SLACK_APP_TOKEN", error)
    return Finding("app token: Socket Mode opens")


def _refused(name: str, error: SlackApiError) -> Finding:
    why = error.response.get("error", "no reason given")
    mend = f"Copy {name} anew from the app's pages at api.slack.com, or install the app again."
    return Finding(f"{name}: Slack refuses it ({why})", is_well=False, mend=mend)
