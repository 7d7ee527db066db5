"""Looking at runs within one pass, and reading what W&B tells of them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from bot.sources import reading
from bot.sources.base import ModelVersion, Ref, Run, RunState, Seen, Trouble, Why
from bot.sources.replies import Failed, Reply
from bot.sources.wandb.address import Address, Project
from bot.sources.web import Visit

AT_ONCE = 20
"""Runs of one question: the summary of one may be some hundred kilobytes."""
PAGE = 50
PAGES = 10
"""Pages of runs that are read in one pass, where many have moved."""
MOST_ENTRIES = 400
"""Metrics, parameters and readings of the machine that are read, of each."""
DEEPEST = 4
"""How far a configuration is read into, where it lies in another."""
SILENT_AFTER = timedelta(days=1)
A_SECOND = timedelta(seconds=1)
"""What W&B's filters are told in: several runs may have given a sign within one, on two pages."""

NO_WANDB = "No W&B answers there: WANDB_BASE_URL leads elsewhere, or its W&B is too old."

_MORE = """
  inputArtifacts(first: 20) { edges { node {
    versionIndex artifactType { name } artifactSequence { name }
  } } }
  outputArtifacts(first: 20) { edges { node {
    versionIndex createdAt artifactType { name } artifactSequence { name } aliases { alias }
  } } }
"""
_RUN = """
fragment Whole on Run {
  name displayName state createdAt heartbeatAt commit group jobType sweepName tags
  config summaryMetrics systemMetrics
  user { username }%s
}
"""
_MOVED = """
query Moved(
  $entity: String!, $project: String!, $filters: JSONString, $first: Int, $after: String
) {
  project(name: $project, entityName: $entity) {
    runs(filters: $filters, order: "+heartbeat_at", first: $first, after: $after) {
      edges { node { name createdAt heartbeatAt } cursor }
      pageInfo { hasNextPage }
    }
  }
}
"""
_STATES = {
    "running": RunState.RUNNING,
    "preempting": RunState.RUNNING,
    "pending": RunState.SCHEDULED,
    "finished": RunState.FINISHED,
    "failed": RunState.FAILED,
    "crashed": RunState.FAILED,
    "killed": RunState.KILLED,
    "preempted": RunState.KILLED,
}
_MOVING = frozenset({RunState.RUNNING, RunState.SCHEDULED})
_ENTRY_OF_ITS_OWN = frozenset({"_wandb", "wandb_version"})
_NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})
"""How JSON that knows no others spells numbers that are none."""
_EVERY_VERSION = re.compile(r"latest|v[0-9]+")
"""Aliases that say nothing: every version has one of them, or had."""
_WHYS = (
    (re.compile(r"not found|no such|does not exist|could not find", re.I), Why.NOT_FOUND),
    (re.compile(r"denied|forbidden|not authori[sz]ed|permission", re.I), Why.FORBIDDEN),
    (re.compile(r"cannot query|unknown (field|argument|type)", re.I), Why.GARBAGE),
)


def question(count: int, *, plain: bool) -> str:
    """The question for so many runs; a `plain` one leaves data and models out, which servers of
    long ago do not tell.
    """
    variables = ", ".join(f"$e{n}: String!, $p{n}: String!, $r{n}: String!" for n in range(count))
    asked = "\n".join(
        f"  r{n}: project(name: $p{n}, entityName: $e{n}) {{ run(name: $r{n}) {{ ...Whole }} }}"
        for n in range(count)
    )
    return f"query Runs({variables}) {{\n{asked}\n}}\n{_RUN % ('' if plain else _MORE)}"


def seen(
    visit: Visit, wanted: Sequence[tuple[Ref, Address]], now: datetime, *, plain: bool
) -> dict[Ref, Seen]:
    """Look at up to `AT_ONCE` of them. Raises `Failed`, where nothing at all was told."""
    variables: dict[str, str] = {}
    for n, (_, address) in enumerate(wanted):
        project = address.project
        variables |= {f"e{n}": project.entity, f"p{n}": project.name, f"r{n}": address.run}
    told = asked(visit, question(len(wanted), plain=plain), variables)
    data, errors = reading.mapping(told, "data"), list(reading.objects(told.get("errors")))
    if not data and not any(_place(error) for error in errors):
        raise Failed(_trouble(errors) if errors else Trouble(Why.GARBAGE))
    answers: dict[Ref, Seen] = {}
    for n, (ref, address) in enumerate(wanted):
        run = reading.mapping(data, f"r{n}", "run")
        mine = [error for error in errors if _place(error) == f"r{n}"]
        answers[ref] = read(ref, address, run, now) if run else _trouble(mine)
    return answers


def moved(visit: Visit, project: Project, since: datetime) -> list[tuple[str, datetime]]:
    """The ids of runs that began or gave a sign of life at `since` or later, and when, the earliest
    first; all of them, or as many as one pass reads. Raises `Failed`.

    Each page is asked for from the last moment of the one before: a run that gives a sign meanwhile
    goes to the end, where a cursor that counts would leave out another one.
    """
    variables: dict[str, Any] = {
        "entity": project.entity,
        "project": project.name,
        "filters": _since(since),
        "first": PAGE,
    }
    found: dict[str, datetime] = {}
    begin = since
    for _ in range(PAGES):
        told = asked(visit, _MOVED, variables)
        runs = reading.mapping(told, "data", "project", "runs")
        if not runs:
            raise Failed(_trouble(list(reading.objects(told.get("errors")))))
        edges = list(reading.objects(runs.get("edges")))
        for edge in edges:
            node = reading.mapping(edge, "node")
            last, id = last_sign(node), reading.text(node.get("name"))
            if id and (last is None or last >= since):
                found[id] = last or since  # one without a time is better looked at
        more = reading.mapping(runs, "pageInfo").get("hasNextPage") is True
        if not more or not edges:
            break
        reached = _moment(reading.mapping(edges[-1], "node").get("heartbeatAt"))
        if reached is not None and reached - A_SECOND > begin:
            begin = reached - A_SECOND
            variables |= {"filters": _since(begin), "after": None}
        else:
            variables["after"] = reading.text(edges[-1].get("cursor"), 4_000)
    return list(found.items())


def _since(moment: datetime) -> str:
    at = {"$gte": f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    return json.dumps({"$or": [{"heartbeatAt": at}, {"createdAt": at}]})


def asked(visit: Visit, query: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
    """What W&B answers, errors within it too. Raises `Failed`."""
    body = {"query": query, "variables": variables}
    reply = visit.post("/graphql", body, expect=frozenset({400, 404}))
    try:
        told = reading.mapping(reply.json())
    except Failed:
        told = {}
    if "data" not in told and "errors" not in told:
        raise Failed(_no_graphql(reply))
    return told


def _no_graphql(reply: Reply) -> Trouble:
    return Trouble(Why.NOT_FOUND if reply.status == 404 else Why.GARBAGE, detail=NO_WANDB)


def _place(error: Mapping[str, Any]) -> str:
    """Under which name of the question an error happened."""
    path = error.get("path")
    return path[0] if isinstance(path, list) and path and isinstance(path[0], str) else ""


def _trouble(errors: Sequence[Mapping[str, Any]]) -> Trouble:
    """Why there is no run; a part that is simply null is one that is not there, or is hidden."""
    said = " ".join(reading.text(error.get("message")) for error in errors)
    if not errors:
        return Trouble(Why.NOT_FOUND)
    why = next((why for form, why in _WHYS if form.search(said)), Why.AWAY)
    return Trouble(why, detail=NO_WANDB if why is Why.GARBAGE else "")


def last_sign(run: Mapping[str, Any]) -> datetime | None:
    times = (_moment(run.get(name)) for name in ("heartbeatAt", "createdAt"))
    return max(filter(None, times), default=None)


def _moment(value: Any) -> datetime | None:
    """W&B's times are UTC, also where they do not say so."""
    if isinstance(value, str) and re.fullmatch(r"[0-9T:.-]{16,32}", value):
        value += "Z"
    return reading.moment(value)


def read(ref: Ref, address: Address, run: Mapping[str, Any], now: datetime) -> Run | Trouble:
    id = reading.text(run.get("name"))
    if not id:
        return Trouble(Why.GARBAGE)
    last = last_sign(run)
    silent = last is not None and now - last > SILENT_AFTER
    unknown = RunState.FINISHED if silent else RunState.RUNNING
    config = _json(run.get("config"))
    git = _git(config)
    state = _STATES.get(reading.text(run.get("state")).lower(), unknown)
    return Run(
        ref=ref,
        name=reading.text(run.get("displayName")),
        state=state,
        user=reading.text(reading.mapping(run, "user").get("username")),
        experiment=f"{address.project.entity}/{address.project.name}",
        started=_moment(run.get("createdAt")),
        ended=None if state in _MOVING else last,
        metrics=dict(islice(_numbers(_json(run.get("summaryMetrics"))), MOST_ENTRIES)),
        params=dict(islice(_settings(config), MOST_ENTRIES)),
        tags=dict(_tags(run)),
        experiment_id=address.project.key,
        commit=reading.text(run.get("commit") or git.get("commit")),
        repo=reading.repository_of(reading.text(git.get("remote"))),
        datasets=tuple(_datasets(run)),
        models=tuple(_models(run, id)),
        usage=dict(islice(_numbers(_json(run.get("systemMetrics"))), MOST_ENTRIES)),
    )


def _json(value: Any) -> Mapping[str, Any]:
    """The object in a text: W&B sends JSON within JSON, and writes NaN in it as it is."""
    try:
        return reading.mapping(json.loads(value)) if isinstance(value, str) else {}
    except (ValueError, RecursionError):
        return {}


def _git(config: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where the code of a run lay, as whoever wrote the run last saw it: W&B's package keeps that
    in an entry of its own, for each who writes to the run.
    """
    writers = reading.mapping(config, "_wandb", "value", "e")
    some = [one for one in writers.values() if isinstance(one, dict) and one.get("git")]
    some.sort(key=lambda one: reading.text(one.get("startedAt")))
    return reading.mapping(some[-1], "git") if some else {}


def _numbers(told: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    """Numbers by their names; pictures and tables are none, nor is what W&B keeps for itself."""
    for key, value in told.items():
        name = reading.text(prefix + key)
        if not name or name.startswith("_"):
            continue
        if isinstance(value, dict):
            if "_type" not in value and prefix.count(".") < DEEPEST:
                yield from _numbers(value, f"{name}.")
        elif not isinstance(value, str) or value in _NO_NUMBERS:
            found = reading.number(value)
            if found is not None:
                yield name, found


def _settings(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, entry in told.items():
        if name in _ENTRY_OF_ITS_OWN:
            continue
        value = entry["value"] if isinstance(entry, dict) and "value" in entry else entry
        yield from _flat(reading.text(name), value)


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value and name.count(".") < DEEPEST:
        for key, inner in value.items():
            yield from _flat(reading.text(f"{name}.{key}"), inner)
    elif isinstance(value, str):
        yield name, reading.text(value)
    else:
        yield name, reading.text(json.dumps(value))


def _tags(run: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """W&B's tags are words: of `charter.project=churn` the name is what stands before the sign."""
    tags = run.get("tags")
    for tag in tags[:MOST_ENTRIES] if isinstance(tags, list) else ():
        name, _, value = reading.text(tag).partition("=")
        if name:
            yield name.strip(), value.strip()
    for field in ("group", "jobType", "sweepName"):
        if value := reading.text(run.get(field)):
            yield f"wandb.{field}", value


def _artifacts(run: Mapping[str, Any], field: str, kind: str) -> Iterator[tuple[str, str, Any]]:
    """Name, version and the whole of the artifacts of a kind."""
    for edge in reading.objects(reading.mapping(run, field).get("edges")):
        node = reading.mapping(edge, "node")
        name = reading.text(reading.mapping(node, "artifactSequence").get("name"))
        version = reading.whole(node.get("versionIndex"))
        if reading.mapping(node, "artifactType").get("name") == kind and name:
            yield name, "" if version is None else f"v{version}", node


def _datasets(run: Mapping[str, Any]) -> Iterator[str]:
    for name, version, _ in _artifacts(run, "inputArtifacts", "dataset"):
        yield f"{name} ({version})" if version else name


def _models(run: Mapping[str, Any], id: str) -> Iterator[ModelVersion]:
    for name, version, node in _artifacts(run, "outputArtifacts", "model"):
        told = (reading.text(one.get("alias")) for one in reading.objects(node.get("aliases")))
        aliases = dict.fromkeys(one for one in told if one and not _EVERY_VERSION.fullmatch(one))
        yield ModelVersion(name, version, id, tuple(aliases), made=_moment(node.get("createdAt")))
