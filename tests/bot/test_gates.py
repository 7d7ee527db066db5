"""Gates: what must be so before a stage is done, and who said that it is."""

from dataclasses import replace

import pytest

from bot import deciding
from bot.changes import Change, CriterionChanged, MetricChanged, StageMoved, TickChanged
from bot.errors import BadInput, GateClosed, NotFound, Refused, Why
from bot.gates import USUAL, Check, Criterion, Gate, Knows, Tick, checks, lacking
from bot.project import (
    Call,
    Item,
    Kind,
    Letter,
    Metric,
    PersonHolder,
    Project,
    Scope,
    Status,
    Verdict,
)
from bot.routing import Event, happenings
from bot.routing.gates import may_open, opened
from tests.bot.support import ANA, BEA, PEOPLE, held
from tests.support.clock import T0

RECALL = Metric("Recall", (), True, "", None, 0.9, None, None)
IDEA = Item(1, "idea", Kind.STAGE, "Feature choice", status=Status.DONE)
FRAMING = Item(
    2, "framing", Kind.STAGE, "Problem framing", assignments=(held(Letter.A, PersonHolder(ANA)),)
)
ROLLOUT = Item(3, "rollout", Kind.STAGE, "Roll-out")
METRICS = Item(4, "metrics", Kind.STAGE, "Success metrics")
ATLAS = Project(3, "atlas", "Atlas", lead=ANA, items=(IDEA, FRAMING, ROLLOUT, METRICS))
AIMED = replace(ATLAS, scope=Scope(metrics=(RECALL,)))
NOTHING = Gate()
APPROVED = Tick("approved", ANA, T0)


def missing(project: Project, item: Item, gate: Gate = NOTHING) -> list[str]:
    return [one.criterion.key for one in lacking(checks(project, item, gate))]


def test_t3_framing_needs_a_target_and_a_tick() -> None:
    assert missing(ATLAS, FRAMING) == ["target", "approved"]
    assert missing(AIMED, FRAMING) == ["approved"]
    assert missing(AIMED, FRAMING, Gate(ticks=(APPROVED,))) == []
    for call, lack in ((Call.NO_GO, ["verdict"]), (Call.GO, [])):
        scope = replace(AIMED.scope, verdict=Verdict(call, "it pays", ANA, T0))
        assert missing(replace(AIMED, scope=scope), FRAMING, Gate(ticks=(APPROVED,))) == lack


def test_t3_other_stages_have_a_gate_only_where_it_matters() -> None:
    assert {stage: [one.knows for one in usual] for stage, usual in USUAL.items()} == {
        "framing": [Knows.TARGET, Knows.VERDICT, Knows.TICK],
        "rollout": [Knows.EARLIER, Knows.TICK],
        "metrics": [Knows.MEASURED],
    }
    assert missing(ATLAS, IDEA) == []
    assert missing(AIMED, METRICS) == ["measured"]
    measured = replace(AIMED, scope=Scope(metrics=(replace(RECALL, baseline=0.5),)))
    assert missing(measured, METRICS) == []
    assert missing(ATLAS, ROLLOUT) == ["earlier", "approved"]
    skipped = replace(ATLAS, items=(IDEA, replace(FRAMING, status=Status.SKIPPED), ROLLOUT))
    assert missing(skipped, ROLLOUT) == ["approved"]


def test_t3_a_closed_gate_says_what_is_missing() -> None:
    with pytest.raises(GateClosed) as caught:
        done(AIMED)
    assert caught.value.missing == (("approved", "approved by whoever is accountable"),)
    assert caught.value.by_hand == {"approved"}
    with pytest.raises(BadInput) as unsaid:
        done(AIMED, override=True)
    assert unsaid.value.why is Why.OVERRIDE_REASON
    with pytest.raises(GateClosed) as barred:
        done(AIMED, may_tick=False)
    assert barred.value.missing == caught.value.missing
    assert barred.value.by_hand == frozenset()
    passed = done(AIMED, "the pilot is over", override=True)
    assert passed.passed == ("approved by whoever is accountable",)
    assert passed.note == "passed without: approved by whoever is accountable. the pilot is over"
    assert done(AIMED, gate=Gate(ticks=(APPROVED,))).passed == ()


def done(
    project: Project,
    note: str | None = None,
    gate: Gate = NOTHING,
    *,
    override: bool = False,
    may_tick: bool = True,
) -> StageMoved:
    return deciding.move(
        project,
        FRAMING,
        Status.DONE,
        note,
        PEOPLE,
        gate=checks(project, FRAMING, gate),
        override=override,
        may_tick=may_tick,
    )


def test_edge_17_who_approves_their_own_work_is_marked() -> None:
    alone = replace(
        FRAMING, assignments=(*FRAMING.assignments, held(Letter.R, PersonHolder(ANA), 2))
    )
    other = replace(
        FRAMING, assignments=(*FRAMING.assignments, held(Letter.R, PersonHolder(BEA), 2))
    )
    for item, is_self in ((alone, True), (other, False), (FRAMING, False)):
        change = tick(replace(AIMED, items=(item,)), item)
        assert (change.ticked, change.is_self) == (True, is_self)


def tick(
    project: Project, item: Item, *, ticked: bool = True, key: str = "approved"
) -> TickChanged:
    [one] = [each for each in checks(project, item, Gate()) if each.criterion.key == key]
    return deciding.tick(project, item, one, ticked=ticked, note="", by=ANA)


def test_what_the_record_tells_nobody_ticks() -> None:
    with pytest.raises(Refused) as caught:
        tick(AIMED, FRAMING, key="target")
    assert caught.value.why is Why.NOT_TICKED
    with pytest.raises(Refused) as again:
        tick(AIMED, FRAMING, ticked=False)
    assert again.value.why is Why.NOTHING_CHANGES


def test_criteria_of_ones_own_come_and_go() -> None:
    added = deciding.add_criterion(ATLAS, IDEA, Gate(), " Legal has agreed ")
    assert added == CriterionChanged(3, 1, "legal_has_agreed", "Legal has agreed", added=True)
    gate = recorded(added)
    assert missing(ATLAS, IDEA, gate) == ["legal_has_agreed"]
    with pytest.raises(Refused):
        deciding.add_criterion(ATLAS, IDEA, gate, "legal has agreed")
    removed = deciding.remove_criterion(ATLAS, IDEA, gate, "legal")
    assert removed == replace(added, added=False)
    with pytest.raises(NotFound) as caught:
        deciding.remove_criterion(ATLAS, IDEA, gate, "budget")
    assert caught.value.suggestions == ("Legal has agreed",)


def recorded(change: CriterionChanged, knows: Knows = Knows.TICK) -> Gate:
    return Gate(own=(Criterion(change.key, knows, change.text),))


def test_a_usual_criterion_can_be_taken_away_and_comes_back() -> None:
    off = deciding.remove_criterion(AIMED, FRAMING, Gate(), "approved")
    assert (off.is_usual, off.added) == (True, False)
    gate = recorded(off, Knows.OFF)
    assert missing(AIMED, FRAMING, gate) == []
    back = deciding.add_criterion(AIMED, FRAMING, gate, "approved")
    assert (back.key, back.is_usual, back.added) == ("approved", True, True)


def test_a_criterion_is_named_by_number_key_or_beginning() -> None:
    found = checks(ATLAS, FRAMING, Gate())
    for ref in ("3", "approved", "approved by whoever is accountable", "approved by"):
        assert deciding.criterion(FRAMING, found, ref) is found[2]
    with pytest.raises(NotFound):
        deciding.criterion(FRAMING, found, "")


def test_a_gate_with_nothing_missing_is_not_asked_for() -> None:
    with pytest.raises(Refused) as caught:
        deciding.ask(ATLAS, IDEA, (), "")
    assert caught.value.why is Why.GATE_OPEN
    found: tuple[Check, ...] = checks(ATLAS, FRAMING, Gate())
    assert deciding.ask(ATLAS, FRAMING, found, " now ").note == "now"


def test_a_gate_that_is_asked_for_or_passed_sets_going_what_the_letters_route() -> None:
    asked = deciding.ask(ATLAS, FRAMING, checks(ATLAS, FRAMING, NOTHING), "please")
    [wanted] = happenings(asked, ATLAS, ATLAS)
    assert (wanted.event, wanted.item, wanted.note) == (Event.GATE_OPENED, 2, "please")
    passed = done(AIMED, "the pilot is over", override=True)
    [told] = happenings(passed, AIMED, AIMED)
    assert told.event is Event.GATE_OVERRIDDEN
    assert "passed without" in told.note


TWICE = Criterion("two", Knows.TICK, "two people agree")
AGREED = Tick("two", BEA, T0)


def stage(item: Item, status: Status, project: Project = AIMED) -> Project:
    """The project with one of its stages there."""
    others = tuple(
        replace(one, status=status) if one.id == item.id else one for one in project.items
    )
    return replace(project, items=others)


UNDER_WAY = stage(FRAMING, Status.IN_PROGRESS)


@pytest.mark.parametrize(
    ("change", "before", "after", "gate", "opens"),
    [
        (StageMoved(3, 2, Status.NOT_STARTED, None, Status.IN_PROGRESS, None),
         AIMED, UNDER_WAY, NOTHING, True),
        (StageMoved(3, 2, Status.NOT_STARTED, None, Status.IN_PROGRESS, None),
         ATLAS, stage(FRAMING, Status.IN_PROGRESS, ATLAS), NOTHING, False),
        (MetricChanged(3, None, RECALL),
         stage(FRAMING, Status.IN_PROGRESS, ATLAS), UNDER_WAY, NOTHING, True),
        (TickChanged(3, 2, "two", TWICE.text, ticked=True),
         UNDER_WAY, UNDER_WAY, Gate((TWICE,), (AGREED,)), True),
        (CriterionChanged(3, 2, "two", TWICE.text, added=False),
         UNDER_WAY, UNDER_WAY, NOTHING, True),
        (CriterionChanged(3, 2, "two", TWICE.text, added=True),
         UNDER_WAY, UNDER_WAY, Gate((TWICE,)), False),
        (TickChanged(3, 2, "approved", "approved", ticked=True),
         UNDER_WAY, UNDER_WAY, Gate(ticks=(APPROVED,)), False),
        (StageMoved(3, 2, Status.IN_PROGRESS, None, Status.BLOCKED, "labels"),
         UNDER_WAY, stage(FRAMING, Status.BLOCKED), NOTHING, False),
        (StageMoved(3, 2, Status.BLOCKED, None, Status.IN_PROGRESS, None),
         stage(FRAMING, Status.BLOCKED), UNDER_WAY, NOTHING, False),
        (StageMoved(3, 2, Status.DONE, None, Status.IN_PROGRESS, None),
         stage(FRAMING, Status.DONE), UNDER_WAY, NOTHING, False),
    ],
    ids=["began", "began too early", "a target", "a tick", "asks for less", "asks for more",
         "approved", "blocked", "goes on", "opened again"],
)  # fmt: skip
def test_r12_a_gate_waits_for_approval_as_soon_as_that_is_all_it_lacks(
    change: Change, before: Project, after: Project, gate: Gate, opens: bool
) -> None:
    gates = {2: gate}
    found = list(opened([change], before, after, lambda item: gates.get(item, NOTHING)))
    assert may_open(change)
    assert [(one.event, one.item) for one in found] == [(Event.GATE_OPENED, 2)] * opens


def test_r12_an_earlier_stage_that_is_done_opens_the_gate_of_the_roll_out() -> None:
    shipping = stage(ROLLOUT, Status.IN_PROGRESS, UNDER_WAY)
    done = stage(FRAMING, Status.DONE, shipping)
    change = StageMoved(3, 2, Status.IN_PROGRESS, None, Status.DONE, None)
    assert [one.item for one in opened([change], shipping, done, lambda _item: NOTHING)] == [3]
