"""People's data and the whole record at the command line."""

import csv
import io
import json
import sqlite3
from datetime import UTC, datetime

import pytest

from bot.sheets import Book, Column, Sheet, Value, read, write
from tests.support.shell import Shell


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_g5_a_table_of_names_is_loaded_and_changes_nothing_the_second_time(loaded: Shell) -> None:
    before = table(loaded.run("person", "identities").out)
    assert {row["person"] for row in before} >= {"bea", "cy"}
    file = loaded.folder / "names.csv"
    file.write_text("person;github;mail\nbea;bea-x bea-y;\ncy;-;cy@acme.example\n")
    tried = loaded.run("person", "identities", str(file), "--dry-run")
    assert tried.code == 0
    assert tried.out.endswith(" would be made\n")
    assert table(loaded.run("person", "identities").out) == before
    assert loaded.run("person", "identities", str(file)).code == 0
    [bea] = [row for row in table(loaded.run("person", "identities").out) if row["person"] == "bea"]
    assert bea["github"] == "bea-x bea-y"
    assert loaded.run("person", "identities", str(file)).out == "0 changes\n"


def test_g5_every_fault_of_a_table_is_told_and_nothing_is_written(loaded: Shell) -> None:
    before = loaded.run("person", "identities").out
    file = loaded.folder / "names.csv"
    file.write_text("person,github\nbea,new-login\nnobody-here,x\ncy,a|b\nbea,again\n")
    said = loaded.run("person", "identities", str(file))
    assert (said.code, said.out) == (2, "")
    for line in ("line 3", "line 4", "line 5"):
        assert line in said.err
    assert loaded.run("person", "identities").out == before
    missing = loaded.run("person", "identities", "no.csv")
    assert (missing.code, missing.out) == (2, "")


def workbook(*rows: list[Value]) -> bytes:
    columns = [Column(str(head), 12) for head in rows[0]]
    blank = Sheet("Notes", [Column("", 12)], [], headed=False)
    sheet = Sheet("Logins", columns, rows[1:])
    return write(Book("Logins", [blank, sheet], datetime(2026, 11, 23, tzinfo=UTC)))


def test_g5_a_workbook_of_logins_is_loaded_and_changes_nothing_the_second_time(
    loaded: Shell,
) -> None:
    file = loaded.folder / "logins.xlsx"
    file.write_bytes(
        workbook(
            ["Person / E-mail", "GitHub", "MLflow", "W&B"],
            ["bea", "bea-x", "root@gpu3", None],
            ["Cy Moss", 4711, None, "cy-m"],
        )
    )
    before = loaded.run("person", "identities").out
    tried = loaded.run("person", "identities", str(file), "--dry-run")
    assert (tried.code, tried.err) == (0, "")
    assert "github of Cy Moss: " in tried.out
    assert tried.out.endswith(" changes would be made\n")
    assert loaded.run("person", "identities").out == before
    assert loaded.run("person", "identities", str(file)).code == 0
    rows = {row["person"]: row for row in table(loaded.run("person", "identities").out)}
    assert (rows["bea"]["github"], rows["bea"]["mlflow"]) == ("bea-x", "root@gpu3")
    assert (rows["cy"]["github"], rows["cy"]["wandb"]) == ("4711", "cy-m")
    assert loaded.run("person", "identities", str(file)).out == "0 changes\n"


def test_g5_every_fault_of_a_workbook_is_told_by_its_cell(loaded: Shell) -> None:
    before = loaded.run("person", "identities").out
    file = loaded.folder / "logins.xlsx"
    file.write_bytes(
        workbook(
            ["Person/E-mail", "Name", "GitHub", "W&B"],
            ["bea", "Bea", "new-login", None],
            ["nobody@acme.example", None, "x", "a|b"],
            ["cy", None, "New-Login", None],
            [None, None, "y", None],
        )
    )
    said = loaded.run("person", "identities", str(file))
    assert (said.code, said.out) == (2, "")
    assert [line.strip().removeprefix("• ") for line in said.err.splitlines()[1:]] == [
        "D3: “a|b” is no name for wandb",
        "C4: github “New-Login” stands in C2 as well",
        "A5: it names no person",
        "A3: “nobody@acme.example” is nobody here",
    ]
    assert loaded.run("person", "identities").out == before
    file.write_bytes(file.read_bytes()[:200])
    broken = loaded.run("person", "identities", str(file))
    assert (broken.code, broken.err) == (2, f"{file} cannot be read: it is no xlsx file.\n")


def test_a7_a_person_is_exported_and_erased_at_the_command_line(loaded: Shell) -> None:
    told = json.loads(loaded.run("person", "export", "key:bea").out)
    assert told["person"][0]["name"] == "Bea Lind"
    assert told["assignments"]
    asked = loaded.run("person", "erase", "key:bea")
    assert (asked.code, asked.out) == (2, "")
    assert "This would erase Bea Lind (bea) for good" in asked.err
    done = loaded.run("person", "erase", "key:bea", "--because", "asked for it", "--yes")
    assert done.code == 0
    assert done.out.startswith("former member 1: ")
    verified = loaded.run("audit", "verify")
    assert (verified.code, verified.out.endswith(" 0 faults\n")) == (0, True)
    with sqlite3.connect(loaded.folder / "charter.db") as connection:
        whole = "\n".join(connection.iterdump())
    connection.close()
    assert "Bea Lind" not in whole
    assert "former member 1" in whole
    answer = loaded.run("ask", "who owns the data pipeline?", "--channel", "berth").out
    assert answer.startswith("Nobody is accountable")
    assert "former member 1" in answer


def test_a2_the_whole_record_is_exported_with_before_after_and_why(loaded: Shell) -> None:
    loaded.run("person", "erase", "key:bea", "--because", "asked for it", "--yes")
    out = loaded.folder / "record.csv"
    assert loaded.run("audit", "export", str(out)).code == 0
    rows = table(out.read_text(encoding="utf-8"))
    assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1))
    assert all(row["at"] and row["who"] and row["surface"] and row["hash"] for row in rows)
    vacated = [row for row in rows if row["action"] == "RolesChanged"]
    assert vacated
    assert vacated[-1]["before"].endswith("former member 1")
    assert "vacant" in vacated[-1]["after"]
    assert vacated[-1]["reason"] == "erased on request"
    assert [row["reason"] for row in rows if row["action"] == "PersonErased"] == ["asked for it"]
    book = loaded.folder / "record.xlsx"
    assert loaded.run("audit", "export", str(book)).code == 0
    [sheet] = read(book.read_bytes()).values()
    assert sheet[0][:3] == ["number", "at", "who"]
    assert len(sheet) == len(rows) + 1


@pytest.mark.parametrize("name", ["record.txt", "record", "."])
def test_a_record_is_written_as_a_table_or_not_at_all(loaded: Shell, name: str) -> None:
    said = loaded.run("audit", "export", name)
    assert (said.code, said.out) == (2, "")
    assert "ends in .csv or .xlsx" in said.err


def test_a2_verify_names_the_first_broken_line(loaded: Shell) -> None:
    with sqlite3.connect(loaded.folder / "charter.db") as connection:
        connection.execute("UPDATE audit SET action = 'Nothing' WHERE seq IN (9, 12)")
    connection.close()
    said = loaded.run("audit", "verify")
    assert said.code == 1
    assert said.out.splitlines()[0] == "The first broken line is line 9 of workspace 1."


@pytest.mark.parametrize("named", ["Berth Planner", "berth planner", "arrival forecast"])
def test_the_project_of_a_question_goes_by_name_and_alias_as_well(
    loaded: Shell, named: str
) -> None:
    question = "who owns the data pipeline?"
    by_key = loaded.run("ask", question, "--channel", "berth").out
    assert loaded.run("ask", question, "--channel", named).out == by_key
