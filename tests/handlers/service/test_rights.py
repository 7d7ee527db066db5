"""Row A1, exhaustively: every form of every command, tried by every role."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from bot.commands import COMMANDS, Order, ShowAccess
from bot.commands.chapter import Command
from bot.commands.forms import tried, typed
from bot.errors import CharterError, Forbidden
from bot.needed import ORDERS
from bot.orders import Grant, NewProject, StartUp
from bot.people import Actor, Profile
from bot.rights import Role
from handlers.orders import TABLES, Desk, carried_out
from handlers.service.access import Opening
from handlers.views.errors import worded
from storage.tables import AuditRow
from tests.handlers.service.conftest import HERE, Team
from tests.support.counting import counted

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

WHO = {Role.VIEWER: "gil", Role.EDITOR: "eve", Role.ACCOUNTABLE: "bea", Role.ADMIN: "ana"}
CARRIED = {kind for table in TABLES for kind in table}
FORMS = [(entry, form) for entry in COMMANDS for form in entry.forms]

DAY = date(2026, 11, 23)

FOR_OTHERS = {
    "delegate PERSON to PERSON from DATE to DATE",
    "away PERSON until DAY",
    "brief weekly DAY at TIME",
    "brief off",
}
"""What anybody may do for themselves, for others who answers for them alone, and in a channel who
may edit.
"""


@pytest.fixture
def churn(team: Team) -> Team:
    """Churn Radar is led by Bea. Gil is a guest who may look, Eve is anybody, Ana an admin."""
    for name, is_guest in (("Gil", True), ("Eve", False)):
        met = Profile(f"U{name.upper()}", f"{name} Sample", name, "Europe/Berlin")
        team.charter.people.learned(team.workspace, replace(met, is_guest=is_guest))
    team.charter.projects.create(team.actor("bea"), NewProject("Churn Radar"), HERE)
    team.charter.access.grant(team.actor("bea"), Grant("<@UGIL>", Role.VIEWER), HERE)
    return team


def lines(team: Team) -> int:
    with team.database.read() as session:
        return len(session.exec(select(AuditRow.id)).all())


def attempt(team: Team, actor: Actor, order: Order) -> CharterError | None:
    """What came of it. What opens a form is asked whether it would."""
    desk = Desk(team.charter, actor, HERE, private=True)
    try:
        if isinstance(order, Opening):
            team.charter.access.refuse(actor, order, HERE)
        elif type(order) in CARRIED:
            carried_out(order, desk)
    except CharterError as error:
        return error
    return None


@pytest.mark.parametrize("role", Role)
def test_a1_nobody_does_what_their_role_does_not_give(churn: Team, role: Role) -> None:
    actor, before = churn.actor(WHO[role]), lines(churn)
    otherwise: dict[str, object] = {}
    for entry, form in FORMS:
        order = tried(entry, form)
        if role.may(ORDERS[type(order)]):
            continue
        error = attempt(churn, actor, order)
        if isinstance(error, Forbidden) and error.who_can:
            continue
        # Whatever else it is, it is for everybody: there is nothing to do, or it only shows first.
        if type(error) is not type(attempt(churn, churn.actor("ana"), order)):
            otherwise[form] = error
    assert otherwise == {}
    assert lines(churn) == before, "something was written"


@pytest.mark.parametrize("role", Role)
def test_a1_everybody_does_what_their_role_gives(churn: Team, role: Role) -> None:
    actor = churn.actor(WHO[role])
    refused = {}
    for entry, form in FORMS:
        order = tried(entry, form)
        if form in FOR_OTHERS or not role.may(ORDERS[type(order)]):
            continue
        if isinstance(attempt(churn, actor, order), Forbidden):
            refused[form] = str(ORDERS[type(order)])
    assert refused == {}


def test_a1_who_may_do_what_takes_no_more_statements_the_more_people_there_are(
    churn: Team,
) -> None:
    desk = Desk(churn.charter, churn.actor("bea"), HERE, private=True)
    taken = []
    for more in (0, 25):
        for number in range(more):
            met = Profile(f"UMORE{number}", f"More {number} Sample", f"More{number}")
            churn.charter.people.learned(churn.workspace, met)
            order = Grant(f"<@UMORE{number}>", Role.VIEWER)
            churn.charter.access.grant(churn.actor("bea"), order, HERE)
        carried_out(ShowAccess(), desk)
        with counted(churn.database) as statements:
            carried_out(ShowAccess(), desk)
        taken.append(len(statements))
    assert taken[0] == taken[1]


NAMING = re.compile(r"PERSON|HOLDER|\bOLD\b")
THERE, NOBODY = "Cy Sample", "Qx Zorro"


def naming(entry: Command, form: str, name: str) -> str:
    """A form as somebody types it who names one person in it."""
    return re.sub(r"@(cy|bea)\b|(?<=[LR] )me\b|(?<=A )me\b", name, typed(entry, form))


@pytest.mark.parametrize("mode", ["team", "startup"])
@pytest.mark.parametrize(
    ("entry", "form"),
    [pytest.param(entry, form, id=form) for entry, form in FORMS if NAMING.search(form)],
)
def test_a1_who_may_not_do_it_does_not_learn_whether_somebody_is_there(
    churn: Team, entry: Command, form: str, mode: str
) -> None:
    """A guest who may look reads the same of a name that is there as of one that is not; and so
    does a guest who may not even look.
    """
    if mode == "startup":
        churn.charter.transfers.start_up(churn.actor("bea"), StartUp("<@UBEA>"), HERE)
    met = Profile("UHAL", "Hal Sample", "Hal", "Europe/Berlin", is_guest=True)
    churn.charter.people.learned(churn.workspace, met)
    said = {name: naming(entry, form, name) for name in (THERE, NOBODY)}
    assert said[THERE].count(THERE) == said[NOBODY].count(NOBODY) > 0
    for who in ("gil", "hal"):
        refused = {}
        for name, text in said.items():
            order = entry.read(text.partition(" ")[2], DAY)
            error = attempt(churn, churn.actor(who), order)
            refused[name] = worded(error).text if isinstance(error, CharterError) else ""
        if not Role.VIEWER.may(ORDERS[type(tried(entry, form))]) or "PERSON to PERSON" in form:
            assert refused[THERE] == refused[NOBODY] != "", who
            assert "Zorro" not in refused[NOBODY]
