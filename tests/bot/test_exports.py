"""The workbook's contents: what each sheet says of projects, people and changes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.condition import Blocker
from bot.exports import MOST_CHANGES, Told, book, file_name
from bot.gates import Gate, Tick
from bot.project import Gone, Group, Kind, Mode, Scope, Status, Vacancy
from bot.sheets import write
from bot.upkeep import Link
from tests.bot.exported import (
    ATLAS,
    SHEETS,
    TEAM,
    TODAY,
    A,
    C,
    R,
    days,
    material,
    person,
    rows,
    sheets,
    stage,
)
from tests.bot.support import ANA, BEA, CY, DEE, held
from tests.support.clock import T0
from tests.support.packages import faults


def text(found: Mapping[str, list[list[Any]]]) -> str:
    return repr(found)


def heads(made: Workbook) -> set[str | None]:
    """What stands on top of the sheets' printed pages."""
    found = (sheet.oddHeader for sheet in made.worksheets)
    return {head.center.text if head is not None else None for head in found}


def test_the_portfolio_has_a_row_a_project() -> None:
    found = sheets(ATLAS, replace(ATLAS, id=4, name="Berth", mode=Mode.STARTUP, lead=DEE, items=()))
    assert list(found) == SHEETS
    one, two = rows(found["Portfolio"])
    assert one == {
        "Project": "Atlas",
        "Lead": "Ana Sample",
        "Sponsor": None,
        "Mode": "team",
        "Current stage": "Data pipeline",
        "Accountable": "Bea Sample",
        "Health": "▲ Red",
        "Health before": None,
        "Why": "Data pipeline is blocked for 2 working days: no export",
        "Baseline end": days(33),
        "Forecast end": days(40),
        "Slip, days": 7,
        "Next milestone": None,
        "Milestone due": None,
        "Target metric": "Error, min ↓",
        "Metric at first": 12,
        "Target": 6,
        "Metric now": 9,
        "Best run": None,
        "Gap closed": 0.5,
        "Saving, first year": 120_000,
        "Cost, first year": "a lot",
        "Currency": "EUR",
        "Times its cost": None,
        "Verdict": "go",
        "Open blockers": 1,
        "Oldest, working days": 2,
        "Gaps": 3,
        "What is missing": "Data pipeline: no R: vacant (Data Engineer, DE-1)\n"
        "Rollout: no A: Dee Sample has left; no R",
        "Seen by": "everybody",
        "ID": "atlas",
    }
    assert (two["Lead"], two["Mode"], two["Current stage"]) == (
        "Dee Sample (left)",
        "start-up",
        "all closed",
    )


def test_the_matrix_groups_people_under_their_job_roles() -> None:
    found = sheets(ATLAS)["Matrix"]
    roles, names, *items = found
    assert roles[3:-2] == ["Product Manager", "Data Engineer", None, None, "Wizard"]
    assert names == [
        "Project",
        "Stage",
        "Gap",
        "Ana Sample",
        "Bea Sample",
        "Dee Sample (left)",
        "vacant",
        "Cy Sample",
        "Own",
        "ID",
    ]
    assert [row[1:-2] for row in items[:5]] == [
        ["Framing", None, "A/R", None, None, None, None],
        [
            "Data pipeline",
            "no R: vacant (Data Engineer, DE-1)",
            None,
            "A",
            None,
            "R vacant",
            "C",
        ],
        ["– Tide feed", "as Data pipeline", None, "A", None, "R vacant", "C"],
        ["Rollout", "no A: Dee Sample has left; no R", None, None, "A (left)", None, None],
        ["Metrics", None, None, None, None, None, None],
    ]
    # What a component takes from its stage counts once.
    assert [row[3:-2] for row in items[5:]] == [
        [1, 1, 1, 0, 0],
        [1, 0, 0, 1, 0],
    ]
    assert [row[-2] for row in items[:5]] == [1, 1, 0, 1, 1]
    assert items[2][-1] == "atlas/feed"
    assert [row[0] for row in items[5:]] == ["Accountable for", "Responsible for"]


def test_letters_are_centred_a_is_bold_and_vacant_is_shaded() -> None:
    made = load_workbook(BytesIO(write(book(material(ATLAS)))))["Matrix"]
    accountable, vacant, consulted = made["E4"], made["G4"], made["H4"]
    assert (accountable.value, vacant.value, consulted.value) == ("A", "R vacant", "C")
    assert [cell.alignment.horizontal for cell in (accountable, vacant, consulted)] == (
        ["center"] * 3
    )
    assert [cell.font.bold for cell in (accountable, consulted)] == [True, False]
    assert vacant.fill.patternType == "lightUp"
    assert made["B7"].font.strike


def test_groups_and_namesakes_have_columns_of_their_own() -> None:
    namesake = replace(TEAM[CY], id=9, key="cy2")
    items = stage("framing", person(A, CY), person(R, 9), held(C, Group("S1", "labellers")))
    found = sheets(replace(ATLAS, items=(items,)), people={**TEAM, 9: namesake})["Matrix"]
    assert found[1][3:-2] == ["Cy Sample", "Cy Sample", "@labellers"]
    assert found[2][3:-2] == ["A", "R", "C"]
    assert found[0][3:-2] == ["Wizard", None, "User groups"]


def test_the_stages_tell_dates_status_owner_and_slip() -> None:
    framing, pipeline, feed, rollout, metrics = rows(sheets(ATLAS)["Stages"])
    assert (framing["Status"], framing["Accountable"]) == ("✓ done", "Ana Sample")
    assert pipeline == {
        "Project": "Atlas",
        "Stage": "Data pipeline",
        "Component": None,
        "Status": "▲ blocked",
        "Accountable": "Bea Sample",
        "Responsible": "vacant (Data Engineer, DE-1)",
        "Baseline due": days(3),
        "Forecast due": days(10),
        "Slip, days": 7,
        "Re-dated": 3,
        "Late, days": None,
        "Status since": days(-4),
        "Note": "no export",
        "Gate": None,
        "Gap": "no R: vacant (Data Engineer, DE-1)",
        "ID": "atlas/data_pipeline",
    }
    assert (feed["Stage"], feed["Component"], feed["Accountable"]) == (
        "Data pipeline",
        "Tide feed",
        "Bea Sample",
    )
    assert (rollout["Status"], rollout["Accountable"]) == ("○ not started", "Dee Sample (left)")
    # What the record tells by itself is seen here as in the gate.
    assert rollout["Gate"] == (
        "missing: every earlier stage is done or skipped, approved by whoever is accountable"
    )
    assert (metrics["Status"], metrics["Accountable"], metrics["Gap"]) == ("– skipped", None, None)


def test_the_blockers_are_the_longest_first_with_owner_and_age() -> None:
    law = Blocker(2, "law", ANA, T0 - timedelta(days=30))
    old = stage("annotation", person(A, CY), status=Status.BLOCKED, blockers=(law,))
    never = stage("idea", status=Status.BLOCKED)
    found = rows(sheets(ATLAS, replace(ATLAS, id=4, name="Berth", items=(old, never)))["Blockers"])
    told = [
        (row["Stage"], row["Age, working days"], row["Owner"], row["Accountable"]) for row in found
    ]
    assert told == [
        ("Idea", None, "nobody", "nobody"),
        ("Annotation", 21, "Ana Sample", "Cy Sample"),
        ("Data pipeline", 2, "Bea Sample", "Bea Sample"),
    ]
    assert found[0]["Since"] == "before the record"
    assert (found[1]["Since"], found[1]["What is in the way"]) == (days(-30), "law")
    assert sheets(replace(ATLAS, items=()))["Blockers"][1][0] == "Nothing is blocked."


def test_the_changes_say_when_who_what_and_from_where() -> None:
    changes = (
        Told(T0, 3, 2, "due: – → 2026-12-03", BEA, "/charter"),
        Told(T0 - timedelta(hours=1), 3, None, "", None, "a form"),
        Told(date(2026, 3, 1), 3, 99, "=moved", CY, "before the record"),
    )
    found = rows(sheets(ATLAS, changes=changes)["Changes"])
    assert [list(row.values()) for row in found] == [
        [
            T0.replace(hour=11, tzinfo=None),
            "Atlas",
            "Data pipeline",
            "due: – → 2026-12-03",
            "Bea Sample",
            "/charter",
        ],
        [
            T0.replace(tzinfo=None),
            "Atlas",
            None,
            "(the words of this line were erased)",
            "the operator",
            "a form",
        ],
        [date(2026, 3, 1), "Atlas", None, "=moved", "Cy Sample", "before the record"],
    ]


def test_it_says_when_older_changes_are_left_out() -> None:
    told = Told(T0, 3, None, "x", ANA, "/charter")
    cut = sheets(ATLAS, changes=(told,) * MOST_CHANGES, more_changes=True)
    assert cut["Changes"][-1][0] == "The newest 2,000 changes; older ones are left out."
    assert "older ones are left out" in text({"": cut["Summary"]})
    assert sheets(ATLAS)["Changes"][1][0] == "Nothing has changed."


def test_the_summary_counts_and_marks_what_is_private() -> None:
    public = sheets(ATLAS)
    assert "private" not in text({"": public["Summary"]}).replace("public", "")
    secret = replace(ATLAS, id=4, name="Secret", private=True, items=())
    found = {row[0]: row[1] for row in sheets(ATLAS, secret)["Summary"]}
    assert found["As of"].startswith("2026-11-23 11:00 (Europe/Berlin)")
    assert (found["Made for"], found["Projects"], found["▲ Red"]) == ("Ana Sample", "2", 1)
    assert found["Private"] == (
        "Contains private projects: Secret. Pass it on only to people who may know of them."
    )
    assert found["Blocked"] == "1, the oldest for 2 working days"
    assert found["Atlas"] == "Data pipeline is blocked for 2 working days: no export"
    made = load_workbook(BytesIO(write(book(material(ATLAS, secret)))))
    assert heads(made) == {"Contains private projects: Secret"}
    made = load_workbook(BytesIO(write(book(material(ATLAS)))))
    assert heads(made) == {None}


def test_of_one_project_the_summary_says_what_it_is_for() -> None:
    made = load_workbook(BytesIO(write(book(material(ATLAS, title="Atlas")))))["Summary"]
    found = {row[0].value: row[1] for row in made.iter_rows()}
    assert made["A1"].value == "Atlas"
    assert found["▲ Red"].value == "Data pipeline is blocked for 2 working days: no export"
    assert found["Goal"].value == "=10 % fewer"
    link = found["Link"].hyperlink
    assert link is not None
    assert link.target == "https://docs.example/brief"


def test_the_name_of_the_file_is_one_that_every_system_takes() -> None:
    assert file_name(material(ATLAS)) == "charter-portfolio-2026-11-23.xlsx"
    assert file_name(material(title="Är/../=Berth  2?")) == "charter-ar-berth-2-2026-11-23.xlsx"
    assert file_name(material(title="🎉")) == "charter-project-2026-11-23.xlsx"
    late = T0.replace(hour=23, minute=30)
    assert file_name(material(ATLAS, now=late)).endswith("2026-11-24.xlsx")


_words = st.text(st.characters(), max_size=20)


@settings(max_examples=10)
@given(_words, _words, _words, st.sampled_from(Status))
def test_x5_whatever_things_are_called_the_only_formulas_are_ours(
    name: str, title: str, note: str, status: Status
) -> None:
    item = stage("x", person(A, ANA), held(R, Vacancy(name)), status=status, note=note)
    project = replace(
        ATLAS,
        name=f"={name}",
        private=True,
        items=(replace(item, title=title),),
        scope=Scope(fields={"goal": note}, links=(Link(name, f"https://{title}"),)),
    )
    made = write(book(material(project, title=project.name)))
    assert made == write(book(material(project, title=project.name)))
    assert faults(made) == []
    opened = load_workbook(BytesIO(made))
    assert opened.sheetnames == SHEETS
    found = {
        (sheet.title, str(cell.value).partition("(")[0])
        for sheet in opened
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert found == {("Matrix", "=SUMPRODUCT"), ("Load", "=SUMPRODUCT"), ("Load", "=SUM")}


def test_t3_a_gate_that_was_passed_says_so_in_the_note_and_what_was_self_approved() -> None:
    note = "passed without: a success metric has a target. the pilot is over"
    framing = replace(ATLAS.items[0], note=note)
    gates = {framing.id: Gate(ticks=(Tick("approved", ANA, T0, is_self=True),))}
    found = rows(sheets(replace(ATLAS, items=(framing,)), gates=gates)["Stages"])
    assert (found[0]["Note"], found[0]["Gate"]) == (
        note,
        "all is met; self-approved: approved by whoever is accountable",
    )


def test_edge_21_what_was_removed_stays_in_the_list_of_stages() -> None:
    gone = Gone(9, "audit", Kind.STAGE, "Label audit", (), T0)
    found = rows(sheets(replace(ATLAS, items=(), gone=(gone,)))["Stages"])
    assert (found[0]["Stage"], found[0]["Status"], found[0]["Status since"]) == (
        "Label audit",
        "– removed",
        TODAY,
    )
