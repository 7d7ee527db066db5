"""What others say by themselves over HTTP: the signature is of the very bytes, and comes first.

They are answered at once; what it means is looked at a moment later.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

import structlog

from bot.settings import Settings
from bot.sources.github.hooks import DELIVERY, is_signed
from bot.sources.mlflow import hooks as of_mlflow
from handlers.service import Charter

GITHUB = "/webhooks/github"
MLFLOW = "/webhooks/mlflow"
LONGEST = 4 * 1024 * 1024
"""Of one delivery. GitHub's may be larger, of pushes with thousands of commits, which tell Charter
nothing that a look does not.
"""
LONGEST_OF_MLFLOW = 64 * 1024
"""Its deliveries name a model and say little more; what is longer is no such thing."""
EVENT = 40

log = structlog.get_logger("charter.web")

Headers = Mapping[str, str]
Hook = Callable[[Headers, bytes], HTTPStatus]
"""Takes a delivery: its headers, with names in lower case, and its bytes."""


def of(settings: Settings, charter: Charter, clock: Callable[[], datetime]) -> dict[str, Hook]:
    """Those that a secret is set for, by their paths."""
    hooks: dict[str, Hook] = {}
    if secret := settings.github_webhook_secret:
        hooks[GITHUB] = github(secret.get_secret_value(), charter.deliveries.said_by_github)
    if secret := settings.mlflow_webhook_secret:
        hooks[MLFLOW] = mlflow(secret.get_secret_value(), charter.registry.said_by_mlflow, clock)
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


def mlflow(
    secret: str, take: Callable[[str, of_mlflow.Touched], bool], clock: Callable[[], datetime]
) -> Hook:
    """The hook that hears MLflow. `take` is given the id of a delivery and what it is about."""

    def hear(headers: Headers, body: bytes) -> HTTPStatus:
        if len(body) > LONGEST_OF_MLFLOW:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        delivery = headers.get("x-mlflow-delivery-id", "")
        sent = headers.get("x-mlflow-timestamp", "")
        signature = headers.get("x-mlflow-signature", "")
        if not of_mlflow.is_signed(secret, delivery, sent, body, signature):
            log.warning("webhook_refused", source="mlflow", delivery=_shown(delivery))
            return HTTPStatus.UNAUTHORIZED
        if not of_mlflow.is_fresh(sent, clock()):
            log.warning("webhook_too_old", source="mlflow", delivery=delivery)
            return HTTPStatus.UNAUTHORIZED
        try:
            payload = json.loads(body)
        except (ValueError, RecursionError):
            return HTTPStatus.BAD_REQUEST
        about = of_mlflow.touched(payload)
        if about is None:
            return HTTPStatus.OK
        return HTTPStatus.ACCEPTED if take(delivery, about) else HTTPStatus.OK

    return hear


def _shown(delivery: str) -> str:
    """What may stand in a log of what a stranger sent."""
    return delivery if DELIVERY.fullmatch(delivery) else ""
