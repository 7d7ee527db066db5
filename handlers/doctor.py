"""What `app.py doctor` looks at: settings, database, Slack, the sources of evidence.

Writes nothing, shows no secret.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.errors import Unavailable
from bot.outcome import Finding
from bot.settings import BadSettings, RunMode, Settings
from bot.sources import NEEDS, sources
from bot.sources.base import Source, Trouble, Why
from handlers.manifest import OPTIONAL, scopes
from handlers.service import health
from handlers.service.installations import Standing, kept
from handlers.slack import Slack

REINSTALL = "Set the app's manifest to what `app.py manifest` prints, and install the app again."

KEYS = "Name the key that sealed its token among CHARTER_SECRET_KEYS, or have them install anew."
INSTALL_ANEW = "Let them install Charter again, at /slack/install."

MODES = {
    RunMode.PLAYGROUND: "no Slack tokens: `app.py` starts the playground",
    RunMode.SOCKET: "Socket Mode ({} and SLACK_APP_TOKEN are set)",
    RunMode.HTTP: "HTTP ({} and SLACK_SIGNING_SECRET are set)",
}


TROUBLES = {
    Why.UNAUTHORISED: "refuses the credentials",
    Why.FORBIDDEN: "lets Charter read nothing",
    Why.NOT_FOUND: "is not there",
    Why.AWAY: "does not answer",
    Why.GARBAGE: "answers what makes no sense",
}


def examined(settings: Settings, clock: Callable[[], datetime]) -> list[Finding]:
    mode = settings.mode()
    token = "SLACK_CLIENT_ID" if settings.slack_client_id else "SLACK_BOT_TOKEN"
    findings = [
        Finding(f"settings: {MODES[mode].format(token)}"),
        *health.of_database(settings.database_url, clock()),
    ]
    if settings.slack_client_id:
        findings.extend(_of_teams(settings, clock))
    elif mode is not RunMode.PLAYGROUND:
        findings.extend(_of_slack(settings))
    findings.extend(_of_sources(settings, clock))
    return findings


def _of_slack(settings: Settings) -> Iterator[Finding]:
    assert settings.slack_bot_token is not None
    slack = Slack.reach(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        team = slack.installation().team_name
        yield Finding(f"bot token: installed in {team}")
        yield _scopes(slack.granted())
        yield from _of_socket(settings, slack)
    except BadSettings as error:
        yield from _refused(error)
    except Unavailable:
        yield _silent(settings)
    finally:
        slack.close()


def _of_teams(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Finding]:
    """Every workspace that installed Charter, with the token that is kept of it."""
    slack = Slack.reach("", settings.slack_api_url)
    try:
        standing, locked = kept(settings, clock)
        if not standing and not locked:
            yield Finding("installations: none yet", mend="Open /slack/install in a browser.")
        for team in locked:
            yield Finding(f"installation {team}: no key opens it", is_well=False, mend=KEYS)
        for one in standing:
            yield _of_team(slack.beside(one.tokens.bot), one)
        yield from _of_socket(settings, slack)
    except BadSettings as error:
        yield from _refused(error)
    except Unavailable as error:
        if error.what == "Slack":
            yield _silent(settings)
    finally:
        slack.close()


def _of_team(slack: Slack, one: Standing) -> Finding:
    named = f"installation {one.team} ({one.team_name}, workspace {one.workspace})"
    try:
        slack.installation()
        told = _scopes(slack.granted())
    except BadSettings:
        what = f"{named}: Slack does not accept its token"
        return Finding(what, is_well=False, mend=INSTALL_ANEW)
    return Finding(f"{named}: {told.what}", is_well=told.is_well, mend=told.mend)


def _of_socket(settings: Settings, slack: Slack) -> Iterator[Finding]:
    if settings.slack_app_token:
        slack.opens_socket(settings.slack_app_token.get_secret_value())
        yield Finding("app token: Socket Mode opens")


def _refused(error: BadSettings) -> Iterator[Finding]:
    for wrong in error.wrong:
        yield Finding(f"{wrong.name}: Slack refuses it", is_well=False, mend=wrong.expected)


def _silent(settings: Settings) -> Finding:
    mend = f"Check the network, and that SLACK_API_URL ({settings.slack_api_url}) is right."
    return Finding("Slack does not answer", is_well=False, mend=mend)


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


def _of_sources(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Finding]:
    present = {source.name: source for source in sources(settings, None, clock)}
    for name, needs in NEEDS.items():
        if name not in present:
            yield Finding(f"{needs.title}: not set up ({needs.absent})")
            continue
        source = present[name]
        try:
            yield _of_source(source, source.answers())
        finally:
            source.close()


def _of_source(source: Source, told: str | Trouble) -> Finding:
    needs = source.needs
    where = f"{needs.title} at {source.address}"
    if isinstance(told, str):
        return Finding(f"{where}: {told}")
    if told.why is Why.RATE_LIMITED:
        until = f" until {told.until:%H:%M} UTC" if told.until else ""
        return Finding(f"{where}: answers, but has been asked enough{until}")
    mend = f"Check the network, and that {needs.address} is right."
    if told.why in (Why.UNAUTHORISED, Why.FORBIDDEN):
        mend = needs.mend
    return Finding(f"{where} {TROUBLES[told.why]}", is_well=False, mend=told.detail or mend)
