"""Who may not have it all the same: a row that is somebody's, a look that became more, a guest."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from bot.cadence import Cadence
from bot.errors import Forbidden, Refused, Why
from bot.orders import (
    Assign,
    BreakGlass,
    Clear,
    Delegate,
    Grant,
    NewProject,
    SetDigest,
    SetPrivacy,
    SettleOffer,
)
from bot.outcome import Place
from bot.people import Profile
from bot.project import OfferState
from bot.rights import Right, Role
from storage.tables import OutboxRow
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.support import A, accountable, give

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

VAULT = Place("C0VAULT", "vault", is_private=True)
SOON = date(2026, 12, 1)


def join(team: Team, first: str, *, is_guest: bool = False, is_admin: bool = False) -> None:
    name = f"{first} Sample"
    met = Profile(f"U{first.upper()}", name, first, is_guest=is_guest, is_admin=is_admin)
    team.charter.people.learned(team.workspace, met)


def told(team: Team, name: str) -> list[str]:
    """What Charter wants to stand in somebody's direct messages."""
    with team.database.read() as session:
        mine = select(OutboxRow.text).where(OutboxRow.channel == f"U{name.upper()}")
        return list(session.exec(mine.order_by(col(OutboxRow.id))))


# A row that is somebody's


def test_r8_an_editor_does_not_take_a_row_by_clearing_it(team: Team) -> None:
    team.atlas()
    give(team, "<@UBEA>")
    held = accountable(team)
    for order in (Clear("data_pipeline", (A,)), Clear("data_pipeline", (A,), "<@UBEA>")):
        with pytest.raises(Forbidden) as caught:
            team.charter.raci.clear(team.actor("cy"), order, HERE)
        assert caught.value.right is Right.ANSWER
        assert caught.value.who_can == ("Ana Sample", "Bea Sample", "an admin")
    with pytest.raises(Forbidden):
        give(team, "outside Jo Field of Acme", by="cy", hand_over=True)
    assert accountable(team) == held


def test_r8_whoever_answers_for_a_row_clears_it_and_so_does_who_was_made_accountable_by_mistake(
    team: Team,
) -> None:
    team.atlas()
    for by in ("bea", "ana"):
        give(team, "<@UBEA>")
        done = team.charter.raci.clear(team.actor(by), Clear("data_pipeline", (A,)), HERE)
        assert done.lines[0].before == "Bea Sample"
    made = give(team, "<@UBEA>", by="cy")
    assert team.charter.projects.undo(team.actor("cy"), made.seq).undone


# Through broken glass


@pytest.fixture
def vault(team: Team) -> Team:
    """Vault is Bea's alone, with a row on its way to Cy, who sees it; Ana broke the glass."""
    join(team, "Dee")
    charter, bea = team.charter, team.actor("bea")
    charter.people.channel_learned(team.workspace, "C0VAULT", "vault", True, False)
    charter.projects.create(bea, NewProject("Vault", private=True), VAULT)
    charter.access.grant(bea, Grant("<@UCY>", Role.EDITOR), VAULT)
    charter.raci.assign(bea, Assign("rollout", (A,), "me"), VAULT)
    charter.raci.assign(bea, Assign("rollout", (A,), "<@UCY>", hand_over=True), VAULT)
    charter.access.break_glass(team.actor("ana"), BreakGlass("Vault", "an audit"), ELSEWHERE)
    return team


def test_a3_through_broken_glass_nobody_lets_others_act(vault: Team) -> None:
    service, ana = vault.charter.delegations, vault.actor("ana")
    order = Delegate("<@UCY>", SOON, SOON, person="<@UBEA>", project="Vault")
    with pytest.raises(Forbidden) as caught:
        service.set_up(ana, order, ELSEWHERE)
    assert caught.value.who_can == ("Bea Sample",)
    made = service.set_up(vault.actor("bea"), order, VAULT)
    assert made.change.delegate == vault.person("cy").id


def test_a3_through_broken_glass_nobody_calls_off_a_hand_over(vault: Team) -> None:
    order = SettleOffer(OfferState.CANCELLED, "rollout", project="Vault")
    with pytest.raises(Refused) as caught:
        vault.charter.raci.settle(vault.actor("ana"), order, ELSEWHERE)
    assert caught.value.why is Why.NOT_YOUR_OFFER
    assert vault.charter.raci.settle(vault.actor("bea"), order, VAULT).item is not None


# Out of sight


def test_a3_of_a_hand_over_nobody_hears_who_lost_sight_of_the_project(vault: Team) -> None:
    [asked] = told(vault, "cy")
    assert "Vault" in asked
    vault.charter.access.grant(vault.actor("bea"), Grant("<@UCY>", None), VAULT)
    vault.charter.raci.settle(
        vault.actor("bea"), SettleOffer(OfferState.CANCELLED, "rollout"), VAULT
    )
    assert told(vault, "cy") == [asked]


def test_a3_a_persons_own_data_holds_no_message_that_was_withheld_from_them(team: Team) -> None:
    team.atlas()
    give(team, "<@UBEA>")
    ana = team.actor("ana")
    team.charter.access.set_privacy(ana, SetPrivacy(private=True), HERE)
    assert any("Atlas" in text for text in told(team, "bea"))
    assert "Atlas" not in team.charter.personal.export(team.actor("bea"))


# Guests


def test_a4_a_guest_answers_for_nothing_whatever_they_held_before(team: Team) -> None:
    join(team, "Gil")
    team.atlas()
    give(team, "<@UGIL>")
    held = accountable(team)
    join(team, "Gil", is_guest=True)
    team.charter.access.grant(team.actor("ana"), Grant("<@UGIL>", Role.VIEWER), HERE)
    with pytest.raises(Forbidden) as caught:
        team.charter.raci.clear(team.actor("gil"), Clear("data_pipeline", (A,)), HERE)
    assert (caught.value.right, accountable(team)) == (Right.EDIT, held)
    shown = team.charter.access.shown(team.actor("gil"), None, HERE)
    mine = [one for one in shown.standings if one.person == team.person("gil").id]
    assert [one.role for one in mine] == [Role.VIEWER]


def test_a4_no_project_is_led_by_a_guest(team: Team) -> None:
    join(team, "Gil", is_guest=True)
    order = NewProject("Comet", lead="<@UGIL>")
    with pytest.raises(Refused) as caught:
        team.charter.projects.create(team.actor("ana"), order, ELSEWHERE)
    assert caught.value.why is Why.GUEST_ACCOUNTABLE


def test_a4_a_guest_is_shown_no_portfolio_in_a_channel(team: Team) -> None:
    team.atlas()
    join(team, "Gil", is_guest=True)
    service = team.charter.digests
    team.now += timedelta(hours=1)
    assert service.preview(team.actor("cy"), ELSEWHERE).digest is not None
    assert service.preview(team.actor("gil"), ELSEWHERE).digest is None
    service.set(team.actor("cy"), SetDigest(Cadence.DAILY), HERE)
    assert service.shown(team.actor("cy"), HERE).projects == ("Atlas",)
    assert service.shown(team.actor("gil"), HERE).projects == ()
