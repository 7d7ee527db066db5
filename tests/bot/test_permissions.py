"""Who may do what."""

from dataclasses import replace
from typing import get_args

import pytest

from bot import changes, permissions
from bot.changes import AliasChanged, ArchiveChanged
from bot.commands import COMMANDS
from bot.commands.forms import tried
from bot.errors import Forbidden, NotFound
from bot.needed import CHANGES, ORDERS
from bot.people import Actor, Surface
from bot.permission_table import IN_PART
from bot.project import Letter, PersonHolder
from bot.rights import Right, Role
from bot.sight import Sight
from handlers.orders import HANDLED
from tests.bot.support import ANA, BEA, CY, PEOPLE, held, item, project

EDIT = AliasChanged(3, None, "x", added=True)
ARCHIVE = ArchiveChanged(3, archived=True)
OPEN = replace(project(item(held(Letter.A, PersonHolder(BEA)))), lead=ANA, created_by=BEA)
ROW = OPEN.items[0]
HIDDEN = replace(OPEN, private=True, members=frozenset({BEA}))
NOBODY: frozenset[int] = frozenset()


def actor(person: int | None, *, is_admin: bool = False) -> Actor:
    return Actor(1, PEOPLE[person] if person else None, Surface.COMMAND, is_admin)


def test_a1_every_change_and_every_order_has_its_right() -> None:
    assert set(CHANGES) == set(get_args(changes.Change)), "say in bot/needed what it takes"
    assert set(ORDERS) == HANDLED, "say in bot/needed what it takes"


def test_a1_what_takes_more_at_times_is_a_form_and_does_take_more() -> None:
    least = {form: tried(entry, form) for entry in COMMANDS for form in entry.forms}
    for form, (most, _when) in IN_PART.items():
        right = ORDERS[type(least[form])]
        assert any(role.may(right) and not role.may(most) for role in Role), form


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.VIEWER, {Right.LOOK}),
        (Role.EDITOR, {Right.LOOK, Right.EDIT}),
        (Role.ACCOUNTABLE, {Right.LOOK, Right.EDIT, Right.ANSWER}),
        (Role.ADMIN, {Right.LOOK, Right.EDIT, Right.ANSWER, Right.RUN}),
    ],
)
def test_a1_what_each_role_may(role: Role, rights: set[Right]) -> None:
    assert {right for right in Right if role.may(right)} == rights


def test_a1_whoever_sees_a_project_may_edit_it() -> None:
    for person in (ANA, BEA, CY, None):
        permissions.check(actor(person), EDIT, OPEN, None, PEOPLE, sight=Sight.PLAIN)


def test_a1_the_lead_admins_and_the_operator_archive() -> None:
    for allowed in (actor(ANA), actor(CY, is_admin=True), actor(None)):
        permissions.check(allowed, ARCHIVE, OPEN, None, PEOPLE, sight=Sight.PLAIN)
    for other in (BEA, CY):
        with pytest.raises(Forbidden) as caught:
            permissions.check(actor(other), ARCHIVE, OPEN, None, PEOPLE, sight=Sight.PLAIN)
        assert caught.value.right is Right.ANSWER
        assert caught.value.who_can == ("Ana Sample", "an admin")


def test_a1_who_created_a_project_answers_for_it_where_it_has_no_lead() -> None:
    ownerless = replace(OPEN, lead=None)
    permissions.check(actor(BEA), ARCHIVE, ownerless, None, PEOPLE, sight=Sight.PLAIN)
    assert permissions.who_can(ownerless, None, PEOPLE) == ("Bea Sample", "an admin")


@pytest.mark.parametrize(
    ("person", "role"), [(ANA, Role.ACCOUNTABLE), (BEA, Role.ACCOUNTABLE), (CY, Role.EDITOR)]
)
def test_a1_the_accountable_of_an_item_and_the_lead_answer_for_it(person: int, role: Role) -> None:
    assert permissions.in_project(actor(person), OPEN, ROW, NOBODY) is role


def test_a1_who_acts_for_the_accountable_answers_as_they_do() -> None:
    acting = permissions.in_project(actor(CY), OPEN, ROW, frozenset({BEA}))
    assert acting is Role.ACCOUNTABLE


def test_a1_running_the_workspace_is_for_admins() -> None:
    permissions.require(actor(CY, is_admin=True), Right.RUN, PEOPLE)
    admins = {**PEOPLE, BEA: replace(PEOPLE[BEA], is_admin=True)}
    with pytest.raises(Forbidden) as caught:
        permissions.require(actor(ANA), Right.RUN, admins)
    assert caught.value.who_can == ("Bea Sample",)
    with pytest.raises(Forbidden) as caught:
        permissions.require(actor(ANA), Right.RUN, PEOPLE)
    assert caught.value.who_can == ("an admin",)


def test_what_cannot_be_seen_is_not_there_not_even_for_admins() -> None:
    for stranger in (actor(CY), actor(CY, is_admin=True)):
        for change in (EDIT, ARCHIVE):
            with pytest.raises(NotFound):
                permissions.check(stranger, change, HIDDEN, None, PEOPLE, sight=Sight.NOTHING)
