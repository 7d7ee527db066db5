"""Who may do what."""

from dataclasses import replace

import pytest

from bot import permissions
from bot.changes import AliasChanged, ArchiveChanged
from bot.errors import Forbidden, NotFound
from bot.people import Actor, Surface
from tests.bot.support import ANA, BEA, CY, PEOPLE, project

EDIT = AliasChanged(3, None, "x", added=True)
ARCHIVE = ArchiveChanged(3, archived=True)
OPEN = replace(project(), lead=ANA, created_by=BEA)
HIDDEN = replace(OPEN, private=True, members=frozenset({BEA}))


def actor(person: int | None, *, is_admin: bool = False) -> Actor:
    return Actor(1, PEOPLE[person] if person else None, Surface.COMMAND, is_admin)


def test_whoever_sees_a_project_may_edit_it() -> None:
    for person in (ANA, BEA, CY, None):
        permissions.check(actor(person), EDIT, OPEN, "Ana Sample", sees=True)


def test_lead_creator_admins_and_the_operator_archive() -> None:
    for allowed in (actor(ANA), actor(BEA), actor(CY, is_admin=True), actor(None)):
        permissions.check(allowed, ARCHIVE, OPEN, "Ana Sample", sees=True)
    with pytest.raises(Forbidden) as caught:
        permissions.check(actor(CY), ARCHIVE, OPEN, "Ana Sample", sees=True)
    assert caught.value.who_can == ("Ana Sample", "an admin")


def test_what_cannot_be_seen_is_not_there_not_even_for_admins() -> None:
    for stranger in (actor(CY), actor(CY, is_admin=True)):
        for change in (EDIT, ARCHIVE):
            with pytest.raises(NotFound):
                permissions.check(stranger, change, HIDDEN, "Ana Sample", sees=False)
