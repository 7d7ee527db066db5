"""Who is in a private channel sees its project; who has left sees it no more."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from bot.people import Actor, Surface
from handlers.playground.double import Double, Person
from handlers.service import Charter, services
from handlers.slack import Slack
from handlers.talking import Talking
from handlers.timers import Heartbeat
from storage.database import Database
from tests.handlers.talk import eventually, new_project, now, typed

pytestmark = [
    pytest.mark.parametrize("transport", ["http"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

UNKNOWN = "I do not know a project called “Fraud Vault”."


@pytest.fixture
def ana(workspace: Double, talking: Talking) -> Person:
    """Ana leads Fraud Radar, which everybody sees."""
    new_project(workspace)
    return workspace.person("ana")


@pytest.fixture
def bea(workspace: Double, ana: Person) -> Person:
    """Fraud Vault is Bea's alone, in her private channel."""
    workspace.add_channel("vault", ["bea"], id="C0VAULT", is_private=True)
    bea = workspace.person("bea")
    bea.slash("/charter new Fraud Vault", "vault")
    bea.gets_modal("New project")
    assert bea.submits() is None
    bea.hears("Fraud Vault", "vault")
    return bea


@pytest.fixture
def heart(database: Database, slack: Slack, talking: Talking) -> Iterator[Heartbeat]:
    """What the clock brings within four days, a working morning among them, when it is told to."""

    def later() -> datetime:
        return now() + timedelta(days=4)

    heartbeat = Heartbeat(services(database, later), slack, talking.workspace, later)
    yield heartbeat
    heartbeat.close()


def moves(workspace: Double, *people: str) -> None:
    """The private channel has these people from now on."""
    ids = {workspace.person(one).id for one in people}
    workspace.change_channel("vault", members=frozenset(ids | {workspace.app.bot_user_id}))


def becomes(look: Callable[[], bool]) -> None:
    assert eventually(lambda: look() or None)


def test_a3_whoever_is_in_the_channel_sees_the_project_and_who_leaves_does_not(
    workspace: Double, ana: Person, bea: Person
) -> None:
    assert UNKNOWN in typed(ana, "show Fraud Vault").said
    moves(workspace, "ana", "bea")
    becomes(lambda: "is led by Bea Lind" in typed(ana, "show Fraud Vault").said)
    assert "Fraud Vault" in typed(ana, "list").said
    moves(workspace, "bea")
    becomes(lambda: UNKNOWN in typed(ana, "show Fraud Vault").said)
    assert "Fraud Vault" not in typed(ana, "list").said
    assert "is led by Bea Lind" in typed(bea, "show Fraud Vault", "vault").said


def test_a3_who_was_in_there_before_sees_it_once_slack_was_asked(
    workspace: Double, ana: Person, heart: Heartbeat
) -> None:
    workspace.add_channel("vault", ["ana", "bea"], id="C0VAULT", is_private=True)
    bea = workspace.person("bea")
    bea.slash("/charter new Fraud Vault", "vault")
    bea.gets_modal("New project")
    assert bea.submits() is None
    bea.hears("Fraud Vault", "vault")
    assert UNKNOWN in typed(ana, "show Fraud Vault").said
    heart.settle()
    assert "is led by Bea Lind" in typed(ana, "show Fraud Vault").said


def test_a3_a_form_that_stays_open_gives_nothing_to_who_left_the_channel(
    workspace: Double, ana: Person, bea: Person
) -> None:
    moves(workspace, "ana", "bea")
    becomes(lambda: "is led by Bea Lind" in typed(ana, "show Fraud Vault").said)
    for stays, status in ((True, "At risk"), (False, "In progress")):
        ana.presses(typed(ana, "stage rollout", "vault"), "Move")
        ana.gets_modal("Move a stage")
        ana.fills({"Status": status, "Note": "late"})
        if not stays:
            moves(workspace, "bea")
            becomes(lambda: UNKNOWN in typed(ana, "show Fraud Vault").said)
        assert ana.submits() is None
        assert "Status: At risk" in typed(bea, "stage rollout", "vault").said
    assert "I do not know a project" in ana.gets_modal("Charter").said


def test_a3_where_slack_refuses_nobody_counts_as_being_in_there(
    workspace: Double, charter: Charter, ana: Person, bea: Person, talking: Talking
) -> None:
    moves(workspace, "ana", "bea")
    becomes(lambda: "is led by Bea Lind" in typed(ana, "show Fraud Vault").said)
    charter.circles.unknown(talking.workspace, "C0VAULT", is_refused=True)
    assert UNKNOWN in typed(ana, "show Fraud Vault").said
    assert "is led by Bea Lind" in typed(bea, "show Fraud Vault", "vault").said


def test_a3_where_slack_does_not_answer_for_long_nobody_does_either(
    workspace: Double, database: Database, slack: Slack, talking: Talking, bea: Person
) -> None:
    moment = [now()]
    charter = services(database, lambda: moment[0])
    place = talking.workspace, "C0VAULT"
    charter.circles.learned(*place, {"U0ANA", "U0BEA"})
    ana = charter.people.known(talking.workspace, "U0ANA")
    assert ana is not None

    def known() -> bool:
        actor = Actor(talking.workspace, ana, Surface.COMMAND)
        return any(one.name == "Fraud Vault" for one in charter.projects.listed(actor).projects)

    moment[0] += timedelta(hours=1)
    charter.circles.unknown(*place, is_refused=False)
    assert known()
    moment[0] += timedelta(hours=2)
    charter.circles.unknown(*place, is_refused=False)
    assert not known()


def test_edge_27_who_leaves_keeps_their_letters_and_the_lead_is_told(
    workspace: Double, ana: Person, bea: Person, heart: Heartbeat
) -> None:
    moves(workspace, "ana", "bea")
    becomes(lambda: "is led by Bea Lind" in typed(ana, "show Fraud Vault").said)
    typed(bea, "raci data pipeline R @Ana Silva", "vault")
    moves(workspace, "bea")
    becomes(lambda: UNKNOWN in typed(ana, "show Fraud Vault").said)
    assert "Ana Silva" in typed(bea, "raci data pipeline", "vault").said
    heart.settle()
    told = bea.hears("can no longer see").said
    assert "Ana Silva can no longer see Fraud Vault" in told
    assert "Fraud Vault" not in "".join(one.said for one in ana.sees())


def test_edge_32_a_private_channel_that_opens_gives_sight_to_nobody(
    workspace: Double, ana: Person, bea: Person, heart: Heartbeat
) -> None:
    moves(workspace, "ana", "bea")
    becomes(lambda: "is led by Bea Lind" in typed(ana, "show Fraud Vault").said)
    workspace.change_channel("vault", is_private=False)
    assert UNKNOWN in typed(ana, "show Fraud Vault", "vault").said
    assert UNKNOWN in typed(ana, "show Fraud Vault").said
    heart.settle()
    told = bea.hears("became public").said
    assert "What was posted before cannot be called back" in told


def test_edge_32_a_public_project_in_a_channel_that_closes_stays_public(
    ana: Person, talking: Talking, charter: Charter, heart: Heartbeat
) -> None:
    charter.people.channel_learned(talking.workspace, "C0FRAUD", "ml-fraud", True, False)
    assert "is led by Ana Silva" in typed(ana, "show Fraud Radar").said
    heart.settle()
    told = ana.hears("became private").said
    assert "/charter access private" in told
