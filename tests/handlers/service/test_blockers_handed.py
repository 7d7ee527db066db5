"""Row T6: a blocker is handed on to somebody else, and stays the same one."""

import pytest

from bot.commands import ShowHistory
from bot.condition import Blocker
from bot.errors import Forbidden, Refused, Why
from bot.orders import Assign, Block, Grant, NewProject
from bot.outcome import Done, Place
from bot.people import Profile
from bot.project import Letter
from bot.rights import Role
from storage.tables import BlockerRow
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.mailing import MONDAY, delivered, give, staffed, until

NOON = MONDAY.replace(hour=12)
LABELS = "no labels yet"
VAULT = Place("C0VAULT", "vault", is_private=True)


def block(team: Team, text: str = LABELS, owner: str | None = None, by: str = "ana") -> Done:
    return team.charter.stages.block(team.actor(by), Block("data pipeline", text, owner), HERE)


def there(team: Team) -> tuple[Blocker, ...]:
    shown = team.charter.projects.row(team.actor("ana"), "data pipeline", None, HERE)
    assert shown.item is not None
    return shown.item.blockers


def test_t6_the_same_blocker_has_another_owner_and_keeps_its_age(team: Team) -> None:
    staffed(team)
    block(team)
    [before] = there(team)
    assert before.owner == team.person("cy").id
    team.wait(days=2)
    done = block(team, "No labels  yet", "<@UBEA>")
    [after] = there(team)
    assert (after.id, after.since, after.text) == (before.id, before.since, before.text)
    assert after.owner == team.person("bea").id
    assert [(line.label, line.before, line.after) for line in done.lines] == [
        ("owner of the blocker “no labels yet”", "Cy Sample", "Bea Sample")
    ]


def test_t6_whose_a_blocker_was_stands_in_the_history_and_comes_back_with_undo(
    team: Team,
) -> None:
    staffed(team)
    block(team)
    done = block(team, LABELS, "<@UBEA>")
    ana = team.actor("ana")
    told = team.charter.raci.history(ana, ShowHistory("data pipeline"), HERE)
    handed = "owner of the blocker “no labels yet”: Cy Sample → Bea Sample"
    assert told.happened[0].what == handed
    undone = team.charter.projects.undo(ana, done.seq)
    assert [(line.before, line.after) for line in undone.lines] == [("Bea Sample", "Cy Sample")]
    [again] = there(team)
    assert again.owner == team.person("cy").id


def test_t6_both_are_told_that_a_blocker_was_handed_on(team: Team) -> None:
    staffed(team, accountable="ana", responsible="cy")
    block(team)
    delivered(team)
    team.now = NOON.replace(day=24)
    block(team, LABELS, "<@UBEA>")
    sent = {one.to: one.text for one in until(team, NOON.replace(day=25))}
    assert (
        "Ana Sample handed on to you what is in the way of Data pipeline of Atlas." in sent["bea"]
    )
    assert "Ana Sample took off you what is in the way of Data pipeline of Atlas." in sent["cy"]
    assert all("“no labels yet”" in text for text in sent.values())
    assert set(sent) == {"bea", "cy"}


def test_t6_that_it_lasts_is_still_told_once_and_names_who_has_it_now(team: Team) -> None:
    staffed(team)
    block(team)
    until(team, NOON.replace(day=27))
    block(team, LABELS, "<@UBEA>")
    with team.database.read() as session:
        row = session.get_one(BlockerRow, there(team)[0].id)
        assert row.escalated_at is not None, "who was told so is not told again"
    later = until(team, NOON.replace(month=12, day=2))
    assert not [one for one in later if "still blocked" in one.text]


@pytest.mark.parametrize(
    ("text", "owner", "why"),
    [
        (LABELS, None, Why.BLOCKED_ALREADY),
        (LABELS, "<@UCY>", Why.BLOCKED_ALREADY),
        (LABELS, "<@UDAN>", Why.OWNER_GONE),
        (LABELS, "<@UBUILD>", Why.OWNER_GONE),
        ("", "<@UBEA>", Why.WHICH_BLOCKER),
    ],
)
def test_t6_what_is_no_handing_on_is_refused(
    team: Team, text: str, owner: str | None, why: Why
) -> None:
    staffed(team)
    block(team)
    block(team, "no export")
    before = there(team)
    with pytest.raises(Refused) as caught:
        block(team, text, owner)
    assert caught.value.why is why
    assert there(team) == before


def test_t6_the_only_blocker_need_not_be_named_in_a_form(team: Team) -> None:
    staffed(team)
    with pytest.raises(Refused) as caught:
        block(team, "", "<@UBEA>")
    assert caught.value.why is Why.NOT_BLOCKED
    block(team)
    block(team, "", "<@UBEA>")
    [after] = there(team)
    assert (after.text, after.owner) == (LABELS, team.person("bea").id)


def test_t6_a_blocker_of_a_private_project_is_for_who_sees_it(team: Team) -> None:
    charter, ana = team.charter, team.actor("ana")
    charter.people.channel_learned(team.workspace, "C0VAULT", "vault", True, False)
    charter.projects.create(ana, NewProject("Vault", private=True), VAULT)
    charter.raci.assign(ana, Assign("rollout", (Letter.R,), "me"), VAULT)
    charter.stages.block(ana, Block("rollout", LABELS), VAULT)
    with pytest.raises(Refused) as caught:
        charter.stages.block(ana, Block("rollout", LABELS, "<@UCY>"), VAULT)
    assert caught.value.why is Why.HOLDER_OUTSIDE


def test_t6_a_guest_hands_nothing_on(team: Team) -> None:
    team.atlas()
    give(team, "R", "cy")
    block(team)
    met = Profile("UGIL", "Gil Sample", "Gil", "Europe/Berlin", is_guest=True)
    team.charter.people.learned(team.workspace, met)
    ana = team.actor("ana")
    team.charter.access.grant(ana, Grant("<@UGIL>", Role.VIEWER), HERE)
    with pytest.raises(Forbidden):
        block(team, LABELS, "<@UBEA>", by="gil")
