"""Direct messages that were taken as standup answers, edited and deleted as Slack tells of it."""

from datetime import timedelta

from handlers.playground.double import Message, Person
from handlers.playground.double.payloads import edited_event, envelope
from tests.handlers.mornings import Morning
from tests.handlers.talk import eventually
from tests.handlers.test_standup_day import two_projects


def edits(person: Person, message: Message, text: str, told: str) -> Message:
    """They edit what they wrote, and are told so."""
    before = person.sees()[-1]
    person.edits(message, text)
    return person.hears(told, after=before)


def test_u4_an_edited_message_edits_the_answer_before_and_after_the_report(
    morning: Morning,
) -> None:
    morning.begin("bea")
    morning.until("09:31")
    bea = morning.person("bea")
    [asked] = morning.questions("bea")
    first = bea.dms("The laoder", thread=asked)
    bea.hears("2 of 3: What comes next?")
    edits(bea, first, "The loader", "2 of 3: What comes next?")
    bea.dms("Its tests", thread=asked)
    bea.hears("3 of 3: What are you blocked by?")
    last = bea.dms("no export", thread=asked)
    bea.hears("Noted for the standup of Fraud Radar")
    morning.until("11:01")
    [report] = morning.reports()
    assert "The loader" in report.said
    assert "laoder" not in report.said
    # After the report: it is put right where it stands, and the other answers stay.
    edits(bea, last, "no labels", "Noted for the standup of Fraud Radar")
    morning.settle()
    [after] = morning.reports()
    assert after.ts == report.ts
    assert "no labels" in after.said
    assert "no export" not in after.said
    assert "The loader" in after.said
    assert "Its tests" in after.said
    # What was said otherwise in the form stays.
    morning.answers("bea", a0="The loader and its docs")
    stays = edits(bea, first, "The loaders", "in another place you have said otherwise")
    bea.presses(stays, "Change")
    assert bea.gets_modal("Standup").values["a0"]["value"]["value"] == "The loader and its docs"
    bea.closes()
    # Once the week is over the form is refused, and so is this.
    morning.clock.now += timedelta(days=10)
    edits(bea, last, "no data", "2026-11-24 is too long ago")
    morning.settle()
    assert "no data" not in morning.reports()[0].said


def test_u4_a_deleted_message_takes_nothing_away_and_that_is_said_once(morning: Morning) -> None:
    morning.begin("bea")
    morning.until("09:31")
    bea = morning.person("bea")
    [asked] = morning.questions("bea")
    said = bea.dms("done: the loader\nblocked: no export")
    bea.hears("Noted for the standup of Fraud Radar")
    other = bea.dms("who owns modelling?")
    bea.hears("Modelling", after=other)
    bea.deletes(other)  # was no answer
    bea.deletes(said)
    again = envelope(morning.workspace.space, edited_event(morning.workspace.space, said, None))
    assert not morning.workspace.courier.deliver("events_api", again, "test", "U0BEA").failure

    def told_so() -> list[Message]:
        morning.settle()
        return [one for one in bea.sees(thread=asked) if "You deleted a message" in one.said]

    eventually(told_so)
    before = bea.dms("who owns modelling?")
    bea.hears("Modelling", after=before)
    [told] = told_so()
    assert "stays in your standup of Fraud Radar" in told.said
    morning.until("11:01")
    assert "no export" in morning.reports()[0].said
    bea.presses(told, "Change")
    assert bea.gets_modal("Standup").values["a0"]["value"]["value"] == "the loader"


def test_u4_lines_that_went_to_another_project_go_with_the_edit(morning: Morning) -> None:
    two_projects(morning)
    morning.until("09:31")
    bea = morning.person("bea")
    [asked] = morning.questions("bea")
    said = bea.dms("done: a\nChurn Radar: a start\nnext: b", thread=asked)
    bea.hears("Noted for the standup of Fraud Radar")
    text = "done: a and more\nChurn Radar: another start\nnext: b"
    edits(bea, said, text, "Noted for the standup of Fraud Radar")
    morning.settle()
    morning.until("11:01")
    [fraud], [churn] = morning.reports(), morning.reports("ml-churn")
    assert "a and more" in fraud.said
    assert "start" not in fraud.said
    assert "another start" in churn.said
    assert "a start" not in churn.said.replace("another start", "")


def test_u4_a_taken_text_and_a_word_are_edited_too(morning: Morning) -> None:
    morning.begin("bea", "cy")
    morning.until("09:31")
    bea, cy = morning.person("bea"), morning.person("cy")
    [asked] = morning.questions("bea")
    word = bea.dms("nothing new", thread=asked)
    bea.hears("Noted")
    edits(bea, word, "done: the loader", "Noted")
    text = cy.dms("xyzzy frobnicated the quux today")
    offered = cy.hears("Is this it? I have not taken it yet.")
    cy.presses(offered, "Take it as my standup")
    cy.hears("Noted for the standup of Fraud Radar")
    edits(cy, text, "xyzzy frobnicated both quuxes today", "Noted")
    morning.until("11:01")
    [report] = morning.reports()
    assert "the loader" in report.said
    assert "both quuxes" in report.said
