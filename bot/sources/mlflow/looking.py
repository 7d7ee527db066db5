"""Looking at runs within one pass, and reading what the server tells of them."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sources import reading
from bot.sources.base import Kind, ModelVersion, Ref, Run, RunState, Seen, Trouble, Why
from bot.sources.links import Server
from bot.sources.making import MACHINES
from bot.sources.mlflow.address import Address
from bot.sources.replies import Failed, Reply
from bot.sources.web import TOO_LARGE, Visit

NAME = "mlflow"
API = "/api/2.0/mlflow"
AT_ONCE = 100
PAGES = 10
"""Pages of runs that are read in one pass, where many have moved."""
MOST_ASKED = 3 * PAGES
"""Questions for them: where runs are large, pages are small."""
LONGEST_TOKEN = 4_000
MOST_ENTRIES = 400
"""Metrics, parameters and tags of a run that are read, of each."""

BY = "charter.by"
"""The tag that says whose a run is, by their name there."""
HOST = "host.name"
"""The tag that says on which machine a run was started."""

FOREIGN_HOST = (
    "MLflow does not let itself be called by this host name: start it with --allowed-hosts that "
    "names it, or set MLFLOW_TRACKING_URI to a name that it knows."
)
NO_MLFLOW = "No MLflow answers there: MLFLOW_TRACKING_URI may lack a path, or have one too many."

_PLAIN = re.compile(r"[\w./ :-]{1,400}", re.ASCII)
_USAGE = "system/"
"""How MLflow names what a run uses of its machine."""
_STATES = {
    "RUNNING": RunState.RUNNING,
    "SCHEDULED": RunState.SCHEDULED,
    "FINISHED": RunState.FINISHED,
    "FAILED": RunState.FAILED,
    "KILLED": RunState.KILLED,
}
REFUSALS = frozenset({403, 404})
UNKNOWN = frozenset({400, 403, 404})
"""Also what servers say to a question that they do not know."""


Made = Callable[[Collection[str]], Mapping[str, tuple[ModelVersion, ...]]]
"""Asks the registry what runs made, by their ids. Raises `Failed`."""


@dataclass(slots=True)
class Moved:
    """Runs that moved, by their ids. `is_cut_short`: there are more; `too_large`: one is."""

    runs: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    is_cut_short: bool = False
    too_large: Trouble | None = None


@dataclass(slots=True)
class Look:
    """Looking at runs of one workspace within one pass."""

    visit: Visit
    workspace: str
    experiments: dict[str, str]
    models: dict[str, tuple[ModelVersion, ...]]
    """What runs made, by their ids, as far as the registry was asked for it."""

    def __init__(self, visit: Visit, workspace: str) -> None:
        self.visit, self.workspace, self.experiments, self.models = visit, workspace, {}, {}

    def at(self, wanted: Sequence[tuple[Ref, Address]], made: Made) -> Iterator[tuple[Ref, Seen]]:
        """Up to `AT_ONCE` runs, with what they `made` by the registry."""
        try:
            found = self._searched(wanted)
        except Failed as failed:
            if failed.trouble.detail in (FOREIGN_HOST, NO_MLFLOW):
                yield from ((ref, failed.trouble) for ref, _ in wanted)
                return
            found = {}  # perhaps for one odd link among them: each is asked for by itself
        runs: dict[Ref, Mapping[str, Any]] = {}
        for ref, address in wanted:
            try:
                runs[ref] = found.get(address.run) or self.got(address.run)
            except Failed as failed:
                yield ref, failed.trouble
        try:
            self.models |= made(list(map(id_of, runs.values())))
        except Failed as failed:
            yield from ((ref, failed.trouble) for ref in runs)
            return
        for ref, run in runs.items():
            yield ref, self.read(ref, run)

    def _searched(self, wanted: Sequence[tuple[Ref, Address]]) -> dict[str, Mapping[str, Any]]:
        """Those of the runs that lie in the experiments which their links name."""
        runs = sorted({address.run for _, address in wanted})
        body = {
            "experiment_ids": sorted({address.experiment for _, address in wanted}),
            "filter": "attributes.run_id IN ({})".format(", ".join(f"'{run}'" for run in runs)),
            "run_view_type": "ALL",
            "max_results": len(runs),
        }
        reply = self.visit.post(
            f"{API}/runs/search", body, expect=REFUSALS, headers=self._headers()
        )
        return {
            reading.text(reading.mapping(run, "info").get("run_id")): run
            for run in reading.objects(told_by(reply).get("runs"))
        }

    def got(self, run: str) -> Mapping[str, Any]:
        """A run by its id alone: one that was moved, or whose link names another experiment. Raises
        `Failed`.
        """
        reply = self.get("/runs/get", run_id=run)
        return reading.mapping(told_by(reply), "run")

    def get(self, path: str, expect: frozenset[int] = REFUSALS, **parameters: str | int) -> Reply:
        return self.visit.get(f"{API}{path}", expect=expect, headers=self._headers(), **parameters)

    def moved(self, experiment: str, field: str, since: datetime) -> "Moved":
        """Runs whose time of that name is `since` or later, from the earliest on; all of them, or
        as many as one pass reads. Raises `Failed`.
        """
        found = self._listed(experiment, field, since, "ASC")
        if found.too_large:
            # Nothing leads past a run that is too large: what came after it is read from the end.
            rest = self._listed(experiment, field, since, "DESC").runs
            found.runs.update(reversed(rest.items()))
        return found

    def _listed(self, experiment: str, field: str, since: datetime, order: str) -> "Moved":
        """As many at once as a reply holds: a page that is too large is asked for in halves."""
        found, token, size = Moved(), "", AT_ONCE
        for _ in range(MOST_ASKED):
            body = {
                "experiment_ids": [experiment],
                "filter": f"attributes.{field} >= {int(since.timestamp() * 1000)}",
                "order_by": [f"attributes.{field} {order}"],
                "run_view_type": "ALL",
                "max_results": size,
                **({"page_token": token} if token else {}),
            }
            try:
                reply = self.visit.post(
                    f"{API}/runs/search", body, expect=REFUSALS, headers=self._headers()
                )
            except Failed as failed:
                if failed.trouble.detail != TOO_LARGE:
                    raise
                if size == 1:
                    found.too_large = failed.trouble
                    return found
                size //= 2
                continue
            told = told_by(reply)
            page = {id_of(run): run for run in reading.objects(told.get("runs")) if id_of(run)}
            token = reading.text(told.get("next_page_token"), LONGEST_TOKEN)
            if not token or page.keys() <= found.runs.keys():
                found.runs |= page
                return found
            found.runs |= page
            if len(found.runs) >= PAGES * AT_ONCE:
                break
        found.is_cut_short = True
        return found

    def loaded(self, project: str, run: str) -> Mapping[str, Any] | None:
        """The run that was loaded from `project/…` of another tracker under this name, the newest
        where it was loaded twice. Raises `Failed`.
        """
        if not _PLAIN.fullmatch(project) or not _PLAIN.fullmatch(run):
            return None  # what could not be quoted in a filter
        body: dict[str, Any] = {"max_results": AT_ONCE, "filter": f"name LIKE '{project}/%'"}
        reply = self.visit.post(f"{API}/experiments/search", body, expect=REFUSALS)
        experiments = [
            reading.text(one.get("experiment_id"))
            for one in reading.objects(told_by(reply).get("experiments"))
            if reading.text(one.get("name")).startswith(f"{project}/")  # `_` fits any letter
        ]
        names = [f"params.`{key}` = '{run}'" for key in ("sys/id", "sys/custom_run_id")]
        for condition in (*names, f"attributes.run_name = '{run}'") if experiments else ():
            body = {"experiment_ids": experiments, "filter": condition, "max_results": 1}
            reply = self.visit.post(f"{API}/runs/search", body, expect=REFUSALS)
            for found in reading.objects(told_by(reply).get("runs")):
                return found
        return None

    def _headers(self) -> dict[str, str]:
        return {"X-MLFLOW-WORKSPACE": self.workspace} if self.workspace else {}

    def _experiment(self, id: str) -> str:
        """An experiment's name; its id where the server does not tell."""
        if id not in self.experiments:
            try:
                told = told_by(self.get("/experiments/get", experiment_id=id))
            except Failed:
                told = {}
            name = reading.text(reading.mapping(told, "experiment").get("name"))
            self.experiments[id] = name or id
        return self.experiments[id]

    def read(self, ref: Ref, run: Mapping[str, Any]) -> Run | Trouble:
        info, data = reading.mapping(run, "info"), reading.mapping(run, "data")
        if not id_of(run):
            return Trouble(Why.GARBAGE)
        tags = _texts(data.get("tags"))
        ended = reading.milliseconds(info.get("end_time"))
        unknown = RunState.FINISHED if ended else RunState.RUNNING
        experiment = reading.text(info.get("experiment_id"))
        metrics = dict(_metrics(data.get("metrics")))
        return Run(
            ref=ref,
            name=reading.text(info.get("run_name")) or tags.get("mlflow.runName", ""),
            state=_STATES.get(reading.text(info.get("status")), unknown),
            user=_user(info, tags),
            experiment=self._experiment(experiment) if experiment else "",
            started=reading.milliseconds(info.get("start_time")),
            ended=ended,
            metrics={name: value for name, value in metrics.items() if not name.startswith(_USAGE)},
            params=_texts(data.get("params")),
            tags=tags,
            deleted=info.get("lifecycle_stage") == "deleted",
            experiment_id=experiment,
            commit=tags.get("mlflow.source.git.commit", ""),
            repo=reading.repository_of(tags.get("mlflow.source.git.repoURL", "")),
            datasets=tuple(_datasets(run)),
            models=self.models.get(id_of(run), ()),
            usage={name: value for name, value in metrics.items() if name.startswith(_USAGE)},
            parent=tags.get("mlflow.parentRunId", ""),
        )


def _user(info: Mapping[str, Any], tags: Mapping[str, str]) -> str:
    """Whose a run is: who its tag says, else the user of the machine that it was started by. MLflow
    does not tell which machine; where a tag does, the user of one that many share is named by both.
    """
    user = reading.text(info.get("user_id")) or tags.get("mlflow.user", "")
    if said := tags.get(BY, "").strip().removeprefix("@"):
        return said
    host = tags.get(HOST, "").strip()
    return f"{user}@{host}" if host and user.casefold() in MACHINES else user


def ref_at(server: Server, address: Address) -> Ref:
    return Ref(NAME, Kind.RUN, address.run, address.url(server))


def id_of(run: Mapping[str, Any]) -> str:
    info = reading.mapping(run, "info")
    return reading.text(info.get("run_id") or info.get("run_uuid"))


def time_of(run: Mapping[str, Any], field: str) -> datetime | None:
    return reading.milliseconds(reading.mapping(run, "info").get(field))


def _datasets(run: Mapping[str, Any]) -> Iterator[str]:
    for entry in reading.objects(reading.mapping(run, "inputs").get("dataset_inputs")):
        dataset = reading.mapping(entry, "dataset")
        name, digest = reading.text(dataset.get("name")), reading.text(dataset.get("digest"))
        if name:
            yield f"{name} ({digest})" if digest else name


def told_by(reply: Reply) -> Mapping[str, Any]:
    """What the server told. Raises `Failed`, also for the refusals that were let through."""
    if reply.status == 403:
        foreign = "Invalid Host header" in reply.body
        raise Failed(Trouble(Why.FORBIDDEN, detail=FOREIGN_HOST if foreign else ""))
    if reply.status == 404:
        raise Failed(_not_there(reply))
    told = reply.json()
    if not isinstance(told, dict):
        raise Failed(Trouble(Why.GARBAGE))
    return told


def _not_there(reply: Reply) -> Trouble:
    """MLflow says what it does not have; who else answers 404 does not know the question."""
    try:
        code = reading.mapping(reply.json()).get("error_code")
    except Failed:
        code = None
    return Trouble(Why.NOT_FOUND) if code else Trouble(Why.GARBAGE, detail=NO_MLFLOW)


def _named(entries: Any) -> Iterator[tuple[str, Any]]:
    for count, entry in enumerate(reading.objects(entries)):
        if count == MOST_ENTRIES:
            return
        if name := reading.text(entry.get("key")):
            yield name, entry.get("value")


def _metrics(entries: Any) -> Iterator[tuple[str, float]]:
    for name, value in _named(entries):
        found = reading.number(value)
        if found is not None:
            yield name, found


def _texts(entries: Any) -> dict[str, str]:
    return {name: reading.text(value) for name, value in _named(entries)}
