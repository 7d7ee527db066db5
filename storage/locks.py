"""A lock that is had in the order in which it was asked for.

Python's own lock goes to whoever comes first once it is free, and that is the thread that has just
given it back: one with a thousand things to write would keep all others waiting until it is done.
"""

from collections import deque
from threading import Lock


class FairLock:
    """One thread at a time, each in its turn. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_taken = False
        self._waiting: deque[Lock] = deque()

    def acquire(self, timeout: float) -> bool:
        """Wait for one's turn; False where it did not come within so many seconds."""
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=timeout):
            return True
        with self._lock:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        return True  # it came between the end of the wait and this look

    @property
    def waiting(self) -> int:
        """How many wait for it."""
        return len(self._waiting)

    def release(self) -> None:
        """Hand it on to who has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
