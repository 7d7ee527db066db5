"""Charter over HTTP: what Slack sends, and whether Charter is well.

    POST /slack/events      everything from Slack, signed
    GET  /slack/install     sends a person to Slack, to install Charter; where a client id is set
    GET  /slack/oauth_redirect    where Slack sends them back to
    POST /webhooks/github   what GitHub says by itself, signed; where a secret is set for it
    POST /webhooks/mlflow   the same of MLflow's model registry
    GET  /metrics           what was counted, for whoever shows the token; where one is set
    GET  /healthz           200 while the process lives
    GET  /readyz            200 while the database answers and Charter does not leave, else 503

A body is looked at only when its signature is right, and read only when it is short enough.
"""

import contextlib
import re
import signal
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from types import FrameType, MappingProxyType
from typing import Any, NamedTuple, cast
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier
from waitress import wasyncore
from waitress.server import create_server

from handlers import meters, observe, shapes
from handlers.leaving import Leaving
from handlers.webhooks import LONGEST as LONGEST_HEARD
from handlers.webhooks import Hook

EVENTS = "/slack/events"
LIVES, READY = HEALTH = ("/healthz", "/readyz")
LONGEST_BODY = 1024 * 1024
LONGEST_SWALLOWED = 16 * LONGEST_BODY
"""Up to here a body that is too long is let in (to disk) and refused unread: who is cut off while
sending never hears why. Beyond it the connection is closed at once."""
THREADS = 40

TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
PLAIN = "text/plain;charset=utf-8"
KEPT_NOWHERE = (
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
    ("X-Content-Type-Options", "nosniff"),
)

log = structlog.get_logger("charter.web")

Headers = Sequence[tuple[str, str]]
Page = Callable[[BoltRequest], BoltResponse]
"""What a person sees in their browser."""


class Answer(NamedTuple):
    """What is answered, and headers beside its type and length."""

    status: HTTPStatus
    kind: str
    text: str
    headers: Headers = ()


class Web:
    """The WSGI application. `ready` tells whether the database answers; it may raise. Without a
    signing secret nothing is taken from Slack, as where that comes over a socket. `hooks` hear who
    says something at their paths, and `pages` are shown at theirs.
    """

    def __init__(
        self,
        bolt: App,
        signing_secret: str | None,
        ready: Callable[[], bool],
        hooks: Mapping[str, Hook] = MappingProxyType({}),
        pages: Mapping[str, Page] = MappingProxyType({}),
    ) -> None:
        self._bolt = bolt
        self._verifier = SignatureVerifier(signing_secret) if signing_secret else None
        self._ready = ready
        self._hooks = hooks
        self._pages = pages
        self._paths = {EVENTS, *HEALTH, *hooks, *pages}

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        status, kind, text, more = self._answer(environ)
        path = environ.get("PATH_INFO", "")
        known = path if path in self._paths else "other"
        meters.took(meters.Timed.HTTP, time.perf_counter() - began, known, str(status.value))
        body = text.encode()
        headers = [("Content-Type", kind), ("Content-Length", str(len(body))), *more]
        start(f"{status.value} {status.phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if path == EVENTS and self._verifier:
            return self._from_slack(environ) if method == "POST" else _said("METHOD_NOT_ALLOWED")
        if hook := self._hooks.get(path):
            return _heard(path, hook, environ) if method == "POST" else _said("METHOD_NOT_ALLOWED")
        if page := self._pages.get(path):
            return _shown(page, environ) if method == "GET" else _said("METHOD_NOT_ALLOWED")
        if path in HEALTH:
            if method not in ("GET", "HEAD"):
                return _said("METHOD_NOT_ALLOWED")
            return _said("OK") if path == LIVES or self._is_ready() else _away()
        return _said("NOT_FOUND")

    def _is_ready(self) -> bool:
        try:
            return self._ready()
        except Exception:
            log.warning("not_ready", exc_info=True)
            return False

    def _from_slack(self, environ: WSGIEnvironment) -> Answer:
        began = time.perf_counter()
        body = _body(environ, LONGEST_BODY)
        if isinstance(body, HTTPStatus):
            return _said(body.name)
        if not self._is_signed(environ, body):
            return _said("UNAUTHORIZED")
        try:
            request = BoltRequest(
                body=body.decode(),
                query=environ.get("QUERY_STRING", ""),
                headers=_headers(environ),
            )
        except (ValueError, TypeError, AttributeError, RecursionError):  # no JSON object
            return _said("BAD_REQUEST")
        if not shapes.is_whole(request.body):
            log.warning("malformed")
            return _said("BAD_REQUEST")
        answer = self._bolt.dispatch(request)
        kind = observe.kind(request.body)
        meters.took(meters.Timed.ACKS, time.perf_counter() - began, "http", kind)
        kind = answer.first_headers().get("content-type", PLAIN)
        return Answer(HTTPStatus(answer.status), kind, answer.body or "")

    def _is_signed(self, environ: WSGIEnvironment, body: bytes) -> bool:
        """Whether Slack signed this within the last five minutes."""
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        if not (TIMESTAMP.fullmatch(timestamp) and signature.isascii()):
            return False
        assert self._verifier is not None
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:
            return False


def _heard(path: str, hook: Hook, environ: WSGIEnvironment) -> Answer:
    body = _body(environ, LONGEST_HEARD)
    if isinstance(body, HTTPStatus):
        return _said(body.name)
    with observe.bound("webhook", name=path):
        return _said(hook(_headers(environ), body).name)


def _shown(page: Page, environ: WSGIEnvironment) -> Answer:
    """A page for a person: kept nowhere, and telling other sites nothing of its address."""
    request = BoltRequest(
        body="", query=environ.get("QUERY_STRING", ""), headers=_headers(environ), mode="http"
    )
    answer = page(request)
    told = [(name.title(), value) for name, values in answer.headers.items() for value in values]
    kind = answer.first_headers().get("content-type", PLAIN)
    rest = [one for one in told if one[0] not in ("Content-Type", "Content-Length")]
    return Answer(HTTPStatus(answer.status), kind, answer.body or "", (*rest, *KEPT_NOWHERE))


def _body(environ: WSGIEnvironment, longest: int) -> bytes | HTTPStatus:
    """What was sent, if it is short enough to be read."""
    size = environ.get("CONTENT_LENGTH") or "0"
    if not size.isdigit():
        return HTTPStatus.BAD_REQUEST
    if int(size) > longest:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    body: bytes = environ["wsgi.input"].read(int(size))
    return body


def _said(name: str) -> Answer:
    status = HTTPStatus[name]
    return Answer(status, PLAIN, status.phrase)


def _away() -> Answer:
    return Answer(HTTPStatus.SERVICE_UNAVAILABLE, PLAIN, "The database does not answer")


def _headers(environ: WSGIEnvironment) -> dict[str, Any]:
    headers = {
        key.removeprefix("HTTP_").replace("_", "-").lower(): value
        for key, value in environ.items()
        if key.startswith("HTTP_")
    }
    return {**headers, "content-type": environ.get("CONTENT_TYPE", "")}


class Server:
    """A server that listens from the start; `effective_port` is its port where 0 was asked for."""

    def __init__(self, application: WSGIApplication, host: str, port: int) -> None:
        self._sockets: dict[int, Any] = {}
        # One of two classes; without IPv6 it is the one that has a port.
        self._server = cast(Any, create_server)(
            application,
            map=self._sockets,
            host=host,
            port=port,
            ipv6=False,
            threads=THREADS,
            connection_limit=1000,
            asyncore_use_poll=True,
            max_request_body_size=LONGEST_SWALLOWED,
            inbuf_overflow=LONGEST_BODY,
            ident="Charter",
            clear_untrusted_proxy_headers=True,
        )
        self.effective_port: int = self._server.effective_port
        self._closing = threading.Lock()
        self._is_over = False
        self._runs = False

    def run(self) -> None:
        """Serve until `close` is called, or SystemExit is raised here, as by a signal's handler."""
        self._runs = True
        with contextlib.suppress(SystemExit, KeyboardInterrupt):
            while not self._is_over:
                wasyncore.loop(timeout=1, use_poll=True, map=self._sockets, count=1)
        with self._closing:
            self._runs = False
            if self._is_over:
                self._hang_up()

    def close(self) -> None:
        """Finish the requests in hand, then hang up. Callable from any thread, and again."""
        self._server.task_dispatcher.shutdown()
        with self._closing:
            if self._is_over:
                return
            self._is_over = True
            if self._runs:  # only the thread that watches the sockets may close them
                self._server.pull_trigger()  # as long as the lock is held, there is one to pull
            else:
                self._hang_up()

    def _hang_up(self) -> None:
        wasyncore.close_all(self._sockets, ignore_all=True)


def listening(application: WSGIApplication, host: str, port: int) -> Server:
    """A server of `application` at this address."""
    return Server(application, host, port)


def serve(server: Server, leaving: Leaving, stopped: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT, let what is in hand finish, then call `stopped`.

    Must run in the main thread, which alone hears signals.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        log.info("stopping", signal=signal.Signals(number).name)
        if leaving.asked():  # waitress takes this as the word to stop
            raise SystemExit(0)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    server.run()
    server.close()
    stopped()
