"""A small world outside of Slack: recorded pull requests and runs, so that their cards work without
a network.

They stand at `/github/` and `/mlflow/` of the playground's own address and speak as much of either
interface as Charter asks for. What happens in the recording happens by the playground's clock,
counted from the moment at which the record began. All of it is invented.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from importlib.resources import files
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from bot.attaching import By
from bot.orders import Follow
from bot.settings import Settings
from handlers.playground.answers import send, send_json
from handlers.playground.outside.github import GitHub
from handlers.playground.outside.mlflow import MLflow
from handlers.playground.outside.story import Answer, Asked, Json, Recording, Unknown

GITHUB, MLFLOW = "/github", "/mlflow"
BODY_LIMIT = 200_000


class Outside:
    """Both servers, at the time that `clock` tells."""

    def __init__(self, clock: Callable[[], datetime], began: datetime, address: str) -> None:
        recorded = _recorded()
        recording = Recording(clock, began)
        self._github = GitHub(recorded["pulls"], recording, address + GITHUB)
        self._mlflow = MLflow(
            recorded["experiments"], recorded["runs"], recorded["models"], recording
        )

    @property
    def neighbours(self) -> dict[str, WSGIApplication]:
        """The servers by the beginnings of their paths."""
        return {
            f"{GITHUB}/": _served(GITHUB, self._github.answer),
            f"{MLFLOW}/": _served(MLFLOW, self._mlflow.answer),
        }


def followed(settings: Settings, address: str) -> Iterator[Follow]:
    """What projects of the sample follow here, where no real servers are set."""
    for one in _recorded()["follows"]:
        server = (
            settings.github_web_url
            if one["at"].startswith(GITHUB)
            else settings.mlflow_tracking_uri
        )
        if not (server or "").startswith(address):
            continue
        by = By.PATH if "path" in one else By.STREAM
        pattern = one.get("path", "")
        yield Follow(address + one["at"], by, pattern, one.get("to"), one["project"])


def _recorded() -> Json:
    told: Json = json.loads(files(__name__).joinpath("recorded.json").read_bytes())
    return told


def pointed_at(settings: Settings, address: str) -> Settings:
    """Settings with these servers in them, where no real ones are set."""
    ours: dict[str, str] = {}
    if not settings.reads_github():
        ours["github_api_url"] = f"{address}{GITHUB}/api/v3"
        ours["github_web_url"] = f"{address}{GITHUB}"
    if not settings.mlflow_tracking_uri:
        ours["mlflow_tracking_uri"] = f"{address}{MLFLOW}"
    return settings.model_copy(update=ours)


def _served(beginning: str, answer: Callable[[Asked], Answer]) -> WSGIApplication:
    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        size = min(int(environ.get("CONTENT_LENGTH") or 0), BODY_LIMIT)
        asked = Asked(
            environ["REQUEST_METHOD"],
            environ["PATH_INFO"].removeprefix(beginning),
            environ.get("QUERY_STRING", ""),
            environ["wsgi.input"].read(size) if size else b"",
        )
        try:
            told = answer(asked)
        except Unknown as unknown:
            return send_json(start, 404, unknown.body)
        if isinstance(told, str):
            return send(start, 200, "text/html; charset=utf-8", told.encode())
        return _told(environ, start, told)

    return app


def _told(
    environ: WSGIEnvironment, start: StartResponse, told: Json | list[Json]
) -> Iterable[bytes]:
    """JSON with a tag, by which a client learns that nothing has changed."""
    tag = ("ETag", etag(told))
    if environ.get("HTTP_IF_NONE_MATCH") == tag[1]:
        return send(start, 304, "application/json; charset=utf-8", b"", tag)
    return send_json(start, 200, told, tag)


def etag(told: object) -> str:
    return f'"{hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]}"'
