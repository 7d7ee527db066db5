"""What Charter says to Slack, all of it over one keep-alive client.

`SlackClient` is slack_sdk's own client with its one sending method put on a shared pool of
connections: as constructed it builds a TLS context and a connection for each call. Bolt makes a
client of its own for every request; nobody uses that one, listeners are handed the `Slack` below.
"""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message as HeaderMessage
from ssl import SSLContext
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

import httpx
import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from bot.errors import NotFound, Refused, Unavailable, Why
from bot.people import Profile
from bot.settings import BadSetting, BadSettings
from handlers.views.kit import Message

LONGEST_WAIT = 30
"""Seconds that Slack's Retry-After may ask a call to wait; one that is to wait longer fails."""

TIMEOUT = httpx.Timeout(10, connect=5)
LIMITS = httpx.Limits(max_connections=64, max_keepalive_connections=64, keepalive_expiry=55)

PASSING = {"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"}
BAD_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
BAD_TOKENS = {
    "account_inactive",
    "invalid_auth",
    "missing_scope",
    "not_allowed_token_type",
    "not_authed",
    "token_expired",
    "token_revoked",
}
OUT_OF_REACH = {
    "channel_not_found",
    "is_archived",
    "missing_scope",  # group direct messages, which Charter asks no scope for
    "not_in_channel",
    "user_not_in_channel",
}

log = structlog.get_logger("charter.slack")


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


class SlackClient(WebClient):
    """slack_sdk's client over one pool of connections."""

    def __init__(
        self, token: str, base_url: str, http: httpx.Client, tls: SSLContext | None = None
    ) -> None:
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
            ],
        )
        self.http = http

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        body = req.data if isinstance(req.data, bytes) else b""
        reply = self.http.post(url, content=body, headers=dict(req.header_items()))
        if not reply.is_success:  # as urllib tells it, which the SDK's retry handlers listen for
            headers = HeaderMessage()
            for name, value in reply.headers.items():
                headers[name] = value
            raise HTTPError(url, reply.status_code, "", headers, io.BytesIO(reply.content))
        return {"status": reply.status_code, "headers": reply.headers, "body": reply.text}


@dataclass(frozen=True, slots=True)
class Installation:
    """Who Charter is in Slack: its team, and its own bot user there."""

    team: str
    enterprise: str | None
    team_name: str
    bot_user: str
    bot: str | None
    url: str


class Installed(Authorize):
    """Who Charter is, known since the start: Slack is not asked again for every request."""

    def __init__(self, installation: Installation, token: str) -> None:
        self._result = AuthorizeResult(
            enterprise_id=installation.enterprise,
            team_id=installation.team,
            team=installation.team_name,
            bot_user_id=installation.bot_user,
            bot_id=installation.bot,
            bot_token=token,
        )

    def __call__(self, **request: Any) -> AuthorizeResult:
        return self._result


@dataclass(frozen=True, slots=True)
class OpenView:
    """A view that stands open; `hash` guards an update against views that changed meanwhile."""

    id: str
    hash: str | None


class Slack:
    """Everything Charter says to Slack. Raises `Unavailable("Slack")` where Slack is away."""

    def __init__(self, client: SlackClient) -> None:
        self.client = client

    @classmethod
    def reach(cls, token: str, base_url: str) -> "Slack":
        """A `Slack` with a connection pool of its own; `close()` gives the connections back."""
        tls = httpx.create_ssl_context()
        http = httpx.Client(verify=tls, timeout=TIMEOUT, limits=LIMITS)
        return cls(SlackClient(token, base_url, http, tls))

    def close(self) -> None:
        self.client.http.close()

    def installation(self) -> Installation:
        """Who this token belongs to (auth.test). Raises `BadSettings` where Slack refuses it."""
        with _reaching():
            try:
                told = self.client.auth_test()
            except SlackApiError as error:
                raise refused_token("SLACK_BOT_TOKEN", error) from error
        return Installation(
            team=str(told["team_id"]),
            enterprise=told.get("enterprise_id"),
            team_name=str(told.get("team") or ""),
            bot_user=str(told["user_id"]),
            bot=told.get("bot_id"),
            url=str(told.get("url") or ""),
        )

    def granted(self) -> str | None:
        """The scopes of this token, separated by commas; None where Slack does not say."""
        with _reaching():
            headers = self.client.auth_test().headers
        found = {name.lower(): value for name, value in headers.items()}
        return str(found["x-oauth-scopes"]) if found.get("x-oauth-scopes") else None

    def opens_socket(self, app_token: str) -> None:
        """Raise `BadSettings` where Slack refuses a Socket Mode connection to this token."""
        with _reaching():
            try:
                self.client.apps_connections_open(app_token=app_token)
            except SlackApiError as error:
                raise refused_token("SLACK_APP_TOKEN", error) from error

    def post(self, channel: str, message: Message, thread_ts: str | None = None) -> None:
        """Post where everybody sees it; a user's id as `channel` is their DM with Charter."""
        self._say(
            "chat.postMessage",
            message,
            channel=channel,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
        )

    def whisper(
        self, channel: str, user: str, message: Message, thread_ts: str | None = None
    ) -> None:
        """Say it to one person where they are; where Charter is no member, in their DM."""
        try:
            self._say(
                "chat.postEphemeral", message, channel=channel, user=user, thread_ts=thread_ts
            )
        except SlackApiError as error:
            if error.response["error"] not in OUT_OF_REACH:
                raise
            self.post(user, message)

    def _say(self, method: str, message: Message, **where: Any) -> None:
        payload = {key: value for key, value in where.items() if value is not None}
        with _reaching():
            try:
                self.client.api_call(method, json=payload | _words(message))
            except SlackApiError as error:
                if error.response["error"] not in BAD_BLOCKS or not message.blocks:
                    raise
                _tell_bad_blocks(method, error.response.data)
                self.client.api_call(method, json=payload | _words(message, blocks=False))

    def respond(
        self,
        response_url: str,
        message: Message,
        thread_ts: str | None = None,
        *,
        replace: bool = False,
    ) -> bool:
        """Answer a command or a button: to the person alone, or in place of the button's message.

        False where Slack takes it no longer (after 30 minutes, or five times).
        """
        where: dict[str, Any] = {"replace_original": True}
        if not replace:
            where = {"response_type": "ephemeral"}
            where |= {"thread_ts": thread_ts} if thread_ts else {}
        reply = self._respond(response_url, where | _words(message))
        if not reply.is_success and "invalid_blocks" in reply.text and message.blocks:
            _tell_bad_blocks("response_url", _json(reply))
            reply = self._respond(response_url, where | _words(message, blocks=False))
        return _accepted(reply)

    def erase(self, response_url: str) -> bool:
        """Take away the message whose button was pressed."""
        return _accepted(self._respond(response_url, {"delete_original": True}))

    def _respond(self, response_url: str, payload: dict[str, Any]) -> httpx.Response:
        with _reaching():
            return self.client.http.post(response_url, json=payload)

    def open(self, trigger_id: str, view: dict[str, Any]) -> OpenView:
        """Open a modal. `Unavailable` also where the trigger is older than its three seconds."""
        with _reaching("expired_trigger_id", "exchanged_trigger_id"):
            return _opened(self.client.views_open(trigger_id=trigger_id, view=view)["view"])

    def update(self, opened: OpenView, view: dict[str, Any]) -> bool:
        """Put another view in its place; False where it was closed or changed in between."""
        with _reaching():
            try:
                self.client.views_update(view_id=opened.id, hash=opened.hash, view=view)
            except SlackApiError as error:
                if error.response["error"] not in ("hash_conflict", "not_found"):
                    raise
                return False
        return True

    def publish(self, user: str, view: dict[str, Any]) -> None:
        """Show this Home to a user."""
        with _reaching():
            self.client.views_publish(user_id=user, view=view)

    def profile(self, slack_id: str) -> Profile:
        """One user. Raises `NotFound`, and `Refused` for somebody of another organisation."""
        with _reaching():
            try:
                told = self.client.users_info(user=slack_id)["user"]
            except SlackApiError as error:
                if error.response["error"] not in ("user_not_found", "user_not_visible"):
                    raise
                raise NotFound("person", f"<@{slack_id}>") from None
        if told.get("is_stranger"):
            raise Refused(Why.STRANGER, {"name": profile_of(told).name}, field="holder")
        return profile_of(told)

    def channel(self, slack_id: str) -> tuple[str, bool, bool]:
        """A channel's name, whether it is private, and whether another organisation shares it.

        `Refused` where Charter cannot look: a private channel it was not invited to.
        """
        with _reaching():
            try:
                told = self.client.conversations_info(channel=slack_id)["channel"]
            except SlackApiError as error:
                if error.response["error"] not in OUT_OF_REACH:
                    raise
                raise Refused(Why.CHANNEL_UNREADABLE) from None
        private = bool(told.get("is_private") or told.get("is_mpim") or told.get("is_group"))
        shared = bool(told.get("is_ext_shared") or told.get("is_pending_ext_shared"))
        return str(told.get("name") or ""), private, shared


def profile_of(user: dict[str, Any]) -> Profile:
    """A user object of users.info or of a user_change event."""
    said = user.get("profile") or {}
    name = said.get("real_name") or user.get("real_name") or user.get("name") or user["id"]
    words = str(name).split()
    return Profile(
        slack_id=str(user["id"]),
        name=str(name),
        first_name=str(said.get("first_name") or (words[0] if words else name)),
        timezone=str(user.get("tz") or "UTC"),
        title=str(said.get("title") or ""),
        deleted=bool(user.get("deleted")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
    )


def refused_token(name: str, error: SlackApiError) -> Exception:
    """A token that Slack refuses, as the wrong setting that it is; other errors as they are."""
    reason = error.response["error"]
    if reason not in BAD_TOKENS:
        return error
    return BadSettings((BadSetting(name, f"Slack does not accept it ({reason})"),))


@contextmanager
def _reaching(*passing: str) -> Iterator[None]:
    """Tell that Slack is away (or that it refused for a `passing` reason) as `Unavailable`."""
    try:
        yield
    except httpx.HTTPError as error:
        raise Unavailable("Slack") from error
    except SlackApiError as error:
        away = error.response.status_code >= 500 or error.response.status_code == 429
        if away or error.response["error"] in {*PASSING, *passing}:
            raise Unavailable("Slack") from error
        raise


def escaped(text: str) -> str:
    """The three characters that Slack's markup gives a meaning, without it: nobody is pinged."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _words(message: Message, *, blocks: bool = True) -> dict[str, Any]:
    words: dict[str, Any] = {"text": escaped(message.text), "mrkdwn": False}
    if blocks and message.blocks:
        words["blocks"] = message.blocks
    return words


def _tell_bad_blocks(method: str, told: Any) -> None:
    metadata = told.get("response_metadata") or {} if isinstance(told, dict) else {}
    log.error("blocks_refused", method=method, messages=metadata.get("messages", []))


def _json(reply: httpx.Response) -> Any:
    try:
        return reply.json()
    except ValueError:
        return {}


def _accepted(reply: httpx.Response) -> bool:
    told = _json(reply)
    accepted = reply.is_success and not (isinstance(told, dict) and told.get("ok") is False)
    if not accepted:
        error = told.get("error", "") if isinstance(told, dict) else ""
        log.warning("response_url_refused", status=reply.status_code, error=error)
    return accepted


def _opened(view: dict[str, Any]) -> OpenView:
    return OpenView(id=str(view["id"]), hash=view.get("hash"))
