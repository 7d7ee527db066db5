"""Which version of a model is in production, as the runs of projects tell."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.evidence import Sighting
from bot.qa.answer import answer
from bot.qa.evidence import Known, Tried
from bot.qa.replies import Answer
from bot.sources.base import Kind, ModelVersion, Ref, Run, RunState
from tests.bot.qa.worlds import NOW, facts, project, somebody

ANA = somebody(1, "Ana Cruz", is_admin=True)
ATLAS, BASIN = project(1, "Atlas"), project(2, "Basin")
AT = datetime(2027, 1, 20, 12, tzinfo=UTC)
THREE = ModelVersion("ranker", "3", "ab12", ("production",), promoted=AT, url="https://m/3")
TWO = ModelVersion("ranker", "2", "ab12", ("shadow",))


def run(*models: ModelVersion, of: int = 1, deleted: bool = False) -> Tried:
    seen = Run(
        Ref("mlflow", Kind.RUN, "ab12", "https://m/ab12"),
        "gbm-wind",
        RunState.FINISHED,
        "ana",
        "x",
        AT,
        AT,
        models=models,
        deleted=deleted,
    )
    return Tried(of, None, None, seen, Sighting(seen.ref, seen, NOW), AT.date())


def ask(said: str, *tried: Tried) -> Answer:
    return answer(
        said, replace(facts([ATLAS, BASIN], [ANA], asker=ANA), evidence=Known(tried=tried))
    )


@pytest.mark.parametrize(
    "said",
    [
        "which model version is in production?",
        "what model is in production in Atlas",
        "which version of the model is live?",
        "which ranker model version is in production?",
        "which models are in production?",
        "welche Modellversion ist in Produktion?",
        "哪个模型版本在生产环境？",
    ],
)
def test_e7_which_model_version_is_in_production(said: str) -> None:
    found = ask(said, run(TWO, THREE))
    assert found.text.startswith(
        "ranker version 3 (Atlas): the alias production, since 2027-01-20, made by run gbm-wind."
    ), found.text
    assert "version 2" not in found.text


def test_edge_64_by_the_stage_of_the_older_kind() -> None:
    old = replace(THREE, aliases=(), stage="Production", promoted=None)
    found = ask("which model is in production?", run(old))
    assert "ranker version 3 (Atlas): the stage Production, made by run gbm-wind." in found.text


def test_e7_where_none_is_what_there_is_is_told() -> None:
    found = ask("which model version is in production in Atlas?", run(TWO), run(THREE, of=2))
    assert found.text.startswith(
        "No model version in Atlas is in production, as far as its runs tell. ranker version 2 has "
        "the alias shadow."
    ), found.text
    assert "version 3" not in found.text, "that is Basin's"


def test_e7_a_deleted_run_tells_nothing() -> None:
    found = ask("which model version is in production?", run(THREE, deleted=True))
    assert found.text.startswith("No model version is in production")
