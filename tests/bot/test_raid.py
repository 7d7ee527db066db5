"""Risks, assumptions, issues and dependencies: what is typed, what may be said, what is kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot import deciding
from bot.changes import RaidChanged, RaidRaised
from bot.commands import OpenRaid, ShowEntry, ShowRaid, parse, spoken
from bot.commands.planned import RaidOrder
from bot.errors import BadInput, NotFound, Refused
from bot.orders import CloseRaid, EditRaid, RaiseRaid
from bot.raid import Level, RaidEntry, RaidKind, Revision, Said, ordered, rating
from bot.routing import Event, happenings
from bot.telling import summary
from tests.bot.support import ANA, BEA, BOT, CY, DEE, PEOPLE, item, project
from tests.support.clock import T0
from tests.support.understood import understood

TODAY = date(2026, 3, 15)
MAY = date(2026, 5, 1)
FEED = Said("the vendor stops the feed", likelihood=Level.LOW, impact=Level.HIGH)


def entry(*said: Said, kind: RaidKind = RaidKind.RISK, number: int = 1) -> RaidEntry:
    told = (Revision(one, ANA, T0 + timedelta(days=n)) for n, one in enumerate(said or (FEED,)))
    return RaidEntry(kind, number, tuple(told))


ONE = entry()
OPEN = replace(project(item()), raid=(ONE,))


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("risk", ShowRaid(RaidKind.RISK)),
        ("risks page 2 in Churn Radar", ShowRaid(RaidKind.RISK, "Churn Radar", 2)),
        ("raid in Churn Radar", ShowRaid(None, "Churn Radar")),
        ("dependencies", ShowRaid(RaidKind.DEPENDENCY)),
        ("issue add", OpenRaid(RaidKind.ISSUE)),
        ("issue add in Churn Radar", OpenRaid(RaidKind.ISSUE, project="Churn Radar")),
        ("risk add add-ons fail", RaiseRaid(RaidKind.RISK, (("text", "add-ons fail"),))),
        ("risk the feed stops", RaiseRaid(RaidKind.RISK, (("text", "the feed stops"),))),
        (
            "risk add for rollout likelihood high impact med owner @bea due 1 May "
            "in Churn Radar: the vendor: stops",
            RaiseRaid(
                RaidKind.RISK,
                (
                    ("text", "the vendor: stops"),
                    ("item", "rollout"),
                    ("likelihood", "high"),
                    ("impact", "medium"),
                    ("owner", "@bea"),
                    ("due", "2026-05-01"),
                ),
                "Churn Radar",
            ),
        ),
        ("risk R-3", ShowEntry(RaidKind.RISK, 3)),
        ("risk r3 edit", OpenRaid(RaidKind.RISK, 3)),
        ("risk R-3: said anew", EditRaid(RaidKind.RISK, 3, (("text", "said anew"),))),
        (
            "assumption A-3 mitigation: ask them",
            EditRaid(RaidKind.ASSUMPTION, 3, (("mitigation", "ask them"),)),
        ),
        (
            "risk R-3 owner nobody due none for project mitigation none",
            EditRaid(
                RaidKind.RISK, 3, (("owner", ""), ("due", ""), ("item", ""), ("mitigation", ""))
            ),
        ),
        (
            "dependency DEP-4 close because it came",
            CloseRaid(RaidKind.DEPENDENCY, 4, "it came"),
        ),
        ("risk R-3 reopen", CloseRaid(RaidKind.RISK, 3, closed=False)),
    ],
)
def test_s8_what_is_typed_of_risks(typed: str, order: RaidOrder) -> None:
    assert understood(typed, TODAY) == order
    assert understood(spoken(order), TODAY) == order


@pytest.mark.parametrize(
    "typed",
    ["risk R-3 likelihood huge", "risk R-3 frobnicate", "risk R-3 due soon", "risk R-3 owner"],
)
def test_s8_what_is_typed_wrongly_of_risks_says_what_to_type(typed: str) -> None:
    with pytest.raises(BadInput):
        parse(typed, TODAY)


def test_s8_a_risk_is_raised_said_otherwise_closed_and_undone() -> None:
    stage = OPEN.items[0]
    raised = deciding.raise_raid(
        OPEN, RaidKind.RISK, 2, replace(FEED, item=stage.id, owner=BEA, due=MAY), PEOPLE
    )
    assert (raised.item, raised.place) == (stage.id, "Data pipeline")
    assert summary(raised, PEOPLE).split("; ") == [
        "risk R-2: – → the vendor stops the feed",
        "risk R-2 of: – → Data pipeline",
        "risk R-2 likelihood: – → low",
        "risk R-2 impact: – → high",
        "risk R-2 owner: – → Bea Sample",
        "risk R-2 due: – → 2026-05-01",
    ]
    undone = deciding.reverse(raised, None)
    assert undone == replace(raised, taken_back=True)
    assert deciding.reverse(undone, None) is None
    worse = deciding.edit_raid(OPEN, ONE, replace(FEED, likelihood=Level.HIGH), PEOPLE)
    assert summary(worse, PEOPLE) == "risk R-1 likelihood: low → high"
    back = deciding.reverse(worse, None)
    assert isinstance(back, RaidChanged)
    assert (back.before, back.after) == (worse.after, worse.before)
    closed = deciding.close_raid(OPEN, ONE, "a second vendor", closed=True)
    assert summary(closed, PEOPLE) == "risk R-1: open → closed (a second vendor)"
    again = replace(ONE, revisions=(*ONE.revisions, Revision(closed.after, BEA, T0)))
    assert summary(deciding.close_raid(OPEN, again, "", closed=False), PEOPLE) == (
        "risk R-1: closed (a second vendor) → open"
    )


def test_s8_what_a_risk_may_not_be() -> None:
    with pytest.raises(BadInput):
        deciding.close_raid(OPEN, ONE, " ", closed=True)
    with pytest.raises(Refused):
        deciding.close_raid(OPEN, ONE, "x", closed=False)
    with pytest.raises(Refused):
        deciding.edit_raid(OPEN, ONE, FEED, PEOPLE)
    with pytest.raises(Refused):
        deciding.edit_raid(replace(OPEN, archived_at=T0), ONE, Said("x"), PEOPLE)
    with pytest.raises(BadInput):
        deciding.raise_raid(OPEN, RaidKind.ISSUE, 1, FEED, PEOPLE)
    for text in (" ", "a" * 1001):
        with pytest.raises(BadInput):
            deciding.raise_raid(OPEN, RaidKind.RISK, 1, Said(text), PEOPLE)
    for owner in (DEE, BOT):
        with pytest.raises(Refused):
            deciding.raise_raid(OPEN, RaidKind.RISK, 1, Said("x", owner=owner), PEOPLE)
    kept = entry(replace(FEED, owner=DEE))
    assert deciding.edit_raid(OPEN, kept, replace(kept.said, due=MAY), PEOPLE).after.owner == DEE
    with pytest.raises(NotFound) as caught:
        deciding.raid_entry(OPEN, RaidKind.RISK, 9)
    assert caught.value.suggestions == ("R-1",)


def test_s8_it_is_as_open_since_the_last_word_that_made_it_so() -> None:
    closed = replace(FEED, closed=True, because="x")
    one = entry(FEED, closed, replace(closed, due=MAY))
    assert one.settled.at == T0 + timedelta(days=1)
    assert entry(FEED, replace(FEED, due=MAY)).settled.at == T0
    assert entry(FEED, closed, FEED).settled.at == T0 + timedelta(days=2)


def test_s8_open_ones_come_first_then_the_heaviest_then_what_is_due() -> None:
    low = entry(Said("low", likelihood=Level.LOW, impact=Level.LOW), number=2)
    due = entry(Said("due", due=MAY), kind=RaidKind.ISSUE)
    unsaid = entry(Said("unsaid"), kind=RaidKind.ASSUMPTION)
    closed = entry(replace(FEED, closed=True, because="x"), number=4)
    assert ordered([closed, unsaid, due, low, ONE]) == [ONE, low, due, unsaid, closed]
    assert rating(Said("x", impact=Level.HIGH)) == "? × high"
    assert due.is_past(MAY + timedelta(days=1))
    assert not due.is_past(MAY), "a day lasts until its end"


GRAVE = replace(FEED, likelihood=Level.HIGH, owner=CY)


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        (None, GRAVE, [(Event.RAID_GRAVE, (CY,))]),
        (FEED, GRAVE, [(Event.RAID_GRAVE, (CY,))]),
        (GRAVE, replace(GRAVE, mitigation="x"), []),
        (GRAVE, replace(GRAVE, owner=BEA), [(Event.RAID_GIVEN, (BEA,))]),
        (None, replace(FEED, owner=BEA), [(Event.RAID_GIVEN, (BEA,))]),
        (GRAVE, replace(GRAVE, closed=True), []),
        (replace(GRAVE, closed=True), GRAVE, [(Event.RAID_GRAVE, (CY,))]),
        (None, FEED, []),
    ],
)
def test_s8_who_hears_of_a_risk(
    before: Said | None, after: Said, events: list[tuple[Event, tuple[int, ...]]]
) -> None:
    change = (
        RaidRaised(3, None, RaidKind.RISK, 1, after)
        if before is None
        else RaidChanged(3, None, RaidKind.RISK, 1, before, after)
    )
    found = happenings(change, OPEN, OPEN)
    assert [(one.event, one.concerned) for one in found] == events
