"""What becomes of models, asked of a real MLflow server."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from bot.sources.base import ModelVersion, Run, Source, Trouble, Why
from bot.sources.mlflow import MLflow
from bot.sources.models import Post, Rank, Registered
from tests.sources.answering import Answer, Asked, answering
from tests.sources.support import source
from tests.sources.worlds import Experiment

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Model:
    """A registered model of this test's own."""

    experiment: Experiment
    name: str

    def does(self, path: str, **body: Any) -> Any:
        return self.experiment.does(path, name=self.name, **body)

    def registers(self, run: str = "", **more: Any) -> str:
        made = self.does("model-versions/create", source="s3://models/1", run_id=run, **more)
        return str(made["model_version"]["version"])

    def sets(self, alias: str, version: str) -> None:
        self.does("registered-models/alias", alias=alias, version=version)

    def drops(self, alias: str) -> None:
        where = f"{self.experiment.url}/api/2.0/mlflow/registered-models/alias"
        body = {"name": self.name, "alias": alias}
        assert self.experiment.http.request("DELETE", where, json=body).is_success

    def moves(self, version: str, stage: str) -> None:
        self.does(
            "model-versions/transition-stage",
            version=version,
            stage=stage,
            archive_existing_versions=False,
        )

    def post(self, name: str, rank: Rank = Rank.ALIAS) -> Post:
        return Post(self.name, rank, name)

    def held(self, told: Registered) -> dict[Post, str]:
        return {post: one for post, one in told.holders.items() if post.model == self.name}


@pytest.fixture
def model(experiment: Experiment) -> Model:
    made = Model(experiment, f"ranker {uuid4().hex[:8]}")
    made.does("registered-models/create", tags=[{"key": "charter.project", "value": "atlas"}])
    return made


@pytest.fixture
def there(mlflow_server: str) -> Iterator[MLflow]:
    with closing(source(mlflow_tracking_uri=mlflow_server)) as made:
        assert isinstance(made, MLflow)
        yield made


def of(there: Source, experiment: Experiment, run: str) -> tuple[ModelVersion, ...]:
    found = experiment.look(there, run)
    assert isinstance(found, Run), found
    return found.models


def test_e7_a_run_tells_what_became_of_it_in_the_registry(model: Model, there: MLflow) -> None:
    run = model.experiment.starts()
    model.registers()
    version = model.registers(run, tags=[{"key": "charter.by", "value": "bea"}])
    model.sets("production", version)
    model.sets("shadow", "1")
    [one] = of(there, model.experiment, run)
    assert (one.name, one.version, one.run) == (model.name, "2", run)
    assert (one.aliases, one.stage, one.promoted, one.by) == (("production",), "", None, "")
    assert one.made is not None
    assert abs(datetime.now(UTC) - one.made).total_seconds() < 120
    assert one.tags == {"charter.by": "bea"}
    address = f"{model.experiment.url}/#/models/{model.name.replace(' ', '%20')}/versions/2"
    assert one.url == address


def test_edge_64_a_stage_of_the_older_kind_tells_since_when(model: Model, there: MLflow) -> None:
    run = model.experiment.starts()
    version = model.registers(run)
    assert [one.stage for one in of(there, model.experiment, run)] == [""]
    model.moves(version, "Production")
    [one] = of(there, model.experiment, run)
    assert one.stage == "Production"
    assert one.promoted is not None
    assert one.made is not None
    assert one.promoted >= one.made
    model.moves(version, "Archived")
    [one] = of(there, model.experiment, run)
    assert (one.stage, one.promoted) == ("Archived", None)


def test_several_versions_of_a_run_the_newest_first_also_where_it_is_followed(
    model: Model, there: MLflow
) -> None:
    run = model.experiment.starts()
    for _ in range(11):
        model.registers(run)
    found = of(there, model.experiment, run)
    assert [one.version for one in found] == [f"{number}" for number in range(11, 0, -1)]
    address = model.experiment.link(run).partition("/runs/")[0]
    stream = there.stream(address)
    assert stream is not None
    [followed] = there.changed(stream, LONG_AGO).seen.values()
    assert isinstance(followed, Run)
    assert followed.models == found


def test_e7_what_is_held_otherwise_is_told_with_its_versions_and_their_runs(
    model: Model, there: MLflow
) -> None:
    one, two = model.experiment.starts("one"), model.experiment.starts("two")
    model.experiment.measures(two, auc=0.77)
    old, new = model.registers(one), model.registers(two)
    model.sets("production", old)
    first = there.registered(None)
    assert model.held(first) == {model.post("production"): old}
    assert (first.versions, first.runs, first.trouble) == ({}, {}, None)
    assert first.tags[model.name] == {"charter.project": "atlas"}
    known = dict(first.holders)
    assert there.registered(known).versions == {}
    model.sets("production", new)
    model.moves(new, "Staging")
    told = there.registered(known)
    stage = model.post("Staging", Rank.STAGE)
    assert model.held(told) == {model.post("production"): new, stage: new}
    held = {version: told.versions[model.name, version] for version in (old, new)}
    assert {version: one.aliases for version, one in held.items() if one} == {
        old: (),
        new: ("production",),
    }
    assert told.runs[two].metrics == {"auc": 0.77}
    assert told.runs[two].ref == model.experiment.ref(there, two)
    assert told.runs[two].models == (held[new],)
    model.drops("production")
    gone = there.registered({**known, **told.holders})
    assert model.held(gone) == {stage: new}
    assert (model.name, new) in gone.versions


def test_a_version_or_a_run_that_is_gone_takes_nothing_else_away(
    model: Model, there: MLflow
) -> None:
    run = model.experiment.starts()
    version, other = model.registers(run), model.registers("a" * 32)
    known = there.registered(None).holders
    model.sets("production", version)
    model.sets("shadow", other)
    told = there.registered({**known, model.post("once"): "77"})
    assert told.versions[model.name, "77"] is None
    assert told.runs.keys() == {run}


def test_prompts_are_no_models(model: Model, there: MLflow) -> None:
    prompt = f"greeting-{uuid4().hex[:8]}"
    marked = [{"key": "mlflow.prompt.is_prompt", "value": "true"}]
    model.experiment.does("registered-models/create", name=prompt, tags=marked)
    assert prompt not in there.registered(None).tags


# --- a server that answers otherwise --------------------------------------------------------------

RUN = {"info": {"run_id": "ab12", "experiment_id": "1", "status": "FINISHED"}}


def answers(asked: Asked, registry: Answer) -> Answer:
    if "model" in asked.path:
        return registry
    return Answer(200, {"runs": [RUN]} if "runs/search" in asked.path else {})


@pytest.mark.parametrize(
    ("registry", "expected"),
    [
        (Answer(404, {"error_code": "ENDPOINT_NOT_FOUND"}), None),
        (Answer(403, "no"), None),
        (Answer(400, {"error_code": "INVALID_PARAMETER_VALUE"}), None),
        (Answer(503, "later"), Why.AWAY),
        (Answer(200, "<html>"), Why.GARBAGE),
    ],
)
def test_without_a_registry_a_run_is_told_all_the_same(
    registry: Answer, expected: Why | None
) -> None:
    """But not where it may only be away: what it made would seem to be gone."""
    with (
        answering(lambda asked: answers(asked, registry)) as server,
        closing(source(mlflow_tracking_uri=server.url)) as there,
    ):
        ref = there.recognises(f"{server.url}/#/experiments/1/runs/ab12")
        assert ref is not None
        found = there.fetch([ref])[ref]
        why = found.why if isinstance(found, Trouble) else None
        assert why is expected
        assert isinstance(there, MLflow)
        assert there.registered(None).trouble is not None


def test_the_registry_of_a_server_that_is_away() -> None:
    with closing(source(mlflow_tracking_uri="http://127.0.0.1:9")) as there:
        assert isinstance(there, MLflow)
        told = there.registered({})
    assert (told.holders, told.is_whole) == ({}, False)
    assert told.trouble is not None
    assert told.trouble.why is Why.AWAY
