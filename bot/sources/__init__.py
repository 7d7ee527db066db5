"""Where evidence comes from: code hosts and experiment trackers, only ever read, over HTTP."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.settings import Settings
from bot.sources import web
from bot.sources.base import Etags, Source
from bot.sources.github import HEADERS, GitHub
from bot.sources.links import Server
from bot.sources.mlflow import MLflow
from bot.sources.web import Limits

__all__ = ["Limits", "sources"]

Clock = Callable[[], datetime]
USUAL = Limits()


def sources(
    settings: Settings, etags: Etags | None, clock: Clock, limits: Limits = USUAL
) -> tuple[Source, ...]:
    """The sources that are set up. Without `etags` every answer is sent anew."""
    return (*_github(settings, etags, clock, limits), *_mlflow(settings, clock, limits))


def _github(
    settings: Settings, etags: Etags | None, clock: Clock, limits: Limits
) -> Iterator[Source]:
    if not settings.reads_github():
        return
    api, token = Server.at(settings.github_api_url), settings.github_token
    headers = HEADERS | (web.bearer(token.get_secret_value()) if token else {})
    reached = web.Web(api.root, web.client(limits), clock, headers, etags, limits)
    yield GitHub(reached, api, Server.at(settings.github_web()), is_known=bool(token))


def _mlflow(settings: Settings, clock: Clock, limits: Limits) -> Iterator[Source]:
    if settings.mlflow_tracking_uri:
        server, headers = Server.at(settings.mlflow_tracking_uri), _mlflow_headers(settings)
        yield MLflow(web.Web(server, web.client(limits), clock, headers, limits=limits))


def _mlflow_headers(settings: Settings) -> dict[str, str]:
    token, password = settings.mlflow_tracking_token, settings.mlflow_tracking_password
    if token:
        return web.bearer(token.get_secret_value())
    if settings.mlflow_tracking_username and password:
        return web.basic(settings.mlflow_tracking_username, password.get_secret_value())
    return {}
