"""How the playground's own addresses answer a browser."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse

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


def send(
    start: StartResponse, status: int, kind: str, body: bytes, *more: tuple[str, str]
) -> Iterable[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), *PROTECTION, *more]
    start(f"{status} {HTTPStatus(status).phrase}", headers)
    return [body]


def send_json(
    start: StartResponse, status: int, body: Mapping[str, Any] | list[Any], *more: tuple[str, str]
) -> Iterable[bytes]:
    content = json.dumps(body).encode()
    return send(start, status, "application/json; charset=utf-8", content, *more)
