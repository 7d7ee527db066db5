"""Every source before a stand-in that answers well, so that tests can let it answer badly.

Each stand-in holds three things that moved one after another, tells them as its original does, and
lists what moved since a moment, page by page.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from bot.sources import Limits
from bot.sources.base import Etags, Ref, Source, Stream
from bot.sources.budget import Allowance
from tests.sources.answering import Answer, Asked, Script
from tests.sources.graphql_server import pull_request
from tests.sources.notion_server import SECRET, Space, page
from tests.sources.support import Clock, github, mlflow, rest, source, wandb
from tests.sources.wandb_server import Cloud
from tests.support.clock import T0

MOVED = tuple(T0 - timedelta(hours=hours) for hours in (3, 2, 1))
"""When each of the three moved."""
BEFORE = T0 - timedelta(days=1)
INSTALLED = "ghs_SECRET"


def said(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@cache
def pem() -> str:
    from tests.sources.test_github_app import pem as written

    return written(rsa.generate_private_key(public_exponent=65537, key_size=2048))


@dataclass
class Pulls:
    """GitHub with one repository of acme's, by REST or by GraphQL too. `moved` is when each was
    touched.
    """

    graphql: bool = False
    repo: str = "churn"
    moved: dict[int, datetime] = field(
        default_factory=lambda: dict(enumerate(MOVED, 1)),
    )

    def __call__(self, asked: Asked) -> Answer:
        match asked.method, asked.path.split("/")[1:]:
            case "GET", ["app", "installations"]:
                return Answer(200, [{"id": 7, "account": {"login": "acme"}, "suspended_at": None}])
            case "POST", ["app", "installations", "7", "access_tokens"]:
                return Answer(201, {"token": INSTALLED, "expires_at": said(T0 + timedelta(days=1))})
            case "GET", ["app"]:
                return Answer(200, {"slug": "charter"})
            case "GET", ["rate_limit"]:
                return Answer(200, {"resources": {"core": {"limit": 5000, "remaining": 4987}}})
            case "POST", ["graphql"] if self.graphql:
                return Answer(200, {"data": self._cards(asked.json()["variables"])})
            case "GET", ["repos", "acme", self.repo, *rest]:
                return self._of_repository(rest, asked.query)
        return Answer(404, {"message": "Not Found"})

    def _cards(self, numbers: Mapping[str, Any]) -> dict[str, Any]:
        about = {"nameWithOwner": f"acme/{self.repo}", "isPrivate": False}
        return {
            f"p{name[1:]}": about
            | {"pullRequest": pull_request(number, updatedAt=said(self.moved[number]))}
            for name, number in numbers.items()
            if name.startswith("n")
        }

    def _of_repository(self, rest: list[str], query: Mapping[str, list[str]]) -> Answer:
        match rest:
            case ["pulls"]:
                return Answer(200, self._listed(query, newest_first=True))
            case ["issues"]:
                since = datetime.fromisoformat(query["since"][0])
                return Answer(200, self._listed(query, since))
            case ["pulls", number]:
                return Answer(200, self._pull(int(number)))
            case ["pulls", _, "reviews" | "files"]:
                return Answer(200, [])
            case ["commits", _, "check-runs"]:
                return Answer(200, {"check_runs": []})
            case ["commits", _, "status"]:
                return Answer(200, {"statuses": []})
        return Answer(404, {"message": "Not Found"})

    def _pull(self, number: int) -> dict[str, Any]:
        return {
            "number": number,
            "state": "open",
            "title": "Count once",
            "user": {"login": "ana", "type": "User"},
            "head": {"sha": "0a1b2c3d", "ref": "fix"},
            "base": {
                "ref": "main",
                "repo": {
                    "full_name": f"acme/{self.repo}",
                    "private": False,
                    "owner": {"login": "acme"},
                },
            },
            "updated_at": said(self.moved[number]),
            "created_at": said(BEFORE),
            "labels": [{"name": "data"}],
            "requested_reviewers": [{"login": "bea"}],
            "requested_teams": [{"slug": "ml"}],
        }

    def _listed(
        self, query: Mapping[str, list[str]], since: datetime = BEFORE, newest_first: bool = False
    ) -> list[dict[str, Any]]:
        found = sorted(
            (number for number, at in self.moved.items() if at >= since),
            key=lambda number: (self.moved[number], number),
            reverse=newest_first,
        )
        size, place = int(query["per_page"][0]), int(query.get("page", ["1"])[0])
        page = found[(place - 1) * size : place * size]
        if newest_first:
            return [self._pull(number) for number in page]
        return [
            {
                "number": number,
                "state": "open",
                "updated_at": said(self.moved[number]),
                "pull_request": {"url": "here"},
            }
            for number in page
        ]


_IDS = re.compile(r"'(\w+)'")
_SINCE = re.compile(r"attributes\.(start_time|end_time) >= (\d+)")


@dataclass
class Runs:
    """MLflow with one experiment, whose runs are given by the moment at which they began."""

    moved: dict[str, datetime] = field(
        default_factory=lambda: {f"{n:032x}": at for n, at in enumerate(MOVED, 1)}
    )

    def __call__(self, asked: Asked) -> Answer:
        match asked.path.removeprefix("/api/2.0/mlflow/"):
            case "runs/search":
                return Answer(200, self._found(asked.json()))
            case "runs/get":
                return Answer(200, {"run": self._run(asked.query["run_id"][0])})
            case "model-versions/search":
                return Answer(200, {"model_versions": []})
            case "registered-models/search":
                return Answer(200, {"registered_models": []})
            case "experiments/get":
                return Answer(200, {"experiment": {"name": "churn"}})
            case "experiments/search":
                return Answer(200, {"experiments": []})
            case "/version":
                return Answer(200, b"3.17.2")
        return Answer(404, {"error_code": "ENDPOINT_NOT_FOUND"})

    def _found(self, body: Mapping[str, Any]) -> dict[str, Any]:
        since = _SINCE.fullmatch(body["filter"])
        if since is None:
            wanted = set(_IDS.findall(body["filter"]))
            return {"runs": [self._run(id) for id in self.moved if id in wanted]}
        at = datetime.fromtimestamp(int(since[2]) / 1000, UTC)
        found = [id for id, moment in self.moved.items() if moment >= at and since[1] != "end_time"]
        found.sort(key=lambda id: (self.moved[id], id))
        begin = int(body.get("page_token", 0))
        end = begin + int(body["max_results"])
        more = {"next_page_token": str(end)} if end < len(found) else {}
        return {"runs": [self._run(id) for id in found[begin:end]], **more}

    def _run(self, id: str) -> dict[str, Any]:
        return {
            "info": {
                "run_id": id,
                "run_name": "quiet-owl",
                "experiment_id": "1",
                "status": "RUNNING",
                "user_id": "bea",
                "start_time": int(self.moved[id].timestamp() * 1000),
                "lifecycle_stage": "active",
            },
            "data": {
                "metrics": [{"key": "auc", "value": 0.7, "timestamp": 1, "step": 1}],
                "params": [{"key": "depth", "value": "7"}],
                "tags": [{"key": "mlflow.user", "value": "bea"}],
            },
            "inputs": {"dataset_inputs": [{"dataset": {"name": "churn", "digest": "a1"}}]},
        }


def _cloud() -> Cloud:
    """W&B with one project."""
    cloud = Cloud(now=BEFORE)
    runs = cloud.projects.setdefault(("acme", "churn"), {})
    for number, moment in enumerate(MOVED, 1):
        config = '{"lr": {"value": 0.1}}'
        summary = '{"auc": 0.7}'
        more = {"heartbeatAt": said(moment), "summaryMetrics": summary, "config": config}
        runs[f"r{number}"] = cloud._born(f"r{number}") | more
    return cloud


def _space() -> Space:
    by = "c" * 32
    ids = [f"{number:032x}" for number in (1, 2, 3)]
    return Space({id: page(id, "The plan", by) for id in ids}, users={by: "Bea"})


def app(
    url: str,
    etags: Etags | None = None,
    clock: Clock | None = None,
    limits: Limits | None = None,
    allowance: Allowance | None = None,
) -> Source:
    """GitHub as an app that is installed at acme."""
    return source(
        etags,
        clock,
        limits,
        allowance,
        github_api_url=url,
        github_app_id="7",
        github_app_private_key=pem(),
    )


def notion(
    url: str,
    etags: Etags | None = None,
    clock: Clock | None = None,
    limits: Limits | None = None,
    allowance: Allowance | None = None,
) -> Source:
    return source(etags, clock, limits, allowance, notion_api_url=url, notion_token=SECRET)


@dataclass(frozen=True, slots=True)
class Case:
    """A source, what answers it well, and where there the things lie."""

    name: str
    made: Callable[..., Source]
    stands_in: Callable[[], Script]
    link: Callable[[str, int], str]
    """By the server's address, to a thing by its number from one on; not all of them are there."""
    flows: str = ""
    """The path of a stream."""

    def open(self, url: str, **more: Any) -> tuple[Source, Ref]:
        there = self.made(url, **more)
        return there, self.ref(there, url)

    def ref(self, there: Source, url: str, number: int = 1) -> Ref:
        ref = there.recognises(self.link(url, number))
        assert ref
        return ref

    def refs(self, there: Source, url: str, count: int = 3) -> list[Ref]:
        return [self.ref(there, url, number) for number in range(1, count + 1)]

    def stream(self, there: Source, url: str) -> Stream:
        stream = there.stream(url + self.flows)
        assert stream
        return stream


def _pull(url: str, number: int) -> str:
    return f"{url}/acme/churn/pull/{number}"


CASES = [
    Case("graphql", github, lambda: Pulls(graphql=True), _pull, "/acme/churn"),
    Case("rest", rest, Pulls, _pull, "/acme/churn"),
    Case("app", app, lambda: Pulls(graphql=True), _pull, "/acme/churn"),
    Case(
        "mlflow",
        mlflow,
        Runs,
        lambda url, number: f"{url}/#/experiments/1/runs/{number:032x}",
        "/#/experiments/1",
    ),
    Case(
        "wandb",
        wandb,
        _cloud,
        lambda url, number: f"{url}/acme/churn/runs/r{number}",
        "/acme/churn",
    ),
    Case("notion", notion, _space, lambda _, number: f"https://www.notion.so/{number:032x}"),
]
FLOWING = [case for case in CASES if case.flows]
