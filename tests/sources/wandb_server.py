"""W&B as far as it can be had without W&B: what its own package writes and reads is its shape.

The schema below is what that package (0.31) asks for; W&B's own is closed. So that Charter asks for
nothing which W&B's package would not, a question that this schema does not allow is an error.
"""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graphql import GraphQLResolveInfo, build_schema, graphql_sync, parse, validate

from bot.sources.credentials import basic
from tests.sources.answering import Answer, Asked, answering
from tests.sources.support import KEY

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)

SCHEMA = build_schema(
    """
scalar JSONString
scalar JSON
scalar DateTime
type Query {
  viewer: User
  entity(name: String): Entity
  project(name: String, entityName: String): Project
}
type Mutation {
  upsertBucket(input: UpsertBucketInput!): UpsertBucket
  createRunFiles(input: CreateRunFilesInput!): CreateRunFiles
}
input UpsertBucketInput {
  id: String, name: String, groupName: String, modelName: String, entityName: String,
  description: String, displayName: String, notes: String, config: JSONString, commit: String,
  host: String, debug: Boolean, jobProgram: String, jobRepo: String, jobType: String,
  state: String, sweep: String, tags: [String!], summaryMetrics: JSONString
}
input CreateRunFilesInput {
  entityName: String!, projectName: String!, runName: String!, files: [String!]!
}
type UpsertBucket { bucket: Run, inserted: Boolean }
type CreateRunFiles { runID: ID, uploadHeaders: [String!], files: [RunFile!] }
type RunFile { name: String, uploadUrl: String }
type User { id: ID, name: String, username: String, entity: String, email: String, flags: JSONString
  teams: Teams }
type Teams { edges: [TeamEdge!] }
type TeamEdge { node: Entity }
type Entity { id: ID, name: String, organization: Organization }
type Organization { coreWeaveOrganizationId: String }
type Project {
  id: ID, internalId: ID, name: String, entity: Entity, readOnly: Boolean
  runCount(filters: JSONString): Int
  run(name: String!): Run
  runs(filters: JSONString, after: String, first: Int, order: String): RunConnection
}
type PageInfo { endCursor: String, hasNextPage: Boolean }
type RunConnection { edges: [RunEdge!]!, pageInfo: PageInfo! }
type RunEdge { node: Run!, cursor: String! }
type Run {
  id: ID, projectId: ID, name: String, displayName: String, sweepName: String, state: String
  description: String, notes: String, config: JSONString, group: String, jobType: String
  commit: String, readOnly: Boolean, createdAt: DateTime, heartbeatAt: DateTime
  systemMetrics: JSONString, summaryMetrics: JSONString, historyLineCount: Int, historyKeys: JSON
  tags: [String!], user: User, project: Project
  inputArtifacts(after: String, first: Int): ArtifactConnection
  outputArtifacts(after: String, first: Int): ArtifactConnection
}
type ArtifactConnection { totalCount: Int!, edges: [ArtifactEdge!]!, pageInfo: PageInfo! }
type ArtifactEdge { node: Artifact, cursor: String }
type Artifact {
  id: ID, versionIndex: Int, createdAt: DateTime, artifactType: Named, artifactSequence: Named
  aliases: [Alias!]
}
type Named { name: String }
type Alias { alias: String }
"""
)
Value = dict[str, Any]


@dataclass
class Cloud:
    """Projects with their runs, by entity and name, as scripts of W&B's package fill them.

    `now` is the clock of the server; `refusals` are told in place of a run, by its id.
    """

    projects: dict[tuple[str, str], dict[str, Value]] = field(default_factory=dict)
    now: datetime = NOW
    questions: list[str] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    teams: tuple[str, ...] = ()

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != _basic():
            return Answer(401, {"error": "user is not logged in"})
        if asked.path == "/graphql":
            return Answer(200, self._executed(**asked.json()))
        if asked.path.endswith("/file_stream"):
            self._streamed(asked.path, asked.json())
        return Answer(200, {})

    def _executed(self, query: str, variables: Value | None = None, **_: str) -> Value:
        self.questions.append(query)
        if faults := validate(SCHEMA, parse(query)):
            return {"errors": [{"message": fault.message} for fault in faults]}
        root = {
            "viewer": {
                "id": "1",
                "username": "bea",
                "entity": "acme",
                "flags": "{}",
                "teams": {"edges": [{"node": {"name": name}} for name in self.teams]},
            },
            "entity": lambda _, name: {"name": name, "organization": None},
            "project": self._project,
            "upsertBucket": self._upserted,
            "createRunFiles": lambda _, input: {"files": [], "runID": "1", "uploadHeaders": []},
        }
        done = graphql_sync(SCHEMA, query, root, variable_values=variables)
        told: Value = {"data": done.data}
        if done.errors:
            told["errors"] = [{"message": one.message, "path": one.path} for one in done.errors]
        return told

    # --- what is written ---

    def _upserted(self, _: GraphQLResolveInfo[None], input: Value) -> Value:
        runs = self.projects.setdefault((input["entityName"], input["modelName"]), {})
        id = input["name"]
        inserted = id not in runs
        run = runs.setdefault(id, self._born(id))
        names = {"groupName": "group"}
        for name, value in input.items():
            if value is not None and name != "name":
                run[names.get(name, name)] = value
        run["heartbeatAt"] = self._moment()
        run["project"] = {
            "id": "p",
            "name": input["modelName"],
            "entity": {"id": "e", "name": input["entityName"]},
        }
        return {"bucket": run, "inserted": inserted}

    def _born(self, id: str) -> Value:
        """A run as nobody has said anything of it yet."""
        nothing = {"totalCount": 0, "edges": [], "pageInfo": {"hasNextPage": False}}
        return {
            "id": f"run-{id}",
            "projectId": "1",
            "name": id,
            "state": "running",
            "createdAt": self._moment(),
            "summaryMetrics": "{}",
            "systemMetrics": "{}",
            "config": "{}",
            "tags": [],
            "readOnly": False,
            "historyLineCount": 0,
            "user": {"username": "bea", "name": "Bea Sample"},
            "inputArtifacts": nothing,
            "outputArtifacts": nothing,
        }

    def _streamed(self, path: str, told: Value) -> None:
        _, _, entity, project, id, _ = path.split("/")
        run = self.projects[entity, project][id]
        run["heartbeatAt"] = self._moment()
        for name, chunk in (told.get("files") or {}).items():
            lines = chunk["content"]
            if name == "wandb-summary.json" and lines:
                run["summaryMetrics"] = lines[-1]
            if name == "wandb-events.jsonl" and lines:
                run["systemMetrics"] = lines[-1]
        if told.get("complete"):
            run["state"] = "finished" if told.get("exitcode") == 0 else "failed"

    def _moment(self) -> str:
        return f"{self.now:%Y-%m-%dT%H:%M:%SZ}"

    # --- what is read ---

    def _project(
        self,
        _: GraphQLResolveInfo[None],
        name: str = "",
        entityName: str = "",
    ) -> Value | None:
        runs = self.projects.get((entityName, name))
        if runs is None:
            return None

        def run(_: GraphQLResolveInfo[None], name: str) -> Value | None:
            if name in self.refusals:
                raise ValueError(self.refusals[name])
            return runs.get(name)

        def listed(_: GraphQLResolveInfo[None], **asked: Any) -> Value:
            return _connection(list(runs.values()), **asked)

        about = {"name": name, "internalId": "1", "readOnly": False, "runCount": len(runs)}
        return {**about, "run": run, "runs": listed}


def _connection(
    runs: list[Value],
    filters: str = "{}",
    first: int = 50,
    after: str | None = None,
    order: str = "",
) -> Value:
    """Runs that fit, in order, page by page; the cursor is the last one's place."""
    found = [run for run in runs if _fits(run, json.loads(filters or "{}"))]
    key = {"heartbeat_at": "heartbeatAt", "created_at": "createdAt"}[order[1:] or "created_at"]
    found.sort(key=lambda run: (run[key], run["name"]), reverse=order.startswith("-"))
    begin = int(after) if after else 0
    page = found[begin : begin + first]
    return {
        "edges": [{"node": run, "cursor": str(begin + place)} for place, run in enumerate(page, 1)],
        "pageInfo": {
            "endCursor": str(begin + len(page)),
            "hasNextPage": begin + first < len(found),
        },
    }


def _fits(run: Value, wanted: Value) -> bool:
    """As much of W&B's filters as Charter and these tests use."""
    for name, asked in wanted.items():
        match name, asked:
            case "$or", list():
                fits = any(_fits(run, one) for one in asked)
            case (("heartbeatAt" | "createdAt"), {"$gte": moment}):
                fits = run[name] >= moment
            case "display_name", str():
                fits = run["displayName"] == asked
            case str(), str() if name.startswith("config."):
                _, key, value = name.split(".")
                fits = json.loads(run["config"]).get(key, {}).get(value) == asked
            case "state", str():
                fits = run["state"] == asked
            case _:
                raise ValueError(f"no such filter here: {name}")
        if not fits:
            return False
    return True


SCRIPT = """
import json, math, subprocess, wandb

def writes(id, name, code, **more):
    with_tags = ["baseline", "charter.project=churn/rollout"]
    run = wandb.init(entity="acme", project="churn", id=id, name=name, tags=with_tags, **more)
    run.log({"auc": 0.74, "loss": math.nan})
    run.log({"auc": 0.77, "val/loss": 0.31, "worst": -math.inf})
    run.summary["note"] = "12"
    run.finish(exit_code=code)

settings = {"lr": 0.1, "model": {"depth": 6, "widths": [8, 4]}, "data": "churn-2026-10"}
writes("ab12cd34", "quiet-owl", 0, config=settings, group="sweep-1", job_type="train")
writes("ef56", "loud-owl", 1)

def does(*words):
    who = ["-c", "user.name=Bea", "-c", "user.email=bea@example.com"]
    subprocess.run(["git", *who, *words], check=True, capture_output=True)

does("init")
does("remote", "add", "origin", "git@github.com:acme/Churn.git")
does("commit", "--allow-empty", "-m", "Begin")
writes("ab90", "neat-owl", 0, settings=wandb.Settings(disable_git=False))
api = wandb.Api()
read = {}
for run in api.runs("acme/churn", order="+heartbeat_at"):
    run.load(force=True)
    summary = {name: repr(value) for name, value in dict(run.summary).items() if name[0] != "_"}
    read[run.id] = {
        "name": run.name, "state": run.state, "tags": run.tags, "user": run.user.username,
        "config": run.config, "summary": summary, "group": run.group,
    }
print(json.dumps(read))
"""


def recorded(python: str, folder: Path) -> str:
    """What W&B's own package wrote to a server of ours, and read from it, as JSON."""
    cloud = Cloud()
    with answering(cloud) as server:
        quiet = {"WANDB_SILENT": "true", "WANDB_ERROR_REPORTING": "false", "DO_NOT_TRACK": "true"}
        home = {"HOME": str(folder), "WANDB_DIR": str(folder), "WANDB_DISABLE_GIT": "true"}
        where = {"WANDB_BASE_URL": server.url, "WANDB_API_KEY": KEY}
        done = subprocess.run(
            [python, "-c", SCRIPT],
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **quiet, **home, **where},
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=90,
        )
    assert done.returncode == 0, done.stderr[-2_000:]
    runs = cloud.projects["acme", "churn"]
    return json.dumps({"written": runs, "read": json.loads(done.stdout.splitlines()[-1])})


def cloud_of(recorded: str) -> tuple[Cloud, Mapping[str, Value]]:
    """A server that holds what was recorded, and what W&B's package read of it, by run."""
    told = json.loads(recorded)
    return Cloud({("acme", "churn"): told["written"]}), told["read"]


def _basic() -> str:
    return basic("api", KEY)["Authorization"]


def artifact(name: str, kind: str, version: int, *aliases: str) -> Value:
    """An edge of a run's artifacts."""
    return {
        "node": {
            "versionIndex": version,
            "createdAt": "2026-11-27T12:00:00",
            "artifactType": {"name": kind},
            "artifactSequence": {"name": name},
            "aliases": [{"alias": alias} for alias in aliases],
        }
    }
