"""How Charter takes its leave when it is asked to stop: in order, and in time whatever hangs.

Where a load balancer is to see first that this process leaves, `/readyz` says no and all goes on
as before for `drain` seconds. Then nothing more is taken, and what is in hand has `FINISH` seconds:
whoever runs Charter kills what stays for longer. What is not done by then is left, and told in the
log. Nothing that was accepted is lost with it: it is on record, and what is to be sent is taken
over once its lease is over, as where a process dies.
"""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from threading import Lock, Timer
from typing import Any

import structlog

FINISH = 8.0
DONE = 0

log = structlog.get_logger("charter.leaving")


class Leaving:
    """`left` tells what is in hand still, and `end` ends the process at once, with an exit code.

    Thread-safe, and callable from a signal's handler. Made once a process.
    """

    def __init__(
        self,
        drain: float,
        left: Callable[[], Mapping[str, Any]],
        end: Callable[[int], None] = os._exit,
        finish: float = FINISH,
    ) -> None:
        self._drain = drain
        self._finish = finish
        self._left = left
        self._end = end
        self._lock = Lock()
        self._is_stopping = False
        self.is_begun = False

    def asked(self) -> bool:
        """The word to stop came; whether to stop now. A second word ends the draining."""
        with self._lock:
            if self._is_stopping:
                return False
            if self._drain and not self.is_begun:
                self.is_begun = True
                _later(self._drain, lambda: os.kill(os.getpid(), signal.SIGTERM))
                return False
            self.is_begun = self._is_stopping = True
            _later(self._finish, self._leave)
            return True

    def _leave(self) -> None:
        log.warning("left_undone", **self._left())
        sys.stdout.flush()
        sys.stderr.flush()
        self._end(DONE)


def _later(seconds: float, do: Callable[[], None]) -> None:
    timer = Timer(seconds, do)
    timer.daemon = True
    timer.start()
