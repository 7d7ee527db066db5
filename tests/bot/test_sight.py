"""Who may know of a project: one rule for people and for channels."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.project import Channel, Project
from bot.rights import Role
from bot.sight import PlainRoom, Sight, admits, admits_in, is_told_in, seen
from handlers.service.known import Known
from tests.bot.support import project
from tests.support.clock import T0

LEAD, MEMBER, GRANTED, INSIDE, OTHER, GUEST, LET_IN = range(1, 8)
OWN = Channel("C1", "vault", is_private=True)
VAULT = replace(
    project(),
    private=True,
    lead=LEAD,
    members=frozenset({MEMBER}),
    grants={GRANTED: Role.VIEWER, LET_IN: Role.EDITOR},
    channels=(OWN, Channel("C2", "open")),
    inside=frozenset({INSIDE, GUEST}),
    guests=frozenset({GUEST, LET_IN}),
)
OPEN = replace(VAULT, private=False)
PEOPLE = st.integers(0, 9)
ROOMS = st.builds(
    PlainRoom, st.sampled_from([None, "C1", "C2", "C3"]), st.booleans(), st.booleans()
)


def known(project: Project, glass: int | None = None) -> Known:
    return Known(
        id=project.id,
        workspace=1,
        key=project.key,
        name=project.name,
        lead=project.lead,
        private=project.private,
        shows_titles=project.shows_titles,
        archived=False,
        version=1,
        members=project.members,
        grants=project.grants,
        glass={glass: T0 + timedelta(hours=1)} if glass is not None else {},
        own_channels=("C1", "C2"),
        spellings=frozenset(),
        names=None,  # type: ignore[arg-type]  # nobody is looked up by name here
        inside=project.inside,
        guests=project.guests,
    )


def test_a3_who_may_know_of_a_private_project() -> None:
    everybody = range(1, 8)
    assert {one for one in everybody if admits(VAULT, one)} == {
        LEAD,
        MEMBER,
        GRANTED,
        INSIDE,
        LET_IN,
    }
    assert not admits(VAULT, None)


def test_a4_a_guest_knows_of_what_they_have_a_role_in() -> None:
    assert [admits(OPEN, one) for one in (OTHER, GUEST, LET_IN, None)] == [True, False, True, True]
    stands_inside = PlainRoom("C1", is_private=True)
    assert not admits_in(VAULT, GUEST, stands_inside)
    assert admits_in(VAULT, OTHER, stands_inside)


def test_a3_where_a_private_project_is_told() -> None:
    rooms = {
        PlainRoom("C1", is_private=True): True,
        PlainRoom("C1", is_private=False): False,
        PlainRoom("C1", is_private=True, is_shared=True): False,
        PlainRoom("C3", is_private=True): False,
        PlainRoom(None, is_private=True): False,
    }
    assert {room: is_told_in(VAULT, room) for room in rooms} == rooms


@given(PEOPLE, ROOMS)
def test_a3_a_private_project_is_known_to_no_more_people_than_a_public_one(
    person: int, room: PlainRoom
) -> None:
    assert admits(OPEN, person) or not admits(VAULT, person)
    assert is_told_in(OPEN, room) or not is_told_in(VAULT, room)
    assert admits_in(VAULT, person, room) or not admits(VAULT, person)


@given(PEOPLE, ROOMS)
def test_a3_a_project_and_what_the_directory_says_of_it_are_seen_alike(
    person: int, room: PlainRoom
) -> None:
    one = known(VAULT)
    assert admits(one, person) == VAULT.visible_to(person)
    assert is_told_in(one, room) == is_told_in(VAULT, room)


def test_edge_56_broken_glass_lets_somebody_look_for_a_while() -> None:
    nowhere = PlainRoom(None, is_private=False)
    one = known(VAULT, glass=OTHER)
    assert seen(one, OTHER, nowhere, T0) is Sight.THROUGH_GLASS
    assert seen(one, LEAD, nowhere, T0) is Sight.PLAIN
    assert seen(one, OTHER, nowhere, T0 + timedelta(hours=1)) is Sight.NOTHING
    assert not Sight.NOTHING
