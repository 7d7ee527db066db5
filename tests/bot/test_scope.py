"""The fields of a scope, its cells, its metrics, and what a sign-off covers."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import deciding, scope
from bot.changes import LinkAdded, MetricChanged, ScopeChanged, ScopeRevised
from bot.errors import BadInput, Refused, Why
from bot.people import Person
from bot.project import Approval, Call, Metric, Project, Scope
from bot.scope import MetricWish
from bot.telling import lines
from bot.upkeep import Link
from tests.bot.support import ANA, PEOPLE, project
from tests.support.clock import T0

TODAY = date(2026, 11, 20)
AUC = Metric("AUC", ("area",), True, "", 0.71, 0.80, None, None, "offline, weekly")


def scoped(**fields: str) -> Project:
    made = Scope(
        fields={name: text for name, text in fields.items() if name not in scope.LISTS},
        in_scope=tuple(fields.get("in_scope", "").splitlines()),
        out_of_scope=tuple(fields.get("out_of_scope", "").splitlines()),
        metrics=(AUC,),
        links=(Link("Board", "https://b.example"),),
        version=2,
    )
    return replace(project(), scope=made)


def test_s2_a_target_needs_a_baseline() -> None:
    with pytest.raises(BadInput) as refused:
        deciding.set_metric(project(), "AUC", MetricWish(higher=True, target=0.8), TODAY)
    assert (refused.value.why, refused.value.field) == (Why.NO_BASELINE, "baseline")


def test_s2_a_metric_says_which_way_it_improves() -> None:
    with pytest.raises(BadInput) as refused:
        deciding.set_metric(project(), "AUC", MetricWish(baseline=0.71), TODAY)
    assert refused.value.why is Why.DIRECTION_NEEDED
    made = deciding.set_metric(project(), "MAPE", MetricWish(baseline=12.0, target=8.0), TODAY)
    assert made.after is not None
    assert not made.after.higher


def test_s2_a_target_on_the_wrong_side_of_its_baseline_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        deciding.set_metric(scoped(), "AUC", MetricWish(target=0.6), TODAY)
    assert (refused.value.why, refused.value.field) == (Why.TARGET_WORSE, "target")


def test_a_metric_is_known_by_its_alias_and_keeps_what_is_not_said() -> None:
    change = deciding.set_metric(scoped(), "Area", MetricWish(target=0.82), TODAY)
    assert change == MetricChanged(3, AUC, replace(AUC, target=0.82))
    measured = deciding.set_metric(scoped(), "auc", MetricWish(now=0.77), TODAY)
    assert measured.after == replace(AUC, current=0.77, updated=TODAY)
    assert deciding.edits_of(measured) == ()
    with pytest.raises(Refused) as refused:
        deciding.set_metric(scoped(), "F1", MetricWish(now=0.5), TODAY)
    assert refused.value.facts == {"metric": "F1", "known": "AUC"}


def test_what_several_fields_change_to_is_one_version() -> None:
    change = deciding.revise(
        scoped(goal="Less churn"), {"goal": "", "in_scope": "- cards\ncards\n"}
    )
    assert isinstance(change, ScopeRevised)
    assert change.parts == (
        ScopeChanged(3, "goal", "Less churn", ""),
        ScopeChanged(3, "in_scope", "", "cards"),
    )
    assert [(line.label, line.before, line.after) for line in lines(change, PEOPLE)] == [
        ("goal", "Less churn", ""),
        ("in scope", "", "cards"),
    ]
    assert deciding.reverse(change, None) == ScopeRevised(
        3, (ScopeChanged(3, "in_scope", "cards", ""), ScopeChanged(3, "goal", "", "Less churn"))
    )


def test_edge_45_a_deadline_is_a_day_that_ends_where_the_project_is_at_home() -> None:
    with pytest.raises(BadInput) as refused:
        deciding.set_scope(project(), "deadline", "before the summer")
    assert (refused.value.why, refused.value.field) == (Why.BAD_DATE, "deadline")
    people = {ANA: Person(ANA, "ana", "Ana Sample", "Ana", timezone="Asia/Tokyo")}
    due = scoped(deadline="2027-05-01")
    assert scope.deadline(due.scope) == date(2027, 5, 1)
    ends = scope.deadline_ends(due, people)
    assert ends is not None
    assert ends.astimezone(UTC) == datetime(2027, 5, 1, 14, 59, 59, tzinfo=UTC)
    assert scope.deadline_ends(scoped(deadline="in May"), people) is None


def test_a_sponsor_may_be_a_person_whose_name_may_change() -> None:
    kept = scope.of_person(ANA)
    assert scope.worded("sponsor", kept, PEOPLE) == "Ana Sample"
    assert scope.worded("sponsor", "The board", PEOPLE) == "The board"
    assert scope.worded("sponsor", kept, {}) == "somebody unknown"


MATERIAL = {
    "problem": True,
    "goal": True,
    "why_ml": True,
    "current_system": True,
    "data_sources": True,
    "in_scope": True,
    "out_of_scope": True,
    "expected_saving": True,
    "cost": True,
    "deadline": True,
    "sponsor": True,
    "notes": False,
}


@pytest.mark.parametrize("name", scope.NAMES)
def test_s5_a_sign_off_goes_stale_with_what_is_material(name: str) -> None:
    signed = scoped(**{name: "2027-01-01"})
    approval = Approval(2, scope.fingerprint(signed.scope), ANA, T0)
    other = scoped(**{name: "2027-01-02"})
    assert not scope.is_stale(replace(signed.scope, approval=approval))
    assert scope.is_stale(replace(other.scope, approval=approval)) is MATERIAL[name]


@pytest.mark.parametrize(
    ("metric", "stale"),
    [
        (replace(AUC, target=0.82), True),
        (replace(AUC, baseline=0.7), True),
        (replace(AUC, unit="%"), True),
        (replace(AUC, measured="online"), True),
        (replace(AUC, higher=False), True),
        (replace(AUC, name="AUC-PR"), True),
        (replace(AUC, current=0.77, updated=date(2026, 11, 20)), False),
        (replace(AUC, aliases=("area", "ROC")), False),
    ],
)
def test_s5_a_sign_off_covers_what_is_agreed_of_metrics(metric: Metric, stale: bool) -> None:
    signed = scoped().scope
    approval = Approval(2, scope.fingerprint(signed), ANA, T0)
    assert scope.is_stale(replace(signed, metrics=(metric,), approval=approval)) is stale


def test_s5_links_are_not_material() -> None:
    signed = scoped().scope
    approval = Approval(2, scope.fingerprint(signed), ANA, T0)
    assert not scope.is_stale(replace(signed, links=(), approval=approval))
    added = LinkAdded(3, "Board", "https://b.example")
    assert deciding.edits_of(added) == (scope.Edit("link/https://b.example", "", "Board"),)


def test_s5_signing_off_names_the_version_and_needs_one() -> None:
    signed = deciding.approve(scoped())
    assert (signed.version, signed.before, signed.given) == (2, None, True)
    with pytest.raises(Refused) as refused:
        deciding.approve(project())
    assert refused.value.why is Why.SCOPE_EMPTY
    approval = Approval(2, signed.fingerprint, ANA, T0)
    known = scoped()
    with pytest.raises(Refused) as again:
        deciding.approve(replace(known, scope=replace(known.scope, approval=approval)))
    assert again.value.why is Why.NOTHING_CHANGES


def test_a_verdict_needs_a_reason() -> None:
    with pytest.raises(BadInput) as refused:
        deciding.give_verdict(project(), Call.GO, "  ")
    assert (refused.value.why, refused.value.field) == (Why.VERDICT_REASON, "reason")
    given = deciding.give_verdict(project(), Call.NO_GO, "It costs more than it saves.")
    [line] = lines(given, PEOPLE)
    assert (line.label, line.before) == ("verdict", "")
    assert line.after == "no-go (It costs more than it saves.)"


TEXTS = st.sampled_from(["", "a", "b", "c"])
FORMS = st.fixed_dictionaries(dict.fromkeys(("goal", "notes", "target"), TEXTS))


@given(FORMS, FORMS, FORMS)
def test_edge_46_nothing_is_lost_in_a_merge(
    base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    wanted, clashes = scope.merged(base, mine, theirs)
    clashing = {clash.field for clash in clashes}
    for name, was in base.items():
        result = {**theirs, **wanted}[name]
        if name in clashing:
            assert len({mine[name], was, theirs[name]}) == 3
        elif mine[name] != was:
            assert result == mine[name]
        else:
            assert result == theirs[name]


STEPS = st.lists(st.tuples(st.sampled_from("xyz"), TEXTS), max_size=8)


@given(STEPS)
def test_edits_undone_give_what_was_and_joined_give_the_difference(
    steps: list[tuple[str, str]],
) -> None:
    first = {"x": "a"}
    present = dict(first)
    made: list[scope.Edit] = []
    for cell, text in steps:
        made += scope.edits({cell: present.get(cell, "")}, {cell: text})
        present[cell] = text
    was = {cell: text for cell, text in scope.undone(present, made).items() if text}
    assert was == first
    assert scope.joined(made) == scope.edits(first, present)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.71", 0.71),
        ("0,71", 0.71),
        ("71 %", 71.0),
        ("-3", -3.0),
        ("1e-3", 0.001),
        ("0,710", 0.71),
    ],
)
def test_numbers_as_people_write_them(text: str, number: float) -> None:
    assert scope.read_number(text) == number


@pytest.mark.parametrize("text", ["", "high", "1,200", "nan", "inf", "0.7.1", "1e999"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        scope.read_number(text, "target")
    assert (refused.value.why, refused.value.field) == (Why.BAD_VALUE, "target")
