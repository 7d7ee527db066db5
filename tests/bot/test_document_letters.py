"""Letters of a document against the record: hand-overs, corrections, and earlier owners."""

import json
from datetime import date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.document import Fate, HistoryEntry, midnight, ownership
from bot.document.letters import Recorded, Settled, Span, Wanted, settle
from bot.project import Group, Holder, Letter, PersonHolder, Vacancy
from tests.support.clock import T0

ANA, BEA, CY = PersonHolder(1), PersonHolder(2), PersonHolder(3)
SEAT = Vacancy("ML Engineer", "MLE-7")
PAST, SOON = T0 - timedelta(days=30), T0 + timedelta(days=30)


def recorded(
    key: int,
    holder: Holder,
    since: datetime | None = None,
    until: datetime | None = None,
    letter: Letter = Letter.A,
) -> Recorded:
    return Recorded(key, letter, holder, Span(since, until))


def wanted(
    holder: Holder,
    since: datetime | None = None,
    until: datetime | None = None,
    letter: Letter = Letter.A,
    *,
    told: bool = False,
) -> Wanted:
    return Wanted("assignments[0]", letter, holder, Span(since, until), told=told)


FIRST, FORMER = recorded(1, ANA), recorded(1, ANA, None, PAST)
LONG_AGO = PAST - timedelta(days=9)
NEW, CHANGED, SAME = Fate.CREATED, Fate.CHANGED, Fate.UNCHANGED


def after(
    present: list[Recorded], settled: Settled
) -> list[tuple[Holder, datetime | None, datetime | None]]:
    """Who holds the letter from when to when, once the document is applied."""
    moved = {before.id: later for before, later in settled.moved}
    rows = [moved.get(held.id, held) for held in present] + list(settled.begun)
    return [(held.holder, held.span.since, held.span.until) for held in rows]


@pytest.mark.parametrize(
    ("present", "wish", "result", "fate"),
    [
        ([], wanted(ANA), [(ANA, None, None)], NEW),
        ([], wanted(ANA, PAST), [(ANA, PAST, None)], NEW),
        ([], wanted(ANA, None, PAST), [(ANA, None, PAST)], NEW),
        ([FIRST], wanted(ANA), [(ANA, None, None)], SAME),
        ([recorded(1, ANA, PAST)], wanted(ANA), [(ANA, PAST, None)], SAME),
        ([FIRST], wanted(ANA, PAST), [(ANA, PAST, None)], CHANGED),
        ([FIRST], wanted(ANA, None, SOON), [(ANA, None, SOON)], CHANGED),
        ([FIRST], wanted(ANA, None, PAST), [(ANA, None, PAST)], CHANGED),
        ([FIRST], wanted(BEA), [(ANA, None, T0), (BEA, T0, None)], NEW),
        ([recorded(1, SEAT)], wanted(BEA), [(SEAT, None, T0), (BEA, T0, None)], NEW),
        ([FIRST], wanted(BEA, PAST), [(ANA, None, PAST), (BEA, PAST, None)], NEW),
        ([FIRST], wanted(BEA, SOON), [(ANA, None, SOON), (BEA, SOON, None)], NEW),
        # the record has a later change than the document: it stands, and A is handed over now
        ([recorded(1, ANA, PAST)], wanted(BEA, LONG_AGO), [(ANA, PAST, T0), (BEA, T0, None)], NEW),
        # what was to begin this very moment is void; so is what begins when its successor does
        ([recorded(1, ANA, T0)], wanted(BEA, PAST), [(ANA, T0, T0), (BEA, PAST, None)], NEW),
        ([recorded(1, ANA, PAST)], wanted(BEA, PAST), [(ANA, PAST, PAST), (BEA, PAST, None)], NEW),
        # what is void counts for nothing
        ([recorded(1, ANA, PAST, PAST)], wanted(ANA), [(ANA, PAST, PAST), (ANA, None, None)], NEW),
        ([recorded(1, ANA, SOON, SOON)], wanted(BEA), [(ANA, SOON, SOON), (BEA, None, None)], NEW),
        ([FORMER], wanted(BEA), [(ANA, None, PAST), (BEA, T0, None)], NEW),
        ([FORMER], wanted(ANA), [(ANA, None, PAST), (ANA, T0, None)], NEW),
        ([FORMER], wanted(ANA, None, PAST), [(ANA, None, PAST)], SAME),
        # what is planned for later stays planned
        (
            [recorded(1, ANA, None, SOON), recorded(2, BEA, SOON)],
            wanted(CY),
            [(ANA, None, T0), (BEA, SOON, None), (CY, T0, SOON)],
            NEW,
        ),
    ],
)
def test_an_accountable_of_a_document_meets_the_record(
    present: list[Recorded],
    wish: Wanted,
    result: list[tuple[Holder, datetime | None, datetime | None]],
    fate: Fate,
) -> None:
    settled = settle(present, [wish], T0)
    assert (after(present, settled), settled.fates) == (result, (fate,))


def test_other_letters_take_nothing_from_anybody() -> None:
    present = [recorded(1, ANA, letter=Letter.R)]
    group = Group("S1", "labellers")
    wishes = [wanted(BEA, letter=Letter.R), wanted(group, letter=Letter.R)]
    settled = settle(present, wishes, T0)
    assert after(present, settled) == [(ANA, None, None), (BEA, None, None), (group, None, None)]


def test_a_boundary_between_two_accountable_can_be_moved() -> None:
    present = [recorded(1, ANA, None, SOON), recorded(2, BEA, SOON)]
    later = SOON + timedelta(days=14)
    settled = settle(present, [wanted(ANA, None, later), wanted(BEA, later)], T0)
    assert after(present, settled) == [(ANA, None, later), (BEA, later, None)]
    assert settled.fates == (Fate.CHANGED, Fate.CHANGED)


def test_a_document_cannot_rewrite_who_was_accountable() -> None:
    present = [recorded(1, ANA, None, PAST), recorded(2, BEA, PAST)]
    settled = settle(present, [wanted(CY, None, PAST - timedelta(days=5))], T0)
    assert (settled.begun, settled.moved) == ((), ())
    assert settled.clashes == (("assignments[0]", present[0]),)


def test_what_history_tells_gives_way_to_the_record() -> None:
    present = [recorded(1, ANA)]
    settled = settle(present, [wanted(CY, None, PAST, told=True)], T0)
    assert (settled.begun, settled.moved, settled.clashes, settled.fates) == ((), (), (), ())


_MOMENTS = st.integers(-6, 6).map(lambda days: T0 + timedelta(days=days))
_HOLDERS: st.SearchStrategy[Holder] = st.sampled_from([ANA, BEA, CY, SEAT])


@st.composite
def _wishes(draw: st.DrawFn) -> list[Wanted]:
    """The Accountable of a valid document, one after another."""
    turns = sorted(draw(st.sets(_MOMENTS, max_size=3)))
    edges = [*zip([None, *turns], [*turns, None], strict=True)]
    return [wanted(draw(_HOLDERS), *edge) for edge in edges if draw(st.booleans())]


@given(st.lists(_wishes(), max_size=4), st.data())
def test_whatever_documents_say_there_is_one_accountable_at_a_time(
    stories: list[list[Wanted]], data: st.DataObject
) -> None:
    present: list[Recorded] = []
    now = T0
    for wishes in stories:
        before = list(present)
        settled = settle(present, wishes, now)
        present = _applied(present, settled)
        times = [held.span for held in present if held.span.since != held.span.until]
        assert not any(one.meets(other) for one, other in combinations(times, 2))
        assert {held.id for held in before} <= {held.id for held in present}
        if not settled.clashes:
            again = settle(present, wishes, now)
            assert (again.begun, again.moved) == ((), ())
        now += timedelta(days=data.draw(st.integers(0, 4)))


def _applied(present: list[Recorded], settled: Settled) -> list[Recorded]:
    moved = {before.id: later for before, later in settled.moved}
    kept = [moved.get(held.id, held) for held in present]
    new = [
        Recorded(len(kept) + n + 1, held.letter, held.holder, held.span)
        for n, held in enumerate(settled.begun)
    ]
    return kept + new


def entry(day: str, before: str | None, later: str | None) -> HistoryEntry:
    values = {
        "id": day,
        "date": day,
        "kind": "owner_change",
        "from": before,
        "to": later,
        "by": "nia",
    }
    return HistoryEntry.model_validate_json(json.dumps(values))


def moment(day: str) -> datetime:
    return midnight(date.fromisoformat(day))


def test_changes_of_owner_become_intervals() -> None:
    told = ownership(
        [entry("2026-10-05", "dev", "bea"), entry("2026-03-02", "ana", "dev")], present="bea"
    )
    assert [(owner.person, owner.since, owner.until, owner.set_by) for owner in told.earlier] == [
        ("ana", None, moment("2026-03-02"), None),
        ("dev", moment("2026-03-02"), moment("2026-10-05"), "nia"),
    ]
    assert (told.since, told.set_by) == (moment("2026-10-05"), "nia")


def test_somebody_who_stepped_down_held_the_letter_until_then() -> None:
    told = ownership([entry("2026-11-02", "ines", None)], present=None)
    assert [(owner.person, owner.until) for owner in told.earlier] == [
        ("ines", moment("2026-11-02"))
    ]


@pytest.mark.parametrize("present", ["cy", None])
def test_a_history_that_does_not_lead_to_today_makes_no_interval(present: str | None) -> None:
    told = ownership([entry("2026-10-05", "dev", "bea")], present)
    assert (told.earlier, told.since) == ((), None)


def test_a_gap_in_history_ends_what_it_tells() -> None:
    told = ownership(
        [entry("2026-01-05", "ana", "cy"), entry("2026-10-05", "dev", "bea")], present="bea"
    )
    assert [owner.person for owner in told.earlier] == ["dev"]
