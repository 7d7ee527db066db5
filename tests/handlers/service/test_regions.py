"""Whose public holidays count for somebody."""

from datetime import date

import pytest

from bot.cadence import Cadence
from bot.errors import Forbidden, NotFound
from bot.orders import ChangeSetting, SetDigest, SetRegion
from handlers.views import access as setting_views
from handlers.views import away as views
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.views.worlds import button_of


def test_the_region_is_ones_own_and_a_bad_one_changes_nothing(team: Team) -> None:
    bea, presences = team.actor("bea"), team.charter.presences
    assert presences.set_region(bea, SetRegion("germany bayern")).person.region == "DE-BY"
    with pytest.raises(NotFound):
        presences.set_region(bea, SetRegion("Atlantis"))
    assert presences.shown(bea, None).presence.is_away(date(2027, 5, 27))
    assert not presences.shown(team.actor("cy"), None).presence.is_away(date(2027, 5, 27))
    assert presences.set_region(bea, SetRegion("")).person.region == ""


def test_whose_holidays_somebody_has_is_taken_back_with_one_click(team: Team) -> None:
    bea, presences = team.actor("bea"), team.charter.presences

    def undo(said: str) -> str:
        told = presences.set_region(bea, SetRegion(said))
        value: str = button_of(views.shown(told).blocks, "Undo")["value"]
        return value

    assert '"away region default"' in undo("DE-BY")
    assert '"away region DE-BY"' in undo("none")
    assert '"away region none"' in undo("")
    assert presences.shown(bea, None).region_before is None


def test_who_never_said_has_the_holidays_of_the_workspace_and_so_do_new_digests(
    team: Team,
) -> None:
    corpus_christi = date(2027, 5, 27)
    settings, presences = team.charter.settings, team.charter.presences
    presences.set_region(team.actor("bea"), SetRegion("none"))
    order = ChangeSetting("holiday region", "germany bayern")
    with pytest.raises(Forbidden):
        settings.change(team.actor("bea"), order)
    shown = settings.change(team.actor("ana"), order)
    assert [(one.before, one.after) for one in shown.changed] == [("none", "DE-BY")]
    assert "holiday region: DE-BY (usually none)" in setting_views.settings(shown).text
    own = {first: presences.shown(team.actor(first), None) for first in ("bea", "cy")}
    away = {first: one.presence.is_away(corpus_christi) for first, one in own.items()}
    assert away == {"bea": False, "cy": True}
    assert "Public holidays: those of DE-BY." in views.shown(own["cy"]).text
    team.atlas()
    digest = team.charter.digests.set(team.actor("cy"), SetDigest(Cadence.DAILY), HERE)
    assert digest.plan is not None
    assert digest.plan.region == "DE-BY"
    with pytest.raises(NotFound):
        settings.change(team.actor("ana"), ChangeSetting("holiday region", "Atlantis"))
    back = settings.change(team.actor("ana"), ChangeSetting("holiday region", "default"))
    assert back.settings.holiday_region == ""
    assert not presences.shown(team.actor("cy"), None).presence.is_away(corpus_christi)
