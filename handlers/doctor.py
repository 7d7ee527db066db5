"""What `app.py doctor` looks at: settings, database, Slack. Writes nothing, shows no secret."""

from collections.abc import Iterator

from bot.errors import Unavailable
from bot.outcome import Finding
from bot.settings import BadSettings, RunMode, Settings
from handlers.manifest import OPTIONAL, scopes
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
        team = slack.installation().team_name
        yield Finding(f"bot token: installed in {team}")
        yield _scopes(slack.granted())
        if settings.slack_app_token:
            slack.opens_socket(settings.slack_app_token.get_secret_value())
            yield Finding("app token: Socket Mode opens")
    except BadSettings as error:
        for wrong in error.wrong:
            yield Finding(f"{wrong.name}: Slack refuses it", is_well=False, mend=wrong.expected)
    except Unavailable:
        mend = f"Check the network, and that SLACK_API_URL ({settings.slack_api_url}) is right."
        yield Finding("Slack does not answer", is_well=False, mend=mend)
    finally:
        slack.close()


def _scopes(granted: str | None) -> Finding:
    """Slack names the granted scopes in a header; without it there is nothing to compare."""
    if granted is None:
        return Finding("scopes: Slack does not say which are granted")
    lacking = set(scopes()) - {scope.strip() for scope in granted.split(",")}
    if missing := sorted(lacking - OPTIONAL):
        return Finding(f"scopes: {', '.join(missing)} missing", is_well=False, mend=REINSTALL)
    if declined := sorted(lacking):
        return Finding(f"scopes: all needed ones granted; {', '.join(declined)} declined")
    return Finding("scopes: all granted")
