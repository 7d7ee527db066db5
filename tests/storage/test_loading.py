"""Documents into the record and out again, on both databases."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import update

from bot.changes import (
    AliasChanged,
    ArchiveChanged,
    ChannelChanged,
    NewItem,
    ProjectCreated,
    RolesChanged,
    ScopeChanged,
    Seat,
)
from bot.document import Tally
from bot.errors import BadDocument
from bot.project import Channel, Group, Letter, Mode, PersonHolder
from storage import audit, ledger, people
from storage.database import Database
from storage.tables import Identity, PersonRow
from tests.storage.loading_support import Desk, new_desk, open_desk
from tests.support.clock import T0
from tests.support.documents import documents, ordered, sample, written_documents

Raw = dict[str, Any]
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with open_desk(database_url) as desk:
        yield desk


@pytest.mark.parametrize("path", written_documents(), ids=lambda path: path.parent.name)
def test_a_whole_document_comes_out_as_it_went_in(desk: Desk, path: Path) -> None:
    raw = json.loads(path.read_text(encoding="utf-8"))
    report = desk.load(raw)
    for part in (
        "people",
        "projects",
        "assignments",
        "standups",
        "pull_requests",
        "runs",
        "history",
    ):
        assert report.parts[part] == Tally(created=len(raw[part]))
    assert ordered(desk.dump()) == ordered(raw)
    with desk.database.read() as session:
        assert audit.verify(session).faults == ()


@pytest.mark.parametrize("path", written_documents(), ids=lambda path: path.parent.name)
def test_loading_again_writes_nothing(desk: Desk, path: Path) -> None:
    raw = json.loads(path.read_text(encoding="utf-8"))
    first, lines = desk.load(raw), desk.lines()
    for again in (raw, desk.dump()):
        report = desk.load(again, T0 + HOUR)
        assert (report.created, report.changed) == (0, 0)
        assert report.unchanged == first.created + first.changed
    assert desk.lines() == lines


def test_any_document_comes_out_as_it_went_in(sqlite_url: str) -> None:
    rounds = count(1)
    with closing(Database(sqlite_url)) as database:

        @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
        @given(documents())
        def there_and_back(raw: Raw) -> None:
            next(rounds)
            desk = new_desk(database)
            desk.load(raw)
            dumped = desk.dump()
            assert ordered(dumped) == ordered(raw)
            lines = desk.lines()
            desk.load(dumped, T0 + HOUR)
            assert desk.lines() == lines

        there_and_back()
    assert next(rounds) > 40


def test_a_person_may_have_several_names_in_one_place(desk: Desk) -> None:
    raw = sample()
    raw["people"][0]["identities"] = {"slack": "U0NIA2", "mlflow": ["nia", "root"]}
    desk.load(raw)
    nia = desk.dump()["people"][0]
    assert nia["slack_id"] == "U0NIA"
    assert nia["identities"] == {"slack": ["U0NIA2"], "mlflow": ["nia", "root"]}
    raw["people"][0] |= {"slack_id": "U0NIA3", "email": "nia@ternferries.example"}
    assert desk.load(raw, T0 + HOUR).parts["people"] == Tally(changed=1, unchanged=11)
    assert desk.dump()["people"][0]["slack_id"] == "U0NIA3"
    raw["people"][0]["identities"]["slack"] = ["U0NIA3", "U0NIA2"]
    assert desk.load(raw, T0 + HOUR).changed == 0


def test_a_name_given_twice_for_one_person_is_one_name(desk: Desk) -> None:
    raw = sample()
    raw["people"][0]["identities"] = {"slack": ["U0NIA", "U0NIA2"]}
    desk.load(raw)
    assert desk.dump()["people"][0]["identities"] == {"slack": ["U0NIA2"]}


def test_a_stage_and_a_component_are_not_mixed_up(desk: Desk) -> None:
    desk.load(sample())
    raw = sample()
    raw["projects"][0]["stages"]["tide_feed"] = {"title": "Tide feed"}
    del raw["projects"][0]["components"][0]
    with pytest.raises(BadDocument) as caught:
        desk.load(raw)
    assert caught.value.problems[0].path == "projects[0].stages.tide_feed"


def test_people_whom_slack_named_first_take_the_documents_keys(desk: Desk) -> None:
    with desk.database.begin() as session, ledger.opened(session, desk.operator, T0) as book:
        person = {
            "workspace_id": desk.workspace,
            "key": "nia_2",
            "name": "nia.o",
            "timezone": "UTC",
        }
        flags = {"active": True, "is_bot": False, "is_admin": True, "in_standups": False}
        texts = {"first_name": "nia", "job_title": "", "role": ""}
        [key] = book.insert("PersonAdded", PersonRow, [{**person, **flags, **texts}])
        known = {"workspace_id": desk.workspace, "person_id": key, "kind": "slack"}
        book.insert("IdentityAdded", Identity, [{**known, "value": "U0NIA"}])
    desk.load(sample())
    assert desk.people()["nia"] == key
    nia = desk.dump()["people"][0]
    assert (nia["key"], nia["name"], nia["admin"]) == ("nia", "Nia Okonkwo", True)
    raw = sample()
    raw["people"][1]["slack_id"], raw["people"][0]["slack_id"] = "U0NIA", None
    with pytest.raises(BadDocument) as caught:
        desk.load(raw)
    assert caught.value.problems[0].message == "'U0NIA' is recorded for nia"
    raw = sample()
    zoe = {"key": "zoe", "name": "Zoe", "slack_id": "U0NIA"}
    raw["people"] = [raw["people"][0] | {"slack_id": None}, *raw["people"][1:], zoe]
    with pytest.raises(BadDocument) as caught:
        desk.load(raw)
    assert caught.value.problems[0].path == "people[12].slack_id"


def test_what_was_made_in_slack_goes_out_and_into_another_workspace(desk: Desk) -> None:
    desk.load(sample())
    ids, now = desk.people(), T0 + HOUR
    berth = desk.project("berth")
    item = berth.item("rollout")
    assert item is not None
    group = Group("S0OPS", "@port-ops")
    held = tuple(held for held in item.assignments if held.letter is Letter.A)
    seats = (Seat(Letter.A, PersonHolder(ids["leo"])), Seat(Letter.I, group))
    made = (
        RolesChanged(berth.id, item.id, held, seats, now),
        AliasChanged(berth.id, item.id, "duty screens", added=True),
        ScopeChanged(berth.id, "why_ml", "", "Timetables lie."),
        ScopeChanged(berth.id, "in_scope", "", "x" * 2900 + "\nSecond"),
        ChannelChanged(berth.id, Channel("C0NEW", "harbour", is_private=False), bound=True),
        ArchiveChanged(desk.project("fares").id, archived=True),
        ProjectCreated(
            key="new_one",
            name="New One",
            mode=Mode.TEAM,
            lead=None,
            private=False,
            members=frozenset(),
            channel=None,
            items=(NewItem("dream", "Dreaming", seats[:1]), NewItem("rollout", "Roll-out", ())),
        ),
    )
    with desk.database.begin() as session, ledger.opened(session, desk.operator, now) as book:
        everyone = people.everyone(session, desk.workspace)
        for change in made:
            book.apply(change, everyone)
    dumped = desk.dump(now)
    berth_out, fares_out, new_out = (dumped["projects"][n] for n in (0, 2, 4))
    assert berth_out["stages"]["rollout"]["aliases"] == ["duty screens"]
    assert berth_out["scope"]["why_ml"] == "Timetables lie."
    assert berth_out["more_channels"] == ["#harbour"]
    assert fares_out["archived"] is True
    assert list(new_out["stages"]) == ["dream", "rollout"]
    assert new_out["stages"]["dream"]["title"] == "Dreaming"
    letters = [row for row in dumped["assignments"] if row["item"] == "rollout" and "since" in row]
    assert [(row["raci"], row["person"], row.get("group")) for row in letters] == [
        ("A", "leo", None),
        ("I", None, {"slack_id": "S0OPS", "handle": "@port-ops"}),
    ]
    elsewhere = new_desk(desk.database)
    elsewhere.load(dumped, now)
    assert ordered(elsewhere.dump(now)) == ordered(dumped)
    lines = desk.lines()
    desk.load(dumped, now + HOUR)
    assert desk.lines() == lines


def test_a_dump_changes_nobody_whom_slack_spells_oddly(desk: Desk) -> None:
    desk.load({"people": [{"key": "nia", "name": "Nia Okonkwo"}]})
    odd = {"name": "\u202eNia\u2028 O ", "first_name": " ", "timezone": "Mars/Olympus"}
    with desk.database.begin() as session:
        session.execute(update(PersonRow).values(**odd))
    dumped, lines = desk.dump(), desk.lines()
    assert desk.load(dumped, T0 + HOUR).changed == 0
    assert desk.lines() == lines
    dumped["people"][0]["timezone"] = "Europe/Lisbon"
    assert desk.load(dumped, T0 + HOUR).parts["people"].changed == 1


def test_the_first_due_date_is_the_baseline_wherever_it_is_loaded(desk: Desk) -> None:
    raw = sample()
    raw["projects"][0]["stages"]["rollout"] |= {"due": "2027-03-01", "baseline_due": "2027-02-05"}
    desk.load(raw)
    item = desk.project("berth", T0 + HOUR).item("rollout")
    assert item is not None
    assert (item.baseline_due, item.due) == (date(2027, 2, 5), date(2027, 3, 1))
    assert ordered(desk.dump(T0 + HOUR)) == ordered(raw)


def test_delegations_are_loaded_with_both_days(desk: Desk) -> None:
    desk.load(sample())
    with desk.database.read() as session:
        [delegation] = people.delegations(session, desk.workspace)
    keys = desk.people()
    assert (delegation.person, delegation.delegate) == (keys["greta"], keys["tariq"])
    assert delegation.covers(date(2026, 12, 4))
    assert not delegation.covers(date(2026, 12, 5))
