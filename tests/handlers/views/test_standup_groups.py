"""The user group of a standup: in its form, and where it is told how it is set."""

from dataclasses import replace

from bot.project import Group
from handlers.views import modals, standups
from tests.handlers.views.test_modals import filled
from tests.handlers.views.test_standups import PLAN, SHOWN
from tests.handlers.views.worlds import sound, sound_view


def test_u1_the_form_offers_the_user_groups_and_keeps_the_one_that_is_in() -> None:
    team, gone = Group("S1", "ml-team"), Group("S2", "old-team")
    first = replace(SHOWN, plan=None, groups=(team,))
    view = sound_view(modals.standup(first, "C1"), "modal")
    assert modals.read_standup(filled(view)).group == ""
    assert modals.read_standup(filled(view, group="S1")).group == "S1"
    kept = replace(SHOWN, plan=replace(PLAN, group=gone), groups=(team,))
    view = sound_view(modals.standup(kept), "modal")
    assert modals.read_standup(filled(view)).group == "S2"
    fields = {one.get("block_id") for one in modals.standup(SHOWN)["blocks"]}
    assert "group" not in fields
    told = "The user group @old-team is in, but Slack does not tell who that is"
    assert told in sound(standups.shown(kept)).text
    there = replace(kept, groups=(team, replace(gone, handle="new-name")))
    assert (
        "Whoever is in the user group @new-name is asked, too." in sound(standups.shown(there)).text
    )
    assert "user group" not in sound(standups.shown(SHOWN)).text
