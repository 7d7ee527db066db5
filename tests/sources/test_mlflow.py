"""Runs, asked of a real MLflow server."""

import math
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.sources.base import Ref, Run, RunState, Seen, Source, Trouble, Why
from bot.sources.mlflow.looking import AT_ONCE, FOREIGN_HOST, NO_MLFLOW
from tests.sources.answering import Answer, Asked, answering
from tests.sources.support import source
from tests.sources.worlds import Experiment
from tests.support.servers import GUARD


@pytest.fixture
def there(mlflow_server: str) -> Iterator[Source]:
    with closing(source(mlflow_tracking_uri=mlflow_server)) as made:
        yield made


def seen(experiment: Experiment, there: Source, run: str) -> Run:
    found = experiment.look(there, run)
    assert isinstance(found, Run), found
    return found


def test_e1_a_run_is_told_whole(experiment: Experiment, there: Source) -> None:
    run = experiment.starts()
    experiment.measures(run, auc=0.74)
    experiment.measures(run, auc=0.77, **{"val/loss": 0.31})
    experiment.does("runs/log-parameter", run_id=run, key="depth", value="6")
    experiment.does("runs/set-tag", run_id=run, key="pr", value="acme/churn#7")
    experiment.ends(run)
    ref = experiment.ref(there, run)
    found = there.fetch([ref])[ref]
    assert isinstance(found, Run)
    assert dict(found.tags).items() >= {"pr": "acme/churn#7", "mlflow.runName": "quiet-owl"}.items()
    assert found == Run(
        ref=ref,
        name="quiet-owl",
        state=RunState.FINISHED,
        user="bea",
        experiment=experiment.name,
        started=datetime(2026, 11, 27, 12, tzinfo=UTC),
        ended=datetime(2026, 11, 27, 12, 1, 30, 500_000, tzinfo=UTC),
        metrics={"auc": 0.77, "val/loss": 0.31},
        params={"depth": "6"},
        tags=found.tags,
        deleted=False,
        experiment_id=experiment.id,
    )
    assert ref == Ref("mlflow", ref.kind, run, experiment.link(run))


def test_a_run_that_has_nothing_yet(experiment: Experiment, there: Source) -> None:
    found = seen(experiment, there, experiment.starts())
    assert (found.state, found.ended) == (RunState.RUNNING, None)
    assert (found.metrics, found.params) == ({}, {})


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("SCHEDULED", RunState.SCHEDULED),
        ("FAILED", RunState.FAILED),
        ("KILLED", RunState.KILLED),
    ],
)
def test_states(experiment: Experiment, there: Source, status: str, state: RunState) -> None:
    run = experiment.starts()
    experiment.ends(run, status)
    assert seen(experiment, there, run).state is state


def test_numbers_that_are_none(experiment: Experiment, there: Source) -> None:
    run = experiment.starts()
    experiment.measures(run, loss="NaN", best="Infinity", worst="-Infinity", small=-1e-9)
    found = seen(experiment, there, run)
    assert found.metrics == {"loss": math.nan, "best": math.inf, "worst": -math.inf, "small": -1e-9}
    assert found == seen(experiment, there, run), "two looks at the same run are equal"


def test_a_deleted_run_says_so_and_may_come_back(experiment: Experiment, there: Source) -> None:
    run = experiment.starts()
    experiment.does("runs/delete", run_id=run)
    assert seen(experiment, there, run).deleted
    experiment.does("runs/restore", run_id=run)
    assert not seen(experiment, there, run).deleted


@pytest.mark.parametrize(
    ("user", "tags", "whose"),
    [
        ("root", {}, "root"),
        ("root", {"host.name": "gpu3"}, "root@gpu3"),
        ("Ubuntu", {"host.name": " gpu3 "}, "Ubuntu@gpu3"),
        ("bea", {"host.name": "gpu3"}, "bea"),
        ("root", {"host.name": "gpu3", "charter.by": "@bea"}, "bea"),
        ("cy", {"charter.by": " "}, "cy"),
    ],
)
def test_edge_62_whose_a_run_is_on_a_machine_that_many_share(
    experiment: Experiment, there: Source, user: str, tags: dict[str, str], whose: str
) -> None:
    run = experiment.starts(user_id=user)
    for key, value in tags.items():
        experiment.does("runs/set-tag", run_id=run, key=key, value=value)
    found = experiment.look(there, run)
    assert isinstance(found, Run)
    assert found.user == whose


def test_what_is_not_there(experiment: Experiment, there: Source) -> None:
    assert experiment.look(there, "0" * 32) == Trouble(Why.NOT_FOUND)


@pytest.mark.parametrize("other", ["0", "99999", "9" * 19, "9" * 20])
def test_a_link_that_names_another_experiment(
    experiment: Experiment, there: Source, other: str
) -> None:
    """It leads to its run all the same, and takes the others in the batch nothing away."""
    one, two = experiment.starts("one"), experiment.starts("two")
    refs = [experiment.ref(there, one, other), experiment.ref(there, two)]
    found = there.fetch(refs)
    names = [run.name for ref in refs if isinstance(run := found[ref], Run)]
    assert names == ["one", "two"]


@pytest.mark.slow
def test_a_hundred_at_once(experiment: Experiment, there: Source) -> None:
    runs = [experiment.starts(f"run-{number}") for number in range(AT_ONCE + 2)]
    refs = [experiment.ref(there, run) for run in runs]
    found = there.fetch([*refs, experiment.ref(there, "f" * 32)])
    assert [run.name for ref in refs if isinstance(run := found[ref], Run)] == [
        f"run-{number}" for number in range(AT_ONCE + 2)
    ]
    assert there.fetch(list(found), found) == found, "also what is known"


def test_it_answers(there: Source) -> None:
    assert there.answers() == "version 3.17.2"


def test_a_path_that_leads_nowhere(mlflow_server: str) -> None:
    with closing(source(mlflow_tracking_uri=f"{mlflow_server}/tracking")) as wrong:
        assert wrong.answers() == Trouble(Why.GARBAGE, detail=NO_MLFLOW)
        ref = wrong.recognises(f"{mlflow_server}/tracking/#/experiments/1/runs/{'a' * 32}")
        assert ref
        assert wrong.fetch([ref])[ref] == Trouble(Why.GARBAGE, detail=NO_MLFLOW)


@pytest.mark.slow
def test_a_server_with_passwords_and_a_name_of_its_own(guarded_mlflow: str) -> None:
    """MLflow's own guard: who calls it by another name is refused, and who has no password."""
    named = guarded_mlflow.replace("127.0.0.1", "localhost")
    run = "#/experiments/0/runs/" + "a" * 32

    def looks(uri: str, password: str) -> tuple[str | Trouble, Seen]:
        known = {"mlflow_tracking_username": "admin", "mlflow_tracking_password": password}
        settings = {"mlflow_tracking_uri": uri} | (known if password else {})
        with closing(source(None, None, None, None, **settings)) as there:
            ref = there.recognises(f"{uri}/{run}")
            assert ref
            return there.answers(), there.fetch([ref])[ref]

    foreign = Trouble(Why.FORBIDDEN, detail=FOREIGN_HOST)
    unknown = Trouble(Why.UNAUTHORISED)
    assert looks(guarded_mlflow, GUARD) == (foreign, foreign)
    assert looks(named, "") == (unknown, unknown)
    assert looks(named, "wrong-password-1") == (unknown, unknown)
    assert looks(named, GUARD) == ("version 3.17.2", Trouble(Why.NOT_FOUND))


def test_a_workspace_and_a_path_before_the_api() -> None:
    """As behind a proxy; MLflow itself serves its interface at the root alone."""
    info = {"run_id": "a" * 32, "experiment_id": "7", "status": "PAUSED", "run_name": "quiet-owl"}

    def script(asked: Asked) -> Answer:
        assert asked.path.startswith("/ml/api/2.0/mlflow/")
        assert asked.headers.get("x-mlflow-workspace") == "team-a"
        assert "origin" not in asked.headers
        if asked.path.endswith("/runs/search"):
            assert asked.json()["experiment_ids"] == ["7"]
            return Answer(200, {"runs": [{"info": info}]})
        return Answer(404, {"error_code": "RESOURCE_DOES_NOT_EXIST"})

    with (
        answering(script) as server,
        closing(source(mlflow_tracking_uri=f"{server.url}/ml/")) as there,
    ):
        ref = there.recognises(
            f"{server.url}/ml/?workspace=team-a#/experiments/7/runs/{'a' * 32}/overview"
        )
        assert ref
        found = there.fetch([ref])[ref]
    assert isinstance(found, Run)
    assert (found.name, found.experiment, found.state) == ("quiet-owl", "7", RunState.RUNNING)
    assert len(server.asked) == 3, "what it made, the run itself, and what its experiment is called"
