"""Whose Home a change touches."""

import pytest

from bot.changes import Change, kinds
from bot.home import RELISTING, WIDE, Seen, Stirred

HOME = Seen(id=1, person=7, slack_id="U7", leans=frozenset({10, 11}))
NOBODY: frozenset[int] = frozenset()


def touches(
    *lines: tuple[int | None, str, frozenset[int]],
    sees: frozenset[int] = NOBODY,
    is_admin: bool = False,
) -> bool:
    return Stirred.by(lines).touches(HOME, sees, is_admin=is_admin, in_rooms=False)


def test_a_change_touches_those_whose_home_tells_of_its_project() -> None:
    assert touches((10, "StageMoved", NOBODY))
    assert not touches((12, "StageMoved", NOBODY))


def test_a_change_touches_whom_it_names_wherever_that_is() -> None:
    assert touches((12, "RolesChanged", frozenset({3, 7})))
    assert not touches((12, "RolesChanged", frozenset({3})))
    assert touches((None, "DelegationSet", frozenset({7})))


@pytest.mark.parametrize("kind", ["ProjectCreated", "ArchiveChanged", "PrivacyChanged"])
def test_what_changes_the_list_touches_those_who_see_the_project(kind: str) -> None:
    assert touches((12, kind, NOBODY), sees=frozenset({12}))
    assert not touches((12, kind, NOBODY))
    assert not touches((12, "StageMoved", NOBODY), sees=NOBODY)


def test_what_is_of_no_project_is_for_admins_and_settings_are_for_all() -> None:
    assert touches((None, "PersonAdded", NOBODY), is_admin=True)
    assert not touches((None, "PersonAdded", NOBODY))
    assert touches((None, "SettingChanged", NOBODY))


def test_who_comes_into_a_private_channel_may_see_another_list() -> None:
    rooms = Stirred(rooms=True)
    assert rooms.touches(HOME, (), is_admin=False, in_rooms=True)
    assert not rooms.touches(HOME, (), is_admin=False, in_rooms=False)


def test_the_kinds_that_are_named_are_kinds_of_changes() -> None:
    known = {kind.__name__ for noun in kinds(Change) for kind in kinds(noun)}
    assert {one for one in RELISTING | WIDE if not one.endswith("Loaded")} <= known
