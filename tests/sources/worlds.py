"""What tests make on the real servers: a repository and an experiment of their own."""

import base64
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

from bot.sources.base import Ref, Seen, Source

_numbers = count(1)


@dataclass
class Repository:
    """A repository of Ana's on the emulator, of this test's own."""

    url: str
    name: str
    http: httpx.Client

    def does(self, method: str, path: str, body: Any = None, who: str = "ana") -> Any:
        reply = self.http.request(
            method,
            f"{self.url}/repos/ana/{self.name}{path}",
            json=body,
            headers={"Authorization": f"Bearer test_token_{who}"},
        )
        assert reply.is_success, reply.text
        return reply.json() if reply.content else None

    def opens(self, **more: Any) -> int:
        """A pull request with a commit of its own; its number."""
        branch = f"fix-{next(_numbers)}"
        main = self.does("GET", "/git/ref/heads/main")["object"]["sha"]
        self.does("POST", "/git/refs", {"ref": f"refs/heads/{branch}", "sha": main})
        content = base64.b64encode(branch.encode()).decode()
        file = {"message": "Count once", "content": content, "branch": branch}
        self.does("PUT", f"/contents/{branch}.txt", file)
        made = self.does(
            "POST", "/pulls", {"title": "Count once", "head": branch, "base": "main", **more}
        )
        return int(made["number"])

    def head(self, number: int) -> str:
        return str(self.does("GET", f"/pulls/{number}")["head"]["sha"])

    def checks(self, number: int, name: str, status: str, conclusion: str = "") -> None:
        about = {"name": name, "head_sha": self.head(number), "status": status}
        self.does("POST", "/check-runs", about | ({"conclusion": conclusion} if conclusion else {}))

    def reviews(self, number: int, who: str, event: str) -> None:
        self.does("POST", f"/pulls/{number}/reviews", {"event": event, "body": "So."}, who)

    def look(self, there: Source, number: int) -> Seen:
        ref = there.recognises(f"{self.url}/ana/{self.name}/pull/{number}")
        assert ref
        return there.fetch([ref])[ref]


START = 1_795_780_800_000
"""12:00 on 27 November 2026, in milliseconds."""


@dataclass
class Experiment:
    """An experiment of this test's own on the server."""

    url: str
    http: httpx.Client
    id: str
    name: str

    def does(self, path: str, **body: Any) -> Any:
        return does(self.http, self.url, path, **body)

    def starts(self, name: str = "quiet-owl", **more: Any) -> str:
        body = {"experiment_id": self.id, "run_name": name, "user_id": "bea", "start_time": START}
        return str(self.does("runs/create", **body | more)["run"]["info"]["run_id"])

    def measures(self, run: str, **metrics: float | str) -> None:
        for name, value in metrics.items():
            self.does("runs/log-metric", run_id=run, key=name, value=value, timestamp=START, step=1)

    def ends(self, run: str, status: str = "FINISHED") -> None:
        self.does("runs/update", run_id=run, status=status, end_time=START + 90_500)

    def link(self, run: str, experiment: str = "") -> str:
        return f"{self.url}/#/experiments/{experiment or self.id}/runs/{run}"

    def ref(self, there: Source, run: str, experiment: str = "") -> Ref:
        found = there.recognises(self.link(run, experiment))
        assert found
        return found

    def look(self, there: Source, run: str) -> Seen:
        ref = self.ref(there, run)
        return there.fetch([ref])[ref]


def does(http: httpx.Client, url: str, path: str, **body: Any) -> Any:
    reply = http.post(f"{url}/api/2.0/mlflow/{path}", json=body, timeout=30)
    assert reply.is_success, reply.text
    return reply.json()
