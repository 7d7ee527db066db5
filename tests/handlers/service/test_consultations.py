"""Row R12: the Consulted are asked once, by a day, and their silence is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import NotFound, Refused, Why
from bot.orders import AddCriterion, AskResponsible, TickCriterion
from bot.project import Status
from storage.tables import AuditRow, AuditTextRow, ConsultationRow, ScheduleRow, columns
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.mailing import MONDAY, Letters, delivered, give, move, staffed, until

DAY = timedelta(days=1)
NOON = timedelta(hours=12)


@pytest.fixture
def asked(team: Team) -> Team:
    """Cy is consulted on the data pipeline of Bea, which is blocked since Monday morning."""
    staffed(team, "bea", "ana")
    give(team, "C", "cy")
    until(team, MONDAY + NOON)
    move(team, Status.BLOCKED, "the labels are late")
    return team


def rows(team: Team) -> list[ConsultationRow]:
    with team.database.read() as session:
        return list(session.scalars(select(ConsultationRow).order_by(columns(ConsultationRow).id)))


def to(name: str, sent: list[Letters]) -> list[str]:
    return [one.text for one in sent if one.to == name]


def test_r12_the_consulted_are_asked_once_with_a_last_day(asked: Team) -> None:
    [question] = to("cy", until(asked, MONDAY + NOON + timedelta(hours=1)))
    assert "Your input is asked for by 2026-11-26: Data pipeline of Atlas." in question
    assert "What could unblock it?" in question
    assert "Because you are consulted on Data pipeline." in question
    [row] = rows(asked)
    assert (row.occasion, row.due.isoformat(), row.answered_at) == ("blocked", "2026-11-26", None)
    move(asked, Status.IN_PROGRESS)
    move(asked, Status.BLOCKED, "still late")
    assert len(rows(asked)) == 1, "the question of before still waits for them"
    assert to("cy", until(asked, MONDAY + DAY)) == []


def test_r12_before_a_gate_the_consulted_are_asked_once_without_anybody_asking(
    team: Team,
) -> None:
    staffed(team, "bea", "ana")
    give(team, "C", "cy")
    gates, ana = team.charter.gates, team.actor("ana")
    gates.add(ana, AddCriterion("data pipeline", "two people agree"), HERE)
    until(team, MONDAY + NOON)
    move(team, Status.IN_PROGRESS)
    assert rows(team) == [], "the gate asks for something still"
    gates.tick(ana, TickCriterion("data pipeline"), HERE)
    sent = until(team, MONDAY + NOON + timedelta(hours=1))
    [question] = [text for text in to("cy", sent) if "Your input" in text]
    assert "Data pipeline is about to count as done. What speaks against it?" in question
    assert any("Data pipeline of Atlas waits for your approval." in one for one in to("bea", sent))
    [row] = rows(team)
    assert (row.occasion, row.due.isoformat(), row.answered_at) == ("gate", "2026-11-26", None)
    gates.tick(ana, TickCriterion("data pipeline", ticked=False), HERE)
    gates.tick(ana, TickCriterion("data pipeline"), HERE)
    until(team, MONDAY + 5 * DAY)
    [row] = rows(team)
    assert row.silent_at is not None


def test_a_question_waits_for_working_hours_and_does_not_count_as_the_message_of_a_day(
    team: Team,
) -> None:
    staffed(team, "bea", "ana")
    team.now = MONDAY + timedelta(hours=21)
    give(team, "C", "cy")
    move(team, Status.BLOCKED, "no labels")
    assert to("cy", until(team, MONDAY + DAY + timedelta(hours=6))) == []
    morning = to("cy", until(team, MONDAY + DAY + timedelta(hours=8)))
    assert len(morning) == 2
    assert sorted("Your input" in text for text in morning) == [False, True]


def test_r12_an_answer_is_kept_and_told_the_next_morning(asked: Team) -> None:
    until(asked, MONDAY + NOON + timedelta(hours=1))
    cy, service = asked.actor("cy"), asked.charter.consultations
    key = rows(asked)[0].id or 0
    answered = service.answer(cy, key, "Ask the vendor for a sample")
    assert answered.consultation.answer == "Ask the vendor for a sample"
    assert service.asked(cy, key) == answered
    [again] = to("cy", delivered(asked))
    assert "is kept" in again
    [bea] = to("bea", until(asked, MONDAY + 2 * DAY))
    assert "Cy Sample gave input on Data pipeline of Atlas. “Ask the vendor for a sample”" in bea
    with pytest.raises(Refused):
        service.answer(cy, key, "Ask the vendor for a sample")


def test_only_who_was_asked_answers(asked: Team) -> None:
    key = rows(asked)[0].id or 0
    for name in ("ana", "bea"):
        with pytest.raises(NotFound):
            asked.charter.consultations.answer(asked.actor(name), key, "I know better")
        with pytest.raises(NotFound):
            asked.charter.consultations.asked(asked.actor(name), key)


def test_r12_silence_is_recorded_and_told_to_the_accountable(asked: Team) -> None:
    until(asked, MONDAY + 3 * DAY + timedelta(hours=22))
    assert rows(asked)[0].silent_at is None, "it is still the last day in Berlin"
    sent = until(asked, MONDAY + 4 * DAY + NOON)
    [row] = rows(asked)
    assert row.silent_at == MONDAY + 3 * DAY + timedelta(hours=23), "midnight in Berlin"
    [bea] = to("bea", sent)
    assert "Cy Sample said nothing by 2026-11-26 about Data pipeline of Atlas." in bea
    with asked.database.read() as session:
        line = columns(AuditRow)
        actions = session.scalars(select(line.action).where(line.surface == "clock")).all()
        kinds = session.scalars(select(columns(ScheduleRow).kind)).all()
    assert "ConsultationSilent" in actions
    assert "consultations" not in kinds, "nobody is listened for"


def test_who_answers_late_is_heard_all_the_same(asked: Team) -> None:
    until(asked, MONDAY + 5 * DAY)
    key = rows(asked)[0].id or 0
    given = asked.charter.consultations.answer(asked.actor("cy"), key, "better late")
    assert not given.consultation.is_silent


def test_what_is_not_blocked_any_more_needs_no_input(asked: Team) -> None:
    assert len(to("cy", until(asked, MONDAY + NOON + timedelta(hours=1)))) == 1
    move(asked, Status.IN_PROGRESS)
    sent = until(asked, MONDAY + 5 * DAY)
    assert rows(asked)[0].silent_at is not None
    assert not [text for text in to("bea", sent) if "said nothing" in text]


def test_who_was_not_asked_of_what_was_over_by_then_is_asked_when_it_is_blocked_again(
    team: Team,
) -> None:
    staffed(team, "bea", "ana")
    give(team, "C", "cy")
    until(team, MONDAY + timedelta(hours=20))
    move(team, Status.BLOCKED, "no labels")
    move(team, Status.IN_PROGRESS)
    assert not [text for text in to("cy", until(team, MONDAY + DAY + NOON)) if "input" in text]
    assert rows(team) == [], "nobody was asked, so nobody owes an answer"
    move(team, Status.BLOCKED, "no labels again")
    sent = until(team, MONDAY + 8 * DAY)
    [question] = [text for text in to("cy", sent) if "input" in text]
    assert "Your input is asked for by 2026-11-27: Data pipeline of Atlas." in question
    assert len([text for text in to("bea", sent) if "said nothing" in text]) == 1
    with team.database.read() as session:
        told = session.scalars(select(columns(AuditTextRow).summary)).all()
    assert len([one for one in told if "not needed any more" in one]) == 1


def test_who_was_not_asked_before_a_gate_that_was_passed_is_asked_when_it_waits_again(
    team: Team,
) -> None:
    staffed(team, "bea", "ana")
    give(team, "C", "cy")
    gates, ana = team.charter.gates, team.actor("ana")
    gates.add(ana, AddCriterion("data pipeline", "two people agree"), HERE)
    until(team, MONDAY + timedelta(hours=20))
    move(team, Status.IN_PROGRESS)
    gates.tick(ana, TickCriterion("data pipeline"), HERE)
    move(team, Status.SKIPPED, "bought")
    assert not [text for text in to("cy", until(team, MONDAY + DAY + NOON)) if "input" in text]
    move(team, Status.IN_PROGRESS)
    for ticked in (False, True):
        gates.tick(ana, TickCriterion("data pipeline", ticked=ticked), HERE)
    sent = until(team, MONDAY + 2 * DAY)
    assert len([text for text in to("cy", sent) if "What speaks against it?" in text]) == 1


def test_being_asked_makes_nothing_stale_and_can_be_undone_around(asked: Team) -> None:
    with asked.database.read() as session:
        line = columns(AuditRow)
        moved = select(line.seq).where(line.action == "StageMoved")
        seq = session.scalars(moved.order_by(line.seq)).all()[-1]
    done = asked.charter.projects.undo(asked.actor("ana"), seq)
    assert done.item is not None
    assert done.item.status is Status.NOT_STARTED


def test_edge_57_of_an_archived_project_nothing_is_asked_answered_or_found_silent(
    asked: Team,
) -> None:
    until(asked, MONDAY + NOON + timedelta(hours=1))
    archive = asked.charter.projects.archive
    archive(asked.actor("ana"), "atlas", HERE, archived=True)
    assert to("bea", until(asked, MONDAY + 7 * DAY)) == []
    [row] = rows(asked)
    assert row.silent_at is None
    with pytest.raises(Refused) as refused:
        asked.charter.consultations.answer(asked.actor("cy"), row.id or 0, "the vendor is late")
    assert refused.value.why is Why.ARCHIVED
    question = AskResponsible("data pipeline", "Is it late?", "atlas")
    with pytest.raises(Refused) as refused:
        asked.charter.consultations.question(asked.actor("cy"), question, HERE)
    assert refused.value.why is Why.ARCHIVED
    archive(asked.actor("ana"), "atlas", HERE, archived=False)
    [silent] = to("bea", until(asked, MONDAY + 9 * DAY))
    assert "Cy Sample said nothing by 2026-11-26" in silent
