"""What a burst of webhooks costs, in a process of its own: `python -m tests.bench.hearing ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. Thousands of
signed deliveries about some hundred linked pull requests come over HTTP by several connections, in
turn to Charter and to a server of the same make that looks at the signature and keeps nothing.
Prints seconds and counts. Fails where a burst comes to more than one look at a pull request, or
where memory keeps growing with each of them.
"""

import ctypes
import gc
import hashlib
import hmac
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from typing import Any

import httpx
from slack_bolt import App
from sqlmodel import select

from bot.orders import AddLink
from bot.outcome import Place
from bot.people import Actor, Surface
from handlers import observe, web, webhooks
from handlers.service import services
from handlers.slack import Installation, Installed, SlackClient
from storage.database import Database
from storage.tables import ProjectRow
from tests.support.evidence import PULL, Told

SECRET = "It's a Secret to Everybody"
CONNECTIONS = 8
SITE = "https://github.com/acme/churn/pull/"
SMALL = 60
MOST_GROWTH = 1.0
"""Megabytes that a further burst of the same size may leave in use: what is kept of it lies in the
database. A leak of two hundred bytes a webhook would be as much.
"""


def served(hook: webhooks.Hook) -> web.Server:
    bolt = App(
        client=SlackClient("xoxb-1", "http://127.0.0.1:9/", httpx.Client()),
        authorize=Installed(Installation("T1", None, "", "U0BOT", None, ""), "xoxb-1"),
        logger=observe.bolt_logger(),
        request_verification_enabled=False,
    )
    return web.listening(web.Web(bolt, None, lambda: True, {webhooks.GITHUB: hook}), "127.0.0.1", 0)


@contextmanager
def running(hook: webhooks.Hook) -> Iterator[str]:
    server = served(hook)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}{webhooks.GITHUB}"
    finally:
        server.close()
        thread.join(10)


def bodies(count: int, pulls: int) -> list[bytes]:
    """Deliveries of about the size that GitHub sends."""
    padding = "x" * 20_000
    return [
        json.dumps(
            {
                "action": "labeled",
                "repository": {"full_name": "acme/churn"},
                "pull_request": {"number": number % pulls + 1, "body": padding},
            }
        ).encode()
        for number in range(count)
    ]


def headers(body: bytes, delivery: str) -> dict[str, str]:
    return {
        "X-GitHub-Event": "pull_request",
        "X-GitHub-Delivery": delivery,
        "X-Hub-Signature-256": "sha256="
        + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest(),
    }


def burst(url: str, said: Sequence[bytes], name: str) -> tuple[float, list[float], int]:
    """Seconds for all, seconds for each, and how many were taken."""

    def post(mine: Sequence[tuple[int, bytes]]) -> list[tuple[float, int]]:
        told = []
        with httpx.Client(timeout=60) as http:
            for number, body in mine:
                about = headers(body, f"{name}-{number}")
                began = time.perf_counter()
                status = http.post(url, content=body, headers=about).status_code
                told.append((time.perf_counter() - began, status))
        return told

    shares = [list(enumerate(said))[start::CONNECTIONS] for start in range(CONNECTIONS)]
    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as hands:
        told = [one for share in hands.map(post, shares) for one in share]
    whole = time.perf_counter() - began
    taken = sum(status == HTTPStatus.ACCEPTED for _, status in told)
    return whole, [seconds for seconds, _ in told], taken


class _Allocated(ctypes.Structure):
    """What glibc's `mallinfo2` tells."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


def in_use() -> float:
    """Megabytes that are held, once garbage was looked for: those of malloc, with what it mapped,
    and those small ones that Python keeps apart, at sixty bytes each.
    """
    gc.collect()
    tell = ctypes.CDLL(None).mallinfo2
    tell.restype = _Allocated
    told = tell()
    small = sys.getallocatedblocks() * SMALL
    return float(told.uordblks + told.hblkhd + small) / 1e6


def resident() -> float:
    """Megabytes of memory, with what was given back and is kept for the next who asks."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("Linux tells it")


class Bench:
    """A workspace with so many linked pull requests."""

    def __init__(self, url: str, pulls: int) -> None:
        self.now = datetime(2026, 11, 23, 10, tzinfo=UTC)
        self.database = Database(url)
        self.github = Told()
        self.charter = services(self.database, lambda: self.now, sources=(self.github,))
        self.charter.timers.stand(1)
        with self.database.read() as session:
            project = session.exec(select(ProjectRow.key).order_by(ProjectRow.key)).first()
        operator = Actor(1, None, Surface.CLI, is_admin=True)
        for number in range(1, pulls + 1):
            ref = replace(PULL.ref, key=f"acme/churn#{number}", url=f"{SITE}{number}")
            self.github.tells(replace(PULL, ref=ref, number=number))
            self.charter.links.link(operator, AddLink(ref.url, None, project), Place())
        self.looks()

    def looks(self) -> int:
        """See to all that is due a few seconds later; how many pull requests were asked for."""
        before = len(self.github.asked)
        self.now += timedelta(seconds=10)
        self.charter.timers.run_due(1)
        return sum(len(one) for one in self.github.asked[before:])

    def close(self) -> None:
        self.charter.links.close()
        self.database.close()


def main(order: Mapping[str, Any]) -> None:
    count, pulls, rounds = (200, 10, 1) if order["quick"] else (5_000, 100, 3)
    found: dict[str, list[float]] = {"count": [count], "pulls": [pulls]}

    def keep(name: str, value: float) -> None:
        found.setdefault(name, []).append(value)

    def nothing(event: str, delivery: str, payload: Any) -> bool:
        return True

    takes: dict[str, Callable[[str, str, Any], bool]] = {"bare": nothing}
    said = bodies(count, pulls)
    with closing(Bench(order["url"], pulls)) as bench:
        takes["charter"] = bench.charter.deliveries.said_by_github
        for turn in range(rounds):
            for name, take in takes.items():
                with running(webhooks.github(SECRET, take)) as url:
                    whole, each, taken = burst(url, said, f"{name}{turn}")
                assert taken == count, f"{taken} of {count} were taken"
                keep(name, whole)
                keep(f"{name}_p99", quantiles(each, n=100)[-1])
            keep("looks", bench.looks())
            keep("memory", resident())
            keep("in_use", in_use())
    assert set(found["looks"]) == {pulls}, f"{found['looks']} looks at {pulls} pull requests"
    growth = [after - before for before, after in pairwise(found["in_use"])]
    assert max(growth, default=0.0) <= MOST_GROWTH, f"bursts left {growth} MB behind"
    print(json.dumps(found), flush=True)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: ratios to the server that keeps nothing, then medians."""
    count, pulls = int(found["count"][0]), int(found["pulls"][0])
    charter, bare = median(found["charter"]), median(found["bare"])
    yield f"{count:,} webhooks about {pulls} pull requests by {CONNECTIONS} connections, all taken:"
    yield f"  {charter / count * 1e3:.2f} ms each, "
    yield f"  {charter / bare:.1f} × a server that keeps nothing"
    slow, slow_bare = median(found["charter_p99"]), median(found["bare_p99"])
    yield f"  p99 {slow * 1e3:.0f} ms ({slow_bare * 1e3:.0f} ms)"
    looks = ", ".join(f"{look:.0f}" for look in found["looks"])
    yield f"  looks at pull requests after each burst: {looks}"
    memory = ", ".join(f"{size:.0f}" for size in found["memory"])
    yield f"  memory after each burst: {memory} MB"
    used = ", ".join(f"{size:.1f}" for size in found["in_use"])
    yield f"  of it in use: {used} MB"


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
