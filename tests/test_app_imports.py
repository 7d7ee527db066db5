"""Workbooks and tables at the command line: looked at first, then taken as they were looked at."""

import json
import shutil
import subprocess
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.shell import Said, Shell

MATRIX = """\
Project,Stage,Nia Okonkwo,@bea,cy@ternferries.example,Ivo
Berth Planner,Annotation,R,A,c,
Berth,Roll-out,I,C,A/R,I
"""


def write(loaded: Shell, text: str, name: str = "raci.csv") -> str:
    (loaded.folder / name).write_text(text, encoding="utf-8")
    return name


def counts(said: Said) -> tuple[int, int, int, int]:
    found: dict[str, Any] = json.loads(said.out)
    assert found["conflicts"] == []
    return found["created"], found["changed"], found["unchanged"], len(found["errors"])


def test_x7_a_file_is_looked_at_then_taken_and_changes_nothing_the_second_time(
    loaded: Shell,
) -> None:
    file = write(loaded, MATRIX)
    before = loaded.run("dump").out
    tried = loaded.run("import", file, "--dry-run", "--json")
    assert (tried.code, tried.err) == (0, "")
    assert counts(tried) == (4, 0, 4, 0)
    assert loaded.run("dump").out == before
    done = loaded.run("import", file, "--json")
    assert (done.code, counts(done)) == (0, counts(tried))
    assert json.loads(done.out)["written"]
    again = loaded.run("import", file, "--json")
    assert (again.code, counts(again)) == (0, (0, 0, 8, 0))
    assert loaded.run("audit", "verify").out.endswith(" 0 faults\n")
    answer = loaded.run("ask", "who owns annotation?", "--channel", "berth").out
    assert "Bea Lind" in answer


def test_x7_with_errors_nothing_is_written_but_what_has_none_where_asked(loaded: Shell) -> None:
    file = write(
        loaded,
        MATRIX.replace("Ivo\n", "Zoe Nobody\n").replace("R,A,c,", "R,A,c,I")
        + "Berth,Data quality,X,,,\nBerth,Success metrics,A,A,,\n",
    )
    before = loaded.run("dump").out
    said = loaded.run("import", file, "--json")
    assert said.code == 2
    errors = json.loads(said.out)["errors"]
    assert [(one["sheet"], one["cell"]) for one in errors] == [
        ("raci", "F1"),
        ("raci", "C4"),
        ("raci", "D5"),
    ]
    assert all(one["message"].endswith(".") for one in errors)
    assert not json.loads(said.out)["written"]
    assert loaded.run("dump").out == before
    part = loaded.run("import", file, "--partial")
    assert part.code == 2
    assert "raci!F1: There is no person “Zoe Nobody” here" in part.out
    assert loaded.run("dump").out != before


def test_x7_who_imports_may_change_what_is_theirs_alone(loaded: Shell) -> None:
    file = write(loaded, "Stage;Accountable\nData pipeline;Tariq Suleiman\n")
    asked = ("import", file, "--project", "berth", "--json")
    forbidden = loaded.run(*asked, "--as", "leo")
    assert forbidden.code == 2
    [error] = json.loads(forbidden.out)["errors"]
    assert (error["sheet"], error["cell"]) == ("raci", "B2")
    offered = loaded.run(*asked, "--as", "bea")
    assert (offered.code, counts(offered)) == (0, (0, 1, 0, 0))
    assert counts(loaded.run(*asked, "--as", "bea")) == (0, 0, 1, 0)
    assert "Bea Lind" in loaded.run("ask", "who owns the pipeline?", "--channel", "berth").out


def test_x7_what_somebody_may_not_see_is_as_if_it_were_not_there(loaded: Shell) -> None:
    file = write(loaded, "Project,Stage,Letter,Person\nLighthouse,Roll-out,I,Bea Lind\n")
    hidden = loaded.run("import", file, "--json", "--as", "cy")
    assert (hidden.code, counts(hidden)) == (2, (0, 0, 0, 1))
    [error] = json.loads(hidden.out)["errors"]
    assert error["message"].startswith("There is no project “Lighthouse” here")
    assert loaded.run("import", file, "--json", "--as", "hana").out != hidden.out


def test_x8_an_export_that_nobody_edited_changes_nothing(loaded: Shell) -> None:
    assert loaded.run("export", "portfolio", "--out", "all.xlsx", "--as", "nia").code == 0
    said = loaded.run("import", "all.xlsx", "--json", "--as", "nia")
    assert said.code == 0
    created, changed, unchanged, errors = counts(said)
    assert (created, changed, errors) == (0, 0, 0)
    assert unchanged > 100


def edited(loaded: Shell, name: str) -> str:
    """The export, with another Accountable, a letter taken out and sheets renamed, as openpyxl
    saves it.
    """
    made = load_workbook(loaded.folder / name)
    sheet = made["RACI"]
    for number in range(sheet.max_row, 1, -1):
        row = [cell.value for cell in sheet[number]]
        if row[8] == "berth/data_pipeline/A/bea":
            sheet.cell(number, 5).value = "Tariq Suleiman"
        elif row[8] == "berth/idea/C/olga":
            sheet.delete_rows(number)
    sheet.title = "Who does what"
    made["Lists & README"].title = "Read me"
    made.save(loaded.folder / "edited.xlsx")
    return "edited.xlsx"


def test_x8_an_edited_export_is_merged_with_what_changed_meanwhile(loaded: Shell) -> None:
    assert loaded.run("export", "portfolio", "--out", "all.xlsx").code == 0
    file = edited(loaded, "all.xlsx")
    other = write(loaded, "Stage;Accountable\nData pipeline;Nia Okonkwo\n")
    assert loaded.run("import", other, "--project", "berth").code == 0
    tried = loaded.run("import", file, "--json")
    assert tried.code == 2
    told = json.loads(tried.out)
    [conflict] = told["conflicts"]
    assert (told["created"], told["changed"], told["removed"]) == (0, 1, 1)
    assert not told["written"]
    assert (conflict["sheet"], conflict["base"]) == ("Who does what", "Bea Lind")
    assert (conflict["theirs"], conflict["ours"]) == ("Tariq Suleiman", "Nia Okonkwo")
    assert conflict["cell"].startswith("E")
    part = loaded.run("import", file, "--partial")
    assert part.code == 2
    assert "(1 of them taken away)" in part.out
    assert "1 conflict\n" in part.out
    assert (
        "in conflict. A of Data pipeline (Berth Planner): was Bea Lind, the file says" in part.out
    )
    again = loaded.run("import", file, "--partial", "--json")
    assert (json.loads(again.out)["changed"], again.code) == (0, 2)
    assert loaded.run("audit", "verify").out.endswith(" 0 faults\n")


def test_x8_conflicts_are_settled_at_the_command_line(loaded: Shell) -> None:
    assert loaded.run("export", "portfolio", "--out", "all.xlsx").code == 0
    file = edited(loaded, "all.xlsx")
    other = write(loaded, "Stage;Accountable\nData pipeline;Nia Okonkwo\n")
    assert loaded.run("import", other, "--project", "berth").code == 0
    told = loaded.run("import", file)
    assert "Settle all conflicts with --take theirs (the file's word) or --take ours.\n" in told.out
    ours = loaded.run("import", file, "--take", "ours", "--dry-run", "--json")
    assert (ours.code, counts(ours)[:2]) == (0, (0, 1))
    theirs = loaded.run("import", file, "--take", "theirs", "--json")
    assert (theirs.code, counts(theirs)[:2]) == (0, (0, 2))
    answer = loaded.run("ask", "who owns the data pipeline?", "--channel", "berth").out
    assert "Tariq Suleiman" in answer
    assert counts(loaded.run("import", file, "--json"))[:2] == (0, 0)


def test_x8_whom_names_mean_is_said_at_the_command_line(loaded: Shell) -> None:
    table = "Stage;A;C\nAnnotation;Bea Lindt;Zoe Nobody\nRoll-out;;Zoe Nobody, Cy Moss\n"
    file = write(loaded, table)
    asked = ("import", file, "--project", "berth")
    refused = loaded.run(*asked)
    assert 'Say who it is, as in --person "Bea Lindt=Bea Lind", or “left out”.' in refused.out
    assert 'as in --person "Zoe Nobody=NAME"' in refused.out
    answers = ("--person", "bea lindt=Bea Lind", "--person", "Zoe Nobody=left out")
    said = loaded.run(*asked, *answers)
    assert said.code == 0
    assert "Left out, as you said: Zoe Nobody." in said.out
    assert "Bea Lind" in loaded.run("ask", "who owns annotation?", "--channel", "berth").out
    assert "Zoe" not in loaded.run("dump").out
    assert loaded.run(*asked, "--person", "Zoe Nobody").code == 2


def test_x7_no_project_is_said_for_where_it_is_shown(loaded: Shell) -> None:
    said = loaded.run("import", write(loaded, "Stage;A;R\nAnnotation;Bea Lind;\n"))
    assert "add a column “Project”, or say --project NAME." in said.out


def test_x8_what_another_program_saved_changes_nothing(loaded: Shell) -> None:
    assert loaded.run("export", "portfolio", "--out", "all.xlsx", "--as", "nia").code == 0
    made = load_workbook(loaded.folder / "all.xlsx")
    made.properties.identifier = made.properties.keywords = None
    made.save(loaded.folder / "saved.xlsx")
    said = loaded.run("import", "saved.xlsx", "--json", "--as", "nia")
    assert counts(said)[0::2] == (0, counts(loaded.run("import", "all.xlsx", "--json"))[2])
    assert (said.code, counts(said)[1], counts(said)[3]) == (0, 0, 0)


@pytest.mark.timeout(240)
def test_x8_what_libreoffice_saved_changes_nothing(loaded: Shell) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice here: install libreoffice-calc-nogui")
    assert loaded.run("export", "portfolio", "--out", "all.xlsx", "--as", "nia").code == 0
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{loaded.folder}/profile",
            *("--headless", "--convert-to", "xlsx", "--outdir", str(loaded.folder / "saved")),
            str(loaded.folder / "all.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=100,
    )
    said = loaded.run("import", "saved/all.xlsx", "--json", "--as", "nia")
    assert (said.code, json.loads(said.out)["errors"]) == (0, [])
    assert counts(said) == counts(loaded.run("import", "all.xlsx", "--json", "--as", "nia"))
    assert any("It is the export E-" in note for note in json.loads(said.out)["notes"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "there is nothing in it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old format of Excel"),
        (b"PK\x03\x04 and then it ends", "damaged or cut off"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"\x00\x01\x02", "neither an xlsx nor a CSV file"),
    ],
)
def test_edge_69_a_file_that_cannot_be_read_says_why(
    loaded: Shell, content: bytes, words: str
) -> None:
    (loaded.folder / "odd.xlsx").write_bytes(content)
    said = loaded.run("import", "odd.xlsx", "--project", "berth")
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert len(said.err.splitlines()) == 1
    as_json = loaded.run("import", "odd.xlsx", "--json")
    assert (as_json.code, counts(as_json)) == (2, (0, 0, 0, 1))


def test_edge_69_a_file_that_is_not_there_and_columns_that_are_misnamed(loaded: Shell) -> None:
    assert loaded.run("import", "none.csv").err.startswith("none.csv cannot be read: ")
    file = write(loaded, "Stage,Boss\nAnnotation,A\n")
    asked = ("import", file, "--project", "berth", "--dry-run", "--json")
    assert counts(loaded.run(*asked)) == (0, 0, 0, 1)
    assert counts(loaded.run(*asked, "--map", "boss=Bea Lind")) == (1, 0, 0, 0)
    assert loaded.run(*asked, "--map", "boss").code == 2
