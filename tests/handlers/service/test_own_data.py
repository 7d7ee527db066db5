"""What is kept of somebody, as they are shown it themselves."""

import json
from typing import Any

import pytest
from sqlalchemy import update

from bot.cadence import Cadence
from bot.errors import Refused, Why
from bot.orders import SetAway, SetDigest, SetOwnDigest
from storage.tables import MissedRow, OutboxRow, StandupRow, columns, table_of
from tests.handlers.service.conftest import Team
from tests.handlers.service.test_personal import a_life, operator


def test_a7_ones_own_data_comes_whole_and_nobody_elses(team: Team) -> None:
    a_life(team)
    told: dict[str, Any] = json.loads(team.charter.personal.export(team.actor("bea")))
    assert [one["name"] for one in told["person"]] == ["Bea Lindqvist"]
    assert {"kind": "github", "value": "bea-x"} in told["names"]
    [letter] = told["assignments"]
    assert (letter["project"], letter["item"], letter["letter"]) == (
        "Atlas",
        "Data pipeline",
        "A",
    )
    assert told["standup_entries"][0]["today"] == "Bea was here"
    assert any("Cy Sample" in one.get("summary", "") for one in told["did"])
    assert [one["text"] for one in told["was_sent"] if one["key"] == "dm"] == ["Good morning, Bea"]
    with pytest.raises(Refused) as refused:
        team.charter.personal.export(team.actor("bea"), "Cy Sample")
    assert refused.value.why is Why.NOT_YOURS
    whole = json.loads(team.charter.personal.export(operator(team), "Bea Lindqvist"))
    [all_of_it] = whole["assignments"]
    assert set(all_of_it) - set(letter) == {"id", "project_id", "item_id", "person_id"}
    assert {key: all_of_it[key] for key in letter} == letter


def test_a7_ones_own_data_names_people_and_items_and_tells_no_numbers_of_rows(
    team: Team,
) -> None:
    a_life(team)
    bea, today = team.person("Bea"), team.now.date()
    away = SetAway(today, today, person="<@UBEA>")
    team.charter.presences.set_away(team.actor("ana"), away)
    said = [{"question": 0, "text": "read", "item": 3, "evidence": "blocker/77"}]
    row = columns(StandupRow)
    with team.database.begin() as session:
        mine = update(table_of(StandupRow)).where(row.person_id == bea.id)
        session.execute(mine.values(said=said, set_by=bea.id))
        told = update(table_of(OutboxRow)).where(columns(OutboxRow).key == "dm")
        session.execute(told.values(key="digest/me/4711/2026-11-20"))
    own = json.loads(team.charter.personal.export(team.actor("bea")))
    [letter] = own["assignments"]
    assert (letter["person"], letter["set_by"]) == ("Bea Lindqvist", "Ana Sample")
    assert own["absences"][0]["set_by"] == "Ana Sample"
    [line] = own["standup_entries"][0]["said"]
    title = line["item"]
    assert (title, line["evidence"]) == ("Data pipeline", "blocker")
    assert "digest/me/2026-11-20" in [one["key"] for one in own["was_sent"]]
    whole = json.loads(team.charter.personal.export(operator(team), "Bea Lindqvist"))
    assert whole["standup_entries"][0]["said"][0]["evidence"] == "blocker/77"
    assert whole["assignments"][0]["set_by"] == "Ana Sample"


def test_a7_ones_own_data_tells_no_counts_of_the_workspace(team: Team) -> None:
    team.atlas()
    bea = team.actor("bea")
    team.charter.own_digests.set(bea, SetOwnDigest(SetDigest(Cadence.DAILY)))
    missed = MissedRow(
        workspace_id=team.workspace,
        key="standup/7/standup_ask/2",
        kind="standup_ask",
        subject=7,
        person_id=team.person("bea").id,
        slot=team.now,
        found_at=team.now,
    )
    with team.database.begin() as session:
        session.add(missed)
    whole = json.loads(team.charter.personal.export(operator(team), "<@UBEA>"))
    assert whole["missed_slots"][0]["subject"] == 7
    assert "told_revision" in whole["digests"][0]
    told = json.loads(team.charter.personal.export(bea))
    assert "missed_slots" not in told
    assert [one["cadence"] for one in told["digests"]] == ["daily"]
    assert "told_revision" not in told["digests"][0]
