"""Values ↔ xlsx: what goes in is what stands there, as text where it is text, byte for byte."""

import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot import moments
from bot.sheets import (
    CUT,
    LONGEST_CELL,
    BadWorkbook,
    Book,
    Cell,
    Chart,
    Column,
    Days,
    Drawn,
    Formula,
    Look,
    Row,
    Rule,
    Series,
    Sheet,
    Span,
    read,
    safe_text,
    sheet_names,
    write,
)
from tests.support.clock import T0

slowly = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
texts = st.text(st.characters(), max_size=40) | st.sampled_from(
    [
        '=HYPERLINK("http://x.example")',
        "+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "|cmd",
        "_x0041_",
        "a_x000D_b",
        "]]>&amp;<f>1</f>",
        "\u202eright to left",
        "👩‍👩‍👧",
        "x" * 40_000,
        "😀" * 20_000,
        "\ud800 half",
        " led by a blank",
        "1\n2\r\n3\x85",
        "#N/A",
        "TRUE",
        "007",
    ]
)


def book(*sheets: Sheet, at: datetime = T0, zone: str = "UTC") -> Book:
    return Book("Trial & error", sheets, at, zone)


def sheet(*rows: Row, looks: tuple[Look, ...] = (Look.TEXT, Look.TEXT), **more: Any) -> Sheet:
    columns = [Column(f"Head {at}", 12, look) for at, look in enumerate(looks, start=1)]
    return Sheet(more.pop("name", "Trial"), columns, list(rows), **more)


def opened(made: bytes) -> Any:
    return load_workbook(BytesIO(made))


def parts(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@slowly
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5), texts)
def test_any_text_stays_text(rows: list[tuple[str, str]], name: str) -> None:
    made = write(book(sheet(*rows, name=name, as_table="Trial")))
    for part in parts(made).values():
        Xml.fromstring(part)
        assert b"<f>" not in part
        assert b"<f " not in part
    [values] = read(made).values()
    shown = [tuple(safe_text(text) for text in row) for row in rows]
    assert [tuple(value or "" for value in row) for row in values[1:]] == shown
    for row in opened(made).worksheets[0].iter_rows(min_row=2):
        assert {cell.data_type for cell in row if cell.value is not None} <= {"s"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", " =1", "%x", "|x"])
def test_a_text_that_looks_like_a_formula_is_marked_as_text(text: str) -> None:
    cell = opened(write(book(sheet([text, "harmless"])))).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert not opened(write(book(sheet([text, "x"])))).worksheets[0]["B2"].quotePrefix


def test_a_text_that_no_cell_takes_says_where_the_rest_is() -> None:
    for text in ("x" * (LONGEST_CELL + 1), "😀" * LONGEST_CELL, "é" * 50_000):
        shown = safe_text(text)
        assert shown.endswith(CUT)
        assert LONGEST_CELL - 1 <= len(shown.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert safe_text("x" * LONGEST_CELL) == "x" * LONGEST_CELL
    assert safe_text("a\x00\x07b\r\nc\rd\x1f\ud83d") == "ab\nc\nd\N{REPLACEMENT CHARACTER}"


def test_numbers_days_and_moments_are_what_they_are() -> None:
    berlin = timezone(timedelta(hours=1))
    rows: list[Row] = [
        [1, 0.25],
        [date(2026, 3, 1), datetime(2026, 3, 1, 23, 30, 15, tzinfo=UTC)],
        [date(1899, 1, 1), datetime(2026, 3, 2, 0, 30, tzinfo=berlin)],
        [float("nan"), None],
    ]
    looks = (Look.DAY, Look.MOMENT)
    made = write(book(sheet(*rows, looks=looks), zone="Europe/Berlin"))
    [values] = read(made).values()
    assert values[2] == [date(2026, 3, 1), datetime(2026, 3, 2, 0, 30, 15)]  # noqa: DTZ001 - as the format has them
    assert values[3] == ["1899-01-01", datetime(2026, 3, 2, 0, 30)]  # noqa: DTZ001 - as the format has them
    assert values[4] == ["nan", None]
    plain = read(write(book(sheet([1, 0.25]))))["Trial"]
    assert plain[1] == [1, 0.25]


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Tokyo", "2026-07-15"), ("America/Los_Angeles", "2026-07-14")]
)
def test_edge_37_a_moment_within_a_text_is_told_by_the_readers_clock(zone: str, day: str) -> None:
    late = datetime(2026, 7, 14, 23, 30, tzinfo=UTC)
    made = book(sheet((f"archived {moments.day(late)}", "x")), zone=zone)
    assert opened(write(made)).active["A2"].value == f"archived {day}"


def test_a_moment_without_a_zone_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="zone"):
        write(book(sheet([datetime(2026, 3, 1)])))  # noqa: DTZ001 - that is the point


def test_the_same_book_gives_the_same_bytes() -> None:
    def made(at: datetime) -> bytes:
        return write(book(sheet(["a", 1], as_table="One"), sheet(["b", at], name="Two"), at=at))

    assert made(T0) == made(T0)
    assert made(T0) != made(T0 + timedelta(minutes=1))
    found = opened(made(T0))
    stamps = (found.properties.created, found.properties.modified)
    assert stamps == (T0.replace(tzinfo=None), T0.replace(tzinfo=None))
    assert (found.properties.creator, found.properties.title) == ("Charter", "Trial & error")


def test_links_lead_to_the_web_and_nowhere_else() -> None:
    rows: list[Row] = [
        [Cell("Brief", Look.LINK, "https://docs.example/a?b=1&c=2"), ""],
        [Cell("Evil", Look.LINK, "javascript:alert(1)"), ""],
        [Cell("File", Look.LINK, "file:///etc/passwd"), ""],
        [Cell("Broken", Look.LINK, "https://[::1"), ""],
        [Cell("Odd", Look.LINK, 'https://exämple.example/ü \x01"<'), ""],
        [Cell("Long", Look.LINK, "https://docs.example/" + "x" * 3000), ""],
    ]
    found = opened(write(book(sheet(*rows)))).worksheets[0]
    links = [found[f"A{row}"].hyperlink for row in range(2, 8)]
    assert links[0].target == "https://docs.example/a?b=1&c=2"
    assert links[4].target == "https://ex%C3%A4mple.example/%C3%BC%20%01%22%3C"
    assert [links[at] for at in (1, 2, 3, 5)] == [None] * 4
    shown = [found[f"A{row}"].value for row in range(2, 8)]
    assert shown == ["Brief", "Evil", "File", "Broken", "Odd", "Long"]


def test_what_stays_in_view_is_filtered_and_printed() -> None:
    plain = sheet(["a", 1], ["b", 2], as_table="Plain", totals=[["sum", 3]], keys=1)
    groups = [
        Column("Key", 10),
        Column("Ana", 4, Look.LETTER, "Engineers", upright=True),
        Column("Bea", 4, Look.LETTER, "Engineers", upright=True),
    ]
    grouped = Sheet("Wide", groups, [["x", "A", "R"]], pages_wide=2)
    bare = Sheet("Bare", [Column("", 5)], [["no head"]], headed=False)
    found = opened(write(Book("B & C", (plain, grouped, bare), T0, "UTC", "Private: A & B")))
    one, two, three = found.worksheets
    assert (one.freeze_panes, two.freeze_panes, three.freeze_panes) == ("B2", "B3", None)
    assert one.tables["Plain"].ref == "A1:B3"
    assert one.tables["Plain"].column_names == ["Head 1", "Head 2"]
    assert two.auto_filter.ref == "A2:C3"
    assert [str(merged) for merged in two.merged_cells.ranges] == ["B1:C1"]
    assert two["B2"].alignment.textRotation == 90
    assert (one.column_dimensions["A"].width, two.column_dimensions["B"].width) == (12, 4)
    assert (one.print_title_rows, one.print_title_cols) == ("$1:$1", "$A:$A")
    for made in found.worksheets:
        assert made.page_setup.orientation == "landscape"
        assert made.sheet_properties.pageSetUpPr.fitToPage
        assert made.page_setup.fitToHeight == 0
        assert made.oddFooter.right.text == "Page &P of &N"
        assert made.oddFooter.left.text == "As of 2026-11-23 10:00 UTC"
        assert made.oddHeader.center.text == "Private: A && B"
    assert (one.page_setup.fitToWidth, two.page_setup.fitToWidth) == (1, 2)


def test_a_table_without_rows_is_none() -> None:
    found = opened(write(book(sheet(as_table="Nothing")))).worksheets[0]
    assert not found.tables
    assert [cell.value for cell in found[1]] == ["Head 1", "Head 2"]


def test_a_long_text_makes_its_row_taller() -> None:
    found = opened(write(book(sheet(["word " * 30, ""], ["short", ""])))).worksheets[0]
    assert found.row_dimensions[2].height > 100
    assert found.row_dimensions[3].height is None


@pytest.mark.parametrize(
    ("text", "height"),
    [("five words", None), ("unlike its neighbours", 25), ("x" * 40, 47), ("a\n\nb", 36)],
)
def test_a_row_is_as_tall_as_its_text_broken_between_words(text: str, height: int | None) -> None:
    columns = [Column("Note", 10), Column("Other", 10)]
    found = opened(write(book(Sheet("One", columns, [[text, ""]])))).worksheets[0]
    assert found.row_dimensions[2].height == height


def test_a_sheet_with_nothing_in_it_is_hidden_unless_there_is_no_other() -> None:
    full, bare = sheet(["a", 1], name="Full"), sheet(name="Bare", totals=[["Nothing.", None]])
    found = opened(write(book(bare, full, bare)))
    assert [one.sheet_state for one in found] == ["hidden", "visible", "hidden"]
    assert found.active.title == "Full"
    assert [one.sheet_state for one in opened(write(book(bare)))] == ["visible"]


def test_wide_sheets_leave_empty_cells_out() -> None:
    columns = [Column(f"C{at}", 3) for at in range(200)]
    row: list[str | None] = [None] * 200
    row[150] = "A"
    made = write(book(Sheet("Wide", columns, [row])))
    assert read(made)["Wide"][1][150] == "A"
    assert parts(made)["xl/worksheets/sheet1.xml"].count(b'r="FA2"') == 0


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["A", "a", "A"], ["A", "a (2)", "A (3)"]),
        (["History"], ["History (2)"]),
        (["a[]:*?/\\b", "'quoted'", "", "\x00"], ["a b", "quoted", "Sheet", "Sheet (2)"]),
        (["x" * 40, "x" * 41], ["x" * 30 + "…", "x" * 26 + "… (2)"]),
    ],
)
def test_names_of_sheets(wanted: list[str], names: list[str]) -> None:
    assert sheet_names(wanted) == names


@given(st.lists(texts, max_size=12))
def test_no_two_sheets_share_a_name_and_every_name_is_allowed(wanted: list[str]) -> None:
    names = sheet_names(wanted)
    assert len(names) == len(wanted)
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert name.strip("'") == name
        assert name.casefold() != "history"


def test_edge_70_names_that_clash_once_cut_are_told_apart_and_history_is_not_taken() -> None:
    long = "Berth planner of the northern harbour"
    assert sheet_names([f"{long}, east", f"{long}, west", "History", "history", "HISTORY"]) == [
        "Berth planner of the northern …",
        "Berth planner of the north… (2)",
        "History (2)",
        "history (3)",
        "HISTORY (4)",
    ]


def test_a_sheet_that_the_format_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        write(book(Sheet("Wide", [Column("x", 3)] * 16_385, [])))


@pytest.mark.parametrize("what", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_told_so(what: bytes) -> None:
    with pytest.raises(BadWorkbook):
        read(what)


def test_a_zip_of_something_else_and_one_that_never_ends_are_no_workbooks() -> None:
    other, bomb = BytesIO(), BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(BadWorkbook, match="damaged"):
        read(other.getvalue())
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(201_000_000))
    with pytest.raises(BadWorkbook, match="200 MB"):
        read(bomb.getvalue())


def test_x5_no_formula_is_written_that_is_not_of_our_making() -> None:
    ours = Formula('SUMPRODUCT(--EXACT(RACI!$E$2:$E$9,A2),--EXACT(RACI!$D$2:$D$9,"A"))', 3)
    listed = sheet(["x", "y"], name="RACI")
    made = write(book(sheet([Cell(ours, Look.TOTAL, note="=1+1"), "=1+1"]), listed))
    [words] = Xml.fromstring(parts(made)["xl/worksheets/sheet1.xml"]).iterfind(".//{*}f")
    assert words.text == ours.text
    assert read(made)["Trial"][1] == [3, "=1+1"]
    for text in (
        'HYPERLINK("x")',
        "SUM(A1)&A2",
        'EXACT(A1,"Ana")',
        "WEBSERVICE(A1)",
        "[1]x!A1",
        "",
    ):
        with pytest.raises(ValueError, match="formula"):
            write(book(sheet([Cell(Formula(text, 1), Look.TOTAL), ""])))


def test_a_note_stands_at_its_cell_and_a_hidden_column_is_hidden() -> None:
    columns = [Column("Key", 9), Column("ID", 9, hidden=True)]
    noted = Cell("now", Look.TEXT, note="was: then (E-0123456789AB)")
    found = opened(write(book(Sheet("Trial", columns, [[noted, "k/1"]], as_table="Trial")))).active
    assert found["A2"].comment.text == "was: then (E-0123456789AB)"
    assert found["B2"].comment is None
    assert (found.column_dimensions["B"].hidden, found.column_dimensions["A"].hidden) == (
        True,
        False,
    )


def test_a_closed_list_is_offered_where_it_may_be_chosen_from() -> None:
    listed = Sheet(
        "My lists", [Column("Letters", 9)], [["A"], ["R"]], lists={"L_Letter": Span(1, 2, 3)}
    )
    chosen = Sheet("Trial", [Column("Letter", 9, choices="L_Letter")], [["A"]], as_table="Trial")
    found = opened(write(book(chosen, listed)))
    [offered] = found["Trial"].data_validations.dataValidation
    assert (offered.formula1, offered.errorStyle, str(offered.sqref)) == (
        "L_Letter",
        "stop",
        "A2:A202",
    )
    assert found.defined_names["L_Letter"].attr_text == "'My lists'!$A$2:$A$3"


def test_x3_a_rule_paints_cells_by_days_that_are_days() -> None:
    columns = [Column("Due", 9, Look.DAY), Column("", 3, Look.WEEK, day=T0.date())]
    rule = Rule(2, 2, "$A2>=B$1", Look.BAR)
    found = opened(write(book(Sheet("Trial", columns, [[T0.date(), None]], rules=[rule])))).active
    [(area, [made])] = [(str(one.sqref), one.rules) for one in found.conditional_formatting]
    assert (area, made.formula, made.dxf.fill.bgColor.rgb) == ("B2", ["$A2>=B$1"], "003F77A6")
    assert found["B1"].value == datetime(2026, 11, 23)  # noqa: DTZ001 - as the format has them


@pytest.mark.parametrize("drawn", list(Drawn))
def test_a_chart_draws_the_cells_that_it_names(drawn: Drawn) -> None:
    rows: list[Row] = [["a", 1], ["b", 2]]
    days = Span(1, 2, 3) if drawn is Drawn.LINES else None
    series = [Series("Open & shut", Span(2, 2, 3), Look.RED, days)]
    one = Chart("How <it> goes", drawn, Span(1, 2, 3), series, 4, 1, looks=[Look.RED, Look.GREEN])
    made = write(book(sheet(*rows, charts=[one])))
    assert made == write(book(sheet(*rows, charts=[one])))
    drawing = parts(made)["xl/charts/chart1.xml"]
    words = [found.text for found in Xml.fromstring(drawing).iter() if found.tag.endswith("}f")]
    assert "'Trial'!$B$2:$B$3" in words
    assert b"How &lt;it&gt; goes" in drawing


def test_along_the_foot_of_lines_only_so_many_days_are_named() -> None:
    weeks = [date(2026, 9, 7) + timedelta(days=7 * at) for at in range(3)]
    series = [Series("Done", Span(2, 2, 4), Look.BAR, Span(1, 2, 4))]
    one = Chart("Way", Drawn.LINES, None, series, 4, 1, along=Days(weeks[0], weeks[-1], 14))
    rows: list[Row] = [[week, 1] for week in weeks]
    made = write(book(sheet(*rows, charts=[one])))
    axis = Xml.fromstring(parts(made)["xl/charts/chart1.xml"]).findall(".//{*}valAx")[0]
    told = {name: axis.find(f".//{{*}}{name}") for name in ("min", "max", "majorUnit")}
    days = {name: float(found.attrib["val"]) for name, found in told.items() if found is not None}
    assert days == {"min": 46272, "max": 46286, "majorUnit": 14}


def test_at_the_foot_stands_the_exports_id() -> None:
    found = opened(write(replace(book(sheet(["a", 1])), code="E-0123456789AB")))
    assert found.active.oddFooter.left.text == "As of 2026-11-23 10:00 UTC; export E-0123456789AB"
    assert (found.properties.identifier, found.properties.keywords) == (
        "E-0123456789AB",
        "Charter export E-0123456789AB",
    )
