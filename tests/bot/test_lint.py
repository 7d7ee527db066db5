"""One minimal fixture for each rule, and a clean project in which none finds anything."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.errors import NotFound
from bot.lint import RULES, Ground, Severity, checked, rule_named
from bot.people import Delegation
from bot.project import Mode, Project, Status
from bot.waivers import Waiver
from tests.bot.team import ANA, BEA, CY, DEE, TEAM, project, with_status
from tests.support.clock import T0

TODAY = T0.date()
BOTH = "R bea, R cy"
STAGES = (
    *("idea", "framing", "data_pipeline", "data_quality", "annotation", "modelling"),
    *("resourcing", "rollout", "metrics"),
)
CLEAN = project(
    {key: f"A {('ana', 'bea', 'cy')[n % 3]}, {BOTH}, C eva, I gus" for n, key in enumerate(STAGES)}
)
CROWD = ", ".join(
    f"C {name}" for name in ("ana", "bea", "cy", "eva", "gus", "otto", "@one", "@two", "@three")
)


def ground(made: Project, **more: Any) -> Ground:
    return Ground(made, TEAM, TODAY, **{"sees": lambda person: True, **more})


def found(made: Project, **more: Any) -> set[tuple[str, str]]:
    report = checked(ground(made, **more))
    return {(one.rule.id, one.found.item.key if one.found.item else "") for one in report.findings}


def given(delegate: int, first: int, last: int) -> tuple[Delegation, ...]:
    days = (TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    return (Delegation(ANA, delegate, *days),)


ALL = f"A ana, {BOTH}"
FIXTURES: dict[str, tuple[Project, dict[str, Any], str]] = {
    "no-a": (project({"idea": BOTH}), {}, "idea"),
    "no-r": (project({"idea": "A ana"}), {}, "idea"),
    "metrics-without-a": (
        project({"framing": ALL, "metrics": f"A vacant Data Analyst, {BOTH}"}, done=("framing",)),
        {},
        "metrics",
    ),
    "rollout-vacant": (project({"rollout": f"A vacant ML Engineer, {BOTH}"}), {}, "rollout"),
    "a-outside": (project({"idea": f"A otto, {BOTH}"}), {}, "idea"),
    "holder-left": (project({"idea": f"{ALL}, C dee"}), {}, "idea"),
    "cannot-see": (
        replace(project({"idea": ALL}), private=True),
        {"sees": lambda person: person != CY},
        "idea",
    ),
    "own-judge": (
        project({"data_quality": f"A bea, {BOTH}", "annotation": "A ana, R bea"}),
        {},
        "annotation",
    ),
    "self-approval": (project({"rollout": "A/R ana"}), {}, "rollout"),
    "too-many-c": (project({"idea": f"{ALL}, {CROWD}"}), {}, "idea"),
    "c-not-asked": (project({"idea": f"{ALL}, C eva"}, done=("idea",)), {}, "idea"),
    "delegate-gone": (project({"idea": ALL}), {"delegations": given(DEE, -1, 1)}, "idea"),
    "delegate-expired": (project({"idea": ALL}), {"delegations": given(BEA, -9, -2)}, "idea"),
    "spof": (project({"idea": "A ana, R bea"}), {}, "idea"),
    "load": (project({"idea": ALL}), {"load": {ANA: 6}}, ""),
}


def test_moonshot_12_a_clean_project_has_no_findings() -> None:
    assert found(CLEAN, load={ANA: 5}) == set()


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_moonshot_12_every_rule_finds_what_its_fixture_lacks(rule: str) -> None:
    made, more, where = FIXTURES[rule]
    if rule == "rollout-vacant":
        more = {"shipping": frozenset({made.items[0].id})}
    assert (rule, where) in found(made, **more)


MENDED: dict[str, tuple[Project, dict[str, Any]]] = {
    "metrics-without-a": (project({"framing": ALL, "metrics": BOTH}), {}),
    "rollout-vacant": (project({"rollout": BOTH}), {}),
    "a-outside": (project({"idea": f"{ALL}, R otto, C gus"}), {}),
    "cannot-see": (project({"idea": ALL}), {"sees": lambda person: False}),
    "own-judge": (
        project({"data_quality": "A/R bea", "annotation": "A ana, R bea, R @labellers"}),
        {},
    ),
    "self-approval": (project({"rollout": "A/R ana, R bea", "idea": "A/R ana"}), {}),
    "c-not-asked": (project({"idea": f"{ALL}, C eva"}), {}),
    "delegate-gone": (project({"idea": ALL}), {"delegations": given(BEA, -1, 1)}),
    "delegate-expired": (project({"idea": ALL}), {"delegations": given(BEA, -30, -9)}),
    "load": (project({"idea": ALL}), {"load": {ANA: 5, BEA: 9}}),
}


@pytest.mark.parametrize("rule", MENDED)
def test_a_rule_finds_nothing_where_it_is_kept(rule: str) -> None:
    made, more = MENDED[rule]
    assert rule not in {one for one, _ in found(made, **more)}


def test_somebody_consulted_who_was_asked_is_no_finding() -> None:
    made = project({"idea": f"{ALL}, C eva"}, done=("idea",))
    eva = next(key for key, person in TEAM.items() if person.key == "eva")
    assert found(made, asked=frozenset({(made.items[0].id, eva)})) == set()


def test_r10_in_start_up_mode_only_the_self_approved_gate_is_told() -> None:
    rows = dict.fromkeys(STAGES, "A/R eva")
    assert {rule for rule, _ in found(project(rows), load={6: 9})} == {
        *("own-judge", "self-approval", "spof", "load"),
    }
    alone = project(rows, mode=Mode.STARTUP)
    assert found(alone, load={6: 9}) == {("self-approval", key) for key in ("framing", "rollout")}


def test_what_is_done_or_archived_is_left_in_peace() -> None:
    assert found(replace(project({"idea": ""}), archived_at=T0)) == set()
    assert found(with_status(project({"idea": ""}), idea=Status.SKIPPED)) == set()


def test_the_worst_is_told_first_and_then_by_stage() -> None:
    report = checked(ground(project({"idea": "A ana, R bea", "framing": "C dee", "modelling": ""})))
    told = [(one.rule.severity, one.found.item.key) for one in report.findings if one.found.item]
    assert told == [
        (Severity.ERROR, "framing"),
        (Severity.ERROR, "modelling"),
        (Severity.WARNING, "framing"),
        (Severity.WARNING, "framing"),
        (Severity.WARNING, "modelling"),
        (Severity.NOTE, "idea"),
    ]
    assert report.is_bad(Severity.NOTE)
    assert report.is_bad(Severity.ERROR)


def test_a_waiver_holds_up_to_its_last_day_and_covers_only_its_row() -> None:
    made = project({"idea": BOTH, "framing": BOTH})
    waiver = Waiver("no-a", made.items[0].id, "nobody hired yet", TODAY)
    report = checked(ground(made), [waiver])
    assert [one.found.item for one in report.findings if one.rule.id == "no-a"] == [made.items[1]]
    assert [one.waiver for one in report.waived] == [waiver]
    over = checked(replace(ground(made), today=date.fromordinal(TODAY.toordinal() + 1)), [waiver])
    assert len(over.findings) == 2
    assert over.waived == ()


def test_a_waiver_of_the_project_covers_every_row_and_no_other_rule() -> None:
    made = project({"idea": BOTH, "framing": ""})
    report = checked(ground(made), [Waiver("no-a", None, "later", TODAY)])
    assert {one.rule.id for one in report.findings} == {"no-r"}
    assert not report.is_bad(Severity.ERROR)
    assert len(report.waived) == 2


def test_a_rule_is_named_by_its_id_and_a_wrong_one_gets_those_that_sound_alike() -> None:
    assert rule_named("No A").id == "no-a"
    with pytest.raises(NotFound) as caught:
        rule_named("delegate-left")
    assert caught.value.suggestions == ("holder-left", "delegate-gone", "delegate-expired")
