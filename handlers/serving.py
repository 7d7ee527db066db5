"""Charter at work in Slack: everything put together, and taken apart in the end."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from threading import Thread
from typing import Any, TypeVar

from slack_bolt import App

from bot.settings import Settings
from bot.sources.budget import Budgets
from handlers import (
    installing,
    interpreter,
    meters,
    service,
    socket,
    talking,
    tenants,
    web,
    webhooks,
)
from handlers.leaving import Leaving
from handlers.pulse import Pulse
from handlers.runner import Runner
from handlers.service import Charter
from handlers.service.press import Press
from handlers.slack import Slack
from handlers.tenants.many import Many
from handlers.tenants.renewal import AppKeys, Renewal

T = TypeVar("T")

DONE = 0
Clock = Callable[[], datetime]


def serve(settings: Settings, database: Any, clock: Clock, *, over_http: bool) -> int:
    """Serve one workspace, or all that installed Charter, until asked to stop; gives the exit code.

    Must run in the main thread, which alone hears signals.
    """
    with ExitStack() as parts:  # closed from the last to the first, also where one does not start
        served = _tenants(settings, clock)
        parts.callback(served.close)
        press = Press.of(settings.database_url, settings.log_level)
        budgets = Budgets(clock)
        charter = service.equipped(
            settings,
            database,
            clock,
            served.everyone,
            served.quiet_until,
            press,
            budgets,
            served.readers,
        )
        parts.callback(charter.links.close)
        served.connect(charter)
        bolt = talking.wired(charter, served, clock)
        parts.callback(bolt.listener_runner.listener_executor.shutdown)
        leaving = _leaving(settings, bolt)
        pulse = Pulse(charter, served, clock)
        parts.callback(pulse.close)
        if press:  # ended before those who wait for it
            parts.callback(press.close)
        interpreter.give_way()
        pages = installing.pages(settings, charter, served) if _installs(settings) else {}
        if shown := settings.charter_metrics_token:
            pages |= _counted(shown.get_secret_value(), charter, database, budgets)
            parts.callback(meters.listen, None)
        hooks = webhooks.of(settings, charter, clock)

        def ready() -> bool:
            return not leaving.is_begun and database.answers()

        if not over_http:
            token = _given(settings.slack_app_token).get_secret_value()
            connection = socket.Socket(bolt, token, served.client)
            # Over HTTP also where what Slack sends comes over a socket, if anybody is to ask there.
            if hooks or pages or "port" in settings.model_fields_set:
                heard = web.Web(bolt, None, ready, hooks, pages)
                beside = web.listening(heard, settings.host, settings.port)
                parts.callback(beside.close)
                Thread(target=beside.run, name="web", daemon=True).start()
                print(f"Charter listens at http://{settings.host}:{beside.effective_port}")
            pulse.start()
            return socket.serve(connection, leaving, parts.close)
        secret = _given(settings.slack_signing_secret).get_secret_value()
        application = web.Web(bolt, secret, ready, hooks, pages)
        server = web.listening(application, settings.host, settings.port)
        pulse.start()
        print(f"Charter listens at http://{settings.host}:{server.effective_port}/slack/events")
        web.serve(server, leaving, parts.close)
        return DONE


def _leaving(settings: Settings, bolt: App) -> Leaving:
    """How this process takes its leave, and what it tells then."""
    runner = bolt.listener_runner
    assert isinstance(runner, Runner)
    return Leaving(
        settings.charter_drain_seconds, lambda: {"requests": sorted(runner.in_hand.copy())}
    )


def _counted(
    token: str, charter: Charter, database: Any, budgets: Budgets
) -> Mapping[str, web.Page]:
    """Count from now on, and show it to whoever shows the token."""
    from handlers import metrics  # its library takes a tenth of a second to read

    counting = metrics.Prometheus(charter, budgets.standing)
    meters.listen(counting.listen)
    database.listener = meters.transacted
    return {metrics.PATH: metrics.page(token, counting.told)}


def _installs(settings: Settings) -> bool:
    return settings.slack_client_id is not None


def _tenants(settings: Settings, clock: Clock) -> tenants.Tenants:
    """The one whose token is set, or those that install Charter."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    slack = Slack.reach(token, settings.slack_api_url)
    if not _installs(settings):
        return tenants.One(slack)
    secret = _given(settings.slack_client_secret).get_secret_value()
    keys = AppKeys(_given(settings.slack_client_id), secret)
    return Many(slack, clock, Renewal(slack.client, keys, clock))


def _given(setting: T | None) -> T:
    """A setting that this way of serving needs: without it Charter would not have begun."""
    assert setting is not None
    return setting
