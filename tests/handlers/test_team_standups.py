"""A user group's own standup, in Slack."""

from tests.handlers.mornings import Morning
from tests.handlers.talk import typed


def daily(morning: Morning, *, private: bool = False) -> None:
    """Bea and Cy are the ML team, and #ml-daily is nobody's project's."""
    space = morning.workspace
    people = [space.person(one) for one in ("ana", "bea", "cy")]
    space.add_usergroup("S0TEAM", "ml-team", "ML team", [one.id for one in people[1:]])
    inside = [one.id for one in people]
    space.add_channel("ml-daily", id="C0DAILY", is_private=private, members=inside)
    morning.settle()


def test_u1_a_team_s_daily_from_its_command_to_its_report(morning: Morning) -> None:
    daily(morning)
    ana = morning.person("ana")
    done = typed(ana, "standup @ml-team 9:30 Mon-Fri", "ml-daily")
    assert "@ml-team" in done.said
    assert "told in #ml-daily" in done.said
    morning.until("08:00")  # Slack was asked who is in it, and both were met
    shown = typed(ana, "standup show", "ml-daily").said
    assert "2 people are asked" in shown
    assert "Whoever is in the user group is asked." in shown
    morning.until("08:31")
    assert "Standup of @ml-team, Tuesday 24 November" in morning.questions("bea")[-1].said
    morning.answers("bea", a0="The loader.", a2="No GPU quota.")
    morning.until("11:01")
    [report] = morning.reports("ml-daily")
    assert "Standup of @ml-team, Tuesday 24 November. 1 of 2 have answered." in report.said
    assert "Bea Lind: No GPU quota." in report.said
    assert "The loader." in typed(ana, "standups in @ml-team", "ml-fraud").said
    off = typed(ana, "standup off", "ml-daily")
    ana.presses(off, "Undo")
    ana.hears("Taken back", "ml-daily")
    assert "2 people are asked" in typed(ana, "standup @ml-team show", "ml-fraud").said


def test_u1_the_form_in_a_channel_without_a_project_begins_one(morning: Morning) -> None:
    daily(morning, private=True)
    ana = morning.person("ana")
    morning.until("06:00")
    ana.slash("/charter standup", "ml-daily")
    ana.gets_modal("Team standup")
    ana.fills({"group": "@ml-team", "questions": "What is new?\nWhat blocks you?"})
    assert ana.submits() is None
    ana.hears("told in a private channel", "ml-daily")
    # In a private channel those are asked who are in it, as Slack tells within half an hour.
    morning.until("06:31")
    assert "2 people are asked" in typed(ana, "standup show", "ml-daily").said
    ana.slash("/charter standup", "ml-daily")
    ana.gets_modal("Standup")
    ana.fills({"at": "10:00"})
    assert ana.submits() is None
    ana.hears("10:00", "ml-daily")


def test_u1_home_begins_one_and_leads_back_to_it(morning: Morning) -> None:
    daily(morning)
    bea = morning.person("bea")
    morning.until("06:00")
    bea.opens_home()
    bea.presses(bea.gets_home(), "Team standup")
    bea.gets_modal("Team standup")
    bea.fills({"group": "@ml-team", "into": "C0DAILY"})
    assert bea.submits() is None
    assert "told in #ml-daily" in bea.hears("@ml-team").said
    home = bea.gets_home("Standup of @ml-team")
    bea.presses(home, "Standup of @ml-team")
    bea.gets_modal("Standup")
