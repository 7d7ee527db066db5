"""Charter's server with one hook alone, and deliveries as GitHub and MLflow sign them."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

import httpx
from slack_bolt import App

from handlers import observe, web, webhooks
from handlers.slack import Installation, Installed, SlackClient

SECRET = "It's a Secret to Everybody"


class Site:
    """`statuses` are what deliveries were answered with, in their order."""

    def __init__(
        self,
        take: Callable[[str, str, Any], bool] | None = None,
        *,
        hook: webhooks.Hook | None = None,
        path: str = webhooks.GITHUB,
    ) -> None:
        self.statuses: list[HTTPStatus] = []
        assert (take is None) is not (hook is None)
        self._hook = hook or webhooks.github(SECRET, take or _nothing)
        bolt = App(
            client=SlackClient("xoxb-1", "http://127.0.0.1:9/", httpx.Client()),
            authorize=Installed(Installation("T1", None, "", "U0BOT", None, ""), "xoxb-1"),
            logger=observe.bolt_logger(),
            request_verification_enabled=False,
        )
        hooks = {path: self._hear}
        self.server = web.listening(web.Web(bolt, None, lambda: True, hooks), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.server.effective_port}"

    def _hear(self, headers: webhooks.Headers, body: bytes) -> HTTPStatus:
        status = self._hook(headers, body)
        self.statuses.append(status)
        return status


def _nothing(_event: str, _delivery: str, _payload: Any) -> bool:
    return False


def said_by_mlflow(
    body: bytes, now: datetime, secret: str = SECRET, delivery: str = "72d3162e-cc78"
) -> dict[str, str]:
    sent = f"{int(now.timestamp())}"
    signed = f"{delivery}.{sent}.".encode() + body
    made = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return {
        "X-MLflow-Delivery-Id": delivery,
        "X-MLflow-Timestamp": sent,
        "X-MLflow-Signature": f"v1,{base64.b64encode(made).decode()}",
        "Content-Type": "application/json",
    }


def said(
    body: bytes, secret: str = SECRET, event: str = "pull_request", delivery: str = "72d3162e-cc78"
) -> dict[str, str]:
    return {
        "X-GitHub-Event": event,
        "X-GitHub-Delivery": delivery,
        "X-Hub-Signature-256": "sha256="
        + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest(),
        "Content-Type": "application/json",
    }
