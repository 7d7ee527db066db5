"""How much each server is asked in all: one budget a host, whoever asks it and for what.

Polling, what is followed, webhooks, registries and whatever else comes by the clock spend the same
budget; of the last of it they take nothing, so that people who wait for an answer still get one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from bot.sources.links import Server
from bot.sources.replies import Left

Clock = Callable[[], datetime]
Origin = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one host may be asked: `at_once` without a pause, and `a_second` more as time goes by;
    the last `reserve` of it by people who wait alone.

    In an hour that is 4,800 at most, and GitHub lets itself be asked 5,000 times an hour.
    """

    at_once: int = 1_200
    a_second: float = 1.0
    reserve: int = 200

    def kept(self, limit: int) -> int:
        """The same reserve of what a server itself gives, which may be little."""
        return min(self.reserve, limit // 10)


PLENTY = Allowance()

_waits: ContextVar[bool] = ContextVar("somebody_waits", default=False)


@contextmanager
def waited_for(does_somebody: bool = True) -> Iterator[None]:
    """What is asked within, in this thread, is for somebody who waits for it."""
    before = _waits.set(does_somebody)
    try:
        yield
    finally:
        _waits.reset(before)


def does_somebody_wait() -> bool:
    """Whether what is asked here and now is for somebody who waits for it."""
    return _waits.get()


@dataclass(frozen=True, slots=True)
class Standing:
    """How one host's budget stands: how much it may be asked at once, by people who wait, and until
    when it rests by its own word.
    """

    host: str
    left: float
    rests_until: datetime | None


@dataclass(slots=True)
class Budget:
    """What one host may still be asked. Thread-safe.

    It fills as time goes by, so that a pass which found it spent goes on where it stopped. What the
    server itself says is left counts too, for each who asks (`scope`) and each way of asking apart:
    GitHub counts questions by GraphQL, which are all that is posted, by themselves.
    """

    allowance: Allowance
    clock: Clock
    _spent: float = 0.0
    _at: datetime | None = None
    _told: dict[tuple[str, str], Left] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def spend(self) -> bool:
        """Take one request out of it; False where too little is left for whoever asks."""
        now, kept = self.clock(), 0 if _waits.get() else self.allowance.reserve
        with self._lock:
            self._refill(now)
            if self._spent + 1 > self.allowance.at_once - kept:
                return False
            self._spent += 1
            return True

    def _refill(self, now: datetime) -> None:
        passed = (now - self._at).total_seconds() if self._at else 0.0
        self._spent = max(self._spent - max(passed, 0.0) * self.allowance.a_second, 0.0)
        self._at = now

    def standing(self, host: str) -> Standing:
        """How it stands by now."""
        now = self.clock()
        with self._lock:
            self._refill(now)
            spent = [one.until for one in self._told.values() if not one.remaining]
            rests = max((until for until in spent if until > now), default=None)
            return Standing(host, self.allowance.at_once - self._spent, rests)

    def told(self, scope: str, method: str, left: Left | None) -> None:
        """Keep what the server said is left."""
        if left is not None:
            with self._lock:
                self._told[scope, method] = left

    def rests_until(self, scope: str, method: str) -> datetime | None:
        """Until when no more is asked by what the server said is left; None: it may be asked."""
        with self._lock:
            left = self._told.get((scope, method))
        if left is None or left.until <= self.clock():
            return None
        kept = 0 if _waits.get() else self.allowance.kept(left.limit)
        return left.until if left.remaining <= kept else None


class Budgets:
    """The budgets of all hosts. Thread-safe."""

    def __init__(self, clock: Clock, allowance: Allowance = PLENTY) -> None:
        self._clock = clock
        self._allowance = allowance
        self._known: dict[Origin, Budget] = {}
        self._lock = Lock()

    def of(self, server: Server) -> Budget:
        """The one of a server's host, under whatever path it is asked."""
        with self._lock:
            if server.origin not in self._known:
                self._known[server.origin] = Budget(self._allowance, self._clock)
            return self._known[server.origin]

    def standing(self) -> list[Standing]:
        """How each stands that was made so far."""
        with self._lock:
            known = list(self._known.items())
        return [budget.standing(f"{host}:{port}") for (_, host, port), budget in known]
