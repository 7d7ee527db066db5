"""The threads that listeners run in, and how much waits for one of them."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import ParamSpec, TypeVar

THREADS, TELLERS = 40, 4
MOST_WAITING = 200
"""Requests that may wait for a thread: about a second of answers, where a process has a core."""
MOST_UNTOLD = 100
"""People that may wait to be told that Charter is busy."""

P = ParamSpec("P")
T = TypeVar("T")


class Pool(ThreadPoolExecutor):
    """Threads, and a count of what waits for one: `is_full` where that is `most`. Thread-safe.

    Whoever asks first and then submits may find that others did so too: a few more may wait then.
    """

    def __init__(self, threads: int, name: str, most: int) -> None:
        super().__init__(threads, thread_name_prefix=name)
        self.most = most
        self._waiting = 0
        self._counting = Lock()

    @property
    def is_full(self) -> bool:
        return self._waiting >= self.most

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        with self._counting:
            self._waiting += 1
        return super().submit(self._begin, fn, *args, **kwargs)

    def _begin(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self._counting:
            self._waiting -= 1
        return fn(*args, **kwargs)


class Listeners(Pool):
    """The threads that listeners run in, and beside them `tellers`, who wait for no listener."""

    def __init__(self) -> None:
        super().__init__(THREADS, "listener", MOST_WAITING)
        self.tellers = Pool(TELLERS, "teller", MOST_UNTOLD)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait, cancel_futures=cancel_futures)
        self.tellers.shutdown(wait, cancel_futures=cancel_futures)
