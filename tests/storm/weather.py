"""A Slack that fails at random: too many calls, errors, and answers that are lost on the way."""

import json
import random
import time
from collections import Counter
from collections.abc import Iterable
from threading import Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from handlers.playground.double.errors import Refusal

FAULTS = {
    "429": 0.08,
    "500": 0.05,
    "500, though accepted": 0.04,
    "torn": 0.02,
    "torn, though accepted": 0.04,
    "late, though accepted": 0.02,
}
"""How often a call meets with each."""
CALLS = frozenset(
    {"chat.postMessage", "chat.update", "conversations.history", "conversations.info"}
)


class Weather:
    """A WSGI app between Charter and the double. `met` counts the faults."""

    def __init__(self, double: WSGIApplication, seed: int, late: float) -> None:
        """`late`: after how many seconds an answer comes too late."""
        self._double = double
        self._chance = random.Random(seed)
        self._late = late
        self._lock = Lock()
        self._is_calm = False
        self.met: Counter[str] = Counter()

    def calm(self) -> None:
        """Fail no more."""
        self._is_calm = True

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        fault = self._next(environ["PATH_INFO"].removeprefix("/api/"))
        if fault.endswith("accepted"):
            b"".join(self._double(environ, lambda *_: lambda _: None))
        match fault.partition(",")[0]:
            case "429":
                return _refused(Refusal("ratelimited", status=429, retry_after=1), start)
            case "500":
                return _refused(Refusal("internal_error", status=500), start)
            case "torn":
                start("200 OK", [("Content-Length", "1000")])
                return [b'{"ok": true, ']
            case "late":
                time.sleep(self._late)
                return _refused(Refusal("request_timeout", status=504), start)
            case _:
                return self._double(environ, start)

    def _next(self, method: str) -> str:
        if self._is_calm or method not in CALLS:
            return ""
        with self._lock:
            left = self._chance.random()
            for fault, share in FAULTS.items():
                left -= share
                if left < 0:
                    self.met[fault] += 1
                    return fault
        return ""


def _refused(refusal: Refusal, start: StartResponse) -> Iterable[bytes]:
    body = json.dumps(refusal.body()).encode()
    more = [("Retry-After", str(refusal.retry_after))] if refusal.retry_after else []
    start(f"{refusal.status} Refused", [("Content-Length", str(len(body))), *more])
    return [body]
