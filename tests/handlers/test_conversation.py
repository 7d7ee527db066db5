"""A whole conversation, the same over HTTP and over Socket Mode, on SQLite and on PostgreSQL."""

from handlers.playground.double import Double
from handlers.talking import Talking
from tests.handlers.talk import mentioned, new_project, typed, written


def test_r2_from_a_new_project_to_an_undone_hand_over(workspace: Double, talking: Talking) -> None:
    ana, bea, cy = (workspace.person(name) for name in ("ana", "bea", "cy"))

    # A project begins: the form asks, says what is wrong under its field, and takes it then.
    ana.slash("/charter new", "ml-fraud")
    ana.gets_modal("New project")
    ana.fills({"Name": "..."})
    assert ana.submits() == {"name": "Write a name with a letter or a digit in it."}
    ana.fills({"Name": "Fraud <!channel> & Co"})
    assert ana.submits() is None
    assert ana.modal is None
    made = ana.hears("Fraud <!channel> & Co", "ml-fraud")
    assert made.only_for == ana.id

    # One line gives a letter; only the one who typed it reads the answer.
    ana.slash("/charter raci data pipeline A @Bea Lind", "ml-fraud")
    given = ana.hears("Bea Lind", "ml-fraud", after=made)
    assert given.only_for == ana.id
    assert "Data pipeline" in given.said

    # A mention is answered in its thread, for everybody.
    question = cy.says("hey @Charter, who owns the data pipeline?", "ml-fraud")
    answer = bea.hears("Bea Lind", "ml-fraud", question)
    assert answer.thread_ts == question.ts
    assert answer.only_for is None

    # The button on it opens a form; what is missing is said under the field.
    cy.presses(answer, "Hand over")
    form = cy.gets_modal("Hand over")
    assert "Bea Lind is accountable" in form.said
    assert cy.submits() is not None
    cy.fills({"Person": "Charter"})
    assert cy.submits() == {"holder": "Charter is a bot and cannot hold a letter. Choose a person."}
    cy.fills({"Person": "Cy Moss"})
    assert cy.submits() is None
    asked = ana.hears("hand-over from Bea Lind to Cy Moss, asked for", "ml-fraud", question)
    assert asked.only_for is None
    assert "hand-over to Cy Moss asked for" in written(cy, "who owns the data pipeline?").said

    # Nothing changes until Bea accepts; that can be undone, by whoever may change it.
    accepted = typed(bea, "raci data pipeline accept hand over")
    assert "Bea Lind → Cy Moss" in accepted.said
    bea.presses(accepted, "Undo")
    undone = bea.hears("Taken back", "ml-fraud")
    assert undone.ts == accepted.ts
    assert "Bea Lind" in written(cy, "who owns the data pipeline?").said
    assert workspace.problems == []


def test_r3_a_second_accountable_is_offered_three_ways(workspace: Double, talking: Talking) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    typed(ana, "raci data pipeline A @Bea Lind")

    offered = typed(ana, "raci data pipeline A @Cy Moss")
    assert "Bea Lind is accountable for Data pipeline" in offered.said
    assert offered.only_for == ana.id
    ana.presses(offered, "Cancel")
    workspace.wait(lambda: offered not in ana.sees("ml-fraud"))

    offered = typed(ana, "raci data pipeline A @Cy Moss")
    ana.presses(offered, "Make Cy Moss responsible")
    made = ana.hears("responsible vacant (Data Engineer) → Cy Moss", "ml-fraud")
    assert made.ts == offered.ts

    offered = typed(ana, "raci data pipeline A @Cy Moss")
    ana.presses(offered, "Hand over to Cy Moss")
    assert ana.hears("hand-over from Bea Lind to Cy Moss, offered", "ml-fraud").ts == offered.ts
    said = written(bea, "who owns the data pipeline?").said
    assert said.startswith("Bea Lind (hand-over to Cy Moss offered")
    assert workspace.problems == []


def test_a_stage_moves_in_one_line_and_in_a_form(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    refused = typed(ana, "stage data pipeline blocked")
    assert "why" in refused.said
    moved = typed(ana, "stage data pipeline blocked: no export yet")
    assert "not started → blocked (no export yet)" in moved.said

    answer = written(ana, "who owns the data pipeline in Fraud Radar?")
    ana.presses(answer, "Move")
    ana.gets_modal("Move a stage")
    assert ana.submits() == {
        "status": "That is how it stands already. Change something, or close this form."
    }
    ana.fills({"Status": "Skipped", "Note": "", "Due": "2027-03-01"})
    assert ana.submits() == {"note": "Say why it is skipped."}
    ana.fills({"Status": "In progress"})
    assert ana.submits() is None
    ana.hears("blocked (no export yet) → in progress")
    ana.hears("2027-03-01")
    assert workspace.problems == []


def test_of_two_who_change_the_same_item_the_second_is_told(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    typed(ana, "raci data pipeline A @Ana Silva")
    answer = mentioned(bea, "@Charter who owns the data pipeline?")
    bea.presses(answer, "Hand over")
    bea.gets_modal("Hand over")
    typed(ana, "raci data pipeline R @Cy Moss")

    bea.fills({"Person": "Bea Lind"})
    assert bea.submits() is None
    notice = bea.gets_modal("Charter")
    assert "Data pipeline has changed since you looked at it" in notice.said
    assert "Cy Moss" in notice.said
    bea.closes()
    assert bea.gets_modal("Hand over").values["holder"]["value"]["selected_user"] == bea.id
    assert "Ana Silva" in written(bea, "who owns the data pipeline in Fraud Radar?").said


def test_home_shows_what_is_mine_and_mends_a_gap(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    ana.opens_home()
    ana.gets_home("You hold no letter yet")
    new_project(workspace)
    typed(ana, "raci data pipeline A @Ana Silva")
    ana.opens_home()
    home = ana.gets_home("A – Data pipeline")

    gap = next(
        block["accessory"]["value"]
        for block in home.blocks
        if "accessory" in block and "Modelling" in block["text"]["text"]
    )
    ana.presses(home, "Assign", gap)
    ana.gets_modal("Assign")
    ana.fills({"Person": "Ana Silva"})
    assert ana.submits() is None
    ana.gets_home("Modelling")
    assert "vacant" in ana.hears("Modelling").said
    ana.opens_home("messages")
    assert workspace.problems == []


def test_several_possible_things_are_asked_back_with_buttons(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace, "Fraud Radar")
    workspace.add_channel("ml-churn", id="C0CHURN")
    new_project(workspace, "Churn Radar", "ml-churn")
    typed(ana, "raci data pipeline A @Bea Lind in Churn Radar")
    typed(ana, "raci data pipeline A @Cy Moss in Fraud Radar")

    asked_back = written(ana, "who owns the data pipeline?")
    assert "Fraud Radar" in str(asked_back.blocks)
    ana.presses(asked_back, "Churn Radar")
    settled = ana.hears("Bea Lind")
    assert settled.ts == asked_back.ts

    # The channel's own project needs no asking back.
    assert "Cy Moss" in typed(ana, "ask who owns the data pipeline?").said

    workspace.add_channel("general", id="C0GENERAL")
    asked_back = typed(ana, "ask who owns the data pipeline?", "general")
    ana.presses(asked_back, "Fraud Radar")
    assert ana.hears("Cy Moss", "general").only_for == ana.id
    assert workspace.problems == []


def test_help_comes_when_nothing_is_asked(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    helped = mentioned(ana, "@Charter")
    assert "I know who does what" in helped.said
    same = typed(ana, "")
    assert "I know who does what" in same.said
    # What a button shows is for the one who pressed it, also where everybody sees the button.
    ana.presses(helped, "How to assign")
    assert ana.hears("/charter raci", "ml-fraud", after=same).only_for == ana.id
    unknown = typed(ana, "racy data pipeline")
    assert "raci" in unknown.said
    assert workspace.problems == []


def test_from_the_matrix_any_stage_can_be_assigned(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    matrix = typed(ana, "raci")
    ana.presses(matrix, "Assign …")
    ana.gets_modal("Assign")
    ana.fills({"item": "Roll-out", "letters": "R", "holder": "Bea Lind"})
    assert ana.submits() is None
    assert "Bea Lind" in ana.hears("Roll-out", "ml-fraud", after=matrix).said
    assert workspace.problems == []
