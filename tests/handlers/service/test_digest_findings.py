"""Row R11 in digests: load and what the linter finds, told where they changed."""

from datetime import timedelta

from bot.orders import Assign, NewProject
from bot.project import Letter
from handlers.views.digests import previewed
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.digest_support import NINE, tell_of_atlas, until


def test_r11_a_digest_tells_load_and_lint_where_they_changed_and_then_no_more(
    team: Team,
) -> None:
    """Whose only Responsible somebody is counts as borne; the preview says the same."""
    tell_of_atlas(team)
    ana = team.actor("ana")
    team.charter.raci.assign(ana, Assign("data pipeline", (Letter.R,), "Cy Sample"), HERE)
    told = "Note: Cy Sample is the only one responsible for Data pipeline"
    preview = team.charter.digests.preview(team.actor("bea"), HERE)
    assert told in previewed(preview).text
    [first] = until(team, NINE + timedelta(days=1))
    assert told in first.text
    assert until(team, NINE + timedelta(days=6)) == []

    team.charter.raci.assign(ana, Assign("data pipeline", (Letter.R,), "Bea Sample"), HERE)
    [second] = until(team, NINE + timedelta(days=8))
    assert "No longer: all depends on one person (Data pipeline)" in second.text
    assert told not in second.text


def test_r11_what_is_borne_elsewhere_brings_a_digest_about_by_itself(team: Team) -> None:
    tell_of_atlas(team)
    ana = team.actor("ana")
    give = Assign("data pipeline", (Letter.A,), "Bea Sample")
    team.charter.raci.assign(ana, give, HERE)
    until(team, NINE + timedelta(days=1))
    team.charter.projects.create(ana, NewProject("Berth"), ELSEWHERE)
    for item in (one.key for one in team.charter.projects.shown(ana, "berth", HERE).project.items):
        seat = Assign(item, (Letter.A,), "Bea Sample", "berth", hand_over=True)
        team.charter.raci.assign(ana, seat, HERE)
    [message] = until(team, NINE + timedelta(days=2))
    assert "Warning: Bea Sample is accountable for" in message.text
    assert "Berth" not in message.text
    assert until(team, NINE + timedelta(days=6)) == []
