"""The rules of RACI, as decisions: what is allowed, what is refused, and what is never possible."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import deciding
from bot.changes import (
    AliasChanged,
    ChannelChanged,
    Hurdles,
    NewBlocker,
    RolesChanged,
    ScopeChanged,
    Seat,
    StageMoved,
)
from bot.errors import BadInput, CharterError, Refused, SecondAccountable, Why
from bot.project import Channel, Group, Holder, Letter, PersonHolder, Scope, Status, Vacancy
from tests.bot.support import (
    ANA,
    BEA,
    BOT,
    DEE,
    HOLDERS,
    PEOPLE,
    applied,
    held,
    item,
    project,
)
from tests.support.clock import T0

A, R, C = Letter.A, Letter.R, Letter.C
ANAS_ROW = item(held(A, PersonHolder(ANA)))


def test_a_free_letter_is_given() -> None:
    row = item()
    change = deciding.assign(project(row), row, (A, R), PersonHolder(BEA), PEOPLE, since=T0, now=T0)
    assert change.begun == (Seat(A, PersonHolder(BEA)), Seat(R, PersonHolder(BEA)))
    assert change.ended == ()
    assert change.since == T0


def test_a_second_accountable_is_not_written_but_offered() -> None:
    with pytest.raises(SecondAccountable) as caught:
        deciding.assign(
            project(ANAS_ROW), ANAS_ROW, (A,), PersonHolder(BEA), PEOPLE, since=T0, now=T0
        )
    offered = caught.value
    assert (offered.present, offered.wanted, offered.wanted_ref) == (
        "Ana Sample",
        "Bea Sample",
        "<@UBEA>",
    )
    assert (offered.project_key, offered.item_key, offered.item_version) == (
        "atlas",
        "data_pipeline",
        1,
    )


def test_a_hand_over_ends_the_present_one() -> None:
    change = deciding.assign(
        project(ANAS_ROW),
        ANAS_ROW,
        (A,),
        PersonHolder(BEA),
        PEOPLE,
        since=T0,
        now=T0,
        hand_over=True,
    )
    assert change.ended == ANAS_ROW.assignments
    assert change.begun == (Seat(A, PersonHolder(BEA)),)


def test_a_vacant_accountable_is_simply_filled() -> None:
    row = item(held(A, Vacancy("Data Engineer")))
    change = deciding.assign(project(row), row, (A,), PersonHolder(BEA), PEOPLE, since=T0, now=T0)
    assert change.ended == row.assignments


def test_a_person_takes_the_vacant_seat_of_the_letter() -> None:
    row = item(held(R, Vacancy("Data Engineer")), held(R, PersonHolder(ANA), 2))
    change = deciding.assign(project(row), row, (R,), PersonHolder(BEA), PEOPLE, since=T0, now=T0)
    assert change.ended == row.assignments[:1]


@pytest.mark.parametrize(
    ("holder", "letters", "why"),
    [
        (PersonHolder(DEE), (A,), Why.HOLDER_LEFT),
        (PersonHolder(BOT), (R,), Why.HOLDER_IS_BOT),
        (Group("S1", "labellers"), (A,), Why.GROUP_ACCOUNTABLE),
        (PersonHolder(ANA), (A,), Why.NOTHING_CHANGES),
    ],
)
def test_who_may_not_hold(holder: Holder, letters: tuple[Letter, ...], why: Why) -> None:
    with pytest.raises(Refused) as caught:
        deciding.assign(project(ANAS_ROW), ANAS_ROW, letters, holder, PEOPLE, since=T0, now=T0)
    assert caught.value.why is why


def test_a_group_may_be_consulted() -> None:
    group = Group("S1", "labellers")
    change = deciding.assign(project(ANAS_ROW), ANAS_ROW, (C,), group, PEOPLE, since=T0, now=T0)
    assert change.begun == (Seat(C, group),)


def test_a_hand_over_may_not_begin_before_the_one_it_ends() -> None:
    before = T0 - timedelta(days=31)
    with pytest.raises(Refused) as caught:
        deciding.assign(
            project(ANAS_ROW),
            ANAS_ROW,
            (A,),
            PersonHolder(BEA),
            PEOPLE,
            since=before,
            now=T0,
            hand_over=True,
        )
    assert caught.value.why is Why.BAD_DATE


def test_an_archived_project_is_read_only() -> None:
    closed = replace(project(ANAS_ROW), archived_at=T0)
    decisions = (
        lambda: deciding.assign(
            closed, ANAS_ROW, (R,), PersonHolder(BEA), PEOPLE, since=T0, now=T0
        ),
        lambda: deciding.clear(closed, ANAS_ROW, (A,), None, PEOPLE, since=T0),
        lambda: deciding.move(closed, ANAS_ROW, Status.DONE, None, PEOPLE),
        lambda: deciding.move_due(closed, ANAS_ROW, date(2027, 1, 1)),
        lambda: deciding.set_scope(closed, "goal", "sizes"),
        lambda: deciding.add_alias(closed, None, "x"),
    )
    for decide in decisions:
        with pytest.raises(Refused) as caught:
            decide()
        assert caught.value.why is Why.ARCHIVED


orders = st.tuples(
    st.sampled_from(HOLDERS),
    st.lists(st.sampled_from(list(Letter)), min_size=1, max_size=3),
    st.booleans(),
    st.sampled_from(["assign", "clear", "undo"]),
)


@given(st.lists(orders, max_size=25))
def test_no_sequence_of_orders_makes_two_accountable(
    sequence: list[tuple[Holder, list[Letter], bool, str]],
) -> None:
    row = item()
    last: RolesChanged | None = None
    for holder, letters, hand_over, what in sequence:
        try:
            if what == "assign":
                last = deciding.assign(
                    project(row),
                    row,
                    letters,
                    holder,
                    PEOPLE,
                    since=T0,
                    now=T0,
                    hand_over=hand_over,
                )
            elif what == "clear":
                last = deciding.clear(project(row), row, letters, holder, PEOPLE, since=T0)
            elif last is not None:
                back = deciding.reverse(last, row)
                assert isinstance(back, RolesChanged)
                last = back
            else:
                continue
        except CharterError:
            last = None
            continue
        row = applied(row, last)
        assert len(deciding.holders(row.assignments, Letter.A)) <= 1
        pairs = [(one.letter, one.holder) for one in row.assignments]
        assert len(pairs) == len(set(pairs)), "nobody holds a letter twice"
        if what == "undo":
            last = None


@given(st.sampled_from(HOLDERS), st.sampled_from(list(Letter)), st.booleans())
def test_undo_brings_back_the_same_holders(holder: Holder, letter: Letter, hand_over: bool) -> None:
    row = item(held(A, PersonHolder(ANA)), held(R, Vacancy("Data Engineer", "DE-1"), 2))
    try:
        change = deciding.assign(
            project(row), row, (letter,), holder, PEOPLE, since=T0, now=T0, hand_over=hand_over
        )
    except CharterError:
        return
    after = applied(row, change)
    back = deciding.reverse(change, after)
    assert isinstance(back, RolesChanged)
    restored = {(one.letter, one.holder) for one in applied(after, back).assignments}
    assert restored == {(one.letter, one.holder) for one in row.assignments}


def test_blocking_and_skipping_need_a_reason() -> None:
    for status in (Status.BLOCKED, Status.SKIPPED):
        with pytest.raises(BadInput) as caught:
            deciding.move(project(ANAS_ROW), ANAS_ROW, status, "  ", PEOPLE)
        assert caught.value.why in {Why.REASON_NEEDED, Why.EMPTY_TEXT}
    moved = deciding.move(project(ANAS_ROW), ANAS_ROW, Status.BLOCKED, " no export yet ", PEOPLE)
    assert moved == StageMoved(
        3,
        7,
        Status.NOT_STARTED,
        None,
        Status.BLOCKED,
        "no export yet",
        Hurdles(opened=(NewBlocker("no export yet", ANA),)),
    )


def test_scope_lists_take_lines() -> None:
    change = deciding.set_scope(project(), "in_scope", "• cards\n\n- gift cards\ncards")
    assert change == ScopeChanged(3, "in_scope", "", "cards\ngift cards")
    known = replace(project(), scope=Scope({}, in_scope=("cards", "gift cards")))
    with pytest.raises(Refused) as caught:
        deciding.set_scope(known, "in_scope", "cards\ngift cards")
    assert caught.value.why is Why.NOTHING_CHANGES


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("colour", "blue", Why.BAD_FIELD),
        ("goal", "x" * 3001, Why.TEXT_TOO_LONG),
    ],
)
def test_bad_scope_input(name: str, value: str, why: Why) -> None:
    with pytest.raises(BadInput) as caught:
        deciding.set_scope(project(), name, value)
    assert caught.value.why is why


def test_an_alias_means_one_thing_in_its_project() -> None:
    rows = (ANAS_ROW, replace(item(key="rollout"), id=8, title="Roll-out", aliases=()))
    with pytest.raises(Refused) as caught:
        deciding.add_alias(project(*rows), rows[1], "etl")
    assert (caught.value.why, caught.value.facts["item"]) == (Why.ALIAS_TAKEN, "Data pipeline")
    added = deciding.add_alias(project(*rows), rows[1], " go-live\n")
    assert added == AliasChanged(3, 8, "go-live", added=True)
    assert deciding.remove_alias(project(*rows), rows[0], "etl") == AliasChanged(
        3, 7, "ETL", added=False
    )


def test_binding_a_channel_twice_changes_nothing() -> None:
    channel = Channel("C1", "proj-atlas")
    change = deciding.bind(project(), channel)
    assert change == ChannelChanged(3, channel, bound=True)
    bound = replace(project(), channels=(channel,))
    with pytest.raises(Refused):
        deciding.bind(bound, channel)
    assert deciding.reverse(change, None) == deciding.unbind(bound, "C1")


@pytest.mark.parametrize(
    ("name", "kept"),
    [("  Size   recommender\n", "Size recommender"), ("Größe 2", "Größe 2"), ("推荐", "推荐")],
)
def test_a_name_is_one_line(name: str, kept: str) -> None:
    assert deciding.checked_name(name) == kept


@pytest.mark.parametrize("name", ["", "  \n", "🔥", "x" * 121])
def test_bad_names(name: str) -> None:
    with pytest.raises(BadInput):
        deciding.checked_name(name)
