"""MLflow: experiment runs, a hundred by one question.

Also what speaks MLflow's REST interface under another address, such as Databricks.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from bot.settings import Settings
from bot.sources import reading
from bot.sources.base import (
    NOTHING,
    Changes,
    Kind,
    Needs,
    Ref,
    Run,
    RunState,
    Seen,
    Source,
    Stream,
    Trouble,
    Why,
)
from bot.sources.credentials import Credentials, Fixed, basic, bearer
from bot.sources.links import Rest, Server
from bot.sources.replies import Failed, Reply
from bot.sources.web import Maker, Tools, Visit, Web

API = "/api/2.0/mlflow"
AT_ONCE = 100
PAGES = 10
"""Pages of runs that are read in one pass, where many have moved."""
LONGEST_TOKEN = 4_000
MOST_ENTRIES = 400
"""Metrics, parameters and tags of a run that are read, of each."""

FOREIGN_HOST = (
    "MLflow does not let itself be called by this host name: start it with --allowed-hosts that "
    "names it, or set MLFLOW_TRACKING_URI to a name that it knows."
)
NO_MLFLOW = "No MLflow answers there: MLFLOW_TRACKING_URI may lack a path, or have one too many."

_RUN = re.compile(
    r"/?(?:ml/)?experiments/(?P<experiment>[0-9]{1,20})"
    r"/runs/(?P<run>[A-Za-z0-9_-]{1,64})(?:/[^?#]*)?(?:\?(?P<query>.*))?"
)
_EXPERIMENT = re.compile(
    r"/?(?:ml/)?experiments/(?P<experiment>[0-9]{1,20})(?:/runs)?/?(?:\?(?P<query>.*))?"
)
_CLONED = re.compile(
    r"(?:https?://|ssh://)?(?:[^@/\s]+@)?[A-Za-z0-9.-]+(?::[0-9]+)?[:/]"
    r"(?P<owner>[A-Za-z0-9_-]+)/(?P<name>[A-Za-z0-9._-]+?)(?:\.git)?/?"
)
_USAGE = "system/"
"""How MLflow names what a run uses of its machine."""
_WORKSPACE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
_STATES = {
    "RUNNING": RunState.RUNNING,
    "SCHEDULED": RunState.SCHEDULED,
    "FINISHED": RunState.FINISHED,
    "FAILED": RunState.FAILED,
    "KILLED": RunState.KILLED,
}
_REFUSALS = frozenset({403, 404})


@dataclass(frozen=True, slots=True)
class Experiment:
    """Where runs keep appearing."""

    id: str
    workspace: str = ""

    @classmethod
    def of(cls, rest: Rest) -> "Experiment | None":
        found = _found(_EXPERIMENT, rest)
        return cls(*found) if found else None

    @classmethod
    def named(cls, key: str) -> "Experiment":
        workspace, _, id = key.rpartition("/")
        return cls(id, workspace)

    @property
    def key(self) -> str:
        return f"{self.workspace}/{self.id}" if self.workspace else self.id

    def url(self, server: Server) -> str:
        behind = f"?workspace={self.workspace}" if self.workspace else ""
        return f"{server.url}/#/experiments/{self.id}{behind}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a run lies on the server. Its id is unique there, whatever the experiment."""

    experiment: str
    run: str
    workspace: str = ""

    @classmethod
    def of(cls, rest: Rest) -> "Address | None":
        """The run that a link leads to."""
        found = _found(_RUN, rest)
        return cls(*found) if found else None

    def url(self, server: Server) -> str:
        behind = f"?workspace={self.workspace}" if self.workspace else ""
        return f"{server.url}/#/experiments/{self.experiment}/runs/{self.run}{behind}"


def _found(form: re.Pattern[str], rest: Rest) -> tuple[str, ...] | None:
    """The names in a link, with the workspace behind them. MLflow's pages lie behind the #,
    Databricks' do not.
    """
    inside = form.fullmatch(rest.fragment) if rest.path in ("", "/") else None
    found = inside or (form.fullmatch(rest.path) if rest.path.startswith("/ml/") else None)
    if found is None:
        return None
    *names, query = found.groups()
    asked = parse_qs(rest.query) | parse_qs(query or "")
    workspace = asked.get("workspace", [""])[0]
    if workspace and not _WORKSPACE.fullmatch(workspace):
        return None
    return (*names, workspace)


NEEDS = Needs(
    title="MLflow",
    address="MLFLOW_TRACKING_URI",
    absent="MLFLOW_TRACKING_URI lets Charter read runs",
    mend="Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and its password.",
)


class MLflow:
    """One MLflow server, as `web` reaches it."""

    name = "mlflow"
    needs = NEEDS

    def __init__(self, web: Web) -> None:
        self._web = web

    @property
    def address(self) -> str:
        return self._web.server.url

    def recognises(self, url: str) -> Ref | None:
        address = self._address(url)
        if address is None:
            return None
        return self._ref(address)

    def _ref(self, address: Address) -> Ref:
        return Ref(self.name, Kind.RUN, address.run, address.url(self._web.server))

    def _address(self, url: str) -> Address | None:
        rest = self._web.server.rest(url)
        return Address.of(rest) if rest else None

    def stream(self, url: str) -> Stream | None:
        """An experiment. Its key is its id, behind the workspace's name where it lies in one."""
        rest = self._web.server.rest(url)
        found = Experiment.of(rest) if rest else None
        if found is None:
            return None
        return Stream(self.name, Kind.RUN, found.key, found.url(self._web.server))

    def fetch(
        self, refs: Collection[Ref], known: Mapping[Ref, Seen] = NOTHING
    ) -> Mapping[Ref, Seen]:
        """All of them, also what is known: nothing costs less than a question for a hundred."""
        visit = self._web.visit()
        seen: dict[Ref, Seen] = {}
        by_workspace: dict[str, list[tuple[Ref, Address]]] = defaultdict(list)
        for ref in dict.fromkeys(refs):
            address = self._address(ref.url)
            if address is None:
                seen[ref] = Trouble(Why.NOT_FOUND, detail="It lies at no server that is set up.")
            else:
                by_workspace[address.workspace].append((ref, address))
        for workspace, wanted in by_workspace.items():
            look = _Look(visit, workspace)
            for begin in range(0, len(wanted), AT_ONCE):
                seen.update(look.at(wanted[begin : begin + AT_ONCE]))
        return seen

    def changed(self, stream: Stream, since: datetime) -> Changes:
        """Runs that began or ended at `since` or later: that they log moves no date, and the time
        of the experiment does not move with its runs.
        """
        place = Experiment.named(stream.key)
        look = _Look(self._web.visit(), place.workspace)
        seen: dict[Ref, Seen] = {}
        reached: list[datetime] = []
        cut_short: list[datetime] = []
        for field in ("start_time", "end_time"):
            try:
                found = look.moved(place.id, field, since)
            except Failed as failed:
                return Changes(seen, since, failed.trouble)
            for run in found:
                ref = self._ref(Address(place.id, id_of(run), place.workspace))
                seen[ref] = look.read(ref, run)
            times = filter(None, (time_of(run, field) for run in found))
            whole = len(found) < PAGES * AT_ONCE
            (reached if whole else cut_short).append(max(times, default=since))
        return Changes(seen, min(cut_short) if cut_short else max(reached))

    def answers(self) -> str | Trouble:
        """By a question that needs the credentials; which version it is needs none."""
        visit = self._web.visit()
        try:
            asked = visit.post(f"{API}/experiments/search", {"max_results": 1}, expect=_REFUSALS)
            _told(asked)
            version = visit.get("/version", expect=_REFUSALS)
        except Failed as failed:
            return failed.trouble
        found = (
            re.fullmatch(r"\d+(\.\w+)+", version.body.strip()) if version.status == 200 else None
        )
        return f"version {found[0]}" if found else "of an unknown version"

    def close(self) -> None:
        self._web.close()


@dataclass(slots=True)
class _Look:
    """Looking at runs of one workspace within one pass."""

    visit: Visit
    workspace: str
    experiments: dict[str, str]

    def __init__(self, visit: Visit, workspace: str) -> None:
        self.visit, self.workspace, self.experiments = visit, workspace, {}

    def at(self, wanted: Sequence[tuple[Ref, Address]]) -> Iterator[tuple[Ref, Seen]]:
        """Up to `AT_ONCE` runs."""
        try:
            found = self._searched(wanted)
        except Failed as failed:
            if failed.trouble.detail in (FOREIGN_HOST, NO_MLFLOW):
                yield from ((ref, failed.trouble) for ref, _ in wanted)
                return
            found = {}  # perhaps for one odd link among them: each is asked for by itself
        for ref, address in wanted:
            try:
                run = found.get(address.run) or self._got(address.run)
                yield ref, self.read(ref, run)
            except Failed as failed:
                yield ref, failed.trouble

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
            f"{API}/runs/search", body, expect=_REFUSALS, headers=self._headers()
        )
        return {
            reading.text(reading.mapping(run, "info").get("run_id")): run
            for run in reading.objects(_told(reply).get("runs"))
        }

    def _got(self, run: str) -> Mapping[str, Any]:
        """A run that was moved, or whose link names another experiment."""
        reply = self._get("/runs/get", run_id=run)
        return reading.mapping(_told(reply), "run")

    def _get(self, path: str, **parameters: str) -> Reply:
        return self.visit.get(
            f"{API}{path}", expect=_REFUSALS, headers=self._headers(), **parameters
        )

    def moved(self, experiment: str, field: str, since: datetime) -> list[Mapping[str, Any]]:
        """Runs whose time of that name is `since` or later, from the earliest on; all of them, or
        as many as one pass reads.
        """
        found: list[Mapping[str, Any]] = []
        token = ""
        for _ in range(PAGES):
            body = {
                "experiment_ids": [experiment],
                "filter": f"attributes.{field} >= {int(since.timestamp() * 1000)}",
                "order_by": [f"attributes.{field} ASC"],
                "run_view_type": "ALL",
                "max_results": AT_ONCE,
                **({"page_token": token} if token else {}),
            }
            reply = self.visit.post(
                f"{API}/runs/search", body, expect=_REFUSALS, headers=self._headers()
            )
            told = _told(reply)
            page = [run for run in reading.objects(told.get("runs")) if id_of(run)]
            found += page
            token = reading.text(told.get("next_page_token"), LONGEST_TOKEN)
            if not token or not page:
                break
        return found

    def _headers(self) -> dict[str, str]:
        return {"X-MLFLOW-WORKSPACE": self.workspace} if self.workspace else {}

    def _experiment(self, id: str) -> str:
        """An experiment's name; its id where the server does not tell."""
        if id not in self.experiments:
            try:
                told = _told(self._get("/experiments/get", experiment_id=id))
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
            user=reading.text(info.get("user_id")) or tags.get("mlflow.user", ""),
            experiment=self._experiment(experiment) if experiment else "",
            started=reading.milliseconds(info.get("start_time")),
            ended=ended,
            metrics={name: value for name, value in metrics.items() if not name.startswith(_USAGE)},
            params=_texts(data.get("params")),
            tags=tags,
            deleted=info.get("lifecycle_stage") == "deleted",
            experiment_id=experiment,
            commit=tags.get("mlflow.source.git.commit", ""),
            repo=repository_of(tags.get("mlflow.source.git.repoURL", "")),
            datasets=tuple(_datasets(run)),
            usage={name: value for name, value in metrics.items() if name.startswith(_USAGE)},
            parent=tags.get("mlflow.parentRunId", ""),
        )


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


def repository_of(url: str) -> str:
    """`owner/name` in lower case, of an address that git clones from; empty for any other."""
    found = _CLONED.fullmatch(url.strip())
    return f"{found['owner']}/{found['name']}".lower() if found else ""


def _told(reply: Reply) -> Mapping[str, Any]:
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


def made(settings: Settings, tools: Tools) -> Iterator[Source]:
    if settings.mlflow_tracking_uri:
        # What answers a password is not kept: a digest would let it be guessed.
        yield MLflow(tools.web(Server.at(settings.mlflow_tracking_uri), _credentials(settings)))


def _credentials(settings: Settings) -> Credentials:
    token, password = settings.mlflow_tracking_token, settings.mlflow_tracking_password
    if token:
        return Fixed(bearer(token.get_secret_value()))
    if settings.mlflow_tracking_username and password:
        return Fixed(basic(settings.mlflow_tracking_username, password.get_secret_value()))
    return Fixed()


MAKER = Maker(MLflow.name, NEEDS, made)
