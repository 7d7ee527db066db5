"""Whatever a scope says, Slack takes its views and its forms."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import scope as rules
from bot.feasibility import Portfolio, feasibility
from bot.outcome import ScopeClash, ScopeDiff, ScopeHistory, ScopeVersion, Shown, Taken
from bot.project import Call
from handlers.views import modals, portfolio, scope, scope_history
from tests.handlers.views.worlds import CHURN, PEOPLE, names, shown_worlds, sound, sound_view

slowly = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@slowly
@given(shown_worlds(), st.sampled_from(Call))
def test_the_scope_and_what_it_is_worth(shown: Shown, call: Call) -> None:
    sound(scope.metrics(shown))
    sound_view(modals.scope_form(shown), "modal")
    row = feasibility(shown.project, shown.people, NOW.date())
    sound(portfolio.verdict(shown, row))
    sound(portfolio.portfolio(Portfolio((row,) * 3, 1, 2)))
    sound_view(modals.verdict_form(shown, row, call), "modal")


def test_a_full_page_of_the_portfolio() -> None:
    row = feasibility(replace(CHURN, name="x" * 300), PEOPLE, NOW.date())
    sound(portfolio.portfolio(Portfolio((row,) * 20, 1, 2)))


@slowly
@given(names, names)
def test_what_two_have_changed(before: str, after: str) -> None:
    taken = tuple(Taken(field, before, after, 1, NOW) for field in ("goal", "sponsor", "target"))
    values = rules.form_values(rules.cells(CHURN.scope), "Recall")
    for some in (taken, taken[:1]):
        clash = ScopeClash(CHURN, PEOPLE, "Recall", {**values, "goal": before}, some)
        sound_view(modals.scope_clash(clash), "modal")
    edits = tuple(rules.Edit(cell, before, after) for cell in ("goal", "metric/a/b/unit", "link/x"))
    versions = tuple(ScopeVersion(number, None, NOW, edits) for number in range(12, 2, -1))
    sound(scope_history.history(ScopeHistory(CHURN, PEOPLE, versions)))
    sound(scope_history.diff(ScopeDiff(CHURN, PEOPLE, 1, 3, edits * 20)))
