"""Who people are: names elsewhere, and two accounts that turn out to be one person's."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Integer
from sqlmodel import SQLModel

from bot.errors import Forbidden, NotFound, Refused, Why
from bot.orders import Assign, LinkNames, MergePeople, NewProject, SplitPeople, UnlinkNames
from bot.people import Profile
from bot.project import Letter, PersonHolder
from handlers.views.names import told_apart
from storage import audit, merging
from storage.tables import DelegationRow, GrantRow, StandupRow, columns, table_of
from tests.handlers.service.conftest import ELSEWHERE, Team
from tests.support.counting import counted

A, R = Letter.A, Letter.R


def gives(team: Team, first: str, item: str, *letters: Letter) -> None:
    order = Assign(item, letters, first, "Atlas", hand_over=True, unasked="sorted out")
    team.charter.raci.assign(team.actor("ana"), order, ELSEWHERE)


def holders(team: Team, item: str, letter: Letter) -> list[object]:
    shown = team.charter.projects.row(team.actor("ana"), item, "Atlas", ELSEWHERE)
    assert shown.item is not None
    return [held.holder for held in shown.item.assignments if held.letter is letter]


def link(team: Team, first: str, *names: tuple[str, str], by: str = "ana") -> None:
    team.charter.identities.link(team.actor(by), LinkNames(first, names), ELSEWHERE)


def names(team: Team, first: str) -> list[tuple[str, str]]:
    shown = team.charter.identities.shown(team.actor("ana"), first, ELSEWHERE)
    return [(one.kind, one.value) for one in shown.names if one.kind != "slack"]


def is_whole(team: Team) -> None:
    with team.database.read() as session:
        assert audit.verify(session).faults == ()


def test_g5_names_elsewhere_are_said_seen_and_taken_away(team: Team) -> None:
    link(team, "Bea", ("github", "bea-x"), ("mlflow", "root@gpu3"))
    assert names(team, "Bea") == [("github", "bea-x"), ("mlflow", "root@gpu3")]
    with pytest.raises(Refused) as taken:
        link(team, "Cy", ("github", "BEA-X"))
    assert (taken.value.why, taken.value.facts["name"]) == (Why.LOGIN_TAKEN, "Bea Sample")
    order = UnlinkNames("Bea", (("github", ""),))
    done = team.charter.identities.unlink(team.actor("ana"), order, ELSEWHERE)
    assert [(one.before, one.after) for one in done.lines] == [("bea-x", "")]
    assert names(team, "Bea") == [("mlflow", "root@gpu3")]
    back = team.charter.identities.undo(team.actor("ana"), done.seq)
    assert back.undone
    assert ("github", "bea-x") in names(team, "Bea")
    with pytest.raises(Refused):
        team.charter.identities.undo(team.actor("ana"), done.seq)
    is_whole(team)


def test_g5_only_an_admin_says_who_somebody_is_elsewhere(team: Team) -> None:
    with pytest.raises(Forbidden) as refused:
        link(team, "Bea", ("github", "bea-x"), by="bea")
    assert "Ana Sample" in refused.value.who_can
    assert names(team, "Bea") == []


def test_edge_12_letters_follow_and_the_record_shows_one_person(team: Team) -> None:
    team.atlas()
    gives(team, "Bea", "data pipeline", A, R)
    gives(team, "Cy", "data pipeline", R)
    gives(team, "Bea", "data quality", A)
    link(team, "Bea", ("github", "bea-x"))
    bea, cy = team.person("Bea"), team.person("Cy")
    team.wait(hours=1)
    done = team.charter.identities.merge(team.actor("ana"), MergePeople("Bea", "Cy"), ELSEWHERE)
    assert holders(team, "data pipeline", A) == [PersonHolder(cy.id)]
    assert holders(team, "data pipeline", R).count(PersonHolder(cy.id)) == 1
    assert holders(team, "data quality", A) == [PersonHolder(cy.id)]
    assert ("github", "bea-x") in names(team, "Cy")
    known = team.charter.people.known(team.workspace, "UBEA")
    assert known is not None
    assert (known.id, known.name) == (cy.id, "Cy Sample")
    shown = team.charter.projects.shown(team.actor("ana"), "Atlas", ELSEWHERE)
    assert shown.people[bea.id].name == "Cy Sample"
    assert told_apart(shown.people)[cy.id].name == "Cy Sample"
    is_whole(team)

    team.charter.identities.undo(team.actor("ana"), done.seq)
    assert holders(team, "data pipeline", A) == [PersonHolder(bea.id)]
    assert set(holders(team, "data pipeline", R)) >= {PersonHolder(bea.id), PersonHolder(cy.id)}
    assert team.person("Bea").name == "Bea Sample"
    assert ("github", "bea-x") in names(team, "Bea")
    is_whole(team)


def test_edge_12_a_hand_over_between_two_accounts_of_one_person_is_called_off(team: Team) -> None:
    team.atlas()
    gives(team, "Bea", "data pipeline", A)
    offer = Assign("data pipeline", (A,), "Cy Sample", "Atlas", hand_over=True)
    team.charter.raci.assign(team.actor("bea"), offer, ELSEWHERE)
    done = team.charter.identities.merge(team.actor("ana"), MergePeople("Bea", "Cy"), ELSEWHERE)
    shown = team.charter.projects.row(team.actor("ana"), "data pipeline", "Atlas", ELSEWHERE)
    assert shown.item is not None
    assert shown.item.offer is None
    assert holders(team, "data pipeline", A) == [PersonHolder(team.person("Cy").id)]
    is_whole(team)
    team.charter.identities.undo(team.actor("ana"), done.seq)
    assert holders(team, "data pipeline", A) == [PersonHolder(team.person("Bea").id)]
    is_whole(team)


def test_edge_12_an_admin_takes_a_merge_back_however_long_ago(team: Team) -> None:
    team.atlas()
    gives(team, "Bea", "data pipeline", A)
    bea = team.person("Bea")
    ana = team.actor("ana")
    team.charter.identities.merge(ana, MergePeople("Bea", "Cy"), ELSEWHERE)
    shown = team.charter.identities.shown(ana, "Cy", ELSEWHERE)
    assert [one.key for one in shown.merged] == ["bea"]
    team.wait(days=40)
    gives(team, "Ana", "data pipeline", A)
    team.charter.identities.split(ana, SplitPeople("bea"), ELSEWHERE)
    assert team.person("Bea").id == bea.id
    assert holders(team, "data pipeline", A) == [PersonHolder(team.person("Ana").id)]
    with pytest.raises(Refused) as refused:
        team.charter.identities.split(ana, SplitPeople("bea"), ELSEWHERE)
    assert refused.value.why is Why.NOT_MERGED


def test_edge_12_standups_grants_and_delegations_follow_and_none_is_doubled(team: Team) -> None:
    team.atlas()
    bea, cy, ana = (team.person(one) for one in ("Bea", "Cy", "Ana"))
    recorded: dict[str, Any] = {"recorded_at": team.now, "source": "load"}
    day = date(2026, 11, 20)
    with team.database.begin() as session:
        entry: dict[str, Any] = {
            "workspace_id": team.workspace,
            "project_id": 1,
            "state": "posted",
            **recorded,
        }
        for person, on in ((bea, day), (cy, day), (bea, date(2026, 11, 19))):
            session.add(StandupRow(**entry, person_id=person.id, day=on))
        acting: dict[str, Any] = {
            "workspace_id": team.workspace,
            "first_day": day,
            "last_day": day,
            **recorded,
        }
        session.add(DelegationRow(**acting, person_id=bea.id, delegate_id=ana.id))
        session.add(DelegationRow(**acting, person_id=bea.id, delegate_id=cy.id))
        grant: dict[str, Any] = {"project_id": 1, "role": "editor", **recorded}
        for person in (bea, cy):
            session.add(GrantRow(**grant, person_id=person.id))
    team.charter.identities.merge(team.actor("ana"), MergePeople("Bea", "Cy"), ELSEWHERE)
    with team.database.read() as session:
        found = {
            model.__tablename__: [
                tuple(row)
                for row in session.execute(
                    table_of(model)
                    .select()
                    .with_only_columns(*(columns(model)[name] for name in wanted))
                    .order_by(columns(model).id)
                )
            ]
            for model, wanted in (
                (StandupRow, ("person_id", "day")),
                (DelegationRow, ("person_id", "delegate_id")),
                (GrantRow, ("person_id",)),
            )
        }
    assert found["standup_entries"] == [
        (bea.id, day),
        (cy.id, day),
        (cy.id, date(2026, 11, 19)),
    ]
    assert found["delegations"] == [(cy.id, ana.id), (bea.id, cy.id)]
    assert found["grants"] == [(bea.id,), (cy.id,)]


@pytest.mark.parametrize(
    ("old", "into", "why"),
    [
        ("Bea", "Bea", Why.MERGE_SAME),
        ("Bea", "key:dan", Why.MERGE_LEFT),
        ("Bea", "key:build", Why.MERGE_UNLIKE),
    ],
)
def test_what_cannot_be_one_person_is_refused(team: Team, old: str, into: str, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        team.charter.identities.merge(team.actor("ana"), MergePeople(old, into), ELSEWHERE)
    assert refused.value.why is why


@pytest.mark.parametrize("names", [("Bea", "Ana"), ("Ana", "Bea")])
def test_edge_56_an_admin_does_not_become_somebody_by_merging(
    team: Team, names: tuple[str, str]
) -> None:
    secret = NewProject("Cellar", private=True, bind_here=False)
    team.charter.projects.create(team.actor("bea"), secret, ELSEWHERE)
    with pytest.raises(Refused) as refused:
        team.charter.identities.merge(team.actor("ana"), MergePeople(*names), ELSEWHERE)
    assert refused.value.why is Why.MERGE_ONESELF
    assert refused.value.facts == {"name": "Bea Sample"}
    with pytest.raises(NotFound):
        team.charter.projects.shown(team.actor("ana"), "Cellar", ELSEWHERE)


def test_only_an_admin_merges(team: Team) -> None:
    with pytest.raises(Forbidden):
        team.charter.identities.merge(team.actor("bea"), MergePeople("Bea", "Cy"), ELSEWHERE)


def test_every_column_about_people_follows_or_says_who_did_something() -> None:
    """A new table with people in it is thought of, or named as one that is left alone."""
    about = {(table.name, column.name) for table, column in merging.followers()}
    loose = {
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Integer)
        and column.name.endswith(("_id", "_by"))
        and not column.foreign_keys
        and table.name not in merging.KEPT_APART
    }
    known = {("delegations", "project_id"), ("delegations", "ended_by")}
    known |= {("absences", "ended_by")}
    known |= {("decisions", "withdrawn_by"), ("audit_texts", "redacted_by")}
    assert loose - about - known == set()
    assert ("assignments", "person_id") in about
    assert ("offers", "to_id") in about
    assert all(column not in merging.AUTHORS for _, column in about)


def test_merging_asks_as_much_for_one_letter_as_for_many(team: Team) -> None:
    team.atlas()
    ana = team.actor("ana")
    team.charter.people.learned(team.workspace, Profile("UEVE", "Eve Sample", "Eve"))

    def cost(first: str) -> int:
        team.person(first)
        with counted(team.database) as statements:
            team.charter.identities.merge(ana, MergePeople(first, "Eve"), ELSEWHERE)
        return len(statements)

    gives(team, "Bea", "data pipeline", A)
    for item in ("data quality", "annotation", "modelling"):
        gives(team, "Cy", item, A)
    assert abs(cost("Bea") - cost("Cy")) <= 2
