"""People who leave Slack and come back, as their leads live through it."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from handlers.playground.double import Double
from handlers.service import services
from handlers.slack import Slack
from handlers.talking import build
from handlers.tenants import One
from handlers.views.acts import Act
from storage.database import Database
from tests.handlers.mornings import Clock, Morning
from tests.handlers.talk import eventually, new_project, reached, typed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def morning(workspace: Double, slack: Slack, database: Database) -> Iterator[Morning]:
    clock = Clock()
    workspace.space.clock = clock
    charter = services(database, clock, everyone=One(slack).everyone)
    talking = build(charter, One(slack), clock)
    with reached(talking, workspace, database, "http"):
        made = Morning(workspace, charter, talking, clock)
        yield made
        made.heart.close()
    assert workspace.problems == []


def is_active(morning: Morning, slack_id: str, active: bool) -> None:
    """Waits until Charter has heard of it."""

    def heard() -> bool | None:
        person = morning.charter.people.known(morning.talking.workspace, slack_id)
        return (person is not None and person.active == active) or None

    eventually(heard)


def gives(morning: Morning, name: str, *stages: str) -> None:
    ana = morning.person("ana")
    for stage in stages:
        typed(ana, f"raci {stage} A @{morning.person(name).user.name}")


def test_a5_the_lead_gets_one_list_and_fills_the_seats_with_one_form(morning: Morning) -> None:
    new_project(morning.workspace)
    gives(morning, "bea", "data pipeline", "data quality", "modelling")
    ana = morning.person("ana")
    morning.workspace.change_user("bea", deleted=True)
    is_active(morning, "U0BEA", active=False)
    assert "vacant" in typed(ana, "raci data pipeline").said
    assert "Bea Lind" in typed(ana, "raci data pipeline").said

    morning.until("12:00", day=24)
    told = ana.hears("Bea Lind was deactivated in Slack. 3 seats are vacant now:")
    assert "Fraud Radar, Data quality: accountable" in told.said
    assert "because you lead Fraud Radar" in told.said
    ana.presses(told, Act.LEFT_OPEN)
    form = ana.gets_modal("Fill the seats")
    assert form.labels == ("Seats", "Who takes them")
    ana.fills({"holder": "U0CY"})
    assert ana.submits() is None
    done = ana.hears("Cy Moss has 3 seats now that Bea Lind had left vacant:")
    assert "Modelling and experiments: accountable" in done.said or "Modelling" in done.said
    assert "Cy Moss" in typed(ana, "raci data pipeline").said
    ana.presses(told, Act.LEFT_OPEN)
    assert "No seat that Bea Lind left waits for you any more" in ana.gets_modal("Charter").said


def test_edge_24_the_nightly_look_at_everybody_finds_who_left_unheard(morning: Morning) -> None:
    new_project(morning.workspace)
    gives(morning, "bea", "data pipeline")
    space = morning.workspace.space
    with space.change():
        space.users["U0BEA"] = replace(space.users["U0BEA"], deleted=True)
    morning.workspace.throttle("users.list")
    morning.until("02:41", day=24)
    morning.until("12:00", day=24)
    told = morning.person("ana").hears("Bea Lind was deactivated in Slack")
    assert "Data pipeline: accountable" in told.said
    listed = [call for call in morning.workspace.calls if call.method == "users.list"]
    assert [call.ok for call in listed] == [False, True]
    assert morning.charter.people.known(morning.talking.workspace, "U0CY") is None


def test_edge_25_who_is_back_is_offered_back_with_one_button(morning: Morning) -> None:
    new_project(morning.workspace)
    gives(morning, "bea", "data pipeline", "data quality")
    morning.workspace.change_user("bea", deleted=True)
    is_active(morning, "U0BEA", active=False)
    gives(morning, "cy", "data quality")
    morning.workspace.change_user("bea", deleted=False)
    is_active(morning, "U0BEA", active=True)
    morning.until("12:00", day=24)
    ana = morning.person("ana")
    told = ana.hears("Bea Lind is back in Slack. 1 seat of theirs nobody has taken meanwhile:")
    assert "Data pipeline" in told.said
    ana.presses(told, Act.LEFT_RETURN)
    ana.hears("Bea Lind has 1 seat now that they had left vacant:")
    assert "Bea Lind" in typed(ana, "raci data pipeline").said
    assert "Cy Moss" in typed(ana, "raci data quality").said


def test_g5_an_admin_says_who_somebody_is_at_github_and_takes_it_back(morning: Morning) -> None:
    morning.workspace.change_user("ana", is_admin=True)
    ana = morning.person("ana")
    assert "Nobody has said" in typed(ana, "person @Bea Lind").said
    done = typed(ana, "person link @Bea Lind github=bea-x mlflow=bea")
    assert "github of Bea Lind: nothing → bea-x" in done.said
    shown = typed(ana, "person @Bea Lind").said
    assert "github: bea-x" in shown
    assert "mlflow: bea" in shown
    gone = typed(ana, "person unlink @Bea Lind mlflow")
    assert "mlflow of Bea Lind: bea → nothing" in gone.said
    ana.presses(gone, Act.PERSON_UNDO)
    ana.hears("Taken back", "ml-fraud")
    assert "mlflow: bea" in typed(ana, "person @Bea Lind").said
    refused = typed(morning.person("bea"), "person link @Bea Lind github=boss")
    assert "Ask Ana Silva" in refused.said


def test_edge_12_two_accounts_become_one_person(morning: Morning) -> None:
    morning.workspace.change_user("ana", is_admin=True)
    new_project(morning.workspace)
    gives(morning, "bea", "data pipeline")
    ana = morning.person("ana")
    done = typed(ana, "person merge @Bea Lind into @Cy Moss")
    assert "Cy Moss alone" in done.said
    assert "Cy Moss" in typed(ana, "raci data pipeline").said
    assert "Data pipeline" in typed(morning.person("bea"), "ask what do I own?").said
    ana.presses(done, Act.PERSON_UNDO)
    ana.hears("Taken back", "ml-fraud")
    assert "Bea Lind" in typed(ana, "raci data pipeline").said


def test_edge_13_two_of_one_name_are_told_apart(morning: Morning) -> None:
    morning.workspace.add_user("U0BEA2", "Bea Lind", "bea.l", email="lind@acme.example")
    with morning.workspace.space.change():
        users = morning.workspace.space.users
        users["U0BEA"] = replace(users["U0BEA"], email="bea@acme.example")
    new_project(morning.workspace)
    ana = morning.person("ana")
    typed(ana, "raci data pipeline A <@U0BEA>")
    typed(ana, "raci data quality A <@U0BEA2>")
    assert "Bea Lind (b…@)" in typed(ana, "raci data pipeline").said
    assert "Bea Lind (l…@)" in typed(ana, "raci data quality").said


def test_a7_a_name_is_erased_after_one_more_question(morning: Morning) -> None:
    morning.workspace.change_user("ana", is_admin=True)
    new_project(morning.workspace)
    gives(morning, "bea", "data pipeline")
    ana = morning.person("ana")
    asked = typed(ana, "person erase @Bea Lind because she asked for it")
    assert "Take the name Bea Lind out of everything? There is no way back." in asked.said
    assert "Bea Lind" in typed(ana, "raci data pipeline").said
    ana.presses(asked, Act.PERSON_ERASE)
    ana.hears("they are former member 1 now", "ml-fraud")
    told = typed(ana, "raci data pipeline").said
    assert "Bea Lind" not in told
    assert "vacant" in told


def test_a7_ones_own_data_comes_as_a_file_in_the_direct_message(morning: Morning) -> None:
    new_project(morning.workspace)
    gives(morning, "bea", "data pipeline")
    bea = morning.person("bea")
    bea.slash("/charter person export", "ml-fraud")
    done = bea.hears("Here is all that I keep of you")
    [shared] = [one for one in bea.sees() if one.files]
    told = json.loads(bea.downloads(shared, "my-data.json"))
    assert told["person"][0]["name"] == "Bea Lind"
    assert done.channel == "D0BEA"
