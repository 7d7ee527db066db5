"""What a document says of how work goes: blockers, gates, health, and what was taken out."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.condition import Light
from bot.errors import BadDocument
from bot.gates import Knows
from bot.project import Status
from storage.gates import Gates
from tests.storage.loading_support import Desk, open_desk

NOON = "2026-11-20T12:00:00Z"
BLOCKER = {"item": "data_pipeline", "text": "no export", "owner": "ana", "since": NOON}
WORK: dict[str, Any] = {
    "blockers": [BLOCKER, {"item": "data_pipeline", "text": "no disk"}],
    "criteria": [
        {"item": "idea", "key": "legal", "text": "Legal has agreed"},
        {"item": "framing", "key": "approved", "text": "approved", "off": True},
    ],
    "ticks": [
        {
            "item": "idea",
            "criterion": "legal",
            "at": NOON,
            "by": "ana",
            "note": "by letter",
            "self_approved": True,
        }
    ],
    "health": {"light": "amber", "reason": "labels are late", "by": "ana"},
    "finished": {"at": NOON, "why": "good enough"},
    "removed": [{"key": "audit", "title": "Label audit", "kind": "stage", "at": NOON}],
}


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with open_desk(database_url) as desk:
        yield desk


def document(work: dict[str, Any] | None = None, **state: Any) -> dict[str, Any]:
    stages: dict[str, Any] = {"idea": {}, "framing": {}, "data_pipeline": state}
    project: dict[str, Any] = {"key": "atlas", "name": "Atlas", "stages": stages}
    if work is not None:
        project["work"] = work
    return {"people": [{"key": "ana", "name": "Ana Sample"}], "projects": [project]}


def test_t6_what_is_in_the_way_of_work_is_loaded_and_dumped_as_it_is(desk: Desk) -> None:
    whole = document(WORK, status="blocked", blocker="no export; no disk")
    desk.load(whole)
    project = desk.project("atlas")
    ana = desk.people()["ana"]
    stage = project.item("data_pipeline")
    assert stage is not None
    assert [(one.text, one.owner) for one in stage.blockers] == [
        ("no export", ana),
        ("no disk", None),
    ]
    assert project.opinion is not None
    assert (project.opinion.light, project.opinion.by) == (Light.AMBER, ana)
    assert project.finish is not None
    assert [gone.title for gone in project.gone] == ["Label audit"]
    with desk.database.read() as session:
        gates = Gates(session, [project.id])
    framing, idea = project.item("framing"), project.item("idea")
    assert framing is not None
    assert idea is not None
    assert [one.knows for one in gates.of(framing.id).own] == [Knows.OFF]
    assert [(one.by, one.is_self) for one in gates.of(idea.id).ticks] == [(ana, True)]
    dumped = desk.dump()["projects"][0]["work"]
    for part in ("health", "finished", "removed"):
        assert dumped[part] == WORK[part]
    told = [{k: v for k, v in one.items() if v is not None} for one in dumped["blockers"]]
    assert told == WORK["blockers"]
    lines = desk.lines()
    desk.load(whole)
    assert desk.lines() == lines


def test_what_a_stage_says_of_its_blocker_is_a_blocker(desk: Desk) -> None:
    desk.load(document(status="blocked", blocker="no export", updated="2026-11-20"))
    stage = desk.project("atlas").item("data_pipeline")
    assert stage is not None
    assert [one.text for one in stage.blockers] == ["no export"]
    assert "work" not in desk.dump()["projects"][0]
    desk.load(document(status="in_progress", blocker=None, updated="2026-11-21"))
    stage = desk.project("atlas").item("data_pipeline")
    assert stage is not None
    assert (stage.blockers, stage.status) == ((), Status.IN_PROGRESS)


def test_who_and_what_it_names_must_be_in_the_document(desk: Desk) -> None:
    work = {
        "blockers": [{"item": "nowhere", "text": "x", "owner": "bo"}],
        "health": {"light": "red", "reason": "x", "by": "bo"},
    }
    with pytest.raises(BadDocument) as caught:
        desk.load(document(work))
    assert {problem.path for problem in caught.value.problems} == {
        "projects[0].work.blockers[0].item",
        "projects[0].work.blockers[0].owner",
        "projects[0].work.health.by",
    }
