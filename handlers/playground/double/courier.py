"""Takes deliveries to the app, by HTTP or over a socket, and keeps the time it has."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from handlers.playground.double import payloads
from handlers.playground.double.check import Json
from handlers.playground.double.model import LateAck, Unacked
from handlers.playground.double.workspace import Workspace

Kind = Literal["events_api", "slash_commands", "interactive"]
RETRIES = 3
EVENT_SCOPES = {
    "app_context_changed": "",
    "app_mention": "app_mentions:read",
    "link_shared": "links:read",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "channel_rename": "channels:read",
    "channel_unarchive": "channels:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "group_rename": "groups:read",
    "group_unarchive": "groups:read",
    "app_home_opened": "",
    "app_uninstalled": "",
    "tokens_revoked": "",
}


@dataclass(frozen=True, slots=True)
class Retry:
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `status` is None when nothing did; `body` is an object, text or nothing."""

    status: int | None
    body: Json | str | None = None
    problem: str = ""


class Transport(Protocol):
    def send(self, kind: Kind, payload: Json, seconds: float, retry: Retry | None) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Reply:
    """How a delivery ended; `failure` is "" when it was acknowledged in time, else
    `operation_timeout` (too late), `dispatch_failed` (refused or unreachable)."""

    body: Json | str | None
    failure: str
    reason: str = ""


class Courier:
    """Delivers over the chosen transport; by itself a connected socket comes before HTTP."""

    def __init__(
        self,
        space: Workspace,
        http: Transport,
        socket: Callable[[], Transport | None],
        seconds: float,
        monotonic: Callable[[], float],
    ) -> None:
        self._space = space
        self._http = http
        self._socket = socket
        self.seconds = seconds
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._later: ThreadPoolExecutor | None = None
        self.transport: Literal["http", "socket"] | None = None

    def deliver(
        self, kind: Kind, payload: Json, what: str, user: str, retry: Retry | None = None
    ) -> Reply:
        """One delivery; waits for the acknowledgement, at most for Slack's three seconds."""
        began = self._monotonic()
        answer = self._chosen().send(kind, payload, self.seconds, retry)
        took = self._monotonic() - began
        late = took > self.seconds or answer.problem == "http_timeout"
        if late:
            with self._space.change():
                self._space.late_acks.append(LateAck(kind, what, user, took))
            return Reply(None, "operation_timeout", "http_timeout")
        if answer.status == 200:
            return Reply(answer.body, "")
        return Reply(answer.body, "dispatch_failed", answer.problem or "http_error")

    def _chosen(self) -> Transport:
        socket = self._socket() if self.transport != "http" else None
        if socket is not None:
            return socket
        return _Nobody() if self.transport == "socket" else self._http

    def event(self, event: Json, user: str, *, shared: bool = False) -> Reply | None:
        """Sends an event if the app subscribed to it and was granted the scope for it; keeps it
        for a retry if it was not taken."""
        name = "message.im" if event["type"] == "message" else event["type"]
        app = self._space.app
        if name not in app.events or not {EVENT_SCOPES[name]} <= {"", *app.scopes}:
            return None
        envelope = payloads.envelope(self._space, event, shared)
        reply = self.deliver("events_api", envelope, name, user)
        if reply.failure:
            with self._space.change():
                self._space.unacked.append(Unacked(envelope, reply.reason))
        return reply

    def event_later(self, event: Json, user: str) -> None:
        """Sends an event without waiting, in order with the others sent so."""
        with self._lock:
            if self._later is None:
                self._later = ThreadPoolExecutor(1, thread_name_prefix="slack-events")
            self._later.submit(self.event, event, user)

    def retry(self) -> list[Reply]:
        """Makes the next attempt for every event that was not taken; gives up after three."""
        with self._space.change():
            waiting = list(self._space.unacked)
            self._space.unacked.clear()
        return [self._retry(unacked) for unacked in waiting]

    def _retry(self, unacked: Unacked) -> Reply:
        event = unacked.envelope["event"]
        attempt = Retry(unacked.attempt + 1, unacked.reason)
        user = event.get("user", "")
        reply = self.deliver(
            "events_api",
            unacked.envelope,
            event["type"],
            user if isinstance(user, str) else "",
            attempt,
        )
        if reply.failure:
            tried = replace(unacked, attempt=attempt.number, reason=reply.reason)
            with self._space.change():
                over = tried.attempt >= RETRIES
                (self._space.given_up if over else self._space.unacked).append(tried)
        return reply

    def close(self) -> None:
        """Lets what is on its way arrive and stops."""
        with self._lock:
            later, self._later = self._later, None
        if later is not None:
            later.shutdown(wait=True)


class _Nobody:
    """Socket Mode was asked for and nobody is connected."""

    def send(self, kind: Kind, payload: Json, seconds: float, retry: Retry | None) -> Answer:
        return Answer(None, problem="connection_failed")
