"""Who leaves Slack leaves vacant seats behind, told to one person; who is back is offered them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import Refused, Why
from bot.orders import Assign, Delegate, Grant, Move, NewProject
from bot.people import Profile
from bot.project import Letter, PersonHolder, Status, Vacancy
from bot.rights import Role
from handlers.views import leaving as views
from storage import audit
from storage.tables import AuditRow, AuditTextRow, OutboxRow, columns, table_of
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.support.counting import counted

A, R, C = Letter.A, Letter.R, Letter.C
PROJECTS = ("Atlas", "Borealis", "Cirrus")


def profile(team: Team, first: str, *, deleted: bool) -> Profile:
    person = team.person(first)
    return Profile(person.slack_id or "", person.name, first, person.timezone, deleted=deleted)


def leaves(team: Team, first: str) -> None:
    team.wait(hours=1)
    team.charter.people.learned(team.workspace, profile(team, first, deleted=True))


def comes_back(team: Team, first: str) -> None:
    team.wait(hours=1)
    team.charter.people.learned(team.workspace, profile(team, first, deleted=False))


def gives(team: Team, first: str, item: str, *letters: Letter, project: str = "Atlas") -> None:
    order = Assign(item, letters, first, project, hand_over=True)
    team.charter.raci.assign(team.actor("ana"), order, ELSEWHERE)


def holders(team: Team, item: str, letter: Letter, project: str = "Atlas") -> list[object]:
    shown = team.charter.projects.row(team.actor("ana"), item, project, ELSEWHERE)
    assert shown.item is not None
    return [held.holder for held in shown.item.assignments if held.letter is letter]


def told(team: Team) -> list[tuple[str, str]]:
    """What is told of those who left or are back: to whom, and the words."""
    with team.database.read() as session:
        row = columns(OutboxRow)
        mine = row.key.startswith("ask/person_")
        found = session.execute(select(row.channel, row.text).where(mine).order_by(row.id))
        return [(channel, text) for channel, text in found]


def lines(team: Team, action: str) -> list[tuple[str, str]]:
    """The record's lines of an action: summary and reason."""
    with team.database.read() as session:
        asked = (
            select(columns(AuditTextRow).summary, columns(AuditTextRow).change)
            .join(table_of(AuditRow), columns(AuditRow).id == columns(AuditTextRow).audit_id)
            .where(columns(AuditRow).action == action)
            .order_by(columns(AuditRow).seq)
        )
        return [
            (summary, json.loads(change).get("reason", ""))
            for summary, change in session.execute(asked)
        ]


def test_a5_the_letters_of_who_was_deactivated_become_vacant_seats(team: Team) -> None:
    team.atlas()
    gives(team, "Bea", "data pipeline", A, R)
    leaves(team, "Bea")
    bea = team.person("Bea")
    assert (bea.active, bea.left_on) == (False, team.now.date())
    [vacant] = holders(team, "data pipeline", A)
    assert isinstance(vacant, Vacancy)
    assert vacant.was == bea.id
    shown = team.charter.projects.row(team.actor("ana"), "data pipeline", "Atlas", ELSEWHERE)
    assert shown.item is not None
    last = shown.item.last_accountable
    assert last is not None
    assert (last.holder, last.until) == (PersonHolder(bea.id), team.now)
    letters = [line for line in lines(team, "RolesChanged") if "was Bea Sample" in line[0]]
    assert letters == [
        ("accountable: Bea Sample → vacant (role open, was Bea Sample)", "deactivated in Slack"),
        ("responsible: Bea Sample → vacant (role open, was Bea Sample)", "deactivated in Slack"),
    ]
    with team.database.read() as session:
        assert audit.verify(session).faults == ()


def test_edge_8_a_vacant_seat_goes_to_nobody_who_could_not_see_it(team: Team) -> None:
    team.atlas(private=True)
    ana = team.actor("ana")
    let_in = Grant("Bea Sample", Role.EDITOR, "atlas")
    team.charter.access.grant(ana, let_in, ELSEWHERE)
    gives(team, "Bea", "data pipeline", R)
    leaves(team, "Bea")
    [seat] = team.charter.leaving.vacant(ana, "bea").seats
    with pytest.raises(Refused) as refused:
        team.charter.leaving.fill(ana, "bea", [seat.held.id], "Cy")
    assert refused.value.why is Why.HOLDER_OUTSIDE
    comes_back(team, "Bea")
    team.charter.access.grant(ana, replace(let_in, role=None), ELSEWHERE)
    with pytest.raises(Refused) as refused:
        team.charter.leaving.give_back(ana, "bea")
    assert refused.value.why is Why.HOLDER_OUTSIDE


def test_a5_who_leaves_acts_for_nobody_any_more_and_nobody_for_them(team: Team) -> None:
    team.atlas()
    charter, today = team.charter, team.now.date()
    for by, holder, first, last in (
        ("Cy", "Bea", 0, 3),  # under way
        ("Ana", "Bea", 5, 9),  # to come
        ("Bea", "Ana", 0, 3),
        ("Cy", "Ana", 4, 5),  # of others
    ):
        days = today + timedelta(first), today + timedelta(last)
        charter.delegations.set_up(team.actor(by), Delegate(f"<@U{holder.upper()}>", *days), HERE)
    leaves(team, "Bea")
    ended = [reason for _summary, reason in lines(team, "DelegationEnded")]
    assert ended == ["deactivated in Slack"] * 3
    ana, cy = team.actor("Ana"), team.actor("Cy")
    [left] = charter.delegations.shown(cy, None, HERE).delegations
    assert (left.person, left.delegate) == (cy.person_id, ana.person_id)
    assert charter.delegations.shown(ana, None, HERE).delegations == (left,)
    with team.database.read() as session:
        row = columns(OutboxRow)
        mine = row.key.startswith("delegation/") & row.key.endswith("/left")
        said = dict(session.execute(select(row.channel, row.text).where(mine)).all())
        assert audit.verify(session).faults == ()
    assert said.keys() == {"UANA", "UCY"}
    assert said["UCY"].startswith("Bea Sample has left, and does not act for you any more")
    comes_back(team, "Bea")
    assert charter.delegations.shown(ana, None, HERE).delegations == (left,)


def test_edge_24_a_missed_event_is_made_good_by_the_reconcile(team: Team) -> None:
    team.atlas()
    gives(team, "Bea", "data pipeline", A)
    everyone = [profile(team, one, deleted=one == "Bea") for one in ("Ana", "Bea", "Cy")]
    stranger = Profile("UNEW", "New Sample", "New")
    team.charter.people.kept(team.workspace, [*everyone, stranger], meets=False)
    assert not team.person("Bea").active
    assert [channel for channel, _ in told(team)] == ["UANA"]
    assert team.charter.people.known(team.workspace, "UNEW") is None
    team.charter.people.kept(team.workspace, everyone, meets=False)
    assert len(told(team)) == 1


def test_edge_15_one_alert_and_not_forty_when_the_only_person_leaves(team: Team) -> None:
    for name in PROJECTS:
        team.charter.projects.create(team.actor("ana"), NewProject(name), ELSEWHERE)
        for item in ("data pipeline", "data quality", "rollout"):
            gives(team, "Bea", item, A, R, project=name)
    leaves(team, "Bea")
    [(channel, text)] = told(team)
    assert channel == "UANA"
    assert "Bea Sample was deactivated in Slack. 18 seats are vacant now:" in text
    assert "Cirrus, Roll-out" in text
    assert "because you lead Atlas, Borealis, Cirrus" in text


def test_edge_15_the_seats_are_filled_in_one_go(team: Team) -> None:
    team.atlas()
    for item in ("data pipeline", "data quality"):
        gives(team, "Bea", item, A, R)
    leaves(team, "Bea")
    circle = team.charter.leaving.vacant(team.actor("ana"), "bea")
    chosen = [seat.held.id for seat in circle.seats]
    assert len(chosen) == 4
    gives(team, "Cy", "data quality", A)
    done = team.charter.leaving.fill(team.actor("ana"), "bea", chosen, "Cy")
    assert (len(done.seats), done.late, done.person.name) == (3, 1, "Cy Sample")
    cy = PersonHolder(team.person("Cy").id)
    assert holders(team, "data pipeline", A) == [cy]
    assert cy in holders(team, "data quality", R)
    with pytest.raises(Refused) as refused:
        team.charter.leaving.vacant(team.actor("ana"), "bea")
    assert refused.value.why is Why.SEATS_FILLED


def test_each_lead_gets_one_list_of_their_own_projects(team: Team) -> None:
    team.atlas()
    team.charter.projects.create(team.actor("cy"), NewProject("Borealis"), ELSEWHERE)
    team.charter.projects.create(team.actor("bea"), NewProject("Cirrus"), ELSEWHERE)
    gives(team, "Bea", "data pipeline", A)
    gives(team, "Bea", "data pipeline", A, project="Borealis")
    leaves(team, "Bea")
    messages = dict(told(team))
    assert set(messages) == {"UANA", "UCY"}
    assert "Borealis" in messages["UCY"]
    assert "Atlas" not in messages["UCY"]
    assert "Cirrus" not in messages["UCY"]
    with pytest.raises(Refused):
        team.charter.leaving.fill(team.actor("cy"), "bea", _numbers(team, "ana"), "Cy")


def test_a5_seats_that_were_filled_are_vacant_again_by_one_undo(team: Team) -> None:
    team.atlas()
    ana = team.actor("ana")
    for item in ("data pipeline", "data quality"):
        gives(team, "Bea", item, A)
    leaves(team, "Bea")
    before = _numbers(team, "ana")
    done = team.charter.leaving.fill(ana, "bea", before, "Cy")
    said = json.dumps(views.filled(done, "Ana Sample").blocks)
    assert "together.undo" in said
    cy = PersonHolder(team.person("cy").id)
    assert holders(team, "data pipeline", A) == holders(team, "data quality", A) == [cy]
    team.wait(minutes=9)
    team.charter.transfers.undo(ana, min(done.seqs), max(done.seqs))
    assert _numbers(team, "ana") == before
    assert all(isinstance(one, Vacancy) for one in holders(team, "data pipeline", A))


def _numbers(team: Team, keeper: str) -> Sequence[int]:
    circle = team.charter.leaving.vacant(team.actor(keeper), "bea")
    return [seat.held.id for seat in circle.seats]


def test_a5_seats_that_nobody_has_to_take_any_more_are_vacant_and_not_told(team: Team) -> None:
    team.atlas()
    for item in ("data pipeline", "annotation", "rollout"):
        gives(team, "Bea", item, A)
    for order in (
        Move("data pipeline", Status.DONE),
        Move("annotation", Status.SKIPPED, "not needed"),
    ):
        team.charter.stages.move(team.actor("ana"), order, HERE)
    leaves(team, "Bea")
    [(_, text)] = told(team)
    assert "1 seat is vacant now" in text
    assert "Roll-out" in text
    assert "Data pipeline" not in text
    assert "Annotation" not in text
    seat = holders(team, "data pipeline", A)
    assert [isinstance(one, Vacancy) for one in seat] == [True]


def test_an_admin_is_told_of_projects_without_a_lead_but_never_of_private_ones(
    team: Team,
) -> None:
    team.charter.projects.create(team.actor("bea"), NewProject("Borealis"), ELSEWHERE)
    team.charter.projects.create(team.actor("bea"), NewProject("Dusk", private=True), ELSEWHERE)
    order = Assign("data pipeline", (A,), "Bea", "Dusk", hand_over=True)
    team.charter.raci.assign(team.actor("bea"), order, ELSEWHERE)
    gives(team, "Bea", "data pipeline", A, project="Borealis")
    leaves(team, "Bea")
    [(channel, text)] = told(team)
    assert channel == "UANA"
    assert "because nobody else leads these projects" in text
    assert "Dusk" not in text


def test_edge_25_who_is_back_is_offered_what_is_vacant_still(team: Team) -> None:
    team.atlas()
    gives(team, "Bea", "data pipeline", A)
    gives(team, "Bea", "data quality", A)
    leaves(team, "Bea")
    gives(team, "Cy", "data quality", A)
    comes_back(team, "Bea")
    assert team.person("Bea").left_on is None
    channel, text = told(team)[-1]
    assert channel == "UANA"
    assert "Bea Sample is back in Slack. 1 seat of theirs" in text
    done = team.charter.leaving.give_back(team.actor("ana"), "bea")
    assert [seat.item.key for seat in done.seats] == ["data_pipeline"]
    assert holders(team, "data pipeline", A) == [PersonHolder(team.person("Bea").id)]
    assert holders(team, "data quality", A) == [PersonHolder(team.person("Cy").id)]
    with pytest.raises(Refused):
        team.charter.leaving.give_back(team.actor("ana"), "bea")


def test_who_comes_back_to_nothing_vacant_bothers_nobody(team: Team) -> None:
    team.atlas()
    leaves(team, "Bea")
    comes_back(team, "Bea")
    assert told(team) == []


def test_somebody_who_is_gone_gets_nothing_back(team: Team) -> None:
    team.atlas()
    gives(team, "Bea", "data pipeline", A)
    leaves(team, "Bea")
    with pytest.raises(Refused) as refused:
        team.charter.leaving.give_back(team.actor("ana"), "bea")
    assert refused.value.why is Why.HOLDER_LEFT


def test_a5_a_rename_a_title_and_a_guest_are_kept_and_the_zone_outlives_the_account(
    team: Team,
) -> None:
    bea = profile(team, "Bea", deleted=False)
    renamed = replace(
        bea, name="Bea Moss", title="Analyst", is_guest=True, email="bea@acme.example"
    )
    team.charter.people.learned(team.workspace, renamed)
    known = team.charter.people.known(team.workspace, "UBEA")
    assert known is not None
    assert (known.name, known.job_title, known.is_guest) == ("Bea Moss", "Analyst", True)
    assert known.email == "bea@acme.example"
    team.charter.people.learned(team.workspace, replace(renamed, timezone="UTC", deleted=True))
    gone = team.charter.people.known(team.workspace, "UBEA")
    assert gone is not None
    assert gone.timezone == "Europe/Berlin"


def test_an_address_that_is_somebodys_already_stays_theirs(team: Team) -> None:
    for first in ("Bea", "Cy"):
        shared = replace(profile(team, first, deleted=False), email="team@acme.example")
        team.charter.people.learned(team.workspace, shared)
    assert (team.person("Bea").email, team.person("Cy").email) == ("team@acme.example", None)


def test_leaving_costs_as_many_statements_for_one_letter_as_for_many(team: Team) -> None:
    def cost(first: str) -> int:
        team.person(first)  # whatever was read before is renewed
        with counted(team.database) as statements:
            leaves(team, first)
        return len(statements)

    team.atlas()
    gives(team, "Bea", "data pipeline", A)
    for item in ("data quality", "annotation", "modelling", "rollout"):
        gives(team, "Cy", item, A, R, C)
    assert cost("Bea") == cost("Cy")


def test_edge_9_an_offer_of_who_leaves_is_called_off_and_the_row_vacant(team: Team) -> None:
    team.atlas()
    gives(team, "Bea", "data pipeline", A)
    order = Assign("data pipeline", (A,), "Cy", "Atlas", hand_over=True)
    team.charter.raci.assign(team.actor("bea"), order, ELSEWHERE)
    leaves(team, "Bea")
    shown = team.charter.projects.row(team.actor("ana"), "data pipeline", "Atlas", ELSEWHERE)
    assert shown.item is not None
    assert shown.item.offer is None
    [vacant] = holders(team, "data pipeline", A)
    assert isinstance(vacant, Vacancy)
    [(offer, _)] = lines(team, "HandOverSettled")
    assert offer == "hand-over: Bea Sample to Cy Sample → called off"
    assert ("accountable: Bea Sample → vacant (role open, was Bea Sample)") in [
        summary for summary, _ in lines(team, "RolesChanged")
    ]
