"""Milestones in Slack: promised, moved with a reason, undone, met."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from handlers.playground.double import Double
from handlers.talking import Talking
from tests.handlers.talk import new_project, typed


@pytest.fixture
def transport() -> str:
    return "http"


def test_s8_a_milestone_slips_against_its_baseline_everywhere(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    made = typed(ana, 'milestone "Pilot live" 2027-05-01 for rollout')
    assert "milestone “Pilot live” is on 2027-05-01" in made.said
    assert "Say why it moves" in typed(bea, "milestone Pilot live moved to 2027-05-15").said
    told = typed(bea, "milestone Pilot live moved to 2027-05-15 because the contract is late")
    assert "2027-05-01 → 2027-05-15 (the contract is late)" in told.said

    [table] = [one for one in typed(ana, "milestones").blocks if one["type"] == "data_table"]
    assert [cell["text"] for cell in table["rows"][1]] == [
        *("Pilot live", "Roll-out", "2027-05-01", "2027-05-15", "14", "1", "open")
    ]
    ledger = typed(ana, "milestone Pilot live").said
    assert "It is open: 14 days later than first planned, re-dated once." in ledger
    assert "2027-05-01 – first planned (Ana Silva" in ledger
    assert "2027-05-15 – +14 d: the contract is late (Bea Lind" in ledger
    card = typed(ana, "show").said
    assert "Next milestone: Pilot live on 2027-05-15, 14 days later than first planned" in card

    typed(ana, "export Fraud Radar")
    sent = workspace.wait(lambda: [one for one in ana.sees() if one.files], 5.0)[-1]
    book = load_workbook(BytesIO(sent.files[0].content))
    rows = [[cell.value for cell in row] for row in book["Milestones"].iter_rows()]
    [row] = [row for row in rows if "Pilot live" in row]
    assert row[5:7] == [14, 1]
    assert workspace.problems == []


def test_s8_a_move_that_is_undone_is_not_counted(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    typed(ana, "milestone Pilot live 2027-05-01")
    told = typed(ana, "milestone Pilot live moved to 2027-06-01 because of a slip of the pen")
    ana.presses(told, "Undo")
    ana.hears("Taken back", "ml-fraud")
    assert "It is open, as first planned." in typed(ana, "milestone Pilot live").said
    typed(ana, "milestone Pilot live moved to 2027-05-03 because of a holiday")
    assert "2 days later than first planned, re-dated once" in (
        typed(ana, "milestone Pilot live").said
    )
    typed(ana, "milestone Pilot live remove")
    assert "has no milestones yet" in typed(ana, "milestones").said
    assert "Bring it back with that day" in typed(ana, "milestone Pilot live 2027-06-01").said
    typed(ana, "milestone Pilot live back")
    assert "2 days later" in typed(ana, "milestone Pilot live").said

    wrong = typed(ana, "milestone Live 2027-07-01")
    ana.presses(wrong, "Undo")
    ana.hears("Taken back. Fraud Radar: milestone Live", "ml-fraud")
    typed(ana, "milestone Live 2027-08-01")
    assert "2027-08-01 – first planned" in typed(ana, "milestone Live").said


def test_s8_milestones_are_added_moved_and_met_in_forms(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    ana.presses(typed(ana, "milestones"), "Add a milestone")
    ana.gets_modal("New milestone")
    ana.fills({"Milestone": "Pilot live", "Day": "2027-05-01", "Stage or component": "Roll-out"})
    assert ana.submits() is None
    ana.hears("milestone “Pilot live” is on 2027-05-01", "ml-fraud")
    for day in ("2027-06-01", "2027-05-15"):
        ana.presses(typed(ana, "milestone Pilot live"), "Move")
        assert "first planned for 2027-05-01" in ana.gets_modal("Move a milestone").said
        ana.fills({"Expected on": day, "Why it moves": "the contract"})
        assert ana.submits() is None
        ana.hears(f"→ {day} (the contract)", "ml-fraud")
    ana.presses(typed(ana, "milestone Pilot live"), "Met")
    told = ana.gets_modal("Milestone met").said
    assert "(14 days later than first planned, re-dated 2 times)" in told
    ana.fills({"Met on": "2199-01-01"})
    errors = ana.submits()
    assert errors is not None
    assert "2199-01-01 is still to come" in errors["day"]
    assert workspace.problems == []


def test_s8_met_is_a_day_gone_by(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    typed(ana, "milestone Kickoff 2026-01-10")
    assert "is still to come" in typed(ana, "milestone Kickoff met on 2199-01-01").said
    assert "not met → met on 2026-01-12" in typed(ana, "milestone Kickoff met on 2026-01-12").said
    assert "It was met on 2026-01-12: 2 days later" in typed(ana, "milestone Kickoff").said
