"""Sheets as CSV, JSON and Markdown: tidy, safe, and the same content."""

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from bot.sheets import Book, Cell, Column, Look, Row, Sheet, opened
from bot.sheets.flat import as_csv, as_json, as_markdown

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
COLUMNS = (
    Column("Project", 20),
    Column("Due", 11, Look.DAY),
    Column("Share", 8, Look.SHARE),
    Column("Source", 10, Look.LINK),
    Column("ID", 30, hidden=True),
)
ROW: Row = [
    "Atlas",
    date(2026, 12, 4),
    0.5,
    Cell("message", Look.LINK, "https://a.example/x"),
    "a/b",
]
SHEET = Sheet("Stages", COLUMNS, [ROW, ["=1+1", None, 2]], totals=[["2 in all"]])
BOOK = Book(
    "Atlas | all", [SHEET, Sheet("Summary", COLUMNS[:2], [["As of", AT]], headed=False)], AT
)


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def test_x9_csv_is_a_table_that_programs_take_as_it_is() -> None:
    assert read(as_csv(SHEET)) == [
        ["Project", "Due", "Share", "Source", "ID"],
        ["Atlas", "2026-12-04", "0.5", "message", "a/b"],
        ["'=1+1", "", "2", "", ""],
    ]


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_x5_no_cell_of_a_csv_begins_a_formula(texts: list[str]) -> None:
    sheet = Sheet("S", [Column(f"c{at}", 9) for at in range(len(texts))], [texts])
    _, *rows = read(as_csv(sheet))
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t"))


@given(st.sampled_from(["", "'", "''", " '"]), st.sampled_from(["", "=", "+", "-", "@"]))
def test_what_stands_behind_an_apostrophe_in_our_own_csv_is_read_as_it_was(
    before: str, sign: str
) -> None:
    text = f"{before.strip()}{sign}crew"
    [grid] = opened(as_csv(Sheet("S", [Column("Person", 9)], [[text]])), "file").grids
    assert grid.at(2, 1) == text


def test_x9_json_holds_all_sheets_by_their_heads() -> None:
    told = json.loads(as_json(BOOK))
    assert told == {
        "title": "Atlas | all",
        "as_of": "2026-11-23T10:00:00Z",
        "zone": "UTC",
        "notice": "",
        "export": "",
        "sheets": {
            "Stages": [
                {
                    "Project": "Atlas",
                    "Due": "2026-12-04",
                    "Share": 0.5,
                    "Source": "message",
                    "Source (link)": "https://a.example/x",
                    "ID": "a/b",
                },
                {"Project": "=1+1", "Due": None, "Share": 2, "Source": None, "ID": None},
            ],
            "Summary": [["As of", "2026-11-23T10:00:00Z"]],
        },
    }


def test_x9_markdown_shows_what_is_not_hidden_and_marks_up_nothing() -> None:
    lines = as_markdown(BOOK).decode().splitlines()
    assert lines[0] == r"# Atlas \| all"
    assert r"| =1+1 |  | 2 |  |" in lines
    assert "| Atlas | 2026-12-04 | 0.5 | [message](<https://a.example/x>) |" in lines
    assert "| Project | Due | Share | Source |" in lines
    assert "| --- | --- | --: | --- |" in lines
    assert "| 2 in all |  |  |  |" in lines


def test_x9_markdown_tells_a_sheet_without_a_head_in_headings_and_lines() -> None:
    columns = [Column("", 26, Look.LABEL), Column("", 92), Column("", 9)]
    rows: list[Row] = [
        [Cell("Portfolio", Look.TITLE)],
        [],
        ["As of", AT],
        ["Left *out*", None],
        [],
        [Cell("Where it stands", Look.SECTION)],
        [Cell("▲ Red", Look.RED), 2, "not printed"],
    ]
    bars = [Column("Stage", 9), Column("", 2, day=date(2026, 11, 23))]
    found = as_markdown(
        Book(
            "All",
            [
                Sheet("Summary", columns, rows, headed=False, printed=2),
                Sheet("Timeline", bars, [["Idea"]]),
            ],
            AT,
        )
    ).decode()
    _, told = found.split("## Summary\n\n")
    assert told == (
        "### Portfolio\n\n"
        "- **As of**: 2026-11-23T10:00:00Z\n- Left \\*out\\*\n\n"
        "### Where it stands\n\n"
        "- **▲ Red**: 2\n\n"
        "## Timeline\n\n| Stage |\n| --- |\n| Idea |\n"
    )


def test_x9_two_people_of_one_name_keep_their_columns() -> None:
    columns = [Column("Kim", 5, group="Engineers"), Column("Kim", 5, group="Analysts")]
    [row] = json.loads(as_json(Book("B", [Sheet("Matrix", columns, [["A", "R"]])], AT)))["sheets"][
        "Matrix"
    ]
    assert row == {"Engineers: Kim": "A", "Analysts: Kim": "R"}
