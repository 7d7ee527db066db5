"""What holds for every test of sources, and what they make on the real servers."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
import stamina

from bot.settings import Settings
from tests.sources.described import as_described
from tests.sources.worlds import Experiment, Repository, does

__all__ = ["as_described"]  # a fixture


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    """Attempts follow one another at once; how many there are stays as it is."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def repository(github_emulator: str) -> Iterator[Repository]:
    with httpx.Client() as http:
        name = f"churn-{uuid4().hex[:8]}"
        made = http.post(
            f"{github_emulator}/user/repos",
            json={"name": name, "auto_init": True},
            headers={"Authorization": "Bearer test_token_ana"},
        )
        assert made.is_success, made.text
        yield Repository(github_emulator, name, http)


@pytest.fixture
def experiment(mlflow_server: str) -> Iterator[Experiment]:
    with httpx.Client() as http:
        name = f"churn/{uuid4().hex[:8]}"
        made = does(http, mlflow_server, "experiments/create", name=name)
        yield Experiment(mlflow_server, http, made["experiment_id"], name)
