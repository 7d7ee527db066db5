"""The draft of an answer: what is offered under which question, and what becomes of a tick."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.changes import StageMoved
from bot.drafts import MOST, Deed, Draft, Material, Owned, Span, chosen, draft, ticks
from bot.project import Item, Project, Status
from bot.project import Kind as ItemKind
from bot.sources.base import PullState
from bot.standups import QUESTIONS, Entry, SaidLine, State, done_at, next_at
from tests.bot.support import BEA, CY, PEOPLE
from tests.bot.test_drafts_work import LATER, OPENED, owned
from tests.support.clock import T0

SINCE = T0 - timedelta(days=3)
LABELS = Item(7, "labels", ItemKind.STAGE, "Labels")
ATLAS = Project(3, "atlas", "Atlas", items=(LABELS,))
ENTRY = Entry(20, 3, BEA, T0.date(), State.ASKED, tuple((one, "") for one in QUESTIONS))
DONE, NEXT, BLOCK = range(3)
LAST = replace(
    ENTRY,
    id=19,
    day=date(2026, 11, 20),
    state=State.POSTED,
    posted_at=SINCE,
    said=(
        SaidLine(DONE, "200 images"),
        SaidLine(NEXT, "Write the guide", 7),
        SaidLine(NEXT, "Ask the vendor"),
        SaidLine(BLOCK, "no export"),
    ),
)


def moves(count: int) -> tuple[Deed, ...]:
    """So many stages moved, a minute apart; the first of them is Labels."""
    return tuple(
        Deed(
            n,
            6 + n,
            StageMoved(3, 6 + n, Status.NOT_STARTED, None, Status.DONE, None),
            BEA,
            SINCE + timedelta(minutes=n),
        )
        for n in range(1, count + 1)
    )


def drafted(
    entry: Entry = ENTRY,
    before: Entry | None = LAST,
    deeds: tuple[Deed, ...] = (),
    evidence: tuple[Owned, ...] = (),
    project: Project = ATLAS,
) -> Draft:
    span = Span(SINCE, T0, "Europe/Berlin")
    logins = frozenset({"bea-x"})
    return draft(Material(project, BEA, span, PEOPLE, deeds, evidence, logins), entry, before)


def keys(of: Draft) -> dict[int, list[str]]:
    return {offer.question: [work.key for work in offer.work] for offer in of.offers}


def test_u6_nothing_is_ticked_by_itself() -> None:
    of = drafted(deeds=moves(1))
    assert chosen(of, ()) == ()
    assert ticks(ENTRY) == frozenset()
    assert of.since == SINCE


def test_u6_what_was_planned_is_offered_as_done_and_as_still_to_come() -> None:
    assert keys(drafted()) == {DONE: ["plan/19/1", "plan/19/2"], NEXT: ["plan/19/1", "plan/19/2"]}
    assert keys(drafted(before=None)) == {}


def test_u6_a_plan_whose_stage_is_done_by_now_does_not_come_next() -> None:
    done = replace(ATLAS, items=(replace(LABELS, status=Status.DONE),))
    of = keys(drafted(deeds=moves(1), project=done))
    assert of == {DONE: ["plan/19/1", "plan/19/2", "move/1"], NEXT: ["plan/19/2"]}
    # That it was done some time does not tell of this plan.
    assert keys(drafted(project=done))[NEXT] == ["plan/19/1", "plan/19/2"]


def test_u6_a_plan_keeps_its_key_for_as_long_as_it_is_planned() -> None:
    again = replace(LAST, id=22, said=(SaidLine(NEXT, "Ask the vendor", None, "plan/19/2"),))
    assert keys(drafted(before=again))[NEXT] == ["plan/19/2"]


def test_u6_a_review_is_offered_while_it_waits_and_not_as_a_plan() -> None:
    waits = owned(replace(OPENED, requested=("bea-x",)), author=CY)
    planned = replace(LAST, said=(SaidLine(NEXT, "Review #7", None, "review/12"),))
    assert keys(drafted(before=planned, evidence=(waits,))) == {NEXT: ["review/12"]}
    merged = owned(replace(OPENED, requested=(), state=PullState.MERGED), author=CY)
    assert keys(drafted(before=planned, evidence=(merged,))) == {}


def test_u6_what_is_ticked_is_said_with_its_source() -> None:
    of = drafted(deeds=moves(1), evidence=(owned(OPENED),))
    lines = chosen(
        of, {(DONE, "move/1"), (DONE, "pull/12"), (DONE, "pull/99"), (NEXT, "plan/19/2")}
    )
    assert set(lines) == {
        SaidLine(DONE, "Labels: not started → done", 7, "move/1"),
        SaidLine(
            DONE,
            "Opened #7 Retry the weather feed (waiting for a review)",
            None,
            "pull/12",
            OPENED.ref.url,
        ),
        SaidLine(NEXT, "Ask the vendor", None, "plan/19/2"),
    }


def test_u6_what_was_ticked_stays_to_be_seen_when_it_is_edited() -> None:
    """Also where nothing tells of it any more: what was said is not taken back by that."""
    ticked = SaidLine(DONE, "Opened #7", None, "pull/12", "https://github.com/acme/churn/pull/7")
    said = replace(ENTRY, state=State.POSTED, posted_at=T0, said=(SaidLine(DONE, "More"), ticked))
    of = drafted(entry=said, before=None)
    assert ticks(said) == {(DONE, "pull/12")}
    assert chosen(of, [(DONE, "pull/12")]) == (ticked,)
    # Where it is known still, it is told as it is now.
    of = drafted(entry=said, before=None, evidence=(owned(OPENED),))
    assert [line.text for line in chosen(of, [(DONE, "pull/12")])] == [
        "Opened #7 Retry the weather feed (waiting for a review)"
    ]


def test_u6_what_was_told_last_time_is_not_offered_twice() -> None:
    late = owned(replace(LATER, state=PullState.MERGED), changed=SINCE + timedelta(hours=1))
    assert keys(drafted(before=None, evidence=(late,))) == {DONE: ["pull/12"]}
    told = replace(LAST, said=(SaidLine(DONE, "Merged #7 Retry the weather feed", 8, "pull/12"),))
    assert keys(drafted(before=told, evidence=(late,))) == {}


def test_u6_of_very_much_the_newest_is_offered_and_the_rest_counted() -> None:
    of = drafted(before=None, deeds=moves(MOST + 12))
    assert of.done is not None
    assert (len(of.done.work), of.done.more) == (MOST, 12)
    assert of.done.work[0].key == f"move/{MOST + 12}"
    # What is ticked stays, however old it is.
    old = SaidLine(DONE, "Labels: not started → done", 7, "move/1")
    of = drafted(entry=replace(ENTRY, said=(old,)), before=None, deeds=moves(MOST + 12))
    assert of.done is not None
    assert (len(of.done.work), of.done.work[-1].key) == (MOST, "move/1")


@pytest.mark.parametrize(
    ("questions", "places"),
    [
        (QUESTIONS, (0, 1)),
        (["What blocks you?", "What did you do?", "And today?"], (1, 2)),
        (["Was hast du gestern geschafft?", "Was steht heute an?"], (0, 1)),
        (["Qu'as-tu fait hier ?", "Que fais-tu aujourd'hui ?"], (0, 1)),
        (["¿Qué hiciste ayer?", "¿Qué harás hoy?"], (0, 1)),
        (["How is it going?"], (0, None)),
        (["What will you do today?"], (None, 0)),
        (["What blocks you today?"], (None, None)),
        (["What did you do yesterday, and what will you do today?"], (0, None)),
    ],
)
def test_u6_which_question_asks_what(
    questions: Sequence[str], places: tuple[int | None, int | None]
) -> None:
    assert (done_at(questions), next_at(questions)) == places


def test_u6_where_nothing_asks_for_it_nothing_is_offered() -> None:
    only = replace(ENTRY, answers=(("What blocks you?", ""),))
    assert keys(drafted(entry=only, deeds=moves(2))) == {}
