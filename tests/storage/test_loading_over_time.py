"""One document after another: what changes, what stays, and what the record keeps of before."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.document import Tally, plain, read
from bot.errors import BadDocument
from bot.project import Letter, PersonHolder
from storage import audit
from storage.tables import ScopeRow
from tests.storage.loading_support import Desk, open_desk
from tests.support.clock import T0
from tests.support.documents import ordered, sample

Raw = dict[str, Any]
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with open_desk(database_url) as desk:
        yield desk


def test_another_accountable_is_a_hand_over_at_load_time(desk: Desk) -> None:
    raw = sample()
    desk.load(raw)
    raw["assignments"][0] |= {"person": "ivo"}
    desk.load(raw, T0 + HOUR)
    assert desk.accountable("berth", "idea", T0) == ["nia"]
    assert desk.accountable("berth", "idea", T0 + HOUR) == ["ivo"]
    lines = desk.lines()
    assert desk.load(raw, T0 + 2 * HOUR).unchanged > 0
    assert desk.lines() == lines
    with desk.database.read() as session:
        item = desk.project("berth").item("idea")
        assert item is not None
        [line] = audit.since_version(session, desk.workspace, item.id, item.version - 1)
    assert line.summary == "accountable: Nia Okonkwo → Ivo Petrov"


def test_nothing_goes_because_a_document_is_silent(desk: Desk) -> None:
    desk.load(sample())
    before = desk.dump()
    short = {
        "people": [{"key": "nia", "name": "Nia Okonkwo"}],
        "projects": [{"key": "lighthouse", "name": "Lighthouse", "scope": {"goal": "Keep them."}}],
        "assignments": [],
    }
    report = desk.load(short, T0 + HOUR)
    assert report.parts["people"] == Tally(unchanged=1)
    assert report.parts["projects"] == Tally(changed=1)
    before["projects"][3]["scope"]["goal"] = "Keep them."
    assert ordered(desk.dump(T0 + HOUR)) == ordered(before)
    assert desk.project("lighthouse", T0 + HOUR).private


def test_what_a_document_says_otherwise_is_changed(desk: Desk) -> None:
    raw = sample()
    desk.load(raw)
    berth = raw["projects"][0]
    berth["name"] = "Berth Planner 2"
    berth["stages"]["rollout"] |= {
        "status": "blocked",
        "blocker": "No screens",
        "updated": "2026-11-23",
    }
    berth["stages"]["metrics"] |= {"due": None}
    berth["scope"]["in_scope"].append("Fog")
    berth["scope"]["success_metrics"][0]["current"] = 5.5
    berth["scope"]["links"][0]["url"] = "https://docs.ternferries.example/new"
    berth["components"].append({"key": "fog_horn", "title": "Fog horn", "stage": "rollout"})
    raw["people"][1]["job_title"] = "Data Lead"
    raw["standups"][5] |= {"state": "posted", "posted_at": "2026-11-23T10:30:00Z"}
    raw["pull_requests"][1]["state"] = "merged"
    report = desk.load(raw, T0 + HOUR)
    assert {
        part: tally for part, tally in report.parts.items() if tally.created + tally.changed
    } == {
        "people": Tally(changed=1, unchanged=11),
        "projects": Tally(changed=1, unchanged=3),
        "items": Tally(created=1, changed=2, unchanged=40),
        "standups": Tally(changed=1, unchanged=8),
        "pull_requests": Tally(changed=1, unchanged=5),
    }
    dumped = desk.dump(T0 + HOUR)
    berth["stages"]["metrics"]["baseline_due"] = "2026-12-01"
    assert dumped["projects"][0] == plain(read(json.dumps(raw)))["projects"][0]
    assert dumped["standups"][5]["state"] == "posted"
    lines = desk.lines()
    desk.load(raw, T0 + 2 * HOUR)
    assert desk.lines() == lines


def test_a_day_of_review_stands_until_a_document_says_otherwise(desk: Desk) -> None:
    raw = sample()
    link = raw["projects"][0]["scope"]["links"][0]
    link |= {"review": "2026-12-01", "item": "annotation"}
    desk.load(raw)
    again = desk.dump(T0)["projects"][0]["scope"]["links"][0]
    assert again == link
    del link["review"]
    desk.load(raw, T0 + HOUR)
    assert desk.dump(T0 + HOUR)["projects"][0]["scope"]["links"][0]["review"] == "2026-12-01"
    link |= {"review": None, "item": None}
    desk.load(raw, T0 + 2 * HOUR)
    assert "review" not in desk.dump(T0 + 2 * HOUR)["projects"][0]["scope"]["links"][0]
    link["item"] = "no_such_stage"
    with pytest.raises(BadDocument) as refused:
        desk.load(raw, T0 + 3 * HOUR)
    [problem] = refused.value.problems
    assert problem.path == "projects[0].scope.links[0].item"


def test_a_status_set_since_keeps_its_day_unless_the_document_has_a_later_one(desk: Desk) -> None:
    raw = sample()
    desk.load(raw)
    state = raw["projects"][0]["stages"]["idea"]
    state |= {"status": "in_progress", "updated": "2026-01-01"}
    desk.load(raw, T0 + HOUR)
    item = desk.project("berth", T0 + HOUR).item("idea")
    assert item is not None
    assert (item.status, item.updated) == ("in_progress", T0 + HOUR)


def test_a_status_is_confirmed_by_a_later_day_alone(desk: Desk) -> None:
    raw = sample()
    desk.load(raw)
    lines = desk.lines()
    state = raw["projects"][0]["stages"]["idea"]
    state["updated"] = "2026-05-01"
    desk.load(raw, T0 + HOUR)
    assert desk.lines() == lines
    state["updated"] = "2026-05-09"
    desk.load(raw, T0 + HOUR)
    item = desk.project("berth").item("idea")
    assert item is not None
    assert (item.status, item.updated) == ("done", datetime(2026, 5, 9, tzinfo=UTC))


def test_a_changed_text_is_kept_with_the_time_it_held(desk: Desk) -> None:
    raw = sample()
    desk.load(raw)
    before = raw["projects"][0]["scope"]["goal"]
    raw["projects"][0]["scope"]["goal"] = "No waiting."
    desk.load(raw, T0 + HOUR)
    with desk.database.read() as session:
        rows = session.exec(
            select(ScopeRow.value, ScopeRow.since, ScopeRow.until)
            .where(ScopeRow.name == "goal", ScopeRow.project_id == desk.project("berth").id)
            .order_by(col(ScopeRow.id))
        ).all()
    assert list(rows) == [(before, None, T0 + HOUR), ("No waiting.", T0 + HOUR, None)]


@pytest.mark.parametrize("day", ["2026-12-20", "2026-11-25"])
def test_a_planned_hand_over_can_be_moved(desk: Desk, day: str) -> None:
    raw = sample()
    first = raw["assignments"][0]
    raw["assignments"] += [{**first, "person": "ivo", "since": "2026-12-01"}]
    first["until"] = "2026-12-01"
    desk.load(raw)
    raw["assignments"][-1]["since"] = first["until"] = day
    assert desk.load(raw, T0 + HOUR).parts["assignments"].changed == 2
    turn = datetime.fromisoformat(f"{day}T00:00:00Z")
    assert desk.accountable("berth", "idea", turn - HOUR) == ["nia"]
    assert desk.accountable("berth", "idea", turn) == ["ivo"]
    assert ordered(desk.dump(T0 + HOUR)) == ordered(raw)


def test_a_whole_row_of_planned_hand_overs_can_be_moved(desk: Desk) -> None:
    raw = sample()
    nia = raw["assignments"][0]
    ivo, bea = {**nia, "person": "ivo"}, {**nia, "person": "bea"}
    raw["assignments"] += [ivo, bea]
    for first, second in (("2026-12-01", "2026-12-10"), ("2026-12-05", "2026-12-15")):
        nia["until"], bea["since"] = first, second
        ivo |= {"since": first, "until": second}
        desk.load(raw, T0 + HOUR)
        assert ordered(desk.dump(T0 + HOUR)) == ordered(raw)


def test_a_planned_hand_over_may_go_to_somebody_else(desk: Desk) -> None:
    raw = sample()
    first = raw["assignments"][0]
    raw["assignments"] += [{**first, "person": "ivo", "since": "2026-12-01"}]
    first["until"] = "2026-12-01"
    desk.load(raw)
    raw["assignments"][-1]["person"] = "bea"
    desk.load(raw, T0 + HOUR)
    assert desk.accountable("berth", "idea", datetime(2026, 12, 1, tzinfo=UTC)) == ["bea"]
    assert ordered(desk.dump(T0 + HOUR)) == ordered(raw)


def test_items_that_a_document_does_not_name_come_last(desk: Desk) -> None:
    raw = sample()
    desk.load(raw)
    fares = raw["projects"][2]
    del fares["stages"]["idea"]
    fares["components"] = [{"key": "tariff", "title": "Tariff", "stage": "rollout"}]
    del raw["projects"][:2], raw["projects"][1]
    for part in ("assignments", "standups", "pull_requests", "runs", "history"):
        raw[part] = []
    desk.load(raw, T0 + HOUR)
    keys = [item.key for item in desk.project("fares", T0 + HOUR).items]
    assert keys == [*fares["stages"], "tariff", "idea", "fare_api"]


def test_new_items_take_their_place_among_those_there(desk: Desk) -> None:
    raw = sample()
    whole = list(raw["projects"][0]["stages"])
    short = sample()
    for project in short["projects"]:
        project["stages"].pop("data_quality")
        project["components"] = [p for p in project["components"] if p["stage"] != "data_quality"]
    short["assignments"] = [row for row in raw["assignments"] if row["item"] != "data_quality"]
    short["history"] = []
    desk.load(short)
    desk.load(raw, T0 + HOUR)
    assert list(desk.dump(T0 + HOUR)["projects"][0]["stages"]) == whole
    keys = [item.key for item in desk.project("berth", T0 + HOUR).items]
    assert keys == [*whole, "tide_feed", "berth_board"]


def test_a_since_that_agrees_with_history_keeps_the_owner_before(desk: Desk) -> None:
    raw = sample()
    for row in raw["assignments"]:
        if _is(row, "wake", "data_pipeline", "A", "bea"):
            row["since"] = "2026-10-19"
    desk.load(raw)
    before = datetime(2026, 10, 19, tzinfo=UTC) - HOUR
    assert desk.accountable("wake", "data_pipeline", before) == ["dev"]


def test_history_tells_who_was_accountable_before(desk: Desk) -> None:
    desk.load(sample())
    change = datetime(2026, 10, 19, tzinfo=UTC)
    assert desk.accountable("wake", "data_pipeline", change - HOUR) == ["dev"]
    assert desk.accountable("wake", "data_pipeline", change) == ["bea"]
    item = desk.project("wake").item("data_pipeline")
    assert item is not None
    held = next(held for held in item.assignments if held.letter is Letter.A)
    assert (held.since, held.set_by) == (change, desk.people()["sunhee"])
    stepped_down = desk.project("berth").item("metrics")
    assert stepped_down is not None
    assert stepped_down.last_accountable is not None
    assert stepped_down.last_accountable.holder == PersonHolder(desk.people()["olga"])
    assert desk.accountable("berth", "metrics") == []


def test_rows_without_since_hold_since_before_the_record_began(desk: Desk) -> None:
    desk.load(sample())
    assert desk.accountable("berth", "idea", datetime(1990, 1, 1, tzinfo=UTC)) == ["nia"]
    began = datetime(2026, 8, 3, tzinfo=UTC)
    assert desk.accountable("berth", "data_pipeline", began - HOUR) == ["nia"]
    assert desk.accountable("berth", "data_pipeline", began) == ["bea"]


def test_somebody_who_left_may_hold_letters(desk: Desk) -> None:
    desk.load(sample())
    assert desk.accountable("wake", "data_quality") == ["dev"]


def test_the_record_is_not_rewritten_and_nothing_is_kept_of_a_document_that_tries(
    desk: Desk,
) -> None:
    raw = sample()
    desk.load(raw)
    before, lines = desk.dump(), desk.lines()
    raw["people"].append({"key": "zoe", "name": "Zoe Sample"})
    raw["assignments"].append(
        {
            "project": "wake",
            "item": "data_pipeline",
            "raci": "A",
            "person": "zoe",
            "until": "2026-01-01",
        }
    )
    raw["assignments"] = [
        row | ({"since": "2026-10-19"} if _is(row, "wake", "data_pipeline", "A", "bea") else {})
        for row in raw["assignments"]
    ]
    with pytest.raises(BadDocument) as caught:
        desk.load(raw, T0 + HOUR)
    [problem] = caught.value.problems
    assert problem.path == f"assignments[{len(raw['assignments']) - 1}]"
    assert problem.message == "the record has Dev Rao as Accountable then until 2026-10-19"
    assert (desk.dump(), desk.lines()) == (before, lines)


def _is(row: Raw, *values: str) -> bool:
    return (row["project"], row["item"], row["raci"], row.get("person")) == values


def test_the_ladder_a_workspace_started_with_gives_way_to_the_first_documents(desk: Desk) -> None:
    short: Raw = {"people": [], "projects": []}
    desk.load(short)
    assert len(desk.dump()["stages"]) == 9
    desk.load({**short, "stages": [{"key": "one", "title": "One"}, {"key": "two", "title": "Two"}]})
    assert [stage["key"] for stage in desk.dump()["stages"]] == ["one", "two"]
    desk.load(
        {
            "stages": [{"key": "two", "title": "Two"}, {"key": "one", "title": "One"}],
            "projects": [{"key": "p", "name": "P"}],
        }
    )
    assert [stage["key"] for stage in desk.dump()["stages"]] == ["two", "one"]
    desk.load({"stages": [{"key": "three", "title": "Three"}]})
    assert [stage["key"] for stage in desk.dump()["stages"]] == ["two", "one", "three"]
    assert list(desk.dump()["projects"][0]["stages"]) == ["two", "one"]


def test_only_the_projects_that_a_document_changes_move(desk: Desk) -> None:
    raw = sample()
    desk.load(raw)
    before = {key: desk.project(key).version for key in ("berth", "wake", "fares")}
    raw["projects"][1]["name"] = "Wake Watcher"
    desk.load(raw, T0 + HOUR)
    assert {key: desk.project(key).version for key in before} == before | {
        "wake": before["wake"] + 1
    }
    assert replace(desk.project("wake"), version=0, name="") != desk.project("wake")
