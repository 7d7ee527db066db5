"""Exports that come back edited elsewhere than in the list of letters."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.errors import GateClosed
from bot.imports import Slip
from bot.orders import (
    AddCriterion,
    CloseRaid,
    KeepDecision,
    Move,
    RaiseRaid,
    SetMilestone,
    WithdrawDecision,
)
from bot.project import Status
from bot.raid import RaidKind
from bot.sheets import address, read
from handlers.views.imports import conflict_words, fault_words
from tests.bench.team import Team
from tests.handlers.service.returned_team import (
    A_BEA,
    C_CY,
    PERSON,
    R_BEA,
    TEAM,
    cell,
    counts,
    sides,
    write,
)
from tests.handlers.service.returning import HERE, TABLES, Desk, File, file_of, kept

PIPELINE = "atlas/data_pipeline"


@pytest.fixture
def desk(sqlite_template: Path) -> Iterator[Desk]:
    with kept(sqlite_template, TEAM) as made:
        yield made


def test_x8_cells_of_the_matrix_are_edits_like_rows_of_the_list(desk: Desk) -> None:
    file = file_of(desk.export())
    write(file, "Matrix", PIPELINE, "Cy Sample", "I")
    write(file, "Matrix", PIPELINE, "Bea Sample", "A")
    write(file, "Matrix", "atlas/modelling", "Dee Sample", "A/R")
    done = desk.take(file.bytes())
    assert counts(done) == (2, 2, 1, 0, 0)
    found = desk.letters()
    assert found[C_CY] == found[R_BEA] == 0
    assert found[f"{PIPELINE}/I/cy"] == found["atlas/modelling/A/dee"] == 1
    assert counts(desk.take(file.bytes())) == (0, 0, 0, 0, 0)


def test_x8_a_matrix_of_thirty_large_projects_comes_back(sqlite_template: Path) -> None:
    with kept(sqlite_template, Team(30, 500).document()) as desk:
        content = desk.export()
        assert max(map(len, read(content)["Matrix"])) > 400
        assert counts(desk.preview(content)) == (0, 0, 0, 0, 0)


def test_x8_the_same_edit_in_list_and_matrix_is_one(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find(C_CY)[PERSON] = "Dee Sample"
    write(file, "Matrix", PIPELINE, "Cy Sample", None)
    write(file, "Matrix", PIPELINE, "Dee Sample", "C")
    file.letters.remove(file.find(R_BEA))
    write(file, "Matrix", PIPELINE, "Bea Sample", "A")
    assert counts(desk.take(file.bytes())) == (0, 2, 1, 0, 0)
    assert desk.letters()[f"{PIPELINE}/C/dee"] == 1


def test_x8_list_and_matrix_that_contradict_each_other_are_an_error_with_both_cells(
    desk: Desk,
) -> None:
    file = file_of(desk.export())
    row = file.find(C_CY)
    row[PERSON] = "Dee Sample"
    write(file, "Matrix", PIPELINE, "Cy Sample", "I")
    file.find(A_BEA)[PERSON] = "Cy Sample"
    before = desk.letters()
    where = write(file, "Matrix", PIPELINE, "Ana Sample", "A")
    done = desk.take(file.bytes(), partial=True)
    told = {(one.slip, one.sheet, one.cell, one.facts["where"]) for one in done.plan.faults}
    first, second = (file.letters.index(one) + 1 for one in (file.find(A_BEA), row))
    assert told == {
        (Slip.TWO_ACCOUNTABLE, "Matrix", where, f"RACI!E{first}"),
        (
            Slip.SAID_TWICE,
            "Matrix",
            cell(file, "Matrix", PIPELINE, "Cy Sample"),
            f"RACI!E{second}",
        ),
    }
    assert desk.letters() == before


def test_x8_a_component_that_takes_its_stages_letters_is_edited_there(desk: Desk) -> None:
    file = file_of(desk.export())
    where = write(file, "Matrix", "atlas/feed", "Cy Sample", "R")
    [fault] = desk.take(file.bytes()).plan.faults
    assert (fault.slip, fault.cell) == (Slip.INHERITS, where)


def test_x8_status_due_date_and_note_are_taken_cell_by_cell(desk: Desk) -> None:
    file = file_of(desk.export())
    write(file, "Stages", PIPELINE, "Status", "● in progress")
    write(file, "Stages", PIPELINE, "Note", "the feed is here")
    write(file, "Stages", PIPELINE, "Forecast due", date(2026, 12, 24))
    where = write(file, "Stages", "atlas/modelling", "Status", "blocked")
    done = desk.take(file.bytes(), partial=True)
    assert counts(done) == (0, 3, 0, 1, 0)
    assert done.plan.faults[0].cell == where, "what is in the way has to be said"
    write(file, "Stages", "atlas/modelling", "Note", "no labels")
    assert counts(desk.take(file.bytes())) == (0, 2, 0, 0, 0)
    [atlas] = [one for one in desk.projects() if one.key == "atlas"]
    stages = {item.key: item for item in atlas.items}
    pipeline, modelling = stages["data_pipeline"], stages["modelling"]
    assert (pipeline.status, pipeline.note) == (Status.IN_PROGRESS, "the feed is here")
    assert pipeline.due == date(2026, 12, 24)
    assert (modelling.status, len(modelling.blockers)) == (Status.BLOCKED, 1)
    assert counts(desk.take(file.bytes())) == (0, 0, 0, 0, 0)


def test_x8_a_stage_is_done_only_where_its_gate_lets_it(desk: Desk) -> None:
    new = AddCriterion("data pipeline", "The feed is checked", project="atlas")
    desk.charter.gates.add(desk.operator, new, HERE)
    file = file_of(desk.export())
    where = write(file, "Stages", PIPELINE, "Status", "✓ done")
    done = desk.take(file.bytes())
    [fault] = done.plan.faults
    assert (fault.cell, type(fault.error)) == (where, GateClosed)
    assert "The feed is checked" in fault_words(fault)
    assert not done.written


def test_x8_a_status_that_was_set_here_meanwhile_is_a_conflict(desk: Desk) -> None:
    file = file_of(desk.export())
    where = write(file, "Stages", PIPELINE, "Status", "in progress")
    write(file, "Stages", PIPELINE, "Note", "begun")
    desk.wait(hours=1)
    order = Move("data pipeline", Status.AT_RISK, None, "atlas")
    desk.charter.stages.move(desk.operator, order, HERE)
    done = desk.take(file.bytes(), partial=True)
    conflict, note = done.plan.conflicts
    assert sides(conflict) == (where, "○ not started", "● in progress", "◆ at risk")
    assert conflict_words(note) == (
        "note of Data pipeline (Atlas): was empty, the file says begun, it is empty now"
    )
    assert counts(done) == (0, 0, 0, 0, 2)
    [atlas] = [one for one in desk.projects() if one.key == "atlas"]
    assert {(item.status, item.note) for item in atlas.items if item.key == "data_pipeline"} == {
        (Status.AT_RISK, None)
    }


def test_x8_what_is_not_taken_from_other_sheets_is_said_at_its_cell(desk: Desk) -> None:
    desk.charter.milestones.set(
        desk.operator, SetMilestone("Pilot", date(2026, 12, 1), None, "atlas"), HERE
    )
    desk.charter.raid.lift(
        desk.operator, RaiseRaid(RaidKind.RISK, (("text", "Late"),), "atlas"), HERE
    )
    file = file_of(desk.export())
    row, _ = file.at("Stages", "cedar/idea")
    file.sheets["Stages"].remove(row)
    told = {
        ("Stages", write(file, "Stages", PIPELINE, "Stage", "Pipe")),
        ("Stages", write(file, "Stages", "atlas/rollout", "Baseline due", date(2026, 1, 1))),
        ("Milestones", write(file, "Milestones", "atlas/pilot", "Milestone", "Pilot 2")),
        ("Risks & decisions", write(file, "Risks & decisions", "atlas/R-1", "Text", "Later")),
        ("Stages", f"A{len(file.sheets['Stages']) + 1}"),
    }
    file.sheets["Stages"].append(["Atlas", "New stage", None, "○ not started"])
    done = desk.preview(file.bytes())
    assert {(one.sheet, one.cell) for one in done.plan.faults} == told
    assert any("lacks 1 of its lines" in note for note in done.plan.notes)
    assert {one.slip for one in done.plan.faults} == {Slip.NOT_TAKEN, Slip.NEW_LINE}


def test_x8_a_milestone_is_moved_with_its_reason_and_met(desk: Desk) -> None:
    desk.charter.milestones.set(
        desk.operator, SetMilestone("Pilot", date(2026, 12, 1), None, "atlas"), HERE
    )
    file = file_of(desk.export())
    where = write(file, "Milestones", "atlas/pilot", "Forecast", date(2026, 12, 8))
    [fault] = desk.preview(file.bytes()).plan.faults
    assert fault.cell == where
    write(file, "Milestones", "atlas/pilot", "Why it moved last", "the pier is closed")
    write(file, "Milestones", "atlas/pilot", "Met on", date(2026, 11, 20))
    assert counts(desk.take(file.bytes())) == (0, 2, 0, 0, 0)
    [atlas] = [one for one in desk.projects() if one.key == "atlas"]
    [pilot] = atlas.milestones
    assert (pilot.due, pilot.met_on) == (date(2026, 12, 8), date(2026, 11, 20))
    assert counts(desk.take(file.bytes())) == (0, 0, 0, 0, 0)


def swapped(file: File, sheet: str, one: str, other: str, kept: int) -> None:
    """Change the places of two rows, but for their hidden columns: the `kept` last ones."""
    (first, _), (second, _) = file.at(sheet, one), file.at(sheet, other)
    first[:-kept], second[:-kept] = second[:-kept], first[:-kept]


def test_x8_rows_of_any_sheet_are_known_by_what_they_say_whatever_their_ids(desk: Desk) -> None:
    file = file_of(desk.export())
    swapped(file, "Matrix", PIPELINE, "atlas/rollout", 2)
    swapped(file, "Matrix", "atlas/feed", "atlas/board", 2)
    swapped(file, "Stages", PIPELINE, "atlas/rollout", 1)
    file.at("Stages", "atlas/modelling")[0][-1] = None
    before = desk.letters()
    done = desk.take(file.bytes())
    assert (counts(done), desk.letters()) == ((0, 0, 0, 0, 0), before)
    where = cell(file, "Stages", "atlas/rollout", "Status")
    write(file, "Stages", "atlas/rollout", "Status", "● in progress")
    [outcome] = [one for one in desk.take(file.bytes()).plan.outcomes if one.fate == "changed"]
    assert (outcome.item, outcome.cell) == ("Data pipeline", where)


def test_x8_an_error_in_a_row_holds_back_the_rest_of_that_row(desk: Desk) -> None:
    file = file_of(desk.export())
    named = write(file, "Stages", PIPELINE, "Stage", "Pipe")
    write(file, "Stages", PIPELINE, "Status", "● in progress")
    dated = write(file, "Stages", "cedar/idea", "Baseline due", date(2026, 1, 1))
    write(file, "Stages", "cedar/idea", "Status", "● in progress")
    letter = write(file, "Matrix", PIPELINE, "Cy Sample", "Q")
    write(file, "Matrix", PIPELINE, "Dee Sample", "C")
    before = desk.letters()
    done = desk.take(file.bytes(), partial=True)
    assert {(one.sheet, one.cell) for one in done.plan.faults} == {
        ("Stages", named),
        ("Stages", dated),
        ("Matrix", letter),
    }
    assert (counts(done), desk.letters()) == ((0, 0, 0, 3, 0), before)


def test_x8_a_copied_row_that_was_edited_is_an_error_and_nothing_of_the_row_is_taken(
    desk: Desk,
) -> None:
    file = file_of(desk.export())
    for sheet in ("Stages", "Matrix"):
        row, _ = file.at(sheet, "cedar/idea")
        file.sheets[sheet].append(list(row))
    assert counts(desk.take(file.bytes())) == (0, 0, 0, 0, 0)
    first = write(file, "Stages", "cedar/idea", "Status", "● in progress")
    other = write(file, "Matrix", "cedar/idea", "Cy Sample", "R")
    done = desk.take(file.bytes(), partial=True)
    assert {one.facts["where"] for one in done.plan.faults} == {first, other}
    assert {one.slip for one in done.plan.faults} == {Slip.SAID_TWICE}
    assert counts(done) == (0, 0, 0, 2, 0)


def test_x8_what_time_changes_is_known_to_be_edited_and_said_elsewhere(desk: Desk) -> None:
    desk.charter.raid.lift(
        desk.operator, RaiseRaid(RaidKind.RISK, (("text", "Late"),), "atlas"), HERE
    )
    file = file_of(desk.export())
    told = {
        ("Stages", write(file, "Stages", PIPELINE, "Accountable", "Cy Sample")),
        ("Stages", write(file, "Stages", "atlas/modelling", "Accountable", "Bea Sample")),
        ("Risks & decisions", write(file, "Risks & decisions", "atlas/R-1", "State", "closed")),
    }
    write(file, "Stages", PIPELINE, "Status", "● in progress")
    done = desk.take(file.bytes(), partial=True)
    assert {(one.sheet, one.cell) for one in done.plan.faults} == told
    words = " ".join(map(fault_words, done.plan.faults))
    assert "have it as it was (Bea Sample), and write who it shall be in the sheet RACI" in words
    assert "and close, open or withdraw it in Slack" in words
    assert counts(done) == (0, 0, 0, 3, 0)


def test_x8_whether_a_decision_holds_or_a_risk_is_open_is_never_passed_over(desk: Desk) -> None:
    """Withdrawn without a reason, past its day, and opened again with one: all as exported."""
    charter, sheet = desk.charter, "Risks & decisions"
    for words in ("No trees", "No ropes"):
        charter.decisions.keep(desk.operator, KeepDecision(words, project="atlas"), HERE)
    charter.decisions.withdraw(desk.operator, WithdrawDecision(2, project="atlas"), HERE)
    tomorrow = (desk.now.date() + timedelta(days=1)).isoformat()
    for said in (("text", "Late"), ("due", tomorrow)), (("text", "Dear"),):
        charter.raid.lift(desk.operator, RaiseRaid(RaidKind.RISK, said, "atlas"), HERE)
    for closed in (True, False):
        order = CloseRaid(RaidKind.RISK, 2, "it came", "atlas", closed)
        charter.raid.close(desk.operator, order, HERE)
    code = file_of(desk.export()).code
    desk.wait(days=3)
    whole = desk.export()
    assert file_of(whole).code == code  # the clock alone made it another state
    assert counts(desk.take(whole)) == (0, 0, 0, 0, 0)
    file = file_of(whole)
    edits = {"D-1": "withdrawn", "D-2": "holds", "R-1": "closed", "R-2": "closed"}
    cells = [write(file, sheet, f"atlas/{of}", "State", now) for of, now in edits.items()]
    done = desk.take(file.bytes())
    assert {(one.slip, one.cell) for one in done.plan.faults} == {
        (Slip.ELSEWHERE, cell) for cell in cells
    }
    assert {one.facts["base"] for one in done.plan.faults} == {
        *("holds", "withdrawn", "open or ◆ past its day")
    }
    charter.raid.close(desk.operator, CloseRaid(RaidKind.RISK, 2, "again", "atlas"), HERE)
    file = file_of(desk.export())
    write(file, sheet, "atlas/R-2", "State", "open")
    [fault] = desk.take(file.bytes()).plan.faults
    assert fault.facts["base"] == "closed"


def test_x8_letters_under_no_name_are_an_error(desk: Desk) -> None:
    file = file_of(desk.export())
    rows = file.sheets["Matrix"]
    at = next(number for number, row in enumerate(rows) if row[-1] == "ID")
    column = list(rows[at]).index("Cy Sample")
    rows[at][column] = None
    done = desk.take(file.bytes(), partial=True)
    [fault] = done.plan.faults
    assert (fault.slip, fault.cell) == (Slip.NO_HEAD, address(at + 1, column + 1))


def test_x8_a_sheet_that_cannot_be_read_is_told_and_so_is_a_column_that_is_gone(
    desk: Desk,
) -> None:
    file = file_of(desk.export(), [*TABLES, "Portfolio"])
    for sheet, head in (("Stages", "ID"), ("Matrix", "Own")):
        row = next(row for row in file.sheets[sheet] if head in row)
        row[row.index(head)] = "Mine"
    done = desk.preview(file.bytes())
    assert {(one.sheet, one.facts["head"]) for one in done.plan.faults} == {
        ("Stages", "ID"),
        ("Matrix", "Own"),
    }
    assert any(note.startswith("Not read: “Portfolio”") for note in done.plan.notes)
    other = file_of(desk.export())
    heads = other.sheets["Stages"][0]
    heads[heads.index("Note")] = "Comment"
    notes = desk.preview(other.bytes()).plan.notes
    assert "“Stages” has no column “Note”: nothing is taken of that." in notes
