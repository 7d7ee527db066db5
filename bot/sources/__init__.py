"""Where evidence comes from: code hosts and experiment trackers, only ever read, over HTTP."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.settings import Settings
from bot.sources import web
from bot.sources.base import Etags, Source
from bot.sources.github import HEADERS, GitHub
from bot.sources.links import Server
from bot.sources.mlflow import MLflow

__all__ = ["sources"]

Clock = Callable[[], datetime]


def sources(settings: Settings, etags: Etags | None, clock: Clock) -> tuple[Source, ...]:
    """The sources that are set up. Without `etags` every answer is sent anew."""
    return (*_github(settings, etags, clock), *_mlflow(settings, clock))


def _github(settings: Settings, etags: Etags | None, clock: Clock) -> Iterator[Source]:
    if not settings.reads_github():
        return
    api, token = Server.at(settings.github_api_url), settings.github_token
    headers = HEADERS | (web.bearer(token.get_secret_value()) if token else {})
    reached = web.Web(api.root, web.client(), clock, headers, etags)
    yield GitHub(reached, api, Server.at(settings.github_web()), is_known=token is not None)


def _mlflow(settings: Settings, clock: Clock) -> Iterator[Source]:
    if settings.mlflow_tracking_uri:
        server = Server.at(settings.mlflow_tracking_uri)
        yield MLflow(web.Web(server, web.client(), clock, _mlflow_headers(settings)))


def _mlflow_headers(settings: Settings) -> dict[str, str]:
    token, password = settings.mlflow_tracking_token, settings.mlflow_tracking_password
    if token:
        return web.bearer(token.get_secret_value())
    if settings.mlflow_tracking_username and password:
        return web.basic(settings.mlflow_tracking_username, password.get_secret_value())
    return {}
