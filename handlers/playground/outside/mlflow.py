"""The recorded tracker: runs by MLflow's REST interface."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from handlers.playground.outside.registry import Registry, missing, pairs
from handlers.playground.outside.story import Answer, Asked, Json, Recording, Unknown, page

API = "/api/2.0/mlflow"
VERSION = "3.17.2"
_IDS = re.compile(r"'([\w-]+)'")
_SINCE = re.compile(r"attributes\.(start_time|end_time) >= (\d+)")


class MLflow:
    """Answers for all recorded runs."""

    def __init__(
        self,
        experiments: Mapping[str, str],
        runs: Sequence[Json],
        models: Sequence[Json],
        recording: Recording,
    ) -> None:
        self._experiments = experiments
        self._registry = Registry(models, recording)
        self._runs = {run["id"]: run for run in runs}
        self._recording = recording

    def answer(self, asked: Asked) -> Answer:
        match (asked.method, asked.path.removeprefix(API)):
            case ("GET", "/version"):
                return VERSION
            case ("GET", "/"):
                return self._shown()
            case ("GET", "/runs/get"):
                return {"run": self._run(asked.parameter("run_id"))}
            case ("GET", "/experiments/get"):
                return {"experiment": self._experiment(asked.parameter("experiment_id"))}
            case ("POST", "/runs/search"):
                return {"runs": self._found(asked.json())}
            case ("POST", "/experiments/search"):
                most = int(asked.json().get("max_results", 1000))
                found = [self._experiment(id) for id in self._experiments]
                return {"experiments": found[:most]}
            case ("GET", path) if (told := self._registry.answer(path, asked)) is not None:
                return told
        raise Unknown(missing("ENDPOINT_NOT_FOUND", asked.path))

    def _experiment(self, id: str) -> Json:
        if id not in self._experiments:
            raise Unknown(missing("RESOURCE_DOES_NOT_EXIST", f"No Experiment with id={id} exists"))
        name = self._experiments[id]
        return {"experiment_id": id, "name": name, "lifecycle_stage": "active", "tags": []}

    def _found(self, asked: Json) -> list[Json]:
        """The runs of these experiments that the filter names, or that began or ended since the
        moment that it names, the earliest first.
        """
        words = str(asked.get("filter", ""))
        since = _SINCE.fullmatch(words)
        known = list(self._runs) if since else _IDS.findall(words)
        experiments = asked.get("experiment_ids", [])
        found = [
            self._run(id)
            for id in known
            if id in self._runs
            and self._runs[id]["experiment"] in experiments
            and self._has_started(id)
        ]
        if since is None:
            return found
        field, least = since[1], int(since[2])
        dated = [run for run in found if run["info"].get(field, -1) >= least]
        return sorted(dated, key=lambda run: run["info"][field])

    def _has_started(self, id: str) -> bool:
        return self._recording.has_come(self._runs[id]["started"])

    def _run(self, id: str) -> Json:
        if id not in self._runs or not self._has_started(id):
            raise Unknown(missing("RESOURCE_DOES_NOT_EXIST", f"Run with id={id} not found"))
        run = self._runs[id]
        metrics, status, ended = self._standing(run)
        info = {
            "run_id": id,
            "run_uuid": id,
            "run_name": run["name"],
            "experiment_id": run["experiment"],
            "user_id": run["user"],
            "status": status,
            "start_time": self._recording.milliseconds(run["started"]),
            "lifecycle_stage": "active",
        }
        if ended is not None:
            info["end_time"] = self._recording.milliseconds(ended)
        tags = {"mlflow.user": run["user"], "mlflow.runName": run["name"], **run.get("tags", {})}
        return {
            "info": info,
            "data": {
                "metrics": [
                    {"key": key, "value": value, "timestamp": stamp, "step": step}
                    for key, (value, stamp, step) in metrics.items()
                ],
                "params": pairs(run["params"]),
                "tags": pairs(tags),
            },
        }

    def _standing(self, run: Json) -> tuple[dict[str, tuple[float, int, int]], str, float | None]:
        """Last values, state and end, as far as the story has come."""
        metrics: dict[str, tuple[float, int, int]] = {}
        status, ended = "RUNNING", None
        for step, event in enumerate(self._recording.so_far(run["story"])):
            stamp = self._recording.milliseconds(event["at"])
            for key, value in event.get("metrics", {}).items():
                metrics[key] = (value, stamp, step)
            if "ended" in event:
                status, ended = event["ended"], event["at"]
        return metrics, status, ended

    def _shown(self) -> str:
        facts: dict[str, Any] = {}
        for id, run in self._runs.items():
            if self._has_started(id):
                metrics, status, _ = self._standing(run)
                values = ", ".join(f"{key} {value}" for key, (value, *_) in metrics.items())
                named = f"{self._experiments[run['experiment']]} / {run['name']} ({id})"
                facts[named] = f"{status.lower()} · {values or 'no metrics yet'}"
        return page("Runs", facts)
