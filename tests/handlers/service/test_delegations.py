"""Acting delegates: set, looked at, called off, refused; and what answers say of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from bot.errors import BadInput, Forbidden, Refused, Why
from bot.orders import Assign, Delegate, EndDelegation, NewProject
from bot.outcome import Delegated, Place
from bot.people import Profile
from handlers.views import delegations as views
from storage.tables import OutboxRow
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.support import A, R, give

FIRST, LAST = date(2027, 8, 3), date(2027, 8, 14)
SECRET = Place("C0SECRET", "secret", is_private=True)


@pytest.fixture(autouse=True)
def eve_and_letters(team: Team) -> None:
    team.charter.people.learned(team.workspace, Profile("UEVE", "Eve Sample", "Eve"))
    team.atlas()
    give(team, "<@UBEA>")
    team.now = datetime(2027, 8, 1, 12, tzinfo=UTC)


def delegate(
    team: Team,
    holder: str = "<@UCY>",
    *,
    by: str = "bea",
    person: str | None = None,
    first: date = FIRST,
    last: date = LAST,
    project: str | None = None,
) -> Delegated:
    order = Delegate(holder, first, last, person, project)
    return team.charter.delegations.set_up(team.actor(by), order, HERE)


def refused(team: Team, holder: str = "<@UCY>", **more: object) -> Why:
    with pytest.raises((Refused, BadInput)) as caught:
        delegate(team, holder, **more)  # type: ignore[arg-type] # any of its parameters
    assert isinstance(caught.value, Refused | BadInput)
    return caught.value.why


def ask(team: Team, question: str = "who owns the data pipeline in Atlas?") -> str:
    return team.charter.questions.ask(team.actor("ana"), question, HERE).text


def test_r9_who_acts_is_named_for_as_long_as_they_act(team: Team) -> None:
    delegate(team)
    assert ask(team).startswith("Bea Sample is accountable")
    team.now = datetime(2027, 8, 5, 9, tzinfo=UTC)
    said = "Cy Sample (acting until 2027-08-14; owner Bea Sample)"
    assert ask(team).startswith(said)
    shown = team.charter.projects.row(team.actor("ana"), "data pipeline", "Atlas", HERE)
    acts = shown.acting[team.person("bea").id]
    assert (acts.delegate, acts.until) == (team.person("cy").id, LAST)
    # In Berlin, where Bea lives, the last day ends at ten in the evening of UTC.
    team.now = datetime(2027, 8, 14, 21, 59, tzinfo=UTC)
    assert ask(team).startswith(said)
    team.now = datetime(2027, 8, 14, 22, 1, tzinfo=UTC)
    assert ask(team).startswith("Bea Sample is accountable")


def test_r9_in_one_project_alone(team: Team) -> None:
    team.charter.projects.create(team.actor("ana"), NewProject("Borealis", bind_here=False), HERE)
    order = Assign("data pipeline", (A,), "<@UBEA>", "Borealis")
    team.charter.raci.assign(team.actor("ana"), order, HERE)
    delegate(team, project="Atlas")
    delegate(team, "<@UEVE>")
    team.now = datetime(2027, 8, 5, 9, tzinfo=UTC)
    assert ask(team).startswith("Cy Sample (acting")
    question = "who owns the data pipeline in Borealis?"
    assert (
        "Eve Sample (acting" in team.charter.questions.ask(team.actor("ana"), question, HERE).text
    )


def test_r9_called_off_and_set_again_on_the_same_day(team: Team) -> None:
    delegate(team)
    team.now = datetime(2027, 8, 5, 9, tzinfo=UTC)
    team.charter.delegations.end(team.actor("bea"), EndDelegation(), HERE)
    assert ask(team).startswith("Bea Sample is accountable")
    delegate(team)
    assert ask(team).startswith("Cy Sample (acting")
    with pytest.raises(Refused) as caught:
        team.charter.delegations.end(team.actor("cy"), EndDelegation(), HERE)
    assert caught.value.why is Why.NO_DELEGATE


def test_r9_called_off_is_every_period_of_the_same_two(team: Team) -> None:
    delegate(team)
    later = date(2027, 9, 1), date(2027, 9, 5)
    delegate(team, first=later[0], last=later[1], project="Atlas")
    done = team.charter.delegations.end(team.actor("bea"), EndDelegation(), HERE)
    said = views.delegated(done)
    assert said.text.splitlines()[:2] == [
        "Cy Sample no longer acts for Bea Sample (2027-08-03 to 2027-08-14).",
        "Cy Sample no longer acts for Bea Sample in Atlas (2027-09-01 to 2027-09-05).",
    ]
    assert "Undo 2027-09-01 to 2027-09-05" in str(said.blocks)
    assert team.charter.delegations.shown(team.actor("bea"), None, HERE).delegations == ()


def test_r9_for_others_it_takes_an_admin_or_the_lead(team: Team) -> None:
    team.charter.projects.create(team.actor("cy"), NewProject("Borealis", bind_here=False), HERE)
    with pytest.raises(Forbidden):
        delegate(team, "<@UEVE>", by="cy", person="<@UBEA>")
    with pytest.raises(Forbidden) as caught:
        delegate(team, "<@UEVE>", by="cy", person="<@UBEA>", project="Atlas")
    assert "Ana Sample" in caught.value.who_can
    delegate(team, "<@UEVE>", by="cy", person="<@UBEA>", project="Borealis")
    delegate(team, "<@UEVE>", by="ana", person="<@UBEA>")
    shown = team.charter.delegations.shown(team.actor("bea"), None, HERE)
    assert [one.delegate for one in shown.delegations] == [team.person("eve").id] * 2


def test_r9_what_is_refused(team: Team) -> None:
    assert refused(team, "<@UBEA>") is Why.DELEGATE_SELF
    assert refused(team, "<@UBUILD>") is Why.HOLDER_IS_BOT
    assert refused(team, "<@UDAN>") is Why.HOLDER_LEFT
    assert refused(team, first=LAST, last=FIRST) is Why.BAD_PERIOD
    assert refused(team, first=date(2027, 7, 1), last=date(2027, 7, 31)) is Why.PAST_DATE
    delegate(team)
    assert refused(team, "<@UEVE>", first=LAST, last=LAST + timedelta(days=9)) is Why.DELEGATED
    delegate(team, "<@UEVE>", first=LAST + timedelta(days=1), last=LAST + timedelta(days=9))


def test_edge_7_a_loop_names_the_owner_and_the_loop(team: Team) -> None:
    delegate(team)
    delegate(team, "<@UBEA>", by="cy")
    team.now = datetime(2027, 8, 5, 9, tzinfo=UTC)
    assert ask(team).startswith("Bea Sample (delegation loop) is accountable")


def test_edge_7_a_chain_is_followed(team: Team) -> None:
    delegate(team)
    delegate(team, "<@UEVE>", by="cy", last=LAST - timedelta(days=2))
    team.now = datetime(2027, 8, 5, 9, tzinfo=UTC)
    assert ask(team).startswith("Eve Sample (acting until 2027-08-12; owner Bea Sample)")


def test_edge_8_a_delegate_who_may_not_see_the_project_is_refused(team: Team) -> None:
    new = NewProject("Comet", private=True, bind_here=False)
    team.charter.projects.create(team.actor("bea"), new, HERE)
    team.charter.raci.assign(team.actor("bea"), Assign("rollout", (R,), "me", "Comet"), HERE)
    with pytest.raises(Refused) as caught:
        delegate(team)
    assert caught.value.why is Why.DELEGATE_BLIND
    assert dict(caught.value.facts) == {"name": "Cy Sample", "project": "Comet"}
    delegate(team, project="Atlas")
    # An admin who may not know of it either learns nothing of it by the answer.
    delegate(team, by="ana", person="<@UBEA>", first=LAST + timedelta(1), last=LAST + timedelta(2))


def test_edge_26_a_long_leave_overlaps_a_hand_over(team: Team) -> None:
    give(team, "<@UEVE>", by="bea", hand_over=True)
    delegate(team)
    team.now = datetime(2027, 8, 5, 9, tzinfo=UTC)
    said = ask(team)
    assert said.startswith(
        "Cy Sample (acting until 2027-08-14; owner Bea Sample; hand-over to Eve Sample offered 3 d "
        "ago)"
    )
    # Who is away has time to answer: once back they are told again, and it is over long after.
    delegate(team, "<@UCY>", by="eve")
    passed(team, days=9)
    assert asked(team, "eve") == 1
    passed(team, days=2)
    assert asked(team, "eve") == 2
    assert "hand-over to Eve Sample offered" in ask(team)


def passed(team: Team, *, days: int) -> None:
    for _ in range(days * 24):
        team.wait(hours=1)
        team.charter.timers.run_due(team.workspace)


def asked(team: Team, name: str) -> int:
    """How often somebody was asked whether they take something over."""
    with team.database.read() as session:
        mine = select(OutboxRow.text).where(OutboxRow.channel == f"U{name.upper()}")
        return sum("Until you accept" in text for text in session.exec(mine))
