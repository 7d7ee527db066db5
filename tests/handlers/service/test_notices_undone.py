"""Row R12: what is undone before it was told is told to nobody; what was told is told again."""

from bot.orders import Assign, Move, Transfer
from bot.outcome import Done
from bot.project import Letter, Status
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.mailing import MONDAY, delivered, give, staffed, until
from tests.handlers.service.moving import carried_out

NOON = MONDAY.replace(hour=12)


def given(team: Team, letters: str, holder: str, item: str = "data pipeline") -> Done:
    order = Assign(item, tuple(map(Letter, letters)), holder)
    return team.charter.raci.assign(team.actor("ana"), order, HERE)


def undo(team: Team, done: Done, by: str = "ana") -> None:
    team.charter.projects.undo(team.actor(by), done.seq)


def test_r12_a_letter_given_and_undone_at_once_is_told_to_nobody(team: Team) -> None:
    team.atlas()
    done = given(team, "R", "bea")
    team.wait(seconds=20)
    undo(team, done)
    assert until(team, NOON) == []


def test_r12_a_letter_undone_after_it_was_told_is_told_as_gone(team: Team) -> None:
    team.atlas()
    done = given(team, "R", "bea")
    sent = until(team, team.now.replace(minute=team.now.minute + 2))
    assert [one.to for one in sent] == ["bea"]
    undo(team, done)
    again = until(team, NOON.replace(day=24))
    assert [one.to for one in again] == ["bea"]
    assert "no longer responsible for Data pipeline" in again[0].text


def test_r12_a_hand_over_undone_at_once_is_told_to_neither_side(team: Team) -> None:
    staffed(team, accountable="cy", responsible="cy")
    order = Assign("data pipeline", (Letter.A,), "bea", hand_over=True, unasked="agreed")
    done = team.charter.raci.assign(team.actor("ana"), order, HERE)
    undo(team, done)
    assert until(team, NOON.replace(day=24)) == []


def test_r12_only_what_was_undone_is_left_out_of_a_message_that_waits(team: Team) -> None:
    team.atlas()
    give(team, "R", "bea", "annotation")
    done = given(team, "R", "bea")
    give(team, "C", "bea", "rollout")
    team.wait(seconds=5)
    undo(team, given(team, "R", "cy", "rollout"))
    undo(team, done)
    [sent] = until(team, NOON)
    assert sent.to == "bea"
    assert "Annotation" in sent.text
    assert "Roll-out" in sent.text
    assert "Data pipeline" not in sent.text


def test_r12_a_message_that_is_just_being_sent_counts_as_told(team: Team) -> None:
    team.atlas()
    done = given(team, "R", "bea")
    team.wait(minutes=1)
    [parcel] = team.charter.outbox.claim(team.workspace, 10)
    undo(team, done)
    team.charter.outbox.sent(parcel, "1.1", "DBEA")
    team.wait(seconds=2)
    again = until(team, NOON.replace(day=24))
    assert any("no longer responsible for Data pipeline" in one.text for one in again)


def test_r12_who_heard_of_it_hears_of_the_undo_though_another_did_not(team: Team) -> None:
    """The Accountable hears of a blocker at once, also at night; what else there is can wait."""
    staffed(team)
    team.now = MONDAY.replace(hour=22)
    order = Assign("annotation", (Letter.A,), "bea")
    waits = team.charter.raci.assign(team.actor("ana"), order, HERE)
    blocked = moved(team, Status.BLOCKED, "the pipeline burns")
    assert [one.to for one in delivered(team)] == ["bea", "cy"]
    undo(team, waits)
    undo(team, blocked)
    morning = until(team, NOON.replace(day=25))
    assert sorted(one.to for one in morning) == ["bea", "cy"]
    assert all("Data pipeline of Atlas is no longer blocked" in one.text for one in morning)
    assert not any("Annotation" in one.text for one in morning)


def test_r12_a_blocker_undone_before_it_went_out_is_told_to_nobody(team: Team) -> None:
    staffed(team)
    undo(team, moved(team, Status.BLOCKED, "wrong row"))
    assert until(team, NOON.replace(day=24)) == []


def test_r12_all_of_a_transfer_undone_at_once_is_told_to_nobody(team: Team) -> None:
    staffed(team, accountable="bea", responsible="bea")
    give(team, "R", "bea", "annotation")
    until(team, NOON.replace(day=24))
    done = carried_out(team, Transfer("bea", "cy"))
    team.charter.transfers.undo(team.actor("ana"), done.seqs[0], done.seqs[-1])
    assert until(team, NOON.replace(day=25)) == []


def moved(team: Team, status: Status, note: str) -> Done:
    order = Move("data pipeline", status, note)
    return team.charter.stages.move(team.actor("ana"), order, HERE)


def test_r12_who_heard_a_part_of_it_hears_of_the_undo(team: Team) -> None:
    """That it is blocked comes at once, that it is open again with the morning's message."""
    staffed(team)
    moved(team, Status.SKIPPED, "bought instead")
    until(team, NOON)
    team.now = MONDAY.replace(hour=22)
    reopened = moved(team, Status.BLOCKED, "the vendor is gone")
    assert [one.to for one in delivered(team)] == ["bea", "cy"]
    undo(team, reopened)
    morning = until(team, NOON.replace(day=25))
    assert sorted(one.to for one in morning) == ["bea", "cy"]
    assert all("no longer blocked" in one.text for one in morning)
    assert not any("open again" in one.text for one in morning)
