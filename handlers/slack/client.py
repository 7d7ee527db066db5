"""slack_sdk's own client with its one sending method put on a shared pool of connections.

As constructed it builds a TLS context and a connection for each call. Bolt makes a client of its
own for every request; nobody uses that one, listeners are handed `handlers.slack.Slack`.
"""

import io
import logging
from email.message import Message as HeaderMessage
from functools import cache
from ssl import SSLContext
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

import httpx
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from handlers import meters

LONGEST_WAIT = 30
"""Seconds that Slack's Retry-After may ask a call to wait; one that is to wait longer fails."""

OTHER = "elsewhere"
"""What an address of Slack's is called that is no method's, such as one to which a file goes."""

TIMEOUT = httpx.Timeout(10, connect=5)
LIMITS = httpx.Limits(max_connections=64, max_keepalive_connections=64, keepalive_expiry=55)


class ShortRateLimits(RateLimitErrorRetryHandler):
    """Waits as long as Slack's Retry-After says, where that is not too long."""

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None or response.status_code != 429:
            return False
        named = [value for name, value in response.headers.items() if name.lower() == "retry-after"]
        wait = str(named[0][0]) if named else "1"
        return wait.isdigit() and int(wait) <= LONGEST_WAIT


@cache
def trusted() -> SSLContext:
    """Whose certificates this machine takes; read once, for it takes longer than most calls do."""
    return httpx.create_ssl_context()


class SlackClient(WebClient):
    """slack_sdk's client over one pool of connections."""

    _follows: "SlackClient | None" = None

    def __init__(
        self,
        token: str,
        base_url: str,
        http: httpx.Client,
        tls: SSLContext | None = None,
        *,
        is_patient: bool = True,
    ) -> None:
        """`is_patient`: it waits for Slack where that is short, and tries again by itself."""
        # The SDK takes a logger without a level for one that wants all, message texts included.
        logger = logging.getLogger("charter.slack.sdk")
        logger.setLevel(logging.ERROR)
        super().__init__(
            token=token,
            base_url=base_url,
            ssl=tls,
            logger=logger,
            retry_handlers=[
                ShortRateLimits(max_retry_count=2),
                # Only what was never sent may be sent again: a message must not be posted twice.
                ConnectionErrorRetryHandler(error_types=[httpx.ConnectError, httpx.ConnectTimeout]),
            ]
            if is_patient
            else [],
        )
        self.http = http
        self._tls = tls

    @property
    def token(self) -> str | None:
        """What it shows Slack; one that was made of another always shows what that one does."""
        return self._follows.token if self._follows else self._token

    @token.setter
    def token(self, token: str | None) -> None:
        self._token = token

    def impatient(self) -> "SlackClient":
        """The same over the same connections, which leaves waiting and trying again to others."""
        made = SlackClient("", self.base_url, self.http, self._tls, is_patient=False)
        made._follows = self
        return made

    def beside(self, token: str) -> "SlackClient":
        """Another one over the same connections."""
        return SlackClient(token, self.base_url, self.http, self._tls)

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        body = req.data if isinstance(req.data, bytes) else b""
        method = url.rpartition("/")[2] if url.startswith(self.base_url) else OTHER
        with meters.timed(meters.Timed.SLACK, method, otherwise="none") as course:
            reply = self.http.post(url, content=body, headers=dict(req.header_items()))
            course.outcome = str(reply.status_code)
        if not reply.is_success:  # as urllib tells it, which the SDK's retry handlers listen for
            headers = HeaderMessage()
            for name, value in reply.headers.items():
                headers[name] = value
            raise HTTPError(url, reply.status_code, "", headers, io.BytesIO(reply.content))
        return {"status": reply.status_code, "headers": reply.headers, "body": reply.text}
