"""What of somebody's real work a standup can offer them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.changes import (
    Change,
    DecisionKept,
    DecisionWithdrawn,
    DueMoved,
    GateAsked,
    Hurdles,
    MilestoneMet,
    MilestoneRemoved,
    MilestoneSet,
    NewBlocker,
    RaidChanged,
    RaidRaised,
    RolesChanged,
    ScopeApproved,
    ScopeChanged,
    ScopeRevised,
    Seat,
    StageMoved,
    TickChanged,
    VerdictGiven,
)
from bot.condition import Blocker
from bot.digests import Linked
from bot.drafts import READERS, Deed, Kind, Material, Owned, Span, Work
from bot.drafts.links import of_reviews
from bot.evidence import Sighting
from bot.project import (
    Call,
    Item,
    Letter,
    Metric,
    PersonHolder,
    Project,
    Scope,
    Status,
)
from bot.project import Kind as ItemKind
from bot.raid import RaidKind, Said
from bot.sources.base import PullRequest, PullState, Review, Run, RunState
from tests.bot.support import ANA, BEA, CY, PEOPLE, held
from tests.bot.test_recurrence import ZONES
from tests.support.clock import T0
from tests.support.evidence import PULL, RUN

HOUR = timedelta(hours=1)
SINCE = T0 - timedelta(days=3)
SPAN = Span(SINCE, T0, "Europe/Berlin")
LABELS = Item(7, "labels", ItemKind.STAGE, "Labels")
MODEL = Item(8, "model", ItemKind.STAGE, "Model")
TARGET = Metric("accuracy", (), True, "", 0.71, 0.80, None, None)
ATLAS = Project(3, "atlas", "Atlas", items=(LABELS, MODEL), scope=Scope(metrics=(TARGET,)))


def recorded(*changes: Change | tuple[Change, int], by: int | None = BEA) -> tuple[Deed, ...]:
    """Lines 1, 2 …, an hour apart; with the line that one takes back, where that is given."""
    return tuple(
        Deed(
            number,
            getattr(change := one[0] if isinstance(one, tuple) else one, "item", None),
            change,
            by,
            SINCE + number * HOUR,
            one[1] if isinstance(one, tuple) else None,
        )
        for number, one in enumerate(changes, start=1)
    )


def offered(
    *deeds: Deed, evidence: Iterable[Owned] = (), span: Span = SPAN, **more: object
) -> list[Work]:
    material = Material(ATLAS, BEA, span, PEOPLE, deeds, tuple(evidence), **more)  # type: ignore[arg-type]  # the fields of the material
    return [work for read in READERS for work in read(material)]


def texts(*changes: Change | tuple[Change, int], by: int | None = BEA) -> list[str]:
    return [work.text for work in offered(*recorded(*changes, by=by))]


def moved(before: Status, after: Status, hurdles: Hurdles | None = None) -> StageMoved:
    return StageMoved(3, 7, before, None, after, None, hurdles or Hurdles())


NOT_STARTED, GOING, DONE = Status.NOT_STARTED, Status.IN_PROGRESS, Status.DONE
EXPORT = NewBlocker("no export", BEA)
ACCEPTED = RolesChanged(
    3, 7, (held(Letter.A, PersonHolder(ANA)),), (Seat(Letter.A, PersonHolder(BEA)),), T0, accepts=5
)
DECIDED = DecisionKept(3, 7, 4, "Five classes", BEA, "https://acme.slack.com/archives/C1/p1")


def test_u6_moves_of_one_stage_are_one_piece_of_work_that_says_where_it_is_now() -> None:
    [work] = offered(*recorded(moved(NOT_STARTED, GOING), moved(GOING, DONE)))
    assert work == Work(
        Kind.MOVE, "move/1", "Labels: in progress → done", SINCE + 2 * HOUR, LABELS.id
    )


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([moved(GOING, DONE), moved(DONE, GOING)], id="moved back"),
        pytest.param([moved(GOING, DONE), (moved(DONE, GOING), 1)], id="undone"),
        pytest.param([DECIDED, DecisionWithdrawn(3, 7, 4, "Five classes")], id="withdrawn"),
        pytest.param(
            [
                MilestoneSet(3, None, "pilot", "Pilot", T0.date()),
                MilestoneRemoved(3, None, "pilot", "Pilot", T0.date()),
            ],
            id="planned and taken out",
        ),
        pytest.param(
            [ACCEPTED, RolesChanged(3, 7, (), (), T0, returns=5)], id="a hand-over taken back"
        ),
        pytest.param(
            [RolesChanged(3, 7, (), (Seat(Letter.R, PersonHolder(BEA)),), T0)],
            id="a letter that was just given",
        ),
        pytest.param([DueMoved(3, 7, None, T0.date()), DueMoved(3, 7, T0.date(), None)], id="due"),
    ],
)
def test_u6_what_stands_as_before_is_not_offered(
    changes: list[Change | tuple[Change, int]],
) -> None:
    assert texts(*changes) == []


MARCH = date(2027, 3, 1)
RISK = Said("The vendor may stop")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [moved(GOING, Status.BLOCKED, Hurdles(opened=(EXPORT,)))],
            ["Raised a blocker of Labels: no export"],
        ),
        (
            [moved(Status.BLOCKED, GOING, Hurdles(closed=(Blocker(1, "no export", BEA, T0),)))],
            ["Cleared a blocker of Labels: no export"],
        ),
        (
            [moved(Status.BLOCKED, DONE, Hurdles(closed=(Blocker(1, "no export", BEA, T0),)))],
            ["Cleared a blocker of Labels: no export", "Labels: blocked → done"],
        ),
        ([DECIDED], ["Decided: Five classes"]),
        (
            [DecisionWithdrawn(3, 7, 4, "Five classes")],
            ["Withdrew the decision: Five classes"],
        ),
        ([ACCEPTED], ["Took over Labels from Ana Sample"]),
        (
            [TickChanged(3, 7, "agreed", "Guide agreed", ticked=True), GateAsked(3, 7)],
            ["Labels, met at its gate: Guide agreed", "Labels: asked for its gate"],
        ),
        (
            [
                ScopeRevised(
                    3,
                    (
                        ScopeChanged(3, "problem", "", "Returns"),
                        ScopeChanged(3, "out_of_scope", "", "Shoes"),
                    ),
                )
            ],
            ["Scope: problem is written anew", "Scope: out of scope is written anew"],
        ),
        ([ScopeApproved(3, 2, "f", None)], ["Signed off the scope (v2)"]),
        ([VerdictGiven(3, None, "", Call.GO, "pays off")], ["Verdict: go (pays off)"]),
        ([DueMoved(3, 7, None, MARCH)], ["Labels: due 2027-03-01"]),
        (
            [MilestoneMet(3, None, "pilot", "Pilot", None, T0.date())],
            ["Milestone Pilot is met"],
        ),
        (
            [RaidRaised(3, None, RaidKind.RISK, 1, RISK)],
            ["Raised the risk R-1: The vendor may stop"],
        ),
        (
            [RaidChanged(3, None, RaidKind.RISK, 1, RISK, replace(RISK, closed=True))],
            ["Closed the risk R-1: The vendor may stop"],
        ),
    ],
)
def test_u6_work_of_every_kind_in_the_record_is_offered(
    changes: list[Change], said: list[str]
) -> None:
    found = offered(*recorded(*changes))
    assert [work.text for work in found] == said
    assert len({work.key for work in found}) == len(found), "each can be ticked by itself"


def test_u6_the_work_of_others_is_not_offered_but_a_hand_over_to_both_sides() -> None:
    others = recorded(moved(GOING, DONE), DECIDED, by=CY)
    assert offered(*others) == []
    given = replace(ACCEPTED, ended=(held(Letter.A, PersonHolder(BEA)),))
    given = replace(given, begun=(Seat(Letter.A, PersonHolder(CY)),))
    assert texts(given, by=CY) == ["Handed over Labels to Cy Sample"]
    # A decision of one's own that somebody else withdrew since is none any more.
    kept, gone = recorded(DECIDED, DecisionWithdrawn(3, 7, 4, "Five classes"))
    assert offered(kept, replace(gone, by=CY)) == []


def test_u6_what_was_before_the_last_standup_or_after_this_one_is_not_offered() -> None:
    [deed] = recorded(moved(GOING, DONE))
    assert offered(replace(deed, at=SINCE)) == []
    assert offered(replace(deed, at=T0 + HOUR)) == []
    assert len(offered(replace(deed, at=T0))) == 1


# Pull requests and runs


def owned(
    seen: PullRequest | Run, author: int | None = BEA, changed: datetime = SINCE - timedelta(days=9)
) -> Owned:
    sighting = Sighting(seen.ref, seen, T0, changed)
    return Owned(Linked(12, 3, sighting, SINCE - timedelta(days=9)), author, "model")


OPENED = replace(PULL, opened=SINCE + HOUR, updated=SINCE + 2 * HOUR)
LATER = replace(PULL, opened=SINCE - 20 * HOUR, updated=SINCE - 19 * HOUR, merged=SINCE - HOUR)
OLD = replace(PULL, opened=SINCE - 20 * HOUR, updated=SINCE - 19 * HOUR)


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (OPENED, ["Opened #7 Retry the weather feed (waiting for a review)"]),
        (replace(OPENED, state=PullState.DRAFT), ["Opened #7 Retry the weather feed (draft)"]),
        (
            replace(OLD, updated=T0 - HOUR, review=Review.CHANGES_REQUESTED),
            ["Went on with #7 Retry the weather feed (changes requested)"],
        ),
        (
            replace(OLD, state=PullState.MERGED, merged=T0 - HOUR),
            ["Merged #7 Retry the weather feed"],
        ),
        (OLD, []),
        (replace(OLD, state=PullState.MERGED, merged=SINCE - HOUR), []),
    ],
)
def test_u6_ones_own_pull_requests_are_offered_as_they_moved(
    seen: PullRequest, said: list[str]
) -> None:
    found = offered(evidence=[owned(seen)])
    assert [work.text for work in found] == said
    assert {(work.key, work.item, work.url) for work in found} <= {
        ("pull/12", MODEL.id, PULL.ref.url)
    }
    assert offered(evidence=[owned(seen, author=CY)]) == []


def test_u6_what_a_host_told_only_after_the_last_standup_is_offered_then() -> None:
    merged = replace(OLD, state=PullState.MERGED, merged=SINCE - HOUR)
    heard = [work.text for work in offered(evidence=[owned(merged, changed=SINCE + HOUR)])]
    assert heard == ["Merged #7 Retry the weather feed"]
    long_ago = replace(merged, merged=SINCE - timedelta(days=2))
    assert offered(evidence=[owned(long_ago, changed=SINCE + HOUR)]) == []


def test_u6_of_a_private_repository_the_report_reads_no_more_than_the_number() -> None:
    secret = owned(replace(OPENED, private=True))
    [work] = offered(evidence=[secret])
    assert (work.text, work.url) == (
        "Opened #7 in a private repository (waiting for a review)",
        "",
    )
    assert work.aside == "Retry the weather feed"
    [work] = offered(evidence=[secret], reads_titles=True)
    assert (work.text, work.url, work.aside) == (
        "Opened #7 Retry the weather feed (waiting for a review)",
        PULL.ref.url,
        "",
    )


def test_u6_a_review_that_waits_for_somebody_is_theirs_to_plan() -> None:
    asked = owned(replace(OLD, requested=("Bea-X",)), author=CY)
    material = Material(ATLAS, BEA, SPAN, PEOPLE, evidence=(asked,), logins=frozenset({"bea-x"}))
    [work] = of_reviews(material)
    assert (work.key, work.text) == ("review/12", "Review #7 Retry the weather feed")
    assert list(of_reviews(replace(material, logins=frozenset({"cy-m"})))) == []
    over = replace(asked.linked.sighting, seen=replace(OLD, state=PullState.MERGED))
    merged = replace(asked, linked=replace(asked.linked, sighting=over))
    assert list(of_reviews(replace(material, evidence=(merged,)))) == []


@pytest.mark.parametrize(
    ("said", "words"), [("approved", "Approved"), ("changes_requested", "Asked for changes in")]
)
def test_u6_a_review_that_somebody_gave_is_theirs_since_they_gave_it(said: str, words: str) -> None:
    given = replace(OLD, opinions={"Bea-X": said}, opined={"Bea-X": T0 - HOUR})
    mine = frozenset({"bea-x"})
    [work] = offered(evidence=[owned(given, author=CY)], logins=mine)
    assert (work.key, work.text, work.at) == (
        "reviewed/12",
        f"{words} #7 Retry the weather feed",
        T0 - HOUR,
    )
    hidden = replace(given, private=True)
    [work] = offered(evidence=[owned(hidden, author=CY)], logins=mine)
    assert work.text == f"{words} #7 in a private repository"
    # What moves on afterwards is no review of theirs, nor is that of somebody else.
    long_ago = replace(given, opined={"Bea-X": SINCE - 30 * HOUR}, updated=T0 - HOUR)
    assert offered(evidence=[owned(long_ago, author=CY)], logins=mine) == []
    assert offered(evidence=[owned(given, author=CY)], logins=frozenset({"cy-m"})) == []
    for other in (replace(given, opinions={"Bea-X": "dismissed"}), replace(given, opined={})):
        assert offered(evidence=[owned(other, author=CY)], logins=mine) == []


def test_u6_ones_own_runs_are_held_against_the_scope() -> None:
    finished = replace(RUN, state=RunState.FINISHED, ended=T0 - HOUR)
    [work] = offered(evidence=[owned(finished)])
    assert (work.key, work.text) == (
        "run/12",
        "Run gbm-wind finished (the best so far): accuracy 0.77: 66.7 % of the gap from 0.71 to "
        "0.80 (↑ higher is better)",
    )
    better = owned(replace(finished, metrics={"accuracy": 0.79}), author=CY)
    better = replace(better, linked=replace(better.linked, id=13))
    [work] = offered(evidence=[owned(finished), better])
    assert work.text.startswith("Run gbm-wind finished: accuracy 0.77")
    said = {
        RunState.FAILED: "Run gbm-wind failed",
        RunState.KILLED: "Run gbm-wind was stopped",
        RunState.RUNNING: "Run gbm-wind is running",
    }
    for state, words in said.items():
        [work] = offered(evidence=[owned(replace(finished, state=state))])
        assert work.text == words
    assert offered(evidence=[owned(replace(finished, deleted=True))]) == []
    assert offered(evidence=[owned(replace(finished, ended=SINCE - 30 * HOUR))]) == []


# Wherever they are


@given(st.sampled_from(ZONES))
def test_u6_a_recorded_day_gives_the_same_draft_wherever_somebody_is(zone: str) -> None:
    span = Span(SINCE, T0, zone)
    deeds = recorded(moved(NOT_STARTED, GOING), DECIDED, ACCEPTED)
    assert [work.text for work in offered(*deeds, span=span)] == [
        "Labels: not started → in progress",
        "Decided: Five classes",
        "Took over Labels from Ana Sample",
    ]
