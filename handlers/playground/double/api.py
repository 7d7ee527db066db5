"""The Web API, response_url and file uploads as a WSGI app: `/api/<method>`, `/hooks/<token>`
and `/upload/v1/<token>`."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIEnvironment

from handlers.playground.double import hooks
from handlers.playground.double.check import Json
from handlers.playground.double.errors import Refusal
from handlers.playground.double.methods import METHODS, Method, files
from handlers.playground.double.methods.method import demand_scope, token_kind
from handlers.playground.double.model import Call
from handlers.playground.double.workspace import Workspace

BODY_LIMIT = 1_000_000
STRUCTURED = frozenset(
    {"blocks", "files", "loading_messages", "message", "metadata", "prompts", "view"}
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A refusal that was asked for beforehand, for the next `times` calls."""

    refusal: Refusal
    times: int


class WebApi:
    """Answers the app as slack.com would; `after` hears of every call that was answered."""

    def __init__(self, space: Workspace, after: Callable[[str, Json], None]) -> None:
        self._space = space
        self._after = after
        self.planned: dict[str, Planned] = {}

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/api/"):
            refusal, answer = self._answer(path.removeprefix("/api/"), environ)
        elif path.startswith("/hooks/"):
            refusal, answer = self._hook(path.removeprefix("/hooks/"), environ)
        elif path.startswith("/files-pri/"):
            return self._file(path.removeprefix("/files-pri/"), environ, start)
        elif path.startswith("/upload/v1/"):
            return self._upload(path.removeprefix("/upload/v1/"), environ, start)
        else:
            refusal, answer = Refusal("not_found", status=404), {}
        headers = [
            ("Content-Type", "application/json; charset=utf-8"),
            ("Date", format_datetime(self._space.now(), usegmt=True)),
        ]
        status = 200
        if refusal is not None:
            status, answer = refusal.status, refusal.body()
            if refusal.retry_after:
                headers.append(("Retry-After", str(refusal.retry_after)))
        elif path == "/api/auth.test":
            headers.append(("x-oauth-scopes", ",".join(sorted(self._space.app.scopes))))
        body = json.dumps(answer).encode()
        headers.append(("Content-Length", str(len(body))))
        start(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]

    def _answer(self, name: str, environ: WSGIEnvironment) -> tuple[Refusal | None, Json]:
        args: Json = {}
        try:
            args = _arguments(environ)
            answer = self._call(name, _token(environ, args), args)
        except Refusal as refusal:
            self._record(name, args, refusal)
            return refusal, {}
        self._record(name, args, None)
        self._after(name, answer)
        return None, {"ok": True, **answer}

    def _call(self, name: str, token: str, args: Json) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise Refusal("unknown_method", req_method=name)
        self._authorize(method, token)
        planned = self._planned(name)
        if planned is not None:
            raise planned
        # slack_sdk names the team in every call that it makes for a request of that team.
        if args.pop("team_id", self._space.team_id) != self._space.team_id:
            raise Refusal("team_not_found")
        unknown = sorted(set(args) - method.arguments)
        missing = [key for key in method.required if args.get(key) in (None, "")]
        faults = [f"unknown argument: {key} [json-pointer:/{key}]" for key in unknown]
        faults += [f"missing required field: {key} [json-pointer:]" for key in missing]
        if faults:
            raise Refusal("invalid_arguments", faults=faults)
        return method.run(self._space, args)

    def _authorize(self, method: Method, token: str) -> None:
        if token_kind(self._space, token) != method.token:
            raise Refusal("not_allowed_token_type")
        if method.token == "bot":
            demand_scope(self._space, method.scope)

    def _planned(self, name: str) -> Refusal | None:
        with self._space.read():
            planned = self.planned.get(name)
            if planned is None:
                return None
            left = replace(planned, times=planned.times - 1)
            if left.times > 0:
                self.planned[name] = left
            else:
                del self.planned[name]
            return planned.refusal

    def _hook(self, token: str, environ: WSGIEnvironment) -> tuple[Refusal | None, Json]:
        args: Json = {}
        try:
            args = _arguments(environ)
            hooks.respond(self._space, token, args)
        except Refusal as refusal:
            self._record("response_url", args, refusal)
            status = refusal.status if refusal.status != 200 else 400
            return Refusal(refusal.error, status=status, faults=refusal.faults), {}
        self._record("response_url", args, None)
        return None, {"ok": True}

    def _upload(
        self, token: str, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """Takes raw bytes and answers in plain words, as Slack's file server does."""
        try:
            size = int(environ.get("CONTENT_LENGTH") or 0)
            if environ["REQUEST_METHOD"] != "POST":
                raise Refusal("method_not_supported", status=405)
            if size > files.SIZE_LIMIT:
                raise Refusal("request_too_large", status=413)
            words = files.receive(self._space, token, environ["wsgi.input"].read(size))
            refusal = None
        except Refusal as refused:
            refusal, words = refused, refused.error
        self._record("upload", {"token": token}, refusal)
        status = refusal.status if refusal else 200
        body = words.encode()
        sizes = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
        start(f"{status} {HTTPStatus(status).phrase}", sizes)
        return [body]

    def _file(self, path: str, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """A shared file for who shows the bot's token; else the page where people sign in."""
        key, token = path.partition("/")[0], _token(environ, {})
        kind, body = "text/html; charset=utf-8", b"<!DOCTYPE html><title>Sign in</title>"
        try:
            if token_kind(self._space, token) != "bot":
                raise Refusal("not_authed")
            demand_scope(self._space, "files:read")
            file, _ = files.found(self._space, key)
            kind, body = file.mimetype, file.content
            refusal = None
        except Refusal as refused:
            refusal = refused
        self._record("download", {"file": key}, refusal)
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def _record(self, name: str, args: Json, refusal: Refusal | None) -> None:
        space = self._space
        error = refusal.error if refusal else ""
        with space.change():
            space.calls.append(Call(name, args, refusal is None, error, space.now()))
            for fault in refusal.faults if refusal else ():
                space.problems.append(f"{name}: {fault}")


def _token(environ: WSGIEnvironment, args: Json) -> str:
    header: str = environ.get("HTTP_AUTHORIZATION", "")
    given = args.pop("token", "")
    return header.removeprefix("Bearer ").strip() if header else str(given)


def _arguments(environ: WSGIEnvironment) -> Json:
    if environ["REQUEST_METHOD"] == "GET":
        return _form(environ.get("QUERY_STRING", ""))
    if environ["REQUEST_METHOD"] != "POST":
        raise Refusal("method_not_supported", status=405)
    size = int(environ.get("CONTENT_LENGTH") or 0)
    if size > BODY_LIMIT:
        raise Refusal("request_too_large", status=413)
    body = environ["wsgi.input"].read(size).decode()
    kind = environ.get("CONTENT_TYPE", "").split(";")[0].strip().casefold()
    if kind == "application/json":
        return _json_object(body)
    if kind in ("application/x-www-form-urlencoded", ""):
        return _form(body)
    raise Refusal("invalid_post_type")


def _form(text: str) -> Json:
    return {key: _form_value(key, value) for key, value in parse_qsl(text, True)}


def _json_object(body: str) -> Json:
    try:
        found = json.loads(body or "{}")
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(found, dict):
        raise Refusal("json_not_object")
    return found


def _form_value(key: str, value: str) -> Any:
    """Forms carry structured arguments as JSON text."""
    if key not in STRUCTURED:
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refusal("invalid_blocks_format" if key == "blocks" else "invalid_arguments") from None
