"""The workspace itself: who and what is in it, behind one lock that also tells of changes."""

import itertools
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from handlers.playground.double.blocks import with_ids
from handlers.playground.double.check import Json
from handlers.playground.double.model import (
    App,
    Beside,
    Call,
    Channel,
    File,
    LateAck,
    Message,
    Notice,
    Unacked,
    Upload,
    User,
    UserGroup,
)
from handlers.playground.double.tickets import Tickets
from handlers.playground.double.views import Views
from handlers.playground.double.visible import said

T = TypeVar("T")
SLACKBOT = "USLACKBOT"


PATIENCE = 30.0
"""Seconds for which something is waited for, unless told otherwise. What comes is taken as soon as
it is there; on a busy machine that may take a while.
"""


class Workspace:
    """All state of the double. Every method takes the lock; every change wakes those who wait."""

    def __init__(
        self,
        app: App,
        clock: Callable[[], datetime],
        team_id: str,
        team_name: str,
        team_domain: str,
        enterprise_id: str | None,
    ) -> None:
        self.app = app
        self.clock = clock
        self.team_id, self.team_name, self.team_domain = team_id, team_name, team_domain
        self.enterprise_id = enterprise_id
        self.token_ends: dict[str, datetime] = {}
        """Bot tokens that were given for a while, and until when."""
        self.dead_tokens: dict[str, str] = {}
        """Tokens that were taken back, and what Slack says of them."""
        self.base_url = ""
        self.over = False
        self.socket_url: Callable[[], str] | None = None
        self.revision = 0
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, UserGroup] = {}
        self.messages: dict[str, dict[str, Message]] = {}
        self.beside: dict[str, Beside] = {}
        self.looking: dict[str, str] = {}
        self.uploads: dict[str, Upload] = {}
        self.message_values: dict[tuple[str, str, str], Json] = {}
        self.calls: deque[Call] = deque(maxlen=10_000)
        self.late_acks: deque[LateAck] = deque(maxlen=1_000)
        self.problems: deque[str] = deque(maxlen=1_000)
        self.notices: deque[Notice] = deque(maxlen=100)
        self.unacked: deque[Unacked] = deque(maxlen=1_000)
        self.given_up: deque[Unacked] = deque(maxlen=1_000)
        self._news = threading.Condition(threading.RLock())
        self._numbers = itertools.count(1)
        self._last_ts = 0
        self.views = Views(self)
        self.tickets = Tickets(self)

    @contextmanager
    def change(self) -> Iterator[None]:
        """Holds the lock for a change and then wakes everybody who waits for one."""
        with self._news:
            yield
            self.revision += 1
            self._news.notify_all()

    def changed(self) -> None:
        """Wakes everybody who waits, for a change that happened outside."""
        with self.change():
            pass

    @contextmanager
    def read(self) -> Iterator[None]:
        with self._news:
            yield

    def close(self) -> None:
        """Sends home everybody who waits for news; there will be none."""
        with self.change():
            self.over = True

    def wait(self, predicate: Callable[[], T], seconds: float) -> T:
        """What `predicate` gives as soon as it is true; its last value when time is up."""
        with self._news:
            self._news.wait_for(predicate, timeout=seconds)
            return predicate()

    def fresh(self, prefix: str) -> str:
        """A new id, never given before in this workspace."""
        with self.read():
            return f"{prefix}{next(self._numbers):08d}"

    def block_ids(self) -> Iterator[str]:
        while True:
            yield self.fresh("b")

    def new_ts(self) -> str:
        """A message timestamp: the clock's time, but always later than the one before."""
        with self.read():
            now = int(self.clock().timestamp() * 1_000_000)
            self._last_ts = max(now, self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def now(self) -> datetime:
        return self.clock().astimezone(UTC)

    def knows_token(self, token: str) -> bool:
        """Whether it was ever given to the app in this workspace."""
        with self.read():
            given = (self.app.bot_token, self.app.app_token, *self.token_ends, *self.dead_tokens)
            return bool(token) and token in given

    # Names

    def name_of(self, sigil: str, id: str) -> str:
        if sigil == "@":
            return self.users[id].real_name if id in self.users else ""
        if sigil == "#":
            return self.channels[id].name if id in self.channels else ""
        return self.usergroups[id].handle if id in self.usergroups else id

    def user_named(self, name: str) -> User:
        """A person by id, handle, full name or first name. Raises LookupError."""
        wanted = name.removeprefix("@").casefold()
        with self.read():
            if (found_by_id := self.users.get(name)) is not None:
                return found_by_id
            for called in (_by_id, _by_handle, _by_full_name, _by_first_name):
                found = [u for u in self.users.values() if called(u).casefold() == wanted]
                if len(found) == 1:
                    return found[0]
        raise LookupError(f"no such person, or more than one: {name}")

    def channel_named(self, name: str) -> Channel:
        """A channel by id or name. Raises LookupError."""
        wanted = name.removeprefix("#")
        with self.read():
            if (found := self.channels.get(wanted)) is not None:
                return found
            for channel in self.channels.values():
                if wanted in (channel.id, channel.name):
                    return channel
        raise LookupError(f"no such channel: {name}")

    def im_with(self, user_id: str) -> Channel:
        """The direct message between the app and a person, opened at first use."""
        with self.read():
            id = f"D{user_id[1:]}"
            if (opened := self.channels.get(id)) is not None:
                return opened
            members = frozenset({user_id, self.app.bot_user_id})
            channel = Channel(id, "", members, is_private=True, partner=user_id)
            with self.change():
                self.channels[channel.id] = channel
            return channel

    # Messages

    def post(
        self,
        channel: str,
        user: str,
        text: str,
        blocks: list[Json] | None = None,
        *,
        thread_ts: str | None = None,
        only_for: str | None = None,
        metadata: Json | None = None,
        mrkdwn: bool = True,
        broadcast: bool = False,
        files: tuple[File, ...] = (),
    ) -> Message:
        with self.change():
            named = with_ids(blocks or [], self.block_ids())
            message = Message(
                channel=channel,
                ts=self.new_ts(),
                user=user,
                text=text,
                said=self._said(text, named, files),
                blocks=tuple(named),
                files=files,
                thread_ts=thread_ts,
                only_for=only_for,
                metadata=metadata,
                mrkdwn=mrkdwn,
                broadcast=broadcast,
                bot_id=self.app.bot_id if user == self.app.bot_user_id else "",
            )
            self.messages.setdefault(channel, {})[message.ts] = message
            beside = self.beside.get(channel)
            if beside and message.bot_id and thread_ts == beside.thread:
                self.beside[channel] = beside.doing(beside.thread, "", ())
            return message

    def edit(
        self, message: Message, text: str, blocks: list[Json], metadata: Json | None = None
    ) -> Message:
        """The message with a new content; as in Slack, `edited` is shown for plain text only."""
        with self.change():
            named = with_ids(blocks, self.block_ids())
            edited = replace(
                message,
                text=text,
                blocks=tuple(named),
                said=self._said(text, named, message.files),
                edited=not named,
                metadata=metadata if metadata is not None else message.metadata,
            )
            self.messages[message.channel][message.ts] = edited
            return edited

    def _said(self, text: str, blocks: list[Json], files: tuple[File, ...]) -> str:
        titles = (file.title for file in files)
        return "\n".join(filter(None, (said(text, blocks, self.name_of), *titles)))

    def react(self, message: Message, name: str, user: str, *, added: bool) -> bool:
        """Put somebody's reaction on a message, or take it away; False where that is so already."""
        with self.change():
            found = dict(self.messages[message.channel][message.ts].reactions)
            users = found.get(name, ())
            if (user in users) is added:
                return False
            found[name] = (*users, user) if added else tuple(one for one in users if one != user)
            kept = tuple((each, by) for each, by in found.items() if by)
            current = self.messages[message.channel][message.ts]
            self.messages[message.channel][message.ts] = replace(current, reactions=kept)
            return True

    def remove(self, message: Message) -> None:
        with self.change():
            self.messages.get(message.channel, {}).pop(message.ts, None)

    def message(self, channel: str, ts: str) -> Message | None:
        with self.read():
            return self.messages.get(channel, {}).get(ts)

    def visible_to(self, user_id: str, channel: str) -> list[Message]:
        """The messages of a channel in order, without what only others may see."""
        with self.read():
            all_messages = self.messages.get(channel, {}).values()
            return [m for m in all_messages if m.only_for in (None, user_id)]

    # What Slack itself tells

    def tell(self, user: str, channel: str | None, text: str) -> None:
        with self.change():
            self.notices.append(Notice(next(self._numbers), user, channel, text))

    def slackbot(self, user: str, channel: str, text: str) -> None:
        """A line from Slackbot in a channel that only this person sees."""
        self.post(channel, SLACKBOT, text, only_for=user)


def _by_id(user: User) -> str:
    return user.id


def _by_handle(user: User) -> str:
    return user.name


def _by_full_name(user: User) -> str:
    return user.real_name


def _by_first_name(user: User) -> str:
    return user.real_name.split(" ")[0]
