"""Where an answer belongs: the place that something was said at, kept also while a form is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.slack import Slack
from handlers.views.acts import pack, unpack
from handlers.views.kit import Message

LONGEST_METADATA = 3000


@dataclass(frozen=True, slots=True)
class Origin:
    """Who said something, and where the answer goes.

    `channel` is None on Home. `thread` is the thread it was said in, `message` what a thread can
    begin under. A `public` answer is for everybody in the channel: what answers a mention, a direct
    message, or a button on a message that everybody sees. `pressed` is the message of the button.
    """

    user: str
    channel: str | None = None
    thread: str | None = None
    message: str | None = None
    public: bool = False
    response_url: str | None = None
    pressed: str | None = None

    @property
    def is_direct(self) -> bool:
        return self.channel is not None and self.channel.startswith("D")


def origin_of(body: Mapping[str, Any]) -> Origin | None:
    """The origin of any payload; None for one that nobody said, such as a changed profile."""
    match body:
        case {"command": str()}:
            return Origin(body["user_id"], body["channel_id"], response_url=body["response_url"])
        case {"type": "event_callback", "event": {"user": str(user), "item": dict(item)}}:
            # A reaction asks for nothing in words: what there is to say is for its author alone.
            return Origin(user, item.get("channel"))
        case {"type": "message_action"}:
            return _of_menu(body)
        case {"type": "event_callback", "event": {"subtype": str()} as event} if was_said(event):
            said = was_said(event)
            return _of_event({**said, "type": "message", "channel": event.get("channel")})
        case {"type": "event_callback", "event": {"user": str()} as event}:
            return _of_event(event)
        case {"type": "block_actions", "container": {"type": "message"}}:
            return _of_message(body)
        case {"user": {"id": str(user)}, "view": {"private_metadata": str(metadata)}}:
            return _kept(user, metadata)
        case {"user": {"id": str(user)}}:
            return Origin(user)
        case _:
            return None


def was_said(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message that an event tells to be edited or deleted, as it was; empty where it tells of
    none that somebody wrote.
    """
    was = event.get("previous_message")
    is_told = event.get("subtype") in ("message_changed", "message_deleted")
    return was if is_told and isinstance(was, dict) and isinstance(was.get("user"), str) else {}


def _of_event(event: Mapping[str, Any]) -> Origin:
    begins = {"app_mention": "ts", "link_shared": "message_ts"}.get(event["type"], "")
    return Origin(
        user=event["user"],
        channel=event.get("channel"),
        thread=event.get("thread_ts"),
        message=event.get(begins),
        public="channel" in event,
    )


def _of_menu(body: Mapping[str, Any]) -> Origin:
    """The menu of a message: told in its thread, in a DM of others to its user alone."""
    user, channel, said = body["user"]["id"], body["channel"]["id"], body["message"]
    if channel.startswith("D"):
        return Origin(user)
    thread = said.get("thread_ts") or said["ts"]
    return Origin(user, channel, thread, public=True, response_url=body.get("response_url"))


def _of_message(body: Mapping[str, Any]) -> Origin:
    container = body["container"]
    public = not container.get("is_ephemeral")
    channel: str = container["channel_id"]
    begins = public and not channel.startswith("D")
    return Origin(
        user=body["user"]["id"],
        channel=channel,
        thread=container.get("thread_ts") or (body.get("message") or {}).get("thread_ts"),
        message=container["message_ts"] if begins else None,
        public=public,
        response_url=body.get("response_url"),
        pressed=container["message_ts"],
    )


_KEPT = {"oc": "channel", "ot": "thread", "om": "message", "op": "public", "or": "response_url"}
"""The keys under which a form keeps where its outcome is to be told."""


def addressed(view: dict[str, Any], origin: Origin) -> dict[str, Any]:
    """The same form, which remembers where its outcome is to be told."""
    kept = {key: getattr(origin, name) or None for key, name in _KEPT.items()}
    metadata = {**unpack(view.get("private_metadata", "")), **kept}
    return {**view, "private_metadata": pack(metadata, LONGEST_METADATA)}


def _kept(user: str, metadata: str) -> Origin:
    kept = unpack(metadata)
    texts = {
        name: str(kept[key]) for key, name in _KEPT.items() if key in kept and name != "public"
    }
    return Origin(user, public=bool(kept.get("op")), **texts)


@dataclass(frozen=True, slots=True)
class Reply:
    """Says something where it belongs: `reply(message)`."""

    slack: Slack
    origin: Origin

    def __call__(self, message: Message) -> None:
        """Answer: for everybody where the question was, else for the one who asked alone."""
        origin = self.origin
        thread = origin.thread or origin.message
        if not origin.public or origin.channel is None:
            self.privately(message)
        elif origin.is_direct:
            self.slack.post(origin.channel, message, thread)
        elif not self.slack.posts(origin.channel, message, thread):
            self.privately(message)

    def privately(self, message: Message) -> None:
        """Tell only the one who asked, where they asked; where that is impossible, in their DM."""
        origin = self.origin
        if origin.public and origin.is_direct:
            self(message)
        elif origin.response_url and self.slack.respond(
            origin.response_url, message, origin.thread
        ):
            return
        elif origin.channel is None or origin.is_direct:
            self.slack.post(origin.user, message)
        else:
            # Only in a thread that exists: under a message without one nobody would see it.
            self.slack.whisper(origin.channel, origin.user, message, origin.thread)

    def instead(self, message: Message) -> None:
        """Put a message in the place of the one whose button was pressed."""
        url = self.origin.response_url
        if not (url and self.slack.respond(url, message, replace=True)):
            self(message)

    def dismiss(self) -> None:
        """Take the message away whose button was pressed."""
        if self.origin.response_url:
            self.slack.erase(self.origin.response_url)
