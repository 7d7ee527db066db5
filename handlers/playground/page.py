"""The playground's page: a browser's view of the double, for this machine only."""

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from handlers.playground import deeds, guard, snapshot
from handlers.playground.double import Double

WAIT_SECONDS = 20.0
POLLS = 6
"""Browsers that may wait for news at once; each holds a thread of the server."""
BODY_LIMIT = 200_000
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
PROTECTION = [
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
]


def wsgi(double: Double, bot: WSGIApplication) -> WSGIApplication:
    """The page at `/`, the double at `/api`, `/hooks` and `/upload`, the bot behind all else.

    Serve it with at least 16 threads: the bot's own calls come back to the same server.
    """
    page = Page(double)

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        refusal = guard.refusal(environ)
        if refusal:
            return _send(start, 403, "text/plain; charset=utf-8", refusal.encode())
        path = environ["PATH_INFO"]
        if path == "/" or path.startswith("/playground/"):
            return page(environ, start)
        if path.startswith(("/api/", "/hooks/", "/upload/")):
            return double.wsgi(environ, start)
        return bot(environ, start)

    return app


class Page:
    """The page itself, its files and the JSON it lives on."""

    def __init__(self, double: Double) -> None:
        self._double = double
        self._polls = threading.BoundedSemaphore(POLLS)
        self._files = _static_files()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if method == "GET" and path == "/playground/api/state":
            return _json(start, 200, self._state(environ))
        if method == "GET":
            name = "index.html" if path == "/" else path.removeprefix("/playground/static/")
            if name in self._files:
                suffix = name[name.rindex(".") :]
                return _send(start, 200, KINDS[suffix], self._files[name])
            return _json(start, 404, {"error": "There is no such page."})
        if method == "POST" and path.startswith("/playground/api/"):
            return self._deed(path.removeprefix("/playground/api/"), environ, start)
        return _json(start, 405, {"error": "This address takes no such request."})

    def _state(self, environ: WSGIEnvironment) -> dict[str, Any]:
        """What the acting person sees; with `after`, once there is more than at that revision."""
        query = {key: values[0] for key, values in parse_qs(environ["QUERY_STRING"]).items()}
        space = self._double.space
        after = query.get("after", "")
        if after.isdigit() and self._polls.acquire(blocking=False):
            try:
                space.wait(lambda: space.over or space.revision > int(after), WAIT_SECONDS)
            finally:
                self._polls.release()
        return snapshot.of(self._double, query.get("as", ""), query.get("at", ""))

    def _deed(self, name: str, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        deed: Callable[[Double, Mapping[str, Any]], dict[str, Any]] | None = deeds.DEEDS.get(name)
        if deed is None:
            return _json(start, 404, {"error": "The page knows no such deed."})
        size = int(environ.get("CONTENT_LENGTH") or 0)
        if size > BODY_LIMIT:
            return _json(start, 413, {"error": "This is too long for the playground."})
        try:
            asked = json.loads(environ["wsgi.input"].read(size))
            return _json(start, 200, deed(self._double, asked))
        except (LookupError, ValueError, TypeError) as error:
            words = error.args[0] if error.args else "This cannot be done."
            return _json(start, 400, {"error": str(words)})


def _static_files() -> dict[str, bytes]:
    """Everything in `static/`, read once: nothing else can be asked for."""
    folder = files("handlers.playground") / "static"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def _json(start: StartResponse, status: int, body: Mapping[str, Any]) -> Iterable[bytes]:
    return _send(start, status, "application/json; charset=utf-8", json.dumps(body).encode())


def _send(start: StartResponse, status: int, kind: str, body: bytes) -> Iterable[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), *PROTECTION]
    start(f"{status} {HTTPStatus(status).phrase}", headers)
    return [body]
