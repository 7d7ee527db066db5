"""Charter with Slack's double around it, for what is thrown: whatever a request brings about is
done when it is answered, and what Charter logs as wrong belongs to it.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

from bot.people import Actor, Surface
from handlers import observe
from handlers.playground.double import Double, signed
from handlers.service import services
from handlers.slack import Slack
from handlers.talking import build
from handlers.tenants import One
from handlers.web import EVENTS, Web
from storage import migrate
from storage.database import Database
from tests.handlers.talk import now

STUCK = frozenset({"door_stuck"})
"""What Charter logs where it could not even word what went wrong."""
UNFORESEEN = STUCK | {"unexpected", "not_told"}
"""The same, and where all it could say was that something went wrong."""


class AtOnce(ThreadPoolExecutor):
    """Runs a listener where it is handed over: what goes wrong belongs to what was thrown."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class Ears(logging.Handler):
    """Hears what Charter logs as wrong, of these events."""

    def __init__(self, wrong: frozenset[str]) -> None:
        super().__init__(logging.ERROR)
        self._wrong = wrong
        self.heard: list[Any] = []

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, dict) and record.msg.get("event") in self._wrong:
            self.heard.append(record.msg)


@contextmanager
def hearing(wrong: frozenset[str]) -> Iterator[Ears]:
    """Of what is logged, only what is wrong; most of what is thrown ends as a logged surprise."""
    ears, root = Ears(wrong), logging.getLogger("charter")
    observe.configure("error", StringIO())
    root.addHandler(ears)
    try:
        yield ears
    finally:
        root.removeHandler(ears)


class Listening:
    """Charter over HTTP, without a server. Its clock goes on by a minute with each request."""

    def __init__(self, workspace: Double, wrong: frozenset[str]) -> None:
        self.workspace = workspace
        self.wrong = wrong
        self.web: Web | None = None
        self._later = timedelta()

    def clock(self) -> datetime:
        return now() + self._later

    def push(self, body: bytes, kind: str) -> None:
        """A signed request; fails where it is not answered, or where something goes wrong."""
        assert self.web is not None
        self._later += timedelta(minutes=1)
        secret = self.workspace.app.signing_secret
        proof = signed(secret, body.decode("utf-8", "replace"), int(time.time()))
        told = {f"HTTP_{key.upper().replace('-', '_')}": value for key, value in proof.items()}
        with hearing(self.wrong) as ears:
            status = answered(self.web, EVENTS, told, body, kind)
        assert status < 500, status
        assert not ears.heard, ears.heard


def answered(
    web: Callable[..., Iterable[bytes]],
    path: str,
    headers: dict[str, str],
    body: bytes = b"",
    kind: str = "",
    query: str = "",
) -> int:
    """The status that a request is answered with; a POST where it has a body."""
    told: list[str] = []
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ |= {
        "REQUEST_METHOD": "POST" if body or kind else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        **headers,
    }
    list(web(environ, lambda status, _headers: told.append(status)))
    return int(told[0].split()[0])


@contextmanager
def listening(
    workspace: Double,
    path: Path,
    wrong: frozenset[str],
    document: bytes | None = None,
) -> Iterator[Listening]:
    """Charter with this workspace, its record at a path, and this document loaded into it."""
    url = f"sqlite:///{path}"
    migrate.upgrade(url)
    database = Database(url)
    made = Listening(workspace, wrong)
    with workspace.serve():
        client = Slack.reach(workspace.app.bot_token, workspace.api_url)
        charter = services(database, made.clock)
        built = build(charter, One(client), made.clock)
        runner = built.bolt.listener_runner
        runner.listener_executor.shutdown()
        runner.listener_executor = AtOnce(1)
        made.web = Web(built.bolt, workspace.app.signing_secret, lambda: True)
        if document is not None:
            operator = Actor(built.workspace, None, Surface.LOAD, is_admin=True)
            charter.documents.load(operator, document, made.clock())
        try:
            yield made
        finally:
            built.close()
            database.close()
