"""What a look at everything linked costs other servers, in a process of its own:
`python -m tests.bench.looking ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. Two hundred
pull requests and a hundred runs are linked; a GitHub, an MLflow and a W&B on loopback answer by
HTTP and count what they are asked. Charter looks at all of them where nothing has moved, where a
few have, and closely as it does once an hour; in between it composes a digest. GitHub is asked by
GraphQL, and in another workspace by REST alone. Prints how much was asked, and seconds.
"""

import hashlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlmodel import select

from bot.orders import AddLink
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.settings import Settings
from bot.sources import sources
from handlers import observe
from handlers.service import services
from handlers.service.links.kept import KeptAnswers
from storage.database import Database
from storage.tables import ProjectRow
from tests.bench import stores
from tests.sources.answering import Answer, Answering, Asked, Script, answering
from tests.sources.cases import Pulls, Runs, said
from tests.sources.support import KEY
from tests.support.clock import T0

Counted = tuple[Counter[str], float]
"""How often what was asked, and the seconds that it took."""
HERE = Place("C0BENCH", "bench")
MOST_GRAPHQL = 5
"""Questions by GraphQL that a look at everything may take."""
_ALIAS = re.compile(r"r(\d+)")


class Hub(Pulls):
    """A GitHub whose answers carry tags; asked with one again, it says that nothing has changed."""

    def __call__(self, asked: Asked) -> Answer:
        answer = super().__call__(asked)
        tag = '"' + hashlib.sha256(answer.bytes()).hexdigest() + '"'
        if asked.method == "GET" and asked.headers.get("if-none-match") == tag:
            return Answer(304, None, {"ETag": tag})
        return Answer(answer.status, answer.body, {"ETag": tag})


class Cloud:
    """A W&B that tells every run it is asked for."""

    def __call__(self, asked: Asked) -> Answer:
        told = asked.json()["variables"]
        runs = {
            f"r{found[1]}": {
                "run": {
                    "name": run,
                    "displayName": "quiet-owl",
                    "state": "running",
                    "createdAt": said(T0 - timedelta(hours=3)),
                    "heartbeatAt": said(T0),
                    "summaryMetrics": '{"auc": 0.7}',
                    "config": '{"lr": {"value": 0.1}}',
                }
            }
            for name, run in told.items()
            if (found := _ALIAS.fullmatch(name))
        }
        return Answer(200, {"data": runs})


class Bench:
    """A workspace with evidence linked, half of the runs at each tracker."""

    def __init__(
        self, url: str, hub: Pulls, runs: Runs, servers: Mapping[str, Answering], token: bool
    ) -> None:
        self.now = datetime.now(UTC)
        self.servers = servers
        self.database = Database(url)
        settings = Settings.read(
            {
                "github_api_url": servers["github"].url,
                "github_web_url": servers["github"].url,
                "mlflow_tracking_uri": servers["mlflow"].url,
                "wandb_base_url": servers["wandb"].url,
                "wandb_api_key": KEY,
                **({"github_token": "bench"} if token else {}),
            }
        )
        known = sources(settings, KeptAnswers(self.database, lambda: self.now), lambda: self.now)
        self.charter = services(self.database, lambda: self.now, sources=tuple(known))
        self.operator = Actor(1, None, Surface.CLI, is_admin=True)
        with self.database.read() as session:
            key = session.exec(select(ProjectRow.key).order_by(ProjectRow.key)).first()
        assert key is not None
        self.charter.projects.bind(self.operator, key, HERE)
        ids = list(runs.moved)
        half = len(ids) // 2
        links = [
            *(f"{servers['github'].url}/acme/churn/pull/{number}" for number in hub.moved),
            *(f"{servers['mlflow'].url}/#/experiments/1/runs/{id}" for id in ids[:half]),
            *(f"{servers['wandb'].url}/acme/churn/runs/{id}" for id in ids[half:]),
        ]
        for link in links:
            self.charter.links.link(self.operator, AddLink(link, None, key), Place())

    def asked(self, does: Callable[[], object]) -> Counted:
        """What the servers are asked meanwhile, by kind, and the seconds that it takes."""
        for server in self.servers.values():
            server.asked.clear()
            server.answered.clear()
        began = time.perf_counter()
        does()
        took = time.perf_counter() - began
        counts: Counter[str] = Counter()
        for name, server in self.servers.items():
            for one, status in zip(server.asked, server.answered, strict=True):
                kind = "graphql" if one.path.endswith("/graphql") else str(status)
                counts[f"{name}_{kind}"] += 1
        return counts, took

    def looks(self, minutes: int) -> Counted:
        self.now += timedelta(minutes=minutes)
        return self.asked(lambda: self.charter.polling.sync(1))

    def digests(self) -> Counted:
        return self.asked(lambda: self.charter.digests.preview(self.operator, HERE))

    def close(self) -> None:
        self.charter.links.close()
        self.database.close()


def _moves(bench: Bench, hub: Pulls) -> Counted:
    """Three pull requests move, a while after everything was looked at."""
    for number in (1, 2, 3):
        hub.moved[number] = bench.now
    return bench.looks(10)


PASSES: Mapping[str, Callable[[Bench, Pulls], Counted]] = {
    "same": lambda bench, _: bench.looks(10),
    "few": _moves,
    "digest": lambda bench, _: bench.digests(),
    "hour": lambda bench, _: bench.looks(70),
}


def main(order: Mapping[str, Any]) -> None:
    pulls, runs = (12, 6) if order["quick"] else (200, 100)
    found: dict[str, list[float]] = {"pulls": [pulls], "runs": [runs]}
    for way, token in (("graphql", True), ("rest", False)):
        before = datetime.now(UTC) - timedelta(hours=4)
        moved = {number: before + timedelta(seconds=number) for number in range(1, pulls + 1)}
        hub = Hub(graphql=token, moved=moved)
        tracker = Runs({f"{number:032x}": before for number in range(1, runs + 1)})
        with ExitStack() as stack:
            stands_in: dict[str, Script] = {"github": hub, "mlflow": tracker, "wandb": Cloud()}
            servers = {name: stack.enter_context(answering(one)) for name, one in stands_in.items()}
            url = stores.copied(Path(str(make_url(order["url"]).database)), way)
            bench = Bench(url, hub, tracker, servers, token)
            stack.callback(bench.close)
            for name, take in PASSES.items():
                counts, took = take(bench, hub)
                for kind, count in counts.items():
                    found[f"{way}_{name}_{kind}"] = [count]
                found[f"{way}_{name}_seconds"] = [took]
    most = max(
        found.get(f"graphql_{name}_github_graphql", [0])[0] for name in ("same", "few", "hour")
    )
    assert most <= MOST_GRAPHQL, f"GitHub was asked {most:.0f} times by GraphQL"
    assert found.get("graphql_digest_github_graphql") is None, "a digest asks nobody"
    print(json.dumps(found), flush=True)


WORDS = {
    "same": "nothing has moved",
    "few": "3 pull requests have moved",
    "hour": "closely, as once an hour",
    "digest": "a digest of all",
}
KINDS = {
    "github_graphql": "{} by GraphQL",
    "github_200": "{} of GitHub by REST",
    "github_304": "{} of GitHub that nothing has changed",
    "github_404": "{} whether there is GraphQL",
    "mlflow_200": "{} of MLflow",
    "wandb_graphql": "{} of W&B",
}


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words."""
    pulls, runs = int(found["pulls"][0]), int(found["runs"][0])
    for way, how in (("graphql", "by GraphQL"), ("rest", "without a token, by REST alone")):
        yield f"{pulls} pull requests {how} and {runs} runs, what is asked in a pass:"
        for name, words in WORDS.items():
            counts = {kind: int(found.get(f"{way}_{name}_{kind}", [0])[0]) for kind in KINDS}
            told = ", ".join(KINDS[kind].format(count) for kind, count in counts.items() if count)
            seconds = found[f"{way}_{name}_seconds"][0]
            yield f"  {words}: {told or 'nothing'}; {seconds:.2f} s"


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
