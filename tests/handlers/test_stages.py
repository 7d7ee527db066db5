"""Stages in conversation: moved, blocked, gated, reopened; and what the project's health says."""

from handlers.playground.double import Double
from handlers.talking import Talking
from tests.handlers.talk import new_project, typed


def test_t1_a_project_has_a_ladder_of_its_own(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    added = typed(ana, "stage add “Label audit” after annotation")
    assert "Label audit (Fraud Radar) is a stage of this project now." in added.said
    renamed = typed(ana, "stage rename label audit to Audit of labels")
    assert "title Label audit → Audit of labels" in renamed.said
    assert "Audit of labels" in typed(ana, "raci label audit").said
    removed = typed(ana, "stage remove audit of labels")
    assert "Audit of labels is taken out. Its history stays" in removed.said
    assert "was taken out of this project on" in typed(ana, "raci label audit").said
    ana.presses(removed, "Undo")
    ana.hears("Audit of labels is back, with its history", "ml-fraud")
    assert "Audit of labels" in typed(ana, "raci").said
    assert workspace.problems == []


def test_t3_a_gate_is_ticked_by_a_button_and_then_passed(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    closed = typed(ana, "stage framing done")
    assert "Problem framing is not done yet. Its gate still needs:" in closed.said
    assert "a success metric has a target" in closed.said
    assert "approved by whoever is accountable" in closed.said
    typed(ana, "metric Recall baseline 0.5 target 0.9 higher")
    ana.presses(closed, "Tick: approved by whoever is accountable")
    ana.gets_modal("Tick")
    ana.fills({"Note": "we agreed"})
    assert ana.submits() is None
    ticked = ana.hears("approved by whoever is accountable: we agreed", "ml-fraud", after=closed)
    assert "Problem framing" in ticked.said
    shown = typed(bea, "gate framing")
    assert "Gate of Problem framing (Fraud Radar): all is met." in shown.said
    assert "status not started → done" in typed(ana, "stage framing done").said
    assert workspace.problems == []


def test_t3_only_the_lead_lets_a_gate_pass_and_the_reason_stays(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    refused = typed(bea, "stage rollout done override: the pilot is over")
    assert "Ana Silva" in refused.said
    unsaid = typed(ana, "stage rollout done override")
    assert "Say why Roll-out may pass its gate all the same" in unsaid.said
    passed = typed(ana, "stage rollout done because the pilot is over override")
    assert "passed without: every earlier stage is done or skipped" in passed.said
    assert "the pilot is over" in typed(ana, "raci rollout").said


def test_t4_a_stage_that_nobody_owns_may_start_and_says_so(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    moved = typed(bea, "stage data quality in progress")
    assert "No accountable: Data quality." in moved.said
    bea.presses(moved, "Assign accountable")
    bea.gets_modal("Assign")
    bea.fills({"Person": "Bea Lind"})
    assert bea.submits() is None
    bea.hears("accountable vacant (Data Scientist) → Bea Lind", "ml-fraud", after=moved)
    assert "No accountable" not in typed(ana, "stage data quality at risk").said


def test_t5_health_is_said_beside_what_is_computed(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    typed(ana, "block data pipeline: no export")
    assert "Fraud Radar: ▲ Red: Data pipeline is blocked: no export" in typed(ana, "health").said
    assert "Say why it is green" in typed(ana, "health green").said
    typed(ana, "health green because the export is a formality")
    said = typed(ana, "show").said
    assert "Health: ● Green (set by Ana Silva: the export is a formality" in said
    assert "computed Red: Data pipeline is blocked: no export)" in said
    assert "as computed" in typed(ana, "health auto").said


def test_t6_a_blocker_has_an_owner_and_is_no_second_one(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    blocked = typed(ana, "block data pipeline: no export yet owner @Bea Lind")
    assert "blocker nothing → no export yet (owner Bea Lind)" in blocked.said
    assert (
        "That is in the way of Data pipeline already" in typed(bea, "block ETL: No export yet").said
    )
    assert "no export yet (owner Bea Lind)" in typed(ana, "stage data pipeline").said
    free = typed(bea, "unblock data pipeline because it came")
    assert "status blocked (no export yet) → not started (it came)" in free.said
    assert "Nothing is in the way of Data pipeline" in typed(ana, "unblock data pipeline").said


def test_edge_19_what_is_skipped_needs_nobody(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    assert "Say why Annotation is skipped" in typed(ana, "stage annotation skipped").said
    typed(ana, "stage annotation skipped: nothing to label")
    assert "is skipped, so nobody needs to be accountable" in typed(ana, "raci annotation").said
    shown = typed(ana, "show")
    assert "Annotation – skipped: nothing to label" in shown.said
    assert {"strike": True} in [
        piece.get("style")
        for block in shown.blocks
        if block["type"] == "rich_text"
        for part in block["elements"]
        for row in part["elements"]
        for piece in row.get("elements", ())
    ]


def test_edge_46_a_form_that_was_overtaken_shows_both_and_asks(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    row = typed(ana, "raci data pipeline")
    ana.presses(row, "Move")
    ana.gets_modal("Move a stage")
    ana.fills({"Status": "At risk", "Note": "slow disk"})
    typed(bea, "due data pipeline 2027-01-05")
    typed(bea, "stage data pipeline in progress")
    ana.submits()
    asked = ana.gets_modal("Move a stage")
    assert "Bea Lind: status: not started → in progress" in asked.said
    assert "Yours: at risk." in asked.said
    assert ana.submits() is None
    mine = ana.hears("in progress → at risk (slow disk)", "ml-fraud", after=row)
    assert "Data pipeline" in mine.said
    assert "due 2027-01-05" in typed(ana, "raci data pipeline").said
    assert workspace.problems == []


def test_what_was_done_is_opened_again_by_a_button(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    typed(ana, "stage modelling done")
    ana.presses(typed(ana, "raci modelling"), "Reopen")
    ana.gets_modal("Move a stage")
    assert ana.submits() is None
    ana.hears("status done → in progress", "ml-fraud")


def test_edge_22_a_project_is_done_with_a_reason(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    assert "Fraud Radar is not done yet" in typed(ana, "done").said
    typed(ana, "metric Recall baseline 0.5 target 0.9 higher")
    for item in ("idea", "framing", "data pipeline", "data quality", "annotation", "modelling"):
        typed(ana, f"stage {item} done because it is in override")
    for item in ("resourcing", "rollout", "metrics"):
        typed(ana, f"stage {item} done because it is in override")
    assert "Not all targets of Fraud Radar are reached: Recall" in typed(ana, "done").said
    assert "Fraud Radar is done (good enough)." in typed(ana, "done because good enough").said


def test_t1_the_ladder_of_new_projects_is_shown_and_changed(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    assert "Annotation – Which labels" in typed(ana, "ladder").said
    refused = typed(ana, "ladder add Label audit after annotation").said
    assert "admin" in refused


def test_t6_a_blocker_is_handed_on_by_command_and_in_the_form(
    workspace: Double, talking: Talking
) -> None:
    ana, bea, cy = (workspace.person(name) for name in ("ana", "bea", "cy"))
    new_project(workspace)
    typed(ana, "raci rollout R @Cy Moss")
    typed(ana, "block rollout: no cluster")
    again = typed(ana, "block rollout: no cluster")
    assert "to hand it on, name somebody else at the end: owner @bea" in again.said
    handed = typed(ana, "block rollout: No cluster owner @Bea Lind")
    assert "owner of the blocker “no cluster” Cy Moss → Bea Lind" in handed.said
    assert "Bea Lind" in typed(ana, "stage rollout").said
    ana.presses(handed, "Undo")
    ana.hears("owner of the blocker “no cluster” Bea Lind → Cy Moss", "ml-fraud")
    ana.presses(typed(ana, "stage rollout"), "Move")
    ana.gets_modal("Move a stage")
    ana.fills({"Whose it is": bea.id})
    assert ana.submits() is None
    ana.hears("Cy Moss → Bea Lind", "ml-fraud", after=handed)
    ana.presses(typed(ana, "stage rollout"), "Move")
    ana.gets_modal("Move a stage")
    ana.fills({"Status": "In progress", "Whose it is": cy.id})
    errors = ana.submits()
    assert errors is not None
    assert "Nothing is in its way" in str(errors)
    assert workspace.problems == []
