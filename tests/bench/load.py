"""The load generator in a process of its own: `python -m tests.bench.load CONTROL SECRET`.

It takes an order (a JSON object) a line, and prints what it measured, in seconds, a line.
All times are of one monotonic clock, which the double reads too.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from random import Random
from typing import Any

from handlers.playground.double import signed
from tests.bench.wire import Wire

Json = dict[str, Any]

ACK_LIMIT = 3.0
"""Seconds that Slack waits for an acknowledgement."""
PATIENCE = 30.0
"""Seconds that one answer is waited for."""


@dataclass(slots=True)
class Sent:
    """One delivery: when it was due, when it was acknowledged (None: not with a 200)."""

    kind: str
    thread: str
    due: int
    acked: int | None = None

    @property
    def ack(self) -> float | None:
        return None if self.acked is None else (self.acked - self.due) / 1e9


@dataclass(slots=True)
class Generator:
    control: Wire
    secret: str
    apps: dict[str, Wire] = field(default_factory=dict)

    def app(self, url: str) -> Wire:
        return self.apps.setdefault(url, Wire(url))

    async def ready(self, kind: str, order: Json) -> list[Json]:
        """Payloads with the order's texts for this kind of delivery."""
        asked = await self.control.ask(f"/{kind}s", texts=order[kind], askers=order["askers"])
        return [{**one, "kind": kind} for one in asked["ready"]]

    async def arrivals(self, since: int, count: int = 0, seconds: float = 0) -> list[Any]:
        words = {"since": since, "count": count, "seconds": seconds}
        answer = await self.control.ask("/arrivals", **words)
        found: list[Any] = answer["arrivals"]
        return found

    async def deliver(self, app: Wire, payload: Json, due: int | None = None) -> Sent:
        """Sign and send one payload, and wait for the acknowledgement."""
        body: str = payload["body"]
        headers = signed(self.secret, body, int(time.time())) | {"Content-Type": payload["type"]}
        sent = Sent(payload["kind"], payload["thread"], due or time.monotonic_ns())
        try:
            status, _ = await app.post("", body.encode(), headers)
        except (OSError, asyncio.IncompleteReadError):
            return sent
        if status == 200:
            sent.acked = time.monotonic_ns()
        return sent

    async def one_by_one(self, order: Json) -> Json:
        """Each command and mention after the one before was answered; ends at one that is not."""
        app = self.app(order["app"])
        payloads = [one for kind in ("command", "mention") for one in await self.ready(kind, order)]
        before = so_far = len(await self.arrivals(0))
        sent = []
        for payload in payloads:
            sent.append(await self.deliver(app, payload))
            found = await self.arrivals(so_far, 1, PATIENCE)
            if not found:
                break
            so_far += len(found)
        app.close()
        return told(sent, await self.arrivals(before))

    async def open_loop(self, order: Json) -> Json:
        """Commands and mentions in turn, at random moments, `rate` a second on average.

        They are sent when they are due, however many are still waiting; an acknowledgement counts
        from when it was due. Ends when everything is answered, or after `drain` seconds more.
        """
        app = self.app(order["app"])
        commands, mentions = [await self.ready(kind, order) for kind in ("command", "mention")]
        pairs = zip(commands, mentions, strict=True)
        payloads = [payload for pair in pairs for payload in pair]
        before = len(await self.arrivals(0))
        dice = Random("arrivals")
        began = due = time.monotonic_ns()
        tasks = []
        for payload in payloads:
            due += int(dice.expovariate(order["rate"]) * 1e9)
            await asyncio.sleep(max(0.0, (due - time.monotonic_ns()) / 1e9))
            tasks.append(asyncio.create_task(self.deliver(app, payload, due)))
        drain = float(order["drain"])
        found = await self.arrivals(before, len(payloads), drain)
        done, open_ones = await asyncio.wait(tasks, timeout=5 if found else drain)
        for task in open_ones:
            task.cancel()
        app.close()
        took = (time.monotonic_ns() - began) / 1e9
        return told([task.result() for task in done], found) | {"took": took}


def told(sent: list[Sent], arrivals: list[Any]) -> Json:
    """What was measured: acknowledgements by kind, and from mention to answer, in seconds."""
    at = {thread: moment for thread, moment in arrivals if thread}
    acks = {
        kind: [one.ack for one in sent if one.kind == kind and one.ack is not None]
        for kind in ("command", "mention")
    }
    return {
        "acks": acks,
        "answers": [(at[one.thread] - one.due) / 1e9 for one in sent if one.thread in at],
        "sent": len(sent),
        "answered": len(arrivals),
        "late": sum(one.ack is None or one.ack > ACK_LIMIT for one in sent),
    }


async def serve(control: str, secret: str) -> None:
    generator = Generator(Wire(control), secret)
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        order = json.loads(line)
        deeds = {"one_by_one": generator.one_by_one, "open_loop": generator.open_loop}
        print(json.dumps(await deeds[order["do"]](order)), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2]))
