"""Who listens to how sources are asked: each request, and what came of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.sources.budget import does_somebody_wait


@dataclass(slots=True)
class Exchange:
    """One request: `status` is None where no whole answer came."""

    host: str
    method: str
    does_somebody_wait: bool
    status: int | None = None
    seconds: float = 0.0


Listener = Callable[[Exchange], None]
"""Hears of each request once it is over, in the thread in which it was made."""


def nobody(exchange: Exchange) -> None:
    """Hears nothing."""


@contextmanager
def heard(listener: Listener, host: str, method: str) -> Iterator[Exchange]:
    """Let the listener hear of what is asked within, also where that fails."""
    exchange, began = Exchange(host, method, does_somebody_wait()), time.monotonic()
    try:
        yield exchange
    finally:
        exchange.seconds = time.monotonic() - began
        listener(exchange)
