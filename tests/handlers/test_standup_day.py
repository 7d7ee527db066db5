"""All that somebody is asked on a day, in Slack: one message, one form."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.orders import AnswerStandup
from bot.people import Surface
from bot.standups import State
from handlers.views.acts import Act, unpack
from tests.handlers.mornings import Morning
from tests.handlers.talk import typed


def two_projects(morning: Morning) -> None:
    """Bea has a letter and a standup in each of two projects."""
    morning.begin("bea")
    ana = morning.person("ana")
    morning.workspace.add_channel("ml-churn", members=["ana", "bea"])
    ana.slash("/charter new Churn Radar", "ml-churn")
    ana.gets_modal("New project")
    assert ana.submits() is None
    ana.hears("Churn Radar", "ml-churn")
    typed(ana, "raci modelling R @Bea Lind", "ml-churn")
    ana.slash("/charter standup", "ml-churn")
    ana.gets_modal("Standup")
    assert ana.submits() is None
    morning.workspace.wait(lambda: ana.modal is None)


def test_u8_one_message_and_one_form_for_two_projects(morning: Morning) -> None:
    two_projects(morning)
    morning.until("09:31")
    bea = morning.person("bea")
    [asked] = morning.questions("bea")
    assert "Standup of Fraud Radar and Churn Radar, Tuesday 24 November" in asked.said
    bea.presses(asked, "Answer all")
    form = bea.gets_modal("Standups")
    assert {"a0", "a3"} <= form.values.keys()
    assert bea.submits() == {"a0": "Answer one of the questions, or press “Nothing new” instead."}
    bea.fills({"a0": "The loader\nChurn Radar: modelling: a start", "a4": "its tests"})
    assert bea.submits() is None
    noted = bea.hears("Noted for the standup of Fraud Radar and Churn Radar")
    morning.settle()
    [told] = morning.questions("bea")
    assert told.ts == asked.ts
    assert "Modelling: a start" in told.said
    bea.presses(told, "Change all")
    form = bea.gets_modal("Standups")
    assert form.values["a0"]["value"]["value"] == "The loader"
    assert form.values["a3"]["value"]["value"] == "modelling: a start"
    morning.until("11:01")
    [fraud], [churn] = morning.reports(), morning.reports("ml-churn")
    assert "The loader" in fraud.said
    assert "a start" not in fraud.said
    assert "its tests" in churn.said
    assert noted.ts


def test_edge_46_two_forms_of_one_person_ask_and_overwrite_nothing(morning: Morning) -> None:
    morning.begin("bea")
    morning.until("09:31")
    bea = morning.person("bea")
    bea.presses(morning.questions("bea")[0], Act.STANDUP_ANSWER)
    form = bea.gets_modal("Standup")
    # On the phone she sends the same form meanwhile.
    entry = int(str(unpack(form.body["private_metadata"])["e"]).split(".")[0])
    person = morning.charter.people.known(morning.talking.workspace, "U0BEA")
    assert person is not None
    actor = morning.charter.people.actor(morning.talking.workspace, person, Surface.COMMAND)
    one = AnswerStandup(entry, State.POSTED, ("The loader", "Its tests", ""))
    morning.charter.standups.answer(actor, one)
    bea.fills({"a0": "Something else", "a2": "none"})
    assert bea.submits() is None
    again = bea.gets_modal("Standup")
    assert "You answered this meanwhile in another place: The loader" in again.said
    assert again.values["a1.1"]["value"]["value"] == "Its tests"
    bea.fills({"a0.1": "Both of it"})
    assert bea.submits() is None
    bea.hears("Noted")
    morning.settle()
    [told] = morning.questions("bea")
    assert "Both of it" in told.said
    assert "Its tests" in told.said


def test_u10_reminded_in_the_thread_and_not_while_notifications_are_off(morning: Morning) -> None:
    morning.begin("bea", report_at="15:00")
    bea = morning.person("bea")
    snoozed = datetime(2026, 11, 24, 11, 40, tzinfo=UTC)
    morning.workspace.change_user("bea", snoozed_until=snoozed)
    morning.until("11:39")
    assert not [one for one in bea.sees() if one.said.startswith("Still open")]
    morning.until("11:41")
    [told] = [one for one in bea.sees() if one.said.startswith("Still open")]
    assert told.thread_ts == morning.questions("bea")[0].ts
    assert "Still open: Fraud Radar." in told.said
    bea.presses(told, "Answer")
    bea.gets_modal("Standup")
    bea.fills({"a0": "The loader"})
    assert bea.submits() is None
    bea.hears("Noted", after=told)
    morning.settle()
    [told] = [one for one in bea.sees() if one.ts == told.ts]
    assert told.said == "Nothing is open any more, thanks."
    typed(bea, "standup reminders off", "ml-fraud")


def test_u10_without_the_scope_nobody_looks_for_notifications_that_are_off(
    morning: Morning,
) -> None:
    space = morning.workspace.space
    space.app = replace(space.app, scopes=space.app.scopes - {"dnd:read"})
    morning.begin("bea", report_at="15:00")
    snoozed = datetime(2026, 11, 24, 23, tzinfo=UTC)
    morning.workspace.change_user("bea", snoozed_until=snoozed)
    morning.until("10:31")
    assert [one for one in morning.person("bea").sees() if one.said.startswith("Still open")]
