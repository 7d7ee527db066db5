"""A standup that is answered in the direct message, as Slack sends what is typed there."""

from datetime import timedelta

from tests.handlers.mornings import Morning
from tests.handlers.test_standup_day import two_projects


def test_u4_answers_are_asked_for_one_after_the_other_in_the_thread(morning: Morning) -> None:
    morning.begin("bea")
    morning.until("09:31")
    bea = morning.person("bea")
    [asked] = morning.questions("bea")
    bea.dms("The loader &amp; more", thread=asked)
    bea.hears("2 of 3: What comes next?")
    bea.dms("exit", thread=asked)
    kept = bea.hears("Later, then.")
    assert "is kept for 24 hours, and told nobody" in kept.said
    bea.presses(asked, "Answer")
    form = bea.gets_modal("Standup")
    assert form.values["a0"]["value"]["value"] == "The loader &amp; more"
    bea.closes()
    bea.presses(kept, "Go on")
    bea.hears("2 of 3: What comes next?", after=kept)
    bea.dms("skip", thread=asked)
    bea.hears("3 of 3: What are you blocked by?")
    # A command and a question are what they always are.
    bea.dms("who owns modelling?", thread=asked)
    bea.hears("Modelling")
    bea.dms("none", thread=asked)
    bea.hears("Noted for the standup of Fraud Radar")
    morning.until("11:01")
    [report] = morning.reports()
    assert "The loader &amp; more" in report.said
    assert "1 of 1 has answered" in report.said or "1 of 1 have answered" in report.said


def test_u4_labels_answer_at_once_and_what_is_unsure_is_asked_about(morning: Morning) -> None:
    morning.begin("bea", "cy")
    morning.until("09:31")
    bea, cy = morning.person("bea"), morning.person("cy")
    bea.dms("done: the loader\nits docs\nblocked: no export")
    bea.hears("Noted for the standup of Fraud Radar")
    cy.dms("done: xyzzy")  # begins as a command, too
    cy.hears("Is this it? I have not taken it yet.")
    before = cy.dms("xyzzy frobnicated the quux today")
    offered = cy.hears("Is this it? I have not taken it yet.", after=before)
    cy.presses(offered, "Take it as my standup")
    cy.hears("Noted for the standup of Fraud Radar")
    morning.until("11:01")
    [report] = morning.reports()
    assert "no export" in report.said
    assert "its docs" in report.said
    assert "xyzzy frobnicated the quux today" in report.said
    # Once nothing waits, such a text is no answer.
    before = cy.sees()[-1]
    cy.dms("xyzzy frobnicated the quux again")
    assert "Is this it?" not in cy.hears("", after=before).said


def test_u8_the_thread_goes_on_with_the_next_project(morning: Morning) -> None:
    two_projects(morning)
    morning.until("09:31")
    bea = morning.person("bea")
    [asked] = morning.questions("bea")
    bea.dms("done: a\nnext: b", thread=asked)
    then = bea.hears("Noted for the standup of Fraud Radar")
    assert "Churn Radar, 1 of 3: What have you done since last time?" in then.said
    bea.dms("nothing new", thread=asked)
    bea.hears("Noted for the standup of Churn Radar")
    morning.settle()
    [told] = morning.questions("bea")
    assert "Nothing new, you said." in told.said


def test_u4_what_was_begun_is_gone_after_a_day(morning: Morning) -> None:
    morning.begin("bea")
    morning.until("09:31")
    bea = morning.person("bea")
    [asked] = morning.questions("bea")
    bea.dms("The loader", thread=asked)
    bea.hears("2 of 3: What comes next?")
    morning.clock.now += timedelta(hours=25)
    before = bea.dms("Something else", thread=asked)
    bea.hears("2 of 3: What comes next?", after=before)
    bea.presses(asked, "Answer")
    form = bea.gets_modal("Standup")
    assert form.values["a0"]["value"]["value"] == "Something else"
