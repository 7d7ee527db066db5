"""What `app.py doctor` looks at: settings, database, Slack, the sources of evidence.

Writes nothing, shows no secret.
"""

import platform
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError

from bot.errors import Unavailable
from bot.outcome import Finding
from bot.settings import BadSettings, RunMode, Settings
from bot.sources import NEEDS, sources
from bot.sources.base import Source, Trouble, Why
from bot.version import VERSION
from handlers.manifest import OPTIONAL, scopes
from handlers.service import health
from handlers.service.installations import Standing, kept
from handlers.slack import Slack
from handlers.slack.told import BAD_TOKENS
from handlers.views.specimens import specimens

REINSTALL = "Set the app's manifest to what `app.py manifest` prints, and install the app again."

KEYS = "Name the key that sealed its token among CHARTER_SECRET_KEYS, or have them install anew."
SET_CLOCK = "Let the machine set its clock by NTP: Slack's signatures are good for five minutes."
MOST_SKEW = timedelta(seconds=30)
REPORT = "Update Charter; if it stays, report this line: Slack shows such a message without it."
INSTALL_ANEW = "Let them install Charter again, at /slack/install."

RENEWS = "Start Charter: it renews the token. If it does not, let them install Charter again."
ASK_AGAIN = (
    "Ask again in some minutes; if it stays, look the word up among the errors of auth.test."
)

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
        Finding(f"Charter {VERSION}, Python {platform.python_version()}"),
        Finding(f"settings: {MODES[mode].format(token)}"),
        *health.of_database(settings.database_url, clock(), settings.charter_database_connections),
    ]
    if settings.slack_client_id:
        findings.extend(_of_teams(settings, clock))
    elif mode is not RunMode.PLAYGROUND:
        findings.extend(_of_slack(settings, clock))
    findings.extend(_of_sources(settings, clock))
    return findings


def _of_slack(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Finding]:
    assert settings.slack_bot_token is not None
    slack = Slack.reach(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        team = slack.installation().team_name
        yield Finding(f"bot token: installed in {team}")
        granted = slack.granted()
        yield _scopes(granted.scopes)
        yield from _of_clock(granted.at, clock())
        yield from _of_blocks(slack)
        yield from _of_socket(settings, slack)
    except BadSettings as error:
        yield from _refused(error)
    except SlackApiError as error:
        yield _refusal(error)
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
        # What is alike in all workspaces is asked with the first token that Slack takes.
        times: list[Finding] = []
        taken: Slack | None = None
        for one in standing:
            there = slack.beside(one.tokens.bot)
            try:
                granted = there.granted()
            except (SlackApiError, Unavailable) as error:
                yield _unwell(one, error)
                continue
            told = _scopes(granted.scopes)
            yield Finding(f"{_named(one)}: {told.what}", is_well=told.is_well, mend=told.mend)
            times = times or [*_of_clock(granted.at, clock())]
            taken = taken or there
        yield from times
        if taken:
            yield from _of_blocks(taken)
        yield from _of_socket(settings, slack)
    except BadSettings as error:
        yield from _refused(error)
    except SlackApiError as error:
        yield _refusal(error)
    except Unavailable as error:
        if error.what == "Slack":
            yield _silent(settings)
    finally:
        slack.close()


def _named(one: Standing) -> str:
    return f"installation {one.team} ({one.team_name}, workspace {one.workspace})"


def _unwell(one: Standing, error: SlackApiError | Unavailable) -> Finding:
    """Why Slack told nothing of one workspace, and what to do there."""
    if isinstance(error, Unavailable):
        return Finding(f"{_named(one)}: Slack does not answer", is_well=False, mend=ASK_AGAIN)
    why = error.response["error"]
    if why == "token_expired" and one.tokens.refresh:
        return Finding(f"{_named(one)}: its token has ended", is_well=False, mend=RENEWS)
    if why in BAD_TOKENS:
        what = f"{_named(one)}: Slack does not accept its token"
        return Finding(what, is_well=False, mend=INSTALL_ANEW)
    return Finding(f"{_named(one)}: Slack refuses ({why})", is_well=False, mend=ASK_AGAIN)


def _refusal(error: SlackApiError) -> Finding:
    what = f"Slack refuses ({error.response['error']})"
    return Finding(what, is_well=False, mend=ASK_AGAIN)


def _of_clock(theirs: datetime | None, ours: datetime) -> Iterator[Finding]:
    """Slack's signatures are good for five minutes: clocks that differ by more let nothing in."""
    if theirs is None:
        return
    ahead = (ours - theirs).total_seconds()
    differs = f"{abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} Slack's"
    if abs(ahead) <= MOST_SKEW.total_seconds():
        yield Finding("clock: agrees with Slack's")
    else:
        yield Finding(f"clock: this machine's is {differs}", is_well=False, mend=SET_CLOCK)


def _of_blocks(slack: Slack) -> Iterator[Finding]:
    """What Slack's own check says of some of what Charter shows."""
    seen = 0
    for name, what in specimens().items():
        told = slack.objections(what)
        if told is None:
            yield Finding("blocks: Slack does not say whether it takes Charter's (blocks.validate)")
            return
        for objection in told:
            yield Finding(f"blocks of {name}: {objection}", is_well=False, mend=REPORT)
        seen += not told
    if seen:
        yield Finding(f"blocks: Slack takes {seen} of {len(specimens())} that were shown to it")


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
