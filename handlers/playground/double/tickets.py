"""Things that run out: trigger ids, response_url addresses and socket tickets."""

import secrets
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from handlers.playground.double.errors import Refusal

HOOK_LIFE = timedelta(minutes=30)
HOOK_USES = 5
KEPT = 100_000

T = TypeVar("T")


class Clocked(Protocol):
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Trigger:
    user: str
    issued: datetime
    used: bool = False


@dataclass(frozen=True, slots=True)
class Hook:
    """A response_url: for whom and where, and which message it answers (None: a command)."""

    user: str
    channel: str
    issued: datetime
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class Tickets:
    """Hands them out and takes them back; refuses those that are spent or too old."""

    def __init__(self, clocked: Clocked) -> None:
        self._clocked = clocked
        self.trigger_life = timedelta(seconds=3)
        self._lock = threading.Lock()
        self._triggers: dict[str, Trigger] = {}
        self._hooks: dict[str, Hook] = {}
        self._sockets: set[str] = set()
        self._count = 0

    def trigger(self, user: str) -> str:
        with self._lock:
            self._count += 1
            id = f"{1_000_000 + self._count}.{self._count}.{secrets.token_hex(16)}"
            _keep(self._triggers, id, Trigger(user, self._clocked.now()))
        return id

    def exchange(self, id: str) -> str:
        """The person whose trigger this is; a trigger serves once, while it lives."""
        with self._lock:
            trigger = self._triggers.get(id)
            if trigger is None:
                raise Refusal("invalid_trigger_id")
            if trigger.used:
                raise Refusal("exchanged_trigger_id")
            if self._clocked.now() - trigger.issued > self.trigger_life:
                raise Refusal("expired_trigger_id")
            self._triggers[id] = replace(trigger, used=True)
            return trigger.user

    def hook(
        self, user: str, channel: str, message_ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        token = secrets.token_urlsafe(18)
        hook = Hook(user, channel, self._clocked.now(), message_ts, thread_ts)
        with self._lock:
            _keep(self._hooks, token, hook)
        return token

    def use_hook(self, token: str) -> Hook:
        """The hook behind a token, with one use taken."""
        with self._lock:
            hook = self._hooks.get(token)
            if hook is None:
                raise Refusal("invalid_token", status=404)
            if self._clocked.now() - hook.issued > HOOK_LIFE:
                raise Refusal("expired_url", status=404)
            if hook.uses >= HOOK_USES:
                raise Refusal("used_url", status=404)
            self._hooks[token] = replace(hook, uses=hook.uses + 1)
            return hook

    def socket(self) -> str:
        ticket = secrets.token_urlsafe(18)
        with self._lock:
            self._sockets.add(ticket)
        return ticket

    def use_socket(self, ticket: str) -> bool:
        """Whether the ticket was good; it serves for one connection."""
        with self._lock:
            if ticket not in self._sockets:
                return False
            self._sockets.remove(ticket)
            return True


def _keep(tickets: dict[str, T], id: str, ticket: T) -> None:
    """Adds a ticket; the oldest goes when there are very many."""
    tickets[id] = ticket
    if len(tickets) > KEPT:
        del tickets[next(iter(tickets))]
