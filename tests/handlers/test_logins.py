"""Names at GitHub that nobody is known by: asked of an admin, in a workspace."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from handlers.playground.double import Double, Person
from handlers.service import Charter, services
from handlers.talking import Talking
from storage.database import Database
from tests.handlers.talk import new_project, now, typed
from tests.support.evidence import PULL, Told

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
pytestmark = [on_sqlite, pytest.mark.parametrize("transport", ["http"], indirect=True)]


@pytest.fixture
def charter(database: Database) -> Iterator[Charter]:
    github = Told()
    github.tells(replace(PULL, author="bea-lind", requested=("cy.moss", "stranger")))
    made = services(database, now, sources=(github,))
    with closing(made.links):
        yield made


@pytest.fixture
def admin(workspace: Double, talking: Talking) -> Person:
    """An admin, in a workspace where Ana's Fraud Radar has a pull request."""
    workspace.add_user("U0ADA", "Ada Admin", is_admin=True)
    workspace.add_channel("admins", id="C0ADMINS")
    new_project(workspace)
    ana = workspace.person("ana")
    for name in ("Bea Lind", "Cy Moss"):
        typed(ana, f"raci framing I @{name}")
    typed(ana, f"link {PULL.ref.url}")
    return workspace.person("ada")


def test_g5_logins_are_listed_with_who_may_be_meant_and_nobody_is_until_it_is_said(
    admin: Person, workspace: Double
) -> None:
    told = typed(admin, "person logins", "admins")
    lines = [line for line in told.said.splitlines() if not line.startswith("It is ")]
    assert lines[:4] == [
        "Nobody has said who these are, so nobody is told of what is for them:",
        "bea-lind at github, on 1 linked thing: perhaps Bea Lind (by name)?",
        "cy.moss at github, on 1 linked thing: perhaps Cy Moss (by name)?",
        "stranger at github, on 1 linked thing",
    ]
    assert "Nobody has said" in typed(admin, 'person "Bea Lind"', "admins").said
    admin.presses(told, "It is Bea Lind")
    admin.hears("is known so now", "admins")
    assert "github: bea-lind" in typed(admin, 'person "Bea Lind"', "admins").said
    again = typed(admin, "person logins", "admins").said
    assert "bea-lind" not in again
    assert "cy.moss" in again


def test_g5_only_who_may_say_it_is_asked_and_of_what_they_see(
    admin: Person, workspace: Double
) -> None:
    refused = typed(workspace.person("bea"), "person logins").said
    assert "That is for the admins" in refused
    assert "bea-lind" not in refused
    typed(workspace.person("ana"), "access private in Fraud Radar")
    assert typed(admin, "person logins", "admins").said == (
        "Everybody whom I have seen at GitHub and at trackers is known."
    )
