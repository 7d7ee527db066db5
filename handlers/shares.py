"""A share in threads that many use: whoever brings much, or waits long, holds up nobody else."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Condition

import structlog

from handlers import observe

log = structlog.get_logger("charter.shares")

Work = Callable[[], object]


class Share:
    """Has at most `most` pieces of work done at once, in their order; the rest waits here, and not
    in the line that all stand in. What a piece of work raises is logged.
    """

    def __init__(self, pool: ThreadPoolExecutor, most: int) -> None:
        self._pool = pool
        self._most = most
        self._changed = Condition()
        self._under_way = 0
        self._waiting: deque[Work] = deque()
        self._is_over = False

    def submit(self, work: Work) -> None:
        """Have it done, unless this share is left."""
        with self._changed:
            if not self._is_over:
                self._waiting.append(work)
                self._begin()

    @property
    def is_idle(self) -> bool:
        with self._changed:
            return not self._under_way and not self._waiting

    def leave(self) -> None:
        """Begin nothing more."""
        with self._changed:
            self._is_over = True
            self._waiting.clear()

    def wait(self) -> None:
        """Wait for what is under way."""
        with self._changed:
            self._changed.wait_for(lambda: not self._under_way)

    def _begin(self) -> None:
        while self._waiting and self._under_way < self._most:
            self._under_way += 1
            self._pool.submit(self._do, self._waiting.popleft())

    def _do(self, work: Work) -> None:
        try:
            if not self._is_over:  # it may have stood in the pool's line until then
                work()
        except Exception as error:
            log.error("work_failed", **observe.fault(error))
        finally:
            with self._changed:
                self._under_way -= 1
                self._begin()
                self._changed.notify_all()
