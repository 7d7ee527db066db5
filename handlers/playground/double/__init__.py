"""A strict Slack workspace in memory: it takes what Slack takes and refuses what Slack refuses.

The playground's page and the tests talk to it; the app under test reaches it over HTTP (and a
WebSocket) exactly as it would reach Slack.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar
from wsgiref.types import StartResponse, WSGIEnvironment

from handlers.playground.double import payloads
from handlers.playground.double.api import Planned, WebApi
from handlers.playground.double.check import Json
from handlers.playground.double.courier import Courier, Reply, Transport
from handlers.playground.double.errors import Refusal
from handlers.playground.double.interactions import Interactions
from handlers.playground.double.model import (
    App,
    Beside,
    Call,
    Channel,
    Command,
    File,
    LateAck,
    Message,
    Notice,
    Unacked,
    User,
    UserGroup,
    View,
)
from handlers.playground.double.over_http import OverHttp, signed
from handlers.playground.double.person import Person
from handlers.playground.double.server import Tls, serving
from handlers.playground.double.workspace import PATIENCE, SLACKBOT, Workspace

T = TypeVar("T")

SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "dnd:read",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "links:read",
        "reactions:read",
        "usergroups:read",
        "users:read",
    }
)
EVENTS = frozenset({"app_mention", "app_home_opened", "link_shared", "message.im", "user_change"})
CHARTER = App(
    scopes=SCOPES, events=EVENTS, commands=(Command("/charter"),), domains=("code.example",)
)


class Double:
    """The workspace with everything around it; see `Person` for what people do in it.

    `clock` gives aware datetimes and drives message times and everything that expires;
    `monotonic` measures acknowledgements; Slack waits three seconds for one, and a trigger id lives
    as long; `wall` (seconds since 1970) dates signatures, which
    the app checks against its own clock.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        app: App = CHARTER,
        *,
        team_id: str = "T0CHARTER",
        team_name: str = "Playground",
        team_domain: str = "playground",
        enterprise_id: str | None = None,
        ack_seconds: float = 3.0,
        trigger_seconds: float = 3.0,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.space = Workspace(app, clock, team_id, team_name, team_domain, enterprise_id)
        self.space.tickets.trigger_life = timedelta(seconds=trigger_seconds)
        self.app_url = ""
        self._sockets: Any = None
        self._sockets_of = self
        self.space.socket_url = self._socket_url
        http = OverHttp(self._app_address, lambda: self.app.signing_secret, wall)
        self.courier = Courier(self.space, http, self._socket, ack_seconds, monotonic)
        self.hands = Interactions(self.space, self.courier)
        self._api = WebApi(self.space, self._echo)
        self.add_user(app.bot_user_id, app.name, is_bot=True)
        self.add_user(SLACKBOT, "Slackbot", is_bot=True)

    # Settling in

    @property
    def app(self) -> App:
        return self.space.app

    def install(self, app: App) -> None:
        """Gives the app other scopes, events, commands, tokens or another secret."""
        with self.space.change():
            self.space.app = app

    def revoke(self, *scopes: str) -> None:
        self.install(replace(self.app, scopes=self.app.scopes - set(scopes)))

    def add_user(self, id: str, real_name: str, name: str = "", **more: Any) -> Person:
        """Adds a person; `name` is the handle, `more` the other fields of `User`."""
        handle = name or real_name.casefold().replace(" ", ".")
        with self.space.change():
            self.space.users[id] = User(id, handle, real_name, **more)
        return Person(self.space, self.courier, self.hands, id)

    def add_channel(
        self, name: str, members: Iterable[str] | None = None, *, id: str = "", **more: Any
    ) -> Channel:
        """Adds a channel with these members (ids or names; None: everybody active) and the app.

        `more` are the other fields of `Channel`; `without_app=True` leaves the app out.
        """
        users = self.space.users.values()
        everybody = [user.id for user in users if user.id != SLACKBOT and not user.deleted]
        ids = everybody if members is None else [self.space.user_named(m).id for m in members]
        app = set() if more.pop("without_app", False) else {self.app.bot_user_id}
        inside = (frozenset(ids) - {self.app.bot_user_id}) | app
        channel = Channel(id or self.space.fresh("C"), name, inside, **more)
        with self.space.change():
            self.space.channels[channel.id] = channel
        return channel

    def add_usergroup(self, id: str, handle: str, name: str, members: Sequence[str] = ()) -> None:
        with self.space.change():
            self.space.usergroups[id] = UserGroup(id, handle, name, frozenset(members))

    def change_user(self, who: str, **changes: Any) -> Reply | None:
        """Changes a person (deactivates with `deleted=True`) and sends `user_change`."""
        with self.space.change():
            user = replace(self.space.user_named(who), **changes)
            self.space.users[user.id] = user
        return self.courier.event(payloads.user_change(self.space, user), user.id)

    def change_channel(self, which: str, **changes: Any) -> Channel:
        """Renames, archives, fills or empties a channel, and tells the app what Slack tells."""
        with self.space.change():
            before = self.space.channel_named(which)
            channel = replace(before, **changes)
            self.space.channels[channel.id] = channel
        self._tell_of(before, channel)
        return channel

    def delete_channel(self, which: str) -> None:
        """Deletes a channel for good, with all that stands in it."""
        with self.space.change():
            gone = self.space.channels.pop(self.space.channel_named(which).id)
            self.space.messages.pop(gone.id, None)
        self._tell_of(gone, None)

    def _tell_of(self, before: Channel, after: Channel | None) -> None:
        for event in payloads.channel_events(self.space, before, after):
            self.courier.event(event, SLACKBOT)

    def uninstall(self) -> None:
        """Takes the app away, and tells it the last it hears."""
        revoked = {"oauth": [], "bot": [self.app.bot_user_id]}
        for event in (
            {"type": "tokens_revoked", "tokens": revoked, "event_ts": self.space.new_ts()},
            {"type": "app_uninstalled", "event_ts": self.space.new_ts()},
        ):
            self.courier.event(event, SLACKBOT)

    # Looking

    def person(self, who: str) -> Person:
        """A person by id, handle, full or first name. Raises LookupError."""
        return Person(self.space, self.courier, self.hands, self.space.user_named(who).id)

    def channel(self, which: str) -> Channel:
        return self.space.channel_named(which)

    @property
    def calls(self) -> list[Call]:
        with self.space.read():
            return list(self.space.calls)

    @property
    def late_acks(self) -> list[LateAck]:
        with self.space.read():
            return list(self.space.late_acks)

    @property
    def unacked(self) -> list[Unacked]:
        """Events that the app has not taken yet and that `retry_events` sends again."""
        with self.space.read():
            return list(self.space.unacked)

    @property
    def given_up(self) -> list[Unacked]:
        """Events that were not taken after three retries either."""
        with self.space.read():
            return list(self.space.given_up)

    @property
    def problems(self) -> list[str]:
        """Every fault found in a payload of the app, wherever it was sent."""
        with self.space.read():
            return list(self.space.problems)

    def wait(self, predicate: Callable[[], T], seconds: float = PATIENCE) -> T:
        """What `predicate` gives once it is true; it may look at the double but not call it over
        the network. Raises AssertionError when time is up."""
        found = self.space.wait(predicate, seconds)
        if not found:
            recent = [f"{call.method} {call.error or 'ok'}" for call in self.calls[-5:]]
            raise AssertionError(f"nothing came within {seconds:g} s; latest calls: {recent}")
        return found

    # Making it hard for the app

    def throttle(self, method: str, retry_after: int = 1, times: int = 1) -> None:
        """Answers the next calls of a method with 429."""
        self._plan(method, Refusal("ratelimited", status=429, retry_after=retry_after), times)

    def refuse(self, method: str, error: str, times: int = 1) -> None:
        """Answers the next calls of a method with this error."""
        self._plan(method, Refusal(error), times)

    def _plan(self, method: str, refusal: Refusal, times: int) -> None:
        with self.space.change():
            self._api.planned[method] = Planned(refusal, times)

    def retry_events(self) -> list[Reply]:
        """Makes Slack's next attempt for every event that was not taken (three at most)."""
        return self.courier.retry()

    def verifies_url(self) -> bool:
        """Whether the app answers Slack's url_verification with the challenge."""
        payload = payloads.url_verification(self.space)
        reply = self.courier.deliver("events_api", payload, "url_verification", "")
        body = reply.body.get("challenge") if isinstance(reply.body, dict) else reply.body
        return not reply.failure and body == payload["challenge"]

    # Being reached

    @property
    def transport(self) -> Literal["http", "socket"] | None:
        """How deliveries travel; None: over a connected socket if there is one, else HTTP."""
        return self.courier.transport

    @transport.setter
    def transport(self, transport: Literal["http", "socket"] | None) -> None:
        self.courier.transport = transport

    @property
    def base_url(self) -> str:
        return self.space.base_url

    @base_url.setter
    def base_url(self, url: str) -> None:
        self.space.base_url = url.rstrip("/")

    @property
    def api_url(self) -> str:
        """What a Slack client takes as its base URL."""
        return f"{self.base_url}/api/"

    def wsgi(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return self._api(environ, start)

    @contextmanager
    def serve(self, tls: Tls | None = None) -> Iterator[str]:
        """Serves the Web API on a free port of 127.0.0.1 and gives the base URL."""
        with serving(self.wsgi, tls=tls) as url:
            self.base_url = url
            try:
                yield url
            finally:
                self.close()

    def close(self) -> None:
        """Ends what runs beside the server: waiting pages, sockets, events on their way.

        Call it before the server that the double is mounted in stops.
        """
        self.space.close()
        self.courier.close()
        if self._sockets is not None:
            self._sockets.close()
            self._sockets = None

    @property
    def sockets(self) -> int:
        """How many sockets are connected."""
        return self._sockets.connected if self._sockets is not None else 0

    def disconnect_sockets(self, reason: str = "refresh_requested") -> None:
        """Sends every socket away, as Slack does when it refreshes connections."""
        if self._sockets is not None:
            self._sockets.disconnect(reason)

    def _app_address(self) -> str:
        return self.app_url or f"{self.base_url}/slack/events"

    def _socket_url(self) -> str:
        with self.space.change():
            if self._sockets is None:
                from handlers.playground.double.over_socket import SocketServer

                self._sockets = SocketServer(self.app.id, self.space.tickets, self.space.changed)
            return str(self._sockets.url)

    def share_sockets(self, other: "Double") -> None:
        """Deliver over the sockets of another workspace: an app opens them for all of them."""
        self._sockets_of = other

    def _socket(self) -> Transport | None:
        sockets = self._sockets_of._sockets
        return sockets if sockets is not None and sockets.connected else None

    def _echo(self, method: str, answer: Json) -> None:
        """The app hears of its own direct messages too, as it does from Slack."""
        for channel_id, ts in _stands(method, answer):
            message = self.space.message(channel_id, ts)
            if not self.space.channels[channel_id].is_im or message is None:
                continue
            if method == "chat.update":
                event = payloads.changed_event(self.space, message)
            else:
                event = payloads.said_event(self.space, "message", message, None)
            self.courier.event_later(event, self.app.bot_user_id)


def _stands(method: str, answer: Json) -> list[tuple[str, str]]:
    """Where what a call has posted or changed stands: channels and times."""
    if method in ("chat.postMessage", "chat.update"):
        return [(answer["channel"], answer["ts"])]
    if method == "files.completeUploadExternal":
        shared = {
            (channel_id, share["ts"])
            for file in answer["files"]
            for kind in file["shares"].values()
            for channel_id, shares in kind.items()
            for share in shares
        }
        return sorted(shared)
    return []


__all__ = [
    "CHARTER",
    "EVENTS",
    "PATIENCE",
    "SCOPES",
    "App",
    "Beside",
    "Call",
    "Channel",
    "Command",
    "Double",
    "File",
    "LateAck",
    "Message",
    "Notice",
    "Person",
    "Reply",
    "Tls",
    "User",
    "UserGroup",
    "View",
    "serving",
    "signed",
]
