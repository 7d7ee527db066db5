"""A scope in words: all of it, one field, and who signed it off."""

from dataclasses import replace

from bot import scope as rules
from bot.project import Approval, Call, Project, Scope, Verdict
from handlers.views import scope
from tests.handlers.views.worlds import CHURN, T0, shown, sound


def of(**more: object) -> Project:
    return replace(CHURN, scope=replace(CHURN.scope, **more))  # type: ignore[arg-type] # any field


def test_the_scope_in_whole() -> None:
    text = sound(scope.shown(shown())).text
    assert "Goal: 10 % fewer customers leave" in text
    assert "In scope:\n• Europe\n• Subscriptions" in text
    assert "• Recall: not measured yet, target 80 %, began at 60 %, higher is better" in text
    assert "• MAPE: now 0.12, no target, lower is better" in text
    assert "Stakeholders: Bea Lind" in text
    missing = "why ML, current system, data sources, expected saving, deadline, sponsor"
    assert f"Not said yet: {missing}." in text


def test_s6_the_scope_says_its_version_and_when_it_was_saved() -> None:
    text = sound(scope.shown(shown(project=of(version=3, changed_at=T0)))).text
    lines = text.splitlines()
    assert lines[0] == "What Churn Radar is for – v3, saved 2026-11-23 10:00 UTC"
    assert lines[1] == "Not approved yet."


def test_s5_the_badge_names_who_approved_what_and_whether_it_changed_since() -> None:
    signed = Approval(2, rules.fingerprint(CHURN.scope), 1, T0)
    same = of(version=3, approval=signed)
    assert "Approved v2 by Ana Ruiz." in sound(scope.shown(shown(project=same))).text
    changed = of(version=3, approval=signed, fields={"goal": "15 % fewer"})
    assert "Approved v2 by Ana Ruiz, changed since." in scope.shown(shown(project=changed)).text


def test_one_field_of_the_scope() -> None:
    assert scope.field(shown(), "goal").text.splitlines() == [
        "Goal of Churn Radar: 10 % fewer customers leave",
        "Scope v0. Not approved yet.",
    ]
    assert "• Pricing" in scope.field(shown(), "out_of_scope").text
    assert "/charter scope why ML: …" in scope.field(shown(), "why_ml").text


def test_edge_45_a_deadline_is_told_with_its_end_by_the_readers_clock() -> None:
    due = of(fields={"deadline": "2027-05-01", "sponsor": rules.of_person(2)})
    text = sound(scope.shown(shown(project=due))).text
    assert "Deadline: 2027-05-01 (until 2027-05-01 23:59 UTC)" in text
    assert "Sponsor: Bea Lind" in text


def test_a_verdict_is_told_with_its_reason() -> None:
    judged = of(verdict=Verdict(Call.NO_GO, "It costs more than it saves.", 1, T0))
    text = sound(scope.shown(shown(project=judged))).text
    assert "Verdict: no-go, It costs more than it saves. (Ana Ruiz, 2026-11-23 10:00 UTC)" in text


def test_an_empty_scope_says_so() -> None:
    text = sound(scope.shown(shown(project=replace(CHURN, scope=Scope())))).text
    assert text.startswith("What Churn Radar is for has not been written down yet.")
