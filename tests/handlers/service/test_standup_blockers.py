"""Ticks, and blockers that carry over from standup to standup, as use cases."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.errors import Refused, Why
from bot.orders import AnswerStandup, Assign, Block, Judgement, Move
from bot.project import Item, Letter, Status
from bot.rounds import Answered
from bot.standups import Carried, Entry, SaidLine, State, Verdict
from storage import standups
from storage.tables import OutboxRow, StandupRow
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.standup_support import ASKED, REPORTED, TUESDAY, Standup, begun

DONE, BLOCK = 0, 2
DAY = timedelta(days=1)
STILL = "for the 3rd time"


@pytest.fixture
def standup(team: Team) -> Standup:
    """Ana is accountable for Modelling, for which Bea is responsible."""
    made = begun(team)
    order = Assign("modelling", (Letter.A,), "<@UANA>")
    team.charter.raci.assign(team.actor("ana"), order, HERE)
    return made


def ask(standup: Standup, days: int) -> Entry:
    """Bea's standup, so many days after Tuesday."""
    standup.at(ASKED + days * DAY)
    return entry(standup, days)


def entry(standup: Standup, days: int) -> Entry:
    with standup.team.database.read() as session:
        found = standups.of_day(session, standup.project, (TUESDAY + days * DAY).date())
    bea = standup.team.person("bea").id
    return next(one for one in found if one.person == bea)


def say(standup: Standup, of: Entry, *said: str, **more: object) -> Answered:
    order = AnswerStandup(of.id, State.POSTED, said or ("read",), **more)  # type: ignore[arg-type]  # its own fields
    return standup.charter.standups.answer(standup.team.actor("bea"), order)


def judge(key: str, verdict: Verdict, to: str | None = None) -> dict[str, object]:
    return {"judged": (Judgement(key, verdict, to, "hand-1"),)}


def item(standup: Standup, key: str = "modelling") -> Item:
    project = standup.charter.projects.shown(standup.team.actor("ana"), "atlas", HERE).project
    found = project.item(key)
    assert found is not None
    return found


def block(standup: Standup, text: str = "no export", by: str = "bea") -> str:
    order = Block("modelling", text, project="atlas")
    standup.charter.stages.block(standup.team.actor(by), order, HERE)
    return f"blocker/{item(standup).blockers[-1].id}"


def offered(standup: Standup, of: Entry) -> tuple[Carried, ...]:
    drafted = standup.charter.standups.asked(standup.team.actor("bea"), of.id).drafted
    assert drafted is not None
    return drafted.carried


def heard(standup: Standup, name: str) -> list[str]:
    """What letters and clocks want somebody to be told."""
    with standup.team.database.read() as session:
        mine = select(OutboxRow).where(OutboxRow.channel == f"U{name.upper()}")
        rows = session.exec(mine.order_by(col(OutboxRow.id))).all()
    return [row.text for row in rows if row.why]


# Ticks


def test_u6_what_is_ticked_is_told_and_nothing_else(standup: Standup) -> None:
    team = standup.team
    for stage in ("modelling", "rollout"):
        order = Move(stage, Status.IN_PROGRESS, project="atlas")
        team.charter.stages.move(team.actor("bea"), order, HERE)
    today = ask(standup, 0)
    drafted = standup.charter.standups.asked(team.actor("bea"), today.id).drafted
    assert drafted is not None
    assert drafted.draft.done is not None
    rollout, modelling = drafted.draft.done.work
    say(standup, today, "read", ticked=frozenset({(DONE, modelling.key)}))
    told = SaidLine(DONE, "Modelling: not started → in progress", item(standup).id, modelling.key)
    assert entry(standup, 0).said == (SaidLine(DONE, "read"), told)
    standup.at(REPORTED)
    [report] = standup.report()
    assert told.text in report.text
    assert rollout.text not in report.text
    with team.database.read() as session:
        row = session.get(StandupRow, today.id)
        assert row is not None
        assert row.yesterday == f"read\n{told.text}"

    # What somebody does not touch stays, and what they untick goes.
    say(standup, today, "read more", ticked=frozenset({(DONE, rollout.key)}))
    assert [line.evidence for line in entry(standup, 0).said] == ["", rollout.key, modelling.key]
    say(standup, today, "read", unticked=frozenset({(DONE, modelling.key)}))
    assert [line.evidence for line in entry(standup, 0).said] == ["", rollout.key]
    say(standup, today, "read", ticked=frozenset({(DONE, "move/99999")}))
    assert [line.evidence for line in entry(standup, 0).said] == ["", rollout.key]


# Blockers from before


def test_u7_what_is_resolved_is_cleared_and_can_be_undone(standup: Standup) -> None:
    key = block(standup)
    today = ask(standup, 0)
    assert [(one.key, one.age) for one in offered(standup, today)] == [(key, 1)]
    answered = say(standup, today, **judge(key, Verdict.RESOLVED))
    assert (item(standup).status, item(standup).blockers) == (Status.NOT_STARTED, ())
    resolved = SaidLine(DONE, "Resolved: no export", item(standup).id, key)
    assert entry(standup, 0).said == (SaidLine(DONE, "read"), resolved)
    assert offered(standup, today) == ()
    # Said again, it stays so: it is cleared once.
    assert say(standup, today, "read more").moved == ()
    assert entry(standup, 0).said[1] == resolved
    [done] = answered.moved
    assert done.seq is not None
    standup.charter.projects.undo(standup.team.actor("bea"), done.seq)
    assert [f"blocker/{one.id}" for one in item(standup).blockers] == [key]
    assert [one.key for one in offered(standup, today)] == [key]


def test_u7_two_of_one_stage_are_resolved_together(standup: Standup) -> None:
    keys = [block(standup), block(standup, "no disk")]
    today = ask(standup, 0)
    judged = tuple(Judgement(key, Verdict.RESOLVED) for key in keys)
    assert len(say(standup, today, judged=judged).moved) == 2
    assert (item(standup).status, item(standup).blockers) == (Status.NOT_STARTED, ())


def test_u7_what_is_handed_on_keeps_its_age_and_both_sides_hear_of_it(standup: Standup) -> None:
    key = block(standup)
    since = item(standup).blockers[0].since
    today = ask(standup, 0)
    say(standup, today, **judge(key, Verdict.HANDED, "<@UCY>"))
    [one] = item(standup).blockers
    assert (one.owner, one.since) == (standup.team.person("cy").id, since)
    assert entry(standup, 0).said[1].text == "no export (handed on to Cy Sample)"
    assert any("handed on to you" in text for text in heard(standup, "cy"))
    # She raised it, so that she hears of it again; it is not hers to see to any more.
    say(standup, today, "read more")
    assert entry(standup, 0).said[1].text == "no export (handed on to Cy Sample)"
    with pytest.raises(Refused) as caught:
        say(standup, today, **judge(key, Verdict.HANDED, "<@UCY>"))
    assert (caught.value.why, caught.value.field) == (Why.OWNS_IT_ALREADY, "hand-1")


def test_u7_a_form_that_hands_something_on_and_is_sent_twice_does_so_once(
    standup: Standup,
) -> None:
    key = block(standup)
    today = ask(standup, 0)
    handed = judge(key, Verdict.HANDED, "<@UCY>")
    assert len(say(standup, today, **handed).moved) == 1
    assert say(standup, today, **handed).moved == ()
    assert item(standup).blockers[0].owner == standup.team.person("cy").id
    assert entry(standup, 0).said[1].text == "no export (handed on to Cy Sample)"
    assert len([text for text in heard(standup, "cy") if "handed on to you" in text]) == 1


def test_u7_whoever_may_not_see_the_project_is_handed_nothing(team: Team) -> None:
    standup = begun(team)
    key = block(standup)
    today = ask(standup, 0)
    with pytest.raises(Refused) as caught:
        say(standup, today, **judge(key, Verdict.HANDED, "<@UDAN>"))
    assert (caught.value.why, caught.value.field) == (Why.OWNER_GONE, "hand-1")
    assert item(standup).blockers[0].owner == team.person("bea").id
    assert entry(standup, 0).state is State.ASKED


def test_u7_the_third_still_tells_the_accountable_once(standup: Standup) -> None:
    """The fourth tells nobody, nor does its age tell it once more."""
    ask(standup, 0)
    key = block(standup)
    told = []
    for days in (0, 1, 2, 3):
        say(standup, ask(standup, days), **judge(key, Verdict.STILL))
        told.append([text for text in heard(standup, "ana") if STILL in text])
    assert [len(texts) for texts in told] == [0, 0, 1, 1]
    assert "Bea Sample says for the third time" in told[2][0]
    assert "no export (still there, for the 3rd time, 2 working days)" in told[2][0]
    # By now it is so old that its age would be told, had nobody heard of it.
    standup.at(ASKED + 3 * DAY + timedelta(hours=2))
    assert not any("is still blocked" in text for text in heard(standup, "ana"))
    assert entry(standup, 3).said[1].text == (
        "no export (still there, for the 4th time, 3 working days)"
    )


def test_u7_of_two_who_say_that_the_same_is_there_still_the_accountable_hears_once(
    standup: Standup,
) -> None:
    """Cy raised it, and it is Bea's: both are asked about it."""
    ask(standup, 0)
    key, cy = block(standup, by="cy"), standup.team.actor("cy")
    for days in (0, 1, 2, 3):
        say(standup, ask(standup, days), **judge(key, Verdict.STILL))
        theirs = standup.entries(TUESDAY + days * DAY)["cy"].id
        order = AnswerStandup(theirs, State.POSTED, ("read",), **judge(key, Verdict.STILL))  # type: ignore[arg-type]  # its own fields
        standup.charter.standups.answer(cy, order)
        assert standup.entries(TUESDAY + days * DAY)["cy"].carried[0].times == days + 1
    told = [text for text in heard(standup, "ana") if STILL in text]
    assert [text.count(STILL) for text in told] == [1]
    assert "Bea Sample says for the third time" in told[0]


def test_u7_what_was_only_written_is_carried_over_and_told_of_as_well(standup: Standup) -> None:
    say(standup, ask(standup, 0), "", "", "no badge")
    key = f"said/{entry(standup, 0).id}/0"
    for days in (1, 2, 3):
        today = ask(standup, days)
        assert [(one.key, one.age) for one in offered(standup, today)] == [(key, days)]
        say(standup, today, **judge(key, Verdict.STILL))
    # Nobody leads a part of it that it is about: whoever leads the project hears it.
    assert len([text for text in heard(standup, "ana") if STILL in text]) == 1
    standup.at(REPORTED + 3 * DAY)
    [report] = standup.report(TUESDAY + 3 * DAY)
    assert "no badge (still there, for the 3rd time, 3 working days)" in report.text
    today = ask(standup, 6)
    say(standup, today, **judge(key, Verdict.RESOLVED))
    assert offered(standup, ask(standup, 7)) == ()
