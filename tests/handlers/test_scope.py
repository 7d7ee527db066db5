"""What a project is for, talked about: from a template to a sign-off that goes stale."""

import pytest

from handlers.playground.double import Double, Person
from handlers.talking import Talking
from tests.handlers.talk import new_project, typed


@pytest.fixture
def transport() -> str:
    return "http"


def edit(person: Person, channel: str = "ml-fraud") -> None:
    """Opens the form for the scope of the channel's project."""
    person.slash("/charter scope edit", channel)
    person.gets_modal("Scope")


def test_s1_a_project_begins_from_a_template(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    made = typed(ana, 'new "Size recommender" template=recsys')
    assert "Size recommender stands" in made.said
    assert "bound to #ml-fraud" in made.said

    matrix = typed(ana, "raci")
    assert "vacant (Data Engineer)" in matrix.said
    [table] = [block for block in matrix.blocks if block["type"] == "table"]
    assert len(table["rows"]) == 1 + 9
    assert "Skipped: What people click and buy" in typed(ana, "stage annotation").said
    assert "NDCG@10: not measured yet, no target, higher is better" in typed(ana, "metric").said
    assert "goal nothing → Better sizes" in typed(ana, "scope goal: Better sizes").said

    again = typed(ana, 'new "size  Recommender" template=vision')
    assert "There is a project called size Recommender already" in again.said
    assert typed(ana, "list").said.casefold().count("size recommender") == 1

    unknown = typed(ana, 'new "Other" template=quantum')
    assert "generic, recsys, forecasting, nlp, vision" in unknown.said
    assert workspace.problems == []


def test_s1_the_form_for_a_new_project_offers_the_templates(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    ana.slash("/charter new Queue Radar", "ml-fraud")
    ana.gets_modal("New project")
    ana.fills({"Kind of project": "Forecasting"})
    assert ana.submits() is None
    ana.hears("Queue Radar", "ml-fraud")
    assert "MAPE" in typed(ana, "metric").said


def test_s2_the_form_holds_the_brd_and_a_target_needs_a_baseline(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    edit(ana)
    ana.fills(
        {
            "Problem": "Fraud is found after weeks.",
            "Why ML": "Rules are too slow.",
            "Current system": "A rule engine",
            "Data sources": "Card payments",
            "In scope": "Cards\nRefunds",
            "Expected saving": "120k EUR a year",
            "Cost": "a lot",
            "Deadline": "2027-05-01",
            "Sponsor": "Bea Lind",
            "Name of the metric": "AUC",
            "Direction": "Higher is better",
            "Target": "0.80",
            "How it is measured": "offline, weekly",
        }
    )
    assert ana.submits() == {
        "baseline": "A target needs a baseline. Say where it stands today, or empty the target."
    }
    form = ana.gets_modal("Scope")
    assert form.values["problem"]["value"]["value"] == "Fraud is found after weeks."
    ana.fills({"Baseline": "0,71"})
    assert ana.submits() is None

    saved = ana.hears("metric AUC nothing → higher is better, baseline 0.71", "ml-fraud")
    assert "sponsor nothing → Bea Lind" in saved.said
    assert "I cannot read an amount in the cost" in saved.said
    shown = typed(ana, "scope")
    assert "– v1, saved" in shown.said
    assert "AUC: not measured yet, target 0.8, began at 0.71, higher is better" in shown.said
    assert "measured offline, weekly" in shown.said
    assert "Deadline: 2027-05-01" in shown.said
    assert "Not said yet" not in shown.said
    assert workspace.problems == []


def test_s2_metrics_in_one_line(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    assert "no baseline" in typed(ana, "metric AUC target 0.80 higher").said
    made = typed(ana, 'metric AUC baseline 0.71 target 0.80 measured "offline, weekly"')
    assert "metric AUC nothing → higher is better, baseline 0.71, target 0.8" in made.said
    assert "AUC now nothing → 0.77" in typed(ana, "metric AUC now 0.77").said
    assert "v1" in typed(ana, "history scope").said
    undone = typed(ana, "metric remove AUC")
    ana.presses(undone, "Undo")
    ana.hears("Taken back", "ml-fraud")
    assert "AUC: now 0.77" in typed(ana, "metric").said
    assert "no metric F1" in typed(ana, "metric F1 now 0.5").said
    assert "metric AUC baseline" in typed(ana, "metric AUC targt 0.9").said


def test_s4_versions_tell_who_changed_what_and_differ_by_field(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    typed(ana, "scope goal: Less fraud")
    typed(bea, "scope goal: Half the fraud")
    typed(bea, "scope deadline: 1 May 2027")
    told = typed(ana, "history scope").said
    assert "is at v3" in told
    assert told.index("v3 by Bea Lind") < told.index("v2 by Bea Lind") < told.index("v1 by Ana Sil")
    assert "goal: Less fraud → Half the fraud" in told
    diff = typed(ana, "scope diff v1 v3").said
    assert "goal: Less fraud → Half the fraud" in diff
    assert "deadline: nothing → 2027-05-01" in diff
    assert "problem" not in diff
    same = typed(bea, "scope clear deadline")
    assert "deadline 2027-05-01 → nothing" in same.said
    assert "nothing is different" in typed(ana, "scope diff v2 v4").said
    assert "the latest is v4" in typed(ana, "scope diff v1 v9").said


def test_s5_a_sign_off_goes_stale_with_what_is_material(
    workspace: Double, talking: Talking
) -> None:
    ana, cy = workspace.person("ana"), workspace.person("cy")
    new_project(workspace)
    assert "nothing to approve" in typed(ana, "scope approve").said
    typed(ana, "scope goal: Less fraud")
    typed(ana, "metric AUC baseline 0.71 target 0.80")
    refused = typed(cy, "scope approve")
    assert "Ask Ana Silva" in refused.said
    assert "scope v2 is approved." in typed(ana, "scope approve").said
    assert "Approved v2 by Ana Silva." in typed(cy, "scope").said
    typed(cy, "scope notes: a tpyo")
    assert "Approved v2 by Ana Silva." in typed(cy, "scope").said
    typed(cy, "metric AUC target 0.82")
    shown = typed(cy, "scope")
    assert "Approved v2 by Ana Silva, changed since." in shown.said

    ana.presses(typed(ana, "scope"), "Approve")
    signed = ana.hears("scope v4 is approved (it was v2).", "ml-fraud")
    ana.presses(signed, "Undo")
    ana.hears("Taken back", "ml-fraud")
    assert "Approved v2 by Ana Silva, changed since." in typed(cy, "scope").said
    assert workspace.problems == []


def test_edge_46_two_who_edit_at_once_lose_nothing(workspace: Double, talking: Talking) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    typed(ana, "scope goal: Less fraud")
    typed(ana, "metric AUC baseline 0.71 target 0.80")
    edit(ana)
    typed(bea, "scope goal: Half the fraud")
    typed(bea, "scope cost: 40k EUR once")
    typed(bea, "metric AUC target 0.85")
    ana.fills({"Goal": "No fraud at all", "Problem": "It costs us.", "Target": "0.90"})
    assert ana.submits() is None

    form = ana.gets_modal("Scope")
    assert "Somebody else changed the same" in form.said
    assert "Half the fraud" in form.said
    assert form.values["goal#5"]["value"]["value"] == "No fraud at all"
    assert form.values["cost#5"]["value"]["value"] == "40k EUR once"
    assert "Half the fraud" in typed(bea, "scope goal").said

    assert ana.submits() == {"pick_goal": "Choose which of the two shall stand."}
    ana.fills({"pick_goal": "mine", "pick_target": "theirs"})
    assert ana.submits() is None
    saved = ana.hears("goal Half the fraud → No fraud at all", "ml-fraud")
    assert "problem nothing → It costs us." in saved.said
    assert "target" not in saved.said
    shown = typed(bea, "scope")
    assert "Cost: 40k EUR once" in shown.said
    assert "target 0.85" in shown.said
    assert workspace.problems == []


def test_feasibility_is_decided_and_compared(workspace: Double, talking: Talking) -> None:
    ana, cy = workspace.person("ana"), workspace.person("cy")
    new_project(workspace)
    typed(ana, "scope saving: 10k EUR a month")
    typed(ana, "scope cost: 40k EUR once")
    looked = typed(ana, "verdict")
    assert "it saves 3.0 times what it costs" in looked.said
    assert "Ask Ana Silva" in typed(cy, "verdict go because I like it").said
    assert "because" in typed(ana, "verdict go").said
    ana.presses(looked, "No-go …")
    ana.gets_modal("Verdict")
    ana.fills({"Verdict": "Go", "Why": "It pays within a year."})
    assert ana.submits() is None
    ana.hears("verdict nothing → go (It pays within a year.)", "ml-fraud")
    compared = typed(cy, "portfolio")
    [table] = [block for block in compared.blocks if block["type"] == "data_table"]
    told = [cell["text"] for cell in table["rows"][1]]
    assert told == [
        *("Fraud Radar", "○ Not begun", "–", "go", "120,000 EUR", "40,000 EUR", "3"),
        *("–", "–", "–", "–"),
    ]
    assert table["rows"][1][6]["value"] == 3.0
    typed(ana, "due framing 2026-01-09")
    late = str(typed(cy, "portfolio").blocks)
    assert "2026-01-09, late" in late
    assert workspace.problems == []


def test_s3_what_the_brd_lacks_is_named_and_then_nothing(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    for field in ("problem", "why ml", "current system", "data sources", "in scope", "sponsor"):
        typed(ana, f"scope {field}: something")
    typed(ana, "scope deadline: 2027-05-01")
    lacking = typed(ana, "scope").said
    assert "Not said yet: expected saving, a metric with a target." in lacking
    gaps = typed(ana, "gaps")
    assert "no-target · no success metric has a target" in gaps.said
    assert "scope · not said yet: expected saving" in gaps.said
    ana.presses(gaps, "Edit scope")
    ana.gets_modal("Scope")
    ana.closes()
    typed(ana, "scope saving: 120k EUR a year")
    typed(ana, "metric AUC baseline 0.71 target 0.80")
    assert "Not said yet" not in typed(ana, "scope").said
    told = typed(ana, "gaps").said
    assert "no-target" not in told
    assert "not said yet" not in told


def test_s6_what_is_in_scope_is_answered_in_the_thread(workspace: Double, talking: Talking) -> None:
    ana, cy = workspace.person("ana"), workspace.person("cy")
    new_project(workspace)
    typed(ana, "scope in scope: Cards\nRefunds")
    typed(ana, "scope out of scope: Pricing")
    said = cy.says("@Charter what is in scope?", "ml-fraud")
    told = cy.hears("In scope of Fraud Radar: Cards; Refunds.", "ml-fraud", said)
    assert told.thread_ts == said.ts
    assert "Out of scope of Fraud Radar: Pricing. That is v2, saved" in told.said
    cy.presses(told, "Whole scope")
    assert cy.hears("What Fraud Radar is for", "ml-fraud").only_for == cy.id


def test_edge_57_an_archived_project_answers_and_offers_to_come_back(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    typed(ana, "raci data pipeline A @Ana Silva")
    typed(ana, "archive Fraud Radar")
    told = typed(ana, "ask who owns the data pipeline in Fraud Radar?").said
    assert "Ana Silva was last accountable for Data pipeline" in told
    assert "Fraud Radar was archived on" in told
    assert "no project that you can see" in typed(ana, "portfolio").said
    refused = typed(ana, "scope goal in Fraud Radar: Less fraud")
    assert "is archived and can only be read" in refused.said
    ana.presses(refused, "Unarchive")
    ana.hears("is back: it can be changed again", "ml-fraud")
    assert "goal nothing → Less fraud" in typed(ana, "scope goal: Less fraud").said


def test_edge_58_what_comes_back_tells_first_which_seats_are_empty(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    typed(ana, "raci data pipeline A @Ana Silva")
    typed(ana, "archive")
    back = typed(ana, "unarchive Fraud Radar")
    lines = back.said.splitlines()
    assert lines[1] == "These seats wait for somebody:"
    assert "Data quality: nobody accountable, the seat is vacant (Data Scientist)" in lines
    assert not any(line.startswith("Data pipeline: nobody accountable") for line in lines)
    ana.presses(back, "Fill the seats")
    ana.hears("Assign Feature choice", "ml-fraud")


def test_edge_59_a_name_is_free_again_after_archiving(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    typed(ana, "scope goal: The old one")
    typed(ana, "archive Fraud Radar")
    assert "stands" in typed(ana, 'new "Fraud Radar" template=generic').said
    typed(ana, "scope goal: The new one")
    assert "The new one" in typed(ana, "scope goal in Fraud Radar").said
    assert "is back" in typed(ana, "unarchive Fraud Radar").said
    asked = typed(ana, "show Fraud Radar")
    assert "Which" in asked.said or "several" in asked.said
