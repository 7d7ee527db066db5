"""Of a project that somebody may not know of (any more) they are told nothing; edge case 28."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.errors import NotFound
from bot.orders import Grant, SetPrivacy
from bot.project import Status
from bot.rights import Role
from bot.routing import Event
from storage.tables import PersonRow, columns, table_of
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.mailing import MONDAY, delivered, give, move, staffed, until

DAY = timedelta(days=1)


def hide(team: Team, *readers: str) -> None:
    """Atlas becomes private, for its lead and these."""
    ana = team.actor("ana")
    team.charter.access.set_privacy(ana, SetPrivacy(private=True), HERE)
    for name in readers:
        team.charter.access.grant(ana, Grant(name, Role.EDITOR, "atlas"), HERE)


def test_edge_27_what_waits_is_not_told_to_who_may_not_know_of_it_by_then(team: Team) -> None:
    team.atlas()
    team.now = MONDAY.replace(hour=22)
    give(team, "A", "bea")
    hide(team)
    assert "bea" not in {one.to for one in until(team, MONDAY + 2 * DAY)}
    assert team.charter.reasons.latest(team.actor("bea"), HERE).sent == ()


def test_why_says_nothing_of_what_somebody_may_not_see_any_more(team: Team) -> None:
    staffed(team)
    [before] = team.charter.reasons.latest(team.actor("bea"), HERE).sent
    assert before.tells
    hide(team, "cy")
    assert team.charter.reasons.latest(team.actor("bea"), HERE).sent == ()
    for key in (before.key, "urgent/0/never"):
        with pytest.raises(NotFound) as refused:
            team.charter.reasons.keyed(team.actor("bea"), key, HERE)
        assert (refused.value.what, refused.value.text) == ("message", key)


def test_the_accountable_hears_that_somebody_could_not_be_told(team: Team) -> None:
    staffed(team)
    hide(team, "bea")
    until(team, MONDAY + DAY + timedelta(hours=12))
    move(team, Status.BLOCKED, "no labels")
    assert [one.to for one in delivered(team)] == ["bea"]
    [one] = [one for one in until(team, MONDAY + 3 * DAY) if one.to == "bea"]
    assert "Cy Sample could not be told about Data pipeline of Atlas" in one.text
    told = team.charter.reasons.latest(team.actor("bea"), HERE).sent[0].tells
    assert [each.event for each in told] == [Event.NOT_TOLD]


def test_edge_28_who_gets_no_direct_messages_is_mentioned_in_the_channel(team: Team) -> None:
    staffed(team)
    row = columns(PersonRow)
    with team.database.begin() as session:
        session.execute(
            update(table_of(PersonRow))
            .where(row.id == team.person("cy").id)
            .values(unreachable_since=team.now)
        )
    other = team.replica()
    team.charter = other
    move(team, Status.BLOCKED, "no labels")
    sent = delivered(team)
    assert {one.to for one in sent} == {"bea", "c0atlas"}
    [post] = [one for one in sent if one.to == "c0atlas"]
    assert "For Cy Sample, responsible for Data pipeline." in post.text
    assert post.key.startswith("thread/")
