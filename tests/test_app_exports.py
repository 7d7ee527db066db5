"""Workbooks at the command line: what may be seen, as a whole file or not at all."""

import csv
import json
from io import StringIO

import pytest

from bot.sheets import read
from tests.support.shell import Shell


def test_an_export_is_a_workbook_of_what_may_be_seen(loaded: Shell) -> None:
    now = ("--now", "2026-11-23T10:00:00Z")
    said = loaded.run("export", "portfolio", "--out", "all.xlsx", *now)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("all.xlsx: Portfolio, 3 projects, ")
    assert "Left out: 1 private project; --as PERSON holds what that person may see." in said.out
    public = (loaded.folder / "all.xlsx").read_bytes()
    assert [row[0] for row in read(public)["Portfolio"][1:]] == [
        "Berth Planner",
        "Fare Finder",
        "Wake Watch",
    ]
    assert "Lighthouse" not in repr(read(public))

    assert loaded.run("export", "portfolio", "--out", "again.xlsx", *now).code == 0
    assert (loaded.folder / "again.xlsx").read_bytes() == public

    said = loaded.run("export", "lighthouse", "--out", "all.xlsx", "--as", "hana", *now)
    assert said.out.startswith("all.xlsx: Lighthouse, 1 project, ")
    own = read((loaded.folder / "all.xlsx").read_bytes())
    assert [row[0] for row in own["Portfolio"][1:]] == ["Lighthouse"]
    left = {path.name for path in loaded.folder.iterdir() if not path.name.startswith("charter.db")}
    assert left == {"all.xlsx", "again.xlsx"}


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("portfolio",), "--out"),
        (("portfolio", "--out", "."), "is no file"),
        (("portfolio", "--out", "nowhere/x.xlsx"), "nowhere/x.xlsx cannot be written"),
        (("lighthouse", "--out", "x.xlsx"), "lighthouse"),
        (("lighthouse", "--out", "x.xlsx", "--as", "cy"), "lighthouse"),
        (("portfolio", "--out", "x.xlsx", "--as", "nobody"), "nobody"),
        (("portfolio", "--out", "x.xlsx", "--now", "soon"), "soon"),
    ],
)
def test_an_export_that_cannot_be_made_leaves_nothing_behind(
    loaded: Shell, arguments: tuple[str, ...], word: str
) -> None:
    said = loaded.run("export", *arguments)
    assert (said.code, said.out) == (2, "")
    assert word in said.err
    assert "Traceback" not in said.err
    assert not list(loaded.folder.glob("*x.xlsx*"))


def test_x9_the_same_content_comes_as_text(loaded: Shell) -> None:
    now = ("--now", "2026-11-23T10:00:00Z", "--as", "nia")
    for file in ("all.xlsx", "all.csv", "all.json", "all.md", "stages.csv"):
        sheet = ("--sheet", "stages") if file == "stages.csv" else ()
        said = loaded.run("export", "portfolio", "--out", file, *sheet, *now)
        assert (said.code, said.err) == (0, "")
    book = read((loaded.folder / "all.xlsx").read_bytes())
    told = json.loads((loaded.folder / "all.json").read_text(encoding="utf-8"))
    assert [*told["sheets"]] == [*book]
    text = (loaded.folder / "all.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == len(told["sheets"]["RACI"]) == len(book["RACI"]) - 1
    letters = {(row["Project"], row["Stage"], row["Letter"], row["Person"]) for row in rows}
    assert ("Berth Planner", "Data pipeline", "A", "Bea Lind") in letters
    heads = (loaded.folder / "stages.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert heads.startswith("Project,Stage,Component,Status")
    assert "| Berth Planner | Data pipeline |" in (loaded.folder / "all.md").read_text()


def test_x9_a_sheet_that_is_not_there_is_named_with_those_that_are(loaded: Shell) -> None:
    said = loaded.run("export", "portfolio", "--out", "all.csv", "--sheet", "Budget")
    assert (said.code, said.out) == (2, "")
    assert "a sheet called “Budget”" in said.err
    assert "RACI" in said.err
    said = loaded.run("export", "portfolio", "--out", "all.pdf")
    assert (said.code, said.err) == (
        2,
        "all.pdf will not do: name a file that ends in .xlsx, .csv, .json or .md.\n",
    )


def test_a_slip_in_what_is_exported_is_told_with_what_was_meant(loaded: Shell) -> None:
    said = loaded.run("export", "portfolio", "--out", "all.csv", "--sheet", "Stage")
    assert (said.code, said.err) == (
        2,
        "I do not know a sheet called “Stage”. Did you mean Stages?\nSee app.py --help.\n",
    )
    said = loaded.run("export", "portfoliio", "--out", "all.csv")
    assert said.code == 2
    assert "Did you mean portfolio?" in said.err
    assert "Did you mean" not in loaded.run("export", "nowhere", "--out", "all.csv").err
