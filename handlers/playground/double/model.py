"""What a workspace holds: people, channels, messages, views, and what was recorded about calls."""

import mimetypes
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class User:
    """A member of the workspace, or (with another `team_id`) a guest from a connected one."""

    id: str
    name: str
    real_name: str
    tz: str = "UTC"
    title: str = ""
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    team_id: str = ""
    email: str = ""
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, or a direct message when `partner` names the person at the other end."""

    id: str
    name: str
    members: frozenset[str] = frozenset()
    is_private: bool = False
    is_ext_shared: bool = False
    is_archived: bool = False
    partner: str = ""
    topic: str = ""

    @property
    def is_im(self) -> bool:
        return bool(self.partner)


@dataclass(frozen=True, slots=True)
class UserGroup:
    id: str
    handle: str
    name: str
    members: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command as the app's settings declare it."""

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = True


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry in the menu of a message, or (`is_global`) behind the lightning bolt."""

    name: str
    callback_id: str
    is_global: bool = False


@dataclass(frozen=True, slots=True)
class App:
    """The installed app: who it is, what it was granted and what it listens to."""

    id: str = "A0CHARTER"
    name: str = "Charter"
    bot_user_id: str = "U0CHARTER"
    bot_id: str = "B0CHARTER"
    bot_token: str = "xoxb-playground-bot"
    app_token: str = "xapp-1-playground-app"
    signing_secret: str = "playground-signing-secret"
    verification_token: str = "playground-verification"
    scopes: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    is_agent: bool = False
    domains: tuple[str, ...] = ()
    """Hosts whose links the app hears of, those below them included."""

    @classmethod
    def from_manifest(cls, manifest: Json, **identity: str) -> "App":
        """The app that a Slack app manifest describes; nobody declined an optional scope."""
        features = manifest.get("features", {})
        settings = manifest.get("settings", {})
        scopes = manifest["oauth_config"]["scopes"]
        return cls(
            name=manifest["display_information"]["name"],
            scopes=frozenset(scopes["bot"]) | frozenset(scopes.get("bot_optional", [])),
            is_agent="agent_view" in features,
            domains=tuple(features.get("unfurl_domains", [])),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
            commands=tuple(
                Command(
                    name=command["command"],
                    description=command.get("description", ""),
                    usage_hint=command.get("usage_hint", ""),
                    should_escape=command.get("should_escape", False),
                )
                for command in features.get("slash_commands", [])
            ),
            shortcuts=tuple(
                Shortcut(one["name"], one["callback_id"], one["type"] == "global")
                for one in features.get("shortcuts", [])
            ),
            **identity,
        )


@dataclass(frozen=True, slots=True)
class File:
    """A file that was shared; `title` is what people read, `name` what it is saved as."""

    id: str
    name: str
    title: str
    content: bytes
    created: int

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way: announced with its length, and perhaps received already."""

    file_id: str
    name: str
    length: int
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it now stands; `said` is all its visible text, mentions and dates resolved."""

    channel: str
    ts: str
    user: str
    text: str
    said: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    only_for: str | None = None
    metadata: Json | None = None
    mrkdwn: bool = True
    edited: bool = False
    broadcast: bool = False
    bot_id: str = ""
    files: tuple[File, ...] = ()
    reactions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Emoji by name, each with who reacted so."""

    @property
    def is_ephemeral(self) -> bool:
        return self.only_for is not None


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a Home tab as it now stands, with what the person has filled in."""

    id: str
    user: str
    body: Json
    hash: str
    said: str
    root_id: str
    previous_id: str | None = None
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    @property
    def type(self) -> str:
        return str(self.body["type"])

    @property
    def title(self) -> str:
        return str(self.body["title"]["text"]) if "title" in self.body else ""

    @property
    def blocks(self) -> tuple[Json, ...]:
        return tuple(self.body["blocks"])

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.body.get("private_metadata", ""))

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of its inputs, from top to bottom."""
        return tuple(b["label"]["text"] for b in self.blocks if b["type"] == "input")


@dataclass(frozen=True, slots=True)
class Beside:
    """What an agent's app shows beside its direct message with somebody: what to ask (each with the
    message that it sends), what it is doing in a thread, and what threads are about.
    """

    title: str = ""
    prompts: tuple[tuple[str, str], ...] = ()
    thread: str = ""
    status: str = ""
    loading: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()

    def doing(self, thread: str, status: str, loading: tuple[str, ...]) -> "Beside":
        return replace(self, thread=thread, status=status, loading=loading if status else ())

    def suggesting(self, title: str, prompts: tuple[tuple[str, str], ...]) -> "Beside":
        return replace(self, title=title, prompts=prompts)

    def entitled(self, thread: str, title: str) -> "Beside":
        rest = tuple(one for one in self.titles if one[0] != thread)
        return replace(self, titles=(*rest, (thread, title)))


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the app to Slack: a Web API method, or `response_url`."""

    method: str
    args: Json
    ok: bool
    error: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LateAck:
    """A delivery that the app did not acknowledge within the three seconds it has."""

    kind: str
    what: str
    user: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Notice:
    """What Slack itself tells a person when the app is late or has failed."""

    number: int
    user: str
    channel: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Unacked:
    """An event that the app has not taken yet; `attempt` counts the retries already made."""

    envelope: Json
    reason: str
    attempt: int = 0
