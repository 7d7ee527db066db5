"""Who may do what, said and refused in Slack."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from handlers.playground.double import Double, Person
from handlers.service import Charter, services
from handlers.slack import Slack
from handlers.talking import Talking
from handlers.timers import Heartbeat
from storage.database import Database
from tests.handlers.talk import eventually, mentioned, new_project, now, typed

pytestmark = [
    pytest.mark.parametrize("transport", ["http"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture
def ana(workspace: Double, talking: Talking) -> Person:
    """Ana leads Fraud Radar, which everybody sees."""
    new_project(workspace)
    return workspace.person("ana")


@pytest.fixture
def bea(workspace: Double) -> Person:
    return workspace.person("bea")


@pytest.fixture
def admin(workspace: Double, talking: Talking, charter: Charter) -> Person:
    """Dee administers the Slack workspace."""
    workspace.add_user("U0DEE", "Dee Park", is_admin=True)
    workspace.add_channel("general", id="C0GENERAL")
    return workspace.person("dee")


@pytest.fixture
def vault(workspace: Double, bea: Person, ana: Person) -> None:
    """Fraud Vault is Bea's alone, in her private channel."""
    workspace.add_channel("vault", ["bea"], id="C0VAULT", is_private=True)
    bea.slash("/charter new Fraud Vault", "vault")
    bea.gets_modal("New project")
    assert bea.submits() is None
    bea.hears("Fraud Vault", "vault")


def test_a1_a_viewer_looks_and_is_told_who_can_do_more(ana: Person, bea: Person) -> None:
    made = typed(ana, "access @Bea Lind viewer")
    assert "role of Bea Lind none → viewer" in made.said
    assert "Data pipeline" in typed(bea, "raci data pipeline").said
    refused = typed(bea, "raci data pipeline A @Bea Lind")
    assert "You may look at Fraud Radar, but not change it." in refused.said
    assert "Ask Ana Silva or an admin." in refused.said
    bea.slash("/charter standup", "ml-fraud")
    assert "You may look at Fraud Radar" in bea.gets_modal("Charter").said
    bea.closes()
    ana.presses(made, "Undo")
    ana.hears("Taken back", "ml-fraud")
    assert "Bea Lind" in typed(bea, "raci data pipeline R @Bea Lind").said


def test_a1_giving_roles_is_for_those_who_answer(ana: Person, bea: Person) -> None:
    refused = typed(bea, "access @Cy Moss viewer")
    assert "That is for those who answer for Fraud Radar. Ask Ana Silva" in refused.said
    assert "leads Fraud Radar" in typed(ana, "access @Ana Silva viewer").said
    assert "is how Fraud Radar stands already" in typed(ana, "access @Cy Moss none").said
    assert "Say what they may do" in typed(ana, "access @Cy Moss").said


def test_a1_who_may_do_what_and_why(ana: Person, bea: Person) -> None:
    typed(ana, "access @Bea Lind viewer")
    typed(ana, "raci data pipeline A @Cy Moss")
    shown = typed(bea, "access").said
    assert "Fraud Radar is public" in shown
    assert "Ana Silva – accountable: leads the project" in shown
    assert "Cy Moss – accountable: accountable for Data pipeline" in shown
    assert "Bea Lind – viewer: was given the role" in shown
    assert "You may look here." in shown


def test_a3_a_project_is_made_private_and_opened_again(ana: Person, bea: Person) -> None:
    assert "That is for those who answer" in typed(bea, "access private").said
    made = typed(ana, "access private")
    assert "is private from now on" in made.said
    assert "What was posted elsewhere before cannot be called back." in made.said
    hidden = typed(bea, "show Fraud Radar").said
    assert hidden.startswith("I do not know a project called “Fraud Radar”.")
    listed = typed(ana, "access").said
    assert "is private: it is there for its lead and for those who are listed." in listed
    shown = typed(ana, "show").said
    assert "· private" in shown
    assert "0 members" not in shown
    assert "is public from now on" in typed(ana, "access public").said
    assert "is led by Ana Silva" in typed(bea, "show Fraud Radar").said


@pytest.mark.usefixtures("vault")
def test_a3_a_role_lets_somebody_see_a_private_project(ana: Person, bea: Person) -> None:
    before = typed(ana, "show Fraud Vault").said
    assert "I do not know a project" in before
    assert before == typed(ana, "show Fraud Vaulx").said.replace("Vaulx", "Vault")
    typed(bea, "access @Ana Silva viewer in Fraud Vault", "vault")
    assert "is led by Bea Lind" in typed(ana, "show Fraud Vault").said
    typed(bea, "access @Ana Silva none in Fraud Vault", "vault")
    assert typed(ana, "show Fraud Vault").said == before


@pytest.mark.usefixtures("vault")
def test_edge_8_a_letter_goes_to_nobody_who_could_not_see_it(bea: Person) -> None:
    refused = typed(bea, "raci data pipeline A @Cy Moss", "vault").said
    assert "Cy Moss cannot see Fraud Vault" in refused
    assert "/charter access @bea editor" in refused
    typed(bea, "access @Cy Moss editor", "vault")
    assert "Cy Moss" in typed(bea, "raci data pipeline A @Cy Moss", "vault").said


@pytest.fixture
def heart(charter: Charter, slack: Slack, talking: Talking) -> Iterator[Heartbeat]:
    """What the clock brings, when it is told to."""
    heartbeat = Heartbeat(charter, slack, talking.workspace, now)
    yield heartbeat
    heartbeat.close()


@pytest.mark.usefixtures("vault")
def test_edge_56_an_admin_looks_for_a_reason_and_the_lead_is_told(
    bea: Person, admin: Person, heart: Heartbeat
) -> None:
    unknown = typed(admin, "show Fraud Vault", "general").said
    assert "I do not know a project" in unknown
    assert "Say why" in typed(admin, "break-glass Fraud Vault", "general").said
    missed = typed(admin, "break-glass Fraud Vaul because I must know", "general").said
    assert missed == typed(admin, "show Fraud Vaul", "general").said
    looks = typed(admin, "break-glass Fraud Vault because Bea is ill", "general")
    assert "You may look into Fraud Vault until" in looks.said
    again = typed(admin, "break-glass Fraud Vault because I look again", "general").said
    assert "/charter show Fraud Vault" in again
    assert "told to Bea Lind" in looks.said
    assert looks.only_for == admin.id
    heart.settle()
    told = bea.hears("Fraud Vault").said
    assert "Dee Park" in told
    assert "Bea is ill" in told
    assert "is led by Bea Lind" in typed(admin, "show Fraud Vault", "general").said
    refused = typed(admin, "stage data pipeline in progress in Fraud Vault", "general").said
    assert "You may look at Fraud Vault, but not change it." in refused


@pytest.mark.usefixtures("vault")
def test_edge_56_breaking_glass_is_for_admins_whatever_they_name(ana: Person) -> None:
    there = typed(ana, "break-glass Fraud Vault because I wonder").said
    assert there == typed(ana, "break-glass Lunch because I wonder").said
    assert "is for the admins of this workspace" in there


def test_a1_settings_are_for_admins(ana: Person, admin: Person) -> None:
    shown = typed(ana, "settings").said
    assert "load limit: 5 letters" in shown
    assert "Admins change these" in shown
    refused = typed(ana, "settings load limit 7").said
    assert (
        "is for the admins of this workspace. Ask Dee Park." in refused
        or "Ask an admin." in refused
    )
    changed = typed(admin, "settings load limit 7", "general").said
    assert "load limit: 5 letters → 7 letters" in changed
    assert "load limit: 7 letters (usually 5 letters)" in typed(ana, "settings load limit").said
    assert "takes 1 to 100" in typed(admin, "settings load limit lots", "general").said
    assert "review days" in typed(admin, "settings colour blue", "general").said


def test_edge_34_a_shared_channel_answers_once_an_admin_allows_it(
    workspace: Double, ana: Person, admin: Person
) -> None:
    workspace.add_user("U0EVE", "Eve Outside", team_id="T0OTHER")
    workspace.add_channel("partners", id="C0PARTNERS", is_ext_shared=True)
    eve = workspace.person("eve")
    assert "is for the admins of this workspace" in typed(ana, "channel allow", "partners").said
    assert "shared with another organisation" in typed(ana, "list", "partners").said
    assert "I answer in this channel now" in typed(admin, "channel allow", "partners").said

    said = ana.says("@Charter who owns the data pipeline in Fraud Radar?", "partners")
    answer = ana.hears("Data pipeline in Fraud Radar", "partners", after=said)
    assert answer.only_for == ana.id
    assert answer not in eve.sees("partners")
    eve.says("@Charter who owns the data pipeline in Fraud Radar?", "partners")
    told = eve.hears("shared with another organisation", "partners")
    assert "vacant" not in told.said

    assert "do not answer" in typed(admin, "channel forbid", "partners").said
    assert "shared with another organisation" in typed(ana, "list", "partners").said
    assert "not shared" in typed(admin, "channel allow", "general").said


def test_edge_36_a_clock_that_was_held_goes_on_once_an_admin_says_so(
    workspace: Double, database: Database, ana: Person, admin: Person, talking: Talking
) -> None:
    later = services(database, lambda: now() + timedelta(days=1))
    due = later.timers.next_due(talking.workspace)
    assert due is not None
    workspace.uninstall()
    eventually(lambda: later.settings.held_since(talking.workspace))
    assert later.timers.claim(talking.workspace) == []
    assert "is led by Ana Silva" in typed(ana, "show").said

    assert "is for the admins of this workspace" in typed(ana, "resume").said
    admin.opens_home()
    home = admin.gets_home("Nothing is sent by the clock since")
    admin.presses(home, "Resume")
    eventually(lambda: later.settings.held_since(talking.workspace) is None or None)
    assert "Nothing is held back" in typed(admin, "resume", "general").said


def test_a4_a_guest_sees_nothing_until_a_role_is_given_to_them(
    workspace: Double, ana: Person, charter: Charter, talking: Talking
) -> None:
    workspace.add_user("U0GIL", "Gil Frost", is_restricted=True)
    workspace.change_channel("ml-fraud", members=workspace.channel("ml-fraud").members | {"U0GIL"})
    gil = workspace.person("gil")
    assert "Fraud Radar" not in typed(gil, "list").said
    assert "I do not know a project" in typed(gil, "show Fraud Radar").said
    assert "vacant" not in mentioned(gil, "@Charter who owns the data pipeline?").said
    assert "is for the admins of this workspace" in typed(gil, "settings load limit 7").said
    gil.slash("/charter new Own Thing", "ml-fraud")
    assert "but not change it" in gil.gets_modal("Charter").said
    typed(ana, "access @Gil Frost viewer")
    assert "is led by Ana Silva" in typed(gil, "show").said
    assert "but not change it" in typed(gil, "stage data pipeline in progress").said
