"""An app that only records what Slack sends it, and answers what a test tells it to."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIEnvironment

from slack_sdk.signature import SignatureVerifier

Json = dict[str, Any]


@dataclass(slots=True)
class Delivery:
    """One request; `payload` is what it carried, whatever way it was encoded."""

    payload: Json
    headers: dict[str, str]
    genuine: bool


@dataclass(slots=True)
class Recorder:
    """A WSGI app; `answer` gives status, content type and body for each payload."""

    secret: str
    answer: Callable[[Json], tuple[int, str, str]] = lambda payload: (200, "", "")
    received: list[Delivery] = field(default_factory=list)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        headers = {
            name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
            for name, value in environ.items()
            if name.startswith("HTTP_")
        }
        verifier = SignatureVerifier(self.secret)
        payload = _payload(environ["CONTENT_TYPE"], body)
        self.received.append(Delivery(payload, headers, verifier.is_valid_request(body, headers)))
        status, kind, text = self.answer(payload)
        answered = text.encode()
        sizes = [("Content-Type", kind or "text/plain"), ("Content-Length", str(len(answered)))]
        start(f"{status} {HTTPStatus(status).phrase}", sizes)
        return [answered]

    def says(self, text: str) -> None:
        self.answer = lambda payload: (200, "text/plain", text)

    def replies(self, body: Json) -> None:
        self.answer = lambda payload: (200, "application/json", json.dumps(body))

    def fails(self, status: int = 500) -> None:
        self.answer = lambda payload: (status, "", "")

    @property
    def last(self) -> Json:
        return self.received[-1].payload


def _payload(kind: str, body: str) -> Json:
    if kind == "application/json":
        found: Json = json.loads(body)
        return found
    form = dict(parse_qsl(body, keep_blank_values=True))
    if "payload" in form:
        wrapped: Json = json.loads(form["payload"])
        return wrapped
    return dict(form)
