"""What others say by themselves over HTTP: the signature is of the very bytes, and comes first.

They are answered at once; what it means is looked at a moment later.
"""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import structlog

from bot.settings import Settings
from bot.sources.github.hooks import DELIVERY, is_signed
from handlers.service import Charter

GITHUB = "/webhooks/github"
LONGEST = 4 * 1024 * 1024
"""Of one delivery. GitHub's may be larger, of pushes with thousands of commits, which tell Charter
nothing that a look does not.
"""
EVENT = 40

log = structlog.get_logger("charter.web")

Headers = Mapping[str, str]
Hook = Callable[[Headers, bytes], HTTPStatus]
"""Takes a delivery: its headers, with names in lower case, and its bytes."""


def of(settings: Settings, charter: Charter) -> dict[str, Hook]:
    """Those that a secret is set for, by their paths."""
    hooks: dict[str, Hook] = {}
    if secret := settings.github_webhook_secret:
        hooks[GITHUB] = github(secret.get_secret_value(), charter.deliveries.said_by_github)
    return hooks


def github(secret: str, take: Callable[[str, str, Any], bool]) -> Hook:
    """The hook that hears GitHub. `take` is given event, id and what was said."""

    def hear(headers: Headers, body: bytes) -> HTTPStatus:
        delivery = headers.get("x-github-delivery", "")
        if not is_signed(secret, body, headers.get("x-hub-signature-256", "")):
            log.warning("webhook_refused", source="github", delivery=_shown(delivery))
            return HTTPStatus.UNAUTHORIZED
        event = headers.get("x-github-event", "")
        if not DELIVERY.fullmatch(delivery) or not event or len(event) > EVENT:
            return HTTPStatus.BAD_REQUEST
        try:
            payload = json.loads(body)
        except (ValueError, RecursionError):
            return HTTPStatus.BAD_REQUEST
        return HTTPStatus.ACCEPTED if take(event, delivery, payload) else HTTPStatus.OK

    return hear


def _shown(delivery: str) -> str:
    """What may stand in a log of what a stranger sent."""
    return delivery if DELIVERY.fullmatch(delivery) else ""
