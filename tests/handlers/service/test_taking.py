"""Who may not have it all the same: a row that is somebody's, a look that became more, a guest."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from bot.cadence import Cadence
from bot.errors import Forbidden, NotFound, Refused, SecondAccountable, Why
from bot.orders import (
    AddItem,
    Assign,
    BreakGlass,
    Clear,
    Delegate,
    Grant,
    NewProject,
    RemoveItem,
    SetDigest,
    SetPrivacy,
    SettleOffer,
)
from bot.outcome import Place
from bot.people import Profile
from bot.project import Letter, OfferState, PersonHolder
from bot.rights import Right, Role
from handlers.service.sample import NAME
from storage import audit
from storage.tables import OutboxRow, PersonRow
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


def test_r8_an_editor_does_not_offer_somebody_elses_row_to_a_third_person(team: Team) -> None:
    team.atlas()
    give(team, "<@UBEA>")
    join(team, "Eve")
    with pytest.raises(Forbidden) as caught:
        give(team, "<@UEVE>", by="cy", hand_over=True)
    assert caught.value.right is Right.ANSWER
    assert caught.value.who_can == ("Ana Sample", "Bea Sample", "an admin")
    assert told(team, "eve") == []
    for by, to in (("cy", "<@UCY>"), ("bea", "<@UEVE>"), ("ana", "<@UEVE>")):
        made = give(team, to, by=by, hand_over=True)
        assert made.item is not None, "asked for, given, proposed by the lead"
        assert made.item.offer is not None, "asked for, given, proposed by the lead"
        team.charter.projects.undo(team.actor(by), made.seq)


def test_r8_an_editor_does_not_take_a_row_by_removing_it(team: Team) -> None:
    team.atlas()
    charter = team.charter
    charter.ladders.add(team.actor("cy"), AddItem("Alerts", parent="data pipeline"), HERE)
    alerts = Assign("alerts", (A,), "<@UBEA>")
    for order in (Assign("data pipeline", (A,), "<@UBEA>"), alerts):
        charter.raci.assign(team.actor("ana"), order, HERE)
    for ref in ("alerts", "data pipeline"):
        with pytest.raises(Forbidden) as caught:
            charter.ladders.remove(team.actor("cy"), RemoveItem(ref), HERE)
        assert caught.value.right is Right.ANSWER
        assert charter.ladders.remove(team.actor("bea"), RemoveItem(ref), HERE).seq
    assert charter.ladders.remove(team.actor("cy"), RemoveItem("annotation"), HERE).seq


def test_r8_what_was_handed_over_unasked_not_everybody_takes_back(team: Team) -> None:
    team.atlas()
    for by in ("bea", "ana"):
        give(team, "<@UBEA>")
        made = give(team, "<@UCY>", hand_over=True, unasked="Bea is off")
        join(team, "Eve")
        with pytest.raises(Forbidden) as caught:
            team.charter.projects.undo(team.actor("eve"), made.seq)
        assert caught.value.who_can == ("Ana Sample", "Cy Sample", "an admin")
        assert team.charter.projects.undo(team.actor(by), made.seq).undone
        assert accountable(team) == [PersonHolder(team.person("bea").id)]
        team.charter.raci.clear(team.actor("ana"), Clear("data_pipeline", (A,)), HERE)


# Somebody from outside


def outsiders(team: Team) -> list[str]:
    with team.database.read() as session:
        found = select(PersonRow.name).where(col(PersonRow.is_outside))
        return list(session.exec(found.order_by(col(PersonRow.id))))


def test_edge_10_of_a_letter_that_is_refused_nobody_from_outside_stays_behind(team: Team) -> None:
    team.atlas()
    give(team, "<@UBEA>")
    for by, hand_over in (("cy", True), ("ana", False)):
        with pytest.raises(Forbidden if hand_over else SecondAccountable):
            give(team, "outside Jo Field of Acme jo@acme.example", by=by, hand_over=hand_over)
    assert outsiders(team) == []
    order = Assign("rollout", (Letter.C,), "outside Jo Field of Acme jo@acme.example")
    done = team.charter.raci.assign(team.actor("cy"), order, HERE)
    assert done.lines[0].after == "Jo Field (Acme)"
    assert outsiders(team) == ["Jo Field"]
    with team.database.read() as session:
        assert audit.verify(session).faults == ()


def test_edge_52_an_address_tells_no_name_from_a_project_out_of_sight(team: Team) -> None:
    team.atlas()
    vault = NewProject("Vault", private=True)
    team.charter.projects.create(team.actor("bea"), vault, ELSEWHERE)
    known = "outside Vera Poe of Label Works v@label.example"
    order = Assign("rollout", (Letter.C,), known, "vault")
    team.charter.raci.assign(team.actor("bea"), order, ELSEWHERE)

    order = Assign("rollout", (Letter.C,), "outside Jo Field of Acme V@label.example", "atlas")
    done = team.charter.raci.assign(team.actor("cy"), order, HERE)
    assert done.lines[0].after == "Jo Field (Acme)"
    order = Assign("rollout", (Letter.I,), "outside Jo Field of Acme v@label.example", "vault")
    done = team.charter.raci.assign(team.actor("bea"), order, ELSEWHERE)
    assert done.lines[0].after == "Vera Poe (Label Works)", "whom Bea knows by that address"


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


def test_a3_the_key_of_a_namesake_does_not_tell_of_what_became_private(team: Team) -> None:
    charter, ana = team.charter, team.actor("ana")
    made = team.atlas()
    done = charter.access.set_privacy(ana, SetPrivacy(private=True), HERE)
    assert done.project.key.startswith("atlas_")
    # What stands in messages with the key of before means it still.
    written = Place("D0ANA", is_direct=True)
    assert charter.projects.shown(ana, made.project.key, written).project.id == made.project.id
    namesake = charter.projects.create(team.actor("cy"), NewProject("Atlas"), ELSEWHERE)
    assert namesake.project.key == made.project.key == "atlas"
    opened = charter.access.set_privacy(ana, SetPrivacy(private=False), HERE)
    assert opened.project.key == done.project.key
    assert charter.projects.undo(ana, opened.seq).project.private


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
    assert (caught.value.why, caught.value.field) == (Why.GUEST_ACCOUNTABLE, "lead")


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


def test_a4_a_guest_learns_nobodys_name_by_asking_who_is_idle_or_who_acts(team: Team) -> None:
    team.atlas()
    give(team, "<@UBEA>")
    join(team, "Gil", is_guest=True)
    gil, charter = team.actor("gil"), team.charter
    with pytest.raises(Forbidden):
        charter.team.idle(gil, HERE)
    for somebody in ("Bea Sampel", "Bea Sample", "<@UBEA>", "<@UNOBODY>"):
        with pytest.raises(Forbidden):
            charter.delegations.shown(gil, somebody, HERE)
    assert charter.delegations.shown(gil, None, HERE).person.name == "Gil Sample"

    charter.access.grant(team.actor("ana"), Grant("<@UGIL>", Role.EDITOR), HERE)
    with pytest.raises(Forbidden):
        charter.delegations.shown(gil, "Sample", HERE)
    assert charter.delegations.shown(gil, "Gil Sample", HERE).person.name == "Gil Sample"


# What an admin sees of it


def test_a3_messages_of_a_private_project_that_were_given_up_count_for_no_admin(team: Team) -> None:
    team.atlas()
    team.charter.projects.create(team.actor("bea"), NewProject("Vault", private=True), ELSEWHERE)
    team.charter.access.grant(team.actor("bea"), Grant("<@UCY>", Role.EDITOR, "vault"), ELSEWHERE)
    for project in ("vault", "atlas"):
        order = Assign("rollout", (A,), "<@UCY>", project)
        team.charter.raci.assign(team.actor("bea"), order, ELSEWHERE)
        team.wait(days=1)
        for parcel in team.charter.outbox.claim(team.workspace, 10):
            team.charter.outbox.give_up(parcel, "gone", refused=True)
        shown = team.charter.undelivered.shown(team.actor("ana"))
        counted = [(held.why, len(held.numbers)) for held in shown.given_up]
        assert counted == ([] if project == "vault" else [("gone", 1)])


def test_edge_56_a_sample_that_was_removed_is_behind_no_glass(team: Team) -> None:
    team.charter.projects.try_sample(team.actor("bea"))
    team.charter.projects.archive(team.actor("bea"), NAME, HERE, archived=True)
    with pytest.raises(NotFound):
        team.charter.access.break_glass(team.actor("ana"), BreakGlass(NAME, "an audit"), HERE)
