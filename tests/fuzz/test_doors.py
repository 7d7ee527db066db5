"""Whatever comes through a door is answered; and what once went through it stays out."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.doors import CORPUS, Door, doors

NAMES = (
    "question",
    "command",
    "document",
    "workbook",
    "exports",
    "names",
    "redirect",
    "address",
    "owners",
    "github",
    "mlflow",
    "slack",
    "words",
)
FEW = {"exports": 15, "names": 30}
"""Where each throw takes long: the rest is left to `make fuzz`."""
KEPT = [(path.parent.name, path.name) for path in sorted(CORPUS.glob("*/*")) if path.is_file()]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Door]]:
    with doors(tmp_path_factory.mktemp("doors")) as made:
        yield made


def test_each_door_is_thrown_at(house: dict[str, Door]) -> None:
    assert tuple(house) == NAMES
    assert {door for door, _ in KEPT} <= set(NAMES)


@pytest.mark.parametrize(("name", "file"), KEPT)
def test_what_once_went_through_stays_out(house: dict[str, Door], name: str, file: str) -> None:
    house[name].push((CORPUS / name / file).read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_odd_things_are_answered(house: dict[str, Door], name: str) -> None:
    @settings(
        max_examples=FEW.get(name, 60), deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.data())
    def throw(data: st.DataObject) -> None:
        house[name].push(data.draw(house[name].thrown))

    throw()
