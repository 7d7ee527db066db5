"""Letters held against work: who is silent, who works without a letter, what nobody answers for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.condition import Finish
from bot.drift import LEAST, WEEKS, Did, Finding, Ground, Kind, Trace, findings
from bot.people import Delegation, Person
from bot.presence import Absence, Presence
from bot.project import Assignment, Item, Project, Status
from bot.project import Kind as ItemKind
from tests.bot.team import ANA, BEA, BOT, CY, DEE, EVA, GUS, OTTO, TEAM, letters
from tests.support.clock import T0

ATLAS = 3
IDEA, PIPELINE, QUALITY, MODEL, ROLLOUT, PARTS, LABELS = range(11, 18)
PEOPLE = {**TEAM, 20: Person(20, "ana2", "Ana Sample", "Ana", merged_into=ANA)}
LONG_AGO = T0 - timedelta(days=300)


def held(told: str) -> tuple[Assignment, ...]:
    return tuple(replace(one, since=LONG_AGO, recorded_at=LONG_AGO) for one in letters(told))


def item(key: int, name: str, told: str, status: Status = Status.IN_PROGRESS) -> Item:
    return Item(key, name, ItemKind.STAGE, name.title(), status=status, assignments=held(told))


PART = Item(
    PARTS, "features", ItemKind.COMPONENT, "Features", parent="pipeline", inherits_raci=True
)
OWN = Item(
    LABELS,
    "labels",
    ItemKind.COMPONENT,
    "Labels",
    parent="quality",
    status=Status.IN_PROGRESS,
    assignments=held("A bea"),
)
PROJECT = Project(
    ATLAS,
    "atlas",
    "Atlas",
    lead=ANA,
    items=(
        item(IDEA, "idea", "A ana, R bea", Status.SKIPPED),
        item(PIPELINE, "pipeline", "A ana, R bea"),
        item(QUALITY, "quality", "A cy, R @labellers"),
        item(MODEL, "model", "A vacant Developer, R eva"),
        item(ROLLOUT, "rollout", "A bea", Status.NOT_STARTED),
        PART,
        OWN,
    ),
)
DIDS = tuple(Did)


def did(item: int | None, *who: int | None, days: float = 3) -> list[Trace]:
    """A trace each, an hour apart, the last of them so many days ago."""
    hours = count()
    return [
        Trace(ATLAS, item, person, DIDS[n % len(DIDS)], T0 - timedelta(days=days, hours=n))
        for n, person in zip(hours, who, strict=False)
    ]


SIXTY = (
    *did(IDEA, *[EVA] * 6),  # it was skipped
    *did(PIPELINE, *[BEA] * 5, *[CY] * 3),
    *did(PARTS, *[CY] * 4, BOT, BOT),  # a component belongs to its stage; a program is nobody
    *did(PIPELINE, ANA, 20, days=31),  # too long ago for the one who is accountable
    *did(QUALITY, *[EVA] * 6, None, None, None),  # six of fifteen are just enough
    *did(QUALITY, *[OTTO] * 5, days=9),
    *did(QUALITY, CY, days=29.9),
    *did(MODEL, *[EVA] * 5, days=2),
    *did(MODEL, *[DEE] * 4, days=5),  # she has left: nobody asks her
    *did(ROLLOUT, *[GUS] * 4, days=4),  # four tell nothing yet
    *did(None, GUS, EVA, CY, days=4),
    *did(LABELS, *[BEA] * 2, EVA, days=1),
    *did(LABELS, *[EVA] * 4, days=6 * 7 + 1),  # before the window
)
EXACTLY = (
    Finding(Kind.SILENT_A, ATLAS, PIPELINE, ANA, 0, 14),
    Finding(Kind.SHADOW_R, ATLAS, PIPELINE, CY, 7, 14),
    Finding(Kind.SHADOW_R, ATLAS, QUALITY, EVA, 6, 15),
    Finding(Kind.ORPHAN, ATLAS, MODEL, None, 9, 9),
)


def ground(project: Project = PROJECT, **more: object) -> Ground:
    given = {"delegations": (), "presences": {}, "groups": {"SLABELLERS": frozenset()}, **more}
    return Ground(project=project, people=PEOPLE, now=T0, **given)  # type: ignore[arg-type]  # by name


def with_letters(told: str, row: int, project: Project = PROJECT) -> Project:
    items = tuple(
        replace(one, assignments=one.assignments + held(told)) if one.id == row else one
        for one in project.items
    )
    return replace(project, items=items)


def test_sixty_traces_come_to_exactly_these_findings() -> None:
    assert len(SIXTY) == 60
    assert findings(ground(), SIXTY) == EXACTLY


@given(st.permutations(SIXTY))
def test_the_order_of_traces_does_not_matter(traces: Sequence[Trace]) -> None:
    assert findings(ground(), traces) == EXACTLY


@given(st.sampled_from("RCI"))
def test_a_letter_given_removes_the_shadow(letter: str) -> None:
    found = findings(ground(with_letters(f"{letter} cy", PIPELINE)), SIXTY)
    assert found == tuple(one for one in EXACTLY if one.person != CY)


def test_somebody_accountable_removes_the_orphan() -> None:
    found = findings(ground(with_letters("A eva", MODEL)), SIXTY)
    assert found == EXACTLY[:3]


@given(st.lists(st.builds(
    Trace,
    st.just(ATLAS),
    st.sampled_from([None, IDEA, PIPELINE, QUALITY, MODEL, ROLLOUT, PARTS, LABELS]),
    st.sampled_from([None, *PEOPLE]),
    st.sampled_from(Did),
    st.integers(0, 70).map(lambda days: T0 - timedelta(days=days)),
), max_size=80))  # fmt: skip
def test_what_is_skipped_done_archived_or_finished_never_is_judged(traces: list[Trace]) -> None:
    assert all(one.item != IDEA for one in findings(ground(), traces))
    for closed in (
        replace(PROJECT, archived_at=T0),
        replace(PROJECT, finish=Finish(T0)),
        replace(PROJECT, items=tuple(replace(one, status=Status.DONE) for one in PROJECT.items)),
    ):
        assert findings(ground(closed), traces) == ()


def silent(found: Sequence[Finding]) -> set[tuple[int, int | None]]:
    return {(one.item, one.person) for one in found if one.kind is Kind.SILENT_A}


def test_without_any_trace_all_who_are_accountable_for_what_goes_on_are_silent() -> None:
    assert silent(findings(ground(), ())) == {(PIPELINE, ANA), (QUALITY, CY), (LABELS, BEA)}


@pytest.mark.parametrize(
    ("trace", "is_silent"),
    {
        "on it": (did(PIPELINE, ANA), False),
        "on a component that inherits": (did(PARTS, ANA), False),
        "on the project at large": (did(None, ANA), False),
        "by another account of theirs": (did(PIPELINE, 20), False),
        "on the last day": (did(PIPELINE, ANA, days=29.9), False),
        "a day too early": (did(PIPELINE, ANA, days=30), True),
        "on another stage": (did(QUALITY, ANA), True),
        "by somebody else": (did(PIPELINE, BEA), True),
    }.values(),
)
def test_any_trace_is_a_sign_of_whoever_is_accountable(trace: list[Trace], is_silent: bool) -> None:
    assert ((PIPELINE, ANA) in silent(findings(ground(), trace))) is is_silent


def test_a_component_with_letters_of_its_own_is_a_sign_for_its_stage() -> None:
    assert (QUALITY, CY) not in silent(findings(ground(), did(LABELS, CY)))


def acts(first: int, last: int, project: int | None = None) -> tuple[Delegation, ...]:
    days = (T0.date() + timedelta(days=first), T0.date() + timedelta(days=last))
    return (Delegation(ANA, EVA, *days, project),)


@pytest.mark.parametrize("where", [None, ATLAS])
def test_who_acts_for_somebody_is_there_for_them(where: int | None) -> None:
    stood_in = acts(-6, -1, where)
    assert (PIPELINE, ANA) in silent(findings(ground(), did(PIPELINE, EVA)))
    with_her = ground(delegations=stood_in)
    assert (PIPELINE, ANA) not in silent(findings(with_her, did(PIPELINE, EVA)))
    assert (PIPELINE, ANA) in silent(findings(with_her, did(PIPELINE, EVA, days=12)))
    elsewhere = ground(delegations=acts(-6, -1, ATLAS + 1))
    assert (PIPELINE, ANA) in silent(findings(elsewhere, did(PIPELINE, EVA)))


def test_who_acts_for_a_holder_casts_no_shadow() -> None:
    work = did(PIPELINE, *[EVA] * LEAST)
    assert [one.person for one in findings(ground(), work) if one.kind is Kind.SHADOW_R] == [EVA]
    found = findings(ground(delegations=acts(-6, -1)), work)
    assert [one for one in found if one.kind is Kind.SHADOW_R] == []


@pytest.mark.parametrize(
    ("first", "last", "is_silent"),
    [(0, 0, False), (-20, -3, False), (-29, -1, False), (-9, -3, True), (1, 20, True)],
)
def test_who_is_away_or_was_for_half_of_it_is_not_silent(
    first: int, last: int, is_silent: bool
) -> None:
    day = T0.date()
    leave = Absence(ANA, day + timedelta(days=first), day + timedelta(days=last))
    for there in (
        ground(presences={ANA: Presence(ANA, (leave,))}),
        ground(delegations=acts(first, last)),
    ):
        assert ((PIPELINE, ANA) in silent(findings(there, ()))) is is_silent


def test_whoever_holds_it_since_lately_is_not_silent_yet() -> None:
    items = tuple(
        replace(one, assignments=letters("A ana")) if one.id == PIPELINE else one
        for one in PROJECT.items
    )
    assert (PIPELINE, ANA) not in silent(findings(ground(replace(PROJECT, items=items)), ()))


def test_of_a_letter_that_was_lately_recorded_with_an_earlier_day_nobody_is_silent_yet() -> None:
    lately = T0 - timedelta(days=29)
    told = tuple(replace(one, recorded_at=lately) for one in held("A ana, R bea"))
    items = tuple(
        replace(one, assignments=told) if one.id == PIPELINE else one for one in PROJECT.items
    )
    assert (PIPELINE, ANA) not in silent(findings(ground(replace(PROJECT, items=items)), ()))


@pytest.mark.parametrize(
    ("own", "others", "is_found"), [(2, 3, True), (4, 7, False), (2, 2, False)]
)
def test_two_fifths_of_five_or_more_cast_a_shadow(own: int, others: int, is_found: bool) -> None:
    found = findings(ground(), did(PIPELINE, *[CY] * own, *[BEA] * others))
    assert any(one.kind is Kind.SHADOW_R for one in found) is is_found


@pytest.mark.parametrize("known", [{}, {"SLABELLERS": frozenset({EVA})}])
def test_who_holds_a_letter_by_a_group_or_may_casts_no_shadow(
    known: dict[str, frozenset[int]],
) -> None:
    found = findings(ground(groups=known), did(QUALITY, *[EVA] * LEAST))
    assert not any(one.kind is Kind.SHADOW_R for one in found)


def test_nobody_is_named_who_may_not_know_of_the_project() -> None:
    private = replace(PROJECT, private=True, members=frozenset({ANA}))
    found = findings(ground(private), did(PIPELINE, *[CY] * LEAST))
    assert {one.person for one in found} <= {ANA, BEA}
    assert not any(one.kind is Kind.SHADOW_R for one in found)


def test_what_is_older_than_the_window_or_still_to_come_does_not_count() -> None:
    old = did(MODEL, *[EVA] * LEAST, days=WEEKS * 7)
    ahead = did(MODEL, *[EVA] * LEAST, days=-2)
    assert not any(one.item == MODEL for one in findings(ground(), (*old, *ahead)))
