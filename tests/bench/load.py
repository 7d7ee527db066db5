"""The load generator in a process of its own: `python -m tests.bench.load CONTROL SECRET`.

It takes an order (a JSON object) a line, and prints what it measured, in seconds, a line.
All times are of one monotonic clock, which the double reads too.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from random import Random
from typing import Any

from handlers.playground.double import signed
from tests.bench.wire import Turns, Wire

Json = dict[str, Any]

ACK_LIMIT = 3.0
"""Seconds that Slack waits for an acknowledgement."""
PATIENCE = 30.0
"""Seconds that one answer is waited for."""
BUSY = b"I am busy just now"
"""What stands in the acknowledgement of a command that is not answered."""


@dataclass(slots=True)
class Sent:
    """One delivery: when it was due, when it was acknowledged (None: not with a 200), and whether
    that said that there is no time for it; `again` where Slack is to bring it once more.
    """

    kind: str
    thread: str
    due: int
    acked: int | None = None
    busy: bool = False
    again: bool = False

    @property
    def ack(self) -> float | None:
        return None if self.acked is None else (self.acked - self.due) / 1e9


@dataclass(slots=True)
class Generator:
    control: Wire
    secret: str
    apps: dict[str, Turns] = field(default_factory=dict)

    def app(self, urls: str) -> Turns:
        """One server, or several with a space between them."""
        return self.apps.setdefault(urls, Turns(urls.split()))

    async def ready(self, kind: str, order: Json) -> list[Json]:
        """Payloads with the order's texts for this kind of delivery."""
        asked = await self.control.ask(f"/{kind}s", texts=order[kind], askers=order["askers"])
        return [{**one, "kind": kind} for one in asked["ready"]]

    async def arrivals(self, since: int, count: int = 0, seconds: float = 0) -> list[Any]:
        words = {"since": since, "count": count, "seconds": seconds}
        answer = await self.control.ask("/arrivals", **words)
        found: list[Any] = answer["arrivals"]
        return found

    async def deliver(self, app: Turns, payload: Json, due: int | None = None) -> Sent:
        """Sign and send one payload, and wait for the acknowledgement."""
        body: str = payload["body"]
        headers = signed(self.secret, body, int(time.time())) | {"Content-Type": payload["type"]}
        sent = Sent(payload["kind"], payload["thread"], due or time.monotonic_ns())
        try:
            status, said = await app.post("", body.encode(), headers)
        except (OSError, asyncio.IncompleteReadError):
            return sent
        if status == 200:
            sent.acked = time.monotonic_ns()
            sent.busy = BUSY in said
        sent.again = status == 503
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

    async def burst(self, order: Json) -> Json:
        """Commands, `width` at a time, each as soon as one before is acknowledged; `took` ends with
        the last acknowledgement. Then all answers are waited for.
        """
        app = self.app(order["app"])
        payloads = await self.ready("command", order)
        before = len(await self.arrivals(0))
        waiting, sent = iter(payloads), []

        async def client() -> None:
            for payload in waiting:
                sent.append(await self.deliver(app, payload))

        began = time.monotonic_ns()
        await asyncio.gather(*(client() for _ in range(order["width"])))
        took = (time.monotonic_ns() - began) / 1e9
        found = await self.arrivals(before, len(payloads), PATIENCE)
        app.close()
        return told(sent, found) | {"took": took}

    async def closed_loop(self, order: Json) -> Json:
        """Commands and mentions in turn, `width` of them between sending and answer."""
        app = self.app(order["app"])
        commands, mentions = [await self.ready(kind, order) for kind in ("command", "mention")]
        payloads = in_turn(commands, mentions)
        before = so_far = len(await self.arrivals(0))
        tasks: list[asyncio.Task[Sent]] = []
        began = time.monotonic_ns()
        for payload in payloads:
            while len(tasks) - (so_far - before) >= order["width"]:
                found = await self.arrivals(so_far, 1, PATIENCE)
                if not found:
                    raise RuntimeError("an answer never came")
                so_far += len(found)
            tasks.append(asyncio.create_task(self.deliver(app, payload)))
        found = await self.arrivals(before, len(payloads), PATIENCE)
        took = (time.monotonic_ns() - began) / 1e9
        sent = await asyncio.gather(*tasks)
        app.close()
        return told(sent, found) | {"took": took}

    async def open_loop(self, order: Json) -> Json:
        """Commands and mentions in turn, at random moments, `rate` a second on average.

        They are sent when they are due, however many are still waiting; an acknowledgement counts
        from when it was due. Ends when everything is answered, or after `drain` seconds more.
        """
        app = self.app(order["app"])
        commands, mentions = [await self.ready(kind, order) for kind in ("command", "mention")]
        payloads = in_turn(commands, mentions)
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


def in_turn(commands: list[Json], mentions: list[Json]) -> list[Json]:
    pairs = chain.from_iterable(zip_longest(commands, mentions))
    return [payload for payload in pairs if payload is not None]


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
        "late": sum(
            (one.ack is None and not one.again) or (one.ack or 0.0) > ACK_LIMIT for one in sent
        ),
        "busy": sum(one.busy for one in sent),
        "again": sum(one.again for one in sent),
    }


LONGEST_ORDER = 64 * 1024 * 1024
"""Bytes of one order: it names each request that is to be sent."""


async def serve(control: str, secret: str) -> None:
    generator = Generator(Wire(control), secret)
    deeds = {
        "one_by_one": generator.one_by_one,
        "burst": generator.burst,
        "closed_loop": generator.closed_loop,
        "open_loop": generator.open_loop,
    }
    lines = asyncio.StreamReader(limit=LONGEST_ORDER)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        order = json.loads(line)
        print(json.dumps(await deeds[order["do"]](order)), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2]))
