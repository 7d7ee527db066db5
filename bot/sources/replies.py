"""What a server answered, and what to make of it: a reply, a trouble, or another attempt."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from bot.sources.base import Trouble, Why

PATIENCE = 3.0
"""Seconds that a server may ask us to wait in place; for longer we come back in a later pass."""
LONGEST_BAN = 86_400.0
PLAIN_BAN = timedelta(minutes=1)
"""How long we stay away where a server has had enough and does not say until when."""

MOST_SKEW = timedelta(hours=1)
"""Clocks that differ by more are no clocks: an answer was kept somewhere."""

TRANSIENT = {408, 500, 502, 503, 504}
BREAKS = "It answers that it is broken."
STATUSES: dict[int, Why] = {
    HTTPStatus.UNAUTHORIZED: Why.UNAUTHORISED,
    HTTPStatus.FORBIDDEN: Why.FORBIDDEN,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS: Why.FORBIDDEN,
    HTTPStatus.NOT_FOUND: Why.NOT_FOUND,
    HTTPStatus.GONE: Why.NOT_FOUND,
}


class Failed(Exception):
    """A request came to nothing, and why. Within bot.sources only."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.why)
        self.trouble = trouble


class Passing(Failed):
    """The same where another attempt may help; `wait` seconds first, if the server said so."""

    def __init__(self, trouble: Trouble, wait: float | None = None) -> None:
        super().__init__(trouble)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; header names are in lower case."""

    status: int
    body: str
    headers: Mapping[str, str]

    def json(self) -> Any:
        """The body's value. Raises `Failed` where it is no JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise Failed(
                Trouble(Why.GARBAGE, detail="It answers with something else than JSON.")
            ) from None


@dataclass(frozen=True, slots=True)
class Left:
    """How much a server says may still be asked, of how much, and when all of that begins anew."""

    remaining: int
    limit: int
    until: datetime


def left(reply: Reply, now: datetime) -> Left | None:
    """What is left, as GitHub says it with every reply; None where a server does not."""
    said = [
        reply.headers.get(f"x-ratelimit-{name}", "") for name in ("remaining", "limit", "reset")
    ]
    if not all(one.isascii() and one.isdigit() and len(one) < 16 for one in said):
        return None
    remaining, limit, reset = map(int, said)
    wait = min(max(reset - time_there(reply, now).timestamp(), 0.0), LONGEST_BAN)
    return Left(remaining, limit, now + timedelta(seconds=wait))


def judged(reply: Reply, expect: frozenset[int], now: datetime) -> Reply:
    """The reply, if it is one to work with. Raises `Failed`, and `Passing` of it."""
    status = reply.status
    if _has_had_enough(reply):
        raise limited(reply, now)
    if status in expect or 200 <= status < 300:
        return reply
    if status in TRANSIENT:
        raise Passing(Trouble(Why.AWAY, detail=BREAKS), _asked_wait(reply, now))
    raise Failed(Trouble(STATUSES.get(status, _by_class(status))))


def _has_had_enough(reply: Reply) -> bool:
    """Whether the server says that we ask too much, as GitHub and others do."""
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
        return True
    told = "retry-after" in reply.headers or "secondary rate" in reply.body
    spent = reply.headers.get("x-ratelimit-remaining") == "0"
    return reply.status == HTTPStatus.FORBIDDEN and (told or spent)


def limited(reply: Reply, now: datetime) -> Failed:
    """The trouble of a reply that says, in its own way or another, that we ask too much."""
    wait = _asked_wait(reply, now)
    if wait is not None and wait <= PATIENCE:
        return Passing(Trouble(Why.RATE_LIMITED, now + timedelta(seconds=wait)), wait)
    ban = PLAIN_BAN if wait is None else timedelta(seconds=min(wait, LONGEST_BAN))
    return Failed(Trouble(Why.RATE_LIMITED, now + ban))


def _by_class(status: int) -> Why:
    return Why.AWAY if status >= 500 else Why.GARBAGE


def again(error: Exception) -> bool | float:
    """Whether to try again, or after how many seconds."""
    if not isinstance(error, Passing):
        return False
    if error.wait is None:
        return True
    return error.wait if error.wait <= PATIENCE else False


def time_there(reply: Reply, now: datetime) -> datetime:
    """What time it was at the server; `now` where it does not say, or what nobody believes."""
    try:
        said = parsedate_to_datetime(reply.headers.get("date", ""))
    except (ValueError, OverflowError):
        return now
    said = said if said.tzinfo else said.replace(tzinfo=UTC)
    return said if abs(said - now) < MOST_SKEW else now


def _asked_wait(reply: Reply, now: datetime) -> float | None:
    """The seconds a server asks us to wait, if it says so. A moment is one of its own clock."""
    now = time_there(reply, now)
    if (said := reply.headers.get("retry-after")) is not None:
        return _seconds(said, now)
    if (left := reply.headers.get("ratelimit-reset", "")).isascii() and left.isdigit():
        return float(left[:15])
    if reply.headers.get("x-ratelimit-remaining") == "0":
        reset = reply.headers.get("x-ratelimit-reset", "")
        if reset.isascii() and reset.isdigit() and len(reset) < 16:
            return max(int(reset) - now.timestamp(), 0.0)
    return None


def _seconds(said: str, now: datetime) -> float | None:
    if said.isascii() and said.isdigit() and len(said) < 16:
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)
