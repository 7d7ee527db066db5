"""Posting for the outbox: once, without waiting; what came of it is told as one of three things."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from slack_sdk.errors import SlackApiError

from handlers.slack import Slack
from handlers.slack.told import BAD_TOKENS, PASSING, readers_of, said
from handlers.views.kit import Message

EVENT_TYPE = "charter_message"
"""The type under which a message's key stands in its metadata."""

LOOKED_AT = 15
"""Messages that one look for a lost post may read: Slack gives no more to some apps."""
MARGIN = timedelta(minutes=2)
"""How far Slack's clock and ours differ as a rule."""
FAR_LOOKED_AT = 200
FAR_MARGIN = timedelta(hours=2)
"""How far a clock that is wrong may be off."""
LONG = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands now."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class File:
    """A file to share."""

    name: str
    title: str
    content: bytes


@dataclass(eq=False)
class NotNow(Exception):
    """It may work later: after `wait` where Slack said how long. `unknown`: it may have worked."""

    why: str
    wait: timedelta | None = None
    unknown: bool = False


@dataclass(eq=False)
class Never(Exception):
    """Slack refuses it for good; `why` is Slack's word for it."""

    why: str


class Posting:
    """Posts, edits and looks for messages with a key. Raises `NotNow` and `Never`."""

    def __init__(self, slack: Slack) -> None:
        self._client = slack.client.impatient()

    def readers(self, channel: str) -> tuple[bool, bool]:
        """Whether a channel is private, and whether another organisation shares it."""
        with _answering(unknown=False):
            return readers_of(self._client.conversations_info(channel=channel)["channel"])

    def post(self, key: str, channel: str, message: Message, thread_ts: str | None) -> Posted:
        """Post a message that carries its key; a user's id as `channel` is their DM."""
        where: dict[str, Any] = {
            "channel": channel,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if thread_ts:
            where["thread_ts"] = thread_ts
        with _answering(unknown=True):
            told = said(self._client, "chat.postMessage", message, where)
        return Posted(str(told["channel"]), str(told["ts"]))

    def edit(self, key: str, channel: str, ts: str, message: Message) -> Posted:
        """Put another message in the place of one that was posted."""
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}
        with _answering(unknown=False):
            where = {"channel": channel, "ts": ts, "metadata": metadata}
            said(self._client, "chat.update", message, where)
        return Posted(channel, ts)

    def publish(self, user: str, view: dict[str, Any], mark: str) -> str:
        """Show this Home to a user in the place of the one that has this mark; gives the new one.

        `Never("hash_conflict")` where another one stands there. Without a mark it is shown anyway.
        """
        with _answering(unknown=False):
            told = self._client.views_publish(user_id=user, view=view, hash=mark or None)
        return str((told.get("view") or {}).get("hash") or "")

    def share(
        self,
        file: File,
        channel: str,
        thread_ts: str | None,
        may_still: Callable[[], bool],
    ) -> Posted:
        """Share a file in a channel's thread: announced, sent, then shown, if it `may_still` be.

        Nobody sees anything of it before the last step, which is the only one that must not be done
        twice.
        """
        with _answering(unknown=False):
            announced = self._client.files_getUploadURLExternal(
                filename=file.name, length=len(file.content)
            )
            sent = self._client.http.post(str(announced["upload_url"]), content=file.content)
        if not sent.is_success:
            raise NotNow(f"Slack did not take the file ({sent.status_code})")
        if not may_still():
            raise NotNow("sending the file took too long")
        key = str(announced["file_id"])
        with _answering(unknown=True):
            told = self._client.files_completeUploadExternal(
                files=[{"id": key, "title": file.title}], channel_id=channel, thread_ts=thread_ts
            )
        return Posted(channel, _shown_at(told, channel) or key)

    def found_file(
        self, name: str, channel: str, thread_ts: str, begun: datetime, lease: timedelta
    ) -> Posted | None:
        """The file of this name that Charter shared in a thread, if one that was begun then
        arrived. Others may have shared it anew, with changes of theirs.
        """
        with _answering(unknown=True):
            me = str(self._client.auth_test()["user_id"])

        def is_it(message: Mapping[str, Any]) -> bool:
            names = [str(one.get("name")) for one in message.get("files") or ()]
            return name in names and message.get("user") == me

        return self._looked_for(is_it, channel, thread_ts, begun, lease)

    def found(
        self, key: str, channel: str, thread_ts: str | None, begun: datetime, lease: timedelta
    ) -> Posted | None:
        """The message with this key, if one that was begun then arrived."""
        if channel.startswith(("U", "W")):
            with _answering(unknown=True):
                channel = self._client.conversations_open(users=channel)["channel"]["id"]

        def is_it(message: Mapping[str, Any]) -> bool:
            metadata = message.get("metadata") or {}
            return bool((metadata.get("event_payload") or {}).get("key") == key)

        return self._looked_for(is_it, channel, thread_ts, begun, lease)

    def _looked_for(
        self,
        is_it: Callable[[Mapping[str, Any]], bool],
        channel: str,
        thread_ts: str | None,
        begun: datetime,
        lease: timedelta,
    ) -> Posted | None:
        """By two bounded reads at most: near the time at which it was begun, and then far around
        it, for the clock of who began it may have been wrong.
        """
        near = self._read(_around(channel, begun, lease, MARGIN, LOOKED_AT), thread_ts)
        if found := next(filter(is_it, near), None):
            return Posted(channel, str(found["ts"]))
        try:
            far = self._read(_around(channel, begun, lease, FAR_MARGIN, FAR_LOOKED_AT), thread_ts)
        except NotNow as error:
            if error.wait is None or error.wait < LONG:
                raise
            return None  # Slack lets this app read once a minute: it would never get here
        found = next(filter(is_it, far), None)
        return Posted(channel, str(found["ts"])) if found else None

    def _read(self, asked: dict[str, Any], thread_ts: str | None) -> list[Mapping[str, Any]]:
        with _answering(unknown=True):
            if thread_ts:
                told = self._client.conversations_replies(ts=thread_ts, **asked)
            else:
                told = self._client.conversations_history(**asked)
        return list(told["messages"])


def _around(
    channel: str, begun: datetime, lease: timedelta, margin: timedelta, most: int
) -> dict[str, Any]:
    """What was posted while an attempt can have arrived that was begun then."""
    return {
        "channel": channel,
        "oldest": f"{(begun - margin).timestamp():.6f}",
        "latest": f"{(begun + lease + margin).timestamp():.6f}",
        "limit": most,
        "include_all_metadata": True,
    }


def _shown_at(told: Any, channel: str) -> str:
    """Where the message stands that a file was shared by, if Slack says so by then."""
    for file in told.get("files") or ():
        for kind in (file.get("shares") or {}).values():
            for share in kind.get(channel) or ():
                return str(share.get("ts") or "")
    return ""


@contextmanager
def _answering(*, unknown: bool) -> Iterator[None]:
    """Sort what went wrong. `unknown`: where no answer came, it may have worked."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise NotNow("Slack is away") from error
    except httpx.HTTPError as error:
        raise NotNow("Slack did not answer", unknown=unknown) from error
    except SlackApiError as error:
        code = str(error.response["error"])
        if error.response.status_code == 429 or code == "ratelimited":
            raise NotNow("Slack asked to wait", _wait(error)) from error
        if error.response.status_code >= 500 or code in PASSING:
            raise NotNow(f"Slack failed ({code})", unknown=unknown) from error
        if code == "missing_scope":
            raise Never(code) from error
        if code in BAD_TOKENS:
            raise NotNow(f"Slack does not accept the token ({code})") from error
        raise Never(code) from error


def _wait(error: SlackApiError) -> timedelta:
    named = {name.lower(): value for name, value in error.response.headers.items()}
    seconds = str(named.get("retry-after", "1"))
    return timedelta(seconds=int(seconds) if seconds.isdigit() else 1)
