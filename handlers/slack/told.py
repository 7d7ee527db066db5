"""What Slack answers, and what a message is in its words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import structlog
from slack_sdk.errors import SlackApiError

from bot.errors import NotFound, Refused, Unavailable, Why
from bot.people import Profile
from bot.presence.status import says_away
from bot.settings import BadSetting, BadSettings
from handlers.slack.client import SlackClient
from handlers.views.kit import Message
from handlers.views.plainer import plainer

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

UNTOLD = {"missing_scope", "user_not_found", "user_not_visible"}
"""Why Slack does not tell whether somebody takes notifications."""

log = structlog.get_logger("charter.slack")


def readers_of(channel: Any) -> tuple[bool, bool]:
    """Whether a channel is private, and whether another organisation shares it."""
    private = channel.get("is_private") or channel.get("is_mpim") or channel.get("is_group")
    shared = channel.get("is_ext_shared") or channel.get("is_pending_ext_shared")
    return bool(private), bool(shared)


def peace_until(told: Any, now: datetime) -> datetime | None:
    """Until when somebody of whom dnd.info tells wants no notifications; None where they do."""
    spans = []
    if told.get("snooze_enabled"):
        spans.append((now, _moment(told.get("snooze_endtime"))))
    if told.get("dnd_enabled"):
        spans.append((_moment(told.get("next_dnd_start_ts")), _moment(told.get("next_dnd_end_ts"))))
    return max((end for start, end in spans if start <= now < end), default=None)


def _moment(seconds: Any) -> datetime:
    return datetime.fromtimestamp(int(seconds or 0), UTC)


def profile_of(user: dict[str, Any]) -> Profile:
    """A user object of users.info or of a user_change event."""
    said = user.get("profile") or {}
    name = said.get("real_name") or user.get("real_name") or user.get("name") or user["id"]
    words = str(name).split()
    expires = int(said.get("status_expiration") or 0)
    return Profile(
        slack_id=str(user["id"]),
        name=str(name),
        first_name=str(said.get("first_name") or (words[0] if words else name)),
        timezone=str(user.get("tz") or "UTC"),
        title=str(said.get("title") or ""),
        deleted=bool(user.get("deleted")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        email=str(said.get("email") or "").casefold(),
        team=str(_organisation(user) or user.get("team_id") or ""),
        is_away=says_away(str(said.get("status_text") or ""), str(said.get("status_emoji") or "")),
        away_until=datetime.fromtimestamp(expires, UTC) if expires > 0 else None,
    )


def _organisation(user: Mapping[str, Any]) -> str | None:
    """The organisation of several workspaces that a user belongs to, if any."""
    of = user.get("enterprise_user")
    return of.get("enterprise_id") if isinstance(of, Mapping) else None


def refused_token(name: str, error: SlackApiError) -> Exception:
    """A token that Slack refuses, as the wrong setting that it is; other errors as they are."""
    reason = error.response["error"]
    if reason not in BAD_TOKENS:
        return error
    return BadSettings((BadSetting(name, f"Slack does not accept it ({reason})"),))


@contextmanager
def reaching(*passing: str) -> Iterator[None]:
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


def worded(message: Message, *, blocks: bool = True) -> dict[str, Any]:
    words: dict[str, Any] = {"text": escaped(message.text), "mrkdwn": False}
    if blocks and message.blocks:
        words["blocks"] = message.blocks
    return words


def versions(message: Message) -> Iterator[dict[str, Any]]:
    """A message as it is meant; and as it goes where Slack refuses its blocks: with plainer ones,
    where it has any that are new, and in the end in words alone. The answer is never lost.
    """
    yield worded(message)
    plain = [plainer(block) for block in message.blocks]
    if plain != message.blocks:
        yield worded(Message(message.text, plain))
    if message.blocks:
        yield worded(message, blocks=False)


def said(client: SlackClient, method: str, message: Message, where: Mapping[str, Any]) -> Any:
    """Say a message by a Web API method, in the fullest version that Slack takes."""
    refused: SlackApiError | None = None
    for words in versions(message):
        try:
            return client.api_call(method, json={**where, **words})
        except SlackApiError as error:
            if error.response["error"] not in BAD_BLOCKS:
                raise
            tell_bad_blocks(method, error.response.data)
            refused = error
    assert refused is not None
    raise refused


def tell_bad_blocks(method: str, told: Any) -> None:
    metadata = told.get("response_metadata") or {} if isinstance(told, dict) else {}
    log.error("blocks_refused", method=method, messages=metadata.get("messages", []))


def as_json(reply: httpx.Response) -> Any:
    try:
        return reply.json()
    except ValueError:
        return {}


def unread(error: SlackApiError) -> Exception:
    """Why a message could not be read; other errors as they are."""
    match error.response["error"]:
        case "missing_scope":
            return Refused(Why.SCOPE_DECLINED, {"scope": str(error.response.get("needed") or "")})
        case "thread_not_found" | "message_not_found":
            return NotFound("message", "")
        case code if code in OUT_OF_REACH:
            return Refused(Why.CHANNEL_UNREADABLE)
        case _:
            return error
