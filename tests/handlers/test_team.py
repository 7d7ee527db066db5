"""The team, talked about: gaps, job roles, many letters at once, start-up mode, the linter."""

import pytest

from handlers.playground.double import Double
from handlers.service import Charter, services
from handlers.talking import Talking
from storage.database import Database
from tests.handlers.talk import new_project, now, typed, written


@pytest.fixture
def transport() -> str:
    return "http"


@pytest.fixture
def charter(database: Database) -> Charter:
    """Ana is an admin."""
    return services(database, now, admins=frozenset({"U0ANA"}))


def test_r1_a_role_is_added_used_and_not_removed_while_it_is_in_use(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    assert "Brings models into production" in typed(ana, "role ML engineers").said

    assert "is for the admins of this workspace" in typed(bea, "role add Annotation lead").said
    made = typed(ana, "role add “Annotation lead”: writes the guidelines")
    assert "Annotation lead" in made.said

    typed(bea, "role set me Annotation lead")
    typed(ana, "raci annotation A vacant Annotation lead")
    shown = typed(bea, "role annotation lead").said
    assert "writes the guidelines" in shown
    assert "Bea Lind: no letter" in shown
    assert "A of Annotation (Fraud Radar)" in shown

    refused = typed(ana, "role remove Annotation lead").said
    assert "Bea Lind has it; a vacant seat of Annotation in Fraud Radar" in refused
    assert "Annotation lead" in typed(ana, "role").said
    assert workspace.problems == []


def test_r1_a_role_is_said_otherwise_in_a_form_and_that_is_undone(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    shown = typed(ana, "role developer")
    ana.presses(shown, "Edit")
    ana.gets_modal("Edit a role")
    ana.fills({"Name": "Product Engineer", "What it does": "Builds the shop."})
    assert ana.submits() is None
    done = ana.hears("Developer → Product Engineer", "ml-fraud")
    assert "Builds the shop." in typed(ana, "role product engineer").said
    ana.presses(done, "Undo")
    assert "Taken back" in ana.hears("Taken back", "ml-fraud").said
    assert "Builds the shop." not in typed(ana, "role developer").said
    assert workspace.problems == []


def test_r4_gaps_are_listed_mended_and_gone(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    told = typed(ana, "gaps")
    assert "0/9 stages owned" in told.said
    assert told.said.index("no-A · Feature choice") < told.said.index("no-R · Feature choice")
    assert "no-target" in told.said

    first = next(block["accessory"]["value"] for block in told.blocks if "accessory" in block)
    ana.presses(told, "Assign", first)
    ana.gets_modal("Assign")
    ana.fills({"Person": "Bea Lind"})
    assert ana.submits() is None
    ana.hears("accountable vacant (Product Manager) → Bea Lind", "ml-fraud")
    assert "1/9 stages owned" in typed(ana, "gaps Fraud Radar").said

    written(workspace.person("cy"), "hello")
    typed(ana, "startup @Ana Silva")
    assert "9/9 stages owned" in typed(ana, "gaps all").said
    assert "Cy Moss" in typed(ana, "idle").said
    assert "Ana Silva" not in typed(ana, "idle").said
    assert workspace.problems == []


def test_r13_letters_go_as_previewed_and_come_back_at_once(
    workspace: Double, talking: Talking
) -> None:
    ana, cy = workspace.person("ana"), workspace.person("cy")
    new_project(workspace)
    for stage in ("data pipeline", "modelling", "roll-out"):
        typed(ana, f"raci {stage} A/R @Bea Lind")

    preview = typed(ana, "transfer @Bea Lind to @Cy Moss")
    assert "6 letters in 3 rows would go from Bea Lind to Cy Moss" in preview.said
    assert "Bea Lind → Cy Moss" in preview.said
    assert "Nothing has been changed yet" in preview.said

    # Somebody changes a row meanwhile: nothing is written.
    typed(cy, "raci modelling R @Ana Silva")
    ana.presses(preview, "Change 3 rows")
    assert "has changed since you looked" in ana.hears("has changed", "ml-fraud").said
    assert "Bea Lind" in written(cy, "who owns modelling?").said

    preview = typed(ana, "transfer @Bea Lind → @Cy Moss in Fraud Radar")
    ana.presses(preview, "Change 3 rows")
    done = ana.hears("went from Bea Lind to Cy Moss", "ml-fraud")
    assert done.ts == preview.ts
    assert "Cy Moss" in written(cy, "who owns modelling?").said
    ana.presses(done, "Undo all")
    assert "3 rows as before" in ana.hears("Taken back", "ml-fraud").said
    assert "Bea Lind" in written(cy, "who owns modelling?").said
    assert workspace.problems == []


def test_r13_somebody_elses_letters_are_not_anybodys_to_give(
    workspace: Double, talking: Talking
) -> None:
    ana, cy = workspace.person("ana"), workspace.person("cy")
    new_project(workspace)
    typed(ana, "raci data pipeline A @Bea Lind")
    refused = typed(cy, "transfer @Bea Lind to @Cy Moss")
    assert "0 letters in 0 rows" in refused.said
    assert "not yours to change; it is for Ana Silva, Bea Lind" in refused.said
    assert "Nothing can be changed" in refused.said
    bea = workspace.person("bea")
    assert "1 letter in 1 row would go" in typed(bea, "transfer me to @Cy Moss").said
    assert workspace.problems == []


def test_r13_a_matrix_is_cloned_as_job_roles(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    workspace.add_channel("ml-churn")
    new_project(workspace)
    new_project(workspace, "Churn Radar", "ml-churn")
    typed(ana, "raci resourcing A @Bea Lind")
    preview = typed(ana, "clone raci from Fraud Radar", "ml-churn")
    assert "would come from Fraud Radar to Churn Radar: job roles, not people" in preview.said
    assert "Bea Lind" not in preview.said
    ana.presses(preview, "Change 1 row")
    assert "went from Fraud Radar to Churn Radar" in ana.hears("went from", "ml-churn").said
    assert workspace.problems == []


def test_r10_a_start_up_begins_splits_and_ends(workspace: Double, talking: Talking) -> None:
    ana, cy = workspace.person("ana"), workspace.person("cy")
    new_project(workspace)
    begun = typed(ana, "startup @Bea Lind")
    assert "Bea Lind holds every seat that was open. 9 rows are told as one." in begun.said
    assert "All 9 rows (start-up mode)" in typed(ana, "raci").said

    moved = typed(ana, "split ML Engineer to @Cy Moss")
    assert "2 letters in 1 row went from Bea Lind to Cy Moss" in moved.said
    assert "Cy Moss is accountable for Roll-out" in written(cy, "who owns roll-out?").said
    matrix = typed(ana, "raci").said
    assert "8 rows (start-up mode)" in matrix

    ended = typed(ana, "startup off")
    assert "every row is told by itself" in ended.said
    assert "Modelling" in typed(ana, "raci").said
    assert "start-up mode" in typed(ana, "startup off").said
    assert workspace.problems == []


def test_moonshot_12_the_linter_is_asked_and_a_rule_is_waived(
    workspace: Double, talking: Talking
) -> None:
    ana, cy = workspace.person("ana"), workspace.person("cy")
    new_project(workspace)
    told = typed(ana, "lint").said
    assert "9 errors" in told
    assert "Error no-a: nobody is accountable for Feature choice" in told

    assert "Ana Silva" in typed(cy, "waive no-a until tomorrow because later").said
    waived = typed(ana, "waive no-a until tomorrow because nobody is hired yet")
    assert "waiver of no-a" in waived.said
    told = typed(ana, "lint").said
    assert "error" not in told.partition("\n")[0]
    assert "nobody is hired yet" in told
    ana.presses(waived, "Undo")
    ana.hears("Taken back", "ml-fraud")
    assert "9 errors" in typed(ana, "lint Fraud Radar").said
    assert "no-aa" in typed(ana, "waive no-aa until tomorrow because x").said
    assert workspace.problems == []


def test_moonshot_12_one_finding_is_set_aside_in_a_form_with_errors_under_its_fields(
    workspace: Double, talking: Talking
) -> None:
    ana, cy = workspace.person("ana"), workspace.person("cy")
    new_project(workspace)
    ana.presses(typed(ana, "lint"), "Set one aside …")
    form = ana.gets_modal("Set a rule aside")
    assert "Fraud Radar" in form.said
    ana.fills({"Rule": "no-a: Modelling", "Until": "2020-01-01", "Why": "hiring"})
    assert ana.submits() == {"until": "Choose a day from today on, within a year."}
    ana.fills({"Until": "2026-12-24"})
    assert ana.submits() is None
    set_aside = ana.hears("waiver of no-a", "ml-fraud")
    assert "until 2026-12-24" in set_aside.said
    told = typed(ana, "lint").said
    assert "8 errors" in told
    assert "no-a: nobody is accountable for Modelling – until 2026-12-24: hiring" in told

    cy.presses(typed(cy, "lint"), "Set one aside …")
    cy.gets_modal("Set a rule aside")
    cy.fills({"Rule": "no-a: the whole project", "Why": "later"})
    cy.submits()
    assert "Ana Silva" in cy.gets_modal("Charter").said
    assert "8 errors" in typed(ana, "lint").said
    assert workspace.problems == []
