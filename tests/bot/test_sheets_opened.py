"""Files as somebody sends them: what is in them is read with bounds, or refused in a few words."""

import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from bot.sheets import UNCOMPUTED, BadWorkbook, opened, read
from tests.bench.importing import BOMB, harmful, zipped

SHEET = (
    '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Stage</t></is></c></row>'
    "</sheetData></worksheet>"
)


def causes(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield type(error).__name__
        error = error.__cause__ or error.__context__


def refused(content: bytes) -> str:
    with pytest.raises(BadWorkbook) as raised:
        opened(content, "file")
    return str(raised.value)


@pytest.mark.parametrize("name", harmful(0))
def test_edge_69_a_file_that_means_harm_is_refused(name: str) -> None:
    words = refused(harmful(3)[name])
    assert 10 < len(words) < 80
    assert "\n" not in words


def test_edge_69_a_file_that_says_to_unpack_to_too_much_is_not_unpacked() -> None:
    assert refused(zipped(b"0" * 201_000_000)) == "it unpacks to more than 200 MB"


def test_edge_69_no_reader_of_workbooks_takes_entities() -> None:
    made = Workbook()
    out = BytesIO()
    made.save(out)
    bomb = BytesIO()
    with zipfile.ZipFile(out) as whole, zipfile.ZipFile(bomb, "w") as archive:
        for info in whole.infolist():
            content = BOMB if info.filename.endswith("sheet1.xml") else whole.read(info)
            archive.writestr(info, content)
    assert refused(bomb.getvalue()) == "it declares a document type, which no workbook does"
    with pytest.raises(BadWorkbook) as raised:
        read(bomb.getvalue())
    assert "EntitiesForbidden" in set(causes(raised.value))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "there is nothing in it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "it is in the old format of Excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "it is protected by a password",
        ),
        (zipped(SHEET.encode())[:300], "it is damaged or cut off"),
        (zipped(SHEET.encode()[:60]), "a part of it is cut off, or no XML"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"<html><table>", "it is a web page"),
        (b"\x89PNG\r\n", "it is a picture"),
        (b"a\0b", "it is neither an xlsx nor a CSV file"),
        (b"a,b\n" * 160_000, "it has more than 150,000 rows"),
        (b"a" + b"," * 4_100 + b"b\n", "something stands in FAS1"),
        (b"x" * 20_000_001, "it is larger than 20 MB"),
    ],
)
def test_edge_69_a_file_that_cannot_be_read_says_what_it_is(content: bytes, words: str) -> None:
    assert refused(content).startswith(words)


def test_edge_69_other_files_in_a_zip_are_named() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refused(out.getvalue()) == "it is in the format of LibreOffice (.ods): save it as .xlsx"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.bin", "x")
    assert refused(out.getvalue()).startswith("it is a binary workbook")
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("notes.txt", "x")
    assert refused(out.getvalue()) == "it is a zip file, but no workbook"


def test_edge_69_what_a_workbook_holds_is_read_with_what_is_hidden_and_merged() -> None:
    made = Workbook()
    sheet = made["Sheet"]
    sheet.append(["Phase", "Stage", "Ana", "When"])
    sheet.append(["Build", "Data", "A", date(2026, 3, 4)])
    sheet.append([None, "Labels", "=1+1", 12.5])
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.freeze_panes = "B2"
    made.create_sheet("Empty").sheet_state = "hidden"
    out = BytesIO()
    made.save(out)
    grid, empty = opened(out.getvalue(), "file").grids
    assert grid.rows == {
        1: ("Phase", "Stage", "Ana", "When"),
        2: ("Build", "Data", "A", date(2026, 3, 4)),
        3: ("Build", "Labels", UNCOMPUTED, 12.5),
    }
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({3}), frozenset({3}))
    assert (empty.name, empty.is_hidden, empty.rows) == ("Empty", True, {})


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"\xef\xbb\xbfStage;Ana\n", ("Stage", "Ana")),
        ("Stage\tAna\n".encode("utf-16"), ("Stage", "Ana")),
        ("Maß;Léo\n".encode("cp1252"), ("Maß", "Léo")),
        (b'"Stage, or so",Ana\n', ("Stage, or so", "Ana")),
        (b"Stage|Ana|\n", ("Stage", "Ana")),
        (b"Stage\n", ("Stage",)),
    ],
)
def test_edge_69_tables_with_marks_semicolons_and_other_encodings(
    content: bytes, row: tuple[str, ...]
) -> None:
    assert opened(content, "file").grids[0].rows == {1: row}
