"""Loading and dumping as a use case: who may, into which workspace, and all or nothing."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import func, select

from bot.document import plain, read
from bot.errors import Ambiguous, BadDocument, Forbidden, NotFound, Problem
from bot.people import Actor, Person, Surface
from handlers.service import services
from handlers.service.documents import Documents
from handlers.service.workspaces import Workspaces
from storage.database import Database
from storage.tables import Workspace
from tests.storage.support import insisting
from tests.support.clock import T0
from tests.support.documents import ordered, sample


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with closing(Database(database_url)) as database:
        yield database


def workspaces(database: Database) -> int:
    with database.read() as session:
        return session.exec(select(func.count()).select_from(Workspace)).one()


def test_the_operator_loads_into_a_workspace_that_is_made_for_it(database: Database) -> None:
    documents = Documents(database)
    text = json.dumps(sample())
    report = documents.load(None, text.encode(), T0)
    assert report.created > 100
    assert ordered(json.loads(documents.dump(report.workspace, T0))) == ordered(sample())
    again = documents.load(None, text, T0)
    assert (again.workspace, again.created, again.changed) == (report.workspace, 0, 0)
    assert workspaces(database) == 1


def test_the_first_slack_team_adopts_what_was_loaded(database: Database) -> None:
    loaded = Documents(database).load(None, json.dumps(sample()), T0)
    connected = Workspaces(database, lambda: T0).connect("T1", None, "Team One")
    assert connected == loaded.workspace


def test_a_bad_document_leaves_nothing_behind(database: Database) -> None:
    raw = sample()
    raw["projects"][0]["lead"] = "nobody"
    with pytest.raises(BadDocument) as caught:
        Documents(database).load(None, json.dumps(raw), T0)
    assert [problem.path for problem in caught.value.problems] == ["projects[0].lead"]
    assert workspaces(database) == 0


def test_with_several_workspaces_one_must_be_named(database: Database) -> None:
    teams = Workspaces(database, lambda: T0)
    first, second = (teams.connect(team, None, team) for team in ("T1", "T2"))
    documents = Documents(database)
    with pytest.raises(Ambiguous):
        documents.load(None, json.dumps(sample()), T0)
    operator = Actor(second, None, Surface.CLI, is_admin=True)
    assert documents.load(operator, json.dumps(sample()), T0).workspace == second
    assert json.loads(documents.dump(first, T0))["people"] == []
    with pytest.raises(NotFound):
        documents.dump(second + 1, T0)


def test_only_admins_load(database: Database) -> None:
    documents = Documents(database)
    workspace = documents.load(None, json.dumps(sample()), T0).workspace
    bea = Actor(workspace, Person(1, "bea", "Bea Lind", "Bea"), Surface.CLI)
    with pytest.raises(Forbidden):
        documents.load(bea, json.dumps(sample()), T0)
    assert documents.load(replace(bea, is_admin=True), json.dumps(sample()), T0).created == 0


def test_a_dump_is_stable_and_readable(database: Database) -> None:
    documents = Documents(database)
    workspace = documents.load(None, json.dumps(sample()), T0).workspace
    text = documents.dump(workspace, T0)
    assert text == documents.dump(workspace, T0 + timedelta(days=1))
    assert "Léo Fontaine" in text
    assert plain(read(text)) == json.loads(text)


def test_first_documents_that_are_loaded_together_make_one_workspace(database_url: str) -> None:
    start = Barrier(4)

    def load() -> int:
        with closing(Database(database_url)) as replica:
            replica.answers()
            start.wait(60)
            return insisting(lambda: Documents(replica).load(None, "{}", T0).workspace)

    with ThreadPoolExecutor(4) as pool:
        loads = [pool.submit(load) for _ in range(4)]
    assert {done.result() for done in loads} == {1}


def test_an_admin_reaches_no_private_project_of_others(database: Database) -> None:
    documents = Documents(database)
    raw = sample()
    workspace = documents.load(None, json.dumps(raw), T0).workspace
    known = services(database, lambda: T0).people
    outside = "bea"
    hidden = next(project for project in raw["projects"] if project.get("private"))
    assert {hidden["lead"], *hidden["members"]} >= {"nia"}
    assert outside not in {hidden["lead"], *hidden["members"]}
    before = documents.dump(workspace, T0)

    def load(person: str, document: object) -> None:
        someone = known.keyed(workspace, person)
        assert someone is not None
        admin = Actor(workspace, someone, Surface.CLI, is_admin=True)
        documents.load(admin, json.dumps(document), T0)

    small = {
        "people": [{"key": "bea", "name": "Bea Lind"}],
        "projects": [
            {"key": "new", "name": "New"},
            {"key": hidden["key"], "name": "Mine", "lead": "bea"},
        ],
    }
    with pytest.raises(BadDocument) as caught:
        load(outside, small)
    taken = f"'{hidden['key']}' is taken; choose another key"
    assert caught.value.problems == (Problem("projects[1].key", taken),)
    assert documents.dump(workspace, T0) == before
    load("nia", {**small, "projects": [{"key": hidden["key"], "name": "Ours"}]})
    assert json.loads(documents.dump(workspace, T0))["projects"][3]["name"] == "Ours"


def test_what_was_told_of_a_hidden_project_stays_with_it(database: Database) -> None:
    documents = Documents(database)
    person = {"key": "bea", "name": "Bea Lind"}
    nia = {"key": "nia", "name": "Nia Okonkwo"}
    told = {
        "standups": [
            {"date": "2026-11-20", "person": "nia", "state": "posted", "project": "comet"},
            {"date": "2026-11-20", "person": "bea", "state": "posted"},
        ],
        "history": [{"id": "h1", "date": "2026-11-02", "kind": "x", "project": "comet"}],
    }
    first = {
        "people": [person, nia],
        "projects": [{"key": "comet", "name": "Comet", "private": True, "lead": "nia"}],
        **told,
    }
    workspace = documents.load(None, json.dumps(first), T0).workspace
    bea = services(database, lambda: T0).people.keyed(workspace, "bea")
    mine = json.loads(json.dumps({**first, **told}).replace("comet", "mine"))
    with pytest.raises(BadDocument) as caught:
        documents.load(Actor(workspace, bea, Surface.CLI, is_admin=True), json.dumps(mine), T0)
    assert caught.value.problems == (Problem("history[0]", "is taken already"),)
