"""Large workbooks are made in a process of their own, which ends with the file.

Python computes in one thread at a time: beside one that writes a workbook, those that acknowledge
wait, and what it took of memory stays with the process. So whoever serves hands over what is wanted
and waits; the other process reads the database itself, and comes second wherever both want to
compute.
"""

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, Self

import structlog
from sqlalchemy import make_url

from bot.errors import CharterError, Unavailable
from bot.sheets import Step, unheard
from handlers import observe
from handlers.service.elsewhere import Order, T
from storage.database import Database

log = structlog.get_logger("charter.press")

NAME = "the process that writes workbooks"
NICE = 10
"""How far the process stands back behind the one that serves."""
TRIES = 2
"""How often one is begun that somebody kills, as a system does that runs out of memory."""
LET_GO_FIRST = "1000"
"""The most that Linux takes for how gladly a process is given up when memory runs out."""
LONGEST = 1_800.0
"""Seconds that one may take."""
MOST_WAITING = 10
"""Workbooks in hand at once, of which one is made: each of the others holds a thread that waits."""

_SPAWN = multiprocessing.get_context("spawn")
"""A fork would take over locks that other threads hold."""


class PressError(Exception):
    """The process met a fault of ours, which it logged."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What was made."""

    made: T


class Press:
    """Makes one workbook after another, each in a new process. Thread-safe."""

    def __init__(self, url: str, log_level: str = "info") -> None:
        self._url = url
        self._log_level = log_level
        self._in_hand = threading.BoundedSemaphore(MOST_WAITING)
        self._turn = threading.Lock()
        self._starting = threading.Lock()
        self._process: BaseProcess | None = None
        self._is_closed = False

    @classmethod
    def of(cls, url: str, log_level: str) -> Self | None:
        """None for a database that no other process could open: one that is in memory alone."""
        parsed = make_url(url)
        is_hidden = parsed.get_backend_name() == "sqlite" and parsed.database in {None, ":memory:"}
        return None if is_hidden else cls(url, log_level)

    def __call__(self, order: Order[T], tell: Step = unheard) -> T:
        """What is ordered; `tell` is told how far it is. Raises what making it here would raise,
        and `Unavailable` where the process was killed again and again, where too many wait already,
        and when Charter ends.
        """
        if not self._in_hand.acquire(blocking=False):
            raise Unavailable(NAME)
        try:
            with self._turn:
                return self._made(order, tell)
        finally:
            self._in_hand.release()

    def close(self) -> None:
        """End the process that is at work, if there is one, and begin no other."""
        with self._starting:
            self._is_closed = True
            if self._process is not None:
                self._process.kill()

    def _made(self, order: Order[T], tell: Step) -> T:
        for _ in range(TRIES):
            found = self._tried(order, tell)
            if isinstance(found, BaseException):
                raise found
            if found is not None:
                return found.made
        raise Unavailable(NAME)

    def _tried(self, order: Order[T], tell: Step) -> Done[T] | CharterError | PressError | None:
        """What one process says; None where it ended without a word."""
        ours, theirs = _SPAWN.Pipe(duplex=False)
        known = structlog.contextvars.get_contextvars()
        process = _SPAWN.Process(
            target=_work,
            args=(theirs, self._url, self._log_level, known, order),
            name="workbook",
            daemon=True,
        )
        with ours:
            with theirs, self._starting:
                if self._is_closed:
                    return None
                process.start()
                self._process = process
                _let_go_first(process)
            try:
                found = _heard(ours, tell)
            finally:
                with self._starting:
                    self._process = None
                    process.kill()
                process.join()
        if found is None:
            log.warning("workbook_lost", exit=process.exitcode)
        return found


def _let_go_first(process: BaseProcess) -> None:
    """Where memory runs out, Linux is to kill this one, and not the larger one that serves."""
    with suppress(OSError):
        Path(f"/proc/{process.pid}/oom_score_adj").write_text(LET_GO_FIRST)


def _heard(ours: Connection, tell: Step) -> Done[Any] | CharterError | PressError | None:
    """What comes after all steps; None where the process ended without it, or took too long."""
    end = time.monotonic() + LONGEST
    with suppress(EOFError):
        while ours.poll(max(0.0, end - time.monotonic())):
            match ours.recv():
                case (str(doing), int(done), int(of)):
                    tell(doing, done, of)
                case Done() | CharterError() | PressError() as found:
                    return found
    return None


def _work(
    out: Connection, url: str, log_level: str, known: Mapping[str, Any], order: Order[Any]
) -> None:
    """All that the process does: it sends how far it is, then what it made, or what is wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to both; `close` ends this
    os.nice(NICE)
    gc.disable()  # all goes with the process
    observe.configure(log_level)
    structlog.contextvars.bind_contextvars(**known)
    database = Database(url)

    def tell(doing: str, done: int, of: int) -> None:
        out.send((doing, done, of))

    found: Done[Any] | CharterError | PressError
    try:
        found = Done(order.made(database, tell))
    except CharterError as error:
        found = error
    except Exception as error:
        log.error("workbook_failed", **observe.fault(error))
        found = PressError(type(error).__name__)
    finally:
        database.close()
    out.send(found)
