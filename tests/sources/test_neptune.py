"""Runs of Neptune, from an export of its own exporter, and from ones like it; and its old links."""

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bot.sources.base import Kind, Ref, Run, RunState, Trouble, Why
from bot.sources.mlflow import MLflow
from bot.sources.neptune import CLOSED, Neptune
from bot.sources.neptune.export import Broken, found, read
from tests.sources.support import source
from tests.sources.worlds import Experiment
from tests.support.tree import ROOT

SAMPLE = ROOT / "tests" / "sources" / "neptune" / "data"
COLUMNS = """
    project_id VARCHAR, run_id VARCHAR, attribute_path VARCHAR, attribute_type VARCHAR,
    step DECIMAL(18, 6), "timestamp" TIMESTAMPTZ, int_value BIGINT, float_value DOUBLE,
    string_value VARCHAR, bool_value BOOLEAN, datetime_value TIMESTAMPTZ,
    string_set_value VARCHAR[]
"""
COLUMN_OF = {
    "int": "int_value",
    "float": "float_value",
    "float_series": "float_value",
    "string": "string_value",
    "bool": "bool_value",
    "datetime": "datetime_value",
    "string_set": "string_set_value",
}
Row = tuple[str, str, Any] | tuple[str, str, Any, float]


def writes(file: Path, *rows: Row, project: str = "acme/churn", run: str = "CHU-7") -> Path:
    """A file as the exporter writes it: path, type and value of each row, and the step of some."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as there:
        there.execute(f"CREATE TABLE rows ({COLUMNS})")
        for path, kind, value, *step in rows:
            there.execute(
                "INSERT INTO rows (project_id, run_id, attribute_path, attribute_type, step, "
                f"{COLUMN_OF[kind]}) VALUES (?, ?, ?, ?, ?, ?)",
                [project, run, path, kind, step[0] if step else None, value],
            )
        there.execute(f"COPY rows TO '{file}' (FORMAT parquet)")
    return file


def one(folder: Path) -> Run:
    [exported] = found(folder)
    return read(exported)


def test_e1_a_run_of_the_exporter_is_read_as_an_archived_one() -> None:
    run = one(SAMPLE)
    assert run == Run(
        ref=Ref(
            "neptune",
            Kind.RUN,
            "acme/churn/churn-run-7",
            "https://scale.neptune.ai/acme/churn/-/run/?customId=churn-run-7",
        ),
        name="baseline-xgb",
        state=RunState.FINISHED,
        user="",
        experiment="acme/churn",
        started=datetime(2026, 11, 23, 9, 58, 41, 569_000, tzinfo=UTC),
        ended=datetime(2026, 11, 23, 9, 58, 41, 612_000, tzinfo=UTC),
        metrics={"auc": 0.88, "loss": 0.05},
        params={
            "depth": "6",
            "flag": "true",
            "lr": "0.001",
            "name": "xgb",
            "when": "2026-01-02T00:00:00+00:00",
        },
        tags={
            "baseline": "",
            "pr-12": "",
            "sys/id": "CHU-1",
            "sys/custom_run_id": "churn-run-7",
            "sys/name": "baseline-xgb",
        },
        experiment_id="acme/churn",
        is_archived=True,
    )


OLD: tuple[Row, ...] = (
    ("sys/id", "string", "CHU-7"),
    ("sys/name", "string", "Untitled"),
    ("sys/owner", "string", "bea"),
    ("sys/creation_time", "datetime", datetime(2024, 3, 4, 9, tzinfo=UTC)),
    ("sys/running_time", "float", 90.5),
    ("sys/failed", "bool", True),
    ("sys/trashed", "bool", True),
    ("sys/tags", "string_set", ["charter.project=churn/rollout"]),
    ("source_code/git/commit_id", "string", "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"),
    ("parameters/lr", "float", 0.1),
    ("parameters/opt/name", "string", "adam"),
    ("test/accuracy", "float", 0.77),
    ("train/loss", "float_series", 0.5, 1),
    ("train/loss", "float_series", float("nan"), 10),
    ("train/loss", "float_series", 0.2, 9),
    ("monitoring/gpu", "float_series", 93.0, 1),
    ("note", "string", "too good"),
)


def test_e1_a_run_of_version_two(tmp_path: Path) -> None:
    writes(tmp_path / "acme_churn-1" / "CHU-7-2_part_0.parquet", *OLD)
    run = one(tmp_path)
    assert (run.name, run.user, run.state, run.deleted) == ("CHU-7", "bea", RunState.FAILED, True)
    assert run.started == datetime(2024, 3, 4, 9, tzinfo=UTC)
    assert run.ended == datetime(2024, 3, 4, 9, 1, 30, 500_000, tzinfo=UTC)
    assert run.commit == "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
    assert {name: repr(value) for name, value in run.metrics.items()} == {
        "test/accuracy": "0.77",
        "train/loss": "nan",  # the last step counts, not the last row
    }
    assert run.params == {"lr": "0.1", "opt/name": "adam", "note": "too good"}
    assert run.tags["charter.project"] == "churn/rollout"
    assert run.usage == {"monitoring/gpu": 93.0}


def test_the_parts_of_a_run_are_one_run(tmp_path: Path) -> None:
    writes(tmp_path / "a_part_0.parquet", ("sys/id", "string", "CHU-7"), ("auc", "float", 0.7))
    writes(tmp_path / "a_part_1.parquet", ("loss", "float_series", 0.3, 4))
    writes(tmp_path / "a_part_10.parquet", ("loss", "float_series", 0.1, 5))
    assert one(tmp_path).metrics == {"auc": 0.7, "loss": 0.1}


def test_models_and_what_is_unfinished_are_passed_over(tmp_path: Path) -> None:
    writes(tmp_path / "acme" / "models" / "M-1_part_0.parquet", ("sys/id", "string", "M-1"))
    (tmp_path / "a_part_0.parquet.tmp").write_bytes(b"")
    assert found(tmp_path) == ()


def cut_off(file: Path) -> None:
    whole = writes(file, *OLD).read_bytes()
    file.write_bytes(whole[: len(whole) // 2])


def of_others(file: Path) -> None:
    with duckdb.connect() as there:
        there.execute(f"COPY (SELECT 1 AS price) TO '{file}' (FORMAT parquet)")


def of_nobody(file: Path) -> None:
    writes(file, *OLD, project="churn")


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (cut_off, "cannot be read: it is cut off or no Parquet file"),
        (lambda file: file.write_bytes(b""), "cannot be read"),
        (lambda file: file.write_bytes(b"PAR1 and no more"), "cannot be read"),
        (of_others, "is no file of neptune-exporter: it lacks columns."),
        (of_nobody, "names no project and run of Neptune's."),
    ],
)
def test_a_file_that_is_none_says_so(tmp_path: Path, made: Any, words: str) -> None:
    made(tmp_path / "a_part_0.parquet")
    with pytest.raises(Broken, match=words):
        one(tmp_path)


def told(folder: Path) -> Run | str:
    try:
        return one(folder)
    except Broken as broken:
        return str(broken)


def test_a_file_that_breaks_off_anywhere_is_broken_and_one_with_flipped_bits_breaks_nothing(
    tmp_path: Path,
) -> None:
    [part] = SAMPLE.rglob("*.parquet")
    whole, file = part.read_bytes(), tmp_path / "run_part_0.parquet"
    for length in range(1, len(whole), len(whole) // 12):
        file.write_bytes(whole[:length])
        assert "cannot be read" in str(told(tmp_path))
    for place in range(0, len(whole), len(whole) // 25):
        flipped = bytearray(whole)
        flipped[place] ^= 0xFF
        file.write_bytes(flipped)
        assert isinstance(told(tmp_path), Run | str)


TYPES = {
    "VARCHAR": "'odd'",
    "BIGINT": "7",
    "BOOLEAN": "true",
    "DOUBLE": "'nan'::DOUBLE",
    "TIMESTAMPTZ": "'infinity'::TIMESTAMPTZ",
    "VARCHAR[]": "[]::VARCHAR[]",
}


@pytest.mark.parametrize("kind", ["float_series", "string_set"])
def test_columns_of_other_types_break_nothing(tmp_path: Path, kind: str) -> None:
    """Each column once of each type."""
    names = [
        line.strip().split()[0].strip('"') for line in COLUMNS.replace("18, 6", "18").split(",")
    ]
    plain = {"project_id": "'acme/churn'", "run_id": "'CHU-7'", "attribute_path": "'sys/tags'"}
    with duckdb.connect() as there:
        for name in names:
            for type, value in TYPES.items():
                said = {
                    **dict.fromkeys(names, "NULL"),
                    **plain,
                    "attribute_type": f"'{kind}'",
                    name: f"{value}::{type}",
                }
                row = ", ".join(f'{one} AS "{column}"' for column, one in said.items())
                file = tmp_path / "run_part_0.parquet"
                there.execute(f"COPY (SELECT {row}) TO '{file}' (FORMAT parquet)")
                assert isinstance(told(tmp_path), Run | str)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://app.neptune.ai/acme/churn/e/CHU-2", "acme/churn/CHU-2"),
        ("https://app.neptune.ai/acme/churn/e/CHU-2/charts", "acme/churn/CHU-2"),
        ("https://app.neptune.ai/o/acme/org/churn/e/CHU-2/all?path=x", "acme/churn/CHU-2"),
        ("https://scale.neptune.ai/acme/churn/-/run/?customId=run-7", "acme/churn/run-7"),
        ("https://scale.neptune.ai/o/acme/org/churn/-/run/?customId=a%2Fb", "acme/churn/a%2Fb"),
        (
            "https://scale.neptune.ai/acme/churn/runs/details"
            "?runIdentificationKey=base%20line&type=experiment",
            "acme/churn/base%20line",
        ),
    ],
)
def test_edge_65_an_old_link_names_its_run(url: str, key: str) -> None:
    ref = Neptune().recognises(url)
    assert ref
    assert (ref.source, ref.kind, ref.key) == ("neptune", Kind.RUN, key)
    again = Neptune().recognises(ref.url)
    assert again == ref
    assert Neptune().fetch([ref]) == {ref: Trouble(Why.NOT_FOUND, detail=CLOSED)}


@pytest.mark.parametrize(
    "url",
    [
        "https://app.neptune.ai/acme/churn",
        "https://app.neptune.ai/acme/churn/runs/table",
        "https://app.neptune.ai/acme/churn/-/run/",
        "https://app.neptune.ai/acme/churn/e/",
        "https://app.neptune.ai.evil.tld/acme/churn/e/CHU-2",
        "https://ana@app.neptune.ai/acme/churn/e/CHU-2",
        "https://neptune.ai/acme/churn/e/CHU-2",
    ],
)
def test_edge_66_what_is_no_link_to_neptune(url: str) -> None:
    assert Neptune().recognises(url) is None


def test_a_run_goes_by_several_names() -> None:
    run = one(SAMPLE)
    names = ("CHU-1", "churn-run-7", "baseline-xgb", "CHU-2", "")
    assert [Neptune().is_called(run, name) for name in names] == [True, True, True, False, False]


def loaded(experiment: Experiment, name: str, params: Mapping[str, str]) -> str:
    """A run as the exporter loads one into MLflow."""
    run = experiment.starts(name)
    for key, value in params.items():
        experiment.does("runs/log-parameter", run_id=run, key=key, value=value)
    return run


def test_edge_65_a_copy_in_mlflow_is_found(experiment: Experiment) -> None:
    made = experiment.does("experiments/create", name=f"{experiment.name}/baseline-xgb")
    inside = Experiment(experiment.url, experiment.http, made["experiment_id"], experiment.name)
    run = loaded(inside, "churn-run-7", {"sys/id": "CHU-1", "sys/name": "baseline-xgb"})
    with closing(source(mlflow_tracking_uri=experiment.url)) as there:
        assert isinstance(there, MLflow)
        ref = there.recognises(inside.link(run))
        assert there.copy_of(experiment.name, "CHU-1") == ref
        assert there.copy_of(experiment.name, "churn-run-7") == ref
        assert there.copy_of(experiment.name, "CHU-2") is None
        assert there.copy_of("churn/other", "CHU-1") is None
        assert there.copy_of(experiment.name, "x' OR 1=1") is None
