"""What holds for every test of sources: no setting of the machine's own, and no long pauses."""

from collections.abc import Iterator

import pytest
import stamina

from bot.settings import Settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    """Attempts follow one another at once; how many there are stays as it is."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield
