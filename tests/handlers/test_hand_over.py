"""Hand-overs as they are talked through: in messages, with buttons, from both sides."""

from concurrent.futures import ThreadPoolExecutor

from handlers.playground.double import Message
from tests.handlers.mornings import Morning
from tests.handlers.talk import new_project, typed, written


def offered(morning: Morning, by: str = "bea") -> Message:
    """Bea's data pipeline, offered to Cy; gives the question that Cy is asked."""
    ana, person, cy = (morning.person(name) for name in ("ana", by, "cy"))
    new_project(morning.workspace)
    typed(ana, "raci data pipeline A @Bea Lind")
    said = typed(person, "raci data pipeline A @Cy Moss hand over")
    assert "Nothing changes until it is accepted." in said.said
    morning.settle()
    return cy.hears("Until you accept")


def test_r8_accepted_with_a_button(morning: Morning) -> None:
    question = offered(morning)
    bea, cy = morning.person("bea"), morning.person("cy")
    assert "Bea Lind wants to hand Data pipeline (Fraud Radar) over to you." in question.said
    assert "Until you accept, Bea Lind stays accountable." in question.said

    cy.presses(question, "Accept")
    done = cy.hears("accountable Bea Lind → Cy Moss", after=question)
    morning.settle()
    assert "Cy Moss is accountable for Data pipeline" in cy.hears("accepted the hand-over").said
    bea.hears("Cy Moss accepted the hand-over")
    assert "Cy Moss is accountable" in written(bea, "who owns the data pipeline?").said

    cy.presses(done, "Undo")
    cy.hears("Taken back")
    assert "Bea Lind is accountable" in written(bea, "who owns the data pipeline?").said


def test_edge_47_a_double_click_accepts_once(morning: Morning) -> None:
    question = offered(morning)
    cy = morning.person("cy")
    with ThreadPoolExecutor(2) as hands:
        for press in [hands.submit(cy.presses, question, "Accept") for _ in range(2)]:
            press.result()
    cy.hears("accountable Bea Lind → Cy Moss", after=question)
    morning.settle()
    bea = morning.person("bea")
    assert [one.said for one in bea.sees()].count(bea.hears("Cy Moss accepted").said) == 1
    told = typed(bea, "history data pipeline").said
    assert told.count("accepted") == 1, told


def test_r8_declined_with_a_button(morning: Morning) -> None:
    question = offered(morning)
    bea, cy = morning.person("bea"), morning.person("cy")
    cy.presses(question, "Decline")
    cy.hears("is declined")
    morning.settle()
    assert "Bea Lind stays accountable" in bea.hears("Cy Moss declined").said
    settled = str(cy.hears("Bea Lind stays accountable").blocks)
    assert "Accept" not in settled
    assert "'type': 'date'" in settled, "when it was, by the reader's own clock"
    why = typed(bea, "why").said
    assert "a hand-over is declined. Because it is about you. Whoever it is about is told" in why
    assert "a hand-over is offered. Because it is about you. Whoever it is about is told" in (
        typed(cy, "why").said
    )
    assert written(bea, "who owns the data pipeline?").said.startswith("Bea Lind is accountable")


def test_r8_asked_about_before_it_is_answered(morning: Morning) -> None:
    question = offered(morning)
    bea, cy = morning.person("bea"), morning.person("cy")
    cy.presses(question, "Ask")
    cy.gets_modal("Hand-over")
    assert cy.submits() == {"text": "Please complete this required field."}
    cy.fills({"text": "How many alerts a week? <!channel>"})
    assert cy.submits() is None
    cy.hears("I told Bea Lind")
    morning.settle()
    asked = bea.hears("How many alerts a week? <!channel>")
    assert "Cy Moss about the hand-over of Data pipeline (Fraud Radar)" in asked.said

    bea.presses(asked, "Reply")
    bea.gets_modal("Hand-over")
    bea.fills({"text": "Two, since March."})
    assert bea.submits() is None
    bea.hears("I told Cy Moss")
    morning.settle()
    cy.presses(cy.hears("Two, since March."), "Accept")
    cy.hears("accountable Bea Lind → Cy Moss")


def test_r8_what_was_settled_already_says_who_and_when(morning: Morning) -> None:
    question = offered(morning)
    bea, cy = morning.person("bea"), morning.person("cy")
    row = typed(bea, "raci data pipeline")
    assert row.said.startswith("Bea Lind (hand-over to Cy Moss offered")
    bea.presses(row, "Call it off")
    bea.hears("is called off", "ml-fraud")
    cy.presses(question, "Accept")
    late = cy.hears("has changed since you looked at it")
    assert "Bea Lind" in late.said
    assert "hand-over called off" in late.said
    assert written(bea, "who owns the data pipeline?").said.startswith("Bea Lind is accountable")


def test_r8_the_accountable_hears_what_others_propose(morning: Morning) -> None:
    question = offered(morning, by="ana")
    assert "Ana Silva proposes that you take over Data pipeline" in question.said
    morning.until("12:00")
    morning.person("bea").hears("proposes to hand over Data pipeline")


def test_r8_unasked_is_for_the_lead_and_has_a_reason(morning: Morning) -> None:
    offered(morning)
    ana, bea, cy = (morning.person(name) for name in ("ana", "bea", "cy"))
    refused = typed(bea, "raci data pipeline A @Cy Moss hand over now because I am off")
    assert "Ana Silva" in refused.said
    missing = typed(ana, "raci data pipeline A @Cy Moss hand over now because")
    assert "Say why nobody is asked" in missing.said
    done = typed(ana, "raci data pipeline A @Cy Moss hand over now because Bea is off in spring")
    assert "Bea Lind → Cy Moss" in done.said
    morning.settle()
    assert "Cy Moss is accountable" in written(cy, "who owns the data pipeline?").said


def test_r3_x_is_no_letter(morning: Morning) -> None:
    new_project(morning.workspace)
    said = typed(morning.person("ana"), "raci data pipeline X @Bea Lind").said
    assert "“X” is not a RACI letter. Allowed are A, R, C and I" in said
