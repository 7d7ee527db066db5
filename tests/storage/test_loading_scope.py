"""What a document changes of a scope is one version of it."""

from collections.abc import Iterator

import pytest

from bot.scope import Edit, of_person
from storage import scopes
from tests.storage.loading_support import Desk, open_desk
from tests.support.clock import T0
from tests.support.documents import sample


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with open_desk(database_url) as desk:
        yield desk


def kept(desk: Desk, after: int) -> list[tuple[int, Edit]]:
    project = desk.project("berth")
    with desk.database.read() as session:
        found = scopes.between(session, project.id, after, project.scope.version)
    return [(one.version, one.edit) for one in found]


def test_s4_a_load_is_one_version_of_each_scope_that_it_changes(desk: Desk) -> None:
    raw = sample()
    desk.load(raw)
    first = desk.project("berth").scope
    assert (first.version, first.changed_at) == (1, T0)
    assert {version for version, _ in kept(desk, 0)} == {1}
    desk.load(raw)
    assert desk.project("berth").scope.version == 1
    scope = raw["projects"][0]["scope"]
    scope["cost"], scope["sponsor_person"] = "40k EUR once", "nia"
    scope["success_metrics"][0] |= {"target": 4.5, "current": 6.1, "measured": "weekly"}
    desk.load(raw)
    keys = desk.people()
    olga, nia = of_person(keys["olga"]), of_person(keys["nia"])
    assert kept(desk, 1) == [
        (2, Edit("cost", "95k EUR", "40k EUR once")),
        (2, Edit("sponsor", olga, nia)),
        (2, Edit("metric/Arrival error/measured", "", "weekly")),
        (2, Edit("metric/Arrival error/target", "5", "4.5")),
    ]
    assert desk.project("wake").scope.version == 1


def test_a_verdict_and_a_template_come_with_a_document_and_go_out_again(desk: Desk) -> None:
    raw = sample()
    verdict = {"call": "go", "reason": "It pays."}
    raw["projects"][0] |= {"template": "forecasting", "verdict": verdict}
    desk.load(raw)
    out = desk.dump()["projects"][0]
    assert (out["template"], out["verdict"]) == ("forecasting", verdict)
    raw["projects"][0]["verdict"] = None
    desk.load(raw)
    assert desk.project("berth").scope.verdict is None
