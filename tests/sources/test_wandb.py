"""Runs of W&B, as its own package wrote them to a server of the tests' own."""

import copy
import json
import math
import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sources.base import (
    Copies,
    ModelVersion,
    Ref,
    Run,
    RunState,
    Seen,
    Source,
    Trouble,
    Why,
)
from bot.sources.wandb import looking
from bot.sources.wandb.looking import AT_ONCE, NO_WANDB, PAGE, PAGES
from tests.sources.answering import Answer, Asked, always, answering
from tests.sources.support import KEY, Clock, wandb
from tests.sources.wandb_server import NOW, Cloud, artifact, cloud_of


@dataclass(frozen=True, slots=True)
class World:
    """A server with what was recorded, Charter's way to it, and what W&B's package read there."""

    cloud: Cloud
    there: Source
    url: str
    read: Any
    clock: Clock

    def ref(self, run: str, project: str = "acme/churn") -> Ref:
        found = self.there.recognises(f"{self.url}/{project}/runs/{run}")
        assert found
        return found

    def look(self, run: str, project: str = "acme/churn") -> Seen:
        ref = self.ref(run, project)
        return self.there.fetch([ref])[ref]

    def seen(self, run: str) -> Run:
        found = self.look(run)
        assert isinstance(found, Run), found
        return found

    def has(self, **more: Any) -> str:
        """A further run, like the first but for these; its id."""
        runs = self.cloud.projects["acme", "churn"]
        id = f"run{len(runs)}"
        runs[id] = {**copy.deepcopy(runs["ab12cd34"]), "name": id, **more}
        return id

    def moved(self, since: datetime) -> Any:
        stream = self.there.stream(f"{self.url}/acme/churn")
        assert stream
        return self.there.changed(stream, since)


@pytest.fixture
def world(wandb_recorded: str) -> Iterator[World]:
    cloud, read = cloud_of(wandb_recorded)
    clock = Clock(NOW + timedelta(minutes=5))
    with ExitStack() as stack:
        server = stack.enter_context(answering(cloud))
        there = stack.enter_context(closing(wandb(server.url, clock=clock)))
        yield World(cloud, there, server.url, read, clock)


def test_e1_a_run_is_read_as_its_own_package_reads_it(world: World) -> None:
    found, theirs = world.seen("ab12cd34"), world.read["ab12cd34"]
    assert (found.name, found.state, found.user) == ("quiet-owl", RunState.FINISHED, "bea")
    assert (theirs["name"], theirs["state"], theirs["user"]) == ("quiet-owl", "finished", "bea")
    told = {name: repr(value) for name, value in found.metrics.items()}
    assert told == {"auc": "0.77", "val/loss": "0.31", "loss": "nan", "worst": "-inf"}
    assert id(found.metrics["loss"]) == id(math.nan), "so that two looks are equal"
    assert told == {k: v for k, v in theirs["summary"].items() if k != "note"}
    assert found.params == {
        "lr": "0.1",
        "model.depth": "6",
        "model.widths": "[8, 4]",
        "data": "churn-2026-10",
    }
    assert found.tags == {
        "baseline": "",
        "charter.project": "churn/rollout",
        "wandb.group": "sweep-1",
        "wandb.jobType": "train",
    }
    assert (found.experiment, found.experiment_id) == ("acme/churn", "acme/churn")
    assert (found.started, found.ended) == (NOW, NOW)
    assert found.usage["system.proc.memory.rssMB"] > 1
    assert not [name for name in found.usage if name.startswith("_")]
    assert found.ref.key == "acme/churn/ab12cd34"
    failed = world.seen("ef56")
    assert (failed.name, failed.state) == ("loud-owl", RunState.FAILED)


@pytest.mark.parametrize(
    ("state", "meant"),
    [
        ("running", RunState.RUNNING),
        ("preempting", RunState.RUNNING),
        ("pending", RunState.SCHEDULED),
        ("crashed", RunState.FAILED),
        ("killed", RunState.KILLED),
        ("preempted", RunState.KILLED),
        ("RUNNING", RunState.RUNNING),
        ("dreaming", RunState.RUNNING),
    ],
)
def test_states(world: World, state: str, meant: RunState) -> None:
    found = world.seen(world.has(state=state))
    ends = meant not in (RunState.RUNNING, RunState.SCHEDULED)
    assert (found.state, found.ended) == (meant, NOW if ends else None)


def test_a_state_that_nobody_knows_has_ended_where_no_sign_of_life_came_for_a_day(
    world: World,
) -> None:
    world.clock.now = NOW + timedelta(hours=25)
    assert world.seen(world.has(state="dreaming")).state is RunState.FINISHED
    assert world.seen(world.has(state="running")).state is RunState.RUNNING


def test_what_is_no_number_is_no_metric(world: World) -> None:
    summary = {
        "loss": "NaN",
        "best": {"max": 0.9},
        "text": "0.9",
        "yes": True,
        "none": None,
        "picture": {"_type": "image-file", "width": 20},
        "_step": 4,
    }
    found = world.seen(world.has(summaryMetrics=json.dumps(summary)))
    assert found.metrics == {"loss": math.nan, "best.max": 0.9}


@pytest.mark.parametrize("told", ["", "[", "[]", "null", "[" * 100_000, None])
def test_a_summary_that_is_none_costs_itself_alone(world: World, told: str | None) -> None:
    found = world.seen(world.has(summaryMetrics=told, config=told, systemMetrics=told))
    assert (found.name, found.metrics, found.params, found.usage) == ("quiet-owl", {}, {}, {})


def test_data_models_and_the_commit(world: World) -> None:
    run = world.has(
        commit="0a1b2c3d",
        createdAt="2026-11-27T11:00:00",
        inputArtifacts={"totalCount": 2, "edges": [artifact("churn-2026-10", "dataset", 3)]},
        outputArtifacts={
            "totalCount": 2,
            "edges": [
                artifact("churn-gbm", "model", 7, "v7", "latest", "production"),
                artifact("run-table", "run_table", 0),
            ],
        },
    )
    found = world.seen(run)
    assert found.commit == "0a1b2c3d"
    assert found.started == datetime(2026, 11, 27, 11, tzinfo=UTC)
    assert found.datasets == ("churn-2026-10 (v3)",)
    assert found.models == (ModelVersion("churn-gbm", "v7", run, ("production",), made=NOW),)


def test_e2_the_repository_and_commit_are_those_that_its_own_package_kept(world: World) -> None:
    found = world.seen("ab90")
    assert found.repo == "acme/churn"
    assert re.fullmatch("[0-9a-f]{40}", found.commit)
    assert world.seen("ef56").repo == "", "nobody told"
    written = json.loads(world.cloud.projects["acme", "churn"]["ab90"]["config"])
    git = {"remote": "https://github.com/acme/other", "commit": "1" * 40}
    written["_wandb"]["value"]["e"]["later"] = {"startedAt": "2999-01-01", "git": git}
    resumed = world.has(config=json.dumps(written), commit=None)
    later = world.seen(resumed)
    assert (later.repo, later.commit) == ("acme/other", "1" * 40)


def test_edge_65_a_copy_in_w_and_b_is_found(world: World) -> None:
    there = world.there
    assert isinstance(there, Copies)
    run = copy.deepcopy(world.cloud.projects["acme", "churn"]["ef56"])
    config = {"sys_id": {"value": "CHU-1"}, "sys_name": {"value": "baseline-xgb"}}
    told = {"name": "copy1", "displayName": "churn-run-7", "config": json.dumps(config)}
    world.cloud.projects["lab", "acme_churn"] = {"copy1": {**run, **told}}
    assert there.copy_of("acme/churn", "CHU-1") is None, "of no team that the key belongs to"
    world.cloud.teams = ("other", "lab")
    assert there.copy_of("acme/churn", "CHU-1") == world.ref("copy1", "lab/acme_churn")
    assert there.copy_of("acme/churn", "churn-run-7") == world.ref("copy1", "lab/acme_churn")
    assert there.copy_of("acme/churn", "CHU-2") is None
    assert there.copy_of("acme/other", "CHU-1") is None


def test_edge_65_no_copy_is_found_where_nobody_answers() -> None:
    with answering(always(Answer(500))) as server, closing(wandb(server.url)) as there:
        assert isinstance(there, Copies)
        assert there.copy_of("acme/churn", "CHU-1") is None


def test_what_is_not_there_and_what_is_refused(world: World) -> None:
    world.cloud.refusals |= {"secret": "permission denied", "odd": "internal error"}
    assert world.look("none") == Trouble(Why.NOT_FOUND)
    assert world.look("ab12cd34", "acme/other") == Trouble(Why.NOT_FOUND)
    assert world.look("secret") == Trouble(Why.FORBIDDEN)
    assert world.look("odd") == Trouble(Why.AWAY)
    refs = [world.ref(run) for run in ("secret", "ab12cd34")]
    both = world.there.fetch(refs)
    assert isinstance(both[refs[1]], Run), "one that is refused hides no other"


def test_twenty_runs_are_one_question(world: World) -> None:
    refs = [world.ref(world.has()) for _ in range(AT_ONCE + 1)]
    assert all(isinstance(one, Run) for one in world.there.fetch(refs).values())
    assert len(world.cloud.questions) == 2


def test_a_server_of_long_ago_is_asked_for_less(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(looking, "_MORE", "\n  somethingNew\n")
    for _ in range(2):
        assert world.seen("ab12cd34").name == "quiet-owl"
    asked = ["somethingNew" in question for question in world.cloud.questions]
    assert asked == [True, False, False], "and it is learnt once"


def test_e6_what_moved_comes_page_by_page(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(looking, "PAGE", 2)
    at = [NOW + timedelta(minutes=minute) for minute in range(1, 8)]
    runs = [world.has(heartbeatAt=f"{moment:%Y-%m-%dT%H:%M:%SZ}") for moment in at]
    found = world.moved(at[2])
    assert [ref.key.rpartition("/")[2] for ref in found.seen] == runs[2:]
    assert (found.until, found.trouble) == (at[-1], None)


def test_e6_a_pass_that_does_not_reach_is_gone_on_from(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(looking, "PAGE", 2)
    monkeypatch.setattr(looking, "PAGES", 1)
    at = [NOW + timedelta(minutes=minute) for minute in range(1, 5)]
    runs = [world.has(heartbeatAt=f"{moment:%Y-%m-%dT%H:%M:%SZ}") for moment in at]
    seen: list[str] = []
    since = at[0]
    for _ in range(3):
        found = world.moved(since)
        seen += [ref.key.rpartition("/")[2] for ref in found.seen]
        since = found.until
    assert list(dict.fromkeys(seen)) == runs
    assert PAGE * PAGES == 500


def test_e6_what_could_not_be_looked_at_is_told_the_next_time(world: World) -> None:
    later = world.has(heartbeatAt=f"{NOW + timedelta(minutes=2):%Y-%m-%dT%H:%M:%SZ}")
    world.cloud.refusals["ef56"] = "internal error"
    found = world.moved(NOW)
    assert {ref.key.rpartition("/")[2] for ref in found.seen} == {"ab12cd34", "ab90", later}
    assert (found.until, found.trouble) == (NOW, Trouble(Why.AWAY))
    del world.cloud.refusals["ef56"]
    assert world.ref("ef56") in world.moved(found.until).seen


def test_it_says_who_the_key_belongs_to(world: World) -> None:
    assert world.there.answers() == "as bea"


def test_a_key_that_belongs_to_nobody() -> None:
    with answering(always(Answer(200, {"data": {"viewer": None}}))) as server:
        there = wandb(server.url)
        assert there.answers() == Trouble(Why.UNAUTHORISED)
        there.close()


def test_another_server_stands_there() -> None:
    with answering(always(Answer(404, b"<html>"))) as server:
        there = wandb(server.url)
        assert there.answers() == Trouble(Why.NOT_FOUND, detail=NO_WANDB)
        there.close()


def test_a_limit_says_when_it_is_over() -> None:
    limit = Answer(429, {}, {"RateLimit-Remaining": "0", "RateLimit-Reset": "90"})
    with answering(always(limit)) as server:
        there = wandb(server.url, clock=Clock(NOW))
        assert there.answers() == Trouble(Why.RATE_LIMITED, NOW + timedelta(seconds=90))
        there.close()


def test_the_key_goes_along_as_a_password() -> None:
    asked: list[Asked] = []

    def script(one: Asked) -> Answer:
        asked.append(one)
        return Answer(401, {})

    with answering(script) as server:
        there = wandb(server.url)
        assert there.answers() == Trouble(Why.UNAUTHORISED)
        assert KEY not in repr(there) + repr(vars(there))
        there.close()
    assert asked[0].headers["authorization"].startswith("Basic YXBpOmxvY2FsLWtra2")
